"""What a stream of weekly counts is expected to be: level, trend and season, learned from its past and from the whole.

Poisson regression of all streams at once, with penalties that let a stream of few reports follow the whole and one of
many go its own way. Weeks that stand out, alone or as a run, hardly count. See docs/surges.md for the formulas.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from limen.node.trends.surges.tails import Floats, at_least

Marks = NDArray[np.bool_]

YEAR = 365.25 / 7
"""Weeks in a year."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the method may be told; chosen on the development series of bench/surges."""

    windows: tuple[int, ...] = (1, 3, 6)
    """Weeks that are added up and looked at together."""
    guard: int = 8
    """The last weeks, which the baseline does not learn from, so that a slow rise does not become the expected."""
    half_life: float = 156.0
    """After so many weeks a week counts half."""
    own_trend: float = 0.15
    """By how much a year (standard deviation, logarithm) a stream is thought to leave the trend of the whole."""
    own_season: float = 0.25
    """How far (the same) its season is thought to differ from that of the whole."""
    shrink: float = 8.0
    """So many expected reports weigh a stream's own dispersion as much as that of all streams."""
    outlying: float = 1e-3
    """Past weeks less likely than this, alone or as a run, count a tenth."""
    longest: int = 26
    """A run of outlying weeks longer than this is no outbreak but a new level, and counts in full."""
    least: int = 3
    """Fewer reports are no surge, however unlikely."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What each week was to bring over all streams, and what it brought."""

    expected: Floats
    total: Floats
    steady: float
    """So many reports weigh the expected as much as what came: few where the whole wavers from week to week."""

    @property
    def share(self) -> Floats:
        """How much more, or less, than expected all streams of a week have: what came, drawn towards one."""
        return (self.total + self.steady) / (self.expected + self.steady)


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was expected of each stream (rows) in each week (columns)."""

    expected: Floats
    dispersion: Floats
    """Variance of a week's count over its mean, less one; one for each stream."""
    doubt: Floats
    """Relative variance of what is expected now, since it was learned from few reports; one for each stream."""
    common: float
    """The dispersion of all streams together."""
    whole: Whole


def learn(counts: Floats, total: Floats, seen: Floats, settings: Settings) -> Baseline:
    """Learn what to expect of each stream.

    `counts` has a row for each stream and a column for each week, the newest last; `total` counts the reports of each
    week whatever their stream; `seen` is the share of a week's reports that is thought to have arrived.
    """
    weeks = counts.shape[1]
    whole = _whole(total, seen, settings)
    learned = past(weeks, settings)
    offset = np.broadcast_to(np.log(whole.expected * whole.share), counts.shape)
    design, penalty = _own(weeks, settings)
    weights = np.broadcast_to(learned, counts.shape)
    dispersion = np.zeros(len(counts))
    for last in (False, False, True):
        tempered = 1 / (1 + dispersion)
        expected, doubt = _regress(counts, offset, design, penalty, weights * tempered[:, None], 0.5 * tempered)
        dispersion, common = _dispersion(counts, expected, weights, settings)
        if not last:
            weights = learned * np.where(outlying(counts, expected, dispersion, settings), 0.1, 1.0)
    return Baseline(expected, dispersion, doubt, common, whole)


