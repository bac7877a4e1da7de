"""Flattens a page that is not flat: what a homography leaves of a bowed or curled page, taken out smoothly.

Paper that does not lie flat moves line work by some tenths of a millimetre here and there, which is half of its period,
so that it seems to be other line work. That is smooth over the page, as a re-drawn background is not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.artwork.align import (
    Grey,
    Levels,
    Mask,
    Placement,
    block_shifts,
    flattened,
    halved,
    robust,
    scaled,
    warped,
)
from limen.vision.page import PX_PER_MM, Page

_BLOCK_MM: Final = 9.0
_STEP_MM: Final = 6.0
_REACH_MM: Final = 0.7
"""How far a place of the page may lie from where the homography has it."""
_SURE: Final = 0.35
"""Correlation from which on a block's place is believed."""
_LEAST_BLOCKS: Final = 30
"""Three to each coefficient of the surface that is fitted."""
_LEAST_STATIC: Final = 0.2
"""Share of a block that must be bare: so little that blocks lie within the machine readable zone too, beyond which a
surface would be drawn out from what lies above."""
_LEAST_MM: Final = 0.1
"""A page is left as it is where no block lies further off: a homography does for it."""
_BETTER: Final = 0.03
"""By how much the blocks that fit worst must fit better for a page to be taken for bent."""
_WORST: Final = 5
"""Per cent of the blocks that are the worst."""
_STRAY_MM: Final = 0.1
"""How far half of the blocks may lie from the surface; more is no bent page."""
_GRID: Final = 16
"""Pixels to a node at which the displacement is worked out."""

Surface = NDArray[np.float64]
"""10 x 2: the coefficients of a polynomial of the third degree, of the displacement across and down in pixels."""


def unbent(page: Page, grey: Grey, reference: Grey, mask: Mask, placement: Placement) -> Page:
    """The page with its line work where a flat page has it.

    `grey` and `reference` are the levels of its white sheet and of the artwork, whose static part is where `mask` is
    not 0. The placement is good for the page that is returned, too.
    """
    size = (reference.shape[1], reference.shape[0])
    pair = _pair(grey, reference, mask, placement)
    surface = _surface(pair)
    if surface is None:
        return page
    across, down = _maps(page.white.image.shape[:2], size, placement, surface)
    before, after = _fits(pair), _fits(_pair(_moved(grey, across, down), reference, mask, placement))
    if np.percentile(after, _WORST) < np.percentile(before, _WORST) + _BETTER or after.mean() < before.mean():
        return page
    sheets = {
        light: replace(one, image=np.asarray(_moved(one.image, across, down), np.uint8))
        for light, one in page.sheets.items()
    }
    return replace(page, sheets=sheets)


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """The line work of a page and of its reference at half the resolution, in the frame of the reference."""

    image: Grey
    reference: Grey
    still: Mask


def _pair(grey: Grey, reference: Grey, mask: Mask, placement: Placement) -> _Pair:
    half = halved(reference)
    size = (half.shape[1], half.shape[0])
    still = np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST), dtype=np.uint8)
    image = np.asarray(warped(halved(grey), scaled(placement.matrix, 0.5), size), dtype=np.float32)
    sigma = 0.6 * PX_PER_MM / 2
    return _Pair(flattened(image, still, sigma), flattened(half, still, sigma), still)


def _fits(pair: _Pair) -> NDArray[np.float32]:
    """How well each block fits where it is, -1 to 1."""
    side = round(_BLOCK_MM * PX_PER_MM / 2)

    def means(values: NDArray[np.floating]) -> Grey:
        return np.asarray(cv2.blur(values, (side, side))[side // 2 :: side, side // 2 :: side], dtype=np.float32)

    there = means(pair.still.astype(np.float32)) > _LEAST_STATIC
    both, one, other = (
        means(a * b)[there]
        for a, b in ((pair.image, pair.reference), (pair.image, pair.image), (pair.reference, pair.reference))
    )
    return np.asarray(both / np.sqrt(one * other + 1e-6), dtype=np.float32)


def _surface(pair: _Pair) -> Surface | None:
    """How far the page lies from the placement, as a smooth function of the place; None where it does not.

    None, too, where it cannot be told.
    """
    scale = PX_PER_MM / 2
    block, step, reach = (round(length * scale) for length in (_BLOCK_MM, _STEP_MM, _REACH_MM))
    sizes = (block, step, reach)
    found = block_shifts(pair.image, pair.reference, pair.still, sizes, (_LEAST_STATIC, _SURE))
    if len(found) < _LEAST_BLOCKS:
        return None
    height, width = pair.reference.shape
    terms = _terms(found[:, 0] * 2 / width - 1, found[:, 1] * 2 / height - 1)
    surface = np.column_stack([robust(terms, 2 * found[:, 2 + axis]) for axis in (0, 1)])
    moved = terms @ surface
    if float(np.hypot(*moved.T).max()) < _LEAST_MM * PX_PER_MM:
        return None
    off = np.abs(2 * found[:, 2:] - moved)
    return surface if float(np.median(off)) < _STRAY_MM * PX_PER_MM else None


def _terms(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """The powers of a place, -1 to 1 over the page."""
    powers = [x**i * y**k for i in range(4) for k in range(4 - i)]
    return np.stack(powers, axis=-1)


def _maps(
    shape: tuple[int, ...], size: tuple[int, int], placement: Placement, surface: Surface
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """For each pixel of a flat sheet where it is found on the bent one."""
    height, width = shape[:2]
    nodes = (-(-width // _GRID), -(-height // _GRID))
    x, y = np.meshgrid(np.arange(nodes[0]) * _GRID + (_GRID - 1) / 2, np.arange(nodes[1]) * _GRID + (_GRID - 1) / 2)
    there = np.stack([x, y], axis=-1)[None].reshape(1, -1, 2)
    place = cv2.perspectiveTransform(there, np.linalg.inv(placement.matrix))[0]
    terms = _terms(place[:, 0] * 2 / size[0] - 1, place[:, 1] * 2 / size[1] - 1)
    moved = cv2.perspectiveTransform((place + terms @ surface)[None], placement.matrix)[0] - there[0]
    off = moved.reshape(nodes[1], nodes[0], 2).astype(np.float32)
    full = cv2.resize(off, (nodes[0] * _GRID, nodes[1] * _GRID), interpolation=cv2.INTER_LINEAR)[:height, :width]
    across = full[:, :, 0] + np.arange(width, dtype=np.float32)[None, :]
    down = full[:, :, 1] + np.arange(height, dtype=np.float32)[:, None]
    return np.ascontiguousarray(across), np.ascontiguousarray(down)


def _moved(image: Levels, across: NDArray[np.float32], down: NDArray[np.float32]) -> Any:
    return cv2.remap(image, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
