"""Which parts of a picture hold personal data, and how they are hidden for good.

`propose` fails closed. Only two strips of a page are left open, since nothing personal is printed there by the
standard and hardly ever in practice: the left of the head, where the issuer's name and arms stand (zone I of Doc 9303
parts 4, 6 and 7), and the foot below the machine readable zone. All the rest of the page, and all that lies beside
it, is masked. Where no zone was read, or its place is not sure, the whole picture is: a person opens it by drawing
other masks.

`apply` hides. Mosaics and blurs of text and faces have been undone many times, since what they show still depends on
what they hide: with some ten digits to choose from, one tries them all. So nothing that is hidden is looked at here:
each masked area becomes one flat colour, taken from the open pixels around it, or grey where there are none. Two
pictures that differ under their masks only give the same bytes, so that there is nothing to recover.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.node.images.faces import find_faces
from limen.node.images.masks import Kind, Mask, Point, whole
from limen.node.images.page import Page, find_page
from limen.vision import ZoneReading, read_zone

Image = NDArray[np.uint8]
Grey = NDArray[np.uint8]
Floats = NDArray[np.float64]
Quad = tuple[Point, Point, Point, Point]
"""Upper left, upper right, lower right and lower left as the page is read, in shares of the picture."""

HEAD_MM: Final = 8.5
"""Height of the open strip at the head, where the format has one."""
HEAD_SHARE: Final = 0.55
"""Of the page's width that is open at the head: document numbers stand at the right."""
FOOT_MM: Final = 4.6
"""Height of the open strip at the foot; the last line's characters end 7.9 mm above the edge."""
FOOT_TD1_MM: Final = 3.4
"""On a card's back, where they end 5.8 mm above it."""
SQUEEZE: Final = (0.9, 1.12)
"""Outside of which the head's place is not trusted: a steep view, or lines that do not stand as they should."""
_BESIDE_MM: Final = 8.0
"""By which masks that reach to the page's edge go beyond it."""
_RING: Final = 0.02
"""Width of the ring of open pixels that gives a mask its colour, as a share of the longest side."""
_GREY: Final = 128


@dataclass(frozen=True, slots=True)
class Proposal:
    """Limen's masks of one picture."""

    masks: tuple[Mask, ...]
    sure: bool
    """Whether the page was found; otherwise everything is masked, and a person has to draw."""
    windows: tuple[Quad | None, Quad | None] = (None, None)
    """What was left open, where the page was found: the head and the foot."""


def propose(image: Image, zone: ZoneReading | None = None) -> Proposal:
    """The masks of a picture (H x W x 3, RGB); `zone` is its zone where it has been read already."""
    zone = zone or read_zone(image)
    page = find_page(zone) if zone else None
    if page is None:
        return Proposal((whole(),), sure=False)
    size = (image.shape[1], image.shape[0])
    head, foot = _windows(page)
    masks = [mask for kind, corners in _areas(page, head, foot) for mask in _mask(kind, corners, size)]
    masks += [mask for corners in _beside(page, size) for mask in _mask(Kind.SURROUNDINGS, corners, size)]
    masks += _faces_in(apply(image, masks))
    quads = tuple(_quad(page.box(*one), size) if one else None for one in (head, foot))
    return Proposal(tuple(masks), sure=True, windows=(quads[0], quads[1]))


def leftovers(image: Image, masks: Iterable[Mask]) -> tuple[Mask, ...]:
    """Masks for the zone and the faces that the given ones leave to be seen: to be asked before masks by hand are used.

    None left is no promise: entries of the visual zone are not looked for.
    """
    masked = apply(image, masks)
    size = (image.shape[1], image.shape[0])
    zone = read_zone(masked)
    found = _mask(Kind.MRZ, np.asarray(zone.quad, np.float64), size) if zone else []
    return tuple(found + _faces_in(masked))


def apply(image: Image, masks: Iterable[Mask]) -> Image:
    """A copy of the picture (H x W x 3, RGB) in which what the masks cover is gone; see the module's text for how."""
    result = image.copy()
    covered = cover(masks, (image.shape[1], image.shape[0]))
    count, parts, boxes, _ = cv2.connectedComponentsWithStats(covered, connectivity=8)
    reach = max(3, round(_RING * max(image.shape[:2])))
    for number in range(1, count):
        left, top, width, height = (int(value) for value in boxes[number][:4])
        rows = slice(max(0, top - reach), top + height + reach)
        columns = slice(max(0, left - reach), left + width + reach)
        part = np.asarray(parts[rows, columns] == number, np.uint8)
        open_ = covered[rows, columns] == 0
        result[rows, columns][part > 0] = _colour(image[rows, columns], part, open_, reach)
    return result


def cover(masks: Iterable[Mask], size: tuple[int, int]) -> Grey:
    """Where the masks are, 255, in a picture of `size` (width, height); every pixel that one touches counts."""
    width, height = size
    covered = np.zeros((height + 4, width + 4), np.uint8)  # with a rim, for corners that lie on the picture's edge
    for mask in masks:
        corners = np.asarray(mask.points) * (width, height) + 1.5
        _fill(covered, corners)
    wider = cv2.dilate(covered, np.ones((3, 3), np.uint8))
    return np.ascontiguousarray(wider[2:-2, 2:-2], np.uint8)


