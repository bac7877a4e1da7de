"""What a page shows at the place of a mark."""

from __future__ import annotations

import cv2
import numpy as np

from limen.reference.signatures.marks import Grey, Mark, Place
from limen.vision.light import Light
from limen.vision.lighting import measure
from limen.vision.page import PX_PER_MM, Page, Rect
from limen.vision.press import MarkFound

REACH_MM = 1.5
"""How far from its place a picture is looked for: a page that was found lies up to a millimetre off."""
_BLUR_PX = 1.0
"""Takes out what one capture's sharpness has over another's."""
_LEAST_SPREAD = 4.0
"""Grey levels: a picture flatter than this shows nothing to be recognised."""


def look(page: Page, mark: Mark) -> MarkFound:
    """Hold one mark against a page."""
    place = mark.place
    value = value_at(page, place, mark.picture)
    expected = _expected(mark)
    if value is None:
        why = page.problems.get(place.light, "") or f"no image under {place.light.value} light, or nothing to measure"
        return MarkFound(place.region, place.light, place.what, None, None, place.rect, why, expected)
    margin = mark.margin(value)
    return MarkFound(
        place.region, place.light, place.what, margin >= 0, margin, place.rect, _said(place, value), expected
    )


def value_at(page: Page, place: Place, picture: Grey | None) -> float | None:
    """The figure, or the likeness to a picture; None where the page does not show the place under that light."""
    sheet = page.sheets.get(place.light)
    if sheet is None or _hidden(page, place.rect):
        return None
    quantity = place.quantity
    if quantity is None:
        return None if picture is None else likeness(page, place, picture)
    white = page.white if place.light is not Light.WHITE else None
    return measure(sheet, place.rect, white).figure(quantity)


def likeness(page: Page, place: Place, picture: Grey) -> float:
    """The best correlation of a picture with the page near its place, 0 to 1."""
    left, top, width, height = place.rect
    about = grey_of(page, place.light, (left - REACH_MM, top - REACH_MM, width + 2 * REACH_MM, height + 2 * REACH_MM))
    if about.shape[0] < picture.shape[0] or about.shape[1] < picture.shape[1]:
        return 0.0
    response = cv2.matchTemplate(_smooth(about), _smooth(picture), cv2.TM_CCOEFF_NORMED)
    best = float(response.max())
    return max(0.0, best) if np.isfinite(best) else 0.0


def grey_of(page: Page, light: Light, rect: Rect) -> Grey:
    """Grey levels of a rectangle of a sheet."""
    crop = page.sheets[light].crop(rect)
    if not crop.size:
        return np.zeros((0, 0), np.uint8)
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(crop), cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def flat(picture: Grey) -> bool:
    """Whether a picture shows nothing to be recognised by."""
    return float(_smooth(picture).std()) < _LEAST_SPREAD


def _smooth(grey: Grey) -> Grey:
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), _BLUR_PX), dtype=np.uint8)


def _hidden(page: Page, rect: Rect) -> bool:
    """Whether glare hides a part of the place."""
    left, top, width, height = rect
    pixel = 1 / PX_PER_MM
    return any(
        min(left + width, x + w) - max(left, x) > pixel and min(top + height, y + h) - max(top, y) > pixel
        for x, y, w, h in page.quality.glare
    )


def _said(place: Place, value: float) -> str:
    return f"likeness {value:.2f}" if place.quantity is None else f"{place.what} {value:.2f}"


def _expected(mark: Mark) -> str:
    if mark.place.quantity is None:
        return f"likeness of {mark.low:.2f} or more"
    return f"{mark.place.what} of {mark.low:.2f} to {mark.high:.2f}"
