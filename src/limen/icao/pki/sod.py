"""The document security object, EF.SOD: Doc 9303-10 section 4.6.2, LDS security object version 0 and 1."""

from __future__ import annotations

from dataclasses import dataclass, field

from limen.icao import crypto, der
from limen.icao.pki.cms import SignedData
from limen.icao.pki.errors import PkiError, reading

LDS_SECURITY_OBJECT = "2.23.136.1.1.1"
SECURITY_OBJECT = "0.4.0.127.0.7.3.2.1"
"""The type of EF.CardSecurity's content (TR-03110-3 section A.1.2.5)."""

ID_DATA = "1.2.840.113549.1.7.1"
TOLERATED_TYPES = {
    ID_DATA: "id-data",
    "1.2.528.1.1006.1.20.1": "the Netherlands' type of 2006",
    "1.3.27.1.1.1": "ICAO's type before 2005",
}
"""Types of content met in issued documents instead of the standard's."""

_TAG = 0x77
_MAX_HASHES = 64
MAX_SIZE = 1 << 18
"""Octets of EF.SOD or EF.CardSecurity beyond which it is none: real ones have one to three thousand."""


@dataclass(frozen=True, slots=True)
class LdsSecurityObject:
    """What is signed: the hash of each data group."""

    version: int
    digest_identifier: bytes
    hashes: dict[int, bytes] = field(hash=False)
    """By data group number."""
    lds_version: str | None = None
    unicode_version: str | None = None

    @property
    def digest(self) -> str:
        """The name, for `hashlib`, of the hash. Raises `CryptoError` (`UnsupportedError`)."""
        return crypto.hash_of(self.digest_identifier)

    @classmethod
    def parse(cls, data: bytes) -> LdsSecurityObject:
        """Return the LDS security object that these octets encode. Raises `PkiError`."""
        with reading("an LDS security object"):
            return _parse_lds(der.parse_first(data, lenient=True))


@dataclass(frozen=True, slots=True)
class Sod:
    """EF.SOD taken apart."""

    raw: bytes = field(repr=False)
    signed: SignedData
    lds: LdsSecurityObject

    @classmethod
    def parse(cls, data: bytes) -> Sod:
        """Return the security object of the file's octets, which may be padded. Raises `PkiError`."""
        require_size(data)
        with reading("a document security object"):
            outer = der.parse_first(data, lenient=True)
            inner = outer.inner().raw if outer.tag == _TAG else outer.raw
            signed = SignedData.parse(inner)
        return cls(data, signed, LdsSecurityObject.parse(signed.content))


def require_size(data: bytes) -> None:
    """Raise `PkiError` for a file that is too large to be a security object."""
    if len(data) > MAX_SIZE:
        raise PkiError(f"{len(data)} octets are no security object")


def _parse_lds(element: der.Element) -> LdsSecurityObject:
    fields = element.fields(0x30)
    version = der.as_int(fields.take(0x02))
    digest = fields.take(0x30)
    hashes: dict[int, bytes] = {}
    for part in fields.take(0x30):
        entry = part.fields(0x30)
        number, value = der.as_int(entry.take()), der.as_octets(entry.take())
        if number in hashes or len(hashes) == _MAX_HASHES:
            raise der.DerError(f"the hash of data group {number} stands twice, or is one too many")
        hashes[number] = value
    info = fields.optional(0x30)
    if info is None:
        return LdsSecurityObject(version, digest.raw, hashes)
    versions = info.fields()
    return LdsSecurityObject(version, digest.raw, hashes, der.as_text(versions.take()), der.as_text(versions.take()))
