"""The same page in the image of another light.

1. The image is looked at: too small, or the same all over, and there is nothing to lay over.
2. A reader takes its lights in turn with the page lying still, so that the page is sought where the white image has
   it; if it is not there, by its zone, or by its outline, both ways up.
3. The sheets are compared (`sameness`): what is found alike brings them into line, and another document is refused.
4. So are an image under white light, and lights that were swapped (`seeming`).

Only positive evidence refuses. A page without print or without fluorescence is what a forgery looks like: it is laid
over the white one by its edges, so that the checks of light can judge it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from limen.vision.light import Light
from limen.vision.page.by_zone import Placed, Scaled, place, refined
from limen.vision.page.edges import Edge, Reach, seek, span_of
from limen.vision.page.finding import LEAST_PX, as_rgb
from limen.vision.page.fitting import density, fit, mapped, points
from limen.vision.page.model import Matrix, Page, Pixels, Sheet, laid_flat
from limen.vision.page.outline import outline
from limen.vision.page.sameness import Sameness, compare
from limen.vision.page.seeming import same_colours, seems
from limen.vision.page.standing import format_of
from limen.vision.page.upright import turned
from limen.vision.reader import read_zone

NAMES: Final = {Light.WHITE: "white", Light.IR: "infrared", Light.UV: "ultraviolet"}

COLOURED: Final = "The infrared image has the colours of one under ultraviolet light: see which image is which."
SWAPPED: Final = "The ultraviolet and infrared images seem to be swapped: give each as what it is."

NOT_FOUND: Final = (
    "The page was not found in the {} image: lay the document the same way under each light, and show all of its edges."
)
ASIDE: Final = (
    "The {} image does not lie over the white one: lay the document the same way under each light, and take it again."
)

_BLANK: Final = 2.0
"""Spread of grey levels in the whole image up to which it shows nothing."""
_OTHER_ZONE: Final = (15, 0.3)
"""Characters of the zone that must be visible under both lights, and the share that differs on another document.

