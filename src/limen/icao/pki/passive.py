"""Passive authentication: Doc 9303-11 section 5.1 and TR-03135-1's checks of it, each step with a verdict of its own.

 1. pa.sod.readable           EF.SOD can be taken apart
 2. pa.sod.content_type       it signs an LDS security object
 3. pa.sod.lds_version        of version 0 or 1
 4. pa.sod.signed_attributes  the attributes that are signed state its type and its digest
 5. pa.sod.signature          the document signer's key signed them
 6. pa.digest.dgN             each data group has the hash that was signed
 7. pa.dsc.path               a CSCA's key signed the document signer's certificate
 8. pa.csca.trusted           that CSCA is trusted
 9. pa.csca.validity          and was valid when the document was signed
10. pa.dsc.signing_time       so was the document signer
11. pa.dsc.validity           who is valid on the day of the inspection too
12. pa.dsc.key_usage          and may sign documents
13. pa.dsc.country            of its country, which issued the document
14. pa.dsc.document_type      and of this type
15. pa.revocation             and was not revoked

A step that another's failure leaves without ground is undetermined, not failed: each says what it alone found.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from limen.icao import crypto
from limen.icao.pki import cms
from limen.icao.pki.certificate import Certificate
from limen.icao.pki.errors import PkiError
from limen.icao.pki.path import AnchorSource, Path, PathOutcome, SignerSource, build_path
from limen.icao.pki.signer_steps import Ground, certificate_steps
from limen.icao.pki.sod import LDS_SECURITY_OBJECT, SECURITY_OBJECT, TOLERATED_TYPES, Sod, require_size
from limen.icao.pki.steps import PassiveResult, Step, Verdict, verdict_of

_CARD_SECURITY = "pa.card_security."


def passive_authentication(
    sod: Sod | bytes,
    data_groups: Mapping[int, bytes],
    anchors: AnchorSource,
    on: datetime.date,
    *,
    links: Iterable[Certificate] = (),
    state: str | None = None,
    document_code: str | None = None,
) -> PassiveResult:
    """Return what each step of passive authentication finds. Raises nothing.

    `data_groups` are files as read, by number. `links` are certificates that may lead to a trusted one without being
    trusted. `state` and `document_code` are those of the MRZ; without them, only the certificates are compared.
    """
    try:
        parsed = Sod.parse(sod) if isinstance(sod, bytes) else sod
    except PkiError as error:
        return PassiveResult((Step("pa.sod.readable", Verdict.FAILED, f"EF.SOD cannot be taken apart: {error}"),))
    signature, ground = _grounded(parsed.signed, anchors, on, links)
    steps = (
        _readable(parsed, data_groups),
        _content_type(parsed.signed, LDS_SECURITY_OBJECT),
        _lds_version(parsed),
        _signed_attributes(parsed.signed, ground.info),
        signature,
        *_digests(parsed, data_groups),
        *certificate_steps(ground, state, document_code),
    )
    return PassiveResult(steps, parsed, ground.signer, ground.path.chain, ground.signing_time)


def card_security_authentication(
    card_security: bytes,
    anchors: AnchorSource,
    on: datetime.date,
    *,
    links: Iterable[Certificate] = (),
    state: str | None = None,
) -> PassiveResult:
    """Return what the same steps find of EF.CardSecurity, whose key PACE with Chip Authentication Mapping relies on.

    Their codes begin with "pa.card_security." (Doc 9303-11 section 9.2.11). Raises nothing.
    """
    try:
        require_size(card_security)
        signed = cms.SignedData.parse(card_security)
    except PkiError as error:
        message = f"EF.CardSecurity cannot be taken apart: {error}"
        return PassiveResult((Step(_CARD_SECURITY + "readable", Verdict.FAILED, message),))
    signature, ground = _grounded(signed, anchors, on, links)
    steps = (
        Step("pa.sod.readable", Verdict.SUCCESSFUL, "EF.CardSecurity can be taken apart", signed.quirks),
        _content_type(signed, SECURITY_OBJECT),
        _signed_attributes(signed, ground.info),
        signature,
        *certificate_steps(ground, state, None),
    )
    renamed = (
        replace(step, code=_CARD_SECURITY + step.code.removeprefix("pa.").removeprefix("sod.")) for step in steps
    )
    return PassiveResult(tuple(renamed), None, ground.signer, ground.path.chain, ground.signing_time)


def _grounded(
    signed: cms.SignedData, anchors: AnchorSource, on: datetime.date, links: Iterable[Certificate]
) -> tuple[Step, Ground]:
    info, signer, signature = _signature(signed, anchors)
    signing_time = None if info is None else info.signing_time
    path = _path(signed, signer, signing_time, anchors, links)
    return signature, Ground(info, signer, path, anchors, on, signing_time)


def _readable(sod: Sod, data_groups: Mapping[int, bytes]) -> Step:
    unread = ", ".join(f"DG{number}" for number in sorted(set(sod.lds.hashes) - set(data_groups)))
    details = (*sod.signed.quirks, *((f"signed, and not read: {unread}",) if unread else ()))
    return Step("pa.sod.readable", Verdict.SUCCESSFUL, "EF.SOD can be taken apart", details)


def _content_type(signed: cms.SignedData, expected: str) -> Step:
    code, found = "pa.sod.content_type", signed.content_type
    if found == expected:
        return Step(code, Verdict.SUCCESSFUL, "it signs content of the right type")
    if found in TOLERATED_TYPES:
        note = f"the content's type is {TOLERATED_TYPES[found]} ({found})"
        return Step(code, Verdict.SUCCESSFUL, "it signs content of another type, as some issuers do", (note,))
    return Step(code, Verdict.FAILED, f"it signs content of type {found}")


def _lds_version(sod: Sod) -> Step:
    code, version = "pa.sod.lds_version", sod.lds.version
    if version not in {0, 1}:
        return Step(code, Verdict.FAILED, f"an LDS security object of version {version}, which does not exist")
    missing = version == 1 and sod.lds.lds_version is None
    details = ("version 1 without the LDS version that belongs into it",) if missing else ()
    return Step(code, Verdict.SUCCESSFUL, f"an LDS security object of version {version}", details)


def _signed_attributes(signed: cms.SignedData, info: cms.SignerInfo | None) -> Step:
    code = "pa.sod.signed_attributes"
    if info is None:
        return Step(code, Verdict.FAILED, "nobody signed")
    if info.signed_attributes is None:
        return Step(code, Verdict.SUCCESSFUL, "the content is signed directly", ("there are no signed attributes",))
    try:
        cms.check_content_type(signed, info)
        cms.check_message_digest(signed, info)
    except crypto.CryptoError as error:
        return Step(code, verdict_of(error), str(error))
    return Step(code, Verdict.SUCCESSFUL, "they state the content's type and digest")


def _stored(signed: cms.SignedData, info: cms.SignerInfo, anchors: AnchorSource) -> Iterable[Certificate]:
    """Return the signer's certificates that the store knows, asked only where the document encloses none."""
    if any(map(info.names, signed.certificates)) or not isinstance(anchors, SignerSource):
        return ()
    return anchors.signers(info.issuer, info.serial, info.ski)


