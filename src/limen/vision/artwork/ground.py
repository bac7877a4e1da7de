"""Whether the line work is there: on the static artwork, and beneath and between the print of variable data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.artwork.align import Grey, Mask
from limen.vision.artwork.laid import Laid, ink_of
from limen.vision.artwork.learned import Artwork, Kind
from limen.vision.artwork.linework import QUARTER, Sums, Windows, bare, sums
from limen.vision.artwork.measured import Measure, Measures, window_rect, worst
from limen.vision.page import PX_PER_MM, Rect

STATIC_WINDOW: Final = (9, 9)
"""Samples: 3 mm."""
PRINT_WINDOW: Final = (7, 9)
"""Samples: 2.3 mm across, about a character, and 3 mm down."""
_LEAST_PIXELS: Final = 150
"""Pixels without ink that a window must have."""
_LEAST_VARIANCE: Final = 25.0
"""Of the reference's line work in a window, grey levels squared, so that noise does not decide."""
_WEAK_VARIANCE: Final = 12.0
"""The same within the machine readable zone, where line work is faint by design."""
_PRINTED: Final = 0.04
"""Share of a window that must be ink of data for it to lie about a character."""
_WIDE: Final = 19
"""Samples over which the lack of line work is averaged: 6.3 mm."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What was measured of the line work, as maps at a quarter of the resolution."""

    sums: Sums = field(repr=False)
    static: Windows = field(repr=False)
    valid: NDArray[np.bool_] = field(repr=False)
    """Where static windows can be judged."""
    printed: Windows = field(repr=False)
    print_valid: NDArray[np.bool_] = field(repr=False)
    """Where windows about characters can be judged."""
    contrast: float
    """Median share of the reference's contrast that the static line work has."""
    ink: Mask = field(repr=False)
    """Ink on the page, full resolution."""


def examine(laid: Laid, art: Artwork) -> Ground:
    """The maps of one page."""
    reference = art.ground.astype(np.float32)
    ink = ink_of(laid.grey, reference)
    known = ((art.kind & Kind.GROUND) > 0) & (laid.usable > 0)
    fixed = ink_of(reference, reference)
    counts = known & bare(ink | fixed)
    total = sums(laid.grey, reference, counts)
    static = total.windows(*STATIC_WINDOW)
    share = _share(((art.kind & Kind.STATIC) > 0) & counts, STATIC_WINDOW)
    valid = (share > 0.4) & (static.var_reference > _LEAST_VARIANCE)
    printed = total.windows(*PRINT_WINDOW)
    contrast = float(np.median(static.contrast[valid])) if valid.any() else 0.0
    return Ground(total, static, valid, printed, _about_print(ink, fixed, printed, art), contrast, ink)


def _about_print(ink: Mask, fixed: Mask, windows: Windows, art: Artwork) -> NDArray[np.bool_]:
    """Windows about characters of data: ink that the reference has not, or where data are known to stand."""
    fresh = (ink > 0) & (((art.kind & Kind.PRINT) > 0) | (cv2.dilate(fixed, np.ones((9, 9), np.uint8)) == 0))
    enough = (_share(fresh, PRINT_WINDOW) > _PRINTED) & (windows.count > _LEAST_PIXELS)
    for region in art.regions:
        if region.kind in ("portrait", "ghost"):
            x0, y0, x1, y1 = samples(region.rect, 1.5)
            enough[y0:y1, x0:x1] = False
    return np.asarray(enough)


def _share(mask: NDArray[np.bool_], window: tuple[int, int]) -> Grey:
    size = (mask.shape[1] // QUARTER, mask.shape[0] // QUARTER)
    small = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.blur(small, window), dtype=np.float32)


def samples(rect: Rect, margin: float = 0.0) -> tuple[int, int, int, int]:
    """A rectangle in samples of the maps: left, top, right, bottom."""
    left, top, width, height = rect
    ends = (left - margin, top - margin, left + width + margin, top + height + margin)
    x0, y0, x1, y1 = (max(0, round(v * PX_PER_MM / QUARTER)) for v in ends)
    return x0, y0, x1, y1


def line_work(ground: Ground, art: Artwork) -> Measures:
    """Correlation and contrast of the static artwork."""
    page = (0.0, 0.0, art.ground.shape[1] / PX_PER_MM, art.ground.shape[0] / PX_PER_MM)
    if int(ground.valid.sum()) < 200:
        return {}
    correlation = ground.static.correlation
    found: Measures = {
        "line work": Measure(float(np.median(correlation[ground.valid])), page),
        "sharpness": Measure(float(np.log(max(ground.contrast, 0.02))), page),
    }
    lack = worst(*lacking(ground, art), low=False)
    if lack:
        found["line work here"] = Measure(lack[0], window_rect(lack[1], (_WIDE, _WIDE), QUARTER))
    return found


def lacking(ground: Ground, art: Artwork) -> tuple[Grey, NDArray[np.bool_]]:
    """How much correlation static line work lacks of what genuine captures have, averaged over some millimetres."""
    size = ground.valid.shape[::-1]
    fit = np.asarray(cv2.resize(art.fit, size, interpolation=cv2.INTER_NEAREST), dtype=np.float32)
    valid = ground.valid & np.isfinite(fit)
    lack = np.where(valid, np.maximum(np.nan_to_num(fit) - ground.static.correlation, -0.2), 0.0).astype(np.float32)
    share = cv2.blur(valid.astype(np.float32), (_WIDE, _WIDE))
    mean = cv2.blur(lack, (_WIDE, _WIDE)) / np.maximum(share, 0.05)
    return np.asarray(mean, dtype=np.float32), np.asarray(share > 0.3)


def background(ground: Ground, art: Artwork) -> Measures:
    """The share of the line work's contrast that goes on about the characters, where it is least."""
    kept = retained(ground)
    zone = np.zeros(kept.shape, dtype=bool)
    region = art.region("zone")
    if region:
        x0, y0, x1, y1 = samples(region.rect)
        zone[y0:y1, x0:x1] = True
    found: Measures = {}
    for name, where, least in (("background", ~zone, _LEAST_VARIANCE), ("zone background", zone, _WEAK_VARIANCE)):
        valid = ground.print_valid & where & (ground.printed.var_reference > least)
        low = worst(kept, valid, low=True)
        if low:
            found[name] = Measure(low[0], window_rect(low[1], PRINT_WINDOW, QUARTER))
    return found


def retained(ground: Ground) -> Grey:
    """The contrast in the windows about characters, as a share of that of the whole page's line work."""
    share = ground.printed.contrast / max(ground.contrast, 0.05)
    return np.asarray(cv2.blur(share, (3, 3)), dtype=np.float32)
