"""Which way is up on a page that was found by its outline alone.

On the front of a card and on a passport's page the portrait stands left of the middle (Doc 9303-4 to -6, figure of the
zones: zone V), and print to its right. A portrait is one large patch that is darker than paper at the scale of a
centimetre; lines of print are not. That is cheap evidence, and the page says that its outline was all it was found by.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.icao.mrz import Format
from limen.vision.light import Light
from limen.vision.page.by_zone import Placed
from limen.vision.page.model import SIZES_MM, Matrix, Pixels, laid_flat

_PER_MM = 2


def upright(image: Pixels, placed: Placed, format: Format) -> Placed:
    """The place turned by 180 degrees where the page's portrait would stand on the right otherwise."""
    sheet = laid_flat(image, placed.matrix, format, Light.WHITE).image
    width, height = SIZES_MM[format]
    small = cv2.resize(sheet, (round(width * _PER_MM), round(height * _PER_MM)), interpolation=cv2.INTER_AREA)
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), dtype=np.float32)
    if portrait_likeness(grey) >= portrait_likeness(np.ascontiguousarray(grey[::-1, ::-1])):
        return placed
    return replace(placed, matrix=turned(placed.matrix, format))


def turned(matrix: Matrix, format: Format) -> Matrix:
    """The same page read from its other long side."""
    width, height = SIZES_MM[format]
    half = np.array([[-1.0, 0.0, width], [0.0, -1.0, height], [0.0, 0.0, 1.0]])
    return np.asarray(matrix @ half, dtype=np.float64)


def portrait_likeness(grey: NDArray[np.float32]) -> float:
    """How much more the left third varies at the scale of a face than the right part does."""
    height, width = grey.shape
    coarse = cv2.GaussianBlur(grey, (0, 0), 2.0 * _PER_MM)
    band = coarse[round(0.2 * height) : round(0.85 * height)]
    left = band[:, round(0.03 * width) : round(0.34 * width)]
    right = band[:, round(0.66 * width) : round(0.97 * width)]
    return float(left.std() - right.std())
