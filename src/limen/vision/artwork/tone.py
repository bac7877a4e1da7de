"""Colours against those of the reference, and regular patterns that a press does not print."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.artwork.align import Grey
from limen.vision.artwork.ground import Ground
from limen.vision.artwork.laid import Laid
from limen.vision.artwork.learned import Artwork, Kind
from limen.vision.artwork.measured import Measure, Measures, window_rect
from limen.vision.page import PX_PER_MM, Pixels

_TILE: Final = 128
"""Pixels of the squares whose spectra are averaged."""
_COARSEST_PX: Final = 7.0
"""Patterns with a longer period than this are line work's own."""
_AREA: Final = 18
"""Half pixels over which chroma is averaged: 3 mm."""


def colour(laid: Laid, ground: Ground, art: Artwork) -> Measures:
    """Saturation against the reference's, and how far the tones are off where they are most."""
    height, width = laid.colour.shape[:2]
    size = (width, height)
    kind = np.asarray(cv2.resize(art.kind, size, interpolation=cv2.INTER_NEAREST), dtype=np.uint8)
    ink = cv2.resize(cv2.dilate(ground.ink, np.ones((7, 7), np.uint8)), size, interpolation=cv2.INTER_NEAREST)
    usable = cv2.resize(laid.usable, size, interpolation=cv2.INTER_NEAREST)
    counts = ((kind & Kind.STATIC) > 0) & (ink == 0) & (usable > 0)
    if int(counts.sum()) < 2000:
        return {}
    found, wanted = (chroma(image, counts) for image in (laid.colour, art.colour.astype(np.float32)))
    valid = cv2.blur(counts.astype(np.float32), (_AREA, _AREA))[::6, ::6] > 0.5
    off = np.hypot(*np.moveaxis(found - wanted, -1, 0))[::6, ::6]
    spread = wanted[::6, ::6][valid] - wanted[::6, ::6][valid].mean(axis=0)
    seen = found[::6, ::6][valid] - found[::6, ::6][valid].mean(axis=0)
    share = float((spread * seen).sum() / max(1e-3, float((spread * spread).sum())))
    held = np.where(valid, off, -1.0)
    row, column = (int(v) for v in np.unravel_index(int(held.argmax()), held.shape))
    page = (0.0, 0.0, art.ground.shape[1] / PX_PER_MM, art.ground.shape[0] / PX_PER_MM)
    return {
        "saturation": Measure(float(np.log(max(share, 0.02))), page),
        "colour": Measure(float(np.percentile(off[valid], 90)), window_rect((row, column), (3, 3), 12)),
    }


def chroma(image: Grey, counts: NDArray[np.bool_]) -> Grey:
    """Red less green and blue less green, averaged over some millimetres of what counts."""
    pair = np.dstack([image[:, :, 0] - image[:, :, 1], image[:, :, 2] - image[:, :, 1]])
    weight = counts.astype(np.float32)
    share = np.maximum(cv2.blur(weight, (_AREA, _AREA)), 0.02)
    return np.asarray(cv2.blur(pair * weight[:, :, None], (_AREA, _AREA)) / share[:, :, None], dtype=np.float32)


def pattern(image: Pixels, frame: tuple[float, float]) -> Measures:
    """How far the strongest fine period stands out of the page's spectrum."""
    power = spectrum(np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.float32))
    if power is None:
        return {}
    log = np.log(power + 1e-3)
    about = cv2.medianBlur(log.astype(np.float32), 5)
    y, x = np.mgrid[0:_TILE, 0 : _TILE // 2 + 1]
    fine = np.hypot(np.minimum(y, _TILE - y), x) > _TILE / _COARSEST_PX
    above = np.where(fine, log - about, 0.0)
    return {"regular pattern": Measure(float(above.max()), (0.0, 0.0, *frame))}


def spectrum(grey: Grey) -> NDArray[np.float64] | None:
    """The power spectrum averaged over squares of the page, the rim left out."""
    margin = 24
    inner = np.clip(grey - cv2.blur(grey, (25, 25)), -40, 40)[margin:-margin, margin:-margin]
    rows, columns = (length // _TILE for length in inner.shape)
    if rows * columns < 6:
        return None
    tiles = inner[: rows * _TILE, : columns * _TILE].reshape(rows, _TILE, columns, _TILE).swapaxes(1, 2)
    window = np.outer(np.hanning(_TILE), np.hanning(_TILE)).astype(np.float32)
    power = np.abs(np.fft.rfft2(tiles.reshape(-1, _TILE, _TILE) * window)) ** 2
    return np.asarray(np.median(power, axis=0), dtype=np.float64)
