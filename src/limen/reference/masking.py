"""What a reference must not carry: anything of the bearers whose documents it was learned from.

An artwork is learned from documents of real people. Where data vary from one document to the next, a median of a few
captures still shows a blend of their portraits and of their entries, and characters kept in the order of reading still
spell their names. So before a reference is kept:

1. the portraits, and every pixel of which nothing but data is known, are filled with what lies about them, under every
   light;
2. where data are printed over a known ground, white and infrared light show that ground alone, and of ultraviolet the
   strokes are taken out;
3. the characters that tell the typeface are put in an order that says nothing of where they stood.

What stays is what all documents of the model have in common. An entry that is the same on every document shown (a sex,
a place of issue) is taken for artwork: show documents of different bearers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.artwork import Artwork, Region
from limen.vision.artwork.learned import Kind
from limen.vision.page import PX_PER_MM

Bools = NDArray[np.bool_]

RIM_MM: Final = 0.5
"""How far beyond its region a portrait is blanked; the region's edge is known to about 0.3 mm."""
PORTRAITS: Final = frozenset({"portrait", "ghost"})
"""Kinds of region that show the bearer from edge to edge."""
_WINDOWS_PX: Final = (97, 31, 7)
"""Sides of the windows from which a hidden pixel is filled; the least in which enough is seen has the say."""
_LEAST_SEEN: Final = 0.15
"""Share of a window."""
_STROKE: Final = 16
"""Grey levels by which a median is darker than the ground where most captures have ink."""
_REFILLED: Final = 12
"""Grey levels by which a filled place differs when it is filled again."""


def masked(artwork: Artwork) -> Artwork:
    """The artwork without anything of the bearers that it was learned from."""
    hidden = varying(artwork)
    half = _halved(hidden)
    ground = _filled(artwork.ground, hidden)
    printed = _halved((artwork.kind & Kind.PRINT) > 0)
    return replace(
        artwork,
        ground=ground,
        colour=_filled(artwork.colour, half | printed),
        uv=None if artwork.uv is None else _filled(artwork.uv, half | (printed & _strokes(artwork))),
        ir=None if artwork.ir is None else _filled(artwork.ir, half | printed),
        glyphs=_unordered(artwork.glyphs),
    )


def varying(artwork: Artwork) -> Bools:
    """Where nothing but the bearer's data is known of a page of the model: true there."""
    hidden: Bools = (artwork.kind & (Kind.STATIC | Kind.GROUND)) == 0
    for region in artwork.regions:
        if region.kind in PORTRAITS:
            hidden |= _inside(region, hidden.shape)
    return hidden


def leaks(artwork: Artwork) -> bool:
    """Whether the artwork carries what `masked` takes out: of one from elsewhere, whose masking nobody saw."""
    clean = masked(artwork)
    pairs = [(artwork.ground, clean.ground), (artwork.colour, clean.colour)]
    pairs += [(a, b) for a, b in ((artwork.uv, clean.uv), (artwork.ir, clean.ir)) if a is not None and b is not None]
    return any(_differ(a, b) for a, b in pairs)


def _differ(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> bool:
    """By more than filling once more changes what was filled before."""
    return float(np.abs(one.astype(np.int16) - other).max()) > _REFILLED


def _inside(region: Region, shape: tuple[int, ...]) -> Bools:
    left, top, width, height = region.rect
    ends = (left - RIM_MM, top - RIM_MM, left + width + RIM_MM, top + height + RIM_MM)
    x0, y0, x1, y1 = (max(0, round(one * PX_PER_MM)) for one in ends)
    mask = np.zeros(shape, dtype=bool)
    mask[y0:y1, x0:x1] = True
    return mask


def _strokes(artwork: Artwork) -> Bools:
    """Where most captures have ink over the ground, at half the resolution."""
    size = (artwork.colour.shape[1], artwork.colour.shape[0])
    ground = cv2.resize(artwork.ground, size, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(artwork.colour, cv2.COLOR_RGB2GRAY)
    ink = (cv2.subtract(ground, grey) > _STROKE).astype(np.uint8)
    return np.asarray(ink > 0)


def _halved(mask: Bools) -> Bools:
    """At half the resolution; a pixel is hidden where any of its four is."""
    grown = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8))
    size = (mask.shape[1] // 2, mask.shape[0] // 2)
    return np.asarray(cv2.resize(grown, size, interpolation=cv2.INTER_NEAREST) > 0)


def _filled(image: NDArray[np.uint8], hidden: Bools) -> NDArray[np.uint8]:
    """The image with its hidden places as smooth as what lies about them, from which alone they are made."""
    if hidden.all():
        return np.full_like(image, 255)
    seen = (~hidden).astype(np.float32)
    planes = (image if image.ndim == 3 else image[:, :, None]).astype(np.float32)
    fill = np.broadcast_to(planes[~hidden].mean(axis=0), planes.shape).copy()
    for window in _WINDOWS_PX:
        share = cv2.blur(seen, (window, window))[:, :, None]
        near = cv2.blur(planes * seen[:, :, None], (window, window)).reshape(planes.shape)
        fill = np.where(share > _LEAST_SEEN, near / np.maximum(share, _LEAST_SEEN), fill)
    out = np.where(hidden[:, :, None], np.clip(fill + 0.5, 0, 255), planes)
    return out.astype(np.uint8).reshape(image.shape)


def _unordered(glyphs: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The characters sorted by their pixels."""
    flat = glyphs.reshape(len(glyphs), -1)
    return glyphs[np.lexsort(flat.T[::-1])] if len(glyphs) else glyphs
