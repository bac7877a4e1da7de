"""The visual zone's characters: whether each is drawn as those of genuine documents are.

No character is read. Every mark of the height of a capital is held against all those kept of the captures learned
from; in the same typeface nearly each has a twin among them, in another hardly one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.artwork.align import Grey
from limen.vision.artwork.laid import Laid
from limen.vision.artwork.learned import GLYPH, Artwork, Kind
from limen.vision.artwork.measured import Measure, Measures
from limen.vision.page import PX_PER_MM, Rect

_HEIGHTS_MM: Final = (1.2, 3.2)
"""Of capitals and digits of entries (Doc 9303-3, 3.3, and the zone's 2.4 mm)."""
MOST_GLYPHS: Final = 700
_LEAST: Final = 12
"""Characters without which nothing is said."""
_LEAST_IN_LINE: Final = 4
"""Characters of a line of which it is told whether it is printed as the others are."""
_HEIGHT_PX: Final = 1.0
"""How much higher or lower than most a character may be to be one of them."""
_RUN_MM: Final = 2.6
"""Gap that ends a line of print."""


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """The characters of one page."""

    glyphs: NDArray[np.uint8]
    """N x `GLYPH` x `GLYPH`."""
    boxes: NDArray[np.float32]
    """N x 4: left, top, width and height, in pixels."""


def characters(laid: Laid, art: Artwork, *, zone: bool = False) -> Written:
    """Dark marks as high as capitals, of the visual zone or of the machine readable one; none of portraits."""
    data = ((art.kind & (Kind.PRINT | Kind.STATIC)) > 0).astype(np.uint8)
    inside = np.zeros_like(data)
    for region in art.regions:
        if region.kind in ("zone", "portrait", "ghost"):
            left, top, width, height = (round(v * PX_PER_MM) for v in region.rect)
            area = (slice(max(0, top - 6), top + height + 6), slice(max(0, left - 6), left + width + 6))
            inside[area] = region.kind == "zone"
            data[area] &= int(zone and region.kind == "zone")
    if zone:
        data &= inside
    dark = (laid.grey < 105).astype(np.uint8) * data
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    low, high = (length * PX_PER_MM for length in _HEIGHTS_MM)
    glyphs, boxes = [], []
    for x, y, width, height, area in stats[1:]:
        if not low <= height <= high or width > GLYPH - 2 or area < 12:
            continue
        cut = _cut(laid.grey, x + width / 2, y + height / 2)
        if cut is not None:
            glyphs.append(cut)
            boxes.append((x, y, width, height))
    if not glyphs:
        return Written(np.zeros((0, GLYPH, GLYPH), np.uint8), np.zeros((0, 4), np.float32))
    return Written(np.stack(glyphs), np.array(boxes, dtype=np.float32))


def _cut(grey: Grey, x: float, y: float) -> NDArray[np.uint8] | None:
    """The square about a mark, ink bright."""
    half = GLYPH / 2
    move = np.array([[1, 0, half - x - 0.5], [0, 1, half - y - 0.5]], dtype=np.float64)
    x0, y0 = int(x - half) - 2, int(y - half) - 2
    if x0 < 0 or y0 < 0 or x0 + GLYPH + 4 > grey.shape[1] or y0 + GLYPH + 4 > grey.shape[0]:
        return None
    move[0, 2] += x0
    move[1, 2] += y0
    part = grey[y0 : y0 + GLYPH + 4, x0 : x0 + GLYPH + 4]
    cut = cv2.warpAffine(part, move, (GLYPH, GLYPH), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(np.clip((190 - cut) * 1.5, 0, 255), dtype=np.uint8)


def twins(glyphs: NDArray[np.uint8], known: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """For each character its correlation with the most similar one that is known, and which that is."""
    pages, others = _unit(glyphs), _unit(known)
    best = np.full(len(glyphs), -1.0, dtype=np.float32)
    which = np.zeros(len(glyphs), dtype=np.intp)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            shifted = np.roll(pages.reshape(-1, GLYPH, GLYPH), (dy, dx), axis=(1, 2)).reshape(len(pages), -1)
            like = shifted @ others.T
            better = like.max(axis=1) > best
            which[better] = like.argmax(axis=1)[better]
            best[better] = like.max(axis=1)[better]
    return best, which


def weights(written: Written, known: NDArray[np.uint8], which: NDArray[np.intp]) -> NDArray[np.float32]:
    """For each character the logarithm of its ink over its twin's: how much heavier it is printed."""
    middle = (GLYPH - 1) / 2
    heavier = []
    for glyph, box, twin in zip(written.glyphs, written.boxes, known[which], strict=True):
        x0, x1 = max(0, round(middle - box[2] / 2)), round(middle + box[2] / 2) + 1
        y0, y1 = max(0, round(middle - box[3] / 2)), round(middle + box[3] / 2) + 1
        ink, other = (float(one[y0:y1, x0:x1].sum()) + 255 for one in (glyph, twin))
        heavier.append(np.log(ink / other))
    return np.array(heavier, dtype=np.float32)


def _unit(glyphs: NDArray[np.uint8]) -> NDArray[np.float32]:
    flat = glyphs.reshape(len(glyphs), -1).astype(np.float32)
    flat -= flat.mean(axis=1, keepdims=True)
    return np.asarray(flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1.0), dtype=np.float32)


def lines(boxes: NDArray[np.float32]) -> list[NDArray[np.intp]]:
    """The characters by line of print: same foot, no wide gap."""
    left = list(np.argsort(boxes[:, 0]))
    runs: list[list[int]] = []
    for index in left:
        x, y, _, height = boxes[index]
        foot = y + height
        for run in runs:
            last = boxes[run[-1]]
            if abs(last[1] + last[3] - foot) < 3 and x - last[0] - last[2] < _RUN_MM * PX_PER_MM:
                run.append(int(index))
                break
        else:
            runs.append([int(index)])
    return [np.array(run) for run in runs]


def typeface(written: Written, art: Artwork) -> Measures:
    """How alike the characters are to those learned: of the whole page, and of the line that is least.

    A long entry may be set smaller (Doc 9303-4, note k to the visual zone): characters of another height are not held
    to be like the others, only to be as heavy.
    """
    if len(written.glyphs) < _LEAST or len(art.glyphs) < _LEAST:
        return {}
    like, which = twins(written.glyphs, art.glyphs)
    heavier = weights(written, art.glyphs, which)
    heights = written.boxes[:, 3]
    usual = np.abs(heights - np.median(heights)) <= _HEIGHT_PX
    page = _about(written.boxes)
    found: Measures = {
        "typeface": Measure(float(np.median(like[usual])), page),
        "height": Measure(float(np.log(np.median(heights))), page),
    }
    runs = [run for run in lines(written.boxes) if len(run) >= _LEAST_IN_LINE]
    off = [abs(float(np.median(heavier[run]) - np.median(heavier))) for run in runs]
    if runs:
        most = int(np.argmax(off))
        found["weight here"] = Measure(off[most], _about(written.boxes[runs[most]]))
    runs = [run[usual[run]] for run in runs if int(usual[run].sum()) >= _LEAST_IN_LINE]
    means = [float(np.median(like[run])) for run in runs]
    if runs:
        least = int(np.argmin(means))
        found["typeface here"] = Measure(means[least], _about(written.boxes[runs[least]]))
    return found


def _about(boxes: NDArray[np.float32]) -> Rect:
    low = boxes[:, :2].min(axis=0) / PX_PER_MM
    high = (boxes[:, :2] + boxes[:, 2:]).max(axis=0) / PX_PER_MM
    return (float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))
