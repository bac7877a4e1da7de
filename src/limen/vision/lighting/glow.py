"""What shines in ultraviolet: print, fibres, glue, broken paper."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.lighting.paper import bare_paper, cells
from limen.vision.page import PX_PER_MM, Pixels, Rect, Sheet

Floats = NDArray[np.float32]

NOISE: Final = 14.0
"""Levels that a pixel must be brighter than the paper, beside being twice as bright, to be called shining."""
DIM: Final = 6.0
"""Levels added to both sides of a ratio, so that the noise of a nearly black image makes no large ratio."""


def excess(image: Pixels, paper: tuple[float, float, float]) -> Floats:
    """By how much the brightest colour of each pixel exceeds the paper's, in levels."""
    return np.asarray((image.astype(np.float32) - np.array(paper, dtype=np.float32)).max(axis=2))


def shining(image: Pixels, paper: tuple[float, float, float]) -> NDArray[np.bool_]:
    """The pixels that shine: in one colour more than twice as bright as the paper."""
    limit = np.clip(np.array(paper) * 2 + NOISE, 0, 255).astype(np.uint8)
    return np.asarray((image > limit).any(axis=2))


def shine(sheet: Sheet, rect: Rect, paper: tuple[float, float, float] | None = None) -> float:
    """Brightness of the paper in the rectangle over that of the page, by the blue of the squares' lower quartiles."""
    level = cells(sheet.crop(rect), 25)[..., 2]
    whole = bare_paper(sheet.image) if paper is None else paper
    return float((np.median(level) + DIM) / (whole[2] + DIM))


def patches(image: Pixels, paper: tuple[float, float, float]) -> Floats:
    """Rows x columns of squares of `CELL_MM`: brightness of their paper over the page's, in the blue.

    Squares that gain more red or green than blue hold print that shines in a colour, and count as 1.
    """
    levels = cells(image, 25)
    gains = levels - np.array(paper, dtype=np.float32)
    blue_led = gains[..., 2] >= 0.95 * gains[..., :2].max(axis=-1)
    return np.asarray(np.where(blue_led, (levels[..., 2] + DIM) / (paper[2] + DIM), 1.0), dtype=np.float32)


def edge_mm(image: Pixels, paper: tuple[float, float, float]) -> float:
    """Width of the edges of what shines, from 10 to 90 % of their rise; 0 where nothing shines."""
    height = cv2.GaussianBlur(np.clip(excess(image, paper), 0, None), (0, 0), 0.8)
    mask = shining(image, paper)
    if mask.sum() < 50:
        return 0.0
    slope = np.hypot(cv2.Sobel(height, cv2.CV_32F, 1, 0, scale=1 / 8), cv2.Sobel(height, cv2.CV_32F, 0, 1, scale=1 / 8))
    near = np.ones((7, 7), np.uint8)
    rise = cv2.dilate(height, near) - cv2.erode(height, near)
    steep = mask & (slope >= cv2.dilate(slope, np.ones((3, 3), np.uint8)) - 1e-6) & (rise > NOISE)
    if steep.sum() < 20:
        return 0.0
    return float(np.median(0.8 * rise[steep] / slope[steep]) / PX_PER_MM)


def colour(image: Pixels, mask: NDArray[np.bool_]) -> tuple[float, float]:
    """Hue in degrees and saturation of the pixels in `mask`; (0, 0) where there are too few."""
    if mask.sum() < 50:
        return 0.0, 0.0
    red, green, blue = image[mask].mean(axis=0)
    pixel = np.array([[[red, green, blue]]], dtype=np.float32) / 255
    hue, saturation, _ = cv2.cvtColor(pixel, cv2.COLOR_RGB2HSV)[0, 0]
    return float(hue), float(saturation)
