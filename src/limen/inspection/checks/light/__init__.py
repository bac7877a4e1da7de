"""One check for each generic check routine of TR-03135-1 v2.5, table 5.3, and Doc 9303-2, Appendix C.

Where the model is known and has the feature, its reference says what must be seen. Else the routines that hold for
every document are judged by what holds for every document, and the others are not run. A reference on trial takes no
general rule's place: it only adds, evaluatory, what it objects to where the rule has no objection. Nor does any
reference take the place of the rule for the zone's ink, which holds for all documents and looks at each character.
General rules that count for nothing themselves give way to any reference.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Final, NamedTuple

from limen.inspection.checks.light import generic, known
from limen.inspection.context import CannotTell, Context, NothingToCheck
from limen.inspection.outcome import Outcome
from limen.inspection.registry import Judge, check
from limen.inspection.result import Obligation, Verdict
from limen.vision.lighting import CATALOGUE, LightCode


class Generic(NamedTuple):
    """How a routine is judged where no model is known."""

    judge: Callable[[Context], Outcome]
    obligation: Obligation
    reference: str
    undetermined: str


_WRONG_IMAGE: Final = "or the image shows nothing, or looks like a white-light one"

GENERIC: Final = {
    LightCode.parse(code): how
    for code, how in {
        "(IR, AB, MR)": Generic(
            generic.zone_absorbs,
            Obligation.MANDATORY,
            "Doc 9303-3, 4.5 and 4.11; TR-03135-1 v2.5, 5.5.4.1.2 and 5.5.4.2",
            f"a character keeps {generic.VANISHES_BELOW:.0%} to {generic.ABSORBS_FROM:.0%} of its white-light "
            f"contrast; the image is overexposed; {_WRONG_IMAGE}",
        ),
        "(UV, BR, FU)": Generic(
            generic.paper_dull,
            Obligation.MANDATORY,
            "Doc 9303-2, A.5.1.1; TR-03135-1 v2.5, 5.5.4.2",
            f"the glow lies between {generic.DULL_TO:.0f} and {generic.BRIGHT_FROM:.0f}; {_WRONG_IMAGE}",
        ),
        "(VI, AB, MR)": Generic(
            generic.zone_visible,
            Obligation.MANDATORY,
            "Doc 9303-3, 4.5 and 4.11",
            f"the zone's contrast lies between {generic.FAINT_BELOW} and {generic.VISIBLE_FROM}",
        ),
        "(UV, BR, MR)": Generic(
            generic.zone_paper_even,
            Obligation.OPTIONAL,
            "Doc 9303-2, C.3",
            f"a place is {generic.PATCH_TO} to {generic.PATCH_FROM} times as bright as the paper, or brighter in a "
            f"grey image; {_WRONG_IMAGE}",
        ),
        "(UV, BR, PH)": Generic(
            generic.portrait_dull,
            Obligation.OPTIONAL,
            "Doc 9303-2, C.3",
            f"it is {generic.PORTRAIT_TO} to {generic.PORTRAIT_FROM} times as bright as the paper; {_WRONG_IMAGE}",
        ),
        "(UV, LU, IS)": Generic(
            generic.fluorescent_print,
            Obligation.EVALUATORY,
            "Doc 9303-2, A.5.2.2 and C.3",
            f"hardly anything shines; the paper does; {_WRONG_IMAGE}",
        ),
        "(IR, TR, IS)": Generic(
            generic.coloured_print_vanishes,
            Obligation.OPTIONAL,
            "Doc 9303-2, C.3",
            f"{generic.HIDDEN_TO:.0%} to 90% of the print is still seen; there is too little of it; {_WRONG_IMAGE}",
        ),
    }.items()
}
"""By code."""
ALWAYS: Final = frozenset({LightCode.parse("(IR, AB, MR)")})
"""General rules that a known model adds to and never replaces."""


def _register(code: LightCode) -> None:
    how = GENERIC.get(code)
    check(
        code=code.dotted,
        title=code.question,
        obligation=how.obligation if how else Obligation.OPTIONAL,
        reference=how.reference if how else "TR-03135-1 v2.5, 5.5.4.2; Doc 9303-2, C.3",
        undetermined=how.undetermined if how else "the figure lies just beyond its tolerance, or its image is unfit",
    )(_judge(code, how))


def _judge(code: LightCode, how: Generic | None) -> Judge:
    def judge(context: Context) -> Outcome:
        if known.features_of(context, code):
            return known.judge(context, code) if how is None else _by_model(context, code, how)
        if known.asked(context, code):
            raise _missing(context, code)
        if how is None:
            raise NothingToCheck(f"no model that has {code}")
        return how.judge(context)

    return judge


def _by_model(context: Context, code: LightCode, how: Generic) -> Outcome:
    """By the model's features, by the general rule, or by whichever objects: see the module."""
    logged = how.obligation is Obligation.EVALUATORY
    if (logged or known.counts(context, code)) and code not in ALWAYS:
        return known.judge(context, code)
    special: Outcome | None = None
    with suppress(CannotTell):
        special = known.judge(context, code)
    if special is None or special.verdict is not Verdict.FAILED:
        return how.judge(context)
    try:
        general = how.judge(context)
    except CannotTell:
        return special
    return general if general.verdict is Verdict.FAILED else special


def _missing(context: Context, code: LightCode) -> Exception:
    for one in context.evidence.pages:
        if code.light in one.page.problems:
            return CannotTell(one.page.problems[code.light])
    return NothingToCheck(f"no image {code.lit}")


for _code in CATALOGUE:
    _register(_code)
