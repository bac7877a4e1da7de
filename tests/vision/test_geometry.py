"""Strips: where a line of print lies."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.vision.geometry import Pyramid, Strip, cut

ALONG, ACROSS = (grid.ravel() for grid in np.meshgrid(np.linspace(0, 1, 7), np.linspace(-1, 1, 5)))


def _reals(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False)


strips = st.builds(
    Strip,
    origin=st.tuples(_reals(-2000, 2000), _reals(-2000, 2000)),
    angle=_reals(-3.2, 3.2),
    start=_reals(-900, -20),
    end=_reals(20, 900),
    curve=st.tuples(_reals(-20, 20), _reals(-0.2, 0.2), _reals(-1e-4, 1e-4)),
    half=_reals(2, 40),
    taper=_reals(-0.4, 0.4),
    lean=_reals(-0.3, 0.3),
)


@given(strips)
def test_turned_is_the_same_place_from_the_other_end(strip: Strip) -> None:
    """What is at (a, b) of a strip is at (1 - a, -b) of the turned one."""
    expected = strip.points(ALONG, ACROSS)
    actual = strip.turned().points(1 - ALONG, -ACROSS)
    np.testing.assert_allclose(actual, expected, atol=1e-6)


@given(strips)
def test_turned_twice_is_the_strip_itself(strip: Strip) -> None:
    """Two half turns change nothing."""
    expected = strip.points(ALONG, ACROSS)
    np.testing.assert_allclose(strip.turned().turned().points(ALONG, ACROSS), expected, atol=1e-6)


@given(strips, _reals(0.05, 8))
def test_scaled_multiplies_every_place(strip: Strip, factor: float) -> None:
    """In an image twice as large each point lies twice as far from the corner."""
    expected = np.array(strip.points(ALONG, ACROSS)) * factor
    np.testing.assert_allclose(strip.scaled(factor).points(ALONG, ACROSS), expected, rtol=1e-6, atol=1e-6)


@given(strips, _reals(0, 300), _reals(0, 300))
def test_widened_keeps_every_place_between_the_ends(strip: Strip, before: float, after: float) -> None:
    """Room at the ends moves no point: the axis, the curve and the height along it go on as they were."""
    wide = strip.widened(before, after)
    along = (before + ALONG * strip.length) / wide.length
    expected = strip.points(ALONG, ACROSS)
    np.testing.assert_allclose(wide.points(along, ACROSS), expected, atol=1e-4)


@given(strips, _reals(0, 300), _reals(0, 300))
def test_widened_adds_that_much_length(strip: Strip, before: float, after: float) -> None:
    """The new length is the old one and the room."""
    assert strip.widened(before, after).length == pytest.approx(strip.length + before + after)


@given(strips)
def test_quad_runs_about_the_strip(strip: Strip) -> None:
    """The corners are upper left, upper right, lower right, lower left as the text runs."""
    corners = np.array(strip.quad(0, 1))
    xs, ys = strip.points(np.array([0.0, 1, 1, 0]), np.array([-1.0, -1, 1, 1]))
    np.testing.assert_allclose(corners, np.stack([xs, ys], axis=1))


def test_cut_of_an_upright_strip_is_that_part_of_the_image() -> None:
    """A straight strip at the image's own resolution gives its pixels back."""
    image = np.random.default_rng(3).integers(0, 256, (40, 90), np.uint8)
    strip = Strip(origin=(19.5, 14.5), angle=0.0, start=0.0, end=50.0, half=8.0)
    crop = cut(image, strip, 50, 16)
    np.testing.assert_array_equal(crop, image[7:23, 20:70])


def test_cut_beyond_the_edge_repeats_it() -> None:
    """A strip that leaves the image is no error."""
    image = np.full((20, 20), 77, np.uint8)
    strip = Strip(origin=(10.0, 10.0), angle=0.4, start=-200.0, end=200.0, half=30.0)
    np.testing.assert_array_equal(cut(image, strip, 64, 16), np.full((16, 64), 77, np.uint8))


def test_pyramid_cuts_large_strips_from_smaller_levels() -> None:
    """A fine grid of black and white, reduced by eight, is grey and not whichever pixel was met."""
    fine = np.indices((320, 1600)).sum(axis=0) % 2 * 255
    pyramid = Pyramid(fine.astype(np.uint8))
    crop = pyramid.cut(Strip(origin=(0.0, 160.0), angle=0.0, start=40.0, end=1560.0, half=100.0), 190, 25)
    assert np.abs(crop.astype(int) - 127).max() <= 2
