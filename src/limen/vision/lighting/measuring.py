"""All figures of one rectangle of a page under one light."""

from __future__ import annotations

from dataclasses import fields
from functools import cached_property
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.lighting.glow import colour, edge_mm, shine, shining
from limen.vision.lighting.model import Measured, Quantity
from limen.vision.lighting.paper import bare_paper, glow
from limen.vision.page import PX_PER_MM, Page, Pixels, Rect, Sheet

WHITE_PRINT_FROM: Final = 0.15
"""White-light contrast from which a place holds print that another light's contrast can be held against."""
FINE_MM: Final = 0.5


class Looked:
    """A rectangle whose figures are measured when they are asked for, and once; they are those of `Measured`."""

    def __init__(
        self, sheet: Sheet, rect: Rect, white: Sheet | None = None, *, paper: tuple[float, float, float] | None = None
    ) -> None:
        """As `measure`."""
        self._pixels = sheet.crop(rect)
        if min(self._pixels.shape[:2]) < 4:
            raise ValueError(f"the rectangle {rect} lies outside the page")
        self._sheet, self._rect, self._white = sheet, rect, white
        self._paper = paper or bare_paper(sheet.image)

    def figure(self, quantity: Quantity) -> float | None:
        """The figure of that name."""
        value: float | None = getattr(self, quantity.value)
        return value

    def measured(self) -> Measured:
        """All figures."""
        return Measured(**{one.name: getattr(self, one.name) for one in fields(Measured)})

    @cached_property
    def level(self) -> tuple[float, float, float]:
        """`Measured.level`."""
        return bare_paper(self._pixels)

    @cached_property
    def contrast(self) -> float:
        """`Measured.contrast`."""
        return contrast(self._pixels)

    @cached_property
    def absorption(self) -> float | None:
        """`Measured.absorption`."""
        return None if self._white is None else _absorption(self.contrast, contrast(self._white.crop(self._rect)))

    @cached_property
    def glow(self) -> float:
        """`Measured.glow`."""
        return glow(self.level)

    @cached_property
    def shine(self) -> float:
        """`Measured.shine`."""
        return shine(self._sheet, self._rect, self._paper)

    @cached_property
    def luminescence(self) -> float:
        """`Measured.luminescence`."""
        return float(self._mask.mean())

    @cached_property
    def saturation(self) -> float:
        """`Measured.saturation`."""
        return self._colour[1]

    @cached_property
    def hue(self) -> float:
        """`Measured.hue`."""
        return self._colour[0]

    @cached_property
    def edge_mm(self) -> float:
        """`Measured.edge_mm`."""
        return edge_mm(self._pixels, self._paper)

    @cached_property
    def fineness(self) -> float:
        """`Measured.fineness`."""
        return _fineness(self._pixels)

    @cached_property
    def _mask(self) -> NDArray[np.bool_]:
        return shining(self._pixels, self._paper)

    @cached_property
    def _colour(self) -> tuple[float, float]:
        return colour(self._pixels, self._mask)


def measure(
    sheet: Sheet, rect: Rect, white: Sheet | None = None, *, paper: tuple[float, float, float] | None = None
) -> Measured:
    """The rectangle in figures.

    `white` is the same page in white light, `paper` the sheet's bare paper where it is known already. Raises
    ValueError where the rectangle is off the page.
    """
    return Looked(sheet, rect, white, paper=paper).measured()


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
