"""From aligned captures to what they have in common: the ground, what is static, where data are printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.icao.mrz import Format
from limen.vision.artwork.align import Grey, Mask
from limen.vision.artwork.laid import INK_STEP, ink_of
from limen.vision.artwork.learned import Kind, Region
from limen.vision.artwork.linework import bare, sums
from limen.vision.page import PX_PER_MM, Rect, Side, sheet_size

ZONE_MM: Final = 23.2
"""Height of the machine readable zone from the page's lower edge: Doc 9303-4, -5, -6 and -7."""
ZONE_SIDE: Final = {Format.TD1: Side.BACK}
"""The side that has the zone; of all other formats it is the front."""
_EDGE_MM: Final = 1.0
_CORNER_MM: Final = 3.4
_ENTRY_MM: Final = 4.2
"""Height that an entry with its label stays below."""
_UPRIGHT: Final = (0.95, 1.9)
"""Height of a portrait as a share of its width; Doc 9303-3, 3.9.1 has 45 x 35 mm, which is 1.29."""
_BLOCK_MM: Final = 3.5
"""Side of the window in which a picture is told from lines of print, of which it holds one at most."""
_FILLED: Final = 0.75
"""Share of the window in which captures differ within a picture."""
_CHANGE: Final = 13.0
"""Grey levels of the print, seen a quarter of a millimetre wide, that two documents' artwork does not differ by."""


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Captures laid over one another, their light made even."""

    grey: NDArray[np.uint8]
    """Captures x height x width."""
    colour: NDArray[np.uint8]
    """Captures x height / 2 x width / 2 x 3."""
    uv: NDArray[np.uint8] | None
    ir: NDArray[np.uint8] | None

    def without(self, index: int) -> Stack:
        """The others."""
        rest = [i for i in range(len(self.grey)) if i != index]
        return Stack(
            self.grey[rest],
            self.colour[rest],
            None if self.uv is None else self.uv[rest],
            None if self.ir is None else self.ir[rest],
        )


def zone_rect(format: Format, side: Side) -> Rect | None:
    """The machine readable zone of that side, or None."""
    width, height = (length / PX_PER_MM for length in sheet_size(format))
    if side is not ZONE_SIDE.get(format, Side.FRONT):
        return None
    return (0.0, height - ZONE_MM, width, ZONE_MM)


def common(grey: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], Mask]:
    """The ground beneath what is printed over it, and in how many captures it is seen."""
    brightest = grey.max(axis=0)
    seen = np.zeros(brightest.shape, dtype=np.float32)
    total = np.zeros(brightest.shape, dtype=np.float32)
    near = np.ones((7, 7), dtype=np.uint8)
    for one in grey:
        ink = cv2.subtract(brightest, one) > INK_STEP
        bare = cv2.dilate(ink.astype(np.uint8), near) == 0
        seen += bare
        total += one * bare
    ground = np.where(seen > 0, total / np.maximum(seen, 1), brightest).astype(np.float32)
    return np.clip(ground + 0.5, 0, 255).astype(np.uint8), seen.astype(np.uint8)


def changing(grey: NDArray[np.uint8]) -> Mask:
    """Where the captures differ by more than line work does: 1 there."""
    middle = np.asarray(np.median(grey, axis=0), dtype=np.float32)
    most = np.zeros_like(middle)
    for one in grey:
        np.maximum(most, np.abs(cv2.GaussianBlur(one - middle, (0, 0), 3.0)), out=most)
    mask = (most > _CHANGE).astype(np.uint8)
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), dtype=np.uint8)


def kinds(seen: Mask, captures: int, change: Mask, odd: Mask, regions: tuple[Region, ...]) -> NDArray[np.uint8]:
    """`Kind` of each pixel."""
    inner = _inner(seen.shape)
    wide = cv2.dilate(change, np.ones((11, 11), np.uint8)) > 0
    picture = np.zeros(inner.shape, dtype=bool)
    zone = np.zeros(inner.shape, dtype=bool)
    for region in regions:
        x0, y0, x1, y1 = _grown(region.rect, 0.8 if region.kind in ("portrait", "ghost") else 0.3)
        if region.kind in ("portrait", "ghost"):
            picture[y0:y1, x0:x1] = True
        elif region.kind == "zone":
            zone[y0:y1, x0:x1] = True
    printed = inner & ~picture & (wide | zone)
    known = inner & ~picture & (seen >= min(2, captures))
    static = known & ~wide & ~zone & (odd == 0)
    kind = static * int(Kind.STATIC) + known * int(Kind.GROUND) + printed * int(Kind.PRINT)
    return np.asarray(kind, dtype=np.uint8)


def _inner(shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """All but the page's rim and its rounded corners."""
    height, width = shape
    edge, radius = round(_EDGE_MM * PX_PER_MM), round(_CORNER_MM * PX_PER_MM)
    mask = np.zeros((height, width), dtype=np.uint8)
    mask[edge : height - edge, edge : width - edge] = 1
    for y in (0, height):
        for x in (0, width):
            mask[max(0, y - radius) : y + radius, max(0, x - radius) : x + radius] = 0
    return mask > 0


def _grown(rect: Rect, by: float) -> tuple[int, int, int, int]:
    left, top, width, height = rect
    ends = (left - by, top - by, left + width + by, top + height + by)
    x0, y0, x1, y1 = (max(0, round(v * PX_PER_MM)) for v in ends)
    return x0, y0, x1, y1


