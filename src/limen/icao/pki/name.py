"""Distinguished names: X.501, as certificates carry them (RFC 5280 section 4.1.2.4), compared as issuers write them.

The same authority is written with its attributes in another order, in another case and in another string type by the
signer of a document, by its certificate and by the authority's own. Two names are taken to be one when they have the
same attributes, whatever their order, case and spacing; a signature then decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from limen.icao import der
from limen.icao.pki.errors import reading

COUNTRY = "2.5.4.6"
_SHORT = {
    "2.5.4.3": "CN",
    "2.5.4.5": "serialNumber",
    COUNTRY: "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "1.2.840.113549.1.9.1": "emailAddress",
    "0.9.2342.19200300.100.1.25": "DC",
}
_MAX_ATTRIBUTES = 64


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A distinguished name; equal to any other that is written with the same attributes."""

    raw: bytes
    attributes: tuple[tuple[str, str], ...]
    """(object identifier, text) in the order of the encoding."""
    key: tuple[tuple[str, str], ...]
    """What names are compared by: sorted, folded in case, runs of spaces made one."""

    @classmethod
    def parse(cls, raw: bytes) -> Name:
        """Return the name that these octets encode. Raises `PkiError`."""
        with reading("a distinguished name"):
            return _parse(raw)

    @property
    def country(self) -> str | None:
        """The two-letter country in upper case, or None without one."""
        return next((text.strip().upper() for oid, text in self.attributes if oid == COUNTRY), None)

    def values(self, oid: str) -> tuple[str, ...]:
        """Return the texts of one attribute."""
        return tuple(text for found, text in self.attributes if found == oid)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Name) and (self.raw == other.raw or self.key == other.key)

    def __hash__(self) -> int:
        return hash(self.key)

    def __str__(self) -> str:
        return ", ".join(f"{_SHORT.get(oid, oid)}={text}" for oid, text in self.attributes)


@lru_cache(maxsize=2048)
def _parse(raw: bytes) -> Name:
    attributes: list[tuple[str, str]] = []
    for part in der.parse(raw, lenient=True).fields(0x30).rest():
        for pair in part.fields(0x31).rest():
            if len(attributes) == _MAX_ATTRIBUTES:
                raise der.DerError(f"more than {_MAX_ATTRIBUTES} attributes in a name")
            fields = pair.fields(0x30)
            attributes.append((der.as_oid(fields.take()), _text(fields.take())))
    key = tuple(sorted((oid, " ".join(text.casefold().split())) for oid, text in attributes))
    return Name(raw, tuple(attributes), key)


def _text(element: der.Element) -> str:
    try:
        return der.as_text(element)
    except der.DerError:
        # Attributes of other types are rare; they are compared as they stand.
        return element.value.hex()
