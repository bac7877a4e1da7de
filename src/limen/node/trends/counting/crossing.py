"""Two dimensions crossed: how many reports have one value and the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from limen.node.trends.counting.asked import Asked
from limen.node.trends.counting.dimensions import DIMENSIONS, Dimension
from limen.node.trends.counting.heads import Head, heads, ordered
from limen.node.trends.counting.sources import fetched, source

_CROSS = """WITH counted AS MATERIALIZED ({source}),
first_rows AS (SELECT v0 FROM counted WHERE v0 <> '' GROUP BY v0 ORDER BY sum(n) DESC, v0 LIMIT %s),
first_columns AS (SELECT v1 FROM counted WHERE v1 <> '' GROUP BY v1 ORDER BY sum(n) DESC, v1 LIMIT %s)
SELECT CASE WHEN v0 = '' OR v0 IN (SELECT v0 FROM first_rows) THEN v0 END AS down,
       CASE WHEN v1 = '' OR v1 IN (SELECT v1 FROM first_columns) THEN v1 END AS across, sum(n)::bigint
FROM counted GROUP BY 1, 2"""


@dataclass(frozen=True, slots=True)
class Cross:
    """A table: heads of rows and columns, and the figures. Others and not stated come last, where there are any."""

    down: Dimension
    across: Dimension
    rows: Sequence[Head]
    columns: Sequence[Head]
    cells: Sequence[Sequence[int]]
    """A list for each row."""
    queries: Sequence[Sequence[str]]
    row_queries: Sequence[str]
    column_queries: Sequence[str]
    query: str

    @property
    def row_totals(self) -> list[int]:
        """All columns together, by row."""
        return [sum(row) for row in self.cells]

    @property
    def column_totals(self) -> list[int]:
        """All rows together, by column."""
        return [sum(column) for column in zip(*self.cells, strict=True)]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.row_totals)


def cross(asked: Asked, rows: str = "issuer", columns: str = "method", top: int = 10, top_columns: int = 0) -> Cross:
    """Cross two dimensions: the `top` values with most of either, or so many columns, the others together."""
    down, across = DIMENSIONS[rows], DIMENSIONS[columns]
    statement, values = source(asked, [down, across])
    found = fetched(_CROSS.format(source=statement), [*values, top, top_columns or top])
    counts = {(one, other): n for one, other, n in found}
    left, above = _values(found, 0), _values(found, 1)
    heads_down, heads_across = heads(down, left), heads(across, above)
    asked_for = asked.found.asked()
    return Cross(
        down,
        across,
        [heads_down[value] for value in left],
        [heads_across[value] for value in above],
        [[counts.get((one, other), 0) for other in above] for one in left],
        [[_both(asked_for, heads_down[one], heads_across[other]) for other in above] for one in left],
        [heads_down[value].query(asked.found) for value in left],
        [heads_across[value].query(asked.found) for value in above],
        asked.query,
    )


def _values(found: Sequence[tuple[str | None, str | None, int]], side: int) -> Sequence[str | None]:
    totals: dict[str | None, int] = {}
    for cell in found:
        value = (cell[0], cell[1])[side]
        totals[value] = totals.get(value, 0) + cell[2]
    return ordered(totals)


def _both(asked: dict[str, str], one: Head, other: Head) -> str:
    if one.conditions is None or other.conditions is None:
        return ""
    return urlencode(asked | one.conditions | other.conditions)
