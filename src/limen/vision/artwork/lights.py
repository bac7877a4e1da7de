"""What the page does under ultraviolet and infrared, against the reference (TR-03135-1, 5.5: fluorescence, absorption).

Fibres lie elsewhere in every sheet of paper, so brightness in ultraviolet is judged over areas in which a thread is
outvoted.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.artwork.align import Grey
from limen.vision.artwork.ground import Ground
from limen.vision.artwork.laid import Laid
from limen.vision.artwork.learned import Artwork, Kind
from limen.vision.artwork.measured import Measure, Measures, window_rect, worst
from limen.vision.page import PX_PER_MM, Pixels, Rect

_LIFT: Final = 6.0
"""Grey levels added before ratios are taken, so that black does not decide."""
_SHINE: Final = 22.0
"""Levels above the paper from which on a pixel of the reference is fluorescent print."""
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


def shining(art: Artwork) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where the reference has fluorescent print, and where it has bare paper, portraits left out."""
    assert art.uv is not None
    inner = half_mask(art.kind > 0, art) & ~region_mask(art, "portrait", "ghost", inset=-1.0)
    paper = np.median(art.uv[inner], axis=0).astype(np.float32)
    above = (art.uv.astype(np.float32) - paper).max(axis=2)
    bright = cv2.medianBlur(np.clip(above, 0, 255).astype(np.uint8), 3) > _SHINE
    near = cv2.dilate(bright.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    return bright & inner, inner & ~near


def fluorescence(laid: Laid, ground: Ground, art: Artwork) -> Measures:
    """Paper, fluorescent print and portrait under ultraviolet."""
    if laid.uv is None or art.uv is None:
        return {}
    bright, paper = shining(art)
    page = whole(art)
    found_paper = np.median(laid.uv[paper], axis=0)
    wanted_paper = np.median(art.uv[paper], axis=0).astype(np.float32)
    found: Measures = {
        "uv paper": Measure(float(np.log((found_paper.max() + _LIFT) / (wanted_paper.max() + _LIFT))), page)
    }
    if int(bright.sum()) > 400:
        found |= _print(laid.uv - found_paper, art.uv.astype(np.float32) - wanted_paper, bright, laid.uv_shift_mm, page)
    found |= _glow(laid.uv, art, paper, found_paper)
    portrait = region_mask(art, "portrait", inset=1.5)
    region = art.region("portrait")
    if region and portrait.any():
        share = (np.percentile(laid.uv[portrait].max(axis=1), 60) + _LIFT) / (found_paper.max() + _LIFT)
        found["uv portrait"] = Measure(float(np.log(share)), region.rect)
    return found


def _print(found: Grey, wanted: Grey, bright: NDArray[np.bool_], shift: float, page: Rect) -> Measures:
    near = cv2.dilate(bright.astype(np.uint8), np.ones((13, 13), np.uint8)) > 0
    a, b = (np.clip(one, -20, 255) for one in (found, wanted))
    strength = float((a[bright] * b[bright]).sum() / (b[bright] * b[bright]).sum())
    level_a, level_b = (one[near].max(axis=1) for one in (a, b))
    fit = float(np.corrcoef(level_a, level_b)[0, 1]) if level_a.std() > 0.5 else 0.0
    hue_a, hue_b = (one[bright] / np.maximum(np.linalg.norm(one[bright], axis=1, keepdims=True), 8.0) for one in (a, b))
    return {
        "uv strength": Measure(float(np.log(max(strength, 0.02))), page),
        "uv print": Measure(fit, page),
        "uv colour": Measure(float(np.mean((hue_a * hue_b).sum(axis=1))), page),
        "uv register": Measure(shift, page),
    }


def _glow(uv: Grey, art: Artwork, paper: NDArray[np.bool_], level: NDArray[np.floating]) -> Measures:
    """The brightest patch of paper that should be dull, threads outvoted."""
    small = (uv.shape[1] // 2, uv.shape[0] // 2)
    assert art.uv is not None
    excess = np.clip((uv - level).max(axis=2) + 40, 0, 255).astype(np.uint8)
    expected = np.clip((art.uv.astype(np.float32) - np.median(art.uv[paper], axis=0)).max(axis=2) + 40, 0, 255)
    found = cv2.medianBlur(cv2.resize(excess, small, interpolation=cv2.INTER_AREA), 7).astype(np.float32)
    wanted = cv2.resize(expected.astype(np.float32), small, interpolation=cv2.INTER_AREA)
    highest = cv2.dilate(wanted, np.ones((3, 3), np.uint8))
    inner = cv2.resize(half_mask(art.kind > 0, art).astype(np.uint8), small, interpolation=cv2.INTER_NEAREST) > 0
    patch: Grey = np.asarray(cv2.blur(np.asarray(found - highest, dtype=np.float32), (7, 5)), dtype=np.float32)
    most = worst(patch, inner & (highest < 60), low=False)
    return {} if most is None else {"uv patch": Measure(most[0], window_rect(most[1], (7, 5), 4))}


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


def uv_heat(seen: Grey, learned: Pixels, art: Artwork) -> Grey:
    """How far each place's glow lies off, in multiples of the tolerance, at a quarter of the resolution."""
    _, paper = shining(art)
    small = (seen.shape[1] // 2, seen.shape[0] // 2)
    level, wanted = (np.median(one[paper], axis=0) for one in (seen, learned))
    found = cv2.resize((seen - level).max(axis=2), small, interpolation=cv2.INTER_AREA)
    known = cv2.resize((learned - wanted).max(axis=2).astype(np.float32), small, interpolation=cv2.INTER_AREA)
    off = cv2.medianBlur(np.clip(np.abs(found - known), 0, 255).astype(np.uint8), 7)
    glow = abs(float(level.max()) - float(wanted.max()))
    return np.asarray(cv2.blur(off, (5, 5)).astype(np.float32) / 26 + (glow / 60 if glow > 40 else 0.0), np.float32)


def ir_heat(seen: Grey, learned: NDArray[np.uint8], ground: Ground, art: Artwork) -> Grey:
    """How far each place's absorption lies off, data and portraits left out, in multiples of the tolerance."""
    bare = half_mask(((art.kind & Kind.STATIC) > 0) & (ground.ink == 0), art)
    scale = float(np.median(learned[bare])) / max(1.0, float(np.median(seen[bare])))
    off = np.abs(seen * scale - learned) * half_mask((art.kind & Kind.STATIC) > 0, art)
    small = (seen.shape[1] // 2, seen.shape[0] // 2)
    return np.asarray(cv2.blur(cv2.resize(off, small, interpolation=cv2.INTER_AREA), (7, 7)) / 25, dtype=np.float32)
