"""The page by its outline alone: a card's front has no zone, and a poor picture none that can be read.

The surroundings are told from the page in several ways, since a reader's ground is black, a scanner's lid white and a
desk anything; each gives a quadrilateral, its edges are measured, and the best is taken. Which way is up, the outline
does not say: the print does, see `upright`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.icao.mrz import Format
from limen.vision.page.by_zone import Placed, Scaled, refined
from limen.vision.page.edges import Edge, Reach, seek, span_of
from limen.vision.page.fitting import fit, mapped, points
from limen.vision.page.model import SIZES_MM, Pixels

Floats = NDArray[np.float64]
Mask = NDArray[np.uint8]

_SEARCH = 320
"""Longest side in pixels at which the page is sought."""
_LEAST_SHARE = 0.12
"""Least share of the picture that a page fills."""
_RATIO = 1.25
"""A quadrilateral whose sides' ratio is farther from the format's is none of it; perspective shortens one side."""
_BUSY = 7
"""Grey levels within three pixels from which a place holds print."""
_LEAST_EDGES = 3
_LEAST_SUPPORT = 0.4
_SURE_SUPPORT = 0.55


@dataclass(frozen=True, slots=True)
class Found:
    """A page by its outline, its long side across, perhaps upside down."""

    placed: Placed
    format: Format
    score: float


def outline(image: Pixels, formats: tuple[Format, ...]) -> Found | None:
    """The best page of one of the formats; None where no quadrilateral has the edges of one."""
    small = Scaled.of(image, _SEARCH / max(image.shape[:2]))
    best: Found | None = None
    tried: list[Floats] = []
    for quad in _quads(small.image):
        corners = quad / small.factor
        if any(np.abs(corners - other).max() < 0.02 * max(image.shape[:2]) for other in tried):
            continue
        tried.append(corners)
        format, misfit = _format(corners, formats)
        if misfit > np.log(_RATIO):
            continue
        found = _measured(image, corners, format, misfit)
        if found is not None and (best is None or found.score > best.score):
            best = found
    return best


def _format(corners: Floats, formats: tuple[Format, ...]) -> tuple[Format, float]:
    """The format whose sides fit best, and how far they are off (a logarithm)."""
    sides = np.hypot(*(np.roll(corners, -1, 0) - corners).T)
    ratio = (sides[0] + sides[2]) / max(sides[1] + sides[3], 1e-9)
    misfits = [abs(float(np.log(ratio * SIZES_MM[one][1] / SIZES_MM[one][0]))) for one in formats]
    best = int(np.argmin(misfits))
    return formats[best], misfits[best]


def _measured(image: Pixels, corners: Floats, format: Format, misfit: float) -> Found | None:
    """The quadrilateral with its edges sought about it and measured."""
    size = SIZES_MM[format]
    width, height = size
    page = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)
    rough = points(page, corners, 2.0)
    matrix = fit(rough)
    coarse = Scaled.of(image, 5.0 / (np.hypot(*(corners[1] - corners[0])) / width))
    found: set[Edge] = set()
    supports, agreed = [], []
    moved = page.copy()
    for edge in Edge:
        line = seek(coarse.view(matrix, size), edge, span_of(edge, size), Reach(3.0, 4.0))
        if line is None:
            continue
        found.add(edge)
        supports.append(line.support)
        agreed.append(line.agreed)
        ends = [corner for corner in range(4) if page[corner, edge.axis] == edge.at(size)]
        low, high = sorted(ends, key=lambda corner: float(page[corner, 1 - edge.axis]))
        moved[low, edge.axis] += edge.outward * line.start
        moved[high, edge.axis] += edge.outward * line.end
    if len(found) < _LEAST_EDGES or float(np.mean(supports)) < _LEAST_SUPPORT:
        return None
    rough = points(page, mapped(matrix, moved), 2.0)
    placed = refined(image, fit(rough), size, frozenset(found), lambda known: fit([*rough, *known.values()]))
    # On a lid, the shadow beside pale paper hides the edge's own points, but four sure lines are a page.
    if len(placed.edges) < _LEAST_EDGES and (len(found) < 4 or min(agreed) < _SURE_SUPPORT):
        return None
    score = float(np.sum(supports)) / 4 * max(placed.support, 0.5) - misfit
    return Found(placed, format, score)


def _quads(image: Pixels) -> Iterator[Floats]:
    """Quadrilaterals that may be the page: corners in reading direction of a page that lies across."""
    for mask in _masks(image):
        closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
        opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
        shapes, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for shape in sorted(shapes, key=cv2.contourArea, reverse=True)[:2]:
            if cv2.contourArea(shape) < _LEAST_SHARE * mask.size:
                continue
            quad = _corners(cv2.convexHull(shape).reshape(-1, 2).astype(np.float64))
            if quad is not None:
                yield quad


def _masks(image: Pixels) -> Iterator[Mask]:
    """White where the page may be."""
    soft = cv2.medianBlur(image, 5)
    lab = cv2.cvtColor(soft, cv2.COLOR_RGB2LAB).astype(np.float32)
    border = np.vstack([lab[:3].reshape(-1, 3), lab[-3:].reshape(-1, 3), lab[:, :3].reshape(-1, 3),
                        lab[:, -3:].reshape(-1, 3)])  # fmt: skip
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 8, 1.0)
    cv2.setRNGSeed(1)
    _, _, centres = cv2.kmeans(border[::3], 3, np.empty(0, dtype=np.int32), criteria, 1, cv2.KMEANS_PP_CENTERS)
    away = np.min([np.linalg.norm(lab - centre, axis=2) for centre in centres], axis=0)
    yield _otsu(np.clip(away * 2, 0, 255).astype(np.uint8))
    yield (away > 8).astype(np.uint8) * 255
    grey = np.asarray(cv2.cvtColor(soft, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    yield (grey > 24).astype(np.uint8) * 255
    light = _otsu(grey)
    yield light
    yield np.asarray(255 - light, dtype=np.uint8)
    fine = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    yield _printed(fine)
    drawn = cv2.dilate(cv2.Canny(cv2.GaussianBlur(fine, (5, 5), 0), 20, 60), np.ones((3, 3), np.uint8))
    yield _filled(np.asarray(drawn, dtype=np.uint8))


def _otsu(grey: Mask) -> Mask:
    return np.asarray(cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1], dtype=np.uint8)


def _printed(grey: Mask) -> Mask:
    """Where there is print, line work or an edge at all: a scanner's lid has none, however pale the paper."""
    kernel = np.ones((3, 3), np.uint8)
    busy = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, kernel) > _BUSY
    close = np.ones((9, 9), np.uint8)
    return _filled(np.asarray(cv2.morphologyEx(busy.astype(np.uint8) * 255, cv2.MORPH_CLOSE, close), dtype=np.uint8))


