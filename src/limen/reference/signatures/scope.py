"""Which documents a signature is of: a model, or as much of one as is known of a press."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Self

from limen.icao.mrz import Format, Mrz
from limen.reference.errors import UnknownError
from limen.reference.model import CODE, FIRST_YEAR, FORMATS, ISSUER, LAST_YEAR, NUMBER, Model, key_of, same_code
from limen.reference.values import Members

_YEAR = re.compile(r"(19|20)\d\d")
_HOW = 'write it as a model or a part of one with its format, say "UTO P TD3 2020", "UTO TD3" or "TD3"'


@dataclass(frozen=True, slots=True)
class Scope:
    """A model of which all but the format may be open: the places of marks are millimetres of that format's page."""

    format: Format
    issuer: str | None = None
    document_code: str | None = None
    number: str | None = None
    year: int | None = None

    @property
    def name(self) -> str:
        """As people write it."""
        year = None if self.year is None else str(self.year)
        return " ".join(filter(None, (self.issuer, self.document_code, self.format.value, self.number, year)))

    @classmethod
    def parse(cls, text: str) -> Self:
        """The scope of such a name. Raises UnknownError with a sentence that says how to write one."""
        words = text.upper().replace("_", " ").split()
        formats = {one.value: one for one in FORMATS}
        at = next((index for index, word in enumerate(words) if word in formats), None)
        if at is None or at > 2 or len(words) - at > 3:
            raise UnknownError(f"{text!r} names no model: {_HOW}.")
        before, after = words[:at], words[at + 1 :]
        year = int(after.pop()) if after and _YEAR.fullmatch(after[-1]) else None
        number = after.pop(0) if after else None
        issuer = before.pop(0) if before and (len(before) == 2 or len(before[0]) == 3) else None
        code = before.pop(0) if before else None
        forms = ((issuer, ISSUER), (code, CODE), (number, NUMBER))
        if after or not all(value is None or re.fullmatch(form, value) for value, form in forms):
            raise UnknownError(f"{text!r} names no model: {_HOW}.")
        return cls(formats[words[at]], issuer, code, number, year)

    def covers(self, format: Format, mrz: Mrz | None, model: Model | None = None) -> bool:
        """Whether a page can be of it.

        What is not known of the page does not rule it out, but for its issuer and code: without a zone, a signature
        of one issuer is not held against every document of the format.
        """
        if format is not self.format:
            return False
        issuer, code = key_of(mrz)[:2] if mrz else (None, None)
        if self.issuer not in (None, issuer):
            return False
        if self.document_code is not None and not same_code(self.document_code, code):
            return False
        if model is None:
            return True
        return self.number in (None, model.number) and self.year in (None, model.year)

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
        scope = cls(
            members.choice("format", Format),
            members.text("issuer", ISSUER) if members.has("issuer") else None,
            members.text("document_code", CODE) if members.has("document_code") else None,
            members.text("number", NUMBER) if members.has("number") else None,
            members.whole("year", FIRST_YEAR, LAST_YEAR) if members.has("year") else None,
        )
        members.done()
        return scope