def _fill(plane: Grey, corners: Floats) -> None:
    """Draw a polygon; what one that crosses itself encloses twice is no hole, since a browser shows none, either."""
    fixed = np.round(corners * 256).astype(np.int32)
    if len(fixed) <= 4 and cv2.isContourConvex(fixed):  # which five and more corners of a star would seem, too
        cv2.fillConvexPoly(plane, fixed, 255, cv2.LINE_8, 8)
        return
    left, top = np.floor(corners.min(axis=0)).astype(int) - 1
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 2
    left, top = max(left, 0), max(top, 0)
    part = np.zeros_like(plane[top:bottom, left:right])
    cv2.fillPoly(part, [fixed - (left * 256, top * 256)], 255, cv2.LINE_8, 8)
    outlines, _ = cv2.findContours(part, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(part, outlines, -1, 255, cv2.FILLED)
    plane[top:bottom, left:right] |= part


def _colour(image: Image, part: Grey, open_: NDArray[np.bool_], reach: int) -> Image:
    """The median of the open pixels around a part, which says nothing of what it hides."""
    near = cv2.dilate(part, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    ring = image[(near > 0) & open_]
    if not len(ring):
        return np.full(3, _GREY, np.uint8)
    return np.asarray(np.median(ring, axis=0), np.uint8)


_Box = tuple[float, float, float, float]


def _windows(page: Page) -> tuple[_Box | None, _Box]:
    """What stays open, in millimetres."""
    wide, high = page.measures.width, page.measures.height
    has_head = page.measures.portrait is not None and SQUEEZE[0] < page.squeeze < SQUEEZE[1]
    head = (0.0, 0.0, HEAD_SHARE * wide, HEAD_MM) if has_head else None
    return head, (0.0, high - (FOOT_MM if page.measures.portrait else FOOT_TD1_MM), wide, high)


def _areas(page: Page, head: _Box | None, foot: _Box) -> Sequence[tuple[Kind, Floats]]:
    """The page without the windows, by what it holds; corners in pixels."""
    one = page.measures
    left, right, top, zone = -_BESIDE_MM, one.width + _BESIDE_MM, -_BESIDE_MM, one.zone_top
    areas: list[tuple[Kind, _Box]] = [(Kind.MRZ, (left, zone, right, foot[1]))]
    if head:
        areas.append((Kind.DATA, (head[2], top, right, head[3] + 1)))
    begin = head[3] if head else top
    edge = left
    if one.portrait:
        edge = one.portrait[2]
        areas.append((Kind.PORTRAIT, (left, begin, edge, zone)))
        areas.append((Kind.SIGNATURE, (edge, zone - 12, right, zone)))
    areas.append((Kind.DATA, (edge, begin, right, zone - 12 if one.portrait else zone)))
    return [(kind, page.box(*box)) for kind, box in areas]


def _beside(page: Page, size: tuple[int, int]) -> list[Floats]:
    """What of the picture lies beyond each edge of the page."""
    width, height = size
    frame = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64)
    corners = page.box(0, 0, page.measures.width, page.measures.height)
    return [_clipped(frame, b, a) for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True)]


def _clipped(polygon: Floats, a: Floats, b: Floats) -> Floats:
    """What of a convex polygon lies to the right of the way from `a` to `b`, y downward (Sutherland and Hodgman)."""
    way = b - a
    side = [float(way[0] * (p[1] - a[1]) - way[1] * (p[0] - a[0])) for p in polygon]
    kept: list[Floats] = []
    for index, here in enumerate(side):
        point, behind, before = polygon[index], polygon[index - 1], side[index - 1]
        if (here >= 0) != (before >= 0):
            kept.append(behind + (point - behind) * (before / (before - here)))
        if here >= 0:
            kept.append(point)
    return np.array(kept).reshape(-1, 2)


def _mask(kind: Kind, corners: Floats, size: tuple[int, int]) -> list[Mask]:
    """One mask, or none where the corners (in pixels) enclose nothing of the picture."""
    width, height = size
    for edge in ((0, 0, width, 0), (width, 0, width, height), (width, height, 0, height), (0, height, 0, 0)):
        if len(corners):
            corners = _clipped(corners, np.array(edge[:2], float), np.array(edge[2:], float))
    if len(corners) < 3 or cv2.contourArea(corners.astype(np.float32)) < 1:
        return []
    shares = np.clip(np.round(corners / size, 6), 0.0, 1.0)
    return [Mask(tuple((float(x), float(y)) for x, y in shares), kind)]


def _faces_in(image: Image) -> list[Mask]:
    height, width = image.shape[:2]
    boxes = [(x, y, x + w, y + h) for x, y, w, h in find_faces(image)]
    corners = [np.array([(a, b), (c, b), (c, d), (a, d)]) for a, b, c, d in boxes]
    return [mask for one in corners for mask in _mask(Kind.FACE, one, (width, height))]


def _quad(corners: Floats, size: tuple[int, int]) -> Quad:
    a, b, c, d = ((round(float(x), 6), round(float(y), 6)) for x, y in corners / size)
    return (a, b, c, d)
