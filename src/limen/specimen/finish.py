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


def sprayed(rng: np.random.Generator, page: Image, scale: float, _light: Light) -> Image:
    """A scan of the page as an inkjet printer gives it again: a little soft, off in colour, out of scattered dots.

    Its dyes are as unseen in infrared as the true inks, so that nothing but the print under white light is another.
    """
    soft = cv2.GaussianBlur(page, (0, 0), max(0.4, scale * float(rng.uniform(0.05, 0.085))))
    gain, lift = rng.uniform(0.96, 1.04, 3), rng.uniform(-4, 4, 3)
    ink = 1 - np.clip(soft.astype(np.float32) * gain + lift, 0, 255).astype(np.float32) / 255
    dot, coarse = max(0.35, scale * float(rng.uniform(0.028, 0.04))), float(rng.uniform(0.25, 0.55))
    covered = np.empty_like(ink)
    for channel in range(3):
        covered[:, :, channel] = (ink[:, :, channel] > _scattered(rng, ink.shape[:2], dot)).astype(np.float32)
    covered = np.asarray(cv2.GaussianBlur(covered, (0, 0), dot * 1.1), dtype=np.float32)
    # Light tones are single dots; in the dark ones the dots run together.
    grain = coarse * (1 - 0.75 * np.clip(ink, 0, 1))
    mixed = grain * covered + (1 - grain) * ink
    return np.clip(255 * (1 - mixed), 0, 255).astype(np.uint8)


def _scattered(rng: np.random.Generator, shape: tuple[int, int], dot: float) -> Field:
    """Thresholds from 0 to 1 without order, whose neighbours differ: dots of about `dot` pixels."""
    noise = rng.normal(0, 1, shape).astype(np.float32)
    fine = np.asarray(cv2.GaussianBlur(noise, (0, 0), dot), dtype=np.float32)
    band = fine - np.asarray(cv2.GaussianBlur(noise, (0, 0), dot * 2), dtype=np.float32)
    spread = max(1e-6, float(band.std()))
    return np.asarray(1 / (1 + np.exp(-1.7 * band / spread)), dtype=np.float32)


_SCREEN_ANGLES: Final = (15.0, 75.0, 0.0, 45.0)
"""Of cyan, magenta, yellow and black, in degrees."""


def colour_copied(rng: np.random.Generator, page: Image, scale: float, light: Light) -> Image:
    """The page as a colour laser copier gives it, seen under `light`: rosettes of four halftone screens.

    The paper has brighteners, which the toner covers; of the toners only black is seen in infrared.
    """
    soft = cv2.GaussianBlur(page, (0, 0), max(0.3, scale * 0.05)).astype(np.float32)
    bright = np.clip((soft - 128) * float(rng.uniform(1.12, 1.3)) + 128 + rng.uniform(10, 20), 0, 255)
    separations = _separated(1 - bright.astype(np.float32) / 255)
    pitch = scale * float(rng.uniform(0.17, 0.23))
    cyan, magenta, yellow, black = (
        _screened(plane, pitch, angle) for plane, angle in zip(separations, _SCREEN_ANGLES, strict=True)
    )
    if light is Light.IR:
        return _toned(IR_PAPER, IR_BLACK, np.clip(black * 0.94 + 0.05 * cyan, 0, 1))
    if light is Light.UV:
        return _toned(
            UV_BRIGHT, UV_BLACK, np.clip(1 - (1 - 0.9 * black) * (1 - 0.55 * np.maximum(cyan, magenta)), 0, 1)
        )
    inks = np.dstack([cyan * 0.9, magenta * 0.85, yellow * 0.88])
    sheet = np.array([252, 252, 250], np.float32) * (1 - inks) * (1 - 0.86 * black[:, :, None])
    return np.asarray(np.clip(sheet + rng.normal(0, 2.0, page.shape[:2])[:, :, None], 0, 255), dtype=np.uint8)


def _separated(ink: Field) -> tuple[Field, Field, Field, Field]:
    """Cyan, magenta, yellow and black of a picture of absorbed light."""
    grey = np.clip((ink.min(axis=2) - 0.35) / 0.65, 0, 1).astype(np.float32)
    cyan, magenta, yellow = (np.clip((ink[:, :, k] - grey) / (1.001 - grey), 0, 1) for k in range(3))
    return cyan.astype(np.float32), magenta.astype(np.float32), yellow.astype(np.float32), grey


def _screened(plane: Field, pitch: float, angle: float) -> Field:
    """The plane out of dots on a grid, drawn at twice the size so that their edges come out smooth."""
    big = np.asarray(cv2.resize(plane, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR), dtype=np.float32)
    turn = np.radians(angle)
    level = (2 - _waves(big.shape, pitch, turn) - _waves(big.shape, pitch, turn + np.pi / 2)) / 4
    dots = np.clip((big - level) * 6 + 0.5, 0, 1).astype(np.float32)
    dots[big < 0.02] = 0
    return np.asarray(cv2.resize(dots, plane.shape[::-1], interpolation=cv2.INTER_AREA), dtype=np.float32)


def _waves(shape: tuple[int, ...], pitch: float, turn: float) -> Field:
    """A cosine with a period of twice `pitch` pixels along `turn`, as a product of its rows and columns."""
    y, x = (np.arange(n, dtype=np.float32) * np.float32(np.pi / pitch) for n in shape)
    down, across = y * np.float32(np.sin(turn)), x * np.float32(np.cos(turn))
    return np.outer(np.cos(down), np.cos(across)) - np.outer(np.sin(down), np.sin(across))


def _toned(paper: Colour, black: Colour, cover: NDArray[np.floating]) -> Image:
    low, high = np.asarray(black, np.float32), np.asarray(paper, np.float32)
    return np.asarray(high + cover[:, :, None] * (low - high)).astype(np.uint8)


FINISHES: Final[dict[str, Callable[[np.random.Generator, Image, float, Light], Image]]] = {
    "photocopy": photocopied,
    "screen": on_screen,
    "inkjet": sprayed,
    "colour-copy": colour_copied,
}
"""By name: (random numbers, page under white light, pixels a millimetre, light wanted) to the page seen."""
WHITE_ALONE: Final = frozenset({"inkjet"})
"""Finishes that leave the page under the other lights as it is."""
