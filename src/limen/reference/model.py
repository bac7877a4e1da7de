"""A model: one design of a document, by issuer, document code, format, and number or year of the series."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Self

from limen.icao.mrz import Format, Mrz
from limen.reference.errors import UnknownError
from limen.reference.values import Members

ISSUER = "[A-Z]{1,3}"
CODE = "[A-Z][A-Z0-9]?"
NUMBER = "[A-Z0-9][A-Z0-9.-]{0,15}"
_YEAR = re.compile(r"(19|20)\d\d")
FIRST_YEAR, LAST_YEAR = 1900, 2099
FORMATS = tuple(one for one in Format if one is not Format.OTHER)
_HOW = 'write it as issuer, document code, format and series or year, say "UTO P TD3 2020"'


@dataclass(frozen=True, slots=True, order=True)
class Model:
    """A design. Its printable name is unique: "UTO P TD3 2020", "UTO P TD3 B 2020"."""

    issuer: str
    """Three letters (D for Germany) of Doc 9303-3, 5."""
    document_code: str
    """One or two characters, without fillers."""
    format: Format
    number: str | None = None
    """What the issuer or the examiners call the series; None where the year tells."""
    year: int | None = None
    """Since when it is issued."""

    @property
    def name(self) -> str:
        """As people write it, and as commands take it."""
        rest = [self.number, None if self.year is None else str(self.year)]
        return " ".join(filter(None, (self.issuer, self.document_code, self.format.value, *rest)))

    @property
    def stem(self) -> str:
        """The name as that of a file."""
        return self.name.replace(" ", "_")

    @classmethod
    def parse(cls, name: str) -> Self:
        """The model of a printable name. Raises UnknownError with a sentence that says how to write one."""
        words = name.upper().replace("_", " ").split()
        if len(words) < 3:
            raise UnknownError(f"{name!r} names no model: {_HOW}.")
        issuer, code, format, *rest = words
        year = int(rest.pop()) if rest and _YEAR.fullmatch(rest[-1]) else None
        number = rest.pop(0) if rest else None
        well = re.fullmatch(ISSUER, issuer) and re.fullmatch(CODE, code) and format in {one.value for one in FORMATS}
        if not well or rest or (number is not None and not re.fullmatch(NUMBER, number)):
            raise UnknownError(f"{name!r} names no model: {_HOW}.")
        return cls(issuer, code, Format(format), number, year)

    def fits(self, mrz: Mrz) -> bool:
        """Whether a zone can be one of this model."""
        issuer, code, format = key_of(mrz)
        return (self.issuer, self.format) == (issuer, format) and same_code(self.document_code, code)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "issuer": self.issuer,
            "document_code": self.document_code,
            "format": self.format.value,
            "number": self.number,
            "year": self.year,
        }

    @classmethod
    def from_json(cls, members: Members) -> Self:
        """Raises FileError."""
        model = cls(
            members.text("issuer", ISSUER),
            members.text("document_code", CODE),
            members.choice("format", Format),
            members.text("number", NUMBER) if members.has("number") else None,
            members.whole("year", FIRST_YEAR, LAST_YEAR) if members.has("year") else None,
        )
        members.done()
        return model


def key_of(mrz: Mrz) -> tuple[str, str, Format]:
    """Issuer, document code and format of a zone, fillers left out."""
    return mrz.issuer.rstrip("<"), mrz.document_code.rstrip("<"), mrz.format


def same_code(one: str | None, other: str | None) -> bool:
    """Whether two document codes can stand on one design: P and PP both are an ordinary passport.

    Issuers change from the one to the other until 2028 (Doc 9303-4, 4.4), and keep the design.
    """
    return _ORDINARY.get(one, one) == _ORDINARY.get(other, other)


_ORDINARY: dict[str | None, str] = {"PP": "P"}
