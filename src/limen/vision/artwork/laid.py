"""A page laid over a reference, its light made even: what all measures are taken on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.artwork.align import Grey, Levels, Mask, Placement, grey_of, robust, scaled, vertex, warped
from limen.vision.artwork.bend import unbent
from limen.vision.artwork.learned import Artwork, Kind
from limen.vision.light import Light
from limen.vision.page import PX_PER_MM, Matrix, Page, Pixels

_STEP: Final = 32
"""Pixels to a sample of the light's course."""
INK_SHARE: Final = 0.55
"""Darker than this share of the ground about it, it is ink of data or titles."""
INK_STEP: Final = 60
"""Grey levels below the ground that line work does not reach."""
_SHIFT_MM: Final = 1.2
"""How far the image of another light may lie from the white one."""
_CLIPPED: Final = 254
"""Level from which on a pixel may have been brighter than the image can show."""
_CLIPPED_SHARE: Final = 0.1
"""Share of such pixels about a place from which on the place is not judged."""
_IR_FIT: Final = 0.3
"""Correlation of infrared and white print from which on their shift is believed."""


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """One page in the frame of a reference."""

    placement: Placement
    grey: Grey = field(repr=False)
    """Under white light, lit as the reference is."""
    colour: Grey = field(repr=False)
    """Half resolution, lit as the reference is and white where its paper is."""
    balance: tuple[float, float, float]
    """By what the channels had to be multiplied for that, on the whole 1."""
    usable: Mask = field(repr=False)
    """0 beyond the page and where glare hides it."""
    uv: Grey | None = field(default=None, repr=False)
    """Half resolution, levels as captured."""
    uv_shift_mm: float = 0.0
    """How far the fluorescent print lies from where it was learned."""
    ir: Grey | None = field(default=None, repr=False)
    """Half resolution."""


def lay(page: Page, art: Artwork, placement: Placement) -> Laid:
    """The page over the reference, flattened, and the light's course taken out."""
    grey, reference = grey_of(page.white.image), art.ground.astype(np.float32)
    return laid_by(unbent(page, grey, reference, bare_ground(art), placement), art, placement)


@lru_cache(maxsize=16)
def bare_ground(art: Artwork) -> Mask:
    """Where the reference shows its ground and no ink of its own: 1 there. Beneath data too, so that all of the page
    has a say in where it lies."""
    reference = art.ground.astype(np.float32)
    ink = cv2.dilate(ink_of(reference, reference), np.ones((5, 5), np.uint8))
    return np.asarray((((art.kind & Kind.GROUND) > 0) & (ink == 0)).astype(np.uint8))


def laid_by(page: Page, art: Artwork, placement: Placement) -> Laid:
    """The same of a page that is flat already."""
    height, width = art.ground.shape
    image = np.asarray(warped(page.white.image, placement.matrix, (width, height)), dtype=np.uint8)
    usable = _usable(page, placement, (width, height)) & unclipped(image)
    static = ((art.kind & Kind.STATIC) > 0).astype(np.uint8) & usable
    level = light_course(grey_of(image), art.ground.astype(np.float32), static)
    grey = np.asarray(grey_of(image) * level, dtype=np.float32)
    colour, balance = _balanced(image, level, art, static)
    uv, shift = _under_uv(page, art, placement.matrix)
    return Laid(placement, grey, colour, balance, usable, uv, shift, _under_ir(page, grey, art, placement.matrix))


def ink_of(grey: Grey, ground: Grey, step: Grey | float = INK_STEP) -> Mask:
    """Where something is printed that is no line work, by `step` levels darker than the ground: 255 there."""
    about = cv2.blur(ground, (31, 31))
    return np.asarray(((grey < INK_SHARE * about) | (grey < ground - step)) * np.uint8(255), dtype=np.uint8)


def light_course(grey: Grey, reference: Grey, mask: Mask) -> Grey:
    """By what a picture must be multiplied to be lit as the reference: a smooth surface through static artwork."""
    height, width = grey.shape
    size = (max(3, width // _STEP), max(3, height // _STEP))
    weight = mask.astype(np.float32)

    def means(values: Grey) -> Grey:
        return np.asarray(cv2.resize(values * weight, size, interpolation=cv2.INTER_AREA), dtype=np.float32)

    share = np.asarray(cv2.resize(weight, size, interpolation=cv2.INTER_AREA), dtype=np.float32)
    found, wanted = means(grey), means(reference)
    good = share > 0.3
    if int(good.sum()) < 12:
        return np.ones_like(grey)
    y, x = np.mgrid[-1 : 1 : complex(0, size[1]), -1 : 1 : complex(0, size[0])]
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1)
    log = np.log(np.maximum(wanted, 1e-3) / np.maximum(found, 1e-3))
    course = terms @ robust(terms[good], log[good])
    return np.asarray(cv2.resize(np.exp(course).astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR))


def _usable(page: Page, placement: Placement, size: tuple[int, int]) -> Mask:
    height, width = page.white.image.shape[:2]
    seen = np.full((height, width), 1, dtype=np.uint8)
    for left, top, across, down in page.quality.glare:
        x0, y0, x1, y1 = (round(v * PX_PER_MM) for v in (left, top, left + across, top + down))
        seen[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)] = 0
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(seen, placement.matrix, size, flags=flags), dtype=np.uint8)


