"""The bare paper of a page: how bright and of what colour, between print, fibres and fluorescing inks.

Office paper holds optical brighteners, which turn ultraviolet into blue-white light; Doc 9303-2, A.5.1.1 asks for
paper that does not, or that shines in another colour.
"""

from __future__ import annotations

import weakref
from collections import deque
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.page import PX_PER_MM, Pixels

Floats = NDArray[np.float32]

CELL_MM: Final = 1.5
"""Side of the squares that a page is looked at in: wider than a stroke, narrower than a line of text is high."""
COLOURLESS: Final = 0.25
"""Spread of the three colours, as a share of the brightest, up to which a picture is grey but for its white balance.
Brightened paper has 0.4 and more, dull paper under a violet lamp 0.5."""


def cells(image: Pixels, percentile: float, cell_mm: float = CELL_MM) -> Floats:
    """Rows x columns x 3: of each square the percentile of each colour; what is left over at the edges is cut off."""
    side = round(cell_mm * PX_PER_MM)
    rows, columns = image.shape[0] // side, image.shape[1] // side
    if not rows or not columns:
        return np.asarray(np.percentile(image.reshape(-1, 3), percentile, axis=0), dtype=np.float32).reshape(1, 1, 3)
    step = 3 if side % 3 == 0 else 1  # a ninth of the pixels tells as much
    cut = image[: rows * side : step, : columns * side : step]
    blocks = cut.reshape(rows, side // step, columns, side // step, 3).transpose(0, 2, 4, 1, 3)
    blocks = blocks.reshape(rows, columns, 3, -1)
    index = min(blocks.shape[-1] - 1, int(percentile / 100 * blocks.shape[-1]))
    return np.partition(blocks, index, axis=-1)[..., index].astype(np.float32)


def bare_paper(image: Pixels) -> tuple[float, float, float]:
    """Red, green and blue of the paper: the median of the squares' lower quartiles.

    The quartile leaves fibres and line-shaped print out, the median the portrait and filled shapes, as long as they
    cover less than half.
    """
    for known, level in _MEASURED:
        if known() is image:
            return level
    red, green, blue = (float(value) for value in np.median(cells(image, 25).reshape(-1, 3), axis=0))
    _MEASURED.append((weakref.ref(image), (red, green, blue)))
    return red, green, blue


_MEASURED: deque[tuple[weakref.ref[Pixels], tuple[float, float, float]]] = deque(maxlen=6)
"""The sheets that were measured last: each check of a light asks again, and the answer takes eight milliseconds."""


def glow(level: tuple[float, float, float]) -> float:
    """How much paper of this colour shines blue-white, in levels.

    The green light, times the square of its share over the red: brighteners give blue-green light, while what paper
    merely throws back of the lamp's own violet has less green than red. A lamp twice as strong doubles the figure;
    brightened paper has about twelve times that of dull paper. In a picture without colour the brightness alone is
    known, and stands for it. Paper that shines in another colour, say yellow, has none.
    """
    red, green, blue = level
    if colourless(level):
        return float(green)
    tilt = min(1.6, (green + 2) / (red + 2))
    share = min(1.0, max(0.0, (blue - red) / max(8.0, 0.15 * blue)))
    return float(green * tilt * tilt * share)


def colourless(level: tuple[float, float, float]) -> bool:
    """Whether paper of this colour is as good as grey: a grey picture, or white light."""
    return max(level) - min(level) <= max(3.0, COLOURLESS * max(level))


def darkness(image: Pixels) -> Floats:
    """How dark each place is against the paper about it, 0 to 1, at half the resolution."""
    half = cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(half, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    light = cv2.GaussianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), (0, 0), 4)
    paper = cv2.resize(light, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    return np.asarray(np.clip(1 - grey / np.maximum(paper, 1.0), 0, 1), dtype=np.float32)
