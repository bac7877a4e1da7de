"""What can happen to a whole document after it was printed: it is copied, or shown on a screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.specimen.canvas import IR_BLACK, IR_PAPER, UV_BLACK, UV_BRIGHT
from limen.specimen.issuers import Colour
from limen.specimen.model import Image, Light

Field = NDArray[np.float32]


def photocopied(rng: np.random.Generator, page: Image, scale: float, light: Light) -> Image:
    """The white-light page as a black-and-white copier gives it, seen under `light`.

    Toner is carbon and the paper has brighteners: all the artwork shows in infrared, and in ultraviolet the
    sheet shines behind it.
    """
    grey = cv2.GaussianBlur(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), (0, 0), max(0.3, scale * 0.045))
    ink = 1 / (1 + np.exp((grey.astype(np.float32) - rng.uniform(128, 160)) / rng.uniform(16, 28)))
    height, width = ink.shape
    # A copier's drum repeats its scratches down the sheet; toner dust lies about.
    streaks = np.clip(rng.normal(0, 1, (1, width)) - 2.3, 0, 1) * 0.3
    dust = np.zeros_like(ink)
    for x, y in rng.uniform(0, 1, (int(width * height / scale**2 / 60), 2)) * (width, height):
        cv2.circle(dust, (int(x), int(y)), max(1, round(rng.uniform(0.04, 0.13) * scale)), 0.8, -1, cv2.LINE_AA)
    mottled = rng.normal(0, 0.05, ink.shape).astype(np.float32)
    toner = np.clip(np.maximum(ink * 0.94, dust) + streaks + mottled * ink, 0, 1)
    colours: dict[Light, tuple[Colour, Colour]] = {
        Light.WHITE: ((250, 250, 248), (38, 38, 40)),
        Light.IR: (IR_PAPER, IR_BLACK),
        Light.UV: (UV_BRIGHT, UV_BLACK),
    }
    paper, black = (np.asarray(colour, np.float32) for colour in colours[light])
    return np.asarray(paper + toner[:, :, None] * (black - paper)).astype(np.uint8)


def on_screen(rng: np.random.Generator, page: Image, scale: float, light: Light) -> Image:
    """The white-light page as a display shows it, seen under `light`.

    A display gives out visible light alone: no fluorescence, nothing in infrared.
    """
    if light is not Light.WHITE:
        dark = rng.normal(20 if light is Light.UV else 34, 1.5, page.shape)
        return np.clip(dark, 0, 255).astype(np.uint8)
    height, width = page.shape[:2]
    pitch = float(rng.uniform(0.16, 0.26)) * scale
    y = np.arange(height, dtype=np.float32)[:, None]
    x = np.arange(width, dtype=np.float32)[None, :]
    picture = np.asarray(cv2.GaussianBlur(page, (0, 0), pitch * 0.3), dtype=np.float32)
    rows = 1 - 0.3 * np.clip(np.cos(2 * np.pi * y / pitch) * 3 - 1.6, 0, 1)
    stripes = [1 + 0.28 * np.cos(2 * np.pi * (x / pitch - shift / 3)) for shift in range(3)]
    grid = np.stack([np.broadcast_to(stripe, (height, width)) for stripe in stripes], axis=-1) * rows[:, :, None]
    shown = (picture * (0.9, 0.97, 1.06) + 16) * grid * _moire(rng, x, y, scale)
    return np.asarray(np.clip(shown, 0, 255), dtype=np.uint8)


def _moire(rng: np.random.Generator, x: Field, y: Field, scale: float) -> Field:
    """Broad coloured fringes, where the screen's grid beats with the sensor's."""
    angle, length = rng.uniform(0, np.pi), rng.uniform(2.5, 7) * scale
    along = (x * np.cos(angle) + y * np.sin(angle)) / length
    curved = along + 0.6 * np.sin(y / (23 * scale) + x / (31 * scale))
    waves = [1 + 0.07 * np.sin(2 * np.pi * (curved + shift)) for shift in (0.0, 0.3, 0.62)]
    return np.stack(waves, axis=-1).astype(np.float32)


FINISHES: Final[dict[str, Callable[[np.random.Generator, Image, float, Light], Image]]] = {
    "photocopy": photocopied,
    "screen": on_screen,
}
"""By name: (random numbers, page under white light, pixels a millimetre, light wanted) to the page seen."""
