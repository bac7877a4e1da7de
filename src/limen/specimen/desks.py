"""What lies under a document that is photographed: tables, cloths, papers, made from noise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw

from limen.specimen.fonts import plain_font
from limen.specimen.issuers import Colour
from limen.specimen.model import Image

_SHRINK: Final = 3
"""Backgrounds are made this much smaller and enlarged: they are out of focus anyway."""

Field = NDArray[np.float32]


def desk(rng: np.random.Generator, name: str, height: int, width: int) -> Image:
    """The surface of that name (see `DESKS`), turned and tinted at random."""
    small = (height // _SHRINK + 1, width // _SHRINK + 1)
    quarters = int(rng.integers(4))
    turned = (small[1], small[0]) if quarters % 2 else small
    texture = np.rot90(DESKS[name](rng, turned), quarters)
    pixels = np.clip(texture, 0, 255).astype(np.uint8)
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def _noise(rng: np.random.Generator, shape: tuple[int, int], cell: tuple[float, float]) -> Field:
    """Smooth noise with features of `cell` pixels (down, across), about -1 to 1."""
    coarse = (max(2, int(shape[0] / cell[0]) + 2), max(2, int(shape[1] / cell[1]) + 2))
    grid = rng.normal(0, 0.6, coarse).astype(np.float32)
    return np.asarray(cv2.resize(grid, shape[::-1], interpolation=cv2.INTER_CUBIC), dtype=np.float32)


def _tinted(field: Field, dark: Colour, light: Colour) -> Field:
    """A field of 0 to 1 as colours between two."""
    low, high = np.asarray(dark, np.float32), np.asarray(light, np.float32)
    return np.asarray(low + np.clip(field, 0, 1)[:, :, None] * (high - low), dtype=np.float32)


def _wood(rng: np.random.Generator, shape: tuple[int, int]) -> Field:
    warp = _noise(rng, shape, (90, 260)) * 9
    y = np.arange(shape[0], dtype=np.float32)[:, None]
    grain = 0.5 + 0.28 * np.sin((y + warp) / rng.uniform(2.5, 6)) + 0.3 * _noise(rng, shape, (1.6, 60))
    tones = (((92, 56, 30), (168, 112, 66)), ((150, 112, 74), (214, 178, 130)), ((46, 32, 24), (92, 64, 46)))
    dark, light = tones[int(rng.integers(len(tones)))]
    return _tinted(grain, dark, light)


def _cloth(rng: np.random.Generator, shape: tuple[int, int]) -> Field:
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    weave = 0.5 + 0.25 * np.sin(x * 1.7) * np.sin(y * 1.7) + 0.25 * _noise(rng, shape, (50, 50))
    base = rng.integers(30, 200, 3) * 0.45 + rng.uniform(20, 110)
    return _tinted(weave, _colour(base * 0.7), _colour(base))


def _plain(rng: np.random.Generator, shape: tuple[int, int]) -> Field:
    level = rng.uniform(25, 235)
    base = level + rng.uniform(-14, 14, 3)
    return _tinted(0.5 + 0.5 * _noise(rng, shape, (160, 160)), _colour(base - 8), _colour(base + 8))


def _stone(rng: np.random.Generator, shape: tuple[int, int]) -> Field:
    field = (
        0.5 + 0.3 * _noise(rng, shape, (60, 60)) + 0.2 * _noise(rng, shape, (9, 9)) + 0.2 * _noise(rng, shape, (2, 2))
    )
    veins = np.abs(_noise(rng, shape, (80, 120)) + 0.3 * _noise(rng, shape, (20, 20)))
    level = rng.uniform(70, 190)
    return _tinted(
        field - np.clip(0.25 - veins * 3, 0, 0.25), _colour(np.full(3, level - 50)), _colour(np.full(3, level + 40))
    )


def _squares(rng: np.random.Generator, shape: tuple[int, int]) -> Field:
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]]
    size = int(rng.integers(14, 40))
    field = 0.4 * ((x // size) % 2) + 0.4 * ((y // size) % 2) + 0.1 * _noise(rng, shape, (3, 3))
    base = rng.integers(40, 150, 3)
    return _tinted(field.astype(np.float32), (236, 234, 228), _colour(base))


def _paper(rng: np.random.Generator, shape: tuple[int, int]) -> Field:
    """A printed letter: lines of words that are no zone."""
    sheet = Pillow.new("L", shape[::-1], 238)
    draw = ImageDraw.Draw(sheet)
    size = float(rng.uniform(8, 15))
    font = plain_font(round(size, 1))
    words = [
        "the",
        "of",
        "and",
        "border",
        "notice",
        "passage",
        "form",
        "visit",
        "office",
        "stamp",
        "2024",
        "reference",
        "number",
        "please",
        "enter",
    ]
    for y in np.arange(size, shape[0], size * 1.5):
        line = " ".join(str(word) for word in rng.choice(words, int(shape[1] / size / 2) + 4))
        draw.text((size, float(y)), line, fill=int(rng.integers(50, 90)), font=font, anchor="ls")
    field = np.asarray(sheet, dtype=np.float32) / 255 + 0.03 * _noise(rng, shape, (90, 90))
    return _tinted(field, (20, 20, 26), (250, 248, 242))


def _colour(values: NDArray[np.floating] | NDArray[np.int64]) -> Colour:
    red, green, blue = (int(np.clip(value, 0, 255)) for value in values)
    return (red, green, blue)


DESKS: Final[dict[str, Callable[[np.random.Generator, tuple[int, int]], Field]]] = {
    "wood": _wood,
    "cloth": _cloth,
    "plain": _plain,
    "stone": _stone,
    "squares": _squares,
    "paper": _paper,
}
"""Surfaces by name."""
