"""Finds the lines of print on a page laid flat.

The heights of characters are known: Doc 9303-3, 8th edition, 3.3, lets the visual zone's be 1.0 mm and more. So the
page is looked over at 9 or 10 pixels a millimetre, where such a capital is as many pixels high, instead of at full
size: at 8 single letters and half of the labels are overlooked, and more than 10 costs time and finds nothing more.
"""

from __future__ import annotations

import cv2
import numpy as np

from limen.vision.page import PX_PER_MM, Page, Pixels, Rect
from limen.vision.text.networks import Floats, Networks

_MOST_PX_PER_MM = 10.0
_LEAST_PX_PER_MM = 7.0
_MOST_PX = 660_000
"""Pixels that are looked over at most, for the sake of time: 9 to the millimetre of a passport's visual zone."""
_PRINT = 0.3
"""Rating in the map from which a pixel belongs to a line: the detector's own setting."""
_SURE = 0.5
"""Mean rating from which a patch of such pixels is a line: the detector's own setting."""
_GROW = 1.6
"""The map shows the middle of a line; it is grown by area times this over outline: the detector's own setting."""
_LEAST_MM = 0.6
"""No line of print is lower than this."""


def find_lines(page: Page, networks: Networks, zone: Rect | None = None) -> tuple[Rect, ...]:
    """The lines of print on the page's white sheet, top to bottom; the machine readable zone is left out.

    `zone` is where that zone lies, if it was read; what stands in it is not looked at.
    """
    image = _without(page.white.image, zone)
    scale = _scale(image)
    found = networks.print_map(_shrunk(image, scale))
    patches = (_rect(found, box, scale) for box in _patches(found))
    return tuple(sorted((rect for rect in patches if rect[3] >= _LEAST_MM), key=lambda rect: (rect[1], rect[0])))


def _without(image: Pixels, zone: Rect | None) -> Pixels:
    """The sheet above the zone; a zone that is not at the foot is painted over."""
    if zone is None:
        return image
    left, top, width, height = (round(value * PX_PER_MM) for value in zone)
    if top + height > image.shape[0] * 0.8 and width > image.shape[1] * 0.5:
        return image[: max(1, top)]
    image = image.copy()
    image[max(0, top) : max(0, top + height), max(0, left) : max(0, left + width)] = 255
    return image


def _scale(image: Pixels) -> float:
    """Pixels per millimetre at which the image is looked over."""
    square_mm = image.shape[0] * image.shape[1] / PX_PER_MM**2
    return float(np.clip((_MOST_PX / square_mm) ** 0.5, _LEAST_PX_PER_MM, _MOST_PX_PER_MM))


def _shrunk(image: Pixels, scale: float) -> Pixels:
    factor = scale / PX_PER_MM
    size = (max(1, round(image.shape[1] * factor)), max(1, round(image.shape[0] * factor)))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _patches(found: Floats) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height of each patch of print, in pixels of the map."""
    count, marks, stats, _ = cv2.connectedComponentsWithStats((found > _PRINT).astype(np.uint8), connectivity=8)
    sums = np.bincount(marks.ravel(), weights=found.ravel(), minlength=count)
    rows = [stats[index] for index in range(1, count) if sums[index] / stats[index][4] >= _SURE]
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h, _ in rows if h >= 2]


def _rect(found: Floats, box: tuple[int, int, int, int], scale: float) -> Rect:
    """The patch grown to the line that it is the middle of, in millimetres."""
    x, y, width, height = box
    grow = width * height * _GROW / (2 * (width + height))
    left, top = max(0.0, x - grow), max(0.0, y - grow)
    right, low = min(float(found.shape[1]), x + width + grow), min(float(found.shape[0]), y + height + grow)
    return (left / scale, top / scale, (right - left) / scale, (low - top) / scale)
