"""Dates and their century: Doc 9303-3, 4.8."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.icao.mrz import DateKind, MrzDate

TODAY = datetime.date(2026, 11, 20)


def test_parts() -> None:
    """Six digits are year, month and day; fillers are unknown parts."""
    date = MrzDate("42<<12")
    assert (date.year2, date.month, date.day) == (42, None, 12)
    assert not date.complete
    assert date.possible


@pytest.mark.parametrize(
    ("raw", "possible"),
    [
        ("420712", True),
        ("421312", False),
        ("420012", False),
        ("420700", False),
        ("420431", False),
        ("000229", True),
        ("010229", False),
        ("040229", True),
        ("<<0229", True),
        ("<<0230", False),
        ("<<<<31", True),
        ("<<<<32", False),
        ("<<<<<<", True),
        ("4<0712", False),
        ("A20712", False),
        ("42071", False),
        ("٤٢0712", False),
        ("", False),
    ],
)
def test_possible(raw: str, possible: bool) -> None:
    """A date is possible when some year has it; parts are two digits or two fillers."""
    assert MrzDate(raw).possible is possible


@pytest.mark.parametrize(
    ("raw", "kind", "date"),
    [
        ("740812", DateKind.BIRTH, datetime.date(1974, 8, 12)),
        ("261120", DateKind.BIRTH, TODAY),
        ("261121", DateKind.BIRTH, datetime.date(1926, 11, 21)),
        ("000229", DateKind.BIRTH, datetime.date(2000, 2, 29)),
        ("360101", DateKind.EXPIRY, datetime.date(2036, 1, 1)),
        ("760101", DateKind.EXPIRY, datetime.date(1976, 1, 1)),
        ("750101", DateKind.EXPIRY, datetime.date(2075, 1, 1)),
        ("120415", DateKind.EXPIRY, datetime.date(2012, 4, 15)),
        ("9401<<", DateKind.BIRTH, None),
        ("941301", DateKind.BIRTH, None),
    ],
)
def test_century(raw: str, kind: DateKind, date: datetime.date | None) -> None:
    """Births lie in the past, expiries within 50 years of the reference; unknown parts leave no date."""
    assert MrzDate(raw).resolve(TODAY, kind) == date


def test_old_holder_keeps_both_centuries() -> None:
    """Who may be ten or a hundred and ten years old has two possible birth dates, the later one first."""
    dates = MrzDate("160501").candidates(TODAY, "birth")
    assert dates == (datetime.date(2016, 5, 1), datetime.date(1916, 5, 1))
    assert MrzDate("160501").candidates(TODAY, "birth", max_age=99) == dates[:1]


@given(st.dates(), st.dates(datetime.date(200, 1, 1), datetime.date(9800, 1, 1)), st.sampled_from(DateKind))
def test_resolved_dates_are_in_their_window(date: datetime.date, reference: datetime.date, kind: DateKind) -> None:
    """Whatever comes out ends in the same six digits and lies where its kind must."""
    raw = date.strftime("%y%m%d")
    for found in MrzDate(raw).candidates(reference, kind):
        assert found.strftime("%y%m%d") == raw
        if kind is DateKind.EXPIRY:
            assert -50 <= found.year - reference.year < 50
        else:
            assert found <= reference


@given(st.text(max_size=8), st.dates())
def test_any_text_is_no_error(raw: str, reference: datetime.date) -> None:
    """No text makes a date fail; what is not possible resolves to nothing."""
    date = MrzDate(raw)
    assert date.possible or date.resolve(reference, DateKind.BIRTH) is None
