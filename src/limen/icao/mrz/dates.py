"""Dates of the machine readable zone, six characters YYMMDD: Doc 9303-3, 8th edition, 4.8.

Two digits do not say the century. It is settled against a reference date that the caller gives, for this
package reads no clock.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from enum import StrEnum

from limen.icao.mrz.alphabet import DIGITS, FILLER

UNKNOWN = FILLER * 2


class DateKind(StrEnum):
    """What a date is of; it decides the century."""

    BIRTH = "birth"
    """In the past: the latest such date that is not after the reference."""
    EXPIRY = "expiry"
    """Within 50 years of the reference on either side."""
    ISSUE = "issue"
    """In the past, as a birth."""


@dataclass(frozen=True, slots=True)
class MrzDate:
    """A date as it stands in the zone. A part that is unknown ('<<') or no number is None."""

    raw: str

    @property
    def year2(self) -> int | None:
        """The last two digits of the year."""
        return _number(self.raw[0:2])

    @property
    def month(self) -> int | None:
        """1 to 12 where the date is possible."""
        return _number(self.raw[2:4])

    @property
    def day(self) -> int | None:
        """1 to 31 where the date is possible."""
        return _number(self.raw[4:6])

    @property
    def complete(self) -> bool:
        """Whether no part is unknown."""
        return None not in (self.year2, self.month, self.day)

    @property
    def well_formed(self) -> bool:
        """Whether each part is two digits or two fillers."""
        parts = (self.raw[0:2], self.raw[2:4], self.raw[4:6])
        return len(self.raw) == 6 and all(part == UNKNOWN or _number(part) is not None for part in parts)

    @property
    def possible(self) -> bool:
        """Whether some calendar year has this date, unknown parts left open."""
        return self.well_formed and _possible(self.year2, self.month, self.day)

    def resolve(self, reference: datetime.date, kind: DateKind | str) -> datetime.date | None:
        """The date that is meant, seen from `reference`; None if a part is unknown or the date impossible."""
        candidates = self.candidates(reference, kind)
        return candidates[0] if candidates else None

    def candidates(
        self, reference: datetime.date, kind: DateKind | str, *, max_age: int = 120
    ) -> tuple[datetime.date, ...]:
        """All dates that may be meant, the likeliest first.

        Births and issues: not after `reference` and at most `max_age` years before it. Expiries: within 50
        years of `reference`.
        """
        year2, month, day = self.year2, self.month, self.day
        if not self.possible or year2 is None or month is None or day is None:
            return ()
        century = reference.year // 100 * 100
        years = (century + shift + year2 for shift in (100, 0, -100, -200))
        dates = [datetime.date(y, month, day) for y in years if 1 <= y <= 9999 and _in_month(y, month, day)]
        if DateKind(kind) is DateKind.EXPIRY:
            return tuple(d for d in dates if -50 <= d.year - reference.year < 50)
        return tuple(d for d in dates if d <= reference and d.year >= reference.year - max_age)

    def __str__(self) -> str:
        return self.raw


def _number(text: str) -> int | None:
    return int(text) if len(text) == 2 and all(char in DIGITS for char in text) else None


def _in_month(year: int, month: int, day: int) -> bool:
    return 1 <= day <= calendar.monthrange(year, month)[1]


def _possible(year2: int | None, month: int | None, day: int | None) -> bool:
    if month is not None and not 1 <= month <= 12:
        return False
    if day is None:
        return True
    # 2000 is a leap year, so the year "00" has a 29 February; an unknown year may have one, too.
    year = 2000 + (0 if year2 is None else year2)
    return _in_month(year, month, day) if month is not None else 1 <= day <= 31
