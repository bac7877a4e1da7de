"""Line work: guilloche grounds, ribbons and rosettes, all as thin curves (Doc 9303-2, A.5.2.1).

Everything gives masks; the colours come from `artwork`. Curves are drawn with sub-pixel places, so the same
ground looks the same at any resolution.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.specimen.canvas import Canvas, Mask

_SHIFT: Final = 4
Curve = NDArray[np.float64]
"""N x 2 points in millimetres."""


def draw(canvas: Canvas, mask: Mask, curves: Iterable[Curve], width: float, value: int = 255) -> None:
    """Draws curves of `width` millimetres into `mask`; what is finer than a pixel gets fainter instead."""
    pixels = canvas.px(width)
    strength = round(value * min(1.0, pixels))
    points = [np.round(curve * canvas.scale * (1 << _SHIFT)).astype(np.int32) for curve in curves]
    cv2.polylines(
        mask, points, isClosed=False, color=strength, thickness=max(1, round(pixels)),
        lineType=cv2.LINE_AA, shift=_SHIFT,
    )  # fmt: skip


def ground(canvas: Canvas, rng: np.random.Generator, step: float = 0.85) -> list[Curve]:
    """Waves across the whole page, each a little out of step with its neighbour."""
    x = np.linspace(-1, canvas.width + 1, int(canvas.width * 2.5))
    period = rng.uniform(9, 15)
    swell, ripple = rng.uniform(1.0, 1.8), rng.uniform(0.35, 0.7)
    phases = rng.uniform(0, 2 * np.pi, 3)
    curves = []
    for y in np.arange(-3, canvas.height + 3, step):
        wave = swell * np.sin(2 * np.pi * x / (period * 3.1) + phases[0] + y / 9)
        wave += ripple * np.sin(2 * np.pi * x / period + phases[1] + y / 2.2)
        wave += 0.6 * ripple * np.sin(4 * np.pi * x / period + phases[2] - y / 3.1)
        curves.append(np.column_stack([x, y + wave]))
    return curves


def ribbon(canvas: Canvas, rng: np.random.Generator, middle: float, height: float) -> list[Curve]:
    """A plait of strands between two swelling envelopes."""
    x = np.linspace(-1, canvas.width + 1, int(canvas.width * 6))
    drift = 0.25 * height * np.sin(2 * np.pi * x / rng.uniform(50, 80) + rng.uniform(0, 6))
    envelope = height / 2 * (0.62 + 0.38 * np.sin(2 * np.pi * x / rng.uniform(22, 34) + rng.uniform(0, 6)))
    rate = 2 * np.pi / rng.uniform(7, 11)
    phases = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    return [np.column_stack([x, middle + drift + envelope * np.sin(rate * x + phase)]) for phase in phases]


def rosette(centre: tuple[float, float], radius: float, petals: int, turns: int = 9, phase: float = 0.0) -> list[Curve]:
    """Two wreaths of lobed curves, each curve turned a little against the one before; `phase` turns them all."""
    angle = np.linspace(0, 2 * np.pi, 50 * petals + 1)
    curves = []
    for mean, swing, lobes in ((0.74, 0.24, petals), (0.4, 0.2, petals // 2 + 1)):
        for turn in range(turns):
            r = radius * (mean + swing * np.cos(lobes * angle + 2 * np.pi * turn / turns + phase))
            curves.append(np.column_stack([centre[0] + r * np.cos(angle), centre[1] + r * np.sin(angle)]))
    return curves


def rim(centre: tuple[float, float], radius: float, petals: int) -> list[Curve]:
    """A narrow plait about a rosette."""
    angle = np.linspace(0, 2 * np.pi, 160 * petals + 1)
    curves = []
    for phase in np.linspace(0, 2 * np.pi, 4, endpoint=False):
        r = radius * (0.95 + 0.05 * np.cos(3 * petals * angle + phase))
        curves.append(np.column_stack([centre[0] + r * np.cos(angle), centre[1] + r * np.sin(angle)]))
    return curves


def star(centre: tuple[float, float], radius: float, petals: int) -> Curve:
    """The outline of the issuer's emblem: a star with half as many points as its rosette has petals."""
    points = max(5, petals // 2)
    angle = np.linspace(-np.pi / 2, 1.5 * np.pi, 2 * points + 1)
    r = np.where(np.arange(2 * points + 1) % 2 == 0, radius, radius * 0.52)
    return np.column_stack([centre[0] + r * np.cos(angle), centre[1] + r * np.sin(angle)])


def filled(canvas: Canvas, mask: Mask, outline: Curve, value: int = 255) -> None:
    """Fills a closed outline."""
    points = np.round(outline * canvas.scale * (1 << _SHIFT)).astype(np.int32)
    cv2.fillPoly(mask, [points], value, lineType=cv2.LINE_AA, shift=_SHIFT)