def past(weeks: int, settings: Settings) -> Floats:
    """Weigh the weeks to learn from: the last ones not at all, old ones less."""
    age = np.arange(weeks)[::-1].astype(float)
    guard = min(settings.guard, weeks // 2)
    return np.where(age < guard, 0.0, 0.5 ** (age / settings.half_life))


def _whole(total: Floats, seen: Floats, settings: Settings) -> Whole:
    """Say what a week brings over all streams: level, trend and season."""
    design, penalty = _seasonal(len(total), settings)
    learned = past(len(total), settings)[None]
    counts, offset = total[None].astype(float), np.log(seen)[None]
    weights, spread = learned, np.zeros(1)
    for _ in range(3):
        expected, _doubt = _regress(counts, offset, design, penalty, weights, np.full(1, 0.5))
        weights = learned * np.where(outlying(counts, expected, spread * expected.mean(), settings), 0.1, 1.0)
        surplus = (weights * ((counts - expected) ** 2 - expected)).sum()
        spread = np.maximum(surplus / np.maximum((weights * expected**2).sum(), 1e-9), 1e-4).reshape(1)
    return Whole(expected[0], total, float(1 / spread[0]))


def _seasonal(weeks: int, settings: Settings) -> tuple[Floats, Floats]:
    """Design and penalties of the whole: level, trend, two waves a year."""
    age = (np.arange(weeks) - (weeks - 1)) / YEAR
    waves = [wave(2 * np.pi * n * age) for n in (1, 2) for wave in (np.cos, np.sin)]
    return np.stack([np.ones(weeks), age, *waves], 1), np.array([0.0, 1 / 0.5**2, *[1 / 0.5**2] * 4])


def _own(weeks: int, settings: Settings) -> tuple[Floats, Floats]:
    """Design and penalties of a stream, against the whole: level, trend, one wave a year."""
    age = (np.arange(weeks) - (weeks - 1)) / YEAR
    columns = [np.ones(weeks), age, np.cos(2 * np.pi * age), np.sin(2 * np.pi * age)]
    return np.stack(columns, 1), np.array([0.0, settings.own_trend**-2, *[settings.own_season**-2] * 2])


def _regress(  # noqa: PLR0917
    counts: Floats, offset: Floats, design: Floats, penalty: Floats, weights: Floats, prior: Floats
) -> tuple[Floats, Floats]:
    """Fit all streams by Newton's steps; give what is expected, and the relative variance of it in the last week.

    `prior` reports more than were seen, in no time: half a report keeps the level of an empty stream above nothing.
    """
    scale = np.exp(offset)
    level = np.log(((weights * counts).sum(1) + prior) / np.maximum((weights * scale).sum(1), 1e-9))
    beta = np.zeros((len(counts), design.shape[1]))
    beta[:, 0] = level
    pairs = (design[:, :, None] * design[:, None, :]).reshape(len(design), -1)
    for _ in range(7):
        expected = scale * np.exp(np.clip(beta @ design.T, -30, 15))
        gradient = (weights * (counts - expected)) @ design - penalty * beta
        gradient[:, 0] += prior
        information = ((weights * expected) @ pairs).reshape(-1, len(penalty), len(penalty)) + np.diag(penalty + 1e-9)
        beta += np.clip(np.linalg.solve(information, gradient[..., None])[..., 0], -1.0, 1.0)
    expected = scale * np.exp(np.clip(beta @ design.T, -30, 15))
    last = design[-1]
    return expected, np.linalg.solve(information, np.broadcast_to(last[:, None], (len(counts), len(last), 1)))[
        ..., 0
    ] @ last


def outlying(counts: Floats, expected: Floats, dispersion: Floats, settings: Settings) -> Marks:
    """Mark the weeks that stand out, alone or in a run of weeks, unless the run is so long that it is a new level."""
    marked: Marks = np.zeros(counts.shape, bool)
    for length in settings.windows:
        if length > counts.shape[1]:
            continue
        count, mean = rolling(counts, length), rolling(expected, length)
        size = np.broadcast_to(mean / np.maximum(dispersion, 1e-9)[:, None], mean.shape)
        doubtful = (count >= settings.least) & (count > mean + 2 * np.sqrt(mean * (1 + dispersion[:, None])))
        rare: Marks = np.zeros(count.shape, bool)
        rare[doubtful] = at_least(count[doubtful], mean[doubtful], size[doubtful]) < settings.outlying
        for back in range(length):
            marked[:, back : back + rare.shape[1]] |= rare
    return marked & ~_in_long_runs(marked, settings.longest)


def rolling(values: Floats, length: int) -> Floats:
    """Sum each run of so many weeks; the first column is the first whole run."""
    sums = np.cumsum(values, 1)
    return sums[:, length - 1 :] - np.pad(sums[:, :-length], ((0, 0), (1, 0)))


def _in_long_runs(marked: Marks, longest: int) -> Marks:
    inside: Marks = np.zeros(marked.shape, bool)
    if marked.shape[1] > longest:
        whole = rolling(marked.astype(float), longest + 1) > longest
        for back in range(longest + 1):
            inside[:, back : back + whole.shape[1]] |= whole
    return inside


def _dispersion(counts: Floats, expected: Floats, weights: Floats, settings: Settings) -> tuple[Floats, float]:
    """Say each stream's dispersion, the fewer its reports the more that of all streams; and that."""
    surplus = (weights * ((counts - expected) ** 2 - expected)).sum(1)
    weight = (weights * expected).sum(1)
    shared = max(0.0, float(surplus.sum() / max(weight.sum(), 1e-9)))
    own = (surplus + settings.shrink * shared) / (weight + settings.shrink)
    return np.maximum(own, 0.0), shared
