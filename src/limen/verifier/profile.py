"""What counts of a plain photograph (TR-03135-1 v2.5, 3.7: a profile may leave out what its reader cannot do).

A phone picture shows a page more or less well. What is irregular in it counts. What could not be told of the page is
told, and does not make an otherwise sound result undecided: the picture was never promised to show it.
"""

from __future__ import annotations

from dataclasses import replace

from limen.inspection import CheckResult, Inspection, Obligation, Verdict, aggregate, summarise

ALWAYS = ("mrz", "print", "reading", "chip", "lds", "pa", "seal", "visa", "details", "shown")
"""The families of checks that count in any case, by the first word of their codes: those of the zone, of what is read
digitally, and of what an officer asked for by showing it."""


def plainly(inspection: Inspection) -> Inspection:
    """The inspection of a plain photograph."""
    checks = tuple(_eased(one) for one in inspection.checks)
    return replace(inspection, checks=checks, verdict=aggregate(checks), summary=summarise(checks))


def _eased(check: CheckResult) -> CheckResult:
    open_question = check.verdict in {Verdict.UNDETERMINED, Verdict.NOT_SUPPORTED}
    if check.counts and open_question and check.code.split(".", 1)[0] not in ALWAYS:
        return replace(check, obligation=Obligation.EVALUATORY)
    return check
