"""Whether the page shows what a known counterfeit press gets wrong.

The marks were looked for when the page was read (`limen.reference.signatures`); here it is only said what they come
to. A signature that was promoted counts, one on trial is logged. That a page shows no known press speaks for nothing
but that: most counterfeits are of a press that nobody marked.
"""

from __future__ import annotations

from collections.abc import Sequence

from limen.inspection.context import Context, NothingToCheck
from limen.inspection.evidence import PageEvidence
from limen.inspection.outcome import Outcome, fine
from limen.inspection.registry import check
from limen.inspection.result import Obligation, Verdict
from limen.vision.press import Hit, Likeness, MarkFound

_REFERENCE = "the signature's own source; TR-03135-1 v2.5, 5.5"
Held = tuple[PageEvidence, Hit]


@check(
    code="signature.match",
    title="Does the page show the marks of no known counterfeit press?",
    obligation=Obligation.MANDATORY,
    reference=_REFERENCE,
)
def known_press(context: Context) -> Outcome:
    """By the signatures that were promoted."""
    return _judged(_held(context, counts=True))


@check(
    code="signature.trial",
    title="Does the page show the marks of no press whose signature is on trial?",
    obligation=Obligation.EVALUATORY,
    reference=_REFERENCE,
)
def press_on_trial(context: Context) -> Outcome:
    """By the signatures that were not promoted yet."""
    return _judged(_held(context, counts=False))


def _held(context: Context, *, counts: bool) -> list[Held]:
    """What was held against the pages; raises `NothingToCheck` where nothing could be."""
    held = [(page, hit) for page in context.pages for hit in page.hits if hit.counts is counts]
    held = [one for one in held if one[1].likeness is not Likeness.OPEN]
    if not held:
        raise NothingToCheck("no signature applies")
    return held


def _judged(held: Sequence[Held]) -> Outcome:
    hits = [one for one in held if one[1].likeness is Likeness.HIT]
    margin = min(_margin(hit) for _, hit in held)
    if not hits:
        looked = "the one known press" if len(held) == 1 else f"any of {len(held)} known presses"
        return fine(f"The page does not show the marks of {looked}.", margin=margin)
    page, hit = min(hits, key=lambda one: _margin(one[1]))
    advice = f" {hit.advice}" if hit.advice else " Compare the marked places with a document that is in order."
    others = tuple(f"It shows the marks of {other.signature}, too." for _, other in hits if other is not hit)
    return Outcome(
        Verdict.FAILED,
        f"The page shows the marks of the known counterfeit press {hit.signature}.{advice}",
        margin,
        tuple(page.page.quad(mark.rect) for mark in hit.met),
        found="; ".join(_said(mark) for mark in hit.met),
        expected="none of these marks",
        details=(*_origin(hit), f"{len(hit.met)} of {len(hit.marks)} marks are there, {hit.needed} needed.", *others),
        picture=page.picture,
    )


def _margin(hit: Hit) -> float:
    """How far from a hit, as the margin of a check: the mark that decides, with its sign turned."""
    known = sorted((one.margin for one in hit.marks if one.margin is not None), reverse=True)
    deciding = known[min(hit.needed, len(known)) - 1] if known else 0.0
    return max(-1.0, min(1.0, -deciding))


def _said(mark: MarkFound) -> str:
    return f"{mark.region} ({mark.light.value}, {mark.what}): {mark.found}"


def _origin(hit: Hit) -> tuple[str, ...]:
    return (f"Marked by {hit.origin}.",) if hit.origin else ()
