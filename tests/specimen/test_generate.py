"""The stream of labelled captures."""

import numpy as np
import pytest

from limen.icao.mrz import parse
from limen.specimen import FRAUDS, GEOMETRIES, UnknownNameError, generate


def test_captures_do_not_depend_on_how_many_there_are() -> None:
    """The first of two is the first of three, to the last bit."""
    two, three = (list(generate(n, 4, styles=["scan"], ppi=(120, 150))) for n in (2, 3))
    assert len(three) == 3
    for first, again in zip(two, three, strict=False):
        np.testing.assert_array_equal(first.image, again.image)
        assert first.truth == again.truth


def test_formats_take_turns_and_truth_is_sound() -> None:
    """Five captures are five formats, each within the resolutions asked for."""
    taken = list(generate(5, 1, ppi=(150, 180)))
    assert [item.truth.format for item in taken] == [format.value for format in GEOMETRIES]
    for item in taken:
        assert parse(item.truth.lines).valid
        assert 145 < item.truth.ppi < 185


@pytest.mark.parametrize("name", list(FRAUDS))
def test_every_fraud_can_be_asked_for(name: str) -> None:
    """Each format can have it; a card turns its front up where the portrait is meant."""
    (item,) = generate(1, 2, formats=["TD1"], frauds=[name], styles=["reader"], ppi=(120, 121))
    assert [label.name for label in item.truth.frauds] == [name]


def test_captures_without_a_zone() -> None:
    """With a share of one, none has a zone."""
    (item,) = generate(1, 3, without_zone=1.0, styles=["scan"], ppi=(120, 121))
    assert item.truth.lines == ()
    assert item.truth.zone is None


def test_unknown_frauds_are_refused() -> None:
    """Not passed over in silence."""
    with pytest.raises(UnknownNameError):
        next(generate(1, 1, frauds=["sorcery"]))