Measured on generated captures: 0.00 on the same document, genuine or forged, 0.5 to 0.7 on another."""
_OTHER_PRINT: Final = (40, 0.2)
"""The same of tiles of print, for a side without a zone, in infrared: 0.00 against 0.26 to 0.49."""
_STILL: Final = 3
"""Edges found where the white image has them, by which the page lies still."""
_LEAST: Final = 0.5
"""Agreement below which a place that nothing else speaks for is none."""
_SURE: Final = 0.8
"""Agreement from which no other place in the image is tried."""
_EVIDENCE: Final = 12
"""Tiles and characters that must be alike where nothing else speaks for a place, or to move a sheet by them."""
_CLOSE: Final = 0.95
"""Agreement from which a sheet is not stretched."""
_GAIN: Final = 0.03
"""Agreement that stretching must bring: another document's print gains less."""
_ROUNDS: Final = 3
_STRETCHED_BY: Final = 20
"""Tiles that must agree on how a sheet is stretched."""
_SLACK_MM: Final = 0.3
_HELD_MM: Final = 0.7
"""By how much a corner may differ from where it was, one tile saying otherwise."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """A sheet of the other light, and how it agrees with the white one."""

    sheet: Sheet
    same: Sameness


def add_light(page: Page, light: Light, image: Pixels) -> Page:
    """The page with the sheet of another light, or with the reason in `problems` why it has none.

    Raises ValueError for white light and for an array that is no image.
    """
    if light is Light.WHITE:
        raise ValueError("the white image is what the page was found in")
    image = as_rgb(image)
    problem = _unusable(light, image)
    if problem:
        return _refused(page, light, problem)
    laid = _laid(page, light, image)
    if laid is None:
        return _refused(page, light, NOT_FOUND.format(NAMES[light]))
    seeming = seems(laid.sheet.image)
    if light is Light.IR and seeming is Light.UV:
        other = page.sheets.get(Light.UV)
        swapped = other is not None and seems(other.image) is Light.IR
        return _swapped(page) if swapped else _refused(page, Light.IR, COLOURED)
    if light is Light.UV and seeming is Light.IR and page.problems.get(Light.IR) == COLOURED:
        return _swapped(page)
    problem = _another(light, laid.same) or _not_this_light(page, light, laid.sheet)
    if problem:
        return _refused(page, light, problem)
    sheet = replace(laid.sheet, agreement=round(laid.same.agreement, 3))
    return replace(page, sheets={**page.sheets, light: sheet})


def _refused(page: Page, light: Light, problem: str) -> Page:
    sheets = {known: sheet for known, sheet in page.sheets.items() if known is not light}
    return replace(page, sheets=sheets, problems={**page.problems, light: problem})


def _unusable(light: Light, image: Pixels) -> str | None:
    height, width = image.shape[:2]
    if min(height, width) < LEAST_PX:
        return f"The {NAMES[light]} image is only {width} x {height} pixels: take one that shows the whole page."
    small = cv2.resize(image, (64, 64), interpolation=cv2.INTER_AREA)
    if float(small.std(axis=(0, 1)).max()) < _BLANK:
        return f"The {NAMES[light]} image is blank: check the lamp and take it again."
    return None


def _laid(page: Page, light: Light, image: Pixels) -> _Laid | None:
    """2. The best of the places at which the page may lie; None where it is found nowhere."""
    best: _Laid | None = None
    for placed, sure in _places(page, light, image):
        laid = _aligned(page, image, _at(page, light, image, placed.matrix))
        if not sure and (laid.same.agreement < _LEAST or laid.same.evidence < _EVIDENCE):
            continue
        if best is None or laid.same.agreement > best.same.agreement:
            best = laid
        if laid.same.agreement >= _SURE or laid.same.zone_is_one:
            break
    return best


def _at(page: Page, light: Light, image: Pixels, matrix: Matrix) -> _Laid:
    sheet = laid_flat(image, matrix, page.format, light)
    return _Laid(sheet, compare(page, sheet.image, light))


def _places(page: Page, light: Light, image: Pixels) -> Iterator[tuple[Placed, bool]]:
    """Where the page may lie, the likeliest first, and whether that is sure without any print that agrees."""
    still = _still(page, image)
    if still is not None:
        sure = len(still.edges) >= _STILL
        yield still, sure
        if sure:
            yield replace(still, matrix=turned(still.matrix, page.format)), False
    zone = read_zone(image) if page.zone_lines else None
    if zone is not None and format_of(zone) is page.format:
        yield place(image, zone, page.format), True
        return
    found = outline(image, (page.format,))
    if found is not None:
        yield found.placed, False
        yield replace(found.placed, matrix=turned(found.placed.matrix, page.format)), False


def _still(page: Page, image: Pixels) -> Placed | None:
    """Where the white image has it, if the images are of one shape; its edges are sought a little about."""
    width, height = page.white.image_size
    share = image.shape[1] / max(width, 1), image.shape[0] / max(height, 1)
    if abs(share[0] / share[1] - 1) > 0.01:
        return None
    size = page.size_mm
    matrix = np.asarray(np.diag([*share, 1.0]) @ page.white.to_image, dtype=np.float64)
    coarse = Scaled.of(image, 5.0 / density(matrix, size)[1])
    found = frozenset(
        edge for edge in Edge if seek(coarse.view(matrix, size), edge, span_of(edge, size), Reach(1.0, 0.6)) is not None
    )
    corners = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]])
    held = points(corners, mapped(matrix, corners), 0.5)
    return refined(image, matrix, size, found, lambda known: fit([*held, *known.values()]))


def _aligned(page: Page, image: Pixels, laid: _Laid) -> _Laid:
    """3. Moved by what the tiles say, where enough of them agree; stretched, where few do.

    A zone may say surely where the lower edge lies, and the upper be wrong by millimetres: tiles about it are found,
    and say where to seek the next.
    """
    light = laid.sheet.light
    for _ in range(_ROUNDS):
        matrix = _stretched(page, laid) if laid.same.agreement < _CLOSE else None
        if matrix is None:
            break
        tried = _at(page, light, image, matrix)
        if tried.same.agreement < laid.same.agreement + _GAIN:
            break
        laid = tried
    same = laid.same
    if same.alike < _EVIDENCE or float(np.abs(np.median(same.moved, axis=0)).max()) < 0.1:
        return laid
    move = np.eye(3)
    move[:2, 2] = np.median(same.moved, axis=0)
    moved = np.asarray(laid.sheet.to_image @ move, dtype=np.float64)
    return replace(laid, sheet=laid_flat(image, moved, page.format, light))


def _stretched(page: Page, laid: _Laid) -> Matrix | None:
    """Where the page lies by the tiles found alike, wherever they lie; its corners are held where no tile is near."""
    at, to = laid.same.found, laid.same.found + laid.same.found_moved
    if len(at) < _STRETCHED_BY:
        return None
    cv2.setRNGSeed(1)
    _, own = cv2.findHomography(at, to, cv2.RANSAC, _SLACK_MM)
    if own is None or int(own.sum()) < _STRETCHED_BY:
        return None
    mask = own.ravel() > 0
    width, height = page.size_mm
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)
    place = laid.sheet.to_image
    tiles = points(at[mask], mapped(place, to[mask]), 0.1)
    return fit([*tiles, *points(corners, mapped(place, corners), _HELD_MM)])


def _another(light: Light, same: Sameness) -> str | None:
    """Why the image shows another document, where print that both lights show differs."""
    count = same.zone_alike + same.zone_unlike
    if count >= _OTHER_ZONE[0]:
        other = same.zone_unlike >= _OTHER_ZONE[1] * count
        what = "another machine readable zone than"
    else:
        count = same.alike + same.unlike
        if light is Light.UV and count >= _OTHER_PRINT[0] and same.agreement < _LEAST:
            return ASIDE.format(NAMES[light])
        other = light is Light.IR and count >= _OTHER_PRINT[0] and same.unlike >= _OTHER_PRINT[1] * count
        what = "other print than"
    if not other:
        return None
    return f"The {NAMES[light]} image shows {what} the white one: take all lights of the one document again."


def _not_this_light(page: Page, light: Light, sheet: Sheet) -> str | None:
    if same_colours(sheet.image, page.white.image):
        return f"The {NAMES[light]} image seems to have been taken under white light: check the lamp and take it again."
    return None


def _swapped(page: Page) -> Page:
    """4. Neither sheet is kept."""
    return _refused(_refused(page, Light.IR, SWAPPED), Light.UV, SWAPPED)
