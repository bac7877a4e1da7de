"""How surely the zone was read: nothing doubtful and nothing mended goes unsaid."""

from __future__ import annotations

from asking import ask, verdict
from zones import TD3, zone


def test_a_doubtful_letter_of_the_name_is_undetermined() -> None:
    """No check digit covers the name of a passport."""
    reading = zone(TD3, unsure={(0, 7): 0.4})
    result = ask("reading.sure", reading)
    assert result is not None
    assert str(result.verdict) == "undetermined"
    assert result.where == (reading.lines[0].glyphs[7].quad,)
    assert verdict("reading.sure", zone(TD3)) == "successful"


def test_a_check_digit_proves_one_doubtful_character() -> None:
    """One, for a single error always breaks it; not two, whose errors may cancel out."""
    assert verdict("reading.sure", zone(TD3, unsure={(1, 14): 0.4})) == "successful"
    assert verdict("reading.sure", zone(TD3, unsure={(1, 14): 0.4, (1, 16): 0.4})) == "undetermined"


def test_a_digit_that_does_not_hold_proves_nothing() -> None:
    """The doubtful character may be the wrong one."""
    lines = (TD3[0], TD3[1].replace("7408122", "7508122"))
    assert verdict("reading.sure", zone(lines, unsure={(1, 14): 0.4})) == "undetermined"


def test_what_the_grammar_settled_is_listed_and_does_not_count() -> None:
    """Each character with what the pixels favour."""
    reading = zone(TD3, corrected={(1, 15): "O", (0, 9): "5"}, unsure={(1, 15): 0.3, (0, 9): 0.3})
    result = ask("reading.corrected", reading)
    assert result is not None
    assert (str(result.verdict), result.counts) == ("undetermined", False)
    assert len(result.details) == 2
    assert (result.found, result.expected) == ("5O", "S0")
    assert verdict("reading.corrected", zone(TD3)) == "successful"


def test_pixels_that_speak_against_the_grammar_are_told() -> None:
    """A near equal was settled; what looks clearly like another character is a person's to judge."""
    near, against = 0.3, 0.01
    settled = {(0, 9): "5"}
    assert verdict("reading.sure", zone(TD3, corrected=settled, unsure={(0, 9): near})) == "successful"
    assert verdict("reading.sure", zone(TD3, corrected=settled, unsure={(0, 9): against})) == "undetermined"


def test_without_a_layout_nothing_is_proved() -> None:
    """Lines of another shape have no check digits."""
    lines = (TD3[0][:-1], TD3[1])
    assert verdict("reading.sure", zone(lines, unsure={(1, 14): 0.4})) == "undetermined"
