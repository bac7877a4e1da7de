"""What the light checks look at: a page under one light, and the reasons why it cannot be judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from limen.inspection.context import CannotTell, Context, NothingToCheck
from limen.inspection.evidence import PageEvidence
from limen.inspection.outcome import Outcome
from limen.inspection.result import Obligation, Verdict
from limen.vision.light import Light
from limen.vision.lighting import has_zone, plausible
from limen.vision.lighting.paper import bare_paper
from limen.vision.lighting.zone import zone_contrasts
from limen.vision.page import Page, Rect, Sheet

T = TypeVar("T")

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

    @property
    def paper(self) -> tuple[float, float, float]:
        """Red, green and blue of the page's bare paper."""
        return self.once("paper", lambda: bare_paper(self.sheet.image))

    @property
    def kept(self) -> tuple[float, int]:
        """How much of the white-light print is seen: `plausible.kept`."""
        return self.once("kept", lambda: plausible.kept(self.page, self.sheet))

    @property
    def plain(self) -> bool:
        """Whether nothing of a page is seen."""
        return self.once("plain", lambda: plausible.plain(self.sheet.image))

    @property
    def blank(self) -> bool:
        """Whether neither paper nor print is seen, in infrared."""
        return plausible.level_of(self.paper) < plausible.DARK_BELOW and self.plain

    @property
    def coloured(self) -> bool:
        """Whether the page is printed, and shown, in colour."""
        return self.once("coloured", lambda: plausible.colourful(self.sheet.image) >= COLOURED_FROM)

    @property
    def zone_contrasts(self) -> NDArray[np.float64]:
        """The contrast of each character of the zone."""
        return self.once("zone", lambda: zone_contrasts(self.page.format, self.sheet))

    @property
    def white(self) -> Seen:
        """The same side in white light."""
        return Seen(self.evidence, self.page.white)

    def once(self, what: str, measure: Callable[[], T]) -> T:
        """What `measure` gives, the first time that any check asks for it on this sheet."""
        kept = self.evidence.measured
        key = (self.sheet.light, what)
        if key not in kept:
            kept[key] = measure()
        return cast("T", kept[key])

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
    if plausible.level_of(seen.paper) < UNLIT_BELOW:
        raise CannotTell("The infrared image is black: see whether the infrared lamp lights, and take it again.")
    if seen.coloured or (seen.white.coloured and seen.kept[0] >= ALL_KEPT_FROM):
        raise CannotTell(
            "The infrared image looks like a white-light one, coloured print and all: take it again under the "
            "infrared lamp."
        )


def require_ultraviolet(seen: Seen) -> None:
    """Raise `CannotTell` for an ultraviolet image that shows nothing, or is none."""
    if seen.plain:
        raise CannotTell(
            "Nothing of the page is seen in the ultraviolet image: see whether the ultraviolet lamp lights, and "
            "take it again without other light."
        )
    if plausible.white_like(seen.paper) and seen.kept[0] >= ALL_KEPT_FROM:
        raise CannotTell(
            "The ultraviolet image looks like a white-light one: take it again under the ultraviolet lamp, without "
            "other light."
        )
