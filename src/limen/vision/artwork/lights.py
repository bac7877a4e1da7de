"""What the page does under ultraviolet and infrared, against the reference (TR-03135-1, 5.5: fluorescence, absorption).

Fibres lie elsewhere in every sheet of paper, so brightness in ultraviolet is judged over areas in which a thread is
outvoted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.artwork.align import Grey
from limen.vision.artwork.ground import Ground
from limen.vision.artwork.laid import Laid, brightness
from limen.vision.artwork.learned import Artwork, Kind
from limen.vision.artwork.measured import Measure, Measures, window_rect, worst
from limen.vision.page import PX_PER_MM, Rect

_LIFT: Final = 6.0
"""Grey levels added before ratios are taken, so that black does not decide."""
_SHINE: Final = 22.0
"""Levels above the paper from which on a pixel of the reference is fluorescent print."""
UV_PAPER: Final = 0.95
"""How far the logarithm of the paper's glow may lie from what was learned: lamps differ by a factor of two and more."""
_PATCH: Final = 7
"""Samples at a quarter of the resolution whose median a patch is: 2.3 mm; threads in it are outvoted."""
_MEAN: Final = np.full((1, 3), 1 / 3, dtype=np.float32)
_SOME_INK: Final = 0.1
UV_PATCH: Final = 20.0
"""Levels that a patch of paper may be brighter than it was."""
_DARK: Final = 60.0
"""Levels under white light that ink is darker than its ground by."""
_LEAST_INK: Final = 150
"""Half pixels of ink that absorption is told from."""


def whole(art: Artwork) -> Rect:
    """The page."""
    return (0.0, 0.0, art.ground.shape[1] / PX_PER_MM, art.ground.shape[0] / PX_PER_MM)


