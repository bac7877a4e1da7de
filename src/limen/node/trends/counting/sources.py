"""Where figures come from: a statement that gives, for each combination of values, how many reports there are.

`source` answers with SQL and its values; the columns are `period` (where asked for), `v0`, `v1`... and `n`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import F

from limen.node.trends.counting.asked import Asked, Grain
from limen.node.trends.counting.dimensions import Dimension

Source = tuple[str, list[Any]]

_PERIOD: dict[Grain, str] = {
    "month": "date_trunc('month', day::timestamp)::date",
    "week": "date_trunc('week', day::timestamp)::date",
}


def source(asked: Asked, dimensions: Sequence[Dimension], *, by_period: bool = False) -> Source:
    """The statement that counts what is asked for by these dimensions, and by month or week."""
    return _of_reports(asked, dimensions, by_period=by_period)


def fetched(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run a statement, and give its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _of_reports(asked: Asked, dimensions: Sequence[Dimension], *, by_period: bool) -> Source:
    """Count reports, those of the search alone, which goes through the policy."""
    columns = [f"v{number}" for number in range(len(dimensions))]
    expressions: list[Any] = [each.expression for each in dimensions]
    if by_period or not expressions:
        expressions.insert(0, F("detected_on"))
    rows = asked.found.rows().order_by().values_list(*expressions)
    statement, values = rows.query.sql_with_params()
    names = ", ".join((["day"] if len(expressions) > len(columns) else []) + columns)
    groups = ([f"{_PERIOD[asked.grain]} AS period"] if by_period else []) + columns
    told = ", ".join([*groups, "count(*) AS n"])
    places = ", ".join(str(number + 1) for number in range(len(groups)))
    grouped = f" GROUP BY {places}" if groups else ""
    return f"SELECT {told} FROM ({statement}) AS found({names}){grouped}", list(values)  # noqa: S608 - the search's own
