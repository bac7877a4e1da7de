"""Whether a seal was made by its issuer: Doc 9303-13 appendix D, each rule a step with a verdict of its own.

1. seal.readable       the octets are a seal
2. seal.features       with the features that its kind must have, in their form
3. seal.signature      the named signer's key signed it
4. seal.dsc.* and seal.csca.*, seal.revocation: the signer's certificate, as in passive authentication

The sub-indication of appendix D stands among the details. What is not known makes a step undetermined, never failed:
a certificate that was not imported says nothing against the seal.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from limen.icao import crypto
from limen.icao.pki import AnchorSource, Certificate, Path, PathOutcome, Step, Verdict, build_path
from limen.icao.pki.signer_steps import Ground, certificate_steps
from limen.icao.seal import vds, vdsnc
from limen.icao.seal.errors import SealError, UnknownSealError
from limen.icao.seal.kinds import read_value

_COMMON_NAME = "2.5.4.3"
_SEAL_USAGES = "2.23.136.1.1.14."
"""Extended key usages of VDS-NC signers."""
_STATUSES = {
    "seal.dsc.path": "UNTRUSTED_CERTIFICATE",
    "seal.csca.trusted": "UNTRUSTED_CERTIFICATE",
    "seal.dsc.validity": "EXPIRED_CERTIFICATE",
    "seal.dsc.document_type": "INVALID_DOCUMENTTYPE",
    "seal.revocation": "REVOKED_CERTIFICATE",
}


@runtime_checkable
class SealSignerSource(Protocol):
    """What a trust store may offer: the certificates that a seal's header can name."""

    def seal_signers(self, country: str, serial: int) -> Sequence[Certificate]:
        """Return the certificates of the two-letter country with this serial number."""
        ...


@dataclass(frozen=True, slots=True)
class SealResult:
    """What came of every step, and the seal if it could be read."""

    steps: tuple[Step, ...]
    seal: vds.Seal | vdsnc.VdsNc | None = None
    signer: Certificate | None = None

    def step(self, code: str) -> Step | None:
        """Return the step of this code, or None where it was not taken."""
        return next((step for step in self.steps if step.code == code), None)


def looks_like_seal(data: bytes) -> bool:
    """Say whether a barcode's octets begin as a seal does; there are many other barcodes."""
    return data[:1] == b"\xdc" or (data.lstrip()[:1] == b"{" and b'"sig"' in data and b'"hdr"' in data)


def read_seal(data: bytes) -> vds.Seal | vdsnc.VdsNc:
    """Return the seal that a barcode's octets are. Raises `SealError`."""
    return vds.parse(data) if data[:1] == b"\xdc" else vdsnc.parse(data)


def seal_authentication(
    data: bytes, anchors: AnchorSource, on: datetime.date, *, document_code: str | None = None
) -> SealResult:
    """Return what each step finds of a seal's octets. Raises nothing.

    `document_code` is that of the zone on which the seal stands. Certificates that a seal names are asked of `anchors`
    where it is a `SealSignerSource`.
    """
    try:
        seal = read_seal(data)
    except UnknownSealError as error:
        return SealResult((Step("seal.readable", Verdict.UNDETERMINED, str(error)),))
    except SealError as error:
        return SealResult((Step("seal.readable", Verdict.FAILED, str(error), _status("WRONG_FORMAT")),))
    features = _features(seal) if isinstance(seal, vds.Seal) else None
    signature, signer = _signature(seal, anchors)
    ground = _ground(seal, signer, anchors, on)
    code = document_code if isinstance(seal, vds.Seal) else None
    certificates = (_named(step) for step in certificate_steps(ground, _state(seal), code))
    readable = Step("seal.readable", Verdict.SUCCESSFUL, f"a {describe(seal)}")
    found = (readable, features, signature, *(_seal_usage(step, signer) for step in certificates))
    return SealResult(tuple(step for step in found if step is not None), seal, signer)


def describe(seal: vds.Seal | vdsnc.VdsNc) -> str:
    """Return what kind of seal it is, in words."""
    if isinstance(seal, vdsnc.VdsNc):
        return f"VDS-NC of type {seal.type}, issued by {seal.issuer}"
    kind = seal.header.kind
    return f"seal of {'an unknown kind of document' if kind is None else kind.name}, issued by {seal.header.country}"


