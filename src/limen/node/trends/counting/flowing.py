"""Routes as flow: where journeys began, the last transit, and where they led (`reports.models.Report.route_origin`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from limen.node.trends.counting.asked import Asked
from limen.node.trends.counting.dimensions import DIMENSIONS
from limen.node.trends.counting.heads import Head, heads
from limen.node.trends.counting.sources import fetched, source

_ENDS = ("route_from", "route_via", "route_to")

_FLOWS = """WITH routed AS MATERIALIZED ({source})
(SELECT v0, v1, v2, n FROM routed ORDER BY n DESC, v0, v1, v2 LIMIT %s)
UNION ALL SELECT NULL, NULL, NULL, coalesce(sum(n), 0)::bigint FROM routed
UNION ALL SELECT '', '', '', n FROM ({total}) AS everything"""


@dataclass(frozen=True, slots=True)
class Flow:
    """One route: each end a place, or a country where no place is known; `via` states nothing without a transit."""

    origin: Head
    via: Head
    end: Head
    n: int
    query: str


@dataclass(frozen=True, slots=True)
class Flows:
    """The routes with most reports."""

    rows: Sequence[Flow]
    routed: int
    """Reports of which beginning and end are known: those of the rows, and of all other routes."""
    total: int
    """All reports asked for; those whose beginning or end is not known stand in no row."""
    query: str

    @property
    def others(self) -> int:
        """Reports of routes that are not among the rows."""
        return self.routed - sum(row.n for row in self.rows)


def flows(asked: Asked, top: int = 30) -> Flows:
    """The `top` routes with most reports. Each report is in at most one."""
    statement, values = source(asked, [DIMENSIONS[end] for end in _ENDS], routed=True)
    total, others = source(asked, [])
    found = fetched(_FLOWS.format(source=statement, total=total), [*values, top, *others])
    routes = [row for row in found if row[0]]
    names = [heads(DIMENSIONS[end], {row[side] for row in routes}) for side, end in enumerate(_ENDS)]
    search = asked.found.asked()
    rows = []
    for *ends, n in routes:
        origin, via, end = (names[side][value] for side, value in enumerate(ends))
        conditions = {name: value for head in (origin, via, end) for name, value in (head.conditions or {}).items()}
        rows.append(Flow(origin, via, end, n, urlencode(search | conditions)))
    sums = {row[0]: row[3] for row in found if not row[0]}
    return Flows(rows, sums[None], sums[""], asked.query)
