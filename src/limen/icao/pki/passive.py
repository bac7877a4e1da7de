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
from dataclasses import dataclass, field, replace
from enum import StrEnum

from limen.icao import crypto
from limen.icao.pki import cms
from limen.icao.pki.certificate import Certificate
from limen.icao.pki.countries import alpha2_of, same_issuer, state_name
from limen.icao.pki.crl import Crl
from limen.icao.pki.errors import PkiError
from limen.icao.pki.path import AnchorSource, Path, PathOutcome, SignerSource, build_path
from limen.icao.pki.sod import LDS_SECURITY_OBJECT, SECURITY_OBJECT, TOLERATED_TYPES, Sod, require_size

_CARD_SECURITY = "pa.card_security."


class Verdict(StrEnum):
    """The outcomes of TR-03135-1 section 3.5.2 that a step can have."""

    SUCCESSFUL = "successful"
    FAILED = "failed"
    UNDETERMINED = "undetermined"
    NOT_SUPPORTED = "not supported"


@dataclass(frozen=True, slots=True)
class Step:
    """What one step found."""

    code: str
    verdict: Verdict
    message: str
    details: tuple[str, ...] = ()
    """What was put up with, or helps to understand."""


@dataclass(frozen=True, slots=True)
class PassiveResult:
    """What came of every step, in order, and what was found on the way."""

    steps: tuple[Step, ...]
    sod: Sod | None = field(default=None, repr=False)
    signer: Certificate | None = field(default=None, repr=False)
    path: tuple[Certificate, ...] = field(default=(), repr=False)
    """From the document signer's certificate to the trusted one."""
    signing_time: datetime.datetime | None = None

    def step(self, code: str) -> Step | None:
        """Return the step of this code, or None where it was not taken."""
        return next((step for step in self.steps if step.code == code), None)

    @property
    def verdict(self) -> Verdict:
        """What all steps come to: failed if any failed, else undetermined if any is, else successful."""
        found = {step.verdict for step in self.steps}
        return next((one for one in (Verdict.FAILED, Verdict.UNDETERMINED) if one in found), Verdict.SUCCESSFUL)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the steps on certificates stand on."""

    info: cms.SignerInfo | None
    signer: Certificate | None
    path: Path
    anchors: AnchorSource
    on: datetime.date
    signing_time: datetime.datetime | None

    @property
    def issuer(self) -> Certificate | None:
        return self.path.chain[1] if len(self.path.chain) > 1 else None


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
        *_certificate_steps(ground, state, document_code),
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
        *_certificate_steps(ground, state, None),
    )
    renamed = (
        replace(step, code=_CARD_SECURITY + step.code.removeprefix("pa.").removeprefix("sod.")) for step in steps
    )
    return PassiveResult(tuple(renamed), None, ground.signer, ground.path.chain, ground.signing_time)


def _grounded(
    signed: cms.SignedData, anchors: AnchorSource, on: datetime.date, links: Iterable[Certificate]
) -> tuple[Step, _Ground]:
    info, signer, signature = _signature(signed, anchors)
    signing_time = None if info is None else info.signing_time
    path = _path(signed, signer, signing_time, anchors, links)
    return signature, _Ground(info, signer, path, anchors, on, signing_time)


def _certificate_steps(ground: _Ground, state: str | None, document_code: str | None) -> Iterator[Step]:
    yield _dsc_path(ground)
    yield _csca_trusted(ground)
    yield _csca_validity(ground)
    yield _dsc_signing_time(ground)
    yield _dsc_validity(ground)
    yield _dsc_key_usage(ground)
    yield _dsc_country(ground, state)
    yield from _dsc_document_type(ground, document_code)
    yield _revocation(ground)


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
        return Step(code, _verdict_of(error), str(error))
    return Step(code, Verdict.SUCCESSFUL, "they state the content's type and digest")


def _verdict_of(error: crypto.CryptoError) -> Verdict:
    return Verdict.NOT_SUPPORTED if isinstance(error, crypto.UnsupportedError) else Verdict.FAILED


def _signature(signed: cms.SignedData, anchors: AnchorSource) -> tuple[cms.SignerInfo | None, Certificate | None, Step]:
    """Return the signer, its certificate and what became of its signature; the first one that holds, if any does."""
    code = "pa.sod.signature"
    worst: tuple[cms.SignerInfo | None, Certificate | None, Step] | None = None
    for info in signed.signers:
        stored = anchors.signers(info.issuer, info.serial, info.ski) if isinstance(anchors, SignerSource) else ()
        for certificate in cms.signer_certificates(signed, info, stored):
            try:
                quirks = cms.check_signature(signed, info, certificate.key)
            except crypto.CryptoError as error:
                worst = worst or (info, certificate, Step(code, _verdict_of(error), str(error)))
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
        return Step(code, _verdict_of(error), str(error))
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


def _dsc_path(ground: _Ground) -> Step:
    code, path = "pa.dsc.path", ground.path
    if ground.signer is None:
        return _groundless(code)
    tried = tuple(f"not by {one.subject}, serial number {one.serial}: {why}" for one, why in path.tried)
    if path.outcome is PathOutcome.FORGED:
        return Step(code, Verdict.FAILED, f"{ground.signer.issuer} did not sign the certificate that names it", tried)
    if path.outcome is PathOutcome.UNSUPPORTED:
        return Step(code, Verdict.NOT_SUPPORTED, "the issuer's key or signature is of an unknown kind", tried)
    if path.outcome is PathOutcome.NO_ANCHOR:
        return Step(
            code, Verdict.UNDETERMINED, f"no certificate of {ground.signer.issuer} with the key that signed", tried
        )
    names = " < ".join(f"{one.subject}" for one in path.chain)
    return Step(code, Verdict.SUCCESSFUL, f"signed by {path.chain[1].subject}", (names,))


def _groundless(code: str) -> Step:
    return Step(code, Verdict.UNDETERMINED, "there is no certificate of the document signer")


def _csca_trusted(ground: _Ground) -> Step:
    code, anchor = "pa.csca.trusted", ground.path.anchor
    if anchor is not None:
        return Step(code, Verdict.SUCCESSFUL, f"{anchor.subject} is trusted", anchor.profile_quirks)
    if ground.path.outcome is PathOutcome.FORGED:
        return Step(code, Verdict.UNDETERMINED, "no path leads to a trusted CSCA")
    signer, countries = ground.signer, ground.anchors.countries()
    country = None if signer is None else signer.issuer.country or signer.subject.country
    which = " with the key that signed" if country in countries else ""
    have = ", ".join(countries) or "none"
    return Step(code, Verdict.UNDETERMINED, f"no trust anchor for {state_name(country)}{which} (have: {have})")


def _csca_validity(ground: _Ground) -> Step:
    code, issuer, signer = "pa.csca.validity", ground.issuer, ground.signer
    if issuer is None or signer is None:
        return Step(code, Verdict.UNDETERMINED, "no CSCA is known whose validity could be looked at")
    at = ground.signing_time or signer.not_before
    for one in ground.path.chain[1:]:
        if not one.valid_at(at):
            return Step(code, Verdict.FAILED, f"{one.subject} was valid {_validity(one)}, and not on {at:%Y-%m-%d}")
    return Step(code, Verdict.SUCCESSFUL, f"valid {_validity(issuer)}, and so on {at:%Y-%m-%d}")


def _dsc_signing_time(ground: _Ground) -> Step:
    code, signer, at = "pa.dsc.signing_time", ground.signer, ground.signing_time
    if signer is None:
        return _groundless(code)
    if at is not None:
        if not signer.valid_at(at):
            return Step(code, Verdict.FAILED, f"signed on {at:%Y-%m-%d}; the signer was valid {_validity(signer)}")
        return Step(code, Verdict.SUCCESSFUL, f"signed on {at:%Y-%m-%d}, while valid", _usage_note(signer, at))
    issuer = ground.issuer
    if issuer is None:
        return Step(code, Verdict.UNDETERMINED, "no time of signing is stated, and no CSCA is known to compare with")
    if signer.not_before > issuer.not_after or signer.not_after < issuer.not_before:
        return Step(code, Verdict.FAILED, "the signer was never valid together with its CSCA")
    note = ("the time of signing is not stated",)
    return Step(code, Verdict.SUCCESSFUL, "the validities of signer and CSCA overlap", note)


def _usage_note(signer: Certificate, at: datetime.datetime) -> tuple[str, ...]:
    first, last = signer.private_usage
    late = (first is not None and at < first) or (last is not None and at > last)
    return ("outside the time in which the private key was to be used",) if late else ()


def _dsc_validity(ground: _Ground) -> Step:
    code, signer = "pa.dsc.validity", ground.signer
    if signer is None:
        return _groundless(code)
    if not signer.not_before.date() <= ground.on <= signer.not_after.date():
        word = "expired" if ground.on > signer.not_after.date() else "is not valid yet"
        return Step(code, Verdict.FAILED, f"the document signer {word}: valid {_validity(signer)}")
    return Step(code, Verdict.SUCCESSFUL, f"valid {_validity(signer)}")


def _validity(certificate: Certificate) -> str:
    return f"{certificate.not_before:%Y-%m-%d} to {certificate.not_after:%Y-%m-%d}"


def _dsc_key_usage(ground: _Ground) -> Step:
    code, signer = "pa.dsc.key_usage", ground.signer
    if signer is None:
        return _groundless(code)
    fault = _usage_fault(signer)
    if fault is not None:
        return Step(code, *fault)
    return Step(code, Verdict.SUCCESSFUL, "the signer's key is for signatures", signer.profile_quirks)


def _usage_fault(signer: Certificate) -> tuple[Verdict, str] | None:
    if signer.basic_constraints is not None and signer.basic_constraints.ca:
        return Verdict.FAILED, "the signer's certificate is an authority's"
    if signer.eku:
        return Verdict.FAILED, f"the signer signs other things than documents: {', '.join(signer.eku)}"
    if signer.unknown_critical:
        unknown = ", ".join(signer.unknown_critical)
        return Verdict.NOT_SUPPORTED, f"the signer's certificate has unknown critical extensions: {unknown}"
    if signer.key_usage is None:
        return Verdict.UNDETERMINED, "the signer's certificate does not say what its key is for"
    if "digitalSignature" not in signer.key_usage:
        stated = ", ".join(sorted(signer.key_usage)) or "nothing"
        return Verdict.FAILED, f"the signer's key is not for signatures but for {stated}"
    return None


def _dsc_country(ground: _Ground, state: str | None) -> Step:
    code, signer = "pa.dsc.country", ground.signer
    if signer is None:
        return _groundless(code)
    chain = ground.path.chain[1:2]
    stated = [signer.subject.country, signer.issuer.country, *(one.subject.country for one in chain)]
    known = [country for country in stated if country is not None]
    if not all(same_issuer(known[0], country) for country in known[1:]):
        said = ", ".join(map(state_name, stated))
        return Step(code, Verdict.FAILED, f"signer, its issuer and CSCA are of different countries: {said}")
    if None in stated:
        return Step(code, Verdict.UNDETERMINED, "not every certificate states a country")
    if state is not None:
        return _state_step(code, signer, state)
    return Step(code, Verdict.SUCCESSFUL, f"signer and CSCA are of {known[0]}")


def _state_step(code: str, signer: Certificate, state: str) -> Step:
    bare, alpha2 = state.rstrip("<").upper(), alpha2_of(state)
    if bare in signer.state_codes or same_issuer(signer.country, alpha2):
        return Step(code, Verdict.SUCCESSFUL, f"the signer is of {signer.country}, which signs for {bare}")
    if alpha2 is None:
        return Step(
            code, Verdict.UNDETERMINED, f"it is not known who signs for {bare}; the signer is of {signer.country}"
        )
    return Step(code, Verdict.FAILED, f"a document of {bare}, signed by a signer of {signer.country}")


def _dsc_document_type(ground: _Ground, document_code: str | None) -> Iterator[Step]:
    code, signer = "pa.dsc.document_type", ground.signer
    if document_code is None or signer is None:
        return
    bare = document_code.rstrip("<")
    if signer.document_types is None:
        yield Step(code, Verdict.NOT_SUPPORTED, "the signer's certificate does not list types of documents")
        return
    listed = {kind.rstrip("<") for kind in signer.document_types}
    if bare in listed or bare[:1] in listed:
        yield Step(code, Verdict.SUCCESSFUL, f"the signer may sign documents of type {bare}")
    else:
        yield Step(code, Verdict.FAILED, f"the signer may sign {', '.join(sorted(listed))}, and not {bare}")


def _revocation(ground: _Ground) -> Step:
    code, signer, issuer = "pa.revocation", ground.signer, ground.issuer
    if signer is None:
        return _groundless(code)
    if issuer is None:
        return Step(code, Verdict.UNDETERMINED, "no CSCA is known whose revocation list could be trusted")
    country = signer.issuer.country
    found, notes = _trusted_crls(ground, ground.anchors.crls(country))
    for crl in found:
        for one in ground.path.chain:
            if crl.revokes(one):
                return Step(code, Verdict.FAILED, f"{one.subject} was revoked on {crl.revoked[one.serial]:%Y-%m-%d}")
    if not found:
        return Step(code, Verdict.UNDETERMINED, f"no revocation list of {state_name(country)}", notes)
    newest = max(found, key=lambda crl: crl.this_update)
    said = f"revocation list of {newest.this_update:%Y-%m-%d}"
    if not newest.is_current(ground.on):
        return Step(code, Verdict.UNDETERMINED, f"not on the {said}, which is out of date", notes)
    return Step(code, Verdict.SUCCESSFUL, f"not on the {said}", notes)


def _trusted_crls(ground: _Ground, crls: Iterable[Crl]) -> tuple[list[Crl], tuple[str, ...]]:
    """Return the lists that the signer's issuer, or a trusted twin of it, signed; and why others are left out."""
    found: list[Crl] = []
    notes: list[str] = []
    for crl in crls:
        authorities = [*ground.path.chain[1:], *ground.anchors.candidates(crl.issuer, crl.aki, crl.country)]
        if any(_signed(crl, one) for one in dict.fromkeys(authorities) if one.may_sign_certificates):
            found.append(crl)
        else:
            notes.append(f"a list of {crl.this_update:%Y-%m-%d} is not signed by a trusted CSCA")
    return found, tuple(notes)


def _signed(crl: Crl, authority: Certificate) -> bool:
    try:
        crl.verify_by(authority)
    except crypto.CryptoError:
        return False
    return True
