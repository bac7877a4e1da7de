"""The image with what was found drawn into it: the zone, its lines, and a number at each irregularity.

The numbers are those of the list of checks, so nothing is told by colour alone: an irregular place has a
thick frame and a filled number, an undecided one a thin frame and an open number.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.cli.words import highlighted
from limen.inspection.result import CheckResult, Inspection, Verdict

if TYPE_CHECKING:
    from limen.vision.reading import Quad, ZoneReading

Pixels = NDArray[np.uint8]

_OUTLINE = (0, 90, 200)
_LINE = (90, 160, 240)
_IRREGULAR = (200, 0, 60)
_UNDECIDED = (190, 110, 0)
_WHITE = (255, 255, 255)
_FONT = cv2.FONT_HERSHEY_SIMPLEX
_STRIP_WIDTH = 1800
_SMALL = 1500
"""Longest side of an image below which marks would be coarse; there a stroke is one pixel wide."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place with the numbers of the checks that concern it."""

    quad: Quad
    numbers: tuple[int, ...]
    irregular: bool
    name: str = ""
    """Of the region, where a reference names it."""

    @property
    def text(self) -> str:
        """What is written beside it."""
        return " ".join(filter(None, (",".join(map(str, self.numbers)), self.name)))


def annotated(image: Pixels, inspection: Inspection) -> Pixels:
    """Return a copy of the H x W x 3 RGB image with the findings drawn into it; a small one is enlarged."""
    return drawn(image, _outlines(inspection.zone), marks(inspection))


def drawn(image: Pixels, outlines: list[Quad], places: list[Mark]) -> Pixels:
    """Return a copy of the image with outlines, the whole before its parts, and marks; a small one is enlarged."""
    factor = max(1, round(_SMALL / max(image.shape[:2])))
    if factor == 1:
        return _draw(image.copy(), outlines, places, max(image.shape[:2]) / _SMALL)
    height, width = min(image.shape[0] * factor, 2 * _SMALL), min(image.shape[1] * factor, 2 * _SMALL)
    canvas = np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
    matrix = np.diag([width / image.shape[1], height / image.shape[0], 1.0])
    places = [replace(mark, quad=moved(mark.quad, matrix)) for mark in places]
    outlines = [moved(quad, matrix) for quad in outlines]
    return _draw(canvas, outlines, places, max(height, width) / _SMALL)


def strip(image: Pixels, inspection: Inspection) -> Pixels | None:
    """Return the zone alone, upright and large, with the findings drawn; None where there is no zone."""
    zone = inspection.zone
    if zone is None:
        return None
    width, height = _lengths(zone.quad)
    if width < 2 or height < 2:
        return None
    scale = _STRIP_WIDTH / (1.1 * width)
    across, down = 0.05 * width * scale, (0.02 * width + 0.4 * zone.line_pitch_px) * scale
    size = (_STRIP_WIDTH, round(height * scale + 2 * down))
    right, bottom = across + width * scale, down + height * scale
    corners = [(across, down), (right, down), (right, bottom), (across, bottom)]
    matrix = cv2.getPerspectiveTransform(np.array(zone.quad, np.float32), np.array(corners, np.float32))
    upright = cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_CUBIC, borderValue=_WHITE)
    here = [replace(mark, quad=moved(mark.quad, matrix)) for mark in marks(inspection)]
    return _draw(np.asarray(upright, np.uint8), [], here, _STRIP_WIDTH / 1500)


def marks(inspection: Inspection, pictures: Container[str] = ("",)) -> list[Mark]:
    """Return each place of the highlighted checks once, with all their numbers, in their order.

    `pictures` are the names that stand for the picture in question, "" for the one that the zone was read from.
    """
    return marks_of((n, one) for n, one in enumerate(highlighted(inspection), 1) if one.picture in pictures)


def marks_of(numbered: Iterable[tuple[int, CheckResult]]) -> list[Mark]:
    """Return each place of these checks once, with all their numbers, in their order."""
    by_place: dict[Quad, list[int]] = {}
    irregular: set[Quad] = set()
    for number, check in numbered:
        for quad in dict.fromkeys(check.where):
            by_place.setdefault(quad, []).append(number)
            if check.verdict is Verdict.FAILED:
                irregular.add(quad)
    return [Mark(quad, tuple(numbers), quad in irregular) for quad, numbers in by_place.items()]


def outlines_of(inspection: Inspection) -> list[Quad]:
    """Return the outlines of the zone that was read."""
    return _outlines(inspection.zone)


def _outlines(zone: ZoneReading | None) -> list[Quad]:
    """Return the zone's own outline, then those of its lines."""
    return [zone.quad, *(line.quad for line in zone.lines)] if zone else []


