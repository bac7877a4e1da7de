"""Certificates: RFC 5280 with the profile of Doc 9303-12 section 7.1, as they are found and not as they should be.

The signed bytes are kept as read. What a certificate does against its profile, but can be lived with, is told in
`Certificate.quirks`; a broken extension counts as absent and is told there too.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from limen.icao import crypto, der
from limen.icao.pki.errors import PkiError, reading
from limen.icao.pki.name import Name

_SKI, _KEY_USAGE, _ALT_NAME, _CONSTRAINTS, _AKI = "2.5.29.14", "2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.35"
_PRIVATE_PERIOD, _EKU, _ISSUER_ALT_NAME = "2.5.29.16", "2.5.29.37", "2.5.29.18"
_DOCUMENT_TYPES, _NAME_CHANGE = "2.23.136.1.1.6.2", "2.23.136.1.1.6.1"
_KNOWN_CRITICAL = frozenset({_KEY_USAGE, _CONSTRAINTS, _EKU, _DOCUMENT_TYPES, _NAME_CHANGE, _ALT_NAME, "2.5.29.32"})
_USAGES = (
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
)
_ECDSA_SIGNATURES = "1.2.840.10045.4."
_LOCALITY, _STATE = "2.5.4.7", "2.5.4.8"
_MAX_EXTENSIONS = 64
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Extension:
    """One extension: whether whoever does not know it must refuse, and its value's octets."""

    critical: bool
    value: bytes


@dataclass(frozen=True, slots=True)
class BasicConstraints:
    """Whether the certificate is an authority's, and how many authorities may follow below it."""

    ca: bool
    path_length: int | None


@dataclass(frozen=True)
class Certificate:
    """One certificate. Two are equal when their octets are."""

    raw: bytes = field(repr=False)
    tbs: bytes = field(compare=False, repr=False)
    """What is signed, as read."""
    version: int = field(compare=False)
    serial: int = field(compare=False)
    issuer: Name = field(compare=False)
    """Who signed."""
    subject: Name = field(compare=False)
    """Whose key it is."""
    not_before: datetime.datetime = field(compare=False)
    not_after: datetime.datetime = field(compare=False)
    spki: bytes = field(compare=False, repr=False)
    signature_algorithm: bytes = field(compare=False, repr=False)
    """The AlgorithmIdentifier outside what is signed."""
    inner_algorithm: bytes = field(compare=False, repr=False)
    """The AlgorithmIdentifier inside what is signed: it must be the same."""
    signature: bytes = field(compare=False, repr=False)
    extensions: dict[str, Extension] = field(compare=False, repr=False)

    @classmethod
    def parse(cls, data: bytes) -> Certificate:
        """Return the certificate that these octets encode, in DER or BER, padded or not. Raises `PkiError`."""
        with reading("a certificate"):
            return _parse(parse_padded(data))

    @property
    def country(self) -> str | None:
        """The subject's two-letter country in upper case, else the issuer's."""
        return self.subject.country or self.issuer.country

    @cached_property
    def key(self) -> crypto.PublicKey:
        """The public key. Raises `CryptoError`, and `UnsupportedError` for a curve or algorithm not known."""
        return crypto.public_key(self.spki)

    @cached_property
    def sha256(self) -> bytes:
        """The certificate's fingerprint."""
        return hashlib.sha256(self.raw).digest()

    @property
    def self_issued(self) -> bool:
        """Whether issuer and subject have one name; a signature tells whether it is self-signed too."""
        return self.issuer == self.subject

    @cached_property
    def ski(self) -> bytes | None:
        """The subject key identifier."""
        return self._extension(_SKI, der.as_octets)

    @cached_property
    def aki(self) -> bytes | None:
        """The authority key identifier: the issuer's subject key identifier."""
        return self._extension(_AKI, _authority_key)

    @cached_property
    def key_usage(self) -> frozenset[str] | None:
        """What the key may be used for, in RFC 5280's words; None where nothing is stated."""
        return self._extension(_KEY_USAGE, _key_usage)

    @cached_property
    def basic_constraints(self) -> BasicConstraints | None:
        """What is stated of being an authority."""
        return self._extension(_CONSTRAINTS, _constraints)

    @cached_property
    def eku(self) -> tuple[str, ...]:
        """The extended key usages as object identifiers, none where none is stated."""
        return self._extension(_EKU, lambda value: tuple(map(der.as_oid, value.fields(0x30).rest()))) or ()

    @cached_property
    def document_types(self) -> tuple[str, ...] | None:
        """The document codes of the MRZ that the signer may produce (7.1.1.6); None where nothing is stated."""
        return self._extension(_DOCUMENT_TYPES, _document_types)

    @cached_property
    def state_codes(self) -> tuple[str, ...]:
        """The issuing States' codes of the MRZ that the alternative names state (7.1.1.2)."""
        return self._extension(_ALT_NAME, _state_codes) or ()

    @cached_property
    def private_usage(self) -> tuple[datetime.datetime | None, datetime.datetime | None]:
        """When the private key was to be used: from, to."""
        return self._extension(_PRIVATE_PERIOD, _period) or (None, None)

    @cached_property
    def unknown_critical(self) -> tuple[str, ...]:
        """Critical extensions that Limen does not know."""
        return tuple(oid for oid, found in self.extensions.items() if found.critical and oid not in _KNOWN_CRITICAL)

    @property
    def may_sign_certificates(self) -> bool:
        """Whether key usage or basic constraints say that this is an authority's.

        Either will do: of 801 certificates on national lists, 8 lack the first or the second.
        """
        stated = self.basic_constraints is not None and self.basic_constraints.ca
        return stated or (self.key_usage is not None and "keyCertSign" in self.key_usage)

    def valid_at(self, moment: datetime.datetime) -> bool:
        """Say whether the moment lies within the validity, both ends included."""
        return self.not_before <= moment <= self.not_after

    def verify_by(self, issuer: Certificate) -> None:
        """Return if the issuer's key signed this certificate; raises `CryptoError` (`SignatureMismatch`) if not."""
        algorithm = crypto.SignatureAlgorithm.parse(self.signature_algorithm)
        if self.signature_algorithm != self.inner_algorithm:
            inner = crypto.SignatureAlgorithm.parse(self.inner_algorithm)
            if inner != algorithm:
                raise crypto.SignatureMismatch("the signed and the stated signature algorithm differ")
        crypto.verify(issuer.key, algorithm, self.signature, self.tbs)

    @cached_property
    def quirks(self) -> tuple[str, ...]:
        """What the certificate does against Doc 9303-12 or DER, and Limen puts up with, one sentence each."""
        fault = der_fault(self.raw)
        return (*((f"not DER: {fault}",) if fault is not None else ()), *self.profile_quirks)

    @cached_property
    def profile_quirks(self) -> tuple[str, ...]:
        """The same, less whether every octet is DER, which takes longer to find out than a signature to verify."""
        return tuple(_quirks(self))

    def _extension(self, oid: str, read: Callable[[der.Element], _Value]) -> _Value | None:
        found = self.extensions.get(oid)
        if found is None:
            return None
        try:
            return read(der.parse(found.value, lenient=True))
        except (der.DerError, PkiError):
            return None


