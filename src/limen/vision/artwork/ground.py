"""Whether the line work is there: on the static artwork, and beneath and between the print of variable data."""

from __future__ import annotations

from collections.abc import Mapping
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
PRINT_WINDOW: Final = (6, 8)
"""Samples: 2 mm across, about a character, and 2.7 mm down."""
_LEAST_PIXELS: Final = 150
"""Pixels without ink that a window must have."""
_MARGIN_MM: Final = 0.4
"""What about a character belongs to it."""
_LEAST_PIXELS_OF_ONE: Final = 40
MOST_ERROR: Final = 0.2
"""Standard error of the share of line work up to which a character is judged."""
_LEAST_VARIANCE: Final = 25.0
"""Of the reference's line work in a window, grey levels squared, so that noise does not decide."""
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
    data: NDArray[np.bool_] = field(repr=False)
    """Ink of data among it."""


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
    fresh = _fresh(ink, fixed, art)
    return Ground(total, static, valid, printed, _about_print(fresh, printed, art), contrast, ink, fresh)


def _fresh(ink: Mask, fixed: Mask, art: Artwork) -> NDArray[np.bool_]:
    """Ink that the reference has not, or that lies where data are known to stand."""
    near = cv2.dilate(fixed, np.ones((9, 9), np.uint8)) > 0
    return np.asarray((ink > 0) & (((art.kind & Kind.PRINT) > 0) | ~near) & (art.kind > 0))


def _about_print(fresh: NDArray[np.bool_], windows: Windows, art: Artwork) -> NDArray[np.bool_]:
    """Windows about characters of data."""
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


@dataclass(frozen=True, slots=True)
class Kept:
    """The line work about one character or a few neighbours."""

    share: float
    """Of its contrast on the rest of the page."""
    error: float
    """Standard error of the share."""
    rect: Rect
    count: int
    """Of characters."""


def about_characters(ground: Ground, boxes: NDArray[np.float32], runs: list[NDArray[np.intp]]) -> list[Kept]:
    """For each character, and for three and six that stand together, what of the ground about them is there."""
    noise = _noise(ground)
    kept = []
    for run in runs:
        parts = [_parts(ground.sums, boxes[index]) for index in run]
        for count in (1, 3, 6):
            for start in range(len(run) - count + 1):
                one = _kept(np.sum(parts[start : start + count], axis=0), noise, ground.contrast)
                if one is not None:
                    kept.append(Kept(*one, _about(boxes[run[start : start + count]]), count))
    return kept


def _noise(ground: Ground) -> float:
    """Variance of what is no line work on the page."""
    windows, valid = ground.static, ground.valid
    if not valid.any():
        return 100.0
    rest = windows.var_page - windows.shared**2 / (windows.var_reference + 0.5)
    return max(4.0, float(np.median(rest[valid])))


def _parts(total: Sums, box: NDArray[np.float32]) -> NDArray[np.float64]:
    """Pixels, and the covariance and variance over them, about one character."""
    left, top, width, height = (float(v) for v in box)
    margin = _MARGIN_MM * PX_PER_MM
    rows = slice(max(0, round(top - margin)), round(top + height + margin))
    columns = slice(max(0, round(left - margin)), round(left + width + margin))
    counts = total.counts[rows, columns]
    count = int(counts.sum())
    if count < _LEAST_PIXELS_OF_ONE:
        return np.zeros(3)
    page, reference = total.fine_page[rows, columns][counts], total.fine_reference[rows, columns][counts]
    reference = reference - reference.mean()
    return np.array([count, float((page * reference).sum()), float((reference * reference).sum())])


def _kept(parts: NDArray[np.float64], noise: float, contrast: float) -> tuple[float, float] | None:
    count, shared, energy = (float(v) for v in parts)
    if count < _LEAST_PIXELS_OF_ONE or energy < 1:
        return None
    # Neighbouring pixels of a picture are not independent: about every third counts.
    error = float(np.sqrt(3 * noise / energy)) / max(contrast, 0.05)
    return shared / energy / max(contrast, 0.05), error


def _about(boxes: NDArray[np.float32]) -> Rect:
    low = boxes[:, :2].min(axis=0) / PX_PER_MM
    high = (boxes[:, :2] + boxes[:, 2:]).max(axis=0) / PX_PER_MM
    return (float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))


def by_count(kept: list[Kept], names: Mapping[int, str]) -> Measures:
    """`background` of single characters, and of so many that stand together, each by a name of its own.

    Beneath one character the ground is often known from two captures alone, which now and then disagree with a third;
    so one has to lack far more than three or six.
    """
    found: Measures = {}
    for count, name in names.items():
        found |= background([one for one in kept if one.count == count], name)
    return found


def background(kept: list[Kept], name: str) -> Measures:
    """The characters about which least of the line work goes on, of those where that can be told.

    Two standard errors are given to the document.
    """
    told = [one for one in kept if one.error < MOST_ERROR]
    if not told:
        return {}
    least = min(told, key=lambda one: one.share + 2 * one.error)
    return {name: Measure(least.share + 2 * least.error, least.rect)}


def retained(ground: Ground) -> Grey:
    """The contrast in the windows about characters, as a share of that of the whole page's line work."""
    share = ground.printed.contrast / max(ground.contrast, 0.05)
    return np.asarray(cv2.blur(share, (2, 2)), dtype=np.float32)
