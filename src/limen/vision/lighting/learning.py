"""The features of a model found in its genuine pages: where print shines, what infrared shows and what it hides.

The page is looked at in tiles. A tile becomes a feature where every page shows the same there, so that the bearer's
data, which differ, do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.light import Light
from limen.vision.lighting.catalogue import LightCode
from limen.vision.lighting.features import feature_of, seen_of, unsteadiness
from limen.vision.lighting.glow import shining
from limen.vision.lighting.measuring import contrast
from limen.vision.lighting.model import LightFeature, Quantity
from limen.vision.lighting.paper import bare_paper, glow
from limen.vision.lighting.zone import has_zone, portrait_core, zone_rect
from limen.vision.page import Page, Pixels, Rect, Side

Floats = NDArray[np.float64]

TILE_MM: Final = 8.0
MOST_TILES: Final = 6
"""Tiles of one code that are kept, those with the most print first."""
SHINES_FROM: Final = 0.08
"""Share of a tile that must shine on every page."""
ALIKE: Final = 0.25
"""Standard deviation over the pages, as a share of the mean, up to which a tile shows the same on all."""
COLOURED_FROM: Final = 0.35
"""Saturation from which print has a hue worth keeping."""
PRINTED_FROM: Final = 0.2
"""White-light contrast from which a tile holds print that infrared can hide."""
DARK_FROM: Final = 0.3
FAINT_TO: Final = 0.12
"""Infrared contrast of a place that absorbs, and of one that does not."""
PORTRAITS_DIFFER: Final = 0.7
"""Share of the expected contrast that a portrait may lack: fair and dark people differ by a third."""
STEADY_TO: Final = 0.75
"""Deviation of any page from the others, in tolerances, up to which a feature is kept: see `unsteadiness`. Genuine
pages of the development issuers reach 0.55."""
DULL_TO: Final = 60.0
"""Glow up to which the paper needs no feature: the check for every document judges it."""


def learn_features(pages: Sequence[Page]) -> tuple[LightFeature, ...]:
    """What the reference of a model should ask of the lights, from genuine pages of one side of it.

    Lights that fewer than three pages were captured under are left out.
    """
    found: list[LightFeature] = []
    for light, learn in ((Light.UV, _ultraviolet), (Light.IR, _infrared)):
        lit = [page for page in pages if light in page.sheets]
        if len(lit) >= 3:
            found += learn(lit)
    return tuple(found)


def _ultraviolet(pages: Sequence[Page]) -> Iterator[LightFeature]:
    sheets = [page.sheets[Light.UV] for page in pages]
    papers = [bare_paper(sheet.image) for sheet in sheets]
    if median(glow(paper) for paper in papers) > DULL_TO:
        whole = _Place(pages, (0.0, 0.0, *pages[0].size_mm), "(UV, BR, FU)")
        yield from whole.features(quantity=Quantity.GLOW)
    masks = [shining(sheet.image, paper) for sheet, paper in zip(sheets, papers, strict=True)]
    shares = np.array([_tiled(mask, pages[0]) for mask in masks])
    for rect in _chosen(shares, pages[0], SHINES_FROM):
        name = f"fluorescent print {_place(rect, pages[0])}"
        place = _Place(pages, rect, "(UV, LU, IS)")
        yield from place.features(name)
        yield from place.features(f"sharpness of the {name}", Quantity.EDGE)
        if median(one.saturation for one in place.seen) >= COLOURED_FROM:
            yield from place.features(f"colour of the {name}", Quantity.HUE)


def _infrared(pages: Sequence[Page]) -> Iterator[LightFeature]:
    first = pages[0]
    white = np.array([_contrasts(page.white.image, first) for page in pages])
    other = np.array([_contrasts(page.sheets[Light.IR].image, first) for page in pages])
    # Beside entries stands, on another document, a longer one.
    entries = cv2.dilate((other.max(axis=0) >= DARK_FROM).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    hidden = np.where((other <= FAINT_TO).all(axis=0) & ~entries, white, 0.0)
    for rect in _chosen(hidden, first, PRINTED_FROM):
        yield from _Place(pages, rect, "(IR, TR, IS)").features(f"coloured print {_place(rect, first)}")
    if has_zone(first):
        yield from _Place(pages, zone_rect(first.format), "(IR, AB, MR)").features()
    if first.side is Side.FRONT:
        rect = portrait_core(first)
        seen = [contrast(page.sheets[Light.IR].crop(rect)) for page in pages]
        if min(seen) >= DARK_FROM:
            yield from _Place(pages, rect, "(IR, AB, PH)").features(quantity=Quantity.CONTRAST, share=PORTRAITS_DIFFER)
        elif max(seen) <= FAINT_TO:
            yield from _Place(pages, rect, "(IR, TR, PH)").features(quantity=Quantity.CONTRAST)


class _Place:
    """A rectangle as all pages show it, measured once for every feature that it may give."""

    def __init__(self, pages: Sequence[Page], rect: Rect, code: str) -> None:
        self.rect = rect
        self.code = LightCode.parse(code)
        self.seen = seen_of(pages, rect, self.code)

    def features(
        self, name: str = "", quantity: Quantity | None = None, *, share: float = 0.0
    ) -> Iterator[LightFeature]:
        """The feature, if it is steady; `share` is the least tolerance as a part of what is expected."""
        found = feature_of(self.seen, self.rect, self.code, name=name, quantity=quantity)
        found = replace(found, tolerance=max(found.tolerance, share * found.expected))
        if unsteadiness(found, self.seen) <= STEADY_TO:
            yield found


def _chosen(figures: Floats, page: Page, least: float) -> list[Rect]:
    """The tiles where all pages have at least that figure and are alike, the strongest first."""
    mean = figures.mean(axis=0)
    good = (figures.min(axis=0) >= least) & (figures.std(axis=0) <= ALIKE * mean)
    order = np.argsort(-np.where(good, mean, 0.0), axis=None, kind="stable")[:MOST_TILES]
    places = [divmod(int(index), good.shape[1]) for index in order]
    return [_tile(row, column, page) for row, column in places if good[row, column]]


def _counts(page: Page) -> tuple[int, int]:
    width, height = page.size_mm
    return max(1, round(height / TILE_MM)), max(1, round(width / TILE_MM))


def _tile(row: int, column: int, page: Page) -> Rect:
    (rows, columns), (width, height) = _counts(page), page.size_mm
    return (column * width / columns, row * height / rows, width / columns, height / rows)


def _tiled(mask: NDArray[np.bool_], page: Page) -> Floats:
    rows, columns = _counts(page)
    return np.array(
        [[float(part.mean()) for part in np.array_split(band, columns, 1)] for band in np.array_split(mask, rows, 0)]
    )


def _contrasts(image: Pixels, page: Page) -> Floats:
    rows, columns = _counts(page)
    return np.array(
        [[contrast(part) for part in np.array_split(band, columns, 1)] for band in np.array_split(image, rows, 0)]
    )


def _place(rect: Rect, page: Page) -> str:
    """Where on the page, in words."""
    width, height = page.size_mm
    across = ("left", "", "right")[min(2, int(3 * (rect[0] + rect[2] / 2) / width))]
    down = ("top", "", "bottom")[min(2, int(3 * (rect[1] + rect[3] / 2) / height))]
    words = " ".join(word for word in (down, across) if word)
    return f"at the {words}" if words else "in the middle"
