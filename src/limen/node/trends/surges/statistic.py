"""Surges among weekly counts of many streams, with the rate of false alarms over all of them.

`find` looks at the newest week and at runs of weeks that end with it. How rare a surge is, is said over all streams
that were looked at: chance alone brings one so unlikely, in any of them, so often a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from limen.node.trends.surges.baseline import YEAR, Baseline, Settings, learn, past
from limen.node.trends.surges.tails import Floats, at_least, threshold

FALSE_ALARMS = 6.0
"""How many false alarms a year, over all streams, are accepted."""
BEGINNING = 0.5
"""Alarms that begin, for each week and window in which one is expected: an alarm lasts, and windows overlap.

Set so that on the development worlds of bench/surges as many alarms began as were accepted (6.0 for 6).
"""
LIKELIEST = 1e-2
"""No surge is likelier than this, however few streams there are."""
_GRID = np.logspace(-13, 0, 13 * 25 + 1)
_MOST = 400
"""Counts up to which chances are summed one by one; means beyond a quarter of it are taken as continuous."""


@dataclass(frozen=True, slots=True)
class Surge:
    """A stream that runs higher than chance explains."""

    stream: int
    weeks: int
    """How many weeks, the newest included, were added up."""
    count: int
    expected: float
    usual: int
    """The highest count of these weeks that would not have been a surge."""
    chance: float
    """How likely so many reports or more are in this stream and these weeks."""
    yearly: float
    """How many surges as unlikely as this chance alone brings in a year, over all streams."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at all streams brought: the rarest first."""

    surges: list[Surge]
    limit: float
    """The chance below which a stream was taken for a surge."""
    baseline: Baseline

    def band(self, stream: int) -> Floats:
        """Say the highest count of each single week that would not have been a surge, had one looked only at it."""
        base, whole = self.baseline, self.baseline.whole
        expected = base.expected[stream]
        spread = base.dispersion[stream] + (base.doubt[stream] + 1 / (whole.expected + whole.steady)) * expected
        return threshold(self.limit, expected, expected / np.maximum(spread, 1e-9)) - 1


class Look(NamedTuple):
    """One window: what was counted in each stream, what was expected, and the size of its distribution."""

    came: Floats
    expected: Floats
    size: Floats


def find(
    counts: Floats,
    total: Floats | None = None,
    seen: Floats | None = None,
    rest: Floats | None = None,
    *,
    false_alarms: float = FALSE_ALARMS,
    settings: Settings | None = None,
) -> Found:
    """Find the streams (rows) whose newest weeks (last columns) are surges.

    `total` counts the reports of each week whatever their stream (default: the sum), `seen` the share of each week's
    reports that is thought to have arrived (default: all). `rest` has one entry for each other stream that is watched
    and cannot be a surge now, since it brought too few reports: what it brought before, its weeks weighed by
    `baseline.past`. They raise the bar as the others do.
    """
    settings = settings or Settings()
    counts = np.asarray(counts, float)
    total = counts.sum(0) if total is None else np.asarray(total, float)
    seen = np.ones(counts.shape[1]) if seen is None else np.clip(seen, 0.02, 1.0)
    baseline = learn(counts, total, seen, settings)
    windows = [window for window in settings.windows if window < counts.shape[1]]
    looks = [_look(counts, baseline, window) for window in windows]
    if not windows or not len(counts):
        return Found([], 0.0, baseline)
    chance = np.stack([np.where(n >= settings.least, at_least(n, mean, size), 1.0) for n, mean, size in looks], 1)
    others = [_idle(rest, baseline, window, settings) for window in windows] if rest is not None else []
    rate = Rate(looks + others, settings)
    limit = rate.limit(false_alarms)
    passing = np.flatnonzero(chance.min(1) <= limit)
    surges = [_surge(stream, windows, looks, chance[stream], limit, rate, settings) for stream in passing]
    surges.sort(key=lambda surge: (surge.chance, surge.stream))
    return Found(surges, limit, baseline)


