"""Lays a sheet over the reference of its model, to about a thirtieth of a millimetre.

A page that was found lies up to a millimetre off, with a slight perspective. Blocks of static artwork are looked for
near their place, first all together at half the resolution, then each alone, and a homography is fitted to where they
were found. Line work repeats every millimetre or less: the common search keeps a block from locking on to its
neighbour's line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.page import PX_PER_MM, Matrix, Pixels

Grey = NDArray[np.float32]
Mask = NDArray[np.uint8]
Levels = NDArray[np.uint8] | NDArray[np.float32]

REACH_MM: Final = 1.8
"""How far off a page may lie."""
_BEND_MM: Final = 0.7
"""How far a block may lie from where the whole was found: perspective within the page."""
_BLOCK_MM: Final = 12.0
_FINE_BLOCK_MM: Final = 7.0
_FINE_REACH_MM: Final = 0.4
_LEAST_STATIC: Final = 0.45
"""Share of a block that must be static artwork."""
_SURE: Final = 0.3
"""Correlation from which on a block's place is believed."""
_STRAY_MM: Final = 0.12
"""How far a block may lie from the homography that is fitted to all."""
_LEAST_BLOCKS: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """Where a sheet lies with respect to the reference."""

    matrix: Matrix
    """From pixels of the reference to pixels of the sheet."""
    agreement: float
    """Share of the blocks that were found where the fitted homography has them, 0 to 1."""


def flattened(grey: Grey, mask: Mask | None, sigma: float) -> Grey:
    """Line work alone: the light's course taken out, strong marks held down, what is masked set to nothing."""
    fine = grey - cv2.GaussianBlur(grey, (0, 0), sigma)
    spread = float(np.sqrt(np.mean(np.square(np.clip(fine, -30, 30))))) + 1e-3
    fine = np.clip(fine / spread, -2.5, 2.5)
    return np.asarray(fine if mask is None else fine * (mask > 0), dtype=np.float32)


def grey_of(image: Pixels) -> Grey:
    """Grey levels as numbers."""
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.float32)


def place(grey: Grey, reference: Grey, mask: Mask | None, start: Matrix | None = None) -> Placement:
    """Finds a sheet (grey levels) on the reference, whose static artwork is where `mask` is not 0.

    `start` is where it lies about; agreement 0 says that it was not found, the matrix is `start` then.
    """
    start = np.eye(3) if start is None else start
    coarse = _coarse(grey, reference, mask, start)
    if coarse is None:
        return Placement(start, 0.0)
    fine = _fine(grey, reference, mask, coarse)
    return fine if fine is not None else Placement(coarse, 0.05)


