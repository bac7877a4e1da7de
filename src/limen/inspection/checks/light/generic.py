"""The checks that hold for every document, its model known or not.

TR-03135-1 v2.5, 5.5.4.2 names (IR, AB, MR) and, with restrictions on accuracy, (UV, BR, FU). The others here follow
from Doc 9303: black print in the zone (part 3, 4.11), and what a portrait, scraped paper and toner look like when
they are held against the same page.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from limen.inspection.checks.light.seen import Seen, require_infrared, require_ultraviolet, sides, zone_side
from limen.inspection.context import CannotTell, Context, NothingToCheck
from limen.inspection.gate import require
from limen.inspection.outcome import Outcome
from limen.inspection.result import Verdict
from limen.vision.light import Light
from limen.vision.lighting import glow, zone_ink, zone_rect
from limen.vision.lighting.paper import colourless
from limen.vision.lighting.paper import glow as paper_glow
from limen.vision.lighting.zone import ZoneInk, character_rects, portrait_core
from limen.vision.page import Rect, Side

ABSORBS_FROM: Final = 0.5
"""Share of a character's white-light contrast that is left in infrared: from this on it absorbs."""
VANISHES_BELOW: Final = 0.3
"""Below this it does not; between the two nothing is said."""
SATURATED_FROM: Final = 0.8
"""Share of the zone as bright as the image can show, from which a faint print may have been lost to overexposure."""
DULL_TO: Final = 60.0
"""Glow of the paper (see `lighting.paper.glow`), in levels, up to which it has no brighteners."""
BRIGHT_FROM: Final = 85.0
"""From here on it shines as office paper does. An image without colour fails nothing: its brightness may be a strong
lamp's (dull paper measured 86 under twice the strength), or another light's than ultraviolet."""
VISIBLE_FROM: Final = 0.45
"""Median print contrast signal of the zone in white light: from here on it is black print on light paper."""
FAINT_BELOW: Final = 0.25
"""Below this it is not."""
PATCH_TO: Final = 1.2
"""Brightness of a place of the zone's paper in ultraviolet over the page's: up to here it is the same paper."""
PATCH_FROM: Final = 1.35
"""From here on its surface is broken, or it is other paper."""
PORTRAIT_TO: Final = 1.3
"""The same of the portrait."""
PORTRAIT_FROM: Final = 1.6
"""From here on it is a photograph on paper of its own, or glue."""
PRINT_FROM: Final = 0.01
"""Share of the page that shines from which there is fluorescent print."""
NO_PRINT_BELOW: Final = 0.002
"""Below this there is none."""
BLANK: Final = "In infrared neither paper nor print is seen, as on a display: see whether the infrared lamp lights."
HIDDEN_TO: Final = 0.75
"""Share of the white-light print still seen in infrared, up to which coloured inks vanish as they should."""
LEAST_PRINT: Final = 300
"""Half-millimetre spots of print outside the zone that are needed to say so."""


def zone_visible(context: Context) -> Outcome:
    """(VI, AB, MR)."""
    seen = zone_side(context, Light.WHITE)
    rect = zone_rect(seen.page.format)
    require(seen.page, rect, what="the machine readable zone")
    figure = float(np.median(seen.zone_contrasts))
    found, expected = f"contrast {figure:.2f}", f"at least {VISIBLE_FROM}"
    margin = (figure - VISIBLE_FROM) / VISIBLE_FROM
    if figure >= VISIBLE_FROM:
        message = "The machine readable zone is dark print on light paper."
        return seen.outcome(Verdict.SUCCESSFUL, message, margin, found=found, expected=expected)
    if figure >= FAINT_BELOW:
        message = "The machine readable zone is faint in white light: take a sharper picture in more even light."
        return seen.outcome(Verdict.UNDETERMINED, message, None, rect, found=found, expected=expected)
    message = "Where the machine readable zone belongs no dark print is seen in white light."
    return seen.outcome(Verdict.FAILED, message, margin, rect, found=found, expected=expected)


