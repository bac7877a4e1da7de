"""Whether all that was shown was examined: BSI TR-03135-1 v2.5, 3.5.2. What was not examined raises no objection."""

from __future__ import annotations

from limen.inspection.context import CannotTell, Context, NothingToCheck
from limen.inspection.outcome import Outcome, fine
from limen.inspection.registry import check
from limen.inspection.result import Obligation, Verdict


@check(
    code="shown.examined",
    title="Was all that was shown examined?",
    obligation=Obligation.MANDATORY,
    reference="TR-03135-1 v2.5, 3.5.2",
    undetermined="a tool for it is not installed, or what it belongs to was not found",
)
def examined(context: Context) -> Outcome:
    """A result must not rest on a picture that nobody looked at."""
    if not context.evidence.shown:
        raise NothingToCheck("nothing was shown but a reading")
    gaps = context.evidence.gaps
    if not gaps:
        return fine("All that was shown was examined.")
    told = tuple(f"{_capital(gap.what)} was not examined, because {gap.why}." for gap in gaps)
    if any(gap.broke for gap in gaps):
        first = next(index for index, gap in enumerate(gaps) if gap.broke)
        return Outcome(Verdict.ABORTED, told[first], details=told[:first] + told[first + 1 :])
    if len(told) == 1:
        raise CannotTell(told[0])
    return Outcome(Verdict.UNDETERMINED, told[0], details=told[1:])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
