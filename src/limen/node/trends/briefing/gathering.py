"""The figures of a brief. All of them come from `trends.counting`, in the viewer's name."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from limen.node.people.models import Officer
from limen.node.trends import counting
from limen.node.trends.briefing import records
from limen.node.trends.briefing.asking import Wanted, moved
from limen.node.trends.briefing.records import Told
from limen.node.trends.counting import Asked, Comparison, Cross, Flows, Series

CHARTED = 24
"""Months of the chart, up to the last one of the brief."""
TOP = 7
"""Rows of a ranking, besides all others and what is not stated."""
ROUTES = 8
CROSSED = (7, 5)
FEW = 5
"""Reports below which a share or a table of two dimensions says nothing."""

_DIMENSIONS = ("issuer", "country", "method", "place", "category", "setting")
RANKED = 4
"""Of so many dimensions there is a ranking: the first that are not asked for."""
_CROSSED = ("issuer", "country", "place", "category")


@dataclass(frozen=True, slots=True)
class Brief:
    """All that a brief holds."""

    wanted: Wanted
    officer: Officer
    at: datetime.datetime
    count: int
    before: int
    year_before: int
    everything: int
    """Reports of the period on whatever subject."""
    months: Series
    rankings: tuple[Comparison, ...]
    routes: Flows
    cross: Cross | None
    surges: list[Told]
    alerts: list[Told]
    cases: list[Told]


def gather(wanted: Wanted, officer: Officer) -> Brief:
    """Count what the brief tells."""
    asked = Asked(wanted.search, "month", *wanted.span)
    count = _count(asked)
    return Brief(
        wanted=wanted,
        officer=officer,
        at=timezone.now(),
        count=count,
        before=_count(asked.within(*wanted.before)),
        year_before=_count(asked.within(*wanted.year_before)),
        everything=_count(Asked(since=wanted.since, until=wanted.until)) if wanted.about else count,
        months=counting.series(asked.within(moved(wanted.month, 1 - CHARTED), wanted.until)),
        rankings=tuple(
            counting.compare(asked, *wanted.before, dimension, TOP) for dimension in ranked(wanted) if count
        ),
        routes=counting.flows(asked, ROUTES),
        cross=_cross(asked, wanted) if count >= FEW else None,
        surges=records.surges_of(wanted),
        alerts=records.alerts_of(wanted),
        cases=records.cases_of(wanted),
    )


def _count(asked: Asked) -> int:
    return counting.series(asked).total


def ranked(wanted: Wanted) -> list[str]:
    """What is ranked."""
    return [dimension for dimension in _DIMENSIONS if dimension not in wanted.about][:RANKED]


def crossed(wanted: Wanted) -> tuple[str, str]:
    """What is set against each other: rows, and columns, which are methods unless the brief is about one."""
    rows, columns, *_rest = (dimension for dimension in _CROSSED if dimension not in wanted.about)
    return (rows, columns) if wanted.method else (rows, "method")


def _cross(asked: Asked, wanted: Wanted) -> Cross | None:
    """Two dimensions crossed, where either has several values."""
    found = counting.cross(asked, *crossed(wanted), *CROSSED)
    return found if min(len(found.rows), len(found.columns)) > 1 else None
