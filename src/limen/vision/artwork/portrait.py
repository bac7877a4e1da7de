"""The portrait's rim, and what is printed or laminated over it, which a portrait put on later covers."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.artwork.align import Grey, vertex
from limen.vision.artwork.laid import Laid
from limen.vision.artwork.learned import Artwork, Region
from limen.vision.artwork.measured import Measure, Measures
from limen.vision.page import PX_PER_MM, Rect

MARGIN_MM: Final = 2.0
"""How far beyond the portrait the device over it is looked for."""
_REACH_PX: Final = 4
"""Half pixels that a device may lie off: 0.7 mm."""
_HELD: Final = 12.0
"""Levels of fine structure that count, so that eyes and collars do not outweigh line work."""
_CELL: Final = 12
"""Half pixels over which a device's agreement is told: 2 mm."""
_AGREES: Final = 0.35
"""Correlation of the fine structure with the other captures' from which on a place shows a device."""
_LEAST_CELLS: Final = 40
"""Samples of a device that it is told from."""
_STEP_PX: Final = 24
"""Pixels along the rim that are taken together: 2 mm."""


def patch(image: Grey, region: Region) -> Grey:
    """The fine structure over a portrait in a colour image of half the resolution: three channels."""
    x0, y0, x1, y1 = frame(region.rect, image.shape)
    part = image[y0:y1, x0:x1]
    return np.asarray(np.clip(part - cv2.GaussianBlur(part, (0, 0), 2.5), -_HELD, _HELD), dtype=np.float32)


def frame(rect: Rect, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """A portrait with its margin, in half pixels: left, top, right, bottom."""
    left, top, width, height = rect
    ends = (left - MARGIN_MM, top - MARGIN_MM, left + width + MARGIN_MM, top + height + MARGIN_MM)
    x0, y0, x1, y1 = (round(v * PX_PER_MM / 2) for v in ends)
    return max(0, x0), max(0, y0), min(shape[1], x1), min(shape[0], y1)


def aligned(found: Grey, wanted: Grey, weight: Grey | None = None) -> Grey:
    """The patch moved by what makes it fit best."""
    r = _REACH_PX
    target = wanted if weight is None else wanted * weight[:, :, None]
    inner = target[r:-r, r:-r]
    response = cv2.matchTemplate(found, inner, cv2.TM_CCORR_NORMED)
    y, x = (int(v) for v in np.unravel_index(int(response.argmax()), response.shape))
    dx, dy = x - r + vertex(response[y], x), y - r + vertex(response[:, x], y)
    move = np.array([[1, 0, -dx], [0, 1, -dy]], dtype=np.float64)
    size = (found.shape[1], found.shape[0])
    return np.asarray(cv2.warpAffine(found, move, size, borderMode=cv2.BORDER_REPLICATE), dtype=np.float32)


def device(patches: list[Grey]) -> Grey:
    """What the patches of several portraits have in common."""
    mean: Grey = np.asarray(np.mean(patches, axis=0), dtype=np.float32)
    for _ in range(3):
        mean = np.asarray(np.mean([aligned(one, mean) for one in patches], axis=0), dtype=np.float32)
    return mean


def agreement(found: Grey, wanted: Grey) -> Grey:
    """Local correlation over all three channels."""

    def over(values: Grey) -> Grey:
        return np.asarray(cv2.blur(values.sum(axis=2), (_CELL, _CELL)), dtype=np.float32)

    energy = np.sqrt(over(found * found) * over(wanted * wanted)) + 1.0
    return np.asarray(over(found * wanted) / energy, dtype=np.float32)


def device_place(patches: list[Grey], region: Region, origin: tuple[int, int]) -> NDArray[np.bool_]:
    """Where each portrait shows what the others do; outside the portrait's rim nothing, for there is the ground."""
    least = np.full(patches[0].shape[:2], 1.0, dtype=np.float32)
    for index, one in enumerate(patches):
        others = device([other for k, other in enumerate(patches) if k != index])
        np.minimum(least, agreement(aligned(one, others), others), out=least)
    place = least > _AGREES
    inside = np.zeros_like(place)
    left, top, width, height = (v * PX_PER_MM / 2 for v in region.rect)
    x0, y0 = round(left - origin[0]) + 5, round(top - origin[1]) + 5
    inside[y0 : y0 + round(height) - 10, x0 : x0 + round(width) - 10] = True
    return np.asarray(place & inside)


def overprint(laid: Laid, art: Artwork) -> Measures:
    """How well the device over the portrait agrees with the reference's."""
    region = art.region("portrait")
    if region is None or art.overprint is None:
        return {}
    wanted: Grey = np.asarray(art.overprint, dtype=np.float32) / np.float32(8)
    place = np.any(art.overprint != 0, axis=2)
    if int(place.sum()) < _LEAST_CELLS:
        return {}
    found = patch(laid.colour, region)
    if found.shape != wanted.shape:
        return {}
    moved = aligned(found, wanted)
    a, b = moved[place], wanted[place]
    value = float((a * b).sum() / np.sqrt(float((a * a).sum()) * float((b * b).sum()) + 1.0))
    return {"overprint": Measure(value, _bounds(place, frame(region.rect, laid.colour.shape)))}


def _bounds(place: NDArray[np.bool_], at: tuple[int, int, int, int]) -> Rect:
    rows, columns = np.flatnonzero(place.any(axis=1)), np.flatnonzero(place.any(axis=0))
    scale = 2 / PX_PER_MM
    return (
        float(at[0] + columns[0]) * scale,
        float(at[1] + rows[0]) * scale,
        float(columns[-1] - columns[0] + 1) * scale,
        float(rows[-1] - rows[0] + 1) * scale,
    )


def rim(laid: Laid, art: Artwork) -> Measures:
    """How hard the portrait's rim is: the steepest step across it, at most places along it."""
    region = art.region("portrait")
    if region is None:
        return {}
    left, top, width, height = region.rect
    soft: Grey = np.asarray(cv2.GaussianBlur(laid.grey, (0, 0), 1.0), dtype=np.float32)
    sides = [
        _steepness(soft, left, (top, top + height)),
        _steepness(soft, left + width, (top, top + height)),
        _steepness(soft.T, top, (left, left + width)),
        _steepness(soft.T, top + height, (left, left + width)),
    ]
    return {"portrait edge": Measure(float(np.log(np.mean(sides) + 1.0)), region.rect)}


def _steepness(image: Grey, at: float, along: tuple[float, float]) -> float:
    """Grey levels a pixel across a vertical rim, the median along it."""
    a, b = (round(v * PX_PER_MM) for v in (along[0] + 2, along[1] - 2))
    c, d = (round((at + sign * 1.3) * PX_PER_MM) for sign in (-1, 1))
    strip = image[max(0, a) : b, max(0, c) : d]
    count = strip.shape[0] // _STEP_PX
    if not count or strip.shape[1] < 5:
        return 0.0
    means = strip[: count * _STEP_PX].reshape(count, _STEP_PX, -1).mean(axis=1)
    return float(np.median(np.abs(np.diff(means, axis=1)).max(axis=1)))
