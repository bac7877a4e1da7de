"""A whole inspection, from a reading to its words."""

from __future__ import annotations

import datetime

import pytest
from asking import ON
from hypothesis import given, settings
from hypothesis import strategies as st
from zones import TD1, TD2, TD3, camera, zone

import limen.inspection
from limen.inspection import Verdict, all_checks, inspect


@pytest.mark.parametrize("lines", [TD1, TD2, TD3], ids=["TD1", "TD2", "TD3"])
@pytest.mark.parametrize("angles", [(0, 0, 0), (137, 12, 10), (-90, -15, 20)])
def test_a_good_zone_raises_no_objection(lines: tuple[str, ...], angles: tuple[int, int, int]) -> None:
    """The specimens of Doc 9303, however the camera is held."""
    turn, tilt, swing = angles
    inspection = inspect(zone(lines, see=camera(turn=turn, tilt=tilt, swing=swing)), on=ON)
    assert inspection.summary == "no irregularity found"
    assert inspection.verdict is Verdict.SUCCESSFUL
    assert inspection.irregularities == ()
    of_zone = [one.code for one in all_checks() if one.code.startswith(("mrz.", "print.", "reading."))]
    assert [result.code for result in inspection.checks] == of_zone


def test_without_a_zone_nothing_is_decided() -> None:
    """No zone is no fault of the document; the officer is told what to do."""
    inspection = inspect(None, on=ON)
    assert [result.code for result in inspection.checks] == ["mrz.found"]
    assert inspection.verdict is Verdict.UNDETERMINED
    assert inspection.mrz is None
    assert inspection.summary.startswith("could not be decided: no machine readable zone was found: ")


def test_a_shape_that_fits_no_layout_is_undetermined() -> None:
    """A missing character is more often the picture's fault; what can be asked without a layout is asked."""
    inspection = inspect(zone((TD3[0][:-1], TD3[1])), on=ON)
    verdicts = {result.code: result.verdict for result in inspection.checks}
    assert verdicts["mrz.format"] is Verdict.UNDETERMINED
    assert verdicts["print.typeface"] is Verdict.SUCCESSFUL
    assert "mrz.check_digit.number" not in verdicts
    assert inspection.verdict is Verdict.UNDETERMINED
    assert "43 and 44 characters" in inspection.summary


def test_a_changed_digit_is_referred() -> None:
    """A date of birth changed by a year: its check digit and the composite one say so, with the place."""
    reading = zone((TD3[0], TD3[1].replace("7408122", "7508122")))
    inspection = inspect(reading, on=ON)
    assert inspection.verdict is Verdict.FAILED
    assert [result.code for result in inspection.irregularities] == [
        "mrz.check_digit.birth",
        "mrz.check_digit.composite",
    ]
    birth = inspection.irregularities[0]
    assert (birth.found, birth.expected) == ("2", "5")
    assert birth.where[0][0] == reading.lines[1].glyphs[13].quad[0]
    assert birth.where[0][1] == reading.lines[1].glyphs[18].quad[1]
    assert inspection.summary.startswith("refer to second line: the check digit of the date of birth is 2")


ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<ÑÄ"


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([(44, 44), (36, 36), (30, 30, 30), (9, 30, 30), (30,), (34, 34), (5, 1), (44, 43)]).flatmap(
        lambda lengths: st.tuples(*(st.text(ALPHABET, min_size=n, max_size=n) for n in lengths))
    ),
    st.dates(datetime.date(1990, 1, 1), datetime.date(2080, 12, 31)),
    st.floats(0, 1),
)
def test_no_text_breaks_a_check(lines: tuple[str, ...], on: datetime.date, confidence: float) -> None:
    """Whatever stands in the zone, no check is aborted."""
    inspection = inspect(zone(lines, confidence=confidence), on=on)
    assert [r.code for r in inspection.checks if r.verdict is Verdict.ABORTED] == []


@settings(max_examples=40, deadline=None)
@given(st.text(ALPHABET, min_size=44, max_size=44), st.text(ALPHABET, min_size=44, max_size=44))
def test_nothing_fails_on_text_that_was_hardly_read(upper: str, lower: str) -> None:
    """With every character doubtful, no check of the text is failed, except where none is concerned."""
    inspection = inspect(zone((upper, lower), confidence=0.3), on=ON)
    failed = [r.code for r in inspection.checks if r.verdict is Verdict.FAILED and r.counts]
    assert failed == []


def test_public_names() -> None:
    """What the package exports is what it says."""
    for name in limen.inspection.__all__:
        assert hasattr(limen.inspection, name)
