"""The edges of a page, sought near where they should be.

A strip about the place where an edge should lie is cut out straight, and the line is sought in it along which the
brightness or colour changes most of the way: a desk, a lid and a reader's black ground all differ from the paper
somehow, and print inside the page seldom runs its whole length.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.page.fitting import Known, mapped
from limen.vision.page.model import Matrix, Pixels

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_COARSE = 4.0
"""Pixels to the millimetre of the strip in which a line is sought."""
_FINE = 10.0
"""Of the strip in which its points are measured."""
_CORNER_MM = 4.5
"""Left out at both ends: corners are rounded (Doc 9303-5, 2.1: 3.18 mm) and worn."""
_NOISE = 10.0
"""Grey levels: a step of this height counts half."""
_LEAST = 0.33
"""Least support of an edge, from 0 (nothing changes along it) to 1."""
_CLIP = 40.0
"""Grey levels: a single step counts no more than this where directions are compared."""
_FAINT = 3.0
"""Grey levels: a step of this height all along the line counts half."""
_FAR = 0.12
_LEAN = 0.06
"""What a line loses at the end of the reach, so that of equals the nearest is taken."""
_CLEAR = 2.5
"""How many times larger than others of its strip the change at a point of an edge is."""

# Of a label, measured on 48 that were stuck on a page: at 0.2 the page's edges are taken, at 0.5 all is as at 0.4.
_FAR_LABEL = 0.4
_LEAST_LABEL = 0.2
_CLEAR_LABEL = 1.2
_ENOUGH = 0.6
"""Support beyond which a line is no more likely to be the label's edge: the page's stands out more."""
_STRETCHES = 8
"""Parts of a line in which its changes must agree."""
_STRETCH_MM = 10.0
"""Millimetres along a label's edge over which a point of it is measured: one wave of a page's line work."""

_SIGMA_MM = 0.3
_NEAR_MM = 0.35
"""Points of an edge farther from its line than this are not its own."""


class Edge(Enum):
    """An edge of the page; the value is the axis that it fixes, and whether it is the far one."""

    LEFT = (0, 0)
    TOP = (1, 0)
    RIGHT = (0, 1)
    BOTTOM = (1, 1)

    @property
    def axis(self) -> int:
        """0 for the left and right edges, 1 for the upper and lower."""
        return self.value[0]

    def at(self, size_mm: tuple[float, float]) -> float:
        """Millimetres from the left or upper edge."""
        return size_mm[self.axis] * self.value[1]

    @property
    def outward(self) -> float:
        """The direction away from the page along the axis."""
        return 1.0 if self.value[1] else -1.0


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an edge may lie from where it is expected: at one place of the span, and from one end to the other."""

    offset: float
    slope: float
    anchor: float = 0.5
    """The share of the span at which the offset is meant: where the edge's place is known best."""
    label: bool = False
    """Whether of all that look like an edge the nearest is taken, not the clearest: about a label lies a page, whose
    edges stand out more, and whose line work waves about the label's."""

    @property
    def farthest(self) -> float:
        """How far an edge may lie from where it is expected, anywhere on the span."""
        return self.offset + self.slope * max(self.anchor, 1 - self.anchor)


@dataclass(frozen=True, slots=True)
class Line:
    """Where an edge was found, in millimetres as expected: outward offset at the span's ends, and how surely."""

    start: float
    end: float
    support: float
    agreed: float
    """How much the changes along it agree in direction, 0 to 1."""


