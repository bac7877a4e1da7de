"""A page under three lights, and inks that look different under each.

Coordinates are millimetres from the page's upper left corner; masks are coverages from 0 to 255.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.specimen.geometry import MM_PER_INCH
from limen.specimen.issuers import Colour
from limen.specimen.model import Image, Light, Quad, box

Mask = NDArray[np.uint8]

IR_PAPER: Final[Colour] = (206, 206, 206)
IR_BLACK: Final[Colour] = (34, 34, 34)
UV_DULL: Final[Colour] = (34, 28, 62)
UV_BRIGHT: Final[Colour] = (120, 150, 244)
UV_BLACK: Final[Colour] = (12, 10, 24)


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour and a strength from 0 to 1 under each light."""

    white: Colour
    ir: float
    """0 is invisible in infrared, 1 black."""
    uv: Colour = UV_BLACK
    uv_strength: float = 0.5
    strength: float = 1.0

    def under(self, light: Light) -> tuple[Colour, float]:
        """Colour and strength under that light."""
        if light is Light.WHITE:
            return self.white, self.strength
        if light is Light.IR:
            return IR_BLACK, self.ir
        return self.uv, self.uv_strength


def carbon(colour: Colour = (30, 28, 32)) -> Ink:
    """Black that absorbs infrared."""
    return Ink(colour, ir=0.94, uv_strength=0.8)


def dye(colour: Colour) -> Ink:
    """Colour that infrared passes through."""
    return Ink(colour, ir=0.03, uv_strength=0.35)


def fluorescent(colour: Colour, strength: float = 0.85) -> Ink:
    """Unseen but in ultraviolet, where it shines."""
    return Ink((0, 0, 0), ir=0.0, uv=colour, uv_strength=strength, strength=0.0)


class Canvas:
    """One page being printed."""

    def __init__(self, width: float, height: float, ppi: float, lights: Iterable[Light]) -> None:
        self.scale = ppi / MM_PER_INCH
        """Pixels per millimetre."""
        self.width, self.height = width, height
        self.shape = (round(height * self.scale), round(width * self.scale))
        self.images: dict[Light, Image] = {light: np.full((*self.shape, 3), 255, dtype=np.uint8) for light in lights}

    def px(self, length: float) -> float:
        """Millimetres in pixels."""
        return length * self.scale

    def quad(self, left: float, top: float, width: float, height: float) -> Quad:
        """A rectangle in millimetres, in pixels."""
        return box(*(round(self.px(value), 2) for value in (left, top, width, height)))

    def mask(self) -> Mask:
        """An empty mask of the page's size."""
        return np.zeros(self.shape, dtype=np.uint8)

    def stamp(self, mask: Mask, ink: Ink, at: tuple[int, int] = (0, 0)) -> None:
        """Prints `mask` in `ink`, its corner at pixel (x, y) `at`. What lies off the page is lost."""
        filled = np.flatnonzero(mask.any(axis=1))
        if not filled.size:
            return
        mask, at = mask[filled[0] : filled[-1] + 1], (at[0], at[1] + int(filled[0]))
        filled = np.flatnonzero(mask.any(axis=0))
        mask, at = mask[:, filled[0] : filled[-1] + 1], (at[0] + int(filled[0]), at[1])
        window = self._window(mask.shape[:2], at)
        if window is None:
            return
        rows, cols, part = window
        cover = mask[part].astype(np.float32)[:, :, None] / np.float32(255)
        for light, image in self.images.items():
            colour, strength = ink.under(light)
            if strength:
                mix(image[rows, cols], np.asarray(colour, np.float32), cover * np.float32(strength))

    def paste(self, patch: Image, cover: Mask, light: Light, at: tuple[int, int], strength: float = 1.0) -> None:
        """Lays a picture over one light's image, where `cover` says."""
        window = self._window(patch.shape[:2], at)
        if window is None or light not in self.images:
            return
        rows, cols, part = window
        alpha = cover[part].astype(np.float32)[:, :, None] * np.float32(strength / 255)
        mix(self.images[light][rows, cols], patch[part].astype(np.float32), alpha)

    def _window(self, shape: tuple[int, int], at: tuple[int, int]) -> tuple[slice, slice, tuple[slice, slice]] | None:
        x0, y0 = max(at[0], 0), max(at[1], 0)
        x1, y1 = min(at[0] + shape[1], self.shape[1]), min(at[1] + shape[0], self.shape[0])
        if x0 >= x1 or y0 >= y1:
            return None
        part = (slice(y0 - at[1], y1 - at[1]), slice(x0 - at[0], x1 - at[0]))
        return slice(y0, y1), slice(x0, x1), part


def mix(image: Image, colour: NDArray[np.float32], alpha: NDArray[np.float32]) -> None:
    """Moves `image` towards `colour` by `alpha` (0 to 1), in place."""
    image[:] = np.clip(image + (colour - image) * alpha + 0.5, 0, 255).astype(np.uint8)


def soften(mask: Mask, sigma: float) -> Mask:
    """Blurs a mask; nothing happens below a tenth of a pixel."""
    return mask if sigma < 0.1 else np.asarray(cv2.GaussianBlur(mask, (0, 0), sigma), dtype=np.uint8)
