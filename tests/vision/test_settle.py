"""The grammar settles only what the recogniser itself doubts, and says so."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.icao.mrz import parse
from limen.vision import Why, ZoneReading
from limen.vision.decode import Spelled
from limen.vision.geometry import Strip
from limen.vision.recognise import ALPHABET
from limen.vision.refine import ReadLine
from limen.vision.settle import settle

UPPER = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
LOWER = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
BIRTH = slice(13, 19)


def read(*lines: str, doubts: dict[tuple[int, int], tuple[str, float]] | None = None) -> ZoneReading:
    """The reading of these lines by a net that is sure of all but what `doubts` says: (other character, its share)."""
    given = []
    for row, text in enumerate(lines):
        probability = np.full((len(text), len(ALPHABET) + 1), 1e-7, np.float32)
        classes = tuple(ALPHABET.index(char) + 1 for char in text)
        probability[np.arange(len(text)), classes] = 1
        for (line, column), (other, share) in (doubts or {}).items():
            if line == row:
                probability[column, ALPHABET.index(other) + 1] = share
                probability[column, classes[column]] = 1 - share
        along = tuple((column + 1.15) / (len(text) + 1.3) for column in range(len(text)))
        strip = Strip((100.0, 200.0 + 30 * row), 0.0, 0.0, 12.0 * len(text), half=10.0)
        given.append(ReadLine(strip, Spelled(classes, along, probability), 0.9))
    return settle(given, (800, 600))


def put(text: str, column: int, char: str) -> str:
    return text[:column] + char + text[column + 1 :]


def test_a_letter_in_a_date_stays_where_the_net_is_sure() -> None:
    """An O printed in a date of birth is a finding, not a slip of the reader."""
    forged = put(LOWER, 14, "O")
    zone = read(UPPER, forged)
    assert zone.text == (UPPER, forged)
    assert not any(glyph.corrected for line in zone.lines for glyph in line.glyphs)


def test_a_letter_in_a_date_is_settled_where_the_net_doubts() -> None:
    """The digit is taken; what the pixels favour, why it was changed and how unsure that is stay visible."""
    zone = read(UPPER, put(LOWER, 14, "O"), doubts={(1, 14): ("0", 0.3)})
    glyph = zone.lines[1].glyphs[14]
    assert (glyph.char, glyph.optical, glyph.why) == ("0", "O", Why.POSITION)
    assert glyph.confidence == pytest.approx(0.3)
    assert zone.lines[1].optical == put(LOWER, 14, "O")


def test_only_look_alikes_are_taken() -> None:
    """An A in a date stays, whatever the net's second opinion is."""
    zone = read(UPPER, put(LOWER, 14, "A"), doubts={(1, 14): ("4", 0.4)})
    assert zone.lines[1].text == put(LOWER, 14, "A")


def test_a_position_that_admits_both_is_left_alone() -> None:
    """In a document number O and 0 are both admitted, so the pixels decide."""
    zone = read(UPPER, put(LOWER, 3, "O"), doubts={(1, 3): ("0", 0.49)})
    assert zone.lines[1].glyphs[3].char == "O"
    assert zone.lines[1].glyphs[3].why is None


@given(st.sampled_from([*range(10), *range(13, 20), *range(21, 28), 43]), st.sampled_from("0123456789"))
def test_no_digit_is_changed_for_a_check_digit(column: int, char: str) -> None:
    """A changed digit stays, though the net held the right one for as likely and the check digits then would hold."""
    right = LOWER[column]
    changed = put(LOWER, column, char)
    zone = read(UPPER, changed, doubts={(1, column): (right, 0.49)} if char != right else {})
    assert zone.text == (UPPER, changed)


def test_the_changed_digit_is_then_found() -> None:
    """What was not repaired fails its check digit."""
    zone = read(UPPER, put(LOWER, 14, "9"), doubts={(1, 14): ("4", 0.49)})
    assert not parse(zone.text).valid


def test_the_measures_are_those_of_the_strips() -> None:
    """Pitch, distance of the lines, direction and size of the image come out as laid down."""
    zone = read(UPPER, LOWER)
    assert zone.pitch_px == pytest.approx(12 * 44 / 45.3)
    assert zone.line_pitch_px == pytest.approx(30)
    assert zone.angle_deg == pytest.approx(0)
    assert zone.ocrb == pytest.approx(0.9)
    assert zone.image_size == (800, 600)