def parse_padded(data: bytes) -> der.Element:
    """Return the element at the beginning of a file, behind which only spaces or zeros stand. Raises `DerError`."""
    element = der.parse_first(data, lenient=True)
    if data[element.end :].strip(b"\0\t\r\n "):
        raise der.DerError(f"{len(data) - element.end} bytes behind the element that ends at {element.end}")
    return element


def _parse(element: der.Element) -> Certificate:
    outer = element.fields(0x30)
    tbs = outer.take(0x30)
    algorithm = outer.take(0x30)
    signature, _ = der.as_bits(outer.take(0x03))
    outer.close()
    fields = tbs.fields()
    version = fields.optional(0xA0)
    serial = fields.take(0x02)
    inner = fields.take(0x30)
    issuer = fields.take(0x30)
    validity = fields.take(0x30).fields()
    subject = fields.take(0x30)
    spki = fields.take(0x30)
    return Certificate(
        raw=element.raw,
        tbs=tbs.raw,
        version=1 if version is None else der.as_int(version.inner()) + 1,
        serial=der.as_int(serial),
        issuer=Name.parse(issuer.raw),
        subject=Name.parse(subject.raw),
        not_before=der.as_time(validity.take()),
        not_after=der.as_time(validity.take()),
        spki=spki.raw,
        signature_algorithm=algorithm.raw,
        inner_algorithm=inner.raw,
        signature=signature,
        extensions=_extensions(fields),
    )


def _extensions(fields: der.Fields) -> dict[str, Extension]:
    fields.optional(0x81, 0xA1)
    fields.optional(0x82, 0xA2)
    wrapped = fields.optional(0xA3)
    fields.close()
    return {} if wrapped is None else read_extensions(wrapped.inner())


def read_extensions(element: der.Element) -> dict[str, Extension]:
    """Return the extensions of a SEQUENCE OF Extension. Raises `DerError`, also for one that stands there twice."""
    found: dict[str, Extension] = {}
    for part in element.fields(0x30).rest():
        fields = part.fields(0x30)
        oid = der.as_oid(fields.take())
        critical = fields.optional(0x01)
        if oid in found or len(found) == _MAX_EXTENSIONS:
            raise der.DerError(f"extension {oid} stands twice, or is one too many")
        found[oid] = Extension(critical is not None and der.as_bool(critical), der.as_octets(fields.take()))
    return found


