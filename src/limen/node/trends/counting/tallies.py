"""What the tally of the community's reports can answer, and which of its months and weeks a span of days takes.

The tally is kept by reports/migrations/sql/0007_tallies.sql; `SETS` says what it holds, as `reports_tally_sets()` does.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from limen.node.reports.finding import NOT_STATED, Search
from limen.node.trends.counting.asked import Grain, begin_of, end_of

Span = tuple[datetime.date, datetime.date]

_SINGLES = (
    "issuer", "category", "fraud_class", "method", "country", "place", "setting", "nationality",
    "nationality_established", "outcome", "sex", "age_band", "facilitated", "route_from", "route_via", "route_to",
)  # fmt: skip
_ROUTE = ("route_from", "route_via", "route_to")
_WEEKLY = [
    *combinations(("issuer", "fraud_class", "method", "country", "place"), 2),
    ("issuer", "category"),
]
_MONTHLY = [
    *_WEEKLY,
    *(("category", other) for other in ("fraud_class", "method", "country", "place")),
    *((one, other) for one in ("issuer", "country") for other in ("setting", "outcome", "nationality")),
    *(("issuer", end) for end in _ROUTE),
]


@dataclass(frozen=True, slots=True)
class Kept:
    """One set of dimensions that is tallied: its name in the table, and where each value stands."""

    name: str
    columns: Mapping[str, str]
    """Dimension, and the SQL of its value in `reports_tally`."""

    @property
    def whole_route(self) -> bool:
        """Whether it leaves out reports of which beginning or end of the route is not known."""
        return self.name.endswith(" route")


def _sets(grain: Grain, pairs: Iterable[tuple[str, str]]) -> dict[frozenset[str], Kept]:
    found = {frozenset[str](): Kept(grain, {})}
    found |= {frozenset({one}): Kept(f"{grain} {one}", {one: "value"}) for one in _SINGLES}
    for one, other in pairs:
        found[frozenset({one, other})] = Kept(f"{grain} {one} {other}", {one: "part", other: "value"})
    return found


SETS: Mapping[Grain, Mapping[frozenset[str], Kept]] = {
    "month": {
        **_sets("month", _MONTHLY),
        frozenset(_ROUTE): Kept(
            "month route",
            {
                "route_from": "part",
                "route_via": "split_part(value, '>', 1)",
                "route_to": "split_part(value, '>', 2)",
            },
        ),
    },
    "week": _sets("week", _WEEKLY),
}
"""What is tallied, by grain and set of dimensions."""

ROLLED: Mapping[frozenset[str], str] = {
    frozenset[str](): "all",
    **{frozenset({one}): one for one in ("country", "fraud_class", "issuer", "method", "place")},
}
"""What `reports_rollup` holds by audience and month, and its name there."""

_CONDITIONS = {
    "principal": "method",
    "nationality_claimed": "nationality",
    **{name: name for name in _SINGLES if name not in ("method", "nationality")},
}
"""Conditions that ask for one value of a dimension."""


def filters(search: Search) -> dict[str, str] | None:
    """The conditions of a search as values of dimensions; None where one of them is no such value."""
    asked = {name: value for name, value in search.asked().items() if name not in ("since", "until")}
    found: dict[str, str] = {}
    if asked.get("place") == NOT_STATED:
        if asked.get("country", NOT_STATED) == NOT_STATED:
            return None
        asked["place"] = asked["country"]
    for name, value in asked.items():
        dimension = _CONDITIONS.get(name)
        if dimension is None or (name in _ROUTE and len(value) == 3):
            return None
        found[dimension] = value if dimension == "place" else value.removesuffix(NOT_STATED)
    return found


def kept(grain: Grain, dimensions: Collection[str]) -> Kept | None:
    """The set that holds these dimensions, no more and no fewer; None where none does."""
    return SETS[grain].get(frozenset(dimensions))


@dataclass(frozen=True, slots=True)
class Cover:
    """A span of days as whole months, whole weeks and single days, which together are the span and do not overlap."""

    months: list[Span] = field(default_factory=list)
    weeks: list[Span] = field(default_factory=list)
    days: list[Span] = field(default_factory=list)


_DAY = datetime.timedelta(days=1)


def cover(span: Span, grains: Collection[Grain], *, by: Grain | None = None) -> Cover:
    """Cover a span with the largest wholes that are tallied; where figures are by weeks, with none that crosses one."""
    found = Cover()
    rest = [span]
    if "month" in grains and by != "week":
        rest = _take("month", span, found.months)
    if "week" in grains:
        rest = [left for each in rest for left in _within_months(each, by)]
        rest = [left for each in rest for left in _take("week", each, found.weeks)]
    found.days.extend(rest)
    return found


def around(span: Span, wholes: list[Span]) -> list[Span]:
    """What of a span lies before and after the whole months that were taken out of it."""
    (since, until), first, last = span, wholes[0][0], wholes[-1][1]
    return [(one, other) for one, other in ((since, first - _DAY), (last + _DAY, until)) if one <= other]


def _take(grain: Grain, span: Span, taken: list[Span]) -> list[Span]:
    """Take the whole months or weeks out of a span; give what is left before and after them."""
    since, until = span
    first = since if since == begin_of(grain, since) else end_of(grain, since) + _DAY
    last = until if until == end_of(grain, until) else begin_of(grain, until) - _DAY
    if first > last:
        return [span]
    taken.append((first, last))
    return around(span, [(first, last)])


def _within_months(span: Span, by: Grain | None) -> list[Span]:
    """Cut a span where a month ends, if figures are by month: a week that lies in two is of neither."""
    since, until = span
    if by != "month" or until <= end_of("month", since):
        return [span]
    end = end_of("month", since)
    return [(since, end), *_within_months((end + _DAY, until), by)]
