"""Learns the artwork of one side of one model from a handful of captures of genuine documents.

1. Lay all captures over the first, then over what they have in common; the frame is the mean of theirs.
2. Tell static artwork from where data are printed, by where the captures differ; keep the ground beneath the data.
3. Take every measure on each capture with the artwork of the others, so that few captures tell how far one may be off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.artwork import core, ground, lights, portrait, writing
from limen.vision.artwork.align import Grey, Placement, grey_of, place
from limen.vision.artwork.bend import unbent
from limen.vision.artwork.core import Stack
from limen.vision.artwork.laid import Laid, ink_of, laid_by, light_course
from limen.vision.artwork.learned import Artwork, Kind, Learned, Region
from limen.vision.artwork.measured import Measures
from limen.vision.artwork.measuring import measure
from limen.vision.artwork.model import CannotLearn
from limen.vision.light import Light
from limen.vision.page import Matrix, Page, sheet_size

LEAST: Final = 3
"""Captures that an artwork can be learned from; five are better."""
MOST: Final = 24
"""Further ones are left out: they cost time and change nothing."""
_LEAST_AGREEMENT: Final = 0.3
_FIT_FLOOR: Final = 0.12
"""Correlation that line work may be below the worst of the captures, for there were few."""


Finish = Callable[[Artwork, Sequence[Laid]], Artwork]
"""What is done to an artwork before it is kept, with the captures that it was learned from."""


def learn(pages: Sequence[Page], *, finish: Finish | None = None) -> Artwork:
    """The artwork that the pages have in common.

    `finish` takes from the artwork what is not to be kept; captures are measured against what it leaves, as later pages
    will be. Raises `CannotLearn`.
    """
    finish = finish or _as_it_is
    pages = list(pages)[:MOST]
    _check(pages)
    pages, placements = _together(pages)
    first = _plain(pages, placements)
    laid = [laid_by(page, first, spot) for page, spot in zip(pages, placements, strict=True)]
    stack = _stack(laid)
    art = finish(_artwork(pages[0], stack, laid, first.regions), laid)
    found = []
    for index, (page, one) in enumerate(zip(pages, laid, strict=True)):
        rest = [other for k, other in enumerate(laid) if k != index]
        without = finish(_artwork(pages[0], stack.without(index), rest, art.regions), rest)
        found.append(measure(page, laid_by(page, without, one.placement), without))
    fit = _fit([maps for _, maps in found])
    again = [_with_lack(measures, maps, replace(art, fit=fit)) for measures, maps in found]
    return replace(art, fit=fit, measures=_learned(again))


def _as_it_is(artwork: Artwork, _: Sequence[Laid]) -> Artwork:
    return artwork


def _check(pages: list[Page]) -> None:
    if len(pages) < LEAST:
        raise CannotLearn(f"A reference is learned from at least {LEAST} captures, here are {len(pages)}: add captures")
    if len({(page.format, page.side) for page in pages}) > 1:
        raise CannotLearn("The captures are of different formats or sides: learn each by itself")


def _together(pages: list[Page]) -> tuple[list[Page], list[Placement]]:
    """The captures, flattened, and where each lies in their common frame."""
    greys = [grey_of(page.white.image) for page in pages]
    size = sheet_size(pages[0].format)
    rough = [Placement(np.eye(3), 1.0)] + [place(grey, greys[0], None) for grey in greys[1:]]
    lost = [index + 1 for index, one in enumerate(rough) if one.agreement < _LEAST_AGREEMENT]
    if lost:
        named = ", ".join(str(index) for index in lost)
        raise CannotLearn(f"Capture {named} does not show the same artwork as the first: leave it out")
    back = np.linalg.inv(_mean([one.matrix for one in rough], size))
    moved = [one.matrix @ back for one in rough]
    grey = np.stack([_even(one, greys[0], matrix, size) for one, matrix in zip(greys, moved, strict=True)])
    middle, _ = core.common(grey)
    reference = middle.astype(np.float32)
    ink = cv2.dilate(ink_of(reference, reference), np.ones((5, 5), np.uint8))
    ground = ((ink == 0) & (core.strange(grey, middle) == 0)).astype(np.uint8)
    placements = [place(one, reference, ground, matrix) for one, matrix in zip(greys, moved, strict=True)]
    flat = [
        unbent(page, one, reference, ground, spot) for page, one, spot in zip(pages, greys, placements, strict=True)
    ]
    return flat, placements


def _mean(matrices: list[Matrix], size: tuple[int, int]) -> Matrix:
    width, height = size
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], dtype=np.float64)
    seen = np.mean([cv2.perspectiveTransform(corners, matrix)[0] for matrix in matrices], axis=0)
    return np.asarray(cv2.getPerspectiveTransform(corners[0].astype(np.float32), seen.astype(np.float32)), np.float64)


def _even(
    grey: NDArray[np.float32], like: NDArray[np.float32], matrix: Matrix, size: tuple[int, int]
) -> NDArray[np.uint8]:
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    flat = np.asarray(cv2.warpPerspective(grey, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.float32)
    level = light_course(flat, like, np.ones(like.shape, np.uint8))
    return np.asarray(np.clip(flat * level + 0.5, 0, 255), dtype=np.uint8)


def _plain(pages: list[Page], placements: list[Placement]) -> Artwork:
    """What is needed to lay the captures over one another for good: ground, kinds, regions."""
    size = sheet_size(pages[0].format)
    greys = [grey_of(page.white.image) for page in pages]
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    like = np.asarray(
        cv2.warpPerspective(greys[0], placements[0].matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE),
        dtype=np.float32,
    )
    grey = np.stack([_even(one, like, spot.matrix, size) for one, spot in zip(greys, placements, strict=True)])
    middle, seen = core.common(grey)
    change, odd = core.changing(grey), core.strange(grey, middle)
    regions = core.find_regions(change, odd, grey, pages[0].format, pages[0].side)
    kind = core.kinds(seen, len(pages), change, odd, regions)
    half = (size[0] // 2, size[1] // 2)
    images = [
        cv2.resize(
            np.asarray(cv2.warpPerspective(page.white.image, spot.matrix, size, flags=flags)),
            half,
            interpolation=cv2.INTER_AREA,
        )
        for page, spot in zip(pages, placements, strict=True)
    ]
    colour = np.asarray(np.median(images, axis=0), dtype=np.uint8)
    nothing = np.full((1, 1), np.nan, dtype=np.float32)
    return Artwork(pages[0].format, pages[0].side, len(pages), middle, kind, colour, regions, {}, nothing)


def _stack(laid: list[Laid]) -> Stack:
    def together(images: list[Grey | None]) -> NDArray[np.uint8] | None:
        there = [one for one in images if one is not None]
        if len(there) < LEAST or len(there) < len(images):
            return None
        return np.stack([np.clip(one + 0.5, 0, 255).astype(np.uint8) for one in there])

    alike = _as_one_lamp([one.uv for one in laid])
    grey, colour = together([one.grey for one in laid]), together([one.colour for one in laid])
    assert grey is not None
    assert colour is not None
    return Stack(grey, colour, together(alike), together([one.ir for one in laid]))


def _as_one_lamp(images: list[Grey | None]) -> list[Grey | None]:
    """Captures under ultraviolet as the mean of their lamps would have lit them: paper as bright in each."""
    there = [one for one in images if one is not None]
    if len(there) < len(images):
        return list(images)
    levels = [lights.paper_level(one, np.ones(one.shape[:2], dtype=bool)) for one in there]
    common = np.mean(levels, axis=0)
    gains = [common / np.maximum(level, 3.0) for level in levels]
    return [np.asarray(one * gain, dtype=np.float32) for one, gain in zip(there, gains, strict=True)]


def _artwork(page: Page, stack: Stack, laid: list[Laid], regions: tuple[Region, ...]) -> Artwork:
    middle, seen = core.common(stack.grey)
    change, odd = core.changing(stack.grey), core.strange(stack.grey, middle)
    kind = core.kinds(seen, len(stack.grey), change, odd, regions)
    art = Artwork(
        format=page.format,
        side=page.side,
        captures=len(stack.grey),
        ground=middle,
        kind=kind,
        colour=np.asarray(np.median(stack.colour, axis=0), dtype=np.uint8),
        regions=regions,
        measures={},
        fit=np.full((middle.shape[0] // 8, middle.shape[1] // 8), np.nan, dtype=np.float32),
        uv=None if stack.uv is None else np.asarray(np.median(stack.uv, axis=0), dtype=np.uint8),
        ir=None if stack.ir is None else np.asarray(np.median(stack.ir, axis=0), dtype=np.uint8),
    )
    return replace(art, overprint=_device(art, laid), glyphs=_glyphs(art, laid))


def _device(art: Artwork, laid: list[Laid]) -> NDArray[np.int8] | None:
    region = art.region("portrait")
    return None if region is None else portrait.learned_device([one.colour for one in laid], region)


def _glyphs(art: Artwork, laid: list[Laid]) -> NDArray[np.uint8]:
    found = [writing.characters(one, art).glyphs for one in laid]
    together = np.concatenate(found)
    return together[:: max(1, -(-len(together) // writing.MOST_GLYPHS))]


def _fit(maps: list[ground.Ground]) -> NDArray[np.float32]:
    """For each cell the correlation that captures have with the others, the worst of them less a floor."""
    worst: NDArray[np.float32] = np.full(maps[0].valid.shape, np.inf, dtype=np.float32)
    for one in maps:
        np.copyto(worst, np.minimum(worst, one.static.correlation), where=one.valid)
    worst[~np.isfinite(worst)] = np.nan
    rows, columns = (length // 2 for length in maps[0].valid.shape)
    return np.asarray(worst[::2, ::2][:rows, :columns] - _FIT_FLOOR, dtype=np.float32)


def _with_lack(measures: Measures, maps: ground.Ground, art: Artwork) -> Measures:
    return measures | {k: v for k, v in ground.line_work(maps, art).items() if k == "line work here"}


def _learned(found: list[Measures]) -> dict[str, Learned]:
    names = sorted({name for one in found for name in one})
    measures = {}
    for name in names:
        values = [one[name].value for one in found if name in one]
        if len(values) >= max(LEAST, len(found) // 2):
            spread = (max(values) - min(values)) / 2
            measures[name] = Learned(float(np.median(values)), float(spread))
    return measures


__all__ = ["Kind", "Light", "learn"]
