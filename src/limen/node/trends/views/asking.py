"""What a page of charts is asked for: the conditions of the list of reports, the periods, and how figures are cut.

The address holds all of it, so that whoever opens the same address sees the same charts of what is open to them.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from limen.node.people.models import Officer
from limen.node.reports.views import filters
from limen.node.trends import counting
from limen.node.trends.counting.asked import Grain
from limen.node.web.errors import Invalid

NOT_ASKED = ("name", "similar", "state", "mine")
"""Conditions of the list that charts do not take: none is drawn of a person, and all of what is released."""

LEADING = ("issuer", "since", "until")
"""Conditions that stand in the first row of the bar."""

GRAINS: tuple[Grain, ...] = get_args(Grain)
AGAINST = ("before", "year")
"""What a period is compared with: the one before it, or the same a year earlier."""
EVERYTHING = "all"
"""The dimension of a series that is not divided."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the selects that say how figures are cut."""

    name: str
    label: str
    options: Sequence[tuple[str, Any]]
    value: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a request asks for."""

    asked: counting.Asked
    by: str = ""
    """The dimension chosen; empty for the chart's own."""
    over: str = ""
    """The dimension of the columns, where there are some."""
    against: str = AGAINST[0]
    faults: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, str]:
        """What differs from asking for nothing."""
        found = self.asked.search.asked()
        cut = {"by": self.by, "over": self.over, "grain": self.asked.grain, "against": self.against}
        return found | {name: value for name, value in cut.items() if value not in ("", GRAINS[0], AGAINST[0])}

    @property
    def query(self) -> str:
        """The question as a query string, in one order whatever way it was put."""
        return urlencode(self.values)

    def query_of(self, **changes: str) -> str:
        """The same question, some of it changed; what is empty falls away."""
        return urlencode({name: value for name, value in (self.values | changes).items() if value})

    @property
    def other_span(self) -> tuple[datetime.date, datetime.date]:
        """The days to compare with: as many months or weeks before, or the same ones of a year before."""
        since, until = self.asked.span
        if self.against == "year":
            return _year_before(since, self.asked.grain), _year_before(until, self.asked.grain)
        day = datetime.timedelta(days=1)
        if since.day != 1 or (until + day).day != 1:
            return since - (until - since) - day, since - day
        months = 12 * (until.year - since.year) + until.month - since.month + 1
        return _months_before(since, months), since - day


def question_of(values: Mapping[str, Any], officer: Officer) -> Question:
    """Read a question. What is not understood is left out, with a sentence."""
    found = filters.asked_of({name: value for name, value in values.items() if name not in NOT_ASKED}, officer)
    faults = list(found.faults)
    asked = counting.Asked(found.search, _one_of(values, "grain", GRAINS))
    try:
        asked.periods()
    except Invalid as fault:
        faults += [fault.message] if fault.message not in faults else []
        asked = replace(asked, search=replace(found.search, since=None, until=None))
    cut = {name: str(values.get(name) or "") for name in ("by", "over")}
    for name, value in cut.items():
        if value not in ("", EVERYTHING, *counting.DIMENSIONS):
            faults.append(_("Reports are not counted by “%(value)s”.") % {"value": value[:60]})
            cut[name] = ""
    return Question(asked, cut["by"], cut["over"], _one_of(values, "against", AGAINST), tuple(faults))


def _one_of(values: Mapping[str, Any], name: str, known: Sequence[Any]) -> Any:
    asked = str(values.get(name) or "")
    return asked if asked in known else known[0]


def _year_before(day: datetime.date, grain: Grain) -> datetime.date:
    """The same day of the month, or of the week, a year earlier; the last of a month stays the last."""
    if grain == "week":
        return day - datetime.timedelta(weeks=52)
    after = day + datetime.timedelta(days=1)
    if after.day == 1:
        return after.replace(year=after.year - 1) - datetime.timedelta(days=1)
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _months_before(first: datetime.date, months: int) -> datetime.date:
    """The first of a month so many months earlier."""
    at = 12 * first.year + first.month - 1 - months
    return datetime.date(at // 12, at % 12 + 1, 1)


def chips(question: Question, address: str) -> list[dict[str, str]]:
    """Each condition in words, and the address of the same question without it."""
    found = []
    for chip, name in zip(filters.chips(question.asked.search, address), question.asked.search.asked(), strict=True):
        rest = question.query_of(**{name: ""})
        found.append(chip | {"without": f"{address}?{rest}" if rest else address})
    return found


def bar(question: Question, officer: Officer, choices: Sequence[Choice]) -> dict[str, Any]:
    """What the template of the bar needs."""
    found = filters.bar(question.asked.search, officer)
    all_of_them = [one for one in found["controls"] + found["more_controls"] if one["name"] not in (*NOT_ASKED, "q")]
    leading = sorted((one for one in all_of_them if one["name"] in LEADING), key=lambda one: LEADING.index(one["name"]))
    more = [one for one in all_of_them if one["name"] not in LEADING]
    return {
        "choices": choices,
        "controls": leading,
        "more_controls": more,
        "more_open": any(one["value"] for one in more),
        "hidden": found.get("hidden", []),
    }
