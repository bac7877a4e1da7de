"""The zone as a person types it."""

import pytest

from limen.cli.typed import Typed, TypedError, typed_zone

UPPER = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
LOWER = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")


@pytest.mark.parametrize("text", [UPPER + LOWER, f"{UPPER} {LOWER}", f"{UPPER}\n{LOWER.lower()}"])
def test_the_whole_zone(text):
    """With or without a break between the lines, in any case of letters."""
    assert typed_zone(text) == Typed("L898902C3", "740812", "120415", (UPPER, LOWER))


def test_three_lines():
    """A card's zone."""
    assert typed_zone(" ".join(TD1)) == Typed("D23145890", "740812", "120415", TD1)


@pytest.mark.parametrize("text", [LOWER, "L898902C3/740812/120415", "l898902c3 / 740812 / 120415"])
def test_the_part_that_opens_a_chip(text):
    """The lower line, or number and dates alone: nothing to compare the chip with."""
    assert typed_zone(text) == Typed("L898902C3", "740812", "120415")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "0 characters"),
        (LOWER[:-1], "43 characters"),
        ("L898902C3/740812/1204", "YYMMDD"),
        ("L8989$2C3/740812/120415", "YYMMDD"),
        (LOWER.replace("740812", "740813"), "mistyped: birth"),
    ],
)
def test_what_opens_no_chip_is_refused(text, said):
    """The sentence says what to type."""
    with pytest.raises(TypedError, match=said):
        typed_zone(text)


def test_a_whole_zone_is_taken_as_it_stands():
    """A check digit that does not hold may be the document's own fault: the checks will say so."""
    wrong = UPPER + LOWER.replace("7408122", "7508122")
    assert typed_zone(wrong).birth == "750812"
