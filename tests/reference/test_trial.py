"""What a count of rejects says of their rate."""

from __future__ import annotations

import pytest

from limen.reference.trial import LEAST_CAPTURES, interval


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 20, 0.0, 0.1684),
        (1, 60, 0.0004, 0.0894),
        (0, 149, 0.0, 0.0245),
        (10, 10, 0.6915, 1.0),
        (5, 10, 0.1871, 0.8129),
    ],
)
def test_the_interval_is_that_of_clopper_and_pearson(hits: int, of: int, low: float, high: float) -> None:
    """Against published tables."""
    assert interval(hits, of) == pytest.approx((low, high), abs=1e-4)


def test_the_least_number_of_captures_leaves_what_the_text_says() -> None:
    """The docstring's figure is true."""
    assert f"{interval(0, LEAST_CAPTURES)[1]:.1%}" == "16.8%"
