"""Certificate revocation lists: RFC 5280 section 5 with the profile of Doc 9303-12 section 7.1.4."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property

from limen.icao import crypto, der
from limen.icao.pki.certificate import Certificate, Extension, parse_padded, read_extensions
from limen.icao.pki.errors import reading
from limen.icao.pki.name import Name

_AKI, _NUMBER = "2.5.29.35", "2.5.29.20"
_MAX_ENTRIES = 1_000_000


@dataclass(frozen=True)
class Crl:
    """One list. Two are equal when their octets are."""

    raw: bytes = field(repr=False)
    tbs: bytes = field(compare=False, repr=False)
    issuer: Name = field(compare=False)
    this_update: datetime.datetime = field(compare=False)
    next_update: datetime.datetime | None = field(compare=False)
    revoked: dict[int, datetime.datetime] = field(compare=False, repr=False)
    """Serial numbers, and since when."""
    signature_algorithm: bytes = field(compare=False, repr=False)
    signature: bytes = field(compare=False, repr=False)
    extensions: dict[str, Extension] = field(compare=False, repr=False)

    @classmethod
    def parse(cls, data: bytes) -> Crl:
        """Return the list that these octets encode, in DER or BER, padded or not. Raises `PkiError`."""
        with reading("a revocation list"):
            return _parse(parse_padded(data))

    @property
    def country(self) -> str | None:
        """The issuer's two-letter country in upper case."""
        return self.issuer.country

    @cached_property
    def aki(self) -> bytes | None:
        """The key identifier of the authority that signed."""
        try:
            found = der.parse(self.extensions[_AKI].value, lenient=True).fields(0x30).optional(0x80)
        except (KeyError, der.DerError):
            return None
        return None if found is None else found.value

    @cached_property
    def number(self) -> int | None:
        """The list's own number, which grows."""
        try:
            return der.as_int(der.parse(self.extensions[_NUMBER].value, lenient=True))
        except (KeyError, der.DerError):
            return None

    def revokes(self, certificate: Certificate) -> bool:
        """Say whether the certificate is on this list: its serial number, and its issuer by name or key."""
        if certificate.serial not in self.revoked:
            return False
        same_key = self.aki is not None and certificate.aki == self.aki
        return same_key or certificate.issuer == self.issuer

    def is_current(self, on: datetime.date) -> bool:
        """Say whether no newer list was due on that day."""
        return self.next_update is None or on <= self.next_update.date()

    def verify_by(self, issuer: Certificate) -> None:
        """Return if the issuer's key signed this list; raises `CryptoError` (`SignatureMismatch`) if not."""
        crypto.verify(issuer.key, crypto.SignatureAlgorithm.parse(self.signature_algorithm), self.signature, self.tbs)


def _parse(element: der.Element) -> Crl:
    outer = element.fields(0x30)
    tbs = outer.take(0x30)
    algorithm = outer.take(0x30)
    signature, _ = der.as_bits(outer.take(0x03))
    outer.close()
    fields = tbs.fields()
    fields.optional(0x02)
    fields.take(0x30)
    issuer = fields.take(0x30)
    this_update = der.as_time(fields.take())
    next_update = fields.optional(0x17, 0x18)
    revoked = fields.optional(0x30)
    wrapped = fields.optional(0xA0)
    fields.close()
    return Crl(
        raw=element.raw,
        tbs=tbs.raw,
        issuer=Name.parse(issuer.raw),
        this_update=this_update,
        next_update=None if next_update is None else der.as_time(next_update),
        revoked={} if revoked is None else _revoked(revoked),
        signature_algorithm=algorithm.raw,
        signature=signature,
        extensions={} if wrapped is None else read_extensions(wrapped.inner()),
    )


def _revoked(element: der.Element) -> dict[int, datetime.datetime]:
    found: dict[int, datetime.datetime] = {}
    for entry in element:
        fields = entry.fields(0x30)
        serial = der.as_int(fields.take())
        found[serial] = der.as_time(fields.take())
        if len(found) > _MAX_ENTRIES:
            raise der.DerError(f"more than {_MAX_ENTRIES} entries")
    return found
