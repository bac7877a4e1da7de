"""Tails of the negative binomial distribution."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limen.node.trends.surges.tails import at_least, log_gamma, probability, threshold


@pytest.mark.parametrize("x", [0.01, 0.5, 1.0, 2.5, 9.99, 100.0, 12345.6])
def test_log_gamma(x: float) -> None:
    """The logarithm of the gamma function is that of the C library."""
    assert float(log_gamma(np.array(x))) == pytest.approx(math.lgamma(x), abs=1e-9, rel=1e-12)


@settings(deadline=None, max_examples=50)
@given(count=st.integers(0, 40), odds=st.integers(1, 30), size=st.integers(1, 12))
def test_tail_is_exact(count: int, odds: int, size: int) -> None:
    """The tail is one less the terms below, in fractions, for a whole size r and mean m = r·odds/10."""
    p = Fraction(odds, odds + 10)
    below = sum((math.comb(k + size - 1, k) * (1 - p) ** size * p**k for k in range(count)), Fraction(0))
    found = at_least(np.array(count), np.array(size * odds / 10), np.array(size))
    assert float(found) == pytest.approx(float(1 - below), rel=1e-8)


def test_tail_of_poisson() -> None:
    """A size without bound gives Poisson's tail, far out too, where one less the rest would be nothing."""
    exact = sum(math.exp(-0.1) * 0.1**k / math.factorial(k) for k in range(9, 40))
    assert float(at_least(np.array(9), np.array(0.1), np.array(1e300))) == pytest.approx(exact, rel=1e-6)


def test_terms_add_up_to_one() -> None:
    """All counts together are certain, however small mean and size."""
    for mean, size in ((0.01, 0.3), (2.0, 0.5), (30.0, 4.0)):
        assert probability(np.arange(4000), np.array(mean), np.array(size)).sum() == pytest.approx(1)


@settings(deadline=None, max_examples=50)
@given(chance=st.sampled_from([1e-2, 1e-4, 1e-7]), mean=st.floats(0.001, 80), size=st.floats(0.2, 100))
def test_threshold(chance: float, mean: float, size: float) -> None:
    """The threshold is the least count that comes at most as likely as asked."""
    least = threshold(chance, np.array([mean]), np.array([size]))
    assert at_least(least, np.array([mean]), np.array([size])) <= chance
    assert at_least(least - 1, np.array([mean]), np.array([size])) > chance
