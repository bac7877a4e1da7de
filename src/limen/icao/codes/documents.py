"""Document codes: the first two characters of a zone.

Doc 9303-4, 8th edition with amendments to 2026, 4.4 (passports: a fixed second letter); 9303-8, 4.1.5
(emergency documents); 9303-5 and 9303-6, 4.2.2 note k (official documents in TD1 and TD2); 9303-7, 4.2.2 and
7.2.2 (visas).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

HARMONIZED_FROM = datetime.date(2026, 1, 1)
"""From this day of issue on, a passport's second letter, if there is one, is one of the fixed ones."""
MANDATORY_FROM = datetime.date(2028, 1, 1)
"""From this day of issue on, every passport has a fixed second letter."""
OTHERS_EXPIRE_BEFORE = datetime.date(2038, 1, 1)
"""Passports without a fixed second letter expire before this day."""


@dataclass(frozen=True, slots=True)
class DocumentCode:
    """A document code with a meaning that Doc 9303 fixes."""

    code: str
    name: str
    reference: str


_PASSPORT = "Doc 9303-4, 4.4"

DOCUMENT_CODES: dict[str, DocumentCode] = {
    entry.code: entry
    for entry in (
        DocumentCode("PP", "National (ordinary) passport", _PASSPORT),
        DocumentCode("PE", "Emergency passport", _PASSPORT),
        DocumentCode("PD", "Diplomatic passport", _PASSPORT),
        DocumentCode("PO", "Official or service passport", _PASSPORT),
        DocumentCode("PR", "Refugee passport", _PASSPORT),
        DocumentCode("PT", "Alien's or non-citizen's passport", _PASSPORT),
        DocumentCode("PS", "Stateless person's passport", _PASSPORT),
        DocumentCode("PL", "Laissez-passer", _PASSPORT),
        DocumentCode("PM", "Military passport", _PASSPORT),
        DocumentCode("PU", "Emergency travel document, single sheet", "Doc 9303-8, 4.1.5"),
        DocumentCode("AC", "Crew member certificate", "Doc 9303-5, 4.2.2 note k and Appendix C"),
    )
}
"""By code. P without a second letter is any passport; V begins visas; A, C and I official documents."""

_SINGLE_SHEET = "PU"


def document_code(code: str) -> DocumentCode | None:
    """The fixed meaning of a code, written with or without fillers; None where Doc 9303 fixes none.

    Before 2026 issuers chose second letters for themselves, so a passport of earlier issue may mean something
    else by one of these.
    """
    return DOCUMENT_CODES.get(code.rstrip("<"))


def code_fault(code: str, layout: str) -> str | None:
    """What is wrong with a document code in a layout (TD1 to TD3, MRV-A, MRV-B), in words; None if nothing.

    Dates are not asked for here: see `harmonized_required`.
    """
    first, second = code[:1], code[1:2].replace("<", "")
    if layout in ("MRV-A", "MRV-B"):
        return None if first == "V" else "a visa's document code begins with V"
    if layout == "TD3":
        return None if first == "P" else "the document code begins with P"
    if code == _SINGLE_SHEET and layout in ("TD1", "TD2"):
        return None
    if first not in ("A", "C", "I"):
        return "the document code begins with A, C or I"
    if second == "V":
        return "V may not follow the first letter"
    return _after_a(second, layout) if first == "A" else None


def _after_a(second: str, layout: str) -> str | None:
    if layout == "TD1" and second == "I":
        return "I may not follow A"
    if layout == "TD2" and second == "C":
        return "C may not follow A"
    return None


def harmonized(code: str) -> bool:
    """Whether a passport's code has one of the fixed second letters."""
    entry = document_code(code)
    return entry is not None and entry.code.startswith("P")


def harmonized_required(
    code: str, *, issued: datetime.date | None = None, expires: datetime.date | None = None
) -> bool:
    """Whether a passport with this code must have had a fixed second letter, from what is known of its dates.

    Zones of TD3 have no date of issue; from the date of expiry alone only the last rule can be held against
    a document: without a fixed second letter it expires before 2038.
    """
    if expires is not None and expires >= OTHERS_EXPIRE_BEFORE:
        return True
    if issued is None:
        return False
    has_second = len(code.rstrip("<")) == 2
    return issued >= (HARMONIZED_FROM if has_second else MANDATORY_FROM)