def unclipped(image: Pixels) -> Mask:
    """Where the image is not overexposed: 1 there. Line work between clipped paper is not what it was."""
    clipped = (brightness(image) >= _CLIPPED).astype(np.float32)
    return np.asarray((cv2.blur(clipped, (15, 15)) < _CLIPPED_SHARE).astype(np.uint8))


def _half(values: Levels) -> Grey:
    size = (values.shape[1] // 2, values.shape[0] // 2)
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), dtype=np.float32)


def _balanced(image: Pixels, level: Grey, art: Artwork, static: Mask) -> tuple[Grey, tuple[float, float, float]]:
    half = _half(image) * _half(level)[:, :, None]
    mask = cv2.resize(static, (half.shape[1], half.shape[0]), interpolation=cv2.INTER_NEAREST) > 0
    if not mask.any():
        return half, (1.0, 1.0, 1.0)
    # Paper is what is brightest on the reference; it is white in any light.
    grey = art.colour.mean(axis=2)
    paper = mask & (grey >= np.percentile(grey[mask][::7], 70))
    wanted = art.colour[paper].mean(axis=0, dtype=np.float64)
    found = np.maximum(half[paper].mean(axis=0, dtype=np.float64), 1.0)
    gains = wanted / found
    red, green, blue = (float(v) for v in gains / gains.mean())
    return np.asarray(half * gains.astype(np.float32), dtype=np.float32), (red, green, blue)


def brightness(image: Levels) -> NDArray[Any]:
    """The brightest of the three channels: what a coloured glow is told by."""
    red, green, blue = cv2.split(image)
    return np.asarray(cv2.max(cv2.max(red, green), blue))


def _under_uv(page: Page, art: Artwork, matrix: Matrix) -> tuple[Grey | None, float]:
    sheet = page.sheets.get(Light.UV)
    if sheet is None:
        return None, 0.0
    size = (art.ground.shape[1] // 2, art.ground.shape[0] // 2)
    image = np.asarray(warped(_half(sheet.image), scaled(matrix, 0.5), size), dtype=np.float32)
    if art.uv is None:
        return image, 0.0
    x, y, _ = registered(brightness(image), brightness(art.uv).astype(np.float32))
    return _moved(image, x, y), float(np.hypot(x, y)) * 2 / PX_PER_MM


def _moved(image: Grey, x: float, y: float) -> Grey:
    """The image with what lies at (x, y) brought to the corner."""
    move = np.array([[1, 0, -x], [0, 1, -y]], dtype=np.float64)
    size = (image.shape[1], image.shape[0])
    moved = cv2.warpAffine(image, move, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, dtype=np.float32)


def registered(image: Grey, reference: Grey) -> tuple[float, float, float]:
    """How far the image lies from the reference, in pixels of both: the shift that fits best, and how well it does."""
    reach = round(_SHIFT_MM * PX_PER_MM / 4)
    small = (reference.shape[1] // 2, reference.shape[0] // 2)
    pair = [cv2.resize(one, small, interpolation=cv2.INTER_AREA) for one in (image, reference)]
    found, wanted = (np.clip(one - cv2.blur(one, (25, 25)), -60, 60) for one in pair)
    inner = wanted[reach + 2 : -reach - 2, reach + 2 : -reach - 2]
    response = np.asarray(cv2.matchTemplate(found[2:-2, 2:-2], inner, cv2.TM_CCORR_NORMED), dtype=np.float32)
    y, x = (int(v) for v in np.unravel_index(int(response.argmax()), response.shape))
    across, down = x + vertex(response[y], x) - reach, y + vertex(response[:, x], y) - reach
    return 2.0 * across, 2.0 * down, float(response[y, x])


def _under_ir(page: Page, white: Grey, art: Artwork, matrix: Matrix) -> Grey | None:
    sheet = page.sheets.get(Light.IR)
    if sheet is None:
        return None
    size = (art.ground.shape[1] // 2, art.ground.shape[0] // 2)
    small = _half(np.asarray(cv2.cvtColor(sheet.image, cv2.COLOR_RGB2GRAY), dtype=np.uint8))
    image = np.asarray(warped(small, scaled(matrix, 0.5), size), dtype=np.float32)
    # What both lights show is carbon print; where there is none of it, the image stays where it is.
    x, y, fit = registered(image, _half(white))
    image = _moved(image, x, y) if fit > _IR_FIT else image
    if art.ir is None:
        return image
    static = cv2.resize(bare_ground(art) * (art.kind & Kind.STATIC), size, interpolation=cv2.INTER_NEAREST)
    level = light_course(image, art.ir.astype(np.float32), np.asarray(static, dtype=np.uint8))
    return np.asarray(image * level, dtype=np.float32)
