"""Whether the picture is good enough, and what to do better (TR-03135-1 v2.5, 5.2 and 5.3: capture and its quality).

A poor picture is no fault of the document: these checks are *undetermined*, never failed. They are evaluatory, since
each examination that needs more than the picture shows is itself undetermined by the gate (`limen.inspection.gate`);
a telephone's picture whose zone reads perfectly stays "no irregularity found" where nothing more was asked. An image
of another light that could not be used counts all the same: by `shown.examined`, and by each check of that light. See
`docs/capture.md`.
"""

from __future__ import annotations

from collections.abc import Iterable

from limen.inspection.context import Context, NothingToCheck
from limen.inspection.evidence import PageEvidence
from limen.inspection.gate import (
    ARTWORK_EDGE_MM,
    ARTWORK_PPI,
    OUTSIDE_SHARE,
    TEXT_EDGE_MM,
    TEXT_PPI,
    ZONE_PPI,
)
from limen.inspection.outcome import Outcome, fine
from limen.inspection.registry import check
from limen.inspection.result import Obligation, Verdict
from limen.vision.page import Page, Rect, Side, cut_off

DARK = 0.35
"""Brightness of the bare paper below which fine print drowns in noise; reader captures lie at 0.75 to 1."""
BRIGHT = 0.995
"""Brightness from which the paper's own print is burnt out."""
BORDER_MM = 3.0
"""Depth of the band by which an edge is held for cut off, where half of it lies outside."""


@check(
    code="capture.page",
    title="Was the page found in the picture?",
    obligation=Obligation.EVALUATORY,
    reference="TR-03135-1 v2.5, 5.2; Doc 9303-4 to -7, 2",
    undetermined="no page was found; only the machine readable zone was examined then",
)
def page_found(context: Context) -> Outcome:
    """Without a page there is nothing to lay flat, and nothing but the zone is examined."""
    if context.evidence.pages:
        found = ", ".join(f"{one.page.format.value} {one.page.side.value}" for one in context.pages)
        return fine("The page was found.", found=found)
    if not context.evidence.unlocated:
        raise NothingToCheck("no page was looked for")
    return Outcome(Verdict.UNDETERMINED, context.evidence.unlocated)


@check(
    code="capture.resolution",
    title="Does the picture show the page finely enough for every examination?",
    obligation=Obligation.EVALUATORY,
    reference="TR-03135-1 v2.5, 5.2",
    undetermined=f"the page has less than {ARTWORK_PPI:.0f} pixels an inch; from {TEXT_PPI:.0f} on its text is read, "
    f"from {ZONE_PPI:.0f} on its zone",
)
def resolution(context: Context) -> Outcome:
    """The least of both directions over the page, so that a tilted picture is judged by its far end."""
    worst = min(context.pages, key=lambda one: one.page.quality.ppi)
    ppi = worst.page.quality.ppi
    if ppi >= ARTWORK_PPI:
        return fine(f"The page is shown at {ppi:.0f} pixels an inch.", margin=_over(ppi, ARTWORK_PPI))
    needed, purpose = next(need for need in _NEEDS if ppi < need[0])
    return _better(
        worst, f"Move closer: {ppi:.0f} ppi, {needed:.0f} needed {purpose}.", margin=_over(ppi, ARTWORK_PPI),
        found=f"{ppi:.0f} ppi", expected=f"{ARTWORK_PPI:.0f} ppi",
    )  # fmt: skip


_NEEDS = (
    (ZONE_PPI, "to examine the machine readable zone"),
    (TEXT_PPI, "to read the text"),
    (ARTWORK_PPI, "to compare the artwork"),
)


@check(
    code="capture.sharpness",
    title="Is the picture sharp enough for every examination?",
    obligation=Obligation.EVALUATORY,
    reference="TR-03135-1 v2.5, 5.2; ISO 12233",
    undetermined=f"the sharpest edges of print are wider than {ARTWORK_EDGE_MM:.2f} mm; up to {TEXT_EDGE_MM:.2f} mm "
    "the text is read",
)
def sharpness(context: Context) -> Outcome:
    """By the width of the sharpest edges of print, in millimetres, whatever the resolution."""
    worst = max(context.pages, key=lambda one: one.page.quality.edge_mm)
    width = worst.page.quality.edge_mm
    if width <= ARTWORK_EDGE_MM:
        return fine(f"Edges of print are {width:.2f} mm wide.", margin=_over(ARTWORK_EDGE_MM, width))
    purpose = "to read the text" if width > TEXT_EDGE_MM else "to compare the artwork"
    least = TEXT_EDGE_MM if width > TEXT_EDGE_MM else ARTWORK_EDGE_MM
    return _better(
        worst,
        f"Hold the document still and in focus: edges of print are {width:.2f} mm wide, at most {least:.2f} mm will do "
        f"{purpose}.",
        margin=_over(ARTWORK_EDGE_MM, width), found=f"{width:.2f} mm", expected=f"{ARTWORK_EDGE_MM:.2f} mm",
    )  # fmt: skip


