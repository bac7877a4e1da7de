"""Texts and dates of DG11, DG12 and DG16: Doc 9303-10 section 4.7, and what issuers make of it.

Texts are UTF-8 (ISO/IEC 10646). Chips of the first years carry the character set of their country instead; one that
is not UTF-8 is read in the set that the caller names, or as Latin-1, and that is noted. Dates are eight digits in
ASCII or in four bytes of binary coded decimals, year first; others are read where only one reading makes sense.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

LEGACY_CHARSETS = {
    **dict.fromkeys(("CHN", "SGP"), "gb18030"),
    **dict.fromkeys(("TWN", "HKG", "MAC"), "big5"),
    **dict.fromkeys(("RUS", "BLR", "UKR", "BGR", "KAZ", "KGZ", "SRB", "MKD"), "cp1251"),
    **dict.fromkeys(("POL", "CZE", "SVK", "HUN", "SVN", "HRV", "ROU", "BIH", "ALB"), "iso8859-2"),
    **dict.fromkeys(("EST", "LVA", "LTU"), "iso8859-13"),
    **dict.fromkeys(("GRC", "CYP"), "iso8859-7"),
    **dict.fromkeys(("TUR", "AZE"), "iso8859-9"),
    **dict.fromkeys(("ARE", "SAU", "QAT", "KWT", "OMN", "JOR", "IRQ", "EGY", "MAR", "DZA", "IRN"), "cp1256"),
    "JPN": "shift_jis",
    "KOR": "euc_kr",
    "THA": "tis_620",
    "ISR": "iso8859-8",
    "VNM": "cp1258",
}
"""Character set that a text which is not UTF-8 most likely has, by issuer."""


def read_text(value: bytes, what: str, charset: str | None, notes: list[str]) -> str:
    """Return a text; `charset` is tried after UTF-8. What is odd is noted, nothing is raised."""
    stripped = value.rstrip(b"\0")
    if value.startswith((b"\xfe\xff", b"\xff\xfe")):
        notes.append(f"{what} is in UTF-16.")
        return value.decode("utf-16", "replace")
    try:
        return stripped.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for name in filter(None, (charset,)):
        try:
            text = stripped.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        notes.append(f"{what} is not in UTF-8; it was read as {name}.")
        return text
    notes.append(f"{what} is not in UTF-8; it was read as Latin-1, in which it may be garbled.")
    return stripped.decode("latin-1")


@dataclass(frozen=True, slots=True)
class LdsDate:
    """A date, of which month and day may be unknown."""

    raw: bytes
    """As read."""
    year: int | None
    """None where the value is no date that could be read."""
    month: int | None = None
    day: int | None = None

    @property
    def date(self) -> datetime.date | None:
        """The date, where it is known to the day."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return datetime.date(self.year, self.month, self.day)

    def __str__(self) -> str:
        if self.year is None:
            return ""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)


def read_date(value: bytes, what: str, notes: list[str]) -> LdsDate:
    """Return a date; what is odd is noted, nothing is raised."""
    digits = _digits(value)
    if len(digits) == 8:
        found = _parts(digits[:4], digits[4:6], digits[6:], value)
        if found is not None:
            if len(value) != 8 and len(value) != 4:
                notes.append(f"{what} is written with separators.")
            return found
        found = _parts(digits[4:], digits[2:4], digits[:2], value)
        if found is not None:
            notes.append(f"{what} is written with the day first.")
            return found
    if len(value) == 4 and value.isdigit() and 1800 <= int(value) <= 2199:
        notes.append(f"{what} is a year alone.")
        return LdsDate(value, int(value))
    notes.append(f"{what} is no date: {value[:16].hex().upper()}.")
    return LdsDate(value, None)


def read_moment(value: bytes, what: str, notes: list[str]) -> datetime.datetime | None:
    """Return a date and time of 14 digits (in ASCII or seven bytes), without a time zone, or None with a note."""
    digits = value.hex() if len(value) == 7 else value.rstrip(b"\0 Z").decode("latin-1")
    if len(digits) in {8, 12, 14} and digits.isascii() and digits.isdigit():
        pairs = [int(digits[at : at + 2]) for at in range(4, len(digits), 2)]
        try:
            return datetime.datetime(int(digits[:4]), *pairs)  # type: ignore[arg-type]
        except ValueError:
            pass
    notes.append(f"{what} is no date and time: {value[:16].hex().upper()}.")
    return None


def _digits(value: bytes) -> str:
    """Return the eight digits of a date, or less where it has none."""
    if len(value) == 4:
        digits = value.hex()
        return digits if digits.isdigit() else ""
    text = value.rstrip(b"\0 ").decode("latin-1")
    if len(text) == 10 and text[4] in "-./" and text[7] == text[4]:
        text = text[:4] + text[5:7] + text[8:]
    elif len(text) == 10 and text[2] in "-./" and text[5] == text[2]:
        text = text[:2] + text[3:5] + text[6:]
    return text.replace("<", "0") if len(text) == 8 and text.replace("<", "0").isdigit() and text.isascii() else ""


def _parts(year: str, month: str, day: str, raw: bytes) -> LdsDate | None:
    """Return the date that these are, zeros standing for what is unknown, or None where it cannot be one."""
    if not 1800 <= int(year) <= 2199:
        return None
    if int(month) == 0:
        return LdsDate(raw, int(year)) if int(day) == 0 else None
    if int(day) == 0:
        return LdsDate(raw, int(year), int(month)) if int(month) <= 12 else None
    try:
        datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return LdsDate(raw, int(year), int(month), int(day))
