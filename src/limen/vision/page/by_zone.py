"""Where the page lies, by its zone first, and by its edges where they are found near.

The zone says format, rotation and scale surely, but stands low on the page: its two lines say little of how the page
leans. So the edges are sought one after another, the ones that the zone places best first, and each that is found
makes the next surer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import cv2
import numpy as np

from limen.icao.mrz import Format
from limen.vision.page.edges import Edge, Line, Reach, View, measure, seek, span_of
from limen.vision.page.fitting import Known, density, fit, fit_straight, mapped, plausible, points, straight
from limen.vision.page.model import SIZES_MM, Matrix, Pixels
from limen.vision.page.standing import characters
from limen.vision.reading import ZoneReading

_ZONE_SIGMA_MM = 1.5
"""A character's place is known to 0.2 mm, but those of a line err together: eighty of them count like one."""
_LABELS = frozenset({Format.MRV_A, Format.MRV_B})
"""Formats that are stuck on a page of a passport: its edges are no edges of theirs."""
_LABEL_SIGMA_MM = 0.5
"""The same across a label: its zone must say where it ends, and which edges are the page's."""
_LABEL_HELD_MM = 2.0
_COARSE_PPMM = 5.0
"""Pixels to the millimetre at which edges are sought."""
_FINE_PPMM = 12.0
"""And at which they are measured."""


@dataclass(frozen=True, slots=True)
class Scaled:
    """An image reduced to what a search needs."""

    image: Pixels
    factor: tuple[float, float]

    @classmethod
    def of(cls, image: Pixels, factor: float) -> Scaled:
        """The image reduced by a factor; never enlarged."""
        if factor > 0.8:
            return cls(image, (1.0, 1.0))
        height, width = image.shape[:2]
        size = (max(8, round(width * factor)), max(8, round(height * factor)))
        small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
        return cls(np.asarray(small, dtype=np.uint8), (size[0] / width, size[1] / height))

    def view(self, matrix: Matrix, size: tuple[float, float]) -> View:
        """The reduced image with the homography into it."""
        return View(self.image, np.asarray(np.diag([*self.factor, 1.0]) @ matrix, dtype=np.float64), size)

    def known(self, one: Known) -> Known:
        """Points of the reduced image as those of the image."""
        return Known(one.pixels / self.factor, one.axis, one.millimetres, one.sigma)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a page lies."""

    matrix: Matrix
    edges: frozenset[Edge]
    """Those that were found."""
    support: float
    """How surely the edges were found, 0 to 1."""


def place(image: Pixels, zone: ZoneReading, format: Format) -> Placed:
    """The page about a zone."""
    size = SIZES_MM[format]
    millimetres, pixels = characters(zone, format)
    first, square = straight(millimetres, pixels)
    label = format in _LABELS
    across, down = points(millimetres, pixels, _ZONE_SIGMA_MM)
    if label:
        across = replace(across, sigma=_LABEL_SIGMA_MM)
    again = _Again((across, down), size, square, first, _LABEL_HELD_MM if label else 0.5)
    coarse = Scaled.of(image, _COARSE_PPMM / density(first, size)[1])
    found: dict[Edge, Known] = {}
    matrix = first
    for edge, low, reach in _LABEL_PLAN if label else _plan(square):
        line = seek(coarse.view(matrix, size), edge, span_of(edge, size, low), reach)
        if line is not None:
            more = found | {edge: coarse.known(_on(coarse.view(matrix, size), edge, line, low))}
            tried = again(more)
            # A line that no camera could see there is print, or the edge of something else.
            if plausible(tried, size):
                found, matrix = more, tried
    return refined(image, matrix, size, frozenset(found), again, label=label)


@dataclass(frozen=True, slots=True)
class _Again:
    """Fits the zone with the edges found so far."""

    zone: tuple[Known, Known]
    size: tuple[float, float]
    square: bool
    first: Matrix
    held: float
    """Millimetres by which the corners may differ from where the straight view puts them."""

    def __call__(self, found: Mapping[Edge, Known]) -> Matrix:
        """The homography. What no edge fixes is held by the corners as the straight view or the zone puts them."""
        if self.square:
            straight_on = fit_straight([*self.zone, *found.values()])
            held = _corners(straight_on, self.size, self.held)
        else:
            held = _corners(self.first, self.size, 8.0)
        return fit([*self.zone, *held, *found.values()])


def _plan(square: bool) -> tuple[tuple[Edge, float, Reach], ...]:
    """What to seek in turn: an edge, from which share of its length on, and within which reach in millimetres."""
    if square:
        return (
            (Edge.BOTTOM, 0.0, Reach(2.5, 1.0)),
            (Edge.LEFT, 0.0, Reach(2.5, 1.5)),
            (Edge.RIGHT, 0.0, Reach(2.5, 1.5)),
            (Edge.TOP, 0.0, Reach(2.5, 1.5)),
        )
    return (
        (Edge.BOTTOM, 0.0, Reach(3.0, 3.0)),
        (Edge.LEFT, 0.5, Reach(4.0, 6.0)),
        (Edge.RIGHT, 0.5, Reach(4.0, 6.0)),
        (Edge.LEFT, 0.0, Reach(3.0, 6.0)),
        (Edge.RIGHT, 0.0, Reach(3.0, 6.0)),
        (Edge.TOP, 0.0, Reach(6.0, 4.0)),
    )


_LABEL_PLAN = (
    (Edge.BOTTOM, 0.0, Reach(1.5, 3.0, label=True)),
    (Edge.LEFT, 0.5, Reach(1.5, 4.0, 0.6, label=True)),
    (Edge.RIGHT, 0.5, Reach(1.5, 4.0, 0.6, label=True)),
    (Edge.LEFT, 0.0, Reach(1.0, 4.0, 0.8, label=True)),
    (Edge.RIGHT, 0.0, Reach(1.0, 4.0, 0.8, label=True)),
    (Edge.TOP, 0.0, Reach(3.0, 1.5, label=True)),
)
"""As `_plan`, of a visa: it is stuck on a page 1 to 20 mm wider and higher, so that the sides are sought where the
zone ends, which is where it says best where they are."""


def _corners(matrix: Matrix, size: tuple[float, float], sigma: float) -> tuple[Known, Known]:
    """The page's corners as a homography puts them."""
    width, height = size
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)
    return points(corners, mapped(matrix, corners), sigma)