def _surge(  # noqa: PLR0917
    stream: int, windows: list[int], looks: list[Look], chance: Floats, limit: float, rate: Rate, settings: Settings
) -> Surge:
    """Tell of a stream by the window in which it is least likely."""
    best = int(chance.argmin())
    n, mean, size = (each[stream] for each in looks[best])
    usual = max(int(threshold(limit, mean, size)), settings.least) - 1
    p = float(chance[best])
    return Surge(int(stream), windows[best], int(n), float(mean), usual, p, rate(p))


def _look(counts: Floats, baseline: Baseline, window: int) -> Look:
    """Count, expectation and size of each stream over the newest weeks.

    What all streams of a week share is taken from the others: a stream that is much of the whole is not expected to
    have what it has.
    """
    whole, recent = baseline.whole, slice(-window, None)
    n = counts[:, recent]
    alone = baseline.expected[:, recent] / whole.share[recent]
    others = np.maximum(whole.expected[recent] - alone, 0.0) + whole.steady
    mean = alone * (np.maximum(whole.total[recent] - n, 0.0) + whole.steady) / others
    expected = mean.sum(1)
    surplus = baseline.dispersion * expected + baseline.doubt * expected**2 + (mean**2 / others).sum(1)
    return Look(n.sum(1), expected, expected**2 / np.maximum(surplus, 1e-9 * expected))


def _idle(rest: Floats, baseline: Baseline, window: int, settings: Settings) -> Look:
    """The same of streams of which only the sum is known."""
    whole = baseline.whole.expected * baseline.whole.share
    level = (np.asarray(rest, float) + 0.5) / max(float((past(len(whole), settings) * whole).sum()), 1e-9)
    expected = level * whole[-window:].sum()
    doubt = (1 + baseline.common) / (np.asarray(rest, float) + 0.5)
    return Look(np.zeros(len(rest)), expected, expected / np.maximum(baseline.common + doubt * expected, 1e-9))


class Rate:
    """How many surges of a given chance a year brings by chance alone, over all streams.

    Counts are whole: a stream of few reports cannot have a chance just below a limit, but only that of its next count.
    So the chance with which each stream and window would really pass a limit is added up.
    """

    def __init__(self, looks: list[Look], settings: Settings) -> None:
        self._weekly = np.zeros(len(_GRID))
        for look in looks:
            self._add(look.expected, look.size, settings.least)

    def _add(self, mean: Floats, size: Floats, least: int) -> None:
        smooth = mean > _MOST / 4
        self._weekly += smooth.sum() * _GRID
        mean, size = mean[~smooth], np.minimum(size[~smooth], 1e8)
        odds, term = mean / (mean + size), np.exp(-size * np.log1p(mean / size))
        above, before = np.ones(len(mean)), np.full(len(mean), np.inf)
        steps = np.zeros(len(_GRID) + 1)
        for k in range(_MOST):
            if k >= least:
                low, high = np.searchsorted(_GRID, above), np.searchsorted(_GRID, before)
                steps += np.bincount(low, above, len(steps)) - np.bincount(high, above, len(steps))
                before = above
            above = np.clip(above - term, 0.0, 1.0)
            term = term * (k + size) / (k + 1) * odds
            if not len(above) or above.max() < _GRID[0]:
                break
        self._weekly += np.cumsum(steps)[:-1]

    def __call__(self, chance: float) -> float:
        """How many a year are as unlikely as this."""
        return float(np.interp(np.log(max(chance, _GRID[0])), np.log(_GRID), self._weekly)) * YEAR * BEGINNING

    def limit(self, yearly: float) -> float:
        """The chance of which so many a year are expected."""
        passing = int(np.searchsorted(self._weekly * YEAR * BEGINNING, yearly, side="right"))
        return min(float(_GRID[max(0, passing - 1)]), LIKELIEST)
