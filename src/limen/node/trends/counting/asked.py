"""What a chart is asked for: conditions, a span of days, and its periods."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.reports.finding import Search
from limen.node.web.errors import Invalid

Grain = Literal["month", "week"]

USUAL = {"month": 24, "week": 26}
"""Periods of a chart that asks for no span."""

MOST = 600
"""Periods of one chart."""

_DAY = datetime.timedelta(days=1)
_EVERYTHING = Search()


@dataclass(frozen=True, slots=True)
class Period:
    """A month, or a week from Monday; at the ends of a span, what of it lies within."""

    begin: datetime.date
    """The first day of the whole month or week, by which it is known."""
    since: datetime.date
    until: datetime.date
    grain: Grain = "month"

    @property
    def code(self) -> str:
        """How it is written: 2026-11, or 2026-W48 as ISO 8601 numbers weeks."""
        return self.begin.strftime("%G-W%V" if self.grain == "week" else "%Y-%m")

    @property
    def query(self) -> str:
        """Its days as conditions of the list."""
        return f"since={self.since}&until={self.until}"


@dataclass(frozen=True, slots=True)
class Asked:
    """Conditions on released reports, by month or ISO week, from one day to another.

    `since` and `until` default to those of the search, and then to the last 24 months or 26 weeks with the present one.
    What is no condition of a chart is left out of the search: a chart is of released reports, a name reads what takes
    an entry in the log, and likeness is no condition to count by.
    """

    search: Search = _EVERYTHING
    grain: Grain = "month"
    since: datetime.date | None = None
    until: datetime.date | None = None

    @property
    def conditions(self) -> Search:
        """The search without its days and what charts leave out."""
        return replace(self.search, state="released", name="", similar="", mine=False, since=None, until=None)

    @property
    def span(self) -> tuple[datetime.date, datetime.date]:
        """The first and the last day. Raises `Invalid` for one that is empty or too long."""
        until = self.until or self.search.until or end_of(self.grain, timezone.localdate())
        since = self.since or self.search.since or _back(self.grain, until)
        if since > until:
            raise Invalid(_("The first day lies after the last."), field="since")
        return since, until

    @property
    def found(self) -> Search:
        """The search whose reports the chart counts."""
        since, until = self.span
        return replace(self.conditions, since=since, until=until)

    @property
    def query(self) -> str:
        """The same as a query string of the list."""
        return urlencode(self.found.asked())

    def within(self, since: datetime.date, until: datetime.date) -> Asked:
        """The same for other days."""
        return replace(self, since=since, until=until)

    def periods(self) -> list[Period]:
        """The months or weeks of the span, in order. Raises `Invalid` for too many."""
        since, until = self.span
        found = [
            Period(begin, max(since, begin), min(until, end_of(self.grain, begin)), self.grain)
            for begin in _begins(self.grain, since, until)
        ]
        if len(found) > MOST:
            raise Invalid(_("A chart has at most %(most)d months or weeks.") % {"most": MOST}, field="since")
        return found


def begin_of(grain: Grain, day: datetime.date) -> datetime.date:
    """The first day of the month or week of a day."""
    return day.replace(day=1) if grain == "month" else day - datetime.timedelta(days=day.weekday())


def end_of(grain: Grain, day: datetime.date) -> datetime.date:
    """The last day of the month or week of a day."""
    return following(grain, begin_of(grain, day)) - _DAY


def following(grain: Grain, begin: datetime.date) -> datetime.date:
    """The month or week after the one that begins on a day."""
    return (begin + 31 * _DAY).replace(day=1) if grain == "month" else begin + 7 * _DAY


def _begins(grain: Grain, since: datetime.date, until: datetime.date) -> Iterator[datetime.date]:
    begin = begin_of(grain, since)
    while begin <= until:
        yield begin
        begin = following(grain, begin)


def _back(grain: Grain, until: datetime.date) -> datetime.date:
    begin = begin_of(grain, until)
    for _each in range(USUAL[grain] - 1):
        begin = begin_of(grain, begin - _DAY)
    return begin
