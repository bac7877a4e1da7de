"""From probabilities to characters."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from limen.vision.decode import Spelled, spell, spell_exactly
from limen.vision.recognise import ALPHABET, BLANK

CLASSES = len(ALPHABET) + 1
texts = st.text(ALPHABET[:37], min_size=1, max_size=44)
alike = st.text("<0O", min_size=2, max_size=44)
"""Many equal neighbours."""


def table(text: str, *, frames: int = 2, sure: float = 0.98) -> NDArray[np.float32]:
    """Each character for so many columns, then one of blank."""
    rows = []
    for char in text:
        rows += [ALPHABET.index(char) + 1] * frames + [BLANK]
    probability = np.full((len(rows), CLASSES), (1 - sure) / (CLASSES - 1), np.float32)
    probability[np.arange(len(rows)), rows] = sure
    return probability


def text_of(spelled: Spelled) -> str:
    return "".join(ALPHABET[k - 1] for k in spelled.classes)


def test_the_alphabet_is_that_of_training() -> None:
    """Class k of the net means the same character where it is trained and where it is used."""
    training = Path(__file__).resolve().parents[2] / "training" / "mrz_ocr" / "text.py"
    assert runpy.run_path(str(training))["ALPHABET"] == ALPHABET


@given(texts | alike)
def test_spell_gives_the_text_back(text: str) -> None:
    """Repeated characters with a blank between stay two."""
    assert text_of(spell(table(text))) == text


@given(texts | alike)
def test_spell_exactly_of_its_own_length_gives_the_text_back(text: str) -> None:
    """The search over all paths finds the one that is plainly there."""
    spelled = spell_exactly(table(text), len(text))
    assert text_of(spelled) == text


@given(texts | alike)
def test_spell_exactly_agrees_with_spell(text: str) -> None:
    """Where the count is right both put the characters in the same places."""
    free, bound = spell(table(text)), spell_exactly(table(text), len(text))
    assert bound.along == pytest.approx(free.along)
    np.testing.assert_allclose(bound.probability, free.probability)


@given(st.integers(0, 2**32), st.integers(40, 160), st.sampled_from([1, 30, 36, 40]))
def test_spell_exactly_gives_the_length_that_was_asked(seed: int, frames: int, length: int) -> None:
    """Of any table whatever; places grow from left to right, and each row of probability sums to one."""
    probability = np.random.default_rng(seed).dirichlet(np.full(CLASSES, 0.05), frames).astype(np.float32)
    spelled = spell_exactly(probability, length)
    assert len(spelled) == length
    assert all(0 < a < b < 1 for a, b in zip(spelled.along, spelled.along[1:], strict=False))
    assert BLANK not in spelled.classes
    np.testing.assert_allclose(spelled.probability.sum(axis=1), 1, atol=1e-4)


def test_spell_exactly_drops_the_least_probable_character() -> None:
    """One character too many: the faint one goes."""
    probability = table("ABCD")
    probability[3:5, :] = 0.55 / CLASSES
    probability[3:5, ALPHABET.index("B") + 1] = 0.25
    probability[3:5, BLANK] = 0.2
    assert text_of(spell(probability)) == "ABCD"
    assert text_of(spell_exactly(probability, 3)) == "ACD"


def test_spell_exactly_finds_the_character_that_was_passed_over() -> None:
    """One too few: where blank barely won, the second opinion is a character."""
    probability = table("ABCD")
    probability[3:5, BLANK] = 0.5
    probability[3:5, ALPHABET.index("B") + 1] = 0.45
    assert text_of(spell(probability)) == "ACD"
    assert text_of(spell_exactly(probability, 4)) == "ABCD"


def test_spell_exactly_refuses_more_characters_than_columns() -> None:
    """That cannot be spelled."""
    with pytest.raises(ValueError, match="do not fit into"):
        spell_exactly(table("AB"), 7)


def test_nothing_but_blank_spells_nothing() -> None:
    """An empty reading, not an error."""
    probability = np.zeros((20, CLASSES), np.float32)
    probability[:, BLANK] = 1
    assert len(spell(probability)) == 0