def _on(view: View, edge: Edge, line: Line, low: float) -> Known:
    """Points of a line that was found, for the next fit."""
    size = view.size_mm
    start, end = span_of(edge, size, low)
    share = (np.arange(20) + 0.5) / 20
    along = start + share * (end - start)
    across = edge.at(size) + edge.outward * (line.start + share * (line.end - line.start))
    places = np.column_stack([across, along] if edge.axis == 0 else [along, across])
    return Known(mapped(view.to_image, places), edge.axis, np.full(20, edge.at(size)), 0.3)


def refined(
    image: Pixels,
    matrix: Matrix,
    size: tuple[float, float],
    edges: frozenset[Edge],
    again: Callable[[Mapping[Edge, Known]], Matrix],
    *,
    label: bool = False,
) -> Placed:
    """The place with the edges that are known to a millimetre measured at full resolution."""
    fine = Scaled.of(image, _FINE_PPMM / density(matrix, size)[1])
    for _ in range(2):
        measured = {edge: measure(fine.view(matrix, size), edge, span_of(edge, size), label=label) for edge in edges}
        found = {edge: one for edge, one in measured.items() if one is not None}
        if not found:
            break
        tried = again({edge: fine.known(known) for edge, (known, _) in found.items()})
        if not plausible(tried, size):
            break
        matrix = tried
    shares = [share for _, share in found.values()] if edges else []
    return Placed(matrix, frozenset(found) if edges else frozenset(), float(np.mean(shares)) if shares else 0.0)
