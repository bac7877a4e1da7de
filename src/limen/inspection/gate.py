"""The capture-quality gate: a check of print that the picture does not show well enough is not asked.

`require` is called by a check with the place that it is about to judge; where the picture does not suffice it raises
`CannotTell` with one sentence that says what to do better, so that the check is *undetermined*, never failed
(TR-03135-1 v2.5, 3.5.2). What each examination needs: `docs/capture.md`.
"""

from __future__ import annotations

from limen.inspection.context import CannotTell, NothingToCheck
from limen.vision.light import Light
from limen.vision.page import Page, Rect, Sheet, cut_off

ZONE_PPI = 120.0
"""To read and judge the machine readable zone: a character's pitch is 12 pixels."""
TEXT_PPI = 200.0
"""To read the small print of the visual zone: its letters of 1.5 mm are 12 pixels high."""
ARTWORK_PPI = 300.0
"""To compare line work and typefaces with a reference: lines of 0.1 mm are a pixel wide (TR-03135-1 asks for 385)."""
TEXT_EDGE_MM = 0.45
"""Sharpness for reading: three tenths of a small letter's height."""
ARTWORK_EDGE_MM = 0.25
"""Sharpness for line work."""
GLARE_SHARE = 0.1
"""Share of a place under glare from which it cannot be judged."""
OUTSIDE_SHARE = 0.02
"""Share of a place outside the picture from which it cannot be judged."""


def require(
    page: Page, rect: Rect | None = None, *, ppi: float = 0.0, edge_mm: float = 10.0, what: str = "this examination"
) -> None:
    """Return where the white picture shows a place of the page (the whole page for None) well enough for `what`.

    Raises `CannotTell` with the advice where its resolution or sharpness does not suffice, and where glare or the
    picture's own edge hides the place.
    """
    width, height = page.size_mm
    place = rect if rect is not None else (0.0, 0.0, width, height)
    quality = page.quality
    where = (page.quad(place),)
    if quality.ppi < ppi:
        raise CannotTell(f"Move closer: {quality.ppi:.0f} ppi, {ppi:.0f} needed for {what}.", where)
    if quality.edge_mm > edge_mm:
        raise CannotTell(
            f"Hold the document still and in focus: its edges of print are {quality.edge_mm:.2f} mm wide, at most "
            f"{edge_mm:.2f} mm will do for {what}.",
            where,
        )
    if covered(place, quality.glare) > GLARE_SHARE:
        raise CannotTell(f"Glare covers {what}: turn the document or the lamp.", where)
    if outside(page, place) > OUTSIDE_SHARE:
        raise CannotTell(f"The picture cuts off {what}: show the whole page.", where)


def lit(page: Page, light: Light) -> Sheet:
    """The page under a light.

    Raises `NothingToCheck` where no such image was given, `CannotTell` with the reason where it could not be laid
    over the white one.
    """
    if light in page.sheets:
        return page.sheets[light]
    if light in page.problems:
        raise CannotTell(page.problems[light])
    raise NothingToCheck(f"no image under {light.value} light")


def covered(rect: Rect, places: tuple[Rect, ...]) -> float:
    """The share of a rectangle that others cover, at most 1."""
    left, top, width, height = rect
    area = sum(
        max(0.0, min(left + width, x + w) - max(left, x)) * max(0.0, min(top + height, y + h) - max(top, y))
        for x, y, w, h in places
    )
    return min(1.0, area / max(width * height, 1e-9))


def outside(page: Page, rect: Rect) -> float:
    """The share of a rectangle of the page that lies outside the white image."""
    return cut_off(page.white.to_image, page.white.image_size, rect)
