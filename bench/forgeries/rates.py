"""Rates with their intervals, and the curve of false alarms against detections."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_Z: Final = 1.959964
"""Of 95 %."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        """0 to 1; NaN of nothing."""
        return self.hits / self.of if self.of else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval of 95 %."""
        if not self.of:
            return 0.0, 1.0
        p, n = self.share, self.of
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n * n)) / (1 + _Z**2 / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def text(self) -> str:
        """For a table: the share and its interval in per cent."""
        if not self.of:
            return "none"
        low, high = self.interval
        return f"{100 * self.share:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def detected_at(genuine: Sequence[float], false: Sequence[float], alarms: float) -> Rate:
    """How many of `false` lie below the score that at most a share `alarms` of `genuine` lies below."""
    allowed = math.floor(alarms * len(genuine))
    limit = sorted(genuine)[allowed] if genuine else 0.0
    return Rate(sum(score < limit for score in false), len(false))


def area(genuine: Sequence[float], false: Sequence[float]) -> float:
    """The area under the curve: how often a false document scores lower than a genuine one, a tie counting half."""
    if not genuine or not false:
        return math.nan
    wins = sum((g > f) + 0.5 * (g == f) for g in genuine for f in false)
    return wins / (len(genuine) * len(false))


def curve(genuine: Sequence[float], false: Sequence[float]) -> list[tuple[float, float]]:
    """Points of false alarm rate and detection rate for every limit from strict to lax."""
    limits = [*sorted({*genuine, *false}), 2.0]
    return [
        (sum(g < limit for g in genuine) / max(1, len(genuine)), sum(f < limit for f in false) / max(1, len(false)))
        for limit in limits
    ]
