"""A short vector that says what a masked picture looks like, for a search of similar ones by cosine distance.

Only what the masks leave open goes in, so a search can find an artwork again and never a person. Of a page that was
found it is the head and the foot, each straightened; of any other picture the part around which the masks leave room.
Each is reduced to a small grid, freed of brightness and contrast, and described by the lowest terms of its discrete
cosine transform, in lightness and in colour. What is hidden is taken as the mean of what is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.node.images.masking import Image, Quad, cover
from limen.node.images.masks import Mask

Floats = NDArray[np.float64]
Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Part:
    """How one part of a picture is described."""

    grid: tuple[int, int]
    """Columns and rows that it is reduced to."""
    light: tuple[int, int]
    """Terms of the lightness across and down."""
    colour: tuple[int, int]
    """Terms of each of two colour differences."""
    weight: float
    inset: tuple[float, float, float, float]
    """Shares of the part's width and height at its left, top, right and bottom that are passed over, since the page's
    edge may lie a little elsewhere."""


_HEAD: Final = _Part((96, 16), (10, 2), (8, 2), 1.0, (0.05, 0.25, 0.0, 0.0))
_FOOT: Final = _Part((96, 8), (8, 2), (8, 2), 0.5, (0.05, 0.1, 0.05, 0.4))
_COLOUR_WEIGHT: Final = 1.0
_FINE: Final = 4
"""Samples across each cell of the grid, so that fine lines do not alias."""

_NOISE: Final = 1.0
"""Length of terms (of 255 in lightness, of percent in colour) below which they are not made longer."""

DIMENSIONS: Final = sum(p.light[0] * p.light[1] + 2 * p.colour[0] * p.colour[1] for p in (_HEAD, _FOOT))
LEAST_OPEN: Final = 0.002
"""Share of the picture that must be open for a fingerprint."""
ALIKE: Final = 0.9
"""Cosine from which on two pictures are shown as similar."""


def fingerprint(masked: Image, masks: Iterable[Mask], windows: Sequence[Quad | None] = (None, None)) -> Vector | None:
    """The vector of a masked picture (H x W x 3, RGB), `DIMENSIONS` numbers of unit length.

    `masks` are those that were applied, `windows` the proposal's. None where too little is open, or all is plain.
    """
    height, width = masked.shape[:2]
    open_ = cover(masks, (width, height)) == 0
    if np.count_nonzero(open_) < LEAST_OPEN * open_.size:
        return None
    head, foot = windows
    if head is None and foot is None:
        head = _bounds(open_)
    else:
        head, foot = _narrowed(head, _HEAD.inset), _narrowed(foot, _FOOT.inset)
    parts = [_described(masked, open_, quad, part) for quad, part in ((head, _HEAD), (foot, _FOOT))]
    vector = np.concatenate(parts)
    length = float(np.linalg.norm(vector))
    # Rounded, so that the last bits in which processors differ are gone.
    return np.round(vector / length, 4).astype(np.float32) if length > 0.05 else None


def similarity(one: Vector, other: Vector) -> float:
    """Cosine of two fingerprints, from -1 to 1."""
    a, b = one.astype(np.float64), other.astype(np.float64)
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))


def _narrowed(quad: Quad | None, inset: tuple[float, float, float, float]) -> Quad | None:
    """A quadrilateral without its rims."""
    if quad is None:
        return None
    a, b, c, d = (np.array(point) for point in quad)
    left, top, right, bottom = inset

    def at(x: float, y: float) -> tuple[float, float]:
        place = (1 - y) * ((1 - x) * a + x * b) + y * ((1 - x) * d + x * c)
        return float(place[0]), float(place[1])

    return at(left, top), at(1 - right, top), at(1 - right, 1 - bottom), at(left, 1 - bottom)


def _bounds(open_: NDArray[np.bool_]) -> Quad:
    """The upright rectangle around all that is open, in shares of the picture."""
    height, width = open_.shape
    rows, columns = np.flatnonzero(open_.any(axis=1)), np.flatnonzero(open_.any(axis=0))
    left, right = float(columns[0]) / width, float(columns[-1] + 1) / width
    top, bottom = float(rows[0]) / height, float(rows[-1] + 1) / height
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def _described(masked: Image, open_: NDArray[np.bool_], quad: Quad | None, part: _Part) -> Floats:
    """One part's terms; zeros where it is missing, hidden or plain."""
    count = part.light[0] * part.light[1] + 2 * part.colour[0] * part.colour[1]
    cells = _cells(masked, open_, quad, part.grid) if quad else None
    if cells is None:
        return np.zeros(count)
    light = _terms(_even(cells[0]), part.light)
    colour = np.concatenate([_terms(one, part.colour) for one in cells[1:]])
    return part.weight * np.concatenate([_unit(light), _COLOUR_WEIGHT * _unit(colour)])