def _signature(signed: cms.SignedData, anchors: AnchorSource) -> tuple[cms.SignerInfo | None, Certificate | None, Step]:
    """Return the signer, its certificate and what became of its signature; the first one that holds, if any does."""
    code = "pa.sod.signature"
    worst: tuple[cms.SignerInfo | None, Certificate | None, Step] | None = None
    for info in signed.signers:
        for certificate in cms.signer_certificates(signed, info, _stored(signed, info, anchors)):
            try:
                quirks = cms.check_signature(signed, info, certificate.key)
            except crypto.CryptoError as error:
                worst = worst or (info, certificate, Step(code, verdict_of(error), str(error)))
                continue
            if not info.names(certificate):
                quirks = (*quirks, "the signer names another certificate than the one whose key signed")
            return info, certificate, Step(code, Verdict.SUCCESSFUL, f"signed by {certificate.subject}", quirks)
    if worst is not None:
        return worst
    if signed.signers:
        missing = Step(code, Verdict.UNDETERMINED, "the document signer's certificate is neither enclosed nor stored")
        return signed.signers[0], None, missing
    return None, None, Step(code, Verdict.FAILED, "nobody signed")


def _digests(sod: Sod, data_groups: Mapping[int, bytes]) -> Iterator[Step]:
    for number in sorted(data_groups):
        yield _digest(sod, number, data_groups[number])


def _digest(sod: Sod, number: int, data: bytes) -> Step:
    code, stated = f"pa.digest.dg{number}", sod.lds.hashes.get(number)
    if stated is None:
        return Step(code, Verdict.FAILED, f"DG{number} is there, and EF.SOD does not sign it")
    try:
        name = sod.lds.digest
    except crypto.CryptoError as error:
        return Step(code, verdict_of(error), str(error))
    if not hmac.compare_digest(hashlib.new(name, data, usedforsecurity=False).digest(), stated):
        return Step(code, Verdict.FAILED, f"DG{number} is not what was signed")
    return Step(code, Verdict.SUCCESSFUL, f"DG{number} is what was signed")


def _path(
    signed: cms.SignedData,
    signer: Certificate | None,
    signing_time: datetime.datetime | None,
    anchors: AnchorSource,
    links: Iterable[Certificate],
) -> Path:
    if signer is None:
        return Path(PathOutcome.NO_ANCHOR)
    enclosed = (one for one in signed.certificates if one != signer)
    return build_path(signer, anchors, (*enclosed, *links), signing_time or signer.not_before)
