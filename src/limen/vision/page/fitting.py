"""The homography of a page from what is known of it: characters of the zone, and points of its edges.

A character is a point whose place on the page is known; a point of an edge is known in one direction alone. Both are
linear in the homography from pixels to millimetres (the direct linear transformation: Hartley and Zisserman,
Multiple View Geometry, 4.1), so that one small eigenvalue problem takes whatever was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.page.model import Matrix

Floats = NDArray[np.float64]

_SCALE_MM = 50.0
_ROUNDS = 3
_SQUARE = 0.02
"""A zone whose characters are this nearly as wide as high, and this nearly upright, was seen straight on."""
_LEAST_SQUARE = 0.85
"""Sine of the angle between across and down, anywhere on a page; 0.9 at least in captures tilted by 22 degrees."""
_MOST_FALL = 1.9
"""How many times larger its near end may seem than its far end."""
_MOST_STRETCH = 1.6
"""How many times longer one direction may seem than the other."""


@dataclass(frozen=True, slots=True)
class Known:
    """Points of the image, and one coordinate of each on the page."""

    pixels: Floats
    """N x 2."""
    axis: int
    """0: the millimetres are from the left edge; 1: from the upper edge."""
    millimetres: Floats
    """N."""
    sigma: float
    """How surely, in millimetres."""


def points(millimetres: Floats, pixels: Floats, sigma: float) -> tuple[Known, Known]:
    """Points that are known in both directions."""
    return (Known(pixels, 0, millimetres[:, 0], sigma), Known(pixels, 1, millimetres[:, 1], sigma))


def fit(known: Sequence[Known]) -> Matrix:
    """From millimetres on the page to pixels of the image, the best for all that is known."""
    pixels = np.vstack([one.pixels for one in known])
    middle = pixels.mean(axis=0)
    spread = float(np.sqrt(((pixels - middle) ** 2).sum(axis=1).mean())) or 1.0
    near = np.array([[1 / spread, 0, -middle[0] / spread], [0, 1 / spread, -middle[1] / spread], [0, 0, 1]])
    scale = np.diag([_SCALE_MM, _SCALE_MM, 1.0])
    depths = [np.ones(len(one.pixels)) for one in known]
    back = np.eye(3)
    for _ in range(_ROUNDS):
        rows = np.vstack([_rows(one, near, depth) for one, depth in zip(known, depths, strict=True)])
        _, vectors = np.linalg.eigh(rows.T @ rows)
        back = vectors[:, 0].reshape(3, 3)
        depths = [_raised(one.pixels, near) @ back[2] for one in known]
    whole = np.linalg.inv(scale @ back @ near)
    return np.asarray(whole / whole[2, 2], dtype=np.float64)


def fit_straight(known: Sequence[Known]) -> Matrix:
    """As `fit`, of a page seen straight on: turned, scaled and moved, no more."""
    rows, values = [], []
    for one in known:
        x, y = one.pixels.T
        nought, ones = np.zeros(len(x)), np.ones(len(x))
        row = (x, -y, ones, nought) if one.axis == 0 else (y, x, nought, ones)
        rows.append(np.column_stack(row) / one.sigma)
        values.append(one.millimetres / one.sigma)
    a, b, c, d = np.linalg.lstsq(np.vstack(rows), np.concatenate(values), rcond=None)[0]
    return np.asarray(np.linalg.inv(np.array([[a, -b, c], [b, a, d], [0.0, 0.0, 1.0]])), dtype=np.float64)


def _raised(pixels: Floats, near: Matrix) -> Floats:
    return np.asarray(np.column_stack([pixels, np.ones(len(pixels))]) @ near.T, dtype=np.float64)


def _rows(one: Known, near: Matrix, depth: Floats) -> Floats:
    """One equation for each point: (g_axis - value g_3) . p = 0, in units of its sigma."""
    p = _raised(one.pixels, near)
    rows = np.zeros((len(p), 9))
    rows[:, 3 * one.axis : 3 * one.axis + 3] = p
    rows[:, 6:] = -p * (one.millimetres / _SCALE_MM)[:, None]
    least = 1e-3 * float(np.abs(depth).max())
    weight = 1 / (np.maximum(np.abs(depth), least) * one.sigma)
    return rows * weight[:, None]


def straight(millimetres: Floats, pixels: Floats) -> tuple[Matrix, bool]:
    """From millimetres to pixels without perspective, by the zone alone; and whether it was seen straight on.

    Two lines 6 mm apart say little of how the page leans, so that a zone that looks square is taken for square.
    """
    raised = np.column_stack([millimetres, np.ones(len(millimetres))])
    free = np.linalg.lstsq(raised, pixels, rcond=None)[0].T
    (a, b), (c, d) = free[0, :2], free[1, :2]
    across, down = np.hypot(a, c), np.hypot(b, d)
    lean = (a * b + c * d) / max(across * down, 1e-9)
    if abs(down / max(across, 1e-9) - 1) > _SQUARE or abs(lean) > _SQUARE:
        return np.vstack([free, [0, 0, 1]]), False
    return _similar(millimetres, pixels), True


def _similar(millimetres: Floats, pixels: Floats) -> Matrix:
    """Turned, scaled and moved, no more."""
    z, w = millimetres @ (1, 1j), pixels @ (1, 1j)
    turn = np.vdot(z - z.mean(), w - w.mean()) / np.vdot(z - z.mean(), z - z.mean())
    move = w.mean() - turn * z.mean()
    return np.array([[turn.real, -turn.imag, move.real], [turn.imag, turn.real, move.imag], [0.0, 0.0, 1.0]])


def mapped(matrix: Matrix, places: Floats) -> Floats:
    """N x 2 places through a homography."""
    return np.asarray(cv2.perspectiveTransform(places.reshape(-1, 1, 2), matrix).reshape(-1, 2), dtype=np.float64)


def plausible(matrix: Matrix, size_mm: tuple[float, float]) -> bool:
    """Whether a camera can see a page so: upright and across stay nearly square, and its far end is not tiny."""
    width, height = size_mm
    grid = np.array([(x * width, y * height) for x in (0.0, 0.5, 1.0) for y in (0.0, 0.5, 1.0)])
    depth = np.column_stack([grid, np.ones(len(grid))]) @ matrix[2]
    if depth.min() * depth.max() <= 0 or not np.isfinite(matrix).all():
        return False
    right = mapped(matrix, grid + np.array([0.5, 0.0])) - mapped(matrix, grid)
    down = mapped(matrix, grid + np.array([0.0, 0.5])) - mapped(matrix, grid)
    across, along = np.hypot(*right.T), np.hypot(*down.T)
    area = right[:, 0] * down[:, 1] - right[:, 1] * down[:, 0]
    square = area / np.maximum(across * along, 1e-9)
    return bool(
        square.min() > _LEAST_SQUARE
        and max(across.max() / across.min(), along.max() / along.min()) < _MOST_FALL
        and np.abs(np.log(across / along)).max() < np.log(_MOST_STRETCH)
    )


def density(matrix: Matrix, size_mm: tuple[float, float]) -> tuple[float, float]:
    """Pixels of the image to the millimetre, the least of both directions over the page, and the mean."""
    width, height = size_mm
    grid = np.array([(x * width, y * height) for x in (0.0, 0.5, 1.0) for y in (0.0, 0.5, 1.0)])
    base = mapped(matrix, grid)
    right = mapped(matrix, grid + np.array([0.5, 0.0])) - base
    down = mapped(matrix, grid + np.array([0.0, 0.5])) - base
    # The least stretch of the Jacobian is its lesser singular value.
    jacobians = np.stack([right, down], axis=-1) * 2
    stretch = np.linalg.svd(jacobians, compute_uv=False)
    return float(stretch[:, 1].min()), float(stretch.mean())