def _cells(
    masked: Image, open_: NDArray[np.bool_], quad: Quad, grid: tuple[int, int]
) -> tuple[Floats, Floats, Floats] | None:
    """Lightness and two colour differences (in percent of it) on the grid; None where too little of it is open."""
    height, width = open_.shape
    fine = (grid[0] * _FINE, grid[1] * _FINE)
    there = np.array([(0, 0), (fine[0], 0), fine, (0, fine[1])], np.float32)
    here = (np.array(quad) * (width, height)).astype(np.float32)
    way = cv2.getPerspectiveTransform(here, there)
    flat = np.asarray(
        cv2.warpPerspective(masked, way, fine, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float64
    )
    seen = cv2.warpPerspective(open_.astype(np.uint8), way, fine, flags=cv2.INTER_NEAREST).astype(np.float64)
    weight = _pooled(seen)
    if np.mean(weight > 0.5) < 0.2:
        return None
    red, green, blue = (_pooled(flat[:, :, k] * seen) / np.maximum(weight, 1e-9) for k in range(3))
    light = 0.299 * red + 0.587 * green + 0.114 * blue
    share = 100.0 / np.maximum(light, 20.0)
    planes = (light, share * (red - green), share * (0.5 * (red + green) - blue))
    first, second, third = (np.where(weight > 0.5, one, np.mean(one[weight > 0.5])) for one in planes)
    # The mean colour is that of the lamp as much as of the paper.
    return first, second - second.mean(), third - third.mean()


def _pooled(fine: Floats) -> Floats:
    """Means of blocks."""
    rows, columns = fine.shape[0] // _FINE, fine.shape[1] // _FINE
    return np.asarray(fine.reshape(rows, _FINE, columns, _FINE).mean(axis=(1, 3)), np.float64)


def _even(light: Floats) -> Floats:
    """Freed of brightness, contrast and a gradient of the light."""
    rows, columns = light.shape
    y, x = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : columns * 1j]
    base = np.column_stack([np.ones(light.size), x.ravel(), y.ravel()])
    fit, *_ = np.linalg.lstsq(base, light.ravel(), rcond=None)
    return np.asarray(light - (base @ fit).reshape(light.shape), np.float64)


def _terms(plane: Floats, count: tuple[int, int]) -> Floats:
    """The lowest terms of the cosine transform (type II), across by down."""
    rows, columns = plane.shape
    across, down = _cosines(columns, count[0]), _cosines(rows, count[1])
    return np.asarray(down @ plane @ across.T, np.float64).ravel()


def _cosines(length: int, count: int) -> Floats:
    at = np.pi * (np.arange(length) + 0.5) / length
    return np.asarray(np.cos(np.outer(np.arange(count), at)) / length, np.float64)


def _unit(terms: Floats) -> Floats:
    """Of unit length; less where the plane is nearly plain, and its terms are mostly noise."""
    return np.asarray(terms / max(float(np.linalg.norm(terms)), _NOISE), np.float64)
