"""Axes: round steps, and which names of an axis have room."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

STEPS = (1, 2, 5, 10)


def ticks(most: float, wanted: int = 4) -> list[int]:
    """Round figures from 0 to at least the largest, about as many as wanted; whole ones, for reports are counted."""
    if most <= 0:
        return [0, 1]
    rough = most / wanted
    size = 10.0 ** math.floor(math.log10(rough)) if rough >= 1 else 1.0
    step = int(next(size * step for step in STEPS if size * step >= rough))
    return list(range(0, step * math.ceil(most / step) + 1, step))


def every(count: int, room: int) -> int:
    """Each how manieth of the names stands on an axis that has room for so many."""
    return max(1, math.ceil(count / room))


def width(text: str, size: float = 12) -> float:
    """About how wide a text is in pixels. Marks above and below the line take no room; ideographs take more."""
    return sum(_wide(char) for char in text) * size


def _wide(char: str) -> float:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return 1.0
    if char in "iljtf.,:;|'!()[] I1":
        return 0.36
    return 0.72 if char.isupper() or char in "mw%@" else 0.56


def cut(text: str, room: float, size: float = 12) -> str:
    """As much of a text as the room holds, with an ellipsis where it was longer."""
    if width(text, size) <= room:
        return text
    kept = ""
    for char in text:
        if width(kept + char + "…", size) > room:
            break
        kept += char
    return kept.rstrip() + "…"


def shares(values: Sequence[float], whole: float) -> list[float]:
    """Each as a share of a whole, in per cent."""
    return [100 * value / whole if whole else 0.0 for value in values]
