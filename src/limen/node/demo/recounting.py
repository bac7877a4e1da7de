"""Roll-ups counted from the reports themselves: what the triggers should have kept, and what stands in for them."""

from __future__ import annotations

from collections import Counter
from typing import Final

from django.db import connection, transaction

from limen.node.reports.models import Moved, Rollup, Tally
from limen.node.reports.tallying import settle

_ROLLUP: Final = ("audience", "month", "dimension", "value", "n")
_TALLY: Final = ("dimension", "period", "part", "value", "n")


def recount() -> None:
    """Count all roll-ups anew, where reports were written without triggers."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT reports_recount(), reports_settle(true)")


def differences() -> set[tuple[object, ...]]:
    """Give what the roll-ups hold and a recount does not, or the other way round; then the recount stands."""
    with transaction.atomic():
        settle()
        if Moved.objects.exists():
            raise ValueError("another process tallies; try again")
        before = _counts()
        recount()
        return before ^ _counts()


def _counts() -> set[tuple[object, ...]]:
    found: Counter[tuple[object, ...]] = Counter()
    for rows in (Rollup.objects.values_list(*_ROLLUP), Tally.objects.values_list(*_TALLY)):
        for *key, n in rows:
            found[tuple(key)] += n
    return {(*key, n) for key, n in found.items() if n}
