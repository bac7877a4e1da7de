"""The streams that are watched for surges, and their weekly counts as the viewer may see them.

A family is a combination of what reports say; each combination of values that occurs is a stream, such as counterfeit
passports of Utopia. Counts come from `Search.rows`, so from the policy, with row-level security behind it: whoever sees
nothing has no streams.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from limen.node.reports.finding import Search
from limen.node.trends.counting import DIMENSIONS
from limen.node.trends.surges.baseline import Settings
from limen.node.trends.surges.tails import Floats

HISTORY = 208
"""Weeks that are learned from, the present one included."""
DELAY = (13, 39)
"""Between how many weeks ago lie those of which it is asked how late their reports came."""
DAYS = DELAY[0] * 7
"""A report that came later than this was entered afterwards, and says nothing of how late others come."""
_LEAST_DELAYS = 60
_WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Family:
    """Streams of one kind: the columns whose values, all stated, make one."""

    name: str
    columns: tuple[str, ...]

    def conditions(self, values: Sequence[str]) -> dict[str, str]:
        """What the list is asked for, to show the reports of the stream with these values."""
        found: dict[str, str] = {}
        for column, value in zip(self.columns, values, strict=True):
            known = DIMENSIONS.get(column)
            found |= known.conditions(value) if known else {column: value}
        return found


FAMILIES = (
    Family("model", ("issuer", "model_name", "model_year")),
    Family("kind", ("issuer", "category", "fraud_class")),
    Family("method", ("issuer", "method")),
    Family("place", ("issuer", "place")),
    Family("spot", ("method", "place")),
    Family("route", ("route_from", "route_to")),
)
BY_NAME = {family.name: family for family in FAMILIES}


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream: a family and a value of each of its columns."""

    family: str
    values: tuple[str, ...]

    @property
    def token(self) -> str:
        """How addresses and stored rows name it."""
        return "|".join((self.family, *self.values))

    @property
    def conditions(self) -> dict[str, str]:
        """What the list is asked for, less the days."""
        return BY_NAME[self.family].conditions(self.values)


@dataclass(frozen=True, slots=True)
class Counted:
    """Weekly counts, the newest week last; it has only begun."""

    first: datetime.date
    """The Monday of the first week."""
    streams: list[Stream]
    counts: Floats
    total: Floats
    seen: Floats
    rest: Floats
    """See `statistic.find`."""

    @property
    def mondays(self) -> list[datetime.date]:
        """The weeks, by their first days."""
        return [self.first + number * _WEEK for number in range(len(self.total))]


def count(settings: Settings, today: datetime.date | None = None) -> Counted:
    """Count the streams that the viewer sees."""
    today = today or timezone.localdate()
    monday = today - datetime.timedelta(days=today.weekday())
    first = monday - (HISTORY - 1) * _WEEK
    rows = _fetched(*_statement(first, monday + datetime.timedelta(days=6), settings))
    total = np.zeros(HISTORY)
    streams, series, rest = [], [], []
    for family, values, weeks, numbers, weighed, alone in rows:
        if family == "":
            total[weeks] = numbers
        elif weeks is not None:
            streams.append(Stream(family, tuple(values)))
            series.append((weeks, numbers))
        else:
            rest += [float(weighed), 0.0] if alone else [float(weighed)]
    counts = np.zeros((len(streams), HISTORY))
    for row, (weeks, numbers) in zip(counts, series, strict=True):
        row[weeks] = numbers
    begun = int(np.flatnonzero(total)[0]) if total.any() else HISTORY - 1
    kept = slice(min(begun, HISTORY - 2), None)
    seen = _seen(monday, today)
    return Counted(first + kept.start * _WEEK, streams, counts[:, kept], total[kept], seen[kept], np.array(rest))


def _statement(since: datetime.date, until: datetime.date, settings: Settings) -> tuple[str, list[Any]]:
    """Count each stream by week; of those with too few reports lately, the weighed sum alone.

    A stream with a single report stands for another that has none yet (Good and Turing): it says so.
    """
    columns = list(dict.fromkeys(column for family in FAMILIES for column in family.columns))
    rows = Search(since=since, until=until).rows().order_by().values_list("detected_on", *map(_expression, columns))
    found, values = rows.query.sql_with_params()
    families = " UNION ALL ".join(_family(family) for family in FAMILIES)
    recent = HISTORY - max(settings.windows)
    age = f"({HISTORY - 1} - week)"
    weight = f"0.5::float8 ^ ({age}::float8 / {settings.half_life})"
    # Columns and figures are the program's own; what was asked stands in the values.
    statement = (
        f"WITH found(day, {', '.join(columns)}) AS MATERIALIZED ({found}),"  # noqa: S608
        f" dated AS MATERIALIZED (SELECT (day - %s::date) / 7 AS week, {', '.join(columns)} FROM found),"
        f" cells AS ({families} UNION ALL SELECT '', '{{}}', week, count(*) FROM dated GROUP BY week)"
        f" SELECT family, key,"
        f" CASE WHEN family = '' OR {_lately(recent, settings)} THEN array_agg(week) END,"
        f" CASE WHEN family = '' OR {_lately(recent, settings)} THEN array_agg(n) END,"
        f" coalesce(sum(n * {weight}) FILTER (WHERE {age} >= {settings.guard}), 0),"
        f" sum(n) = 1 FROM cells GROUP BY family, key ORDER BY family, key"
    )
    return statement, [*values, since]


def _lately(recent: int, settings: Settings) -> str:
    return f"coalesce(sum(n) FILTER (WHERE week >= {recent}), 0) >= {settings.least}"


def _family(family: Family) -> str:
    names = ", ".join(family.columns)
    stated = " AND ".join(f"{column} <> ''" for column in family.columns)
    return (
        f"SELECT '{family.name}' AS family, ARRAY[{names}]::text[] AS key, week, count(*) AS n FROM dated"  # noqa: S608
        f" WHERE {stated} GROUP BY {names}, week"
    )


def _expression(column: str) -> Any:
    if column == "model_year":
        return Coalesce(Cast(F(column), TextField()), Value(""), output_field=TextField())
    return DIMENSIONS[column].expression if column in DIMENSIONS else F(column)


def _seen(monday: datetime.date, today: datetime.date) -> Floats:
    """Say what share of each week's reports has arrived by today, judged by how late those of past weeks came."""
    since, until = monday - DELAY[1] * _WEEK, monday - (DELAY[0] - 1) * _WEEK - datetime.timedelta(days=1)
    rows = Search(since=since, until=until).rows().order_by().filter(released_at__isnull=False)
    late, values = rows.values_list("detected_on", "released_at").query.sql_with_params()
    statement = (
        "SELECT late, count(*) FROM (SELECT (came AT TIME ZONE %s)::date"  # noqa: S608 - the search's own
        " - date_trunc('week', day::timestamp)::date AS late"
        f" FROM ({late}) AS found(day, came)) AS delays WHERE late BETWEEN 0 AND {DAYS} GROUP BY late"
    )
    delays = np.zeros(DAYS + 1)
    for days, n in _fetched(statement, [timezone.get_current_timezone_name(), *values]):
        delays[days] = n
    if delays.sum() < _LEAST_DELAYS:
        delays[:7] = _LEAST_DELAYS
    arrived = np.cumsum(delays) / delays.sum()
    ages = (today - monday).days + 7 * np.arange(HISTORY)[::-1]
    return np.where(ages <= DAYS, arrived[np.minimum(ages, DAYS)], 1.0)


def _fetched(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
