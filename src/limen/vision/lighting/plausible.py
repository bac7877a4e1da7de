"""Whether an image shows what its light would show, or was saved under the wrong name, left unlit or overexposed."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.lighting.paper import darkness
from limen.vision.lighting.zone import has_zone, zone_rect
from limen.vision.page import Page, Pixels, Sheet, pixels_of

Floats = NDArray[np.float32]

_SPOT: Final = 6
"""Pixels of a sheet, half a millimetre: registration is better than that, noise is smoothed away."""
_PRINTED: Final = 0.08
"""Darkness of a spot in white light from which it is print."""
_LEFT: Final = 0.5
"""Share of that darkness that a spot must have left to count as seen under the other light."""


def kept(page: Page, sheet: Sheet) -> tuple[float, int]:
    """The share of the white-light print outside the zone and the margins that this light shows, too; and its spots.

    Coloured inks let infrared through and are not seen in ultraviolet, so an image that keeps nearly all of them is
    no such image, or the page is printed in toner.
    """
    white, other = (_spots(one.image) for one in (page.white, sheet))
    considered = _considered(page, white.shape)
    print_ = considered & (white >= _PRINTED)
    count = int(print_.sum())
    return (float((other[print_] >= _LEFT * white[print_]).mean()) if count else 0.0), count


def colourful(image: Pixels) -> float:
    """How much the colour changes over the page; an infrared image has one tint at most."""
    small = cv2.resize(image, None, fx=1 / 24, fy=1 / 24, interpolation=cv2.INTER_AREA)
    middle = small.reshape(-1, 3).astype(np.float32)
    bright = middle[middle.sum(axis=1) > 90]
    if len(bright) < 20:
        return 0.0
    shares = bright / bright.sum(axis=1, keepdims=True)
    return float(shares.std(axis=0).max())


def structure(image: Pixels) -> float:
    """Spread of the brightness over the page, in levels, noise and uneven light taken out."""
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, None, fx=1 / _SPOT, fy=1 / _SPOT, interpolation=cv2.INTER_AREA).astype(np.float32)
    inner = small[8:-8, 8:-8]
    flat = inner - cv2.GaussianBlur(inner, (0, 0), 12)
    low, high = np.percentile(flat, (0.5, 99.5))
    return float(high - low)


def white_like(paper: tuple[float, float, float]) -> bool:
    """Whether the paper is bright and not blue, as in white light; brightened paper in ultraviolet is blue-white."""
    red, green, blue = paper
    return min(red, green, blue) > 60 and blue < 1.25 * max(red, green)


PLAIN_BELOW: Final = 5.0
"""`structure` below which nothing of a page is seen. Measured: ultraviolet images of pages without fluorescent print
8.6 and more, infrared images of pages whose inks all vanish 17 and more, displays at most 3.4."""
DARK_BELOW: Final = 60.0
"""Brightness in infrared that paper does not go below, unless the lamp has under a third of its strength."""


def plain(image: Pixels) -> bool:
    """Whether nothing of a page is seen."""
    return structure(image) < PLAIN_BELOW


def level_of(paper: tuple[float, float, float]) -> float:
    """Brightness of the bare paper, 0 to 255."""
    return float(np.mean(paper))


def _spots(image: Pixels) -> Floats:
    dark = darkness(image)
    return np.asarray(cv2.resize(dark, None, fx=2 / _SPOT, fy=2 / _SPOT, interpolation=cv2.INTER_AREA))


def _considered(page: Page, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    mask = np.zeros(shape, dtype=bool)
    mask[6:-6, 6:-6] = True
    left, top, right, bottom = (edge // _SPOT for edge in pixels_of(zone_rect(page.format)))
    if has_zone(page):
        mask[max(0, top) : bottom, max(0, left) : right] = False
    return mask
