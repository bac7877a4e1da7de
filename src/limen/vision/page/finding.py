"""Finds the page in a white image and lays it flat.

1. With a zone: its format is the page's, its characters place the page, the edges refine it (`by_zone`).
2. Without: the outline places it, and the print says which way is up (`outline`, `upright`).
3. The page is laid flat and the capture's quality is measured on it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from limen.icao.mrz import Format
from limen.vision.light import Light
from limen.vision.page.by_zone import Placed, place
from limen.vision.page.errors import NoPage
from limen.vision.page.model import SIZES_MM, Page, Pixels, Rect, Side, cut_off, laid_flat
from limen.vision.page.outline import outline
from limen.vision.page.quality import quality_of
from limen.vision.page.standing import STANDINGS, format_of
from limen.vision.page.upright import upright
from limen.vision.reading import ZoneReading

LEAST_PX: Final = 64
"""Shortest side in pixels of an image that may show a page."""
MOST_OUTSIDE: Final = 0.6
"""Share of a page outside the picture from which there is no page to speak of."""
WITHOUT_ZONE: Final = (Format.TD1, Format.TD3)
"""Formats that an outline alone can be: TD2 and MRV-B have the proportions of TD3, and MRV-A lies between."""


def find_page(image: Pixels, zone: ZoneReading | None = None) -> Page:
    """The page in an image under white light; `zone` is the zone that was read in it, None where there is none.

    Raises `NoPage` with one sentence that says what to do; ValueError for an array that is no image.
    """
    image = as_rgb(image)
    if min(image.shape[:2]) < LEAST_PX:
        width, height = image.shape[1], image.shape[0]
        raise NoPage(f"The picture is only {width} x {height} pixels: take one that shows the whole page.")
    format = format_of(zone) if zone is not None else None
    if zone is not None and format is not None:
        placed, side, found_by = _by_zone(image, zone, format)
    else:
        placed, format, side = _by_outline(image)
        found_by = "outline"
    sheet = laid_flat(image, placed.matrix, format, Light.WHITE)
    quality = quality_of(image, sheet, SIZES_MM[format], print_rect(format, side, by_zone=found_by != "outline"))
    lines = zone.text if zone is not None and found_by != "outline" else ()
    return Page(format, side, {Light.WHITE: sheet}, quality, found_by, zone_lines=lines)


def as_rgb(image: Pixels) -> Pixels:
    """The image with three channels. Raises ValueError for an array of another shape or type."""
    if image.dtype != np.uint8 or image.ndim not in (2, 3) or (image.ndim == 3 and image.shape[2] != 3):
        raise ValueError(f"an image is H x W or H x W x 3 of uint8, not {image.shape} of {image.dtype}")
    return np.dstack([image] * 3) if image.ndim == 2 else image


def _by_zone(image: Pixels, zone: ZoneReading, format: Format) -> tuple[Placed, Side, str]:
    placed = place(image, zone, format)
    size = (image.shape[1], image.shape[0])
    if cut_off(placed.matrix, size, (0.0, 0.0, *SIZES_MM[format])) > MOST_OUTSIDE:
        raise NoPage("The picture shows little more than the machine readable zone: take one of the whole page.")
    return placed, STANDINGS[format].side, "both" if placed.edges else "zone"


def _by_outline(image: Pixels) -> tuple[Placed, Format, Side]:
    found = outline(image, WITHOUT_ZONE)
    if found is None:
        raise NoPage(
            "No page was found: lay it on a plain ground that it stands out from, and show all four of its edges."
        )
    turned = upright(image, found.placed, found.format)
    return turned, found.format, Side.FRONT


def print_rect(format: Format, side: Side, *, by_zone: bool) -> Rect:
    """Where sharp print is to be expected: the zone, or the middle of a front without one."""
    width, height = SIZES_MM[format]
    if by_zone:
        standing = STANDINGS[format]
        top = height - max(standing.centres) - 2.5
        return (standing.left, top, width - 2 * standing.left, height - min(standing.centres) + 2.5 - top)
    return (0.1 * width, 0.2 * height, 0.8 * width, 0.6 * height)
