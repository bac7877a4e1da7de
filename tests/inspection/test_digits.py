"""Check digits, each by its name, held against how surely they were read (Doc 9303-3, 4.9)."""

from __future__ import annotations

import pytest
from asking import ask, verdict
from zones import MRV_A, TD1, TD3, td3, zone

from limen.icao.mrz import check_digit

PLACES = {"number": 9, "birth": 19, "expiry": 27, "optional": 42, "composite": 43}


@pytest.mark.parametrize("name", PLACES)
def test_right_and_wrong(name: str) -> None:
    """A digit that holds passes; one that does not is failed, with both digits and the place."""
    code, column = f"mrz.check_digit.{name}", PLACES[name]
    assert verdict(code, zone(TD3)) == "successful"
    right = TD3[1][column]
    wrong = str((int(right) + 1) % 10)
    result = ask(code, zone((TD3[0], TD3[1][:column] + wrong + TD3[1][column + 1 :])))
    assert result is not None
    assert (str(result.verdict), result.found, result.expected) == ("failed", wrong, right)
    assert len(result.where) >= 2


def test_wrong_over_a_doubtful_character_is_undetermined_with_its_place() -> None:
    """Nothing is failed on account of a character that was not read surely."""
    lines = (TD3[0], TD3[1].replace("7408122", "7508122"))
    reading = zone(lines, unsure={(1, 14): 0.4})
    result = ask("mrz.check_digit.birth", reading)
    assert result is not None
    assert str(result.verdict) == "undetermined"
    assert result.where == (reading.lines[1].glyphs[14].quad,)
    assert "character 15 of line 2 (read as '5', 40% sure)" in result.message


def test_doubt_elsewhere_excuses_nothing() -> None:
    """A doubtful character that the digit does not cover leaves it failed."""
    lines = (TD3[0], TD3[1].replace("7408122", "7508122"))
    assert verdict("mrz.check_digit.birth", zone(lines, unsure={(0, 10): 0.1, (1, 0): 0.1})) == "failed"


def test_a_mended_character_under_a_digit_that_holds_is_told() -> None:
    """A text that holds after the grammar settled a character says which one."""
    result = ask("mrz.check_digit.birth", zone(TD3, corrected={(1, 15): "O"}))
    assert result is not None
    assert str(result.verdict) == "successful"
    assert result.details == (
        "Character 16 of line 2 looks like 'O' and was taken for '0', since its position admits no 'O'.",
    )


def test_a_doubtful_character_under_a_digit_that_holds_is_told() -> None:
    """So is one that was not read surely."""
    result = ask("mrz.check_digit.number", zone(TD3, unsure={(1, 2): 0.5}))
    assert result is not None
    assert "character 3 of line 2 (read as '9', 50% sure) was not read surely" in result.details[0]


@pytest.mark.parametrize(("name", "lines"), [("optional", TD1), ("optional", MRV_A), ("composite", MRV_A)])
def test_what_the_layout_lacks_is_not_supported(name: str, lines: tuple[str, ...]) -> None:
    """A visa without a composite check digit is no worse for it."""
    assert verdict(f"mrz.check_digit.{name}", zone(lines)) == "not supported"


def test_an_open_optional_digit_holds() -> None:
    """Without optional data the filler may stand for the check digit (Doc 9303-4, 4.2.2.2)."""
    upper, lower = td3()
    lower = lower[:42] + "<" + lower[43]
    assert verdict("mrz.check_digit.optional", zone((upper, lower))) == "successful"


def test_a_long_number_is_judged_where_its_digit_is() -> None:
    """Doc 9303-5, 4.2.2 note j: the digit of a long number stands in the optional data, with the rest before it."""
    digit = check_digit("D23145890734")
    wrong = str((int(digit) + 1) % 10)
    for found, expected in ((digit, "successful"), (wrong, "failed")):
        reading = zone((f"I<UTOD23145890<734{found}<<<<<<<<<<<", *TD1[1:]))
        result = ask("mrz.check_digit.number", reading)
        assert result is not None
        assert (str(result.verdict), result.found) == (expected, found)
    assert result.where[1][1] == reading.lines[0].glyphs[17].quad[1]
    assert result.where[2] == reading.lines[0].glyphs[18].quad
