"""What the light checks look at: a page under one light, and the reasons why it cannot be judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from limen.inspection.context import CannotTell, Context, NothingToCheck
from limen.inspection.evidence import PageEvidence
from limen.inspection.outcome import Outcome
from limen.inspection.result import Obligation, Verdict
from limen.vision.light import Light
from limen.vision.lighting import has_zone, plausible
from limen.vision.page import Page, Rect, Sheet

UNLIT_BELOW: Final = 8.0
"""Brightness of the paper in infrared, 0 to 255, below which the lamp is held not to have lit. Infrared paper
measured 97 and more at half the lamp's strength, a display 12 to 47."""
COLOURED_FROM: Final = 0.006
"""Spread of the colour over a page from which it is printed, and shown, in colour. Measured: pages in white light
0.008 to 0.034, infrared images and black-and-white copies at most 0.002."""
ALL_KEPT_FROM: Final = 0.9
"""Share of the white-light print that is seen under another light, from which that light hides nothing."""

NAMES: Final = {Light.WHITE: "white-light", Light.IR: "infrared", Light.UV: "ultraviolet"}


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One side of the document under one light."""

    evidence: PageEvidence
    sheet: Sheet

    @property
    def page(self) -> Page:
        """The side under every light."""
        return self.evidence.page

    def outcome(
        self,
        verdict: Verdict,
        message: str,
        margin: float | None,
        *rects: Rect,
        found: str,
        expected: str,
        obligation: Obligation | None = None,
    ) -> Outcome:
        """The outcome with its places; a passed check shows none."""
        where = () if verdict is Verdict.SUCCESSFUL else tuple(self.page.quad(rect) for rect in rects)
        margin = None if margin is None or verdict is Verdict.UNDETERMINED else max(-1.0, min(1.0, margin))
        return Outcome(
            verdict,
            message,
            margin,
            where,
            found=found,
            expected=expected,
            picture=self.evidence.picture,
            obligation=obligation,
        )


def sides(context: Context, light: Light) -> tuple[Seen, ...]:
    """The sides that were captured under that light. Raises `NothingToCheck` where none was, and `CannotTell` where
    its image could not be laid over the white one."""
    seen = tuple(Seen(one, one.page.sheets[light]) for one in context.pages if light in one.page.sheets)
    if seen:
        return seen
    for one in context.pages:
        if light in one.page.problems:
            raise CannotTell(one.page.problems[light])
    raise NothingToCheck(f"no {NAMES[light]} image")


def zone_side(context: Context, light: Light) -> Seen:
    """The side with the zone under that light; raises like `sides`."""
    for one in sides(context, light):
        if has_zone(one.page):
            return one
    raise NothingToCheck(f"no {NAMES[light]} image of the side with the zone")


def require_infrared(seen: Seen) -> None:
    """Raise `CannotTell` for an infrared image that is dark, or is none."""
    image = seen.sheet.image
    if plausible.level_of(image) < UNLIT_BELOW:
        raise CannotTell("The infrared image is black: see whether the infrared lamp lights, and take it again.")
    coloured = plausible.colourful(image) >= COLOURED_FROM
    if coloured or (
        plausible.colourful(seen.page.white.image) >= COLOURED_FROM
        and plausible.kept(seen.page, seen.sheet)[0] >= ALL_KEPT_FROM
    ):
        raise CannotTell(
            "The infrared image looks like a white-light one, coloured print and all: take it again under the "
            "infrared lamp."
        )


def require_ultraviolet(seen: Seen) -> None:
    """Raise `CannotTell` for an ultraviolet image that shows nothing, or is none."""
    image = seen.sheet.image
    if plausible.plain(image):
        raise CannotTell(
            "Nothing of the page is seen in the ultraviolet image: see whether the ultraviolet lamp lights, and "
            "take it again without other light."
        )
    if plausible.white_like(image) and plausible.kept(seen.page, seen.sheet)[0] >= ALL_KEPT_FROM:
        raise CannotTell(
            "The ultraviolet image looks like a white-light one: take it again under the ultraviolet lamp, without "
            "other light."
        )
