"""Series: figures by month or week, one row for each of the values with most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from limen.node.trends.counting.asked import Asked, Period
from limen.node.trends.counting.dimensions import DIMENSIONS, Dimension
from limen.node.trends.counting.heads import Head, heads, ordered
from limen.node.trends.counting.sources import fetched, source

_SERIES = """WITH counted AS MATERIALIZED ({source}),
first AS (SELECT v0 FROM counted WHERE v0 <> '' GROUP BY v0 ORDER BY sum(n) DESC, v0 LIMIT %s)
SELECT CASE WHEN v0 = '' OR v0 IN (SELECT v0 FROM first) THEN v0 END AS v, period, sum(n)::bigint
FROM counted GROUP BY 1, 2"""


@dataclass(frozen=True, slots=True)
class Row:
    """One value over the periods."""

    head: Head
    values: tuple[int, ...]
    """One for each period."""
    query: str
    """The reports of the whole row; empty for others."""
    _periods: Sequence[Period]

    @property
    def code(self) -> str:
        """The value's code; empty for others and where nothing is stated."""
        return self.head.code

    @property
    def label(self) -> str:
        """The value in words."""
        return self.head.label

    @property
    def total(self) -> int:
        """All periods together."""
        return sum(self.values)

    @property
    def queries(self) -> list[str]:
        """The reports of each figure, as query strings of the list."""
        if not self.query:
            return [""] * len(self._periods)
        rest = "&".join(part for part in self.query.split("&") if not part.startswith(("since=", "until=")))
        rest += "&" if rest else ""
        return [rest + period.query for period in self._periods]


@dataclass(frozen=True, slots=True)
class Series:
    """Periods, and a row for each value: those with most first, then others, then not stated.

    Without a dimension there is one row, of everything.
    """

    dimension: Dimension | None
    periods: Sequence[Period]
    rows: Sequence[Row]
    query: str
    """The reports of all of it."""

    @property
    def totals(self) -> list[int]:
        """All rows together, by period."""
        return [sum(column) for column in zip(*(row.values for row in self.rows), strict=True)] or [0] * len(
            self.periods
        )

    @property
    def total(self) -> int:
        """All of it."""
        return sum(row.total for row in self.rows)


def series(asked: Asked, dimension: str | None = None, top: int = 6) -> Series:
    """Count by month or week, and by a dimension: the `top` values with most, the others together."""
    periods = asked.periods()
    if dimension is None:
        rows = [_everything(asked, periods)]
        return Series(None, periods, rows, asked.query)
    by = DIMENSIONS[dimension]
    statement, values = source(asked, [by], by_period=True)
    found = fetched(_SERIES.format(source=statement), [*values, top])
    at = {period.begin: number for number, period in enumerate(periods)}
    counts: dict[str | None, list[int]] = {}
    for value, cells in groupby(sorted(found, key=lambda cell: cell[0] or ""), key=lambda cell: cell[0]):
        row = counts.setdefault(value, [0] * len(periods))
        for _value, begin, n in cells:
            row[at[begin]] = n
    names = heads(by, counts)
    search = asked.found
    rows = [
        Row(names[value], tuple(counts[value]), names[value].query(search), periods)
        for value in ordered({value: sum(cells) for value, cells in counts.items()})
    ]
    return Series(by, periods, rows, asked.query)


def _everything(asked: Asked, periods: Sequence[Period]) -> Row:
    statement, values = source(asked, [], by_period=True)
    found = dict(fetched(statement, values))
    head = Head("", _("all reports"), {}, "all")
    return Row(head, tuple(found.get(period.begin, 0) for period in periods), asked.query, periods)
