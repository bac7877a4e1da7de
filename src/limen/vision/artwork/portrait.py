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

COLOURS: Final = 2
"""Channels in which a coloured device is kept; one that is not coloured has one."""
MARGIN_MM: Final = 2.0
"""How far beyond the portrait the device over it is looked for."""
_REACH_PX: Final = 4
"""Half pixels that a device may lie off: 0.7 mm."""
_FINE_PX: Final = 1.0
"""Width of what counts as fine structure, half pixels: line work is finer than the features of a face."""
_HELD: Final = 6.0
"""Levels of fine structure that count, so that eyes and collars do not outweigh line work."""
_CELL: Final = 12
"""Half pixels over which a device's agreement is told: 2 mm."""
_AGREES: Final = 0.6
"""Correlation of the fine structure with the other captures' from which on a place shows a device.

Development issuers: a device agrees by 0.7 to 0.8, in its colours; the features of two faces by 0.2 at most.
"""
_RIM_PX: Final = 9
"""Half pixels within the portrait's rim that are left to `rim`."""
LEAST_CELLS: Final = 250
"""Half pixels of a device that it is told from: 7 square millimetres."""
SCALE: Final = 16.0
"""Of the stored fine structure."""
_STEP_PX: Final = 24
"""Pixels along the rim that are taken together: 2 mm."""


def patch(image: Grey, region: Region, channels: int) -> Grey:
    """The fine structure over a portrait in a colour image of half the resolution.

    In two channels its colours: films shine in colours that faces have not. In one its brightness, for what is printed
    over the portrait without colour.
    """
    x0, y0, x1, y1 = frame(region.rect, image.shape)
    part = image[y0:y1, x0:x1]
    red, green, blue = (part[:, :, channel] for channel in range(3))
    seen = np.dstack([red - green, blue - green]) if channels == COLOURS else part.mean(axis=2, keepdims=True)
    soft = cv2.GaussianBlur(seen, (0, 0), _FINE_PX).reshape(seen.shape)
    return np.asarray(np.clip(seen - soft, -_HELD, _HELD), dtype=np.float32)


def frame(rect: Rect, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """A portrait with its margin, in half pixels: left, top, right, bottom."""
    left, top, width, height = rect
    ends = (left - MARGIN_MM, top - MARGIN_MM, left + width + MARGIN_MM, top + height + MARGIN_MM)
    x0, y0, x1, y1 = (round(v * PX_PER_MM / 2) for v in ends)
    return max(0, x0), max(0, y0), min(shape[1], x1), min(shape[0], y1)


def aligned(found: Grey, wanted: Grey) -> Grey:
    """The patch moved by what makes it fit best."""
    r = _REACH_PX
    total = [
        cv2.matchTemplate(found[:, :, channel], wanted[r:-r, r:-r, channel], cv2.TM_CCORR)
        for channel in range(found.shape[2])
    ]
    response = np.asarray(np.sum(total, axis=0), dtype=np.float32)
    y, x = (int(v) for v in np.unravel_index(int(response.argmax()), response.shape))
    dx, dy = x - r + vertex(response[y], x), y - r + vertex(response[:, x], y)
    move = np.array([[1, 0, -dx], [0, 1, -dy]], dtype=np.float64)
    size = (found.shape[1], found.shape[0])
    moved = cv2.warpAffine(found, move, size, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, dtype=np.float32).reshape(found.shape)


def device(patches: list[Grey]) -> Grey:
    """What the patches of several portraits have in common."""
    mean: Grey = np.asarray(np.mean(patches, axis=0), dtype=np.float32)
    for _ in range(3):
        mean = np.asarray(np.mean([aligned(one, mean) for one in patches], axis=0), dtype=np.float32)
    return mean


def agreement(found: Grey, wanted: Grey) -> Grey:
    """Local correlation over all channels."""

    def over(values: Grey) -> Grey:
        return np.asarray(cv2.blur(np.asarray(values.sum(axis=2)), (_CELL, _CELL)), dtype=np.float32)

    energy = np.sqrt(over(found * found) * over(wanted * wanted)) + 1e-3
    return np.asarray(over(found * wanted) / energy, dtype=np.float32)


def device_place(patches: list[Grey], region: Region, origin: tuple[int, int]) -> NDArray[np.bool_]:
    """Where each portrait shows what the others do, well within its rim, for outside is the ground."""
    least = np.full(patches[0].shape[:2], 1.0, dtype=np.float32)
    for index, one in enumerate(patches):
        others = device([other for k, other in enumerate(patches) if k != index])
        np.minimum(least, agreement(aligned(one, others), others), out=least)
    place = cv2.morphologyEx((least > _AGREES).astype(np.uint8), cv2.MORPH_OPEN, np.ones((7, 7), np.uint8)) > 0
    inside = np.zeros_like(place)
    left, top, width, height = (v * PX_PER_MM / 2 for v in region.rect)
    x0, y0 = round(left - origin[0]) + _RIM_PX, round(top - origin[1]) + _RIM_PX
    inside[y0 : y0 + round(height) - 2 * _RIM_PX, x0 : x0 + round(width) - 2 * _RIM_PX] = True
    return np.asarray(place & inside)


def learned_device(images: list[Grey], region: Region) -> NDArray[np.int8] | None:
    """The device over the portraits, 0 where there is none; None where none was found."""
    left, top, _, _ = frame(region.rect, images[0].shape)
    for channels in (COLOURS, 1):
        patches = [patch(one, region, channels) for one in images]
        place = device_place(patches, region, (left, top))
        if int(place.sum()) >= LEAST_CELLS:
            mean = np.clip(np.round(device(patches) * SCALE), -127, 127)
            mean[mean == 0] = 1
            return (mean * cv2.dilate(place.astype(np.uint8), np.ones((5, 5), np.uint8))[:, :, None]).astype(np.int8)
    return None


def overprint(laid: Laid, art: Artwork) -> Measures:
    """How well the device over the portrait agrees with the reference's, the mean over all of it."""
    region = art.region("portrait")
    if region is None or art.overprint is None:
        return {}
    wanted: Grey = np.asarray(art.overprint, dtype=np.float32) / np.float32(SCALE)
    place = np.any(art.overprint != 0, axis=2)
    found = patch(laid.colour, region, wanted.shape[2])
    if found.shape != wanted.shape or int(place.sum()) < LEAST_CELLS:
        return {}
    agrees = agreement(aligned(found, wanted) * place[:, :, None], wanted)
    value = float(agrees[place].mean())
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