def _features(seal: vds.Seal) -> Step:
    code, kind = "seal.features", seal.header.kind
    if kind is None:
        numbers = f"{seal.header.feature_definition:02X}/{seal.header.category:02X}"
        return Step(code, Verdict.UNDETERMINED, f"what a seal of the kind {numbers} must contain is not known")
    faults, unknown = [], []
    for tag, value in seal.features:
        spec = kind.spec(tag)
        if spec is None:
            unknown.append(f"UNKNOWN_FEATURE: {tag:02X}, {len(value)} octets")
            continue
        try:
            read_value(spec, value)
        except SealError as error:
            faults.append(str(error))
    tags = [tag for tag, _ in seal.features]
    faults += [f"{one.name} is missing" for one in kind.features if one.required and one.tag not in tags]
    if kind.one_of and len(kind.one_of.intersection(tags)) != 1:
        faults.append("the seal has not exactly one machine readable zone")
    details = (*unknown, *seal.quirks)
    if faults:
        return Step(code, Verdict.FAILED, "; ".join(faults), (*_status("WRONG_FORMAT"), *details))
    return Step(code, Verdict.SUCCESSFUL, f"the features that a seal of this kind must have ({kind.name})", details)


def _signature(seal: vds.Seal | vdsnc.VdsNc, anchors: AnchorSource) -> tuple[Step, Certificate | None]:
    code = "seal.signature"
    named = _signers(seal, anchors)
    if not named:
        who = _who(seal)
        said = f"the certificate of its signer is not known: {who}"
        return Step(code, Verdict.UNDETERMINED, said, _status("UNKNOWN_CERTIFICATE")), None
    refused: crypto.CryptoError | None = None
    for certificate in named:
        try:
            _verify(seal, certificate)
        except crypto.CryptoError as error:
            refused = error
            continue
        return Step(code, Verdict.SUCCESSFUL, f"signed by {certificate.subject}"), certificate
    unsupported = isinstance(refused, crypto.UnsupportedError)
    verdict = Verdict.NOT_SUPPORTED if unsupported else Verdict.FAILED
    details = () if unsupported else _status("INVALID_SIGNATURE")
    return Step(code, verdict, str(refused), details), named[0]


def _verify(seal: vds.Seal | vdsnc.VdsNc, certificate: Certificate) -> None:
    if isinstance(seal, vdsnc.VdsNc):
        vdsnc.verify(seal, certificate.key)
    elif isinstance(certificate.key, crypto.EcKey):
        vds.verify(seal, certificate.key)
    else:
        raise crypto.UnsupportedError(f"a seal whose signer has a key of {certificate.key}")


def _signers(seal: vds.Seal | vdsnc.VdsNc, anchors: AnchorSource) -> list[Certificate]:
    if isinstance(seal, vdsnc.VdsNc):
        return [seal.certificate] if seal.certificate else []
    if not isinstance(anchors, SealSignerSource):
        return []
    try:
        serial = int(seal.header.certificate_reference, 16)
    except ValueError:
        return []
    found = anchors.seal_signers(seal.header.signer[:2], serial)
    return [one for one in found if _is_named(one, seal.header.signer[2:])]


def _is_named(certificate: Certificate, identifier: str) -> bool:
    """Whether the subject's common name is the signer's two characters, alone or behind the country."""
    names = {name.strip().upper() for name in certificate.subject.values(_COMMON_NAME)}
    return any(name[-2:] == identifier and len(name) in {2, 4} for name in names)


def _who(seal: vds.Seal | vdsnc.VdsNc) -> str:
    if isinstance(seal, vdsnc.VdsNc):
        return "the seal encloses none"
    return f"signer {seal.header.signer}, certificate {seal.header.certificate_reference}"


def _ground(
    seal: vds.Seal | vdsnc.VdsNc, signer: Certificate | None, anchors: AnchorSource, on: datetime.date
) -> Ground:
    day = seal.header.signed if isinstance(seal, vds.Seal) else None
    at = None if day is None else datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    path = Path(PathOutcome.NO_ANCHOR) if signer is None else build_path(signer, anchors, (), at)
    return Ground(None, signer, path, anchors, on, at)


def _state(seal: vds.Seal | vdsnc.VdsNc) -> str:
    return seal.header.country if isinstance(seal, vds.Seal) else seal.issuer


def _named(step: Step) -> Step:
    code = "seal." + step.code.removeprefix("pa.")
    status = _status(_STATUSES[code]) if step.verdict is Verdict.FAILED and code in _STATUSES else ()
    words = step.message.replace("document signer", "signer")
    return replace(step, code=code, message=words, details=(*status, *step.details))


def _seal_usage(step: Step, signer: Certificate | None) -> Step:
    """Let signers of VDS-NC have the usage that is theirs."""
    own = signer is not None and signer.eku and all(one.startswith(_SEAL_USAGES) for one in signer.eku)
    if step.code != "seal.dsc.key_usage" or not own:
        return step
    return Step(step.code, Verdict.SUCCESSFUL, "the signer's key is for seals", step.details)


def _status(name: str) -> tuple[str, ...]:
    return (f"Doc 9303-13, appendix D: {name}",)
