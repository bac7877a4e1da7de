"""What differs between two documents of one model though nobody touched them: the press, the cutter, years of use.

Offset print, fluorescent print, personalisation and the cut of the sheet each have their own register; inks vary from
run to run; paper yellows, and laminates are scratched. The ranges are what examiners allow for, not measured.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.specimen.canvas import IR_PAPER, UV_DULL, Canvas, mix
from limen.specimen.drawing import Shift
from limen.specimen.issuers import Colour
from limen.specimen.model import Image, Light
from limen.specimen.recipe import Recipe

REGISTER_MM: Final = 0.25
"""Most by which the offset print lies beside its place on the page."""
UV_REGISTER_MM: Final = 0.3
"""Most by which the fluorescent print lies beside its place on the page."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How one sheet departs from the model."""

    artwork: Shift
    """Of the offset print, in millimetres."""
    fluorescence: Shift
    density: float
    """Of the line work, as a multiple."""
    glow: float
    """Of the fluorescent print, as a multiple."""
    tone: tuple[float, float, float]
    """Of the paper, as a multiple for red, green and blue."""
    scratches: int
    stains: int
    seed: int
    """Of where those are."""


def with_tolerance(recipe: Recipe, seed: int) -> Recipe:
    """The recipe as the press and the years make it; all decided by `seed`."""
    rng = np.random.default_rng([seed, 71])
    age = float(rng.uniform(0, 1))
    return replace(
        recipe,
        tolerance=Tolerance(
            artwork=_within(rng, REGISTER_MM),
            fluorescence=_within(rng, UV_REGISTER_MM),
            density=float(rng.uniform(0.92, 1.08)),
            glow=float(rng.uniform(0.85, 1.1)),
            tone=(1 - 0.006 * age, 1 - 0.012 * age, 1 - 0.035 * age),
            scratches=int(rng.integers(0, 7)),
            stains=int(rng.integers(0, 3)),
            seed=int(rng.integers(2**31)),
        ),
    )


def _within(rng: np.random.Generator, most: float) -> Shift:
    length, turn = most * rng.uniform(0, 1), rng.uniform(0, 2 * np.pi)
    return float(length * np.cos(turn)), float(length * np.sin(turn))


def printed(blank: Image, recipe: Recipe, light: Light, scale: float) -> Image:
    """The artwork as this sheet's press printed it; a copy, whatever happens."""
    given = recipe.tolerance
    if given is None or light is Light.IR:
        return blank.copy()
    shift = given.fluorescence if light is Light.UV else given.artwork
    move = np.array([[1, 0, shift[0] * scale], [0, 1, shift[1] * scale]], dtype=np.float64)
    size = (blank.shape[1], blank.shape[0])
    warped = cv2.warpAffine(blank, move, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    moved = np.asarray(warped, dtype=np.uint8)
    if light is Light.UV:
        return moved if recipe.bright_paper else _denser(moved, UV_DULL, given.glow, (1.0, 1.0, 1.0))
    return _denser(moved, recipe.issuer.paper, given.density, given.tone)


def _denser(image: Image, paper: Colour, gain: float, tone: tuple[float, float, float]) -> Image:
    """The print `gain` times as far from its paper, and all of it times `tone`."""
    ground, tint = np.asarray(paper, np.float32), np.asarray(tone, np.float32)
    return np.asarray(np.clip((ground + (image - ground) * np.float32(gain)) * tint + 0.5, 0, 255), dtype=np.uint8)


def use(canvas: Canvas, recipe: Recipe) -> None:
    """Scratches the sheet and stains it, the same places under each light."""
    given = recipe.tolerance
    if given is None:
        return
    for light, image in canvas.images.items():
        rng = np.random.default_rng([given.seed, 73])
        for _ in range(given.stains):
            _stain(rng, image, canvas.scale, light)
        for _ in range(given.scratches):
            _scratch(rng, image, canvas.scale, light)


def _scratch(rng: np.random.Generator, image: Image, scale: float, light: Light) -> None:
    height, width = image.shape[:2]
    start, turn = rng.uniform(0, 1, 2) * (width, height), rng.uniform(0, 2 * np.pi)
    bend, length = rng.uniform(-0.04, 0.04), rng.uniform(4, 25)
    along = np.linspace(0, length, 24)
    heading = turn + bend * along
    path = start + np.cumsum(np.column_stack([np.cos(heading), np.sin(heading)]), axis=0) * (along[1] * scale)
    mask = np.zeros((height, width), dtype=np.uint8)
    cv2.polylines(mask, [np.round(path * 16).astype(np.int32)], False, 255, max(1, round(0.06 * scale)), cv2.LINE_AA, 4)
    colour, strength = {
        Light.WHITE: ((250, 250, 248), 0.3), Light.IR: (IR_PAPER, 0.15), Light.UV: ((70, 75, 120), 0.25),
    }[light]  # fmt: skip
    _over(image, mask, colour, strength * float(rng.uniform(0.4, 1)))


def _stain(rng: np.random.Generator, image: Image, scale: float, light: Light) -> None:
    height, width = image.shape[:2]
    small = np.zeros((height // 8 + 1, width // 8 + 1), dtype=np.uint8)
    centre = tuple(int(value) for value in rng.uniform(0, 1, 2) * small.shape[::-1])
    axes = tuple(int(value) for value in rng.uniform(1.5, 7, 2) * scale / 8)
    cv2.ellipse(small, centre, axes, float(rng.uniform(0, 180)), 0, 360, 255, -1)
    soft = cv2.GaussianBlur(small, (0, 0), max(1.0, scale * float(rng.uniform(0.4, 1.5)) / 8))
    mask = np.asarray(cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
    strength = float(rng.uniform(0.02, 0.09))
    if light is not Light.IR:
        _over(image, mask, (120, 96, 60) if light is Light.WHITE else (16, 14, 24), strength)


def _over(image: Image, mask: NDArray[np.uint8], colour: Colour, strength: float) -> None:
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return
    part = (slice(rows[0], rows[-1] + 1), slice(cols[0], cols[-1] + 1))
    mix(
        image[part],
        np.asarray(colour, np.float32),
        mask[part].astype(np.float32)[:, :, None] * np.float32(strength / 255),
    )
