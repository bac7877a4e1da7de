"""Signed data: RFC 5652 as Doc 9303-10 section 4.6.2 and Doc 9303-12 sections 9.1 and 10.1 use it.

Content and signed attributes are hashed as they were read. The parts of a verification are functions of their own, so
that each can be told apart: the content's digest, its type, the signature.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from limen.icao import crypto, der
from limen.icao.pki.certificate import Certificate
from limen.icao.pki.errors import PkiError, reading
from limen.icao.pki.name import Name

SIGNED_DATA = "1.2.840.113549.1.7.2"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_TIME = "1.2.840.113549.1.9.5"
_MAX_CERTIFICATES = 32
_MAX_SIGNERS = 8
_MAX_ATTRIBUTES = 64


@dataclass(frozen=True, slots=True)
class SignerInfo:
    """One signature over the content, by whom and how."""

    version: int
    issuer: Name | None
    serial: int | None
    ski: bytes | None
    """A signer is named by issuer and serial number, or by the subject key identifier."""
    digest_identifier: bytes
    signature_identifier: bytes
    signature: bytes
    signed_attributes: bytes | None
    """As read, with the tag that is signed (31); None where the content is signed directly."""
    attributes: dict[str, tuple[der.Element, ...]] = field(repr=False, hash=False)
    """The signed attributes' values."""

    @property
    def digest_name(self) -> str:
        """The name, for `hashlib`, of the content's digest. Raises `CryptoError` (`UnsupportedError`)."""
        return crypto.hash_of(self.digest_identifier)

    @property
    def signing_time(self) -> datetime.datetime | None:
        """When the signer says it signed, or None."""
        values = self.attributes.get(SIGNING_TIME, ())
        try:
            return der.as_time(values[0]) if len(values) == 1 else None
        except der.DerError:
            return None

    def names(self, certificate: Certificate) -> bool:
        """Say whether the certificate is the one that the signer named, whatever the order and case of its issuer."""
        if self.ski is not None:
            return certificate.ski == self.ski
        return certificate.serial == self.serial and certificate.issuer == self.issuer


@dataclass(frozen=True, slots=True)
class SignedData:
    """What was signed, by whom, and the certificates that came with it."""

    version: int
    content_type: str
    content: bytes = field(repr=False)
    certificates: tuple[Certificate, ...] = field(repr=False)
    """Those enclosed that can be taken apart."""
    broken: tuple[tuple[bytes, str], ...] = field(repr=False)
    """Those that cannot, each with the reason: they do not spoil the others."""
    signers: tuple[SignerInfo, ...]
    quirks: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: bytes) -> SignedData:
        """Return the signed data of a ContentInfo, in DER or BER. Raises `PkiError`."""
        with reading("signed data"):
            return _parse(der.parse_first(data, lenient=True))


def signer_certificates(
    signed: SignedData, signer: SignerInfo, stored: Iterable[Certificate] = ()
) -> tuple[Certificate, ...]:
    """Return the certificates that may be the signer's, likeliest first: named, then merely enclosed or stored.

    One that is not named may still be it: some signers write an issuer that is not their certificate's. The
    signature decides; who takes such a one should say so.
    """
    named = [certificate for certificate in (*signed.certificates, *stored) if signer.names(certificate)]
    return tuple(dict.fromkeys((*named, *signed.certificates)))


def check_content_type(signed: SignedData, signer: SignerInfo) -> None:
    """Return if the signed attributes state the type that the content has. Raises `SignatureMismatch`."""
    if signer.signed_attributes is None:
        return
    values = signer.attributes.get(CONTENT_TYPE, ())
    try:
        stated = der.as_oid(values[0]) if len(values) == 1 else None
    except der.DerError:
        stated = None
    if stated != signed.content_type:
        raise crypto.SignatureMismatch(f"the signer states content of type {stated}, it is {signed.content_type}")


def check_message_digest(signed: SignedData, signer: SignerInfo) -> None:
    """Return if the content has the digest that was signed. Raises `CryptoError` (`SignatureMismatch`)."""
    if signer.signed_attributes is None:
        return
    values = signer.attributes.get(MESSAGE_DIGEST, ())
    try:
        stated = der.as_octets(values[0]) if len(values) == 1 else b""
    except der.DerError:
        stated = b""
    digest = hashlib.new(signer.digest_name, signed.content, usedforsecurity=False).digest()
    if not hmac.compare_digest(stated, digest):
        raise crypto.SignatureMismatch("the content's digest is not the one that was signed")


def check_signature(signed: SignedData, signer: SignerInfo, key: crypto.PublicKey) -> tuple[str, ...]:
    """Return if the key signed the attributes, or the content where there are none; with what was put up with.

    Raises `CryptoError`: `SignatureMismatch` where it did not, `UnsupportedError` where that cannot be computed.
    """
    algorithm = crypto.SignatureAlgorithm.parse(signer.signature_identifier).with_hash(signer.digest_name)
    message = signed.content if signer.signed_attributes is None else signer.signed_attributes
    try:
        crypto.verify(key, algorithm, signer.signature, message)
        return ()
    except crypto.SignatureMismatch:
        for other, form, quirk in _variants(signer, algorithm, message):
            try:
                crypto.verify(key, other, signer.signature, form)
                return (quirk,)
            except crypto.SignatureMismatch:
                continue
        raise


