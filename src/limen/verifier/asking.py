"""The checks, asked with the time of each family."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import partial

from limen.inspection import Check, Context, Evidence, Inspection, Outcome, all_checks, inspect
from limen.verifier.journal import Journal


def ask(evidence: Evidence, on: datetime.date, journal: Journal) -> Inspection:
    """The inspection; the time of each family of checks is booked as "checks: family"."""
    checks = [replace(one, judge=partial(_timed, one, journal)) for one in all_checks()]
    return inspect(on=on, evidence=evidence, checks=checks)


def _timed(check: Check, journal: Journal, context: Context) -> Outcome:
    with journal.timed(f"checks: {check.judge.__module__.rsplit('.', 1)[-1]}"):
        return check.judge(context)
