"""What can be wrong inside a machine readable zone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProblemCode(StrEnum):
    """The kinds of problem."""

    CHARACTER = "character"
    """A character that its position does not admit."""
    CHECK_DIGIT = "check-digit"
    """A check digit that does not match what it covers."""
    DOCUMENT_CODE = "document-code"
    """A document code that the format does not admit."""
    ISSUER = "issuer"
    """An issuer that no list of codes knows."""
    NATIONALITY = "nationality"
    """A nationality that no list of codes knows."""
    DATE = "date"
    """A date that no calendar has."""
    DATE_INCOMPLETE = "date-incomplete"
    """A date of expiry with unknown parts; only a date of birth may have them (Doc 9303-3, 4.8)."""
    SEX = "sex"
    """A sex other than M, F or the filler."""
    NUMBER_MISSING = "number-missing"
    """No document number."""
    NUMBER_LONG = "number-long"
    """A number of more than nine characters that does not go on as it should in the optional data."""
    NAME_MISSING = "name-missing"
    """No primary identifier."""
    NAME_FILLER = "name-filler"
    """Fillers inside the name other than one between components and two between identifiers."""
    NAME_DIGIT = "name-digit"
    """A digit in the name."""
    FILLER = "filler"
    """Fillers before or within what a field holds, where they belong only after it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, and where. Lines and columns count from 0, `end` is exclusive."""

    code: ProblemCode
    field: str
    """The field's name, or the check digit's (number, birth, expiry, optional, composite)."""
    line: int
    start: int
    end: int
    found: str
    expected: str
    message: str
    reference: str
