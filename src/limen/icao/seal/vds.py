"""Visible digital seals: Doc 9303-13, the header (versions 3 and 4), message zone and signature zone.

An unknown kind of document and an unknown feature are kept as they stand: the signature covers them all the same.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from limen.icao.crypto import EcKey, verify_raw_ecdsa
from limen.icao.seal import c40
from limen.icao.seal.errors import SealError, UnknownSealError
from limen.icao.seal.kinds import KINDS, MRZ, SealKind, read_value

MAX_OCTETS = 4096
_MAGIC = 0xDC
_VERSIONS = {0x02: 3, 0x03: 4}
_SIGNATURE_TAG = 0xFF


@dataclass(frozen=True, slots=True)
class SealHeader:
    """Who sealed what, and when; `version` is 3 or 4 as the standard counts, `country` up to three letters."""

    version: int
    country: str
    signer: str
    certificate_reference: str
    issued: date | None
    signed: date | None
    feature_definition: int
    category: int

    @property
    def kind(self) -> SealKind | None:
        """The kind of document, None where it is not known here."""
        return KINDS.get((self.feature_definition, self.category))


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal as read: features in their order, the octets that are signed, and r || s."""

    header: SealHeader
    features: tuple[tuple[int, bytes], ...]
    signed: bytes
    signature: bytes
    quirks: tuple[str, ...] = ()
    """What it does against the standard, and is put up with."""

    @property
    def zone(self) -> tuple[str, str] | None:
        """The lines of the machine readable zone that it repeats; of a visa's second line the first 28 characters."""
        value = self.values.get(MRZ)
        return value if isinstance(value, tuple) else None

    @property
    def values(self) -> dict[str, str | int | bytes | tuple[str, str]]:
        """The known features by name; what cannot be read is left out."""
        kind = self.header.kind
        found: dict[str, str | int | bytes | tuple[str, str]] = {}
        for tag, value in self.features:
            spec = kind.spec(tag) if kind else None
            if spec is not None:
                with suppress(SealError):
                    found[spec.name] = read_value(spec, value)
        return found

    def feature(self, tag: int) -> bytes | None:
        """Return the first feature of the tag."""
        return next((value for found, value in self.features if found == tag), None)


def parse(data: bytes) -> Seal:
    """Return the seal that the octets of a barcode are. Raises `SealError`."""
    if len(data) > MAX_OCTETS:
        raise SealError(f"{len(data)} octets, more than a seal has")
    header, at = _header(data)
    features: list[tuple[int, bytes]] = []
    quirks: list[str] = []
    while at < len(data):
        tag, start = data[at], at
        if header.version == 4 and data[at + 1 : at + 2] == b"\x80":
            quirks.append(f"the length of feature {tag:02X} is not in DER")
        value, at = _value(data, at + 1, header.version)
        if tag != _SIGNATURE_TAG:
            features.append((tag, value))
            continue
        if at != len(data) or not value or len(value) % 2:
            raise SealError("a signature that is not two numbers at the end of the seal")
        return Seal(header, tuple(features), data[:start], value, tuple(quirks))
    raise SealError("a seal without a signature")


def message(header: SealHeader, features: tuple[tuple[int, bytes], ...]) -> bytes:
    """Return the octets to be signed: header and message zone. Raises `SealError` where a value does not fit."""
    version = {3: 0x02, 4: 0x03}.get(header.version)
    if version is None or len(header.signer) != 4 or not 1 <= len(header.country) <= 3:
        raise SealError("a header of an unknown version, or with a country or signer of a wrong length")
    reference = header.certificate_reference
    if header.version == 4:
        reference = f"{len(reference):02X}{reference}"
    elif len(reference) != 5:
        raise SealError("a certificate reference of version 3 that is not five characters")
    out = bytes((_MAGIC, version)) + c40.encode(header.country.ljust(3, "<")) + c40.encode(header.signer + reference)
    out += _dated(header.issued) + _dated(header.signed) + bytes((header.feature_definition, header.category))
    for tag, value in features:
        if not 0 <= tag < _SIGNATURE_TAG:
            raise SealError(f"the feature tag {tag}, which no feature can have")
        out += bytes((tag,)) + _length(len(value), header.version) + value
    return out


def encode(signed: bytes, signature: bytes) -> bytes:
    """Return the seal of what `message` made and its signature r || s."""
    return signed + bytes((_SIGNATURE_TAG,)) + _length(len(signature), 3 if signed[1:2] == b"\x02" else 4) + signature


def hash_for(key: EcKey) -> str:
    """Return the hash, as `hashlib` names it, that goes with a key of this size."""
    bits = key.curve.n.bit_length()
    return next((f"sha{size}" for size in (224, 256, 384) if bits <= size), "sha512")


def verify(seal: Seal, key: EcKey) -> None:
    """Return if the key signed the seal; raises `SignatureMismatch` or `UnsupportedError` of `limen.icao.crypto`."""
    verify_raw_ecdsa(key, hash_for(key), seal.signature, seal.signed)


def _header(data: bytes) -> tuple[SealHeader, int]:
    if len(data) < 10 or data[0] != _MAGIC:
        raise SealError("octets that do not begin as a seal")
    if data[1] not in _VERSIONS:
        raise UnknownSealError(f"a seal of version {data[1] + 1}; versions 3 and 4 are known")
    version = _VERSIONS[data[1]]
    size = 6 if version == 3 else _signer_size(data)
    end = 4 + size
    if len(data) < end + 8:
        raise SealError("a seal cut short in its header")
    text = c40.decode(data[4:end])
    issued, signed = _date(data[end : end + 3]), _date(data[end + 3 : end + 6])
    country, reference = c40.decode(data[2:4]).rstrip(), text[4 if version == 3 else 6 :].rstrip()
    return SealHeader(version, country, text[:4], reference, issued, signed, *data[end + 6 : end + 8]), end + 8


def _signer_size(data: bytes) -> int:
    digits = c40.decode(data[4:8])[4:6]
    try:
        length = int(digits.strip(), 16)
    except ValueError as error:
        raise SealError(f"a certificate reference whose length is {digits!r}") from error
    return 2 * ((6 + length + 2) // 3)


def _date(data: bytes) -> date | None:
    number = int.from_bytes(data, "big")
    if number in (0, 0xFFFFFF):
        return None
    try:
        return date(number % 10000, number // 1000000, number // 10000 % 100)
    except ValueError as error:
        raise SealError(f"the number {number:08}, which is no date") from error


def _dated(day: date | None) -> bytes:
    return (0 if day is None else day.month * 1000000 + day.day * 10000 + day.year).to_bytes(3, "big")


def _value(data: bytes, at: int, version: int) -> tuple[bytes, int]:
    size = data[at] if at < len(data) else 0
    at += 1
    # Version 3 has plain lengths; so have some seals of version 4 at 0x80, which otherwise has no meaning there.
    if version == 4 and size > 0x80:
        count = size - 0x80
        if count > 4:
            raise SealError("a length of more than five octets")
        size, at = int.from_bytes(data[at : at + count], "big"), at + count
    if at >= len(data) + (size == 0) or at + size > len(data):
        raise SealError("a feature that runs past the end of the seal")
    return data[at : at + size], at + size


def _length(size: int, version: int) -> bytes:
    if size < (0x100 if version == 3 else 0x80):
        return bytes((size,))
    if size > MAX_OCTETS or version == 3:
        raise SealError(f"a value of {size} octets, more than a seal has")
    return bytes((0x81, size)) if size < 0x100 else b"\x82" + size.to_bytes(2, "big")
