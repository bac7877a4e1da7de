"""Errors are counted, bounded and turned into thresholds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.vision.face.rates import Trials, rate

DISTANCES = st.lists(st.floats(0.002, 2), min_size=1, max_size=200)


@pytest.mark.parametrize(
    ("wrong", "of", "low", "high"),
    [(0, 100, 0.0, 0.0370), (10, 100, 0.0552, 0.1744), (100, 100, 0.9630, 1.0), (1, 1000, 0.0002, 0.0056)],
)
def test_wilsons_interval(wrong: int, of: int, low: float, high: float) -> None:
    """Against published values."""
    found = rate(wrong, of)
    assert (found.value, found.low, found.high) == pytest.approx((wrong / of, low, high), abs=2e-4)


def test_of_nothing_nothing_is_known() -> None:
    """The whole range."""
    assert (rate(0, 0).low, rate(0, 0).high) == (0.0, 1.0)


@given(DISTANCES, DISTANCES, st.floats(0.0001, 0.5))
def test_no_more_strangers_pass_than_asked(genuine: list[float], impostor: list[float], share: float) -> None:
    """Whatever the distances, ties included."""
    trials = Trials.of(genuine, impostor)
    assert trials.false_match(trials.threshold(share)).value <= share + 1e-9


@given(DISTANCES, DISTANCES)
def test_a_threshold_is_not_stricter_than_need_be(genuine: list[float], impostor: list[float]) -> None:
    """A thousandth further, and more would pass (or nobody is left)."""
    trials = Trials.of(genuine, impostor)
    threshold = trials.threshold(0.1)
    assert trials.false_match(threshold + 0.0011).value > 0.1 or threshold >= 1.998


def test_the_equal_error_rate_of_known_lists() -> None:
    """One of four on each side."""
    trials = Trials.of([0.1, 0.2, 0.3, 0.6], [0.5, 0.7, 0.8, 0.9])
    assert trials.equal_error() == pytest.approx(0.25)
    assert np.isnan(Trials.of([], [0.5]).equal_error())


@given(DISTANCES, st.floats(0.01, 1))
def test_a_threshold_keeps_what_it_should(genuine: list[float], share: float) -> None:
    """And a little less keeps less."""
    trials = Trials.of(genuine, [1.0])
    threshold = trials.holds(share)
    assert 1 - trials.false_non_match(threshold).value >= share - 1e-9
    assert 1 - trials.false_non_match(threshold - 0.0011).value < share + 1e-9