def zone_absorbs(context: Context) -> Outcome:
    """(IR, AB, MR), the B900 test: each character is held against itself in white light."""
    seen = zone_side(context, Light.IR)
    require_infrared(seen)
    if seen.blank:
        return _nothing_in_infrared(seen)
    require(seen.page, zone_rect(seen.page.format), what="the machine readable zone")
    ink = zone_ink(seen.page, seen.sheet, seen.white.zone_contrasts)
    if ink.printed.sum() < 10:
        raise CannotTell("The zone's print is too faint in white light to be held against infrared.")
    worst = float(ink.ratios.min())
    found, expected = f"{worst:.0%} of the white-light contrast", f"at least {ABSORBS_FROM:.0%} in every character"
    margin = (worst - ABSORBS_FROM) / ABSORBS_FROM
    if worst >= ABSORBS_FROM:
        message = "Every character of the machine readable zone absorbs infrared."
        return seen.outcome(Verdict.SUCCESSFUL, message, margin, found=found, expected=expected)
    if ink.saturated >= SATURATED_FROM:
        raise CannotTell("The infrared image is overexposed at the zone: take it again with less light.")
    rects = _below(ink, seen, ABSORBS_FROM)
    if worst >= VANISHES_BELOW:
        message = "Some characters of the machine readable zone are faint in infrared: look at them in both lights."
        return seen.outcome(Verdict.UNDETERMINED, message, None, *rects, found=found, expected=expected)
    return seen.outcome(Verdict.FAILED, _vanishing(ink), margin, *rects, found=found, expected=expected)


def paper_dull(context: Context) -> Outcome:
    """(UV, BR, FU) on every side that was captured; the worst counts."""
    judged = []
    for seen in sides(context, Light.UV):
        require_ultraviolet(seen)
        paper = seen.paper
        judged.append((paper_glow(paper), not colourless(paper), seen))
    figure, coloured, seen = max(judged, key=lambda one: one[0])
    found, expected = f"glow {figure:.0f}", f"at most {DULL_TO:.0f}"
    threshold = math.sqrt(DULL_TO * BRIGHT_FROM)
    margin = math.log2(threshold / max(figure, 1.0)) / 2
    whole = (0.0, 0.0, *seen.page.size_mm)
    if figure <= DULL_TO:
        message = "The paper does not shine in ultraviolet."
        return seen.outcome(Verdict.SUCCESSFUL, message, margin, found=found, expected=expected)
    if not coloured and figure >= BRIGHT_FROM:
        message = "The ultraviolet image is bright and grey: see that it is one, and look at the paper under the lamp."
        return seen.outcome(Verdict.UNDETERMINED, message, None, whole, found=found, expected=expected)
    if figure < BRIGHT_FROM:
        message = "The paper shines a little in ultraviolet, or the lamp is strong: hold it beside one known as good."
        return seen.outcome(Verdict.UNDETERMINED, message, None, whole, found=found, expected=expected)
    message = "The paper shines blue-white in ultraviolet, as office paper does."
    return seen.outcome(Verdict.FAILED, message, margin, whole, found=found, expected=expected)


def zone_paper_even(context: Context) -> Outcome:
    """(UV, BR, MR): scraping breaks the paper's surface, which then shines where the rest of the zone does not."""
    seen = zone_side(context, Light.UV)
    require_ultraviolet(seen)
    rect = zone_rect(seen.page.format)
    paper = seen.paper
    patches = glow.patches(seen.sheet.crop(rect), paper)
    row, column = np.unravel_index(int(patches.argmax()), patches.shape)
    side = rect[2] / patches.shape[1]
    spot = (rect[0] + (column - 0.5) * side, rect[1] + (row - 0.5) * side, 2 * side, 2 * side)
    figure = float(patches.max())
    if figure > PATCH_TO and colourless(paper):
        raise CannotTell("A place at the zone shines in ultraviolet, but the image is grey: look at it under the lamp.")
    reason = "A place at the machine readable zone shines in ultraviolet: it may have been scraped or covered."
    limits = (PATCH_TO, PATCH_FROM)
    return _patch(seen, figure, spot, limits=limits, what="machine readable zone", shining=reason)


def portrait_dull(context: Context) -> Outcome:
    """(UV, BR, PH): photographic paper and glue shine, a portrait printed into the page does not."""
    for seen in sides(context, Light.UV):
        if seen.page.side is Side.FRONT:
            require_ultraviolet(seen)
            rect = portrait_core(seen.page)
            figure = glow.shine(seen.sheet, rect, seen.paper)
            reason = "The portrait shines in ultraviolet: a photograph may have been pasted on."
            limits = (PORTRAIT_TO, PORTRAIT_FROM)
            return _patch(seen, figure, rect, limits=limits, what="portrait", shining=reason)
    raise NothingToCheck("no ultraviolet image of the side with the portrait")


def fluorescent_print(context: Context) -> Outcome:
    """(UV, LU, IS): Doc 9303-2, A.5.2.2 lists fluorescent ink among the basic features."""
    for seen in sides(context, Light.UV):
        if seen.page.side is Side.FRONT:
            return _fluorescent(seen)
    raise NothingToCheck("no ultraviolet image of the front")


