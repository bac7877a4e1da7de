"""What differs between sheets of one press, and the bearer at the counter."""

import numpy as np
import pytest

from limen.specimen import Light, Recipe, draft, live, render, with_tolerance
from limen.specimen.tolerance import REGISTER_MM, UV_REGISTER_MM

from .documents import document


def recipe(seed: int) -> Recipe:
    """The document of the tests as one sheet of its press."""
    return with_tolerance(document("TD3", 12).recipe, seed)


def test_two_sheets_of_one_press_differ_and_say_the_same() -> None:
    """The pixels of each light but infrared differ, the truth does not."""
    first, other = render(recipe(1)), render(recipe(2))
    assert first.truth == other.truth == document("TD3", 12).truth
    for light in (Light.WHITE, Light.UV):
        assert not np.array_equal(first.images[light], other.images[light])
    again = render(recipe(1))
    assert all(np.array_equal(first.images[light], again.images[light]) for light in Light)


def test_a_sheet_stays_near_its_model() -> None:
    """The mean level differs by a few per cent, and every shift lies within what the press may do."""
    for seed in range(8):
        given = recipe(seed).tolerance
        assert given is not None
        assert np.hypot(*given.artwork) <= REGISTER_MM
        assert np.hypot(*given.fluorescence) <= UV_REGISTER_MM
    assert render(recipe(3)).image.mean() == pytest.approx(document("TD3", 12).image.mean(), rel=0.04)


def test_the_bearer_can_be_taken_again() -> None:
    """The same seed gives the same picture, another one another of the same size."""
    person = draft("TD3", 4).person
    first, again, other = live(person, 1), live(person, 1), live(person, 2)
    np.testing.assert_array_equal(first, again)
    assert first.shape == other.shape == (720, 960, 3)
    assert not np.array_equal(first, other)
