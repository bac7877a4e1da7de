"""Roll-ups counted from the reports themselves: what the triggers should have kept, and what stands in for them.

What is counted is read from the database function `reports_count`, which counts one report; here it counts all.
"""

from __future__ import annotations

from typing import Final

from django.db import connection

from limen.node.reports.models import Rollup

_OF_ALL: Final = (
    ("FROM (VALUES", "FROM reports_report r CROSS JOIN LATERAL (VALUES"),
    ("d.value, step", "d.value, count(*)"),
    ("ON CONFLICT", "GROUP BY 1, 2, 3, 4 ON CONFLICT"),
)
"""What changes in the function's statement, so that it counts every report at once."""


def recount() -> None:
    """Count all roll-ups anew, where reports were written without triggers."""
    with connection.cursor() as cursor:
        statement = _statement()
        cursor.execute("DELETE FROM reports_rollup")
        cursor.execute(statement)


def differences() -> set[tuple[object, ...]]:
    """Give what the roll-ups hold and a recount does not, or the other way round; then the recount stands."""
    before = _counts()
    recount()
    return before ^ _counts()


def _counts() -> set[tuple[object, ...]]:
    rows = Rollup.objects.exclude(n=0)
    return set(rows.values_list("audience", "month", "dimension", "value", "n"))


def _statement() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'reports_count'")
        ((statement,),) = cursor.fetchall()
    for one, all_of_them in _OF_ALL:
        if statement.count(one) != 1:
            raise ValueError(f"reports_count does not say {one!r} once")
        statement = statement.replace(one, all_of_them)
    return str(statement)
