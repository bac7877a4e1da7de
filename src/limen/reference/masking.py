"""What a reference must not carry: anything of the bearers whose documents it was learned from.

An artwork is learned from documents of real people. Where data vary from one document to the next, a median of a few
captures still shows a blend of their portraits and of their entries, and characters kept in the order of reading still
spell their names. So before a reference is kept:

1. the portraits are filled with what lies about them, under every light;
2. where data are printed, each light shows the ground as the captures have it that have no ink there; where all have,
   it is filled;
3. the characters that tell the typeface are put in an order that says nothing of where they stood.

What stays is what all documents of the model have in common. An entry that is the same on every document shown (a sex,
a place of issue) is taken for artwork: show documents of different bearers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.artwork import Artwork
from limen.vision.artwork.laid import Laid, ink_of
from limen.vision.artwork.learned import Kind
from limen.vision.page import PX_PER_MM

Bools = NDArray[np.bool_]
Floats = NDArray[np.float32]

RIM_MM: Final = 0.5
"""How far beyond its region a portrait is blanked; the region's edge is known to about 0.3 mm."""
PORTRAITS: Final = frozenset({"portrait", "ghost"})
"""Kinds of region that show the bearer from edge to edge."""
INK: Final = 40
"""Grey levels below the ground from which a place of `colour` shows ink of data."""
MOST_INK: Final = 0.002
"""Share of the places of print that may, for a ground that is known from few captures is no better."""
_AROUND_PX: Final = 7
"""Side of the square about a stroke that its blur darkens."""
_SAMPLED: Final = 7
"""Pixels to the one that is looked at to tell how bright a capture is."""
_WINDOWS_PX: Final = (97, 31, 7)
"""Sides of the windows from which a hidden pixel is filled; the least in which enough is seen has the say."""
_LEAST_SEEN: Final = 0.15
"""Share of a window."""
_REFILLED: Final = 12
"""Grey levels by which a filled place differs when it is filled again."""


def masked(artwork: Artwork, laid: Sequence[Laid]) -> Artwork:
    """The artwork without anything of the bearers of the captures, as laid over it, that it was learned from."""
    ink = [_halved(_ink(one, artwork)) for one in laid]
    printed = _halved((artwork.kind & Kind.PRINT) > 0)
    pictures = _pictures(artwork)
    hidden = _halved(pictures)

    def bare(image: NDArray[np.uint8], captures: Sequence[Floats | None]) -> NDArray[np.uint8]:
        """The image, of what is printed the ground alone."""
        there = [(one, inked) for one, inked in zip(captures, ink, strict=True) if one is not None]
        ground, seen = _uninked(image, there, printed)
        return _filled(ground, hidden | (printed & ~seen))

    return replace(
        artwork,
        ground=_filled(artwork.ground, pictures),
        colour=bare(artwork.colour, [one.colour for one in laid]),
        uv=None if artwork.uv is None else bare(artwork.uv, [one.uv for one in laid]),
        ir=None if artwork.ir is None else bare(artwork.ir, [one.ir for one in laid]),
        glyphs=_unordered(artwork.glyphs),
    )


def leaks(artwork: Artwork) -> bool:
    """Whether the artwork carries what `masked` takes out: of one from elsewhere, whose masking nobody saw."""
    pictures = _pictures(artwork)
    half = _halved(pictures)
    images = [(artwork.ground, pictures), *((one, half) for one in (artwork.colour, artwork.uv, artwork.ir))]
    return _ink_left(artwork) > MOST_INK or any(_shows(image, where) for image, where in images if image is not None)


def _shows(image: NDArray[np.uint8], hidden: Bools) -> bool:
    """Whether filling the hidden places once more changes them."""
    return float(np.abs(_filled(image, hidden).astype(np.int16) - image).max()) > _REFILLED


def _ink_left(artwork: Artwork) -> float:
    """The share of the places of print whose colour is darker than the ground."""
    size = (artwork.colour.shape[1], artwork.colour.shape[0])
    ground = cv2.resize(artwork.ground, size, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(artwork.colour, cv2.COLOR_RGB2GRAY)
    printed = _halved((artwork.kind & Kind.PRINT) > 0) & ~_halved(_pictures(artwork))
    return float((cv2.subtract(ground, grey)[printed] > INK).mean()) if printed.any() else 0.0


def _pictures(artwork: Artwork) -> Bools:
    """Where the bearer's pictures are."""
    mask = np.zeros(artwork.ground.shape, dtype=bool)
    for region in artwork.regions:
        if region.kind in PORTRAITS:
            left, top, width, height = region.rect
            ends = (left - RIM_MM, top - RIM_MM, left + width + RIM_MM, top + height + RIM_MM)
            x0, y0, x1, y1 = (max(0, round(one * PX_PER_MM)) for one in ends)
            mask[y0:y1, x0:x1] = True
    return mask


def _ink(laid: Laid, artwork: Artwork) -> Bools:
    """Where one capture has data printed, and about it."""
    ink = ink_of(laid.grey, artwork.ground.astype(np.float32))
    return np.asarray(cv2.dilate(ink, np.ones((_AROUND_PX, _AROUND_PX), np.uint8)) > 0)


def _uninked(
    image: NDArray[np.uint8], captures: Sequence[tuple[Floats, Bools]], printed: Bools
) -> tuple[NDArray[np.uint8], Bools]:
    """The image with the mean of the captures that have no ink there in the places of print, and where any has none."""
    total = np.zeros(image.shape, dtype=np.float32)
    count = np.zeros(image.shape[:2], dtype=np.float32)
    for capture, inked in captures:
        weight = (~inked).astype(np.float32)
        count += weight
        total += _as_bright(capture, image, ~printed) * _spread(weight, image)
    ground = total / np.maximum(_spread(count, image), 1.0)
    seen = count > 0
    out = np.where(_spread(printed & seen, image), np.clip(ground + 0.5, 0, 255).astype(np.uint8), image)
    return out, seen


def _as_bright(capture: Floats, image: NDArray[np.uint8], where: Bools) -> Floats:
    """A capture as bright as the image, channel by channel: lamps differ, and paper and print not by the same share."""
    planes, targets = (one if one.ndim == 3 else one[:, :, None] for one in (capture, image))
    out = np.empty(planes.shape, dtype=np.float32)
    for channel in range(planes.shape[2]):
        here = planes[:, :, channel][where][::_SAMPLED].astype(np.float64)
        there = targets[:, :, channel][where][::_SAMPLED].astype(np.float64)
        spread = float(np.var(here))
        slope = float(np.mean((here - here.mean()) * (there - there.mean()))) / spread if spread > 1e-3 else 1.0
        out[:, :, channel] = (planes[:, :, channel] - here.mean()) * slope + there.mean()
    return out.reshape(capture.shape)


def _spread(mask: NDArray[Any], image: NDArray[np.uint8]) -> NDArray[Any]:
    """A mask for each channel of an image."""
    return mask[:, :, None] if image.ndim == 3 else mask


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
