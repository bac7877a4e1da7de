"""Flattens a page that is not flat: what a homography leaves of a bowed or curled page, taken out smoothly.

Paper that does not lie flat moves line work by some tenths of a millimetre here and there, which is half of its period,
so that it seems to be other line work. That is smooth over the page, as a re-drawn background is not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.artwork.align import Grey, Mask, Placement, block_shifts, flattened, halved, robust, scaled, warped
from limen.vision.page import PX_PER_MM, Page, Pixels

_BLOCK_MM: Final = 9.0
_STEP_MM: Final = 6.0
_REACH_MM: Final = 0.7
"""How far a place of the page may lie from where the homography has it."""
_SURE: Final = 0.35
"""Correlation from which on a block's place is believed."""
_LEAST_BLOCKS: Final = 30
"""Three to each coefficient of the surface that is fitted."""
_LEAST_MM: Final = 0.05
"""A page is left as it is where no place lies further off: that is the error of the measurement."""
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
    surface = _surface(grey, reference, mask, placement)
    if surface is None:
        return page
    x, y = np.meshgrid(np.linspace(-1, 1, 9), np.linspace(-1, 1, 7))
    if float(np.abs(_terms(x, y) @ surface).max()) < _LEAST_MM * PX_PER_MM:
        return page
    across, down = _maps(page.white.image.shape[:2], size, placement, surface)
    sheets = {light: replace(one, image=_moved(one.image, across, down)) for light, one in page.sheets.items()}
    return replace(page, sheets=sheets)


def _surface(grey: Grey, reference: Grey, mask: Mask, placement: Placement) -> Surface | None:
    """How far the page lies from the placement, as a smooth function of the place; None where that cannot be told."""
    half = halved(reference)
    size = (half.shape[1], half.shape[0])
    still = np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST), dtype=np.uint8)
    scale = PX_PER_MM / 2
    image = np.asarray(warped(halved(grey), scaled(placement.matrix, 0.5), size), dtype=np.float32)
    block, step, reach = (round(length * scale) for length in (_BLOCK_MM, _STEP_MM, _REACH_MM))
    found = block_shifts(
        flattened(image, None, 0.6 * scale), flattened(half, still, 0.6 * scale), still, (block, step, reach), _SURE
    )
    if len(found) < _LEAST_BLOCKS:
        return None
    terms = _terms(found[:, 0] * 2 / size[0] - 1, found[:, 1] * 2 / size[1] - 1)
    surface = np.column_stack([robust(terms, 2 * found[:, 2 + axis]) for axis in (0, 1)])
    off = np.abs(2 * found[:, 2:] - terms @ surface)
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


def _moved(image: Pixels, across: NDArray[np.float32], down: NDArray[np.float32]) -> Pixels:
    return np.asarray(cv2.remap(image, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), dtype=np.uint8)