def _filled(drawn: Mask) -> Mask:
    """The inside of whatever lines enclose."""
    shapes, _ = cv2.findContours(drawn, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    mask = np.zeros_like(drawn)
    cv2.drawContours(mask, shapes, -1, 255, -1)
    return mask


def _corners(hull: Floats) -> Floats | None:
    """Four corners about a convex outline, clockwise, the first side one of the long ones; None where it has not four.

    Rounded corners lie outside the hull, so that the sides are fitted and met.
    """
    rough = np.array(cv2.boxPoints(cv2.minAreaRect(hull.astype(np.float32))), dtype=np.float64)
    length = cv2.arcLength(hull.astype(np.float32), True)
    for tolerance in (0.02, 0.03, 0.05, 0.08):
        shape = cv2.approxPolyDP(hull.astype(np.float32), tolerance * length, True).reshape(-1, 2)
        if len(shape) == 4:
            rough = shape.astype(np.float64)
            break
    rough = _clockwise(rough)
    sides = np.hypot(*(np.roll(rough, -1, 0) - rough).T)
    if sides.min() < 10:
        return None
    return np.roll(rough, -1, 0) if sides[0] + sides[2] < sides[1] + sides[3] else rough


def _clockwise(corners: Floats) -> Floats:
    """As seen in the image, from the upper left on."""
    middle = corners.mean(axis=0)
    angle = np.arctan2(*(corners - middle).T[::-1])
    ordered = corners[np.argsort(angle)]
    return np.roll(ordered, -int(np.argmin(ordered.sum(axis=1))), 0)