def warped(image: Levels, matrix: Matrix, size: tuple[int, int]) -> Levels:
    """What of a sheet lies on each pixel of the reference."""
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    flat = cv2.warpPerspective(image, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    if image.dtype == np.uint8:
        return np.asarray(flat, dtype=np.uint8)
    return np.asarray(flat, dtype=np.float32)


def vertex(line: NDArray[Any], at: int) -> float:
    """Of the parabola through a maximum and its neighbours, from the maximum."""
    if not 0 < at < len(line) - 1:
        return 0.0
    a, b, c = (float(v) for v in line[at - 1 : at + 2])
    bend = a - 2 * b + c
    return 0.0 if bend > -1e-9 else float(np.clip((a - c) / (2 * bend), -0.5, 0.5))


def scaled(matrix: Matrix, factor: float) -> Matrix:
    """The same homography between both images made smaller or larger by `factor`."""
    grow = np.array([[factor, 0, (factor - 1) / 2], [0, factor, (factor - 1) / 2], [0, 0, 1.0]])
    return np.asarray(grow @ matrix @ np.linalg.inv(grow))


def halved(grey: Grey) -> Grey:
    """Half the resolution."""
    size = (grey.shape[1] // 2, grey.shape[0] // 2)
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.float32)


def _blocks(
    shape: tuple[int, int], mask: Mask | None, size: int, step: int, least: float = _LEAST_STATIC
) -> list[tuple[int, int]]:
    """Upper left corners of the blocks of which `least` is static."""
    return [
        (x, y)
        for y in range(step // 4, shape[0] - size, step)
        for x in range(step // 4, shape[1] - size, step)
        if mask is None or float((mask[y : y + size, x : x + size] > 0).mean()) >= least
    ]


def _responses(image: Grey, reference: Grey, corners: list[tuple[int, int]], size: int, reach: int) -> list[Grey]:
    """For each block how well it fits at each shift."""
    padded = cv2.copyMakeBorder(image, reach, reach, reach, reach, cv2.BORDER_CONSTANT, value=0.0)
    return [
        np.asarray(
            cv2.matchTemplate(
                padded[y : y + size + 2 * reach, x : x + size + 2 * reach],
                reference[y : y + size, x : x + size],
                cv2.TM_CCORR_NORMED,
            ),
            dtype=np.float32,
        )
        for x, y in corners
    ]


def _coarse(grey: Grey, reference: Grey, mask: Mask | None, start: Matrix) -> Matrix | None:
    half = halved(reference)
    size = (half.shape[1], half.shape[0])
    half_mask = None if mask is None else np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    scale = PX_PER_MM / 2
    image = flattened(np.asarray(warped(halved(grey), scaled(start, 0.5), size), np.float32), None, 0.6 * scale)
    target = flattened(half, half_mask, 0.6 * scale)
    block, reach, bend = (round(length * scale) for length in (_BLOCK_MM, REACH_MM, _BEND_MM))
    corners = _blocks(half.shape, half_mask, block, block)
    if len(corners) < 4:
        return None
    maps = _responses(image, target, corners, block, reach)
    whole = np.sum(maps, axis=0)
    cy, cx = np.unravel_index(int(whole.argmax()), whole.shape)
    near: list[tuple[float, float, float]] = [_peak(one, (int(cx), int(cy)), bend) for one in maps]
    found = _fitted(corners, near, block, reach, 0.3 * scale)
    if found is None:
        shift = np.array([[1, 0, cx - reach], [0, 1, cy - reach], [0, 0, 1.0]])
        return np.asarray(start @ scaled(shift, 2.0))
    return np.asarray(start @ scaled(found[0], 2.0))


def _fine(grey: Grey, reference: Grey, mask: Mask | None, start: Matrix) -> Placement | None:
    size = (reference.shape[1], reference.shape[0])
    image = flattened(np.asarray(warped(grey, start, size), np.float32), None, 0.5 * PX_PER_MM)
    target = flattened(reference, mask, 0.5 * PX_PER_MM)
    block, reach = round(_FINE_BLOCK_MM * PX_PER_MM), round(_FINE_REACH_MM * PX_PER_MM)
    corners = _blocks(reference.shape, mask, block, round(1.25 * block))
    maps = _responses(image, target, corners, block, reach)
    near = [_peak(one, (reach, reach), reach) for one in maps]
    found = _fitted(corners, near, block, reach, _STRAY_MM * PX_PER_MM)
    if found is None:
        return None
    return Placement(np.asarray(start @ found[0]), found[1] / max(1, len(corners)))


def _peak(response: Grey, about: tuple[int, int], reach: int) -> tuple[float, float, float]:
    """The best shift near another: x, y (to a fraction of a pixel) and how well it fits."""
    x0, y0 = max(0, about[0] - reach), max(0, about[1] - reach)
    part = response[y0 : about[1] + reach + 1, x0 : about[0] + reach + 1]
    y, x = (int(v) for v in np.unravel_index(int(part.argmax()), part.shape))
    value = float(part[y, x])
    dx, dy = vertex(part[y], x), vertex(part[:, x], y)
    return x0 + x + dx, y0 + y + dy, value


def _fitted(
    corners: list[tuple[int, int]], near: list[tuple[float, float, float]], block: int, reach: int, stray: float
) -> tuple[Matrix, int] | None:
    """The homography from the reference to the image, and how many blocks bear it out."""
    sure = [(c, n) for c, n in zip(corners, near, strict=True) if n[2] >= _SURE]
    if len(sure) < _LEAST_BLOCKS:
        return None
    middle = (block - 1) / 2
    here = np.array([[x + middle, y + middle] for (x, y), _ in sure], dtype=np.float32)
    there = here + np.array([[x - reach, y - reach] for _, (x, y, _) in sure], dtype=np.float32)
    matrix, kept = cv2.findHomography(here, there, cv2.RANSAC, stray, maxIters=500)
    if matrix is None:
        return None
    return np.asarray(matrix, dtype=np.float64), int(np.count_nonzero(kept))


def block_shifts(
    image: Grey, reference: Grey, mask: Mask, sizes: tuple[int, int, int], least: tuple[float, float]
) -> NDArray[np.float64]:
    """N x 4: the middle of each static block of the reference, x and y, and how far from there the image has it.

    `sizes` are those of the block, of the step between blocks, and the reach, in pixels; `least` the share of a block
    that is static, and how well it fits. Blocks at the end of the reach are left out.
    """
    block, step, reach = sizes
    share, sure = least
    corners = _blocks(reference.shape, mask, block, step, share)
    middle = (block - 1) / 2
    found = []
    for (x, y), response in zip(corners, _responses(image, reference, corners, block, reach), strict=True):
        across, down, fit = _peak(response, (reach, reach), reach)
        if fit >= sure and max(abs(across - reach), abs(down - reach)) < reach - 0.5:
            found.append((x + middle, y + middle, across - reach, down - reach))
    return np.array(found, dtype=np.float64).reshape(-1, 4)


def robust(terms: NDArray[np.float64], values: NDArray[Any]) -> NDArray[np.float64]:
    """Least squares in which what lies far off counts less."""
    weight = np.ones(len(values))
    solved: NDArray[np.floating] = np.zeros(terms.shape[1])
    for _ in range(4):
        solved = np.linalg.lstsq(terms * weight[:, None], values * weight, rcond=None)[0]
        off = np.abs(values - terms @ solved)
        weight = np.sqrt(1 / np.maximum(1.0, off / (1.5 * float(np.median(off)) + 1e-4)))
    return np.asarray(solved, dtype=np.float64)
