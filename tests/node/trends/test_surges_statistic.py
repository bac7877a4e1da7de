"""The statistic on counts whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from limen.node.trends.surges.baseline import Settings, past
from limen.node.trends.surges.statistic import find

Counts = NDArray[np.float64]


def quiet(streams: int = 60, weeks: int = 200, rate: float = 0.3, seed: int = 1) -> Counts:
    """Counts of steady streams, drawn from Poisson's distribution."""
    return np.random.default_rng(seed).poisson(rate, (streams, weeks)).astype(float)


def test_a_spike_is_the_first_surge() -> None:
    """Many reports in the newest week are found, with what was expected and how rare that is."""
    counts = quiet()
    counts[7, -1] = 9
    surge = find(counts).surges[0]
    assert (surge.stream, surge.weeks, surge.count) == (7, 1, 9)
    assert 0.1 < surge.expected < 0.7
    assert surge.chance < 1e-6
    assert surge.yearly < 0.05
    assert surge.usual < 9


def test_a_small_steady_outbreak_is_found() -> None:
    """Two reports a week, of which no single week is out of the ordinary, are found after some weeks."""
    counts = quiet(rate=0.1)
    counts[7, -6:] += 2
    surge = find(counts).surges[0]
    assert surge.stream == 7
    assert surge.weeks > 1


def test_a_stream_without_history() -> None:
    """A counterfeit that nobody saw before is found with its first few reports, but not with one."""
    counts = quiet()
    counts[3] = 0
    counts[3, -1] = 1
    assert 3 not in [surge.stream for surge in find(counts).surges]
    counts[3, -3:] = (1, 2, 3)
    assert find(counts).surges[0].stream == 3


def test_season_of_all_streams_is_no_surge() -> None:
    """A peak that comes each year, for all streams, is expected: none of the streams stands out in it."""
    rng = np.random.default_rng(5)
    season = np.exp(0.8 * np.cos(2 * np.pi * (np.arange(200) - 199) / 52.18))
    counts = rng.poisson(2 * season, (80, 200)).astype(float)
    assert len(find(counts, false_alarms=3).surges) <= 1


def test_more_of_everything_is_no_surge_of_each() -> None:
    """Where all streams bring twice as much at once, since all counters report more, no single one stands out."""
    counts = quiet(streams=100, rate=1.0)
    counts[:, -2:] += np.random.default_rng(3).poisson(1.0, (100, 2))
    assert len(find(counts, false_alarms=3).surges) <= 2


def test_an_outbreak_of_the_past_does_not_hide_the_next() -> None:
    """The weeks of an outbreak a year ago do not raise what is expected now."""
    counts = quiet(rate=0.2)
    before = find(counts).baseline.expected[7, -1]
    counts[7, 120:130] += 4
    assert find(counts).baseline.expected[7, -1] < 2 * before + 0.1


def test_a_new_level_is_learned() -> None:
    """A stream that has run higher for a year and a half is no surge any more."""
    counts = quiet(rate=0.5)
    counts[7, -80:] = np.random.default_rng(2).poisson(3.0, 80)
    assert 7 not in [surge.stream for surge in find(counts, false_alarms=2).surges]


def test_a_week_that_has_only_begun() -> None:
    """Of a week of which a quarter was seen, a quarter is expected: three reports in it weigh more than in a whole."""
    counts = quiet(rate=0.8)
    counts[:, -1] = 0
    counts[7, -1] = 4
    seen = np.ones(counts.shape[1])
    whole = {surge.stream: surge.chance for surge in find(counts, seen=seen, false_alarms=200).surges}
    seen[-1] = 0.25
    part = {surge.stream: surge.chance for surge in find(counts, seen=seen, false_alarms=200).surges}
    assert part[7] <= whole.get(7, 1.0)
    assert find(counts, seen=seen).baseline.expected[:, -1].mean() < 0.4


def test_false_alarms_are_as_many_as_said() -> None:
    """Of steady streams, alarms that begin in a year are about as many as were accepted."""
    counts = quiet(streams=300, weeks=182, rate=0.2, seed=11)
    alarms = np.stack(
        [
            np.isin(np.arange(300), [surge.stream for surge in find(counts[:, :end], false_alarms=26).surges])
            for end in range(131, 183)
        ],
        1,
    )
    begun = alarms[:, 1:] & ~alarms[:, :-1]
    assert 5 <= begun.sum() <= 52


def test_the_limit_follows_what_is_accepted() -> None:
    """Who accepts fewer false alarms, or has more streams, is told of fewer surges."""
    counts = quiet()
    assert find(counts, false_alarms=1).limit < find(counts, false_alarms=10).limit
    assert find(np.vstack([counts] * 5), false_alarms=6).limit < find(counts, false_alarms=6).limit


@pytest.mark.parametrize("shape", [(0, 30), (1, 2), (3, 5), (2, 60)])
def test_little_to_learn_from(shape: tuple[int, int]) -> None:
    """No stream, no report, or only some weeks bring no fault and no surge."""
    assert find(np.zeros(shape)).surges == []


def test_band_holds_what_is_usual() -> None:
    """The band of single weeks lies above what is expected, and an outlying week above the band."""
    counts = quiet()
    counts[7, -1] = 9
    found = find(counts)
    band = found.band(7)
    assert band.shape == (200,)
    assert (band >= np.floor(found.baseline.expected[7])).all()
    assert band[-1] < 9


def test_streams_that_rest_raise_the_bar() -> None:
    """Streams given as sums alone count as those given week by week: the limit is about the same."""
    counts = quiet(streams=300, rate=0.02)
    counts[:20] = quiet(streams=20, rate=0.3)
    counts[20:, -8:] = 0
    before = (counts[20:] * past(counts.shape[1], Settings())).sum(1)
    together = find(counts, false_alarms=1).limit
    apart = find(counts[:20], counts.sum(0), rest=before, false_alarms=1).limit
    assert apart == pytest.approx(together, rel=0.5)
    assert apart < find(counts[:20], counts.sum(0), false_alarms=1).limit