def _authority_key(value: der.Element) -> bytes | None:
    found = value.fields(0x30).optional(0x80)
    return None if found is None else found.value


def _key_usage(value: der.Element) -> frozenset[str]:
    octets, _ = der.as_bits(value)
    return frozenset(name for at, name in enumerate(_USAGES) if octets[at // 8 : at // 8 + 1] and _bit(octets, at))


def _bit(octets: bytes, at: int) -> bool:
    return bool(octets[at // 8] & 0x80 >> at % 8)


def _constraints(value: der.Element) -> BasicConstraints:
    fields = value.fields(0x30)
    ca = fields.optional(0x01)
    length = fields.optional(0x02)
    return BasicConstraints(ca is not None and der.as_bool(ca), None if length is None else der.as_int(length))


def _document_types(value: der.Element) -> tuple[str, ...]:
    fields = value.fields(0x30)
    fields.optional(0x02)
    return tuple(der.as_text(part) for part in fields.take(0x31))


def _state_codes(value: der.Element) -> tuple[str, ...]:
    codes: list[str] = []
    for part in value.fields(0x30).rest():
        if part.tag == 0xA4:
            name = Name.parse(part.inner().raw)
            codes += [text.strip().upper() for text in (*name.values(_LOCALITY), *name.values(_STATE))]
    return tuple(codes)


def _period(value: der.Element) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    fields = value.fields(0x30)
    first, last = fields.optional(0x80), fields.optional(0x81)
    return _implicit_time(first), _implicit_time(last)


def _implicit_time(element: der.Element | None) -> datetime.datetime | None:
    if element is None:
        return None
    return der.as_time(der.parse(der.encode(0x18, element.value)))


def _quirks(certificate: Certificate) -> Iterator[str]:
    if certificate.version != 3:
        yield f"version {certificate.version} instead of 3"
    if certificate.serial <= 0:
        yield "the serial number is not positive"
    yield from _quirks_of_names(certificate)
    yield from _quirks_of_algorithms(certificate)
    for oid, found in certificate.extensions.items():
        reader = _READERS.get(oid)
        if reader is None:
            continue
        if _readable(reader, found.value, lenient=False):
            continue
        if _readable(reader, found.value, lenient=True):
            yield f"extension {oid} is not DER"
        else:
            yield f"extension {oid} cannot be read and counts as absent"
    for oid in certificate.unknown_critical:
        yield f"unknown critical extension {oid}"


def _quirks_of_names(certificate: Certificate) -> Iterator[str]:
    issuer, subject = certificate.issuer, certificate.subject
    for role, name in (("issuer", issuer), ("subject", subject)):
        written = name.values("2.5.4.6")
        if not written:
            yield f"the {role} states no country"
        elif len(written[0]) != 2 or written[0] != written[0].upper():
            yield f"the {role}'s country is written {written[0]!r}"
    if issuer.country != subject.country:
        yield f"issued by {issuer.country} for {subject.country}"


def _quirks_of_algorithms(certificate: Certificate) -> Iterator[str]:
    if certificate.signature_algorithm != certificate.inner_algorithm:
        yield "the signature algorithm is encoded differently inside and outside"
    try:
        fields = der.parse(certificate.signature_algorithm, lenient=True).fields()
        if der.as_oid(fields.take()).startswith(_ECDSA_SIGNATURES) and fields.more:
            yield "ECDSA's algorithm identifier carries parameters"
        key = certificate.key
    except (crypto.CryptoError, der.DerError) as error:
        yield str(error)
        return
    if isinstance(key, crypto.EcKey) and key.explicit:
        yield f"the curve is spelled out; it is {key.curve.name}"


def _readable(read: Callable[[der.Element], object], value: bytes, *, lenient: bool) -> bool:
    try:
        read(der.parse(value, lenient=lenient))
    except (der.DerError, PkiError):
        return False
    return True


_READERS: dict[str, Callable[[der.Element], object]] = {
    _SKI: der.as_octets,
    _AKI: _authority_key,
    _KEY_USAGE: _key_usage,
    _CONSTRAINTS: _constraints,
    _EKU: lambda value: tuple(map(der.as_oid, value.fields(0x30).rest())),
    _DOCUMENT_TYPES: _document_types,
    _ALT_NAME: _state_codes,
    _ISSUER_ALT_NAME: _state_codes,
    _PRIVATE_PERIOD: _period,
}


def der_fault(data: bytes) -> str | None:
    """Return why the octets are not DER, as far as lengths go, or None."""
    try:
        _walk(der.parse(data))
    except der.DerError as error:
        return str(error)
    return None


def _walk(element: der.Element) -> None:
    if element.constructed:
        for part in element:
            _walk(part)
    elif element.tag == 0x02:
        der.as_int(element)