def half_mask(mask: NDArray[np.bool_], art: Artwork) -> NDArray[np.bool_]:
    """A mask of the sheet at half its resolution."""
    size = (art.ground.shape[1] // 2, art.ground.shape[0] // 2)
    return np.asarray(cv2.resize(mask.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0)


def region_mask(art: Artwork, *kinds: str, inset: float = 0.0) -> NDArray[np.bool_]:
    """The regions of some kinds, at half the resolution."""
    mask = np.zeros((art.ground.shape[0] // 2, art.ground.shape[1] // 2), dtype=bool)
    for region in art.regions:
        if region.kind in kinds:
            left, top, width, height = region.rect
            ends = (left + inset, top + inset, left + width - inset, top + height - inset)
            x0, y0, x1, y1 = (max(0, round(v * PX_PER_MM / 2)) for v in ends)
            mask[y0:y1, x0:x1] = True
    return mask


@dataclass(frozen=True, slots=True, eq=False)
class Shining:
    """What of the reference shines under ultraviolet."""

    bright: NDArray[np.bool_]
    """Fluorescent print."""
    paper: NDArray[np.bool_]
    """Bare paper; portraits are left out of both."""
    level: NDArray[np.float32]
    """Of the paper, three channels."""
    above: Grey
    """Levels above the paper, three channels."""
    inner: NDArray[np.bool_]
    """All of the page but its rim."""


@lru_cache(maxsize=16)
def shining(art: Artwork) -> Shining | None:
    """Worked out once for each reference; None where it was not learned under ultraviolet."""
    if art.uv is None:
        return None
    inner = half_mask(art.kind > 0, art)
    plain = inner & ~region_mask(art, "portrait", "ghost", inset=-1.0)
    level = paper_level(art.uv.astype(np.float32), plain)
    above = art.uv.astype(np.float32) - level
    bright = cv2.medianBlur(np.clip(brightness(above), 0, 255).astype(np.uint8), 3) > _SHINE
    near = cv2.dilate(bright.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    return Shining(bright & plain, plain & ~near, level, np.asarray(above, dtype=np.float32), inner)


def paper_level(uv: Grey, where: NDArray[np.bool_]) -> NDArray[np.float32]:
    """The median of each channel."""
    return np.asarray(np.median(uv[where][::5], axis=0), dtype=np.float32)


def fluorescence(laid: Laid, ground: Ground, art: Artwork) -> Measures:
    """Paper, fluorescent print and portrait under ultraviolet.

    Lamps differ in strength and hue, so all but the paper itself is told in proportion to the paper.
    """
    known = shining(art)
    if laid.uv is None or known is None:
        return {}
    page = whole(art)
    level = paper_level(laid.uv, known.paper)
    found: Measures = {"uv paper": Measure(float(np.log((level.mean() + _LIFT) / (known.level.mean() + _LIFT))), page)}
    above = as_lit(laid.uv, level, known)
    if int(known.bright.sum()) > 400:
        found |= _print(above, known, laid.uv_shift_mm, page)
    found |= _glow(above, known, half_mask(ground.data, art))
    region = art.region("portrait")
    portrait = region_mask(art, "portrait", inset=1.5)
    if region and portrait.any():
        dim = float(np.percentile(brightness(laid.uv)[portrait][::5], 60))
        found["uv portrait"] = Measure(float(np.log((dim + _LIFT) / (level.max() + _LIFT))), region.rect)
    return found


def as_lit(uv: Grey, level: NDArray[np.float32], known: Shining) -> Grey:
    """Levels above the paper, as under the lamp of the reference."""
    gain = known.level / np.maximum(level, 3.0)
    return np.asarray((uv - level) * gain, dtype=np.float32)


def _print(above: Grey, known: Shining, shift: float, page: Rect) -> Measures:
    near = cv2.dilate(known.bright.astype(np.uint8), np.ones((13, 13), np.uint8)) > 0
    a, b = (np.clip(one[known.bright][::2], -20, 255) for one in (above, known.above))
    strength = float((a * b).sum() / (b * b).sum())
    level_a, level_b = (brightness(np.clip(one, -20, 255))[near][::2] for one in (above, known.above))
    fit = float(np.corrcoef(level_a, level_b)[0, 1]) if level_a.std() > 0.5 else 0.0
    hue_a, hue_b = (one / np.maximum(np.linalg.norm(one, axis=1, keepdims=True), 8.0) for one in (a, b))
    return {
        "uv strength": Measure(float(np.log(max(strength, 0.02))), page),
        "uv print": Measure(fit, page),
        "uv colour": Measure(float(np.mean((hue_a * hue_b).sum(axis=1))), page),
        "uv register": Measure(shift, page),
    }


def _glow(above: Grey, known: Shining, data: NDArray[np.bool_]) -> Measures:
    """The brightest patch of paper about characters of data, where a surface is broken to alter them."""
    patch, valid = patches(above, known)
    about = cv2.dilate((quartered(data.astype(np.float32)) > _SOME_INK).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    most = worst(patch, valid & about, low=False)
    return {} if most is None else {"uv patch": Measure(most[0], window_rect(most[1], (_PATCH, _PATCH), 4))}


def patches(above: Grey, known: Shining) -> tuple[Grey, NDArray[np.bool_]]:
    """How much brighter each patch is than it was, the mean of the channels, and where that can be told."""
    found, wanted = (quartered(np.asarray(cv2.transform(one, _MEAN))) for one in (above, known.above))
    smooth, usual = (
        cv2.medianBlur(np.clip(one + 40, 0, 255).astype(np.uint8), _PATCH).astype(np.float32) - 40
        for one in (found, cv2.dilate(wanted, np.ones((5, 5), np.uint8)))
    )
    inner = quartered(known.inner.astype(np.float32)) > 0.9
    patch = cv2.blur(smooth - 1.2 * np.maximum(usual, 0), (3, 3))
    return np.asarray(patch, dtype=np.float32), np.asarray(inner)


def quartered(half: NDArray[Any]) -> Grey:
    """From half to a quarter of the resolution."""
    size = (half.shape[1] // 2, half.shape[0] // 2)
    return np.asarray(cv2.resize(half, size, interpolation=cv2.INTER_AREA), dtype=np.float32)


def absorption(laid: Laid, ground: Ground, art: Artwork) -> Measures:
    """Which ink is seen in infrared: of zone, entries, titles and portrait; and whether line work is."""
    if laid.ir is None or art.ir is None:
        return {}
    white, reference = (
        np.asarray(cv2.resize(one, laid.ir.shape[::-1], interpolation=cv2.INTER_AREA), dtype=np.float32)
        for one in (laid.grey, art.ground.astype(np.float32))
    )
    bare = half_mask(((art.kind & Kind.STATIC) > 0) & (ground.ink == 0), art)
    if int(bare.sum()) < 1000:
        return {}
    paper = float(np.median(laid.ir[bare]))
    paper_white = float(np.median(white[bare]))
    dark = np.clip(paper_white - white, 0, None) / paper_white
    gone = (paper - laid.ir) / max(paper, 1.0)
    ink = half_mask(cv2.erode(ground.ink, np.ones((3, 3), np.uint8)) > 0, art) & (paper_white - white > _DARK)
    pictures = region_mask(art, "portrait", "ghost", inset=-1.0)
    zone = region_mask(art, "zone")
    data = half_mask((art.kind & Kind.PRINT) > 0, art) & ~pictures & ~zone
    title = half_mask((art.kind & Kind.STATIC) > 0, art) & ~pictures & ~zone
    found: Measures = {}
    for name, where in (("ir zone", zone & ink), ("ir print", data & ink), ("ir titles", title & ink)):
        if int(where.sum()) >= _LEAST_INK:
            found[name] = Measure(float(gone[where].sum() / dark[where].sum()), _bounds(where))
    fine, line = (one - cv2.blur(one, (15, 15)) for one in (laid.ir / paper, reference / paper_white))
    found["ir line work"] = Measure(float((fine[bare] * line[bare]).sum() / (line[bare] ** 2).sum()), whole(art))
    region = art.region("portrait")
    inner = region_mask(art, "portrait", inset=1.5)
    if region and inner.any():
        found["ir portrait"] = Measure(_slope(dark[inner], gone[inner]), region.rect)
    return found


def _slope(x: NDArray[np.floating], y: NDArray[np.floating]) -> float:
    x, y = x - x.mean(), y - y.mean()
    return float((x * y).sum() / max(1e-3, float((x * x).sum())))


def _bounds(mask: NDArray[np.bool_]) -> Rect:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    scale = 2 / PX_PER_MM
    return (
        float(columns[0]) * scale,
        float(rows[0]) * scale,
        float(columns[-1] - columns[0] + 1) * scale,
        float(rows[-1] - rows[0] + 1) * scale,
    )


def uv_heat(uv: Grey, art: Artwork) -> Grey:
    """How far each place's glow lies off, in multiples of the tolerance, at a quarter of the resolution."""
    known = shining(art)
    if known is None:
        return np.zeros((uv.shape[0] // 2, uv.shape[1] // 2), dtype=np.float32)
    level = paper_level(uv, known.paper)
    found, wanted = (quartered(brightness(one)) for one in (as_lit(uv, level, known), known.above))
    off = cv2.medianBlur(np.clip(np.abs(found - wanted), 0, 255).astype(np.uint8), 7)
    glow = abs(float(np.log((level.mean() + _LIFT) / (known.level.mean() + _LIFT)))) / UV_PAPER
    inner = quartered(known.inner.astype(np.float32))
    return np.asarray((cv2.blur(off, (5, 5)) / UV_PATCH + (glow if glow > 1 else 0.0)) * inner, dtype=np.float32)


def ir_heat(seen: Grey, learned: NDArray[np.uint8], ground: Ground, art: Artwork) -> Grey:
    """How far each place's absorption lies off, data and portraits left out, in multiples of the tolerance."""
    ink = cv2.dilate(ground.ink, np.ones((9, 9), np.uint8))
    bare = half_mask(((art.kind & Kind.STATIC) > 0) & (ink == 0), art)
    off = np.abs(seen - learned) * bare
    small = (seen.shape[1] // 2, seen.shape[0] // 2)
    return np.asarray(cv2.blur(cv2.resize(off, small, interpolation=cv2.INTER_AREA), (7, 7)) / 25, dtype=np.float32)
