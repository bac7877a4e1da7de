"""What a method found in worlds whose outbreaks are known, and how often it was mistaken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.surges.series import TESTED, YEAR, Outbreak, World

Scores = NDArray[np.float64]

QUIET: int = 8
"""Weeks without an alarm, after which another alarm of a stream is one more."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An outbreak, and after how many weeks it was found; None where it was not before two weeks after its end."""

    outbreak: Outbreak
    kind: str
    delay: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one limit brings in some worlds."""

    hits: tuple[Hit, ...]
    false: tuple[int, ...]
    """False alarms of each world, in its tested weeks."""
    years: float
    """Years that each world was looked at."""
    streams: int
    """Of all worlds together."""

    @property
    def found(self) -> float:
        """Share of outbreaks that were found."""
        return sum(hit.delay is not None for hit in self.hits) / max(1, len(self.hits))

    @property
    def yearly(self) -> float:
        """False alarms a year and world."""
        return sum(self.false) / (len(self.false) * self.years)

    @property
    def delays(self) -> list[int]:
        """Weeks from an outbreak's first report to its alarm, of those found; 0 is the same week."""
        return [hit.delay for hit in self.hits if hit.delay is not None]


def outcome(worlds: Sequence[World], scores: Sequence[Scores], limit: float) -> Outcome:
    """Hold alarms (scores not above the limit) against the outbreaks."""
    hits: list[Hit] = []
    false: list[int] = []
    for world, score in zip(worlds, scores, strict=True):
        alarm = score <= limit
        hits += [Hit(one, world.kind.name, _delay(world, alarm, one)) for one in world.outbreaks]
        false.append(_mistakes(world, alarm))
    return Outcome(tuple(hits), tuple(false), TESTED / YEAR, sum(len(world.counts) for world in worlds))


def _delay(world: World, alarm: NDArray[np.bool_], one: Outbreak) -> int | None:
    first = world.counts.shape[1] - TESTED
    when = np.flatnonzero(alarm[one.stream, one.start - first : one.end - first + 3])
    return int(when[0]) if len(when) else None


def _mistakes(world: World, alarm: NDArray[np.bool_]) -> int:
    """Alarms that began after some quiet weeks, in no outbreak and not within the eight weeks after one."""
    first = world.counts.shape[1] - TESTED
    excused = world.growing[:, first:].copy()
    for one in world.outbreaks:
        excused[one.stream, max(0, one.start - first) : one.end - first + 1 + QUIET] = True
    recently = np.zeros(alarm.shape, bool)
    for back in range(1, QUIET + 1):
        recently[:, back:] |= alarm[:, :-back]
    return int((alarm & ~recently & ~excused).sum())


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Bounds of a share, of 95 %."""
    if not count:
        return 0.0, 1.0
    z, share = 1.959964, hits / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * np.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return max(0.0, middle - half), min(1.0, middle + half)


def resampled(values: Iterable[float], seed: int = 7) -> tuple[float, float]:
    """Bounds of a mean, of 95 %, by drawing anew."""
    given = np.array(list(values), float)
    if not len(given):
        return 0.0, 0.0
    means = np.random.default_rng(seed).choice(given, (2000, len(given))).mean(1)
    return float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))


def limit_for(worlds: Sequence[World], scores: Sequence[Scores], yearly: float) -> float:
    """The limit with which these worlds bring so many false alarms a year on average."""
    low, high = -30.0, 4.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if outcome(worlds, scores, 10**middle).yearly <= yearly else (low, middle)
    return float(10**low)
