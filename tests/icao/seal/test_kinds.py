"""The values of features, and what a duration of stay says."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.icao.seal import KINDS, Coding, SealError, c40, describe_stay, read_value

VISA = KINDS[0x5D, 0x01]
CHARACTERS = "<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.mark.parametrize(
    ("stay", "words"),
    [
        ((0, 0, 0), "until the end of the visa's validity"),
        ((255, 255, 255), "decided at entry"),
        ((254, 254, 254), "transit without entry"),
        ((1, 0, 0), "1 day"),
        ((90, 6, 1), "90 days, 6 months, 1 year"),
    ],
)
def test_stays(stay, words):
    """The reserved triples and sums."""
    assert describe_stay(stay) == words


@given(st.sampled_from([1, 2]), st.text(CHARACTERS, min_size=72, max_size=72))
def test_zones_come_back(tag, text):
    """Both lines of a visa's zone, the second to its 28th character, fillers as fillers."""
    first = 44 if tag == 1 else 36
    kept = text[: first + 28]
    assert read_value(VISA.spec(tag), c40.encode(kept)) == (kept[:first], kept[first:])


@given(st.sampled_from([(kind, spec) for kind in KINDS.values() for spec in kind.features]), st.binary(max_size=100))
def test_any_octets_give_a_value_or_a_sentence(of, value):
    """Only `SealError` comes out of a feature."""
    with suppress(SealError):
        assert isinstance(read_value(of[1], value), str | int | bytes | tuple)


def test_tags_are_told_apart():
    """No kind uses a tag or the marker of the signature twice."""
    for kind in KINDS.values():
        tags = [one.tag for one in kind.features]
        assert len(tags) == len(set(tags))
        assert 0xFF not in tags


def test_a_length_out_of_bounds_is_told():
    """The feature and the bounds are named."""
    spec = VISA.spec(4)
    assert spec.coding is Coding.STAY
    with pytest.raises(SealError, match="duration of stay has 2 octets instead of 3 to 3"):
        read_value(spec, b"\0\0")
