"""How well a page was captured: resolution, sharpness, glare, what is cut off, exposure.

In the terms of TR-03135-1 v2.5, 5.2 (image quality) and of ISO 12233 for the width of edges, measured on print that is
there anyway.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.page.fitting import density
from limen.vision.page.model import (
    PX_PER_MM,
    Matrix,
    Pixels,
    Quality,
    Rect,
    Sheet,
    cut_off,
)

MM_PER_INCH: Final = 25.4

_WINDOW_MM = 0.9
"""About an edge, where its dark and its light side are looked for: strokes of print are 0.3 to 0.6 mm wide."""
_SHARPEST = 0.25
"""The quarter of the strong edges that are sharpest: others are soft by design."""
_GLARE = 250
"""Grey level, in the darkest channel, from which print is lost."""
_PAPER_BELOW = 243
"""Where the paper itself is as bright as this, glare cannot be told from it: the picture is overexposed."""
_GLARE_MM2 = 4.0
"""Smaller spots cover no more than a letter."""
_COARSE = 2
"""Pixels to the millimetre at which glare is sought."""


def quality_of(image: Pixels, sheet: Sheet, size_mm: tuple[float, float], print_rect: Rect) -> Quality:
    """The quality of a white sheet; `print_rect` is where print is to be expected that is sharp by design."""
    least, mean = density(sheet.to_image, size_mm)
    whole = (0.0, 0.0, *size_mm)
    small = cv2.resize(sheet.image, None, fx=_COARSE / PX_PER_MM, fy=_COARSE / PX_PER_MM, interpolation=cv2.INTER_AREA)
    dimmest = small.min(axis=2)
    return Quality(
        ppi=round(least * MM_PER_INCH, 1),
        edge_mm=round(edge_width(image, sheet.to_image, print_rect, mean), 3),
        glare=_glare(dimmest),
        outside=round(cut_off(sheet.to_image, sheet.image_size, whole), 3),
        exposure=round(float(np.percentile(small.mean(axis=2), 75)) / 255, 3),
    )


def edge_width(image: Pixels, to_image: Matrix, rect: Rect, per_mm: float) -> float:
    """Width of the sharpest edges of print in a place, in millimetres: the worse of both directions.

    An edge that rises by A with a greatest slope of s per millimetre is A / s wide, which for a blurred edge is its
    rise from 10 to 90 % within 2 %. An image cannot show less than its own pixel.
    """
    band = _flat(image, to_image, rect, per_mm)
    widths = [_width(lines, per_mm) for lines in (band, np.ascontiguousarray(band.T))]
    return max(widths)


def _flat(image: Pixels, to_image: Matrix, rect: Rect, per_mm: float) -> NDArray[np.uint8]:
    left, top, width, height = rect
    size = (max(16, round(width * per_mm)), max(16, round(height * per_mm)))
    to_page = np.array([[1 / per_mm, 0, left + 0.5 / per_mm], [0, 1 / per_mm, top + 0.5 / per_mm], [0, 0, 1]])
    matrix = np.array([[1.0, 0, -0.5], [0, 1, -0.5], [0, 0, 1]]) @ to_image @ to_page
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    flat = cv2.warpPerspective(image, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.cvtColor(flat, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def _width(lines: NDArray[np.uint8], per_mm: float) -> float:
    """Along the rows of a picture."""
    reach = max(1, round(_WINDOW_MM * per_mm / 2))
    kernel = np.ones((1, 2 * reach + 1), np.uint8)
    rise = cv2.dilate(lines, kernel).astype(np.float32) - cv2.erode(lines, kernel)
    slope = np.zeros_like(rise)
    slope[:, :-1] = np.abs(np.diff(lines.astype(np.float32), axis=1))
    strong = rise > max(24.0, 0.6 * float(np.percentile(rise, 98)))
    peak = (slope >= cv2.dilate(slope, kernel)) & strong & (slope > 0)
    if peak.sum() < 20:
        return 2 * reach / per_mm
    widths = rise[peak] / slope[peak]
    return float(np.quantile(widths, _SHARPEST)) / per_mm


def _glare(dimmest: NDArray[np.uint8]) -> tuple[Rect, ...]:
    if np.percentile(dimmest, 70) > _PAPER_BELOW:
        return ()
    bright = cv2.morphologyEx((dimmest >= _GLARE).astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(bright)
    return tuple(
        (float(x) / _COARSE, float(y) / _COARSE, float(w) / _COARSE, float(h) / _COARSE)
        for x, y, w, h, area in boxes[1:count]
        if area >= _GLARE_MM2 * _COARSE**2
    )
