"""From one regular line to the whole zone: its neighbours above and below, and how far they reach.

The seed's surroundings are cut out upright at a fixed number of pixels a character. There the rows of print are traced
outward, window by window, so that perspective and a bent page do no harm.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from limen.vision.geometry import Floats, Grey, Pyramid, Strip
from limen.vision.lines import Line, strokes

_SCALE = 10
"""Pixels a character in the cut-out."""
_ABOVE = 8.0
"""How far the cut-out reaches above and below the seed, in characters' pitches: room for three more lines."""
_SHARE = 0.2
"""See `strokes`; faint ends of a line must not be lost here."""
_LONGEST = 47.0
"""Characters of the longest line, and room for a frame."""
_GAP = 2.6
"""The widest gap inside a line, in pitches; wider ends it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of print found beside the seed, in pixels of the pyramid's base."""

    strip: Strip
    pitch: float
    offset: float
    """Distance from the seed across the lines, in pitches; downward positive."""


def rows_around(pyramid: Pyramid, seed: Line) -> list[Row]:
    """The seed and the rows near it, from top to bottom as the seed's direction has it; the seed's is offset 0."""
    sheet = _sheet(seed)
    width = round(sheet.length / seed.pitch * _SCALE)
    height = round(2 * _ABOVE * _SCALE)
    patch = pyramid.cut(sheet, width, height)
    _, mask = strokes(patch, 7, _SHARE)
    left = (seed.strip.start - sheet.start) / seed.pitch * _SCALE
    right = (seed.strip.end - sheet.start) / seed.pitch * _SCALE
    levels = _levels(mask[:, int(left) : int(right) + 1])
    middle = int((left + right) / 2)
    rows = []
    for level in levels:
        traced = _trace(mask, middle, level, int(right - left))
        if traced is not None:
            rows.append(_row(sheet, seed, mask, traced, level))
    return _distinct(rows)


def _sheet(seed: Line) -> Strip:
    """The seed's surroundings: straight, with room at both ends for the rest of the longest line."""
    strip = seed.strip
    room = min(max(_LONGEST - seed.count, 3.0), 36.0) * seed.pitch
    mid = (strip.start + strip.end) / 2
    c0, c1, c2 = strip.curve
    slope = c1 + 2 * c2 * mid
    level = c0 + c1 * mid + c2 * mid * mid - slope * mid
    return replace(
        strip, start=strip.start - room, end=strip.end + room, curve=(level, slope, 0.0),
        half=_ABOVE * seed.pitch, taper=0.0,
    )  # fmt: skip


def _levels(mask: Grey) -> list[int]:
    """Rows of the cut-out where print is centred; the seed's first, the others outward from it."""
    if mask.shape[1] < 3 * _SCALE:
        return []
    profile = mask.mean(axis=1)
    smooth = np.convolve(profile, np.ones(_SCALE - 1) / (_SCALE - 1), mode="same")
    centre = len(smooth) // 2
    seed = centre - 5 + int(smooth[centre - 5 : centre + 6].argmax())
    reach = int(1.1 * _SCALE)
    peaks = [
        y
        for y in range(4, len(smooth) - 4)
        if smooth[y] > 0.3 * smooth[seed] and smooth[y] >= smooth[max(y - reach, 0) : y + reach + 1].max()
    ]
    near = [y for y in peaks if abs(y - seed) > reach]
    return [seed, *sorted(near, key=lambda y: abs(y - seed))[:6]]


def _trace(mask: Grey, middle: int, level: int, reach: int) -> tuple[Floats, int, int] | None:
    """Follow a row from its middle to both ends: a parabola through it and its first and last columns of ink."""
    nodes: list[tuple[float, float]] = []
    for step in (1, -1):
        x, slope, y, missed = middle, 0.0, float(level), 0
        recent: list[tuple[float, float]] = []
        while 0 <= x < mask.shape[1] and missed < 2:
            node = _node(mask, x, y)
            if node is None:
                missed += 1
            else:
                missed = 0
                recent.append(node)
                nodes.append(node)
                if len(recent) >= 4:
                    slope = _slope(recent[-8:])
                y = sum(v for _, v in recent[-3:]) / len(recent[-3:]) + slope * _SCALE
            x += step * _SCALE
            y += slope * step * _SCALE - (slope * _SCALE if node else 0)
    if len(nodes) < 8:
        return None
    table = np.array(nodes)
    degree = 2 if len(nodes) > 20 else 1
    curve = robust_fit(table[:, 0], table[:, 1], degree)
    return _ends(mask, curve, middle, reach)


