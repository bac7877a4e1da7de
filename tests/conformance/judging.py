"""What it means that a case is taken as expected."""

from __future__ import annotations

from limen.inspection import Verdict

from .documents import Told


def holds(told: Told, expected: str) -> bool:
    """Whether the inspection said what the case expects.

    fine            no objection
    noted WORDS     no objection, and these words among the oddities that are told
    failed CODE     at least this check failed
    open CODE       this check could not be decided, and nothing failed that is not of the same cause
    """
    kind, _, what = expected.partition(" ")
    if kind == "fine":
        return told.verdict is Verdict.SUCCESSFUL
    if kind == "noted":
        return told.verdict is Verdict.SUCCESSFUL and what in told.notes
    if kind == "failed":
        return told.verdict is Verdict.FAILED and what in told.failed
    if kind == "open":
        return what in told.open
    raise ValueError(expected)
