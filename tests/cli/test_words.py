"""The words in which results are told."""

import datetime

import pytest

from limen.cli.exits import Exit, worst
from limen.cli.words import box, facts, headline, highlighted, label, ordered, place, printable, runs, tally
from limen.inspection import Obligation, Verdict

from .staged import ON, examined, inspection, result, span, zone


@pytest.mark.parametrize("angle", [0, 33, 90, 180, -120])
def test_places_are_told_by_line_and_position(angle):
    """A quad is told by the characters in it, counted from 1, however the document lies."""
    reading = zone(angle=angle)
    assert place(reading, [span(reading, 2, 14, 19)]) == "line 2, positions 14-19"
    assert place(reading, [span(reading, 1, 3, 3)]) == "line 1, position 3"
    assert place(reading, [reading.lines[0].quad]) == "line 1"
    assert place(reading, [reading.quad]) == "the whole zone"
    both = [span(reading, 1, 1, 2), span(reading, 2, 22, 27)]
    assert place(reading, both) == "line 1, positions 1-2; line 2, positions 22-27"


def test_neighbouring_places_are_joined():
    """What is covered and its check digit, side by side, are one run; a gap keeps runs apart."""
    reading = zone()
    quads = [span(reading, 2, 1, 9), span(reading, 2, 10, 10), span(reading, 2, 14, 20)]
    assert place(reading, quads) == "line 2, positions 1-10, 14-20"
    assert [(run.line, run.first, run.last) for run in runs(reading, quads)] == [(2, 1, 10), (2, 14, 20)]


def test_a_place_outside_the_zone_has_no_words():
    """A quad without a character in it is told in pixels alone."""
    assert place(zone(), [((0, 0), (9, 0), (9, 9), (0, 9))]) == ""
    assert place(None, [((0, 0), (9, 0), (9, 9), (0, 9))]) == ""


def test_boxes_are_in_pixels_of_the_source():
    """A box found in a reduced image is told in the pixels of the image as given, and ends at its edges."""
    frame = examined(scale=0.5).frame
    assert box(frame, [((10, 20), (30, 20), (30, 40), (10, 40))]) == (20, 40, 60, 80)
    assert box(frame, [((-5, 590), (900, 590), (900, 700), (-5, 700))]) == (0, 1180, 1600, 1200)
    assert box(frame, []) is None


def test_only_what_matters_is_highlighted():
    """Irregular checks that count; where there are none, those that left it undecided; never evaluatory ones."""
    fine, open_one = result("a.fine"), result("a.open", Verdict.UNDETERMINED)
    wrong, noted = result("a.wrong", Verdict.FAILED), result("a.noted", Verdict.FAILED, Obligation.EVALUATORY)
    assert highlighted(inspection(None, fine, open_one, wrong, noted)) == (wrong,)
    assert highlighted(inspection(None, fine, open_one, noted)) == (open_one,)
    assert highlighted(inspection(None, fine, noted)) == ()
    assert set(ordered(inspection(None, fine, open_one, wrong, noted))) == {fine, open_one, wrong, noted}
    assert label(noted) == "noted"


def test_the_tally_counts_every_check_once():
    """The counts add up to the total, and what does not count stands apart."""
    checks = [
        result("a.b"),
        result("a.c"),
        result("a.d", Verdict.FAILED),
        result("a.e", Verdict.FAILED, Obligation.EVALUATORY),
    ]
    assert tally(inspection(None, *checks)) == "4 checks: 2 no objection, 1 irregular, 1 for the log alone"
    assert tally(inspection(None)) == "no check applied"


@pytest.mark.parametrize("verdict", Verdict)
def test_no_headline_vouches(verdict):
    """Every verdict has words, and none says genuine, valid or authentic."""
    words = headline(verdict)
    assert words
    assert not {"genuine", "valid", "authentic"} & set(words.split())


def test_facts_are_what_the_zone_says():
    """Dates are told in full as of the day, and empty fields are left out."""
    told = dict(facts(inspection(zone()).mrz, ON))
    assert told["name"] == "ERIKSSON, ANNA MARIA"
    assert (told["born"], told["expires"]) == ("1974-08-12", "2012-04-15")
    unborn = zone(("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO<<<<<<0F1399999<<<<<<<<<<<<<<<0"))
    told = dict(facts(inspection(unborn).mrz, datetime.date(2026, 1, 1)))
    assert "born" not in told
    assert told["expires"] == "139999 (as it stands)"


def test_printable_text_cannot_steer_a_terminal():
    """Control characters of a file name are shown, not obeyed."""
    assert printable("a\x1b[2J\nb\tü") == "a\\x1b[2J\\nb\\tü"


def test_exit_codes_have_an_order():
    """An irregularity outweighs an unread input, which outweighs an undecided one."""
    assert worst([]) == Exit.CLEAR
    assert worst([Exit.CLEAR, Exit.UNDECIDED]) == Exit.UNDECIDED
    assert worst([Exit.UNDECIDED, Exit.UNREAD]) == Exit.UNREAD
    assert worst([Exit.UNREAD, Exit.IRREGULAR, Exit.UNDECIDED]) == Exit.IRREGULAR