def _node(mask: Grey, x: int, y: float) -> tuple[float, float] | None:
    """The centre of the ink in a window of two characters about (x, y); None where there is too little."""
    half = 0.75 * _SCALE
    top, bottom = int(max(y - half, 0)), int(min(y + half + 1, mask.shape[0]))
    left, right = max(x - _SCALE, 0), min(x + _SCALE, mask.shape[1])
    if bottom - top < 4 or right - left < 4:
        return None
    window = mask[top:bottom, left:right]
    rows = window.sum(axis=1, dtype=np.int64)
    total = int(rows.sum())
    if total < 0.035 * window.size:
        return None
    below = np.cumsum(rows)
    low, high = np.searchsorted(below, (0.08 * total, 0.92 * total))
    columns = window.sum(axis=0, dtype=np.int64)
    return left + float(columns @ np.arange(len(columns))) / total, top + float(low + high) / 2


def _slope(nodes: list[tuple[float, float]]) -> float:
    """Of the least-squares line through the nodes, within what perspective can do."""
    count = len(nodes)
    mean_x = sum(x for x, _ in nodes) / count
    mean_y = sum(y for _, y in nodes) / count
    spread = sum((x - mean_x) ** 2 for x, _ in nodes)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in nodes) / max(spread, 1e-9)
    return max(-0.12, min(0.12, slope))


def robust_fit(x: Floats, y: Floats, degree: int) -> Floats:
    """A polynomial (lowest power first, three coefficients) that outliers do not bend."""
    keep = np.ones(len(x), bool)
    fit = np.zeros(degree + 1)
    for _ in range(3):
        fit = np.asarray(np.polynomial.polynomial.polyfit(x[keep], y[keep], degree), np.float64)
        off = np.abs(y - np.polynomial.polynomial.polyval(x, fit))
        keep = off <= max(2.5 * float(np.median(off)), 1.0)
        if keep.sum() < degree + 3:
            break
    return np.concatenate([fit, np.zeros(3 - len(fit))])


def _ends(mask: Grey, curve: Floats, middle: int, reach: int) -> tuple[Floats, int, int] | None:
    """The run of ink about the middle in which no gap is wider than `_GAP`."""
    columns = np.arange(mask.shape[1])
    centre = np.polynomial.polynomial.polyval(columns, curve)
    ink = np.zeros(mask.shape[1])
    for offset in range(-4, 5):
        rows = np.clip(np.round(centre + offset).astype(int), 0, mask.shape[0] - 1)
        ink += mask[rows, columns]
    inked = np.flatnonzero(ink >= 2)
    if len(inked) < 20:
        return None
    breaks = np.flatnonzero(np.diff(inked) > _GAP * _SCALE)
    firsts = np.concatenate([[inked[0]], inked[breaks + 1]])
    lasts = np.concatenate([inked[breaks], [inked[-1]]])
    lengths = np.minimum(lasts, middle + reach) - np.maximum(firsts, middle - reach)
    best = int(lengths.argmax())
    first, after = int(firsts[best]), int(lasts[best]) + 1
    return curve, first, after


def _row(sheet: Strip, seed: Line, mask: Grey, traced: tuple[Floats, int, int], level: int) -> Row:
    """Back from the cut-out to the image."""
    curve, first, last = traced
    unit = seed.pitch / _SCALE
    xs = np.linspace(first, last, 40)
    ys = np.polynomial.polynomial.polyval(xs, curve)
    along = sheet.start + xs * unit
    c0, c1, _ = sheet.curve
    across = c0 + c1 * along + (ys + 0.5 - mask.shape[0] / 2) * unit
    fit = np.polynomial.polynomial.polyfit(along, across, 2)
    strip = replace(
        sheet, start=float(along[0]), end=float(along[-1]), curve=(float(fit[0]), float(fit[1]), float(fit[2])),
        half=0.88 * seed.pitch,
    )  # fmt: skip
    return Row(strip, seed.pitch, (level - mask.shape[0] / 2) / _SCALE)


def _distinct(rows: list[Row]) -> list[Row]:
    """From top to bottom, without rows that ran into one another."""
    ordered = sorted(rows, key=_height)
    kept: list[Row] = []
    for row in ordered:
        if not kept or _height(row) - _height(kept[-1]) > 0.9 * row.pitch:
            kept.append(row)
    return kept


def _height(row: Row) -> float:
    """Where the row's middle lies across the lines, in pixels."""
    mid = (row.strip.start + row.strip.end) / 2
    c0, c1, c2 = row.strip.curve
    return c0 + c1 * mid + c2 * mid * mid
