"""Line work that `limen.specimen.guilloche` has not: contours, Lissajous figures, wavelets, spirals, tiles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np

from limen.specimen.canvas import Canvas
from limen.specimen.guilloche import Curve

_GRID: Final = 4.0
"""Cells to the millimetre of the field whose contours are drawn."""


def contours(canvas: Canvas, rng: np.random.Generator) -> list[Curve]:
    """The lines of equal height of a smooth random landscape, as on a map."""
    size = (int(canvas.width * _GRID) + 8, int(canvas.height * _GRID) + 8)
    coarse = rng.normal(0, 1, (7, 10)).astype(np.float32)
    field = cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC)
    y, x = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    field = field + 0.018 * (x * np.float32(rng.uniform(-1, 1)) + y)
    curves: list[Curve] = []
    for level in np.arange(field.min(), field.max(), 0.085):
        found, _ = cv2.findContours((field > level).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
        for outline in found:
            if len(outline) > 40:
                curves.append(_eased(outline[:, 0, :].astype(np.float64)) / _GRID - 1)
    return curves


def _eased(points: Curve) -> Curve:
    """A stepped closed outline made smooth."""
    kernel = np.hanning(13) / np.hanning(13).sum()
    ring = np.vstack([points[-6:], points, points[:6]])
    smooth = np.column_stack([np.convolve(ring[:, k], kernel, mode="valid") for k in (0, 1)])
    return np.vstack([smooth[::2], smooth[:1]])


def lissajous(canvas: Canvas, rng: np.random.Generator) -> list[Curve]:
    """One figure drawn over and over with its phase a little further on each time."""
    t = np.linspace(0, 2 * np.pi, 900)
    a, b = ((3, 4), (5, 4), (5, 6), (3, 5))[int(rng.integers(4))]
    cx, cy = canvas.width * rng.uniform(0.52, 0.7), canvas.height * rng.uniform(0.36, 0.48)
    rx, ry = canvas.width * rng.uniform(0.2, 0.27), canvas.height * rng.uniform(0.24, 0.32)
    start = rng.uniform(0, np.pi)
    return [
        np.column_stack([cx + rx * np.sin(a * t + start + phase), cy + ry * np.sin(b * t)])
        for phase in np.linspace(0, 0.5, 8)
    ]


def wavelets(canvas: Canvas, rng: np.random.Generator) -> list[Curve]:
    """Rows that swell into packets of waves and die down again."""
    x = np.linspace(-1, canvas.width + 1, int(canvas.width * 5))
    centres, widths = rng.uniform(0, canvas.width, 3), rng.uniform(9, 20, 3)
    periods, phases = rng.uniform(2.2, 4.2, 3), rng.uniform(0, 6.28, 3)
    curves = []
    for y in np.arange(-2, canvas.height + 2, 0.95):
        rise = np.zeros_like(x)
        for centre, width, period, phase in zip(centres, widths, periods, phases, strict=True):
            along = x - centre - 5 * np.sin(y / 11 + phase)
            rise += 1.5 * np.exp(-((along / width) ** 2)) * np.cos(2 * np.pi * along / period + y / 3)
        curves.append(np.column_stack([x, y + rise]))
    return curves


def spirals(canvas: Canvas, rng: np.random.Generator) -> list[Curve]:
    """Arms that wind out of one point over the whole page, each with a tremble."""
    angle = np.linspace(0.2, 7 * np.pi, 1600)
    centre = (canvas.width * rng.uniform(0.5, 0.8), canvas.height * rng.uniform(0.25, 0.6))
    pace, lobes = rng.uniform(3.4, 4.6), int(rng.integers(7, 13))
    curves = []
    for start in np.linspace(0, 2 * np.pi, 14, endpoint=False):
        r = pace * angle * (1 + 0.05 * np.sin(lobes * angle + start))
        curves.append(np.column_stack([centre[0] + r * np.cos(angle + start), centre[1] + r * np.sin(angle + start)]))
    return curves


def tiles(canvas: Canvas, rng: np.random.Generator) -> list[Curve]:
    """Quarter circles on a grid, each cell turned at random (Truchet), three to a corner."""
    step = float(rng.uniform(5.5, 8))
    quarter = np.linspace(0, np.pi / 2, 14)
    curves = []
    for y in np.arange(0, canvas.height, step):
        for x in np.arange(0, canvas.width, step):
            turned = rng.random() < 0.5
            for cx, cy, start in ((0, 0, 0), (1, 1, np.pi)) if turned else ((1, 0, np.pi / 2), (0, 1, -np.pi / 2)):
                for radius in (0.38, 0.5, 0.62):
                    arc = np.column_stack([np.cos(quarter + start), np.sin(quarter + start)]) * radius
                    curves.append((arc + np.array([cx, cy])) * step + np.array([x, y]))
    return curves


FAMILIES: Final[dict[str, Callable[[Canvas, np.random.Generator], list[Curve]]]] = {
    "contours": contours,
    "lissajous": lissajous,
    "wavelets": wavelets,
    "spirals": spirals,
    "tiles": tiles,
}
"""By name."""


def hexagons(centre: tuple[float, float], size: float, rings: int = 3) -> list[Curve]:
    """A honeycomb about a point."""
    angle = np.linspace(0, 2 * np.pi, 7) + np.pi / 6
    cell = np.column_stack([np.cos(angle), np.sin(angle)]) * size * 0.94
    return [
        cell + np.array([centre[0] + size * np.sqrt(3) * (q + r / 2), centre[1] + size * 1.5 * r])
        for q in range(-rings, rings + 1)
        for r in range(max(-rings, -q - rings), min(rings, -q + rings) + 1)
    ]


def sun(centre: tuple[float, float], radius: float, rays: int) -> list[Curve]:
    """A disc's outline with rays about it."""
    angle = np.linspace(0, 2 * np.pi, 60)
    disc = np.column_stack([np.cos(angle), np.sin(angle)]) * radius * 0.45 + centre
    ends = [np.array([np.cos(a), np.sin(a)]) for a in np.linspace(0, 2 * np.pi, rays, endpoint=False)]
    return [disc, *(np.vstack([end * radius * 0.55, end * radius]) + centre for end in ends)]


def leaf(centre: tuple[float, float], length: float) -> list[Curve]:
    """A leaf with its veins."""
    t = np.linspace(0, np.pi, 40)
    sides = [
        np.column_stack([-np.cos(t) * length / 2, side * np.sin(t) ** 1.5 * length * 0.24]) + centre for side in (-1, 1)
    ]
    veins = [
        np.array([[x, 0.0], [x + length * 0.1, side * length * 0.15]]) + centre
        for x in np.linspace(-length * 0.35, length * 0.25, 5)
        for side in (-1, 1)
    ]
    return [*sides, np.array([[-length / 2, 0.0], [length / 2, 0.0]]) + centre, *veins]
