"""Characters, values and the check digit: Doc 9303-3, 4.9 and Appendix A."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.icao.mrz import ALPHABET, CharacterError, MrzError, check_digit

VALUES = {char: index for index, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}


@pytest.mark.parametrize(
    ("text", "digit"),
    [
        ("520727", "3"),  # Appendix A, example 1
        ("AB2134<<<", "5"),  # example 2
        ("HA672242<658022549601086<<<<<<<<<<<<<<0", "8"),  # example 3
        ("D231458907<<<<<<<<<<<<<<<34071279507122<<<<<<<<<<<", "2"),  # example 4
        ("HA672242<658022549601086<<<<<<<", "8"),  # example 5
        ("", "0"),
    ],
)
def test_worked_examples(text: str, digit: str) -> None:
    """The worked examples of Appendix A come out."""
    assert check_digit(text) == digit


@given(st.text(ALPHABET, min_size=1, max_size=50), st.data())
def test_one_changed_character(text: str, data: st.DataObject) -> None:
    """A changed character changes the digit exactly when the weighted difference is no multiple of ten."""
    position = data.draw(st.integers(0, len(text) - 1))
    char = data.draw(st.sampled_from(ALPHABET))
    changed = text[:position] + char + text[position + 1 :]
    difference = (VALUES[char] - VALUES[text[position]]) * (7, 3, 1)[position % 3]
    assert (check_digit(changed) != check_digit(text)) == (difference % 10 != 0)


@given(st.text("0123456789", min_size=1, max_size=20), st.data())
def test_one_changed_digit_is_always_caught(text: str, data: st.DataObject) -> None:
    """All weights are prime to ten, so that no single wrong digit passes."""
    position = data.draw(st.integers(0, len(text) - 1))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != text[position]]))
    assert check_digit(text[:position] + wrong + text[position + 1 :]) != check_digit(text)


@pytest.mark.parametrize("char", ["Ñ", "a", " ", "-", "0", "«"])
def test_other_characters_have_no_value(char: str) -> None:
    """Lower case, accents, Arabic-Indic and full-width digits are refused, saying which and where."""
    if char == "0":
        char = "٠"
    with pytest.raises(CharacterError) as caught:
        check_digit("12" + char)
    assert (caught.value.char, caught.value.position) == (char, 2)
    assert isinstance(caught.value, MrzError)
