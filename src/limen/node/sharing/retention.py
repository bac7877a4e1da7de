"""How long a record is kept."""

from __future__ import annotations

import datetime


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later, at most the 28th, so that every month has it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, 28))
