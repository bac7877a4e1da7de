"""Rankings: the values of a dimension with most reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from limen.node.trends.counting.asked import Asked
from limen.node.trends.counting.dimensions import DIMENSIONS, Dimension
from limen.node.trends.counting.heads import Head, heads, ordered
from limen.node.trends.counting.sources import fetched, source

_RANKING = """WITH counted AS MATERIALIZED ({source}),
first AS (SELECT v0 FROM counted WHERE v0 <> '' ORDER BY n DESC, v0 LIMIT %s)
SELECT CASE WHEN v0 = '' OR v0 IN (SELECT v0 FROM first) THEN v0 END AS v, sum(n)::bigint, count(*)
FROM counted GROUP BY 1"""


@dataclass(frozen=True, slots=True)
class Rank:
    """One value, and how many reports have it."""

    head: Head
    n: int
    query: str

    @property
    def code(self) -> str:
        """The value's code."""
        return self.head.code

    @property
    def label(self) -> str:
        """The value in words."""
        return self.head.label


@dataclass(frozen=True, slots=True)
class Ranking:
    """The values with most, then all others, then not stated."""

    dimension: Dimension
    rows: Sequence[Rank]
    values: int
    """How many values there are, those that are not among the first included."""
    query: str

    @property
    def total(self) -> int:
        """All of it."""
        return sum(row.n for row in self.rows)


def ranking(asked: Asked, dimension: str, top: int = 10) -> Ranking:
    """Count by a dimension: the `top` values with most, the others together."""
    by = DIMENSIONS[dimension]
    statement, values = source(asked, [by])
    found = fetched(_RANKING.format(source=statement), [*values, top])
    counts = {value: n for value, n, _many in found}
    names = heads(by, counts)
    search = asked.found
    rows = [Rank(names[value], counts[value], names[value].query(search)) for value in ordered(counts)]
    return Ranking(by, rows, sum(many for value, _n, many in found if value != ""), asked.query)
