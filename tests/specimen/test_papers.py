"""Invented people and the entries of their documents."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from limen.icao.mrz import Format, build, find_layout, parse
from limen.specimen import GEOMETRIES, ISSUERS, draft
from limen.specimen.people import EPOCH, person

SEEDS = st.integers(0, 2**31)
FORMATS = st.sampled_from(list(GEOMETRIES))
CODES = st.sampled_from(list(ISSUERS))


@settings(deadline=None, max_examples=150)
@given(seed=SEEDS, format=FORMATS, code=CODES)
def test_every_zone_is_sound(seed: int, format: Format, code: str) -> None:
    """A zone has its format's layout, holds all check digits, is what `build` makes of what `parse` finds, and has
    no problem but that nobody knows the invented codes.
    """
    lines = draft(format, seed, code).lines
    mrz = parse(lines)
    assert find_layout(lines) is not None
    assert mrz.format is format
    assert mrz.valid
    strangers = {code, draft(format, seed, code).papers.nationality} - {"UTO"}
    assert {problem.found for problem in mrz.problems} == strangers
    assert build(mrz) == lines


@settings(deadline=None, max_examples=100)
@given(seed=SEEDS, format=FORMATS, code=CODES)
def test_the_zone_says_what_the_visual_zone_says(seed: int, format: Format, code: str) -> None:
    """Number, birth and expiry of the zone are those of the entries."""
    recipe = draft(format, seed, code)
    mrz = parse(recipe.lines)
    assert mrz.document_number == recipe.papers.number
    assert mrz.birth_date.raw == recipe.person.birth.strftime("%y%m%d")
    assert mrz.expiry_date.raw == recipe.papers.expires.strftime("%y%m%d")
    assert mrz.issuer == code


@settings(deadline=None, max_examples=100)
@given(seed=SEEDS)
def test_people_are_grown_up_and_documents_valid(seed: int) -> None:
    """Nobody is under 18 or over 85, and no document has expired or is issued later than now."""
    recipe = draft("TD3", seed)
    assert 18 <= recipe.person.age <= 85
    assert recipe.papers.issued < EPOCH < recipe.papers.expires


def test_a_person_is_decided_by_the_seed() -> None:
    """The same generator state gives the same person, another one another."""
    first, again, other = (person(np.random.default_rng(seed), ("HERE",)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_invented_issuers_can_never_be_states() -> None:
    """All codes but UTO lie in QMA to QZZ, which ISO 3166-1 leaves to its users."""
    assert [code for code in ISSUERS if not "QMA" <= code <= "QZZ"] == ["UTO"]
