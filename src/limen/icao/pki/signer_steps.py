"""The steps of passive authentication on certificates: path, trust, validity, use, country, revocation.

Doc 9303-12 sections 6.1 and 7.1; the order and the codes are listed in `limen.icao.pki.passive`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from limen.icao import crypto
from limen.icao.pki import cms
from limen.icao.pki.certificate import Certificate
from limen.icao.pki.countries import alpha2_of, same_issuer, state_name
from limen.icao.pki.crl import Crl
from limen.icao.pki.path import AnchorSource, Path, PathOutcome
from limen.icao.pki.steps import Step, Verdict

_MOST_NAMED = 8
"""Countries that a message lists of those that there are anchors of."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the steps on certificates stand on."""

    info: cms.SignerInfo | None
    signer: Certificate | None
    path: Path
    anchors: AnchorSource
    on: datetime.date
    signing_time: datetime.datetime | None

    @property
    def issuer(self) -> Certificate | None:
        """The certificate of the authority that issued the signer's."""
        return self.path.chain[1] if len(self.path.chain) > 1 else None


def certificate_steps(ground: Ground, state: str | None, document_code: str | None) -> Iterator[Step]:
    """Yield the steps on the signer's certificate and those above it, in order."""
    yield _dsc_path(ground)
    yield _csca_trusted(ground)
    yield _csca_validity(ground)
    yield _dsc_signing_time(ground)
    yield _dsc_validity(ground)
    yield _dsc_key_usage(ground)
    yield _dsc_country(ground, state)
    yield from _dsc_document_type(ground, document_code)
    yield _revocation(ground)


def _dsc_path(ground: Ground) -> Step:
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
    stated, issuer = ground.signer.issuer, path.chain[1].subject
    other = () if stated == issuer else (f"the certificate names another issuer, {stated}; the key is the CSCA's",)
    return Step(code, Verdict.SUCCESSFUL, f"signed by {issuer}", (names, *other))


def _groundless(code: str) -> Step:
    return Step(code, Verdict.UNDETERMINED, "there is no certificate of the document signer")


def _csca_trusted(ground: Ground) -> Step:
    code, anchor = "pa.csca.trusted", ground.path.anchor
    if anchor is not None:
        return Step(code, Verdict.SUCCESSFUL, f"{anchor.subject} is trusted", anchor.profile_quirks)
    if ground.path.outcome is PathOutcome.FORGED:
        return Step(code, Verdict.UNDETERMINED, "no path leads to a trusted CSCA")
    signer, countries = ground.signer, ground.anchors.countries()
    country = None if signer is None else signer.issuer.country or signer.subject.country
    which = " with the key that signed" if country in countries else ""
    have = ", ".join(countries[:_MOST_NAMED]) or "none"
    if len(countries) > _MOST_NAMED:
        have += f" and {len(countries) - _MOST_NAMED} more"
    return Step(code, Verdict.UNDETERMINED, f"no trust anchor for {state_name(country)}{which} (have: {have})")


def _csca_validity(ground: Ground) -> Step:
    code, issuer, signer = "pa.csca.validity", ground.issuer, ground.signer
    if issuer is None or signer is None:
        return Step(code, Verdict.UNDETERMINED, "no CSCA is known whose validity could be looked at")
    at = ground.signing_time or signer.not_before
    for one in ground.path.chain[1:]:
        if not one.valid_at(at):
            return Step(code, Verdict.FAILED, f"{one.subject} was valid {_validity(one)}, and not on {at:%Y-%m-%d}")
    return Step(code, Verdict.SUCCESSFUL, f"valid {_validity(issuer)}, and so on {at:%Y-%m-%d}")


def _dsc_signing_time(ground: Ground) -> Step:
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


def _dsc_validity(ground: Ground) -> Step:
    code, signer = "pa.dsc.validity", ground.signer
    if signer is None:
        return _groundless(code)
    if not signer.not_before.date() <= ground.on <= signer.not_after.date():
        word = "expired" if ground.on > signer.not_after.date() else "is not valid yet"
        return Step(code, Verdict.FAILED, f"the document signer {word}: valid {_validity(signer)}")
    return Step(code, Verdict.SUCCESSFUL, f"valid {_validity(signer)}")


def _validity(certificate: Certificate) -> str:
    return f"{certificate.not_before:%Y-%m-%d} to {certificate.not_after:%Y-%m-%d}"


def _dsc_key_usage(ground: Ground) -> Step:
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


def _dsc_country(ground: Ground, state: str | None) -> Step:
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


def _dsc_document_type(ground: Ground, document_code: str | None) -> Iterator[Step]:
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


def _revocation(ground: Ground) -> Step:
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


def _trusted_crls(ground: Ground, crls: Iterable[Crl]) -> tuple[list[Crl], tuple[str, ...]]:
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