def coloured_print_vanishes(context: Context) -> Outcome:
    """(IR, TR, IS): toner is carbon, so on a black-and-white copy all that white light shows is seen in infrared."""
    judged = []
    for seen in sides(context, Light.IR):
        require_infrared(seen)
        if seen.blank:
            return _nothing_in_infrared(seen)
        share, spots = seen.kept
        if spots >= LEAST_PRINT:
            judged.append((share, seen))
    if not judged:
        raise CannotTell("White light shows too little print to see whether it vanishes in infrared.")
    figure, seen = max(judged, key=lambda pair: pair[0])
    found, expected = f"{figure:.0%} of the print is still seen", f"at most {HIDDEN_TO:.0%}"
    margin = (HIDDEN_TO - figure) / (HIDDEN_TO if figure <= HIDDEN_TO else 1 - HIDDEN_TO)
    whole = (0.0, 0.0, *seen.page.size_mm)
    if figure <= HIDDEN_TO:
        message = "Coloured print vanishes in infrared."
        return seen.outcome(Verdict.SUCCESSFUL, message, margin, found=found, expected=expected)
    if figure < 0.9:
        message = "Most of the print is seen in infrared, too: look whether the coloured line work vanishes."
        return seen.outcome(Verdict.UNDETERMINED, message, None, whole, found=found, expected=expected)
    message = "All print, even fine line work, is seen in infrared, as on a black-and-white copy."
    return seen.outcome(Verdict.FAILED, message, margin, whole, found=found, expected=expected)


def _below(ink: ZoneInk, seen: Seen, limit: float) -> tuple[Rect, ...]:
    """The characters below the limit; the whole zone where they are most of it."""
    low = ink.ratios < limit
    if low.sum() > 8:
        return (zone_rect(seen.page.format),)
    rects = character_rects(seen.page.format)
    return tuple(rects[line][column] for line, column in np.argwhere(low))


def _nothing_in_infrared(seen: Seen) -> Outcome:
    return seen.outcome(
        Verdict.FAILED, BLANK, -1.0, (0.0, 0.0, *seen.page.size_mm), found="nothing", expected="paper and print"
    )


def _vanishing(ink: ZoneInk) -> str:
    gone, printed = int((ink.ratios < VANISHES_BELOW).sum()), int(ink.printed.sum())
    if gone < 0.5 * printed:
        verb = "character does" if gone == 1 else "characters do"
        return f"{gone} {verb} not absorb infrared while the rest of the zone does: look for a change there."
    return "The machine readable zone is printed in ink that does not absorb infrared."


def _patch(seen: Seen, figure: float, rect: Rect, *, limits: tuple[float, float], what: str, shining: str) -> Outcome:
    same, other = limits
    found, expected = f"{figure:.2f} times the page's paper", f"at most {same}"
    margin = ((same + other) / 2 - figure) / ((same + other) / 2 - 0.5)
    if figure <= same:
        message = f"The {what} is no brighter in ultraviolet than the paper."
        return seen.outcome(Verdict.SUCCESSFUL, message, margin, found=found, expected=expected)
    if figure < other:
        message = f"The {what} is somewhat brighter in ultraviolet than the paper: look at it under the lamp."
        return seen.outcome(Verdict.UNDETERMINED, message, None, rect, found=found, expected=expected)
    return seen.outcome(Verdict.FAILED, shining, margin, rect, found=found, expected=expected)


def _fluorescent(seen: Seen) -> Outcome:
    require_ultraviolet(seen)
    paper = seen.paper
    if paper_glow(paper) > DULL_TO:
        raise CannotTell("The paper shines so brightly in ultraviolet that no print can be seen on it.")
    figure = float(glow.shining(seen.sheet.image[::2, ::2], paper).mean())
    found, expected = f"{figure:.1%} of the page shines", f"at least {PRINT_FROM:.0%}"
    margin = math.log2(max(figure, 1e-4) / PRINT_FROM) / 4
    whole = (0.0, 0.0, *seen.page.size_mm)
    if figure >= PRINT_FROM:
        return seen.outcome(Verdict.SUCCESSFUL, "Fluorescent print is seen.", margin, found=found, expected=expected)
    if figure >= NO_PRINT_BELOW:
        message = "Hardly anything on the page shines in ultraviolet: look at it under a stronger lamp."
        return seen.outcome(Verdict.UNDETERMINED, message, None, whole, found=found, expected=expected)
    message = "Nothing on the page shines in ultraviolet: no fluorescent print, no fibres."
    return seen.outcome(Verdict.FAILED, message, margin, whole, found=found, expected=expected)
