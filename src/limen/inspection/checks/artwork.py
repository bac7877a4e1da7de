"""A page against the reference of its model: what genuine documents of it look like (TR-03135-1 v2.5, 5.5).

One check for each family of properties that a reader understands. The findings of a reference on trial are logged
and do not count; those of a promoted one do. A model of which no reference is known raises no objection and no doubt
about the document: `artwork.model` says so, and the others are not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from limen.inspection import gate
from limen.inspection.context import CannotTell, Context, NothingToCheck
from limen.inspection.evidence import PageEvidence
from limen.inspection.outcome import Outcome, fine
from limen.inspection.registry import check
from limen.inspection.result import Obligation, Verdict
from limen.vision.artwork import Deviation, Property
from limen.vision.light import Light

_REFERENCE = "TR-03135-1 v2.5, 5.5; the reference of the model"
_COARSE = "the picture is too coarse, blurred, cut off or under glare where the page deviates"
_MOST_NAMED = 3
_MOST_PLACES = 12

FAMILIES: Mapping[Property, str] = {
    Property.LINE_WORK: "line_work",
    Property.BACKGROUND: "background",
    Property.PORTRAIT_EDGE: "portrait",
    Property.OVERPRINT: "portrait",
    Property.TYPEFACE: "typeface",
    Property.BASELINE: "typeface",
    Property.COLOUR: "copy",
    Property.SHARPNESS: "copy",
    Property.REGULAR_PATTERN: "copy",
    Property.FLUORESCENCE: "uv",
    Property.ABSORPTION: "ir",
}
"""Which check asks for a property under white light; what was seen in infrared or ultraviolet has its own."""

_ANY_EDGE = 10.0
_NEEDS: Mapping[str, tuple[float, float]] = {
    "line_work": (gate.ARTWORK_PPI, gate.ARTWORK_EDGE_MM),
    "background": (gate.ARTWORK_PPI, gate.ARTWORK_EDGE_MM),
    "portrait": (gate.ARTWORK_PPI, gate.ARTWORK_EDGE_MM),
    "typeface": (gate.ARTWORK_PPI, gate.ARTWORK_EDGE_MM),
    # A copy is blurred by itself: that must not excuse it.
    "copy": (gate.ARTWORK_PPI, _ANY_EDGE),
    # Ultraviolet and infrared images have a resolution and a sharpness of their own; only their brightness is told.
    "uv": (gate.ZONE_PPI, _ANY_EDGE),
    "ir": (gate.ZONE_PPI, _ANY_EDGE),
}
"""Least resolution (ppi) and widest edge (mm) of the white image at which a deviation is believed."""

Held = tuple[PageEvidence, Deviation]


@check(
    code="artwork.model",
    title="Is the document like the reference of its model?",
    obligation=Obligation.EVALUATORY,
    reference=_REFERENCE,
    undetermined="no reference of the model is known, or the page could not be held against it",
)
def model(context: Context) -> Outcome:
    """Evaluatory where no reference is known; where a promoted one could not be used, that leaves it open."""
    pages = context.pages
    compared = [page.comparison for page in pages if page.comparison is not None]
    if not compared:
        reasons = [page.unrecognised for page in pages if page.unrecognised]
        if not reasons:
            raise NothingToCheck("no reference was looked for")
        return Outcome(Verdict.UNDETERMINED, reasons[0])
    counts = Obligation.MANDATORY if all(one.counts for one in compared) else Obligation.EVALUATORY
    barred = next((one for one in compared if one.note), None)
    if barred is not None:
        return Outcome(Verdict.UNDETERMINED, barred.note, found=barred.model, obligation=counts)
    worst = min((one.margin for comparison in compared for one in comparison.deviations), default=None)
    name = compared[0].model
    if worst is not None and worst < 0:
        off = sum(one.margin < 0 for comparison in compared for one in comparison.deviations)
        message = f"The model is {name}; {off} of its properties deviate, as the checks of the artwork say."
        # Each has its own check, which counts; this one would count it twice.
        return Outcome(Verdict.SUCCESSFUL, message, found=name, obligation=Obligation.EVALUATORY)
    trial = "" if compared[0].counts else ", a reference on trial"
    return Outcome(Verdict.SUCCESSFUL, f"The page is like the reference {name}{trial}.", worst, found=name)


def _family(name: str, title: str, passes: str, fails: str) -> Callable[[Context], Outcome]:
    """Register the check of one family."""

    def judge(context: Context) -> Outcome:
        return _judged(_held(context, name), passes, fails)

    return check(
        code=f"artwork.{name}",
        title=title,
        obligation=Obligation.MANDATORY,
        reference=_REFERENCE,
        undetermined=_COARSE,
    )(judge)


_family(
    "line_work",
    "Is the line work that of the model?",
    "The line work is that of the model.",
    "The line work differs from that of the model",
)
_family(
    "background",
    "Does the background go on beneath the variable data?",
    "The background goes on beneath the variable data.",
    "The background is broken or disturbed",
)
_family(
    "portrait",
    "Is the portrait joined to the page as on documents of the model?",
    "The portrait is joined to the page as on documents of the model.",
    "The portrait's edge or what runs over it is not as on documents of the model",
)
_family(
    "typeface",
    "Is the variable data printed in the model's type, on its lines?",
    "The variable data is printed in the model's type, on its lines.",
    "Variable data is not printed in the model's type or not on its lines",
)
_family(
    "uv",
    "Does the page shine in ultraviolet as documents of the model do?",
    "The page shines in ultraviolet as documents of the model do.",
    "In ultraviolet the page does not look like documents of the model",
)
_family(
    "ir",
    "Does the page absorb infrared as documents of the model do?",
    "The page absorbs infrared as documents of the model do.",
    "In infrared the page does not look like documents of the model",
)
_family(
    "copy",
    "Are sharpness, colours and fine structure those of an original print?",
    "Sharpness, colours and fine structure are those of the model's print.",
    "Sharpness, colours or fine structure are those of a copy",
)


def family(deviation: Deviation) -> str:
    """The name of the check that asks for a deviation, without its prefix."""
    match deviation.light:
        case Light.UV:
            return "uv"
        case Light.IR:
            return "ir"
        case _:
            return FAMILIES[deviation.property]


def _held(context: Context, name: str) -> list[Held]:
    """The deviations of one family; raises `NothingToCheck` where none was compared."""
    held = [
        (page, one)
        for page in context.pages
        if page.comparison is not None and not page.comparison.note
        for one in page.comparison.deviations
        if family(one) == name
    ]
    if not held:
        raise NothingToCheck("nothing of this family was compared")
    return held


def _judged(held: Sequence[Held], passes: str, fails: str) -> Outcome:
    counts = all(page.comparison is not None and page.comparison.counts for page, _ in held)
    obligation = Obligation.MANDATORY if counts else Obligation.EVALUATORY
    deviating = [one for one in held if one[1].margin < 0]
    seen, doubts = _seen(deviating)
    if seen:
        return _deviates(seen, fails, obligation)
    if doubts:
        doubt, page = doubts[0]
        return Outcome(Verdict.UNDETERMINED, str(doubt), where=doubt.where, picture=page.picture, obligation=obligation)
    outcome = fine(passes, margin=min(1.0, *(one.margin for _, one in held)), details=_compared(held))
    return replace(outcome, obligation=obligation)


def _seen(deviating: Iterable[Held]) -> tuple[list[Held], list[tuple[CannotTell, PageEvidence]]]:
    """Those that the picture shows well enough, the worst first, and why the others are not judged."""
    seen: list[Held] = []
    doubts: list[tuple[CannotTell, PageEvidence]] = []
    for page, one in sorted(deviating, key=lambda pair: pair[1].margin):
        ppi, edge_mm = _NEEDS[family(one)]
        try:
            gate.require(page.page, one.rect, ppi=ppi, edge_mm=edge_mm, what=f"the comparison of {one.region}")
        except CannotTell as doubt:
            doubts.append((doubt, page))
        else:
            seen.append((page, one))
    return seen, doubts


def _deviates(seen: Sequence[Held], fails: str, obligation: Obligation) -> Outcome:
    page, worst = seen[0]
    here = [one for other, one in seen if other is page]
    regions = list(dict.fromkeys(one.region for _, one in seen))
    return Outcome(
        Verdict.FAILED,
        f"{fails}: look at {_named(regions)}.",
        max(-1.0, worst.margin),
        tuple(page.page.quad(one.rect) for one in here[:_MOST_PLACES]),
        found=f"{worst.region}, {worst.property.value}: {worst.found}",
        expected=worst.expected,
        details=tuple(_told(one) for _, one in seen),
        picture=page.picture,
        obligation=obligation,
    )


def _named(regions: Sequence[str]) -> str:
    more = f" and {len(regions) - _MOST_NAMED} more" if len(regions) > _MOST_NAMED else ""
    named = [*regions[:_MOST_NAMED]]
    if len(named) > 1 and not more:
        return f"{', '.join(named[:-1])} and {named[-1]}"
    return ", ".join(named) + more


def _told(one: Deviation) -> str:
    return (
        f"{one.region} under {one.light.value} light, {one.property.value}: {one.found}, expected {one.expected} "
        f"(margin {one.margin:+.2f})."
    )


def _compared(held: Sequence[Held]) -> tuple[str, ...]:
    page = held[0][0]
    name = page.comparison.model if page.comparison else ""
    regions = len({one.region for _, one in held})
    return (f"{len(held)} properties of {regions} regions were held against the reference {name}.",)