def strange(grey: NDArray[np.uint8], ground: NDArray[np.uint8]) -> Mask:
    """Where the line work of the ground does not show in most captures, as within pictures: 1 there."""
    reference = ground.astype(np.float32)
    agreeing = []
    for one in grey:
        level = one.astype(np.float32)
        windows = sums(level, reference, bare(ink_of(level, reference))).windows(5, 5)
        agreeing.append(np.where(windows.count > 40, windows.correlation, 0.0))
    low = (np.median(agreeing, axis=0) < 0.55).astype(np.uint8)
    low = np.asarray(cv2.morphologyEx(low, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)), dtype=np.uint8)
    return np.asarray(cv2.resize(low, ground.shape[::-1], interpolation=cv2.INTER_NEAREST), dtype=np.uint8)


def find_regions(change: Mask, odd: Mask, grey: NDArray[np.uint8], format: Format, side: Side) -> tuple[Region, ...]:
    """Portrait, second portrait, zone and the entries, from where the captures differ and line work is not seen."""
    zone = zone_rect(format, side)
    free = (change | odd) * _inner(change.shape).astype(np.uint8)
    regions = []
    if zone:
        free[round(zone[1] * PX_PER_MM) :] = 0
        regions.append(Region("machine readable zone", zone, "zone"))
    pictures = _pictures(free)
    if pictures and pictures[0][2] > 12 and pictures[0][3] > 15:
        rect = snapped(pictures[0], grey)
        regions.append(Region("portrait", rect, "portrait"))
        regions += [Region("ghost image", one, "ghost") for one in pictures[1:2] if not _touch(one, rect)]
    for picture in regions:
        x0, y0, x1, y1 = _grown(picture.rect, 0.5)
        free[y0:y1, x0:x1] = 0
    marks = _marks(np.asarray(cv2.morphologyEx(free, cv2.MORPH_CLOSE, np.ones((13, 29), np.uint8)), dtype=np.uint8))
    held = [one.rect for one in regions]
    entries = [one.rect for one in marks if one.rect[3] < _ENTRY_MM and one.area > 0.6]
    entries = [one for one in entries if not any(_touch(one, other) for other in held)]
    entries.sort(key=lambda one: (round(one[1] / 2), one[0]))
    regions += [Region(f"print {k + 1}", one, "print") for k, one in enumerate(entries)]
    return tuple(regions)


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where captures differ in one piece."""

    rect: Rect
    area: float
    """In square millimetres."""


def _pictures(free: Mask) -> list[Rect]:
    """Portraits, the largest first: upright blocks in which the captures differ nearly everywhere.

    Entries near a picture may touch it, but about them much stays as it is.
    """
    closed = np.asarray(cv2.morphologyEx(free, cv2.MORPH_CLOSE, np.ones((13, 29), np.uint8)), dtype=np.uint8)
    side = round(_BLOCK_MM * PX_PER_MM)
    dense = np.asarray(cv2.blur(closed.astype(np.float32), (side, side)) > _FILLED, dtype=np.uint8)
    # Within a block the windows are filled from this far behind its rim on.
    rim = (_FILLED - 0.5) * _BLOCK_MM
    blocks = [(x - rim, y - rim, w + 2 * rim, h + 2 * rim) for x, y, w, h in (one.rect for one in _marks(dense))]
    # Hair and ground near the rim are alike in many portraits: the piece as a whole reaches further, if it is one.
    pieces = [one.rect for one in _marks(closed)]
    wholes = [next((one for one in pieces if _touch(one, block) and _upright(one)), block) for block in blocks]
    found = {one for one in wholes if _upright(one) and one[2] > 7 and one[3] > 9.5}
    return sorted(found, key=lambda one: -one[2] * one[3])


def _upright(rect: Rect) -> bool:
    return _UPRIGHT[0] * rect[2] < rect[3] < _UPRIGHT[1] * rect[2]


def _marks(mask: NDArray[np.uint8]) -> list[_Mark]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    return [_Mark(_millimetres(row[:4]), float(row[4]) / PX_PER_MM**2) for row in stats[1:]]


def _millimetres(row: NDArray[np.integer]) -> Rect:
    left, top, width, height = (float(v) / PX_PER_MM for v in row)
    return (left, top, width, height)


def _touch(a: Rect, b: Rect) -> bool:
    across = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    down = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return across > 0 and down > 0


def snapped(rect: Rect, grey: NDArray[np.uint8], reach: float = 1.6) -> Rect:
    """The rectangle with its sides moved to where the picture's rim is: the strongest step along the whole side."""
    soft = [np.asarray(cv2.GaussianBlur(one, (0, 0), 2.5), dtype=np.float32) for one in grey]
    turned = [one.T for one in soft]
    left, top, width, height = rect
    right, bottom = left + width, top + height
    x0, x1 = (_rim(soft, at, (top, bottom), reach) for at in (left, right))
    y0, y1 = (_rim(turned, at, (left, right), reach) for at in (top, bottom))
    return (x0, y0, x1 - x0, y1 - y0)


def _rim(images: list[Grey], at: float, along: tuple[float, float], reach: float) -> float:
    """Where about `at` millimetres from the left a step goes down the images, between two heights."""
    a, b = (round(v * PX_PER_MM) for v in (0.9 * along[0] + 0.1 * along[1], 0.1 * along[0] + 0.9 * along[1]))
    c, d = (max(0, round((at + sign * reach) * PX_PER_MM)) for sign in (-1, 1))
    profile = np.mean(
        [np.abs(np.diff(part.mean(axis=0))) for image in images for part in np.array_split(image[a:b, c:d], 4)], axis=0
    )
    return (c + int(profile.argmax()) + 1) / PX_PER_MM if len(profile) else at
