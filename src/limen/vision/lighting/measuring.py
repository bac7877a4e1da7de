"""All figures of one rectangle of a page under one light."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from limen.vision.lighting.glow import colour, edge_mm, shine, shining
from limen.vision.lighting.model import Measured
from limen.vision.lighting.paper import bare_paper, glow
from limen.vision.page import PX_PER_MM, Page, Pixels, Rect, Sheet

WHITE_PRINT_FROM: Final = 0.15
"""White-light contrast from which a place holds print that another light's contrast can be held against."""
FINE_MM: Final = 0.5


def measure(
    sheet: Sheet, rect: Rect, white: Sheet | None = None, *, paper: tuple[float, float, float] | None = None
) -> Measured:
    """The rectangle in figures.

    `white` is the same page in white light, `paper` the sheet's bare paper where it is known already. Raises
    ValueError where the rectangle is off the page.
    """
    pixels = sheet.crop(rect)
    if min(pixels.shape[:2]) < 4:
        raise ValueError(f"the rectangle {rect} lies outside the page")
    paper = paper or bare_paper(sheet.image)
    mask = shining(pixels, paper)
    hue, saturation = colour(pixels, mask)
    here = contrast(pixels)
    level = bare_paper(pixels)
    return Measured(
        level=level,
        contrast=here,
        absorption=None if white is None else _absorption(here, contrast(white.crop(rect))),
        glow=glow(level),
        shine=shine(sheet, rect, paper),
        luminescence=float(mask.mean()),
        saturation=saturation,
        hue=hue,
        edge_mm=edge_mm(pixels, paper),
        fineness=_fineness(pixels),
    )


def measure_page(page: Page, sheet: Sheet, rect: Rect) -> Measured:
    """`measure` against the page's own white sheet."""
    return measure(sheet, rect, page.white)


def contrast(pixels: Pixels) -> float:
    """Print contrast signal of the strokes that cover at least a twentieth of the pixels."""
    dark, bright = np.percentile(pixels.mean(axis=2, dtype=np.float32), (3, 85))
    return float(1 - dark / max(bright, 1.0))


def _absorption(here: float, white: float) -> float | None:
    return here / white if white >= WHITE_PRINT_FROM else None


def _fineness(pixels: Pixels) -> float:
    grey = pixels.mean(axis=2, dtype=np.float32)
    fine = grey - cv2.GaussianBlur(grey, (0, 0), FINE_MM * PX_PER_MM / 4)
    broad = grey - cv2.GaussianBlur(grey, (0, 0), FINE_MM * PX_PER_MM * 2)
    total = float(broad.std())
    return min(1.0, float(fine.std()) / total) if total > 0.5 else 0.0