def verify_signer(signed: SignedData, signer: SignerInfo, key: crypto.PublicKey) -> tuple[str, ...]:
    """Return if type, digest and signature hold, with what was put up with. Raises `CryptoError`."""
    check_content_type(signed, signer)
    check_message_digest(signed, signer)
    return check_signature(signed, signer, key)


def read_certificates(
    elements: Iterable[der.Element],
) -> tuple[tuple[Certificate, ...], tuple[tuple[bytes, str], ...]]:
    """Return the certificates that these elements are, and those that cannot be taken apart with the reason."""
    certificates: list[Certificate] = []
    broken: list[tuple[bytes, str]] = []
    for element in elements:
        try:
            certificates.append(Certificate.parse(element.raw))
        except PkiError as error:
            broken.append((element.raw, str(error)))
    return tuple(certificates), tuple(broken)


def _parse(element: der.Element) -> SignedData:
    info = element.fields(0x30)
    if der.as_oid(info.take()) != SIGNED_DATA:
        raise der.DerError("the content is not signed data")
    fields = info.take(0xA0).inner().fields(0x30)
    version = der.as_int(fields.take(0x02))
    fields.take(0x31)
    encapsulated = fields.take(0x30).fields()
    content_type = der.as_oid(encapsulated.take())
    wrapped = encapsulated.optional(0xA0)
    if wrapped is None:
        raise der.DerError("the signed content is not enclosed")
    content, quirks = _content(wrapped.inner())
    certificates = fields.optional(0xA0)
    fields.optional(0xA1)
    signers = tuple(map(_signer, _bounded(fields.take(0x31), _MAX_SIGNERS)))
    enclosed, broken = read_certificates([] if certificates is None else _bounded(certificates, _MAX_CERTIFICATES))
    if version != 3 and content_type != "1.2.840.113549.1.7.1":
        quirks = (*quirks, f"signed data of version {version} instead of 3")
    return SignedData(version, content_type, content, enclosed, broken, signers, quirks)


def _content(element: der.Element) -> tuple[bytes, tuple[str, ...]]:
    if element.tag & ~0x20 == 0x04:
        return der.as_octets(element), ()
    # PKCS#7 before CMS: the content is no OCTET STRING, and its digest leaves its tag and length out.
    return element.value, ("the content is enclosed as in PKCS#7 of 1993",)


def _bounded(element: der.Element, most: int) -> list[der.Element]:
    found: list[der.Element] = []
    for part in element:
        if len(found) == most:
            raise der.DerError(f"more than {most} elements at offset {element.start}")
        found.append(part)
    return found


def _signer(element: der.Element) -> SignerInfo:
    fields = element.fields(0x30)
    version = der.as_int(fields.take(0x02))
    issuer, serial, ski = _identifier(fields.take(0x30, 0x80, 0xA0))
    digest = fields.take(0x30)
    attributes = fields.optional(0xA0)
    algorithm = fields.take(0x30)
    signature = fields.take(0x04, 0x24)
    fields.optional(0xA1)
    fields.close()
    return SignerInfo(
        version=version,
        issuer=issuer,
        serial=serial,
        ski=ski,
        digest_identifier=digest.raw,
        signature_identifier=algorithm.raw,
        signature=der.as_octets(signature),
        signed_attributes=None if attributes is None else _signed_form(attributes),
        attributes={} if attributes is None else _attributes(attributes),
    )


def _identifier(element: der.Element) -> tuple[Name | None, int | None, bytes | None]:
    if element.tag == 0x80:
        return None, None, element.value
    if element.tag == 0xA0:
        return None, None, der.as_octets(element.inner())
    fields = element.fields()
    return Name.parse(fields.take(0x30).raw), der.as_int(fields.take(0x02)), None


def _signed_form(attributes: der.Element) -> bytes:
    if attributes.end == attributes.body_end:
        return b"\x31" + attributes.raw[1:]
    return der.encode(0x31, attributes.value)  # of indefinite length: it was signed with a definite one


def _attributes(element: der.Element) -> dict[str, tuple[der.Element, ...]]:
    found: dict[str, tuple[der.Element, ...]] = {}
    for part in _bounded(element, _MAX_ATTRIBUTES):
        fields = part.fields(0x30)
        oid = der.as_oid(fields.take())
        if oid in found:
            raise der.DerError(f"signed attribute {oid} stands twice")
        found[oid] = tuple(_bounded(fields.take(0x31), _MAX_ATTRIBUTES))
    return found


def _variants(
    signer: SignerInfo, algorithm: crypto.SignatureAlgorithm, message: bytes
) -> Iterator[tuple[crypto.SignatureAlgorithm, bytes, str]]:
    """Yield what else a careless signer may have signed: none of it means anything else than what is stored."""
    if algorithm.scheme is not crypto.Scheme.PSS and signer.digest_name != algorithm.hash_name:
        quirk = "the signature takes the hash of the content, not the one that its algorithm states"
        yield crypto.SignatureAlgorithm(algorithm.scheme, signer.digest_name), message, quirk
    if signer.signed_attributes is not None:
        in_order = der.set_of(*(part.raw for part in der.parse(message, lenient=True)))
        if in_order != message:
            yield algorithm, in_order, "the signed attributes are not stored in the order in which they were signed"
