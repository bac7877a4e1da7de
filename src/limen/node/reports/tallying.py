"""Keeping counts short: what came and went goes into the tally, roll-ups of one key are put together.

Figures are right whether this runs or not; they are read faster when it does. The keeper does it (`tasks.py`).
"""

from __future__ import annotations

from django.db import connection


def settle() -> int:
    """Tally what moved since the last time; give how many rows that were, none where another process does it now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reports_settle()")
        return int(cursor.fetchone()[0])


def merge() -> None:
    """Put roll-ups of one key together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reports_merge()")