@dataclass(frozen=True, slots=True)
class View:
    """An image, reduced to what a search needs, and where the page is expected in it."""

    image: Pixels
    to_image: Matrix
    size_mm: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Strip:
    """A band along an expected edge."""

    edge: Edge
    span: tuple[float, float]
    """Millimetres along the edge."""
    half: float
    """Millimetres to either side."""
    per_mm: float

    @property
    def shape(self) -> tuple[int, int]:
        """Rows (along the edge) and columns (outward)."""
        return (
            max(8, round((self.span[1] - self.span[0]) * self.per_mm)),
            2 * round(self.half * self.per_mm) + 1,
        )

    def to_page(self, size_mm: tuple[float, float]) -> Matrix:
        """From (column, row) of the strip, counted from pixels' middles, to millimetres on the page."""
        rows, columns = self.shape
        step = (self.span[1] - self.span[0]) / rows
        out = self.edge.outward / self.per_mm
        across = [out, 0.0, self.edge.at(size_mm) - out * (columns // 2)]
        along = [0.0, step, self.span[0] + 0.5 * step]
        order = [across, along] if self.edge.axis == 0 else [along, across]
        return np.array([*order, [0.0, 0.0, 1.0]])

    def cut(self, view: View) -> tuple[Floats, Flags]:
        """The strip (rows x columns x 3) and, rows x columns, where it lies in the image."""
        rows, columns = self.shape
        # `to_image` counts from a pixel's corner, OpenCV from its middle.
        matrix = np.array([[1.0, 0, -0.5], [0, 1, -0.5], [0, 0, 1]]) @ view.to_image @ self.to_page(view.size_mm)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        seen = cv2.warpPerspective(view.image, matrix, (columns, rows), flags=flags, borderMode=cv2.BORDER_REPLICATE)
        x, y = np.meshgrid(np.arange(columns, dtype=float), np.arange(rows, dtype=float))
        places = mapped(matrix, np.column_stack([x.ravel(), y.ravel()]))
        height, width = view.image.shape[:2]
        inside = ((places > 0.5) & (places < (width - 1.5, height - 1.5))).all(axis=1)
        return np.asarray(seen, dtype=np.float64), inside.reshape(rows, columns)


def seek(view: View, edge: Edge, span: tuple[float, float], reach: Reach) -> Line | None:
    """The edge's line within reach of where the homography puts it; None where nothing looks like one."""
    strip = Strip(edge, span, reach.farthest + 1.0, _COARSE)
    seen, inside = strip.cut(view)
    if not inside.any():
        return None
    # Neighbouring rows say the same: a hundred are enough.
    rows = min(110, len(seen))
    change = np.diff(cv2.resize(seen, (seen.shape[1], rows), interpolation=cv2.INTER_AREA), axis=1)
    there = cv2.resize(inside.astype(np.uint8), (seen.shape[1], rows), interpolation=cv2.INTER_NEAREST) > 0
    change[~(there[:, 1:] & there[:, :-1])] = 0
    columns = change.shape[1]
    offsets = np.arange(-reach.offset, reach.offset + 1e-6, 1 / _COARSE)
    slopes = np.linspace(-reach.slope, reach.slope, 2 * int(np.ceil(reach.slope * _COARSE / 2)) + 1)
    along = (np.arange(rows) + 0.5) / rows - reach.anchor
    # A step of the strip is the change between two columns, so the middle lies half a column before the middle one.
    at = columns / 2 - 0.5 + _COARSE * (offsets[None, :, None] + slopes[:, None, None] * along)
    index = (np.arange(rows), np.clip(np.rint(at), 0, columns - 1).astype(int))
    agreed = _agreed(change, index)
    found = _agreed_by_stretch(change, index) if reach.label else np.maximum(_support(change, index), agreed)
    off = offsets[None, :] / max(reach.offset, 1e-6)
    lean = slopes[:, None] / max(reach.slope, 1e-6)
    liked = np.minimum(found, _ENOUGH) - _FAR_LABEL * off**2 if reach.label else found - _FAR * off**2
    best = np.unravel_index(int((liked - _LEAN * lean**2).argmax()), found.shape)
    support, offset, slope = float(found[best]), float(offsets[best[1]]), float(slopes[best[0]])
    if support < (_LEAST_LABEL if reach.label else _LEAST):
        return None
    return Line(offset - slope * reach.anchor, offset + slope * (1 - reach.anchor), support, float(agreed[best]))


_Index = tuple[NDArray[np.int64], NDArray[np.int64]]


def _support(change: Floats, index: _Index) -> Floats:
    """Along how much of each line something changes, whatever: the desk may be lighter here and darker there."""
    size = np.abs(change).max(axis=2)
    level = max(_NOISE, 1.5 * float(np.median(size)))
    share = size / (size + level)
    wide = np.maximum(share, 0.8 * np.maximum(np.roll(share, 1, 1), np.roll(share, -1, 1)))
    return np.asarray(wide[index].mean(axis=2), dtype=np.float64)


def _agreed(change: Floats, index: _Index) -> Floats:
    """How much each line's changes agree in direction: pale paper on a pale lid, where no step stands out alone."""
    cut = np.clip(change, -_CLIP, _CLIP)[index]
    mean = np.abs(cut.mean(axis=2))
    root = np.sqrt((cut**2).mean(axis=2)) + 0.5
    return np.asarray((mean / root * mean / (mean + _FAINT)).max(axis=2), dtype=np.float64)


def _agreed_by_stretch(change: Floats, index: _Index) -> Floats:
    """As `_agreed`, of stretches of each line: lines of print that wave about it change both ways in each."""
    parts = np.array_split(np.arange(len(change)), _STRETCHES)
    return np.asarray(np.mean([_agreed(change[part], (part - part[0], index[1][..., part])) for part in parts], axis=0))


def measure(
    view: View, edge: Edge, span: tuple[float, float], *, label: bool = False
) -> tuple[Known, float] | None:  # fmt: skip
    """Points of an edge whose line is known to a millimetre, and the share of its span that they cover."""
    strip = Strip(edge, span, 1.1, _FINE)
    seen, inside = strip.cut(view)
    change = cv2.blur(seen, (1, round(_FINE * (_STRETCH_MM if label else 1.0))))[:: round(_FINE)]
    there = inside[:: round(_FINE)]
    change = change[:, 2:] - change[:, :-2]
    change[~(there[:, 2:] & there[:, :-2])] = 0
    common = np.clip(change, -_CLIP, _CLIP).mean(axis=0)
    size = cv2.blur(np.abs(change).max(axis=2) + np.abs(common).max(axis=1), (3, 1))
    rows = np.arange(0, len(seen), round(_FINE)).astype(float)
    index = np.arange(len(rows))
    peak = np.clip(size.argmax(axis=1), 1, size.shape[1] - 2)
    before, at, after = (size[index, peak + k] for k in (-1, 0, 1))
    curve = before - 2 * at + after
    shift = np.where(curve < 0, 0.5 * (before - after) / np.minimum(curve, -1e-9), 0.0)
    columns = peak + np.clip(shift, -0.5, 0.5) + 1
    good = (at > _FAINT) & (at > (_CLEAR_LABEL if label else _CLEAR) * np.median(size))
    own = _own(rows, columns, good)
    if own.sum() < max(6, 0.25 * len(rows)):
        return None
    places = mapped(view.to_image @ strip.to_page(view.size_mm), np.column_stack([columns, rows])[own])
    return Known(places, edge.axis, np.full(int(own.sum()), edge.at(view.size_mm)), _SIGMA_MM), float(own.mean())


def _own(rows: Floats, columns: Floats, good: Flags) -> Flags:
    """Those of the points that lie near one line."""
    own = good.copy()
    if own.sum() < 6:
        return own & False
    along = (rows - rows.mean()) / max(float(np.ptp(rows)), 1.0)
    line = np.array([0.0, float(np.median(columns[own]))])
    for tolerance in (6.0, 3.0, 1.0, 1.0):
        far = np.abs(columns - np.polyval(line, along)) > tolerance * _NEAR_MM * _FINE
        own = good & ~far
        if own.sum() < 6:
            return own & False
        line = np.polyfit(along[own], columns[own], 1)
    return own


def span_of(edge: Edge, size_mm: tuple[float, float], low: float = 0.0, high: float = 1.0) -> tuple[float, float]:
    """The part of an edge between two shares of its length, its corners left out."""
    length = size_mm[1 - edge.axis]
    return max(_CORNER_MM, low * length), min(length - _CORNER_MM, high * length)
