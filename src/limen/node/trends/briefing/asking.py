"""What a brief is asked for: about what, in which months, and how it will be marked."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.reports.finding import Search
from limen.node.sharing.copying import COPIED
from limen.node.sharing.markings import Marking
from limen.node.terms import normalise
from limen.node.web.errors import Invalid

ABOUT = {"issuer": "issuer", "country": "country", "method": "principal"}
"""What a brief may be about, and the condition of a search that asks for it."""
LENGTHS = (1, 3, 6, 12)
"""Months that a brief may span."""
FIRST = 1990
"""The first year of which there is a brief."""

Span = tuple[datetime.date, datetime.date]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A brief that can be made. What is empty asks for nothing; several conditions hold together."""

    month: datetime.date
    """The first day of its last month."""
    months: int = 1
    issuer: str = ""
    country: str = ""
    """Where it was detected."""
    method: str = ""
    """The principal one."""
    marking: Marking = COPIED[-1]

    @property
    def about(self) -> dict[str, str]:
        """What it is about, by name; empty where it is about everything."""
        return {name: code for name in ABOUT if (code := getattr(self, name))}

    @property
    def search(self) -> Search:
        """The conditions on the reports, without days."""
        return Search(**{ABOUT[name]: code for name, code in self.about.items()})

    @property
    def since(self) -> datetime.date:
        """The first day."""
        return moved(self.month, 1 - self.months)

    @property
    def until(self) -> datetime.date:
        """The last day: of the month, or today where the month is not over."""
        return min(_end(self.month), timezone.localdate())

    @property
    def span(self) -> Span:
        """The first and the last day."""
        return self.since, self.until

    @property
    def before(self) -> Span:
        """As many months before, as far into the last of them."""
        return self._earlier(self.months)

    @property
    def year_before(self) -> Span:
        """The same days a year earlier."""
        return self._earlier(12)

    def _earlier(self, months: int) -> Span:
        return moved(self.since, -months), moved(self.until, -months)

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Wanted:
        """Read what a form or an address asks for. Raises `Invalid` in one sentence."""
        codes = {name: _code(name, asked) for name in ABOUT}
        return cls(_month(asked), _months(asked), marking=_marking(asked), **codes)


def last_month() -> datetime.date:
    """The last month that is over."""
    return moved(timezone.localdate().replace(day=1), -1)


def months_back(count: int) -> list[datetime.date]:
    """The present month and those before it, the newest first."""
    first = timezone.localdate().replace(day=1)
    return [moved(first, -number) for number in range(count)]


def moved(day: datetime.date, months: int) -> datetime.date:
    """The same day some months on or back; the last day of a month stays the last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, last if day == _end(day) else min(day.day, last))


def _end(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _code(name: str, asked: Mapping[str, Any]) -> str:
    typed = str(asked.get(name) or "").replace("\x00", "").strip()[:80]
    try:
        return normalise.code(name, typed) if typed else ""
    except normalise.Unknown as error:
        raise Invalid(str(error), field=name) from error


def _month(asked: Mapping[str, Any]) -> datetime.date:
    typed = str(asked.get("month") or "").strip()[:20]
    if not typed:
        return last_month()
    try:
        month = datetime.date.fromisoformat(f"{typed}-01")
    except ValueError as error:
        raise Invalid(_("“%(value)s” is no month; write 2026-11.") % {"value": typed}, field="month") from error
    if month.year < FIRST or month > timezone.localdate():
        raise Invalid(_("Of %(month)s there is nothing to tell.") % {"month": typed}, field="month")
    return month


def _months(asked: Mapping[str, Any]) -> int:
    typed = str(asked.get("months") or LENGTHS[0])
    if typed not in map(str, LENGTHS):
        raise Invalid(_("A brief spans 1, 3, 6 or 12 months."), field="months")
    return int(typed)


def _marking(asked: Mapping[str, Any]) -> Marking:
    typed = str(asked.get("marking") or Marking.AMBER)
    if typed not in COPIED:
        raise Invalid(_("A brief is marked TLP:CLEAR, TLP:GREEN or TLP:AMBER."), field="marking")
    return Marking(typed)