@check(
    code="capture.glare",
    title="Is the page free of glare?",
    obligation=Obligation.EVALUATORY,
    reference="TR-03135-1 v2.5, 5.2",
    undetermined="light is mirrored so strongly that print under it is lost",
)
def glare(context: Context) -> Outcome:
    """What lies under glare is not judged; the rest is."""
    for one in context.pages:
        spots = one.page.quality.glare
        if spots:
            over = " and ".join(sorted({_part(one.page, spot) for spot in spots}))
            return _better(one, f"Glare over {over}: turn the document or the lamp.", spots)
    return fine("No glare covers the print.")


@check(
    code="capture.whole",
    title="Does the picture show the whole page?",
    obligation=Obligation.EVALUATORY,
    reference="TR-03135-1 v2.5, 5.2",
    undetermined=f"more than {OUTSIDE_SHARE:.0%} of the page lies outside the picture",
)
def whole(context: Context) -> Outcome:
    """A reader may cut off a sliver of the edge; that does no harm."""
    for one in context.pages:
        if one.page.quality.outside > OUTSIDE_SHARE:
            edges = " and ".join(_missing(one.page)) or "a corner"
            verb = "are" if " and " in edges else "is"
            return _better(one, f"{edges.capitalize()} of the page {verb} outside the picture: show the whole page.")
    return fine("The whole page is in the picture.")


@check(
    code="capture.exposure",
    title="Is the picture neither too dark nor too bright?",
    obligation=Obligation.EVALUATORY,
    reference="TR-03135-1 v2.5, 5.2",
    undetermined=f"the bare paper's brightness is below {DARK:.0%} or above {BRIGHT:.1%} of what the image can show",
)
def exposure(context: Context) -> Outcome:
    """By the bare paper, which every document has."""
    for one in context.pages:
        level = one.page.quality.exposure
        if level < DARK:
            return _better(one, "The picture is too dark: give more light.", found=f"{level:.0%}")
        if level > BRIGHT:
            return _better(one, "The picture is too bright: give less light or expose less.", found=f"{level:.0%}")
    return fine("The paper is well exposed.")


@check(
    code="capture.lights",
    title="Do the images of the other lights show the same page?",
    obligation=Obligation.EVALUATORY,
    reference="TR-03135-1 v2.5, 5.5",
    undetermined="an image could not be laid over the white one: it shows another document, nothing, or another light",
)
def lights(context: Context) -> Outcome:
    """An image that was given in vain is told; one that was not given is none of this check's business."""
    for one in context.pages:
        if one.page.problems:
            first, *others = dict.fromkeys(one.page.problems.values())
            return Outcome(Verdict.UNDETERMINED, first, details=tuple(others), picture=one.picture)
    sheets = [sheet for one in context.pages for sheet in one.page.sheets.values() if sheet is not one.page.white]
    if not sheets:
        raise NothingToCheck("no image under another light")
    surest = min(sheet.agreement for sheet in sheets)
    return fine("The images of all lights show the same page.", details=(f"They agree by {surest:.0%} at least.",))


def _better(
    one: PageEvidence, message: str, rects: Iterable[Rect] = (), *, margin: float | None = None,
    found: str | None = None, expected: str | None = None,
) -> Outcome:  # fmt: skip
    where = tuple(one.page.quad(rect) for rect in rects)
    return Outcome(
        Verdict.UNDETERMINED, message, margin, where, found=found, expected=expected, picture=one.picture
    )  # fmt: skip


def _over(value: float, least: float) -> float:
    """How far a figure lies over (or under) what is needed, -1 to +1."""
    return max(-1.0, min(1.0, value / max(least, 1e-6) - 1))


def _part(page: Page, rect: Rect) -> str:
    """What a place of the page holds, in words: zones V, III and VII of Doc 9303-4 to -7."""
    width, height = page.size_mm
    x, y = rect[0] + rect[2] / 2, rect[1] + rect[3] / 2
    if page.zone_lines and y > height - 23.2:
        return "the machine readable zone"
    if page.side is Side.FRONT and x < 0.34 * width and y > 0.15 * height:
        return "the portrait"
    return "the text"


def _missing(page: Page) -> list[str]:
    """The edges that lie outside the picture."""
    width, height = page.size_mm
    bands: dict[str, Rect] = {
        "the upper edge": (0.0, 0.0, width, BORDER_MM),
        "the lower edge": (0.0, height - BORDER_MM, width, BORDER_MM),
        "the left edge": (0.0, 0.0, BORDER_MM, height),
        "the right edge": (width - BORDER_MM, 0.0, BORDER_MM, height),
    }
    white = page.white
    return [name for name, band in bands.items() if cut_off(white.to_image, white.image_size, band) > 0.5]
