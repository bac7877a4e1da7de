"""Asks one check of one reading."""

from __future__ import annotations

import datetime

from limen.inspection import CheckResult, Context, all_checks
from limen.vision.reading import ZoneReading

ON = datetime.date(2011, 6, 1)
"""A day on which the specimens of Doc 9303 were valid."""


def ask(code: str, reading: ZoneReading | None, on: datetime.date = ON) -> CheckResult | None:
    """The result of the check of that code; None where it was not run."""
    (one,) = (check for check in all_checks() if check.code == code)
    return one.run(Context.of(reading, on))


def verdict(code: str, reading: ZoneReading | None, on: datetime.date = ON) -> str:
    """The verdict of the check of that code."""
    result = ask(code, reading, on)
    assert result is not None
    return str(result.verdict)