def _draw(canvas: Pixels, outlines: list[Quad], places: Iterable[Mark], unit: float) -> Pixels:
    """Draw in place: what `_outlines` returns, then the marks. `unit` is a thin stroke's width in pixels."""
    thin, thick = max(1, round(unit)), max(2, round(2.5 * unit))
    for line in outlines[1:]:
        _frame(canvas, line, _LINE, thin)
    for whole in outlines[:1]:
        _frame(canvas, _grown(whole, 4 * unit), _OUTLINE, thick)
    taken: list[tuple[int, int, int, int]] = []
    for mark in places:
        colour = _IRREGULAR if mark.irregular else _UNDECIDED
        _frame(canvas, _grown(mark.quad, 2 * unit), colour, thick if mark.irregular else thin)
        _number(canvas, mark, colour, unit, taken)
    return canvas


def _frame(canvas: Pixels, quad: Quad, colour: tuple[int, int, int], width: int) -> None:
    points = np.round(np.array(quad, np.float64) * 16).astype(np.int32)
    cv2.polylines(canvas, [points], True, colour, width, cv2.LINE_AA, shift=4)


def _number(
    canvas: Pixels,
    mark: Mark,
    colour: tuple[int, int, int],
    unit: float,
    taken: list[tuple[int, int, int, int]],
) -> None:
    """Put the numbers above the place, in the reading direction, or at the nearest free spot."""
    text = mark.text.encode("ascii", "replace").decode()  # all that the font has
    size, width = 0.8 * unit, max(1, round(1.6 * unit))
    (text_width, text_height), _ = cv2.getTextSize(text, _FONT, size, width)
    pad = max(2, round(4 * unit))
    box_width, box_height = text_width + 2 * pad, text_height + 2 * pad
    left, top = _free_spot(canvas, mark.quad, (box_width, box_height), taken)
    taken.append((left, top, left + box_width, top + box_height))
    corners = ((left, top), (left + box_width, top + box_height))
    if mark.irregular:
        cv2.rectangle(canvas, *corners, colour, cv2.FILLED)
    else:
        cv2.rectangle(canvas, *corners, _WHITE, cv2.FILLED)
        cv2.rectangle(canvas, *corners, colour, max(1, round(unit)))
    ink = _WHITE if mark.irregular else colour
    cv2.putText(canvas, text, (left + pad, top + pad + text_height), _FONT, size, ink, width, cv2.LINE_AA)


def _free_spot(
    canvas: Pixels, quad: Quad, size: tuple[int, int], taken: list[tuple[int, int, int, int]]
) -> tuple[int, int]:
    corners = np.array(quad, np.float64)
    centre = corners.mean(axis=0)
    up = (corners[0] + corners[1] - corners[2] - corners[3]) / 2
    length = float(np.hypot(*up)) or 1.0
    along, up = (corners[1] - corners[0]), up / length
    along = along / (float(np.hypot(*along)) or 1.0)
    reach = length / 2 + abs(up[0]) * size[0] / 2 + abs(up[1]) * size[1] / 2 + 0.2 * size[1]
    step = abs(along[0]) * size[0] + abs(along[1]) * size[1] + 2
    limit = (canvas.shape[1] - size[0], canvas.shape[0] - size[1])
    first = None
    for distance in (1, -1, 1.7, -1.7, 2.4, -2.4):
        for shift in (0, 1, -1, 2, -2, 3, -3):
            spot = centre + up * reach * distance + along * step * shift - np.array(size) / 2
            left, top = (int(max(0, min(value, most))) for value, most in zip(spot, limit, strict=True))
            first = first or (left, top)
            if not any(_overlap((left, top, left + size[0], top + size[1]), other) for other in taken):
                return left, top
    return first or (0, 0)


def _overlap(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _grown(quad: Quad, by: float) -> Quad:
    """Return the quad with each corner moved outward along both of its sides."""
    corners = np.array(quad, np.float64)
    corner = []
    for i in range(4):
        away = np.zeros(2)
        for j in (i - 1, (i + 1) % 4):
            side = corners[i] - corners[j]
            away += side / (float(np.hypot(*side)) or 1.0)
        corner.append(corners[i] + away * by)
    return (_point(corner[0]), _point(corner[1]), _point(corner[2]), _point(corner[3]))


def moved(quad: Quad, matrix: cv2.typing.MatLike) -> Quad:
    """Return the quad as the homography takes it elsewhere."""
    points = cv2.perspectiveTransform(np.array([quad], np.float64), matrix)[0]
    return (_point(points[0]), _point(points[1]), _point(points[2]), _point(points[3]))


def _point(values: NDArray[np.floating]) -> tuple[float, float]:
    return float(values[0]), float(values[1])


def _lengths(quad: Quad) -> tuple[float, float]:
    """Return the longer of the two opposite sides, across and down."""
    a, b, c, d = (np.array(corner) for corner in quad)
    return max(np.hypot(*(b - a)), np.hypot(*(c - d))), max(np.hypot(*(d - a)), np.hypot(*(c - b)))
