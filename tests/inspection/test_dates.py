"""Dates against the calendar, the day of the inspection and each other (Doc 9303-3, 4.8; TR-03135-1, 5.7.1)."""

from __future__ import annotations

import datetime

import pytest
from asking import ask, verdict
from hypothesis import given
from hypothesis import strategies as st
from zones import TD1, td3, zone

ON = datetime.date(2026, 11, 23)


def judged(code: str, on: datetime.date = ON, **fields: str) -> str:
    return verdict(code, zone(td3(**fields)), on)


@pytest.mark.parametrize(
    ("field", "raw", "expected"),
    [
        ("birth", "740812", "successful"),
        ("birth", "740230", "failed"),
        ("birth", "741312", "failed"),
        ("birth", "<<<<<<", "successful"),
        ("birth", "7408<<", "successful"),
        ("birth", "010229", "failed"),
        ("expiry", "280229", "successful"),
        ("expiry", "270229", "failed"),
        ("expiry", "2802<<", "failed"),
    ],
)
def test_possible(field: str, raw: str, expected: str) -> None:
    """Only a date of birth may have unknown parts."""
    assert judged(f"mrz.date.{field}.possible", **{field: raw}) == expected


@pytest.mark.parametrize(
    ("expiry", "expected"),
    [
        ("261123", "successful"),
        ("261122", "failed"),
        ("991231", "failed"),
        ("361122", "successful"),
        ("411122", "successful"),
        ("411123", "undetermined"),
        ("700101", "undetermined"),
        ("770101", "failed"),
        ("2802<<", "undetermined"),
    ],
)
def test_expired(expiry: str, expected: str) -> None:
    """Valid through the last day; over 15 years ahead may as well be a century ago."""
    assert judged("mrz.date.expiry.expired", expiry=expiry) == expected


def test_a_card_may_be_valid_for_longer() -> None:
    """Cards of the old are often valid for life."""
    middle = "7408122F4504150UTO<<<<<<<<<<<6"
    assert verdict("mrz.date.expiry.expired", zone((TD1[0], middle, TD1[2])), ON) == "successful"


def test_expiry_does_not_speak_of_forgery() -> None:
    """The message keeps an expired document apart from a forged one, and names the day."""
    result = ask("mrz.date.expiry.expired", zone(td3(expiry="260101")), ON)
    assert result is not None
    assert "expired on 1 January 2026" in result.message
    assert "no sign of forgery" in result.message


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2060, 12, 31)), st.integers(-40 * 365, 14 * 365))
def test_expiry_agrees_with_the_calendar(on: datetime.date, days: int) -> None:
    """For any day of inspection and any expiry from 40 years ago to 14 ahead."""
    expiry = on + datetime.timedelta(days)
    expected = "failed" if expiry < on else "successful"
    assert judged("mrz.date.expiry.expired", on, expiry=f"{expiry:%y%m%d}") == expected


@pytest.mark.parametrize(
    ("birth", "expected"),
    [("740812", "successful"), ("7408<<", "not supported"), ("741312", "undetermined"), ("261123", "successful")],
)
def test_age(birth: str, expected: str) -> None:
    """Somebody of at most 120 years; unknown parts are no fault, impossible ones are another check's."""
    assert judged("mrz.date.birth.age", birth=birth) == expected


def test_a_leap_day_too_far_back() -> None:
    """Seen from 1999, 29 February 00 could only be 2000, not yet, or 1880 and before: 1900 had none."""
    assert judged("mrz.date.birth.age", datetime.date(1999, 6, 1), birth="000229") == "failed"
    assert judged("mrz.date.birth.age", datetime.date(2001, 6, 1), birth="000229") == "successful"


@pytest.mark.parametrize(
    ("birth", "expected"),
    [("740812", "successful"), ("261124", "undetermined"), ("281124", "undetermined"), ("291124", "successful")],
)
def test_birth_in_the_future(birth: str, expected: str) -> None:
    """The day after the inspection is read as 99 years ago, or as the future: a person decides."""
    assert judged("mrz.date.birth.future", birth=birth) == expected


@pytest.mark.parametrize(
    ("birth", "expiry", "expected"),
    [
        ("740812", "280101", "successful"),
        ("900101", "850101", "failed"),
        ("200101", "150101", "undetermined"),
        ("7408<<", "280101", "not supported"),
        ("740812", "2802<<", "undetermined"),
    ],
)
def test_order(birth: str, expiry: str, expected: str) -> None:
    """Born before the expiry; an older century counts only where its holder may be alive."""
    assert judged("mrz.date.order", birth=birth, expiry=expiry) == expected


RUSSIAN = (
    "PNRUSZDRIL7K<<SERGEQ<ANATOL9EVI3<<<<<<<<<<<<",
    "3919353498RUS7207233M<<<<<<<4151218910003<50",
)


@pytest.mark.parametrize(
    ("on", "expected"),
    [(datetime.date(2026, 1, 1), "successful"), (datetime.date(2015, 12, 17), "failed")],
)
def test_not_yet_valid_where_the_layout_has_an_issue(on: datetime.date, expected: str) -> None:
    """A national layout with a date of issue; the formats of Doc 9303 have none."""
    assert verdict("mrz.date.issue.not_yet_valid", zone(RUSSIAN), on) == expected
    assert verdict("mrz.date.issue.possible", zone(RUSSIAN), on) == "successful"
    assert judged("mrz.date.issue.not_yet_valid", on) == "not supported"


def test_issued_before_birth() -> None:
    """Where there is a date of issue, birth comes before it."""
    lines = (RUSSIAN[0], RUSSIAN[1].replace("7207233", "1607233"))
    assert verdict("mrz.date.order", zone(RUSSIAN), ON) == "successful"
    assert verdict("mrz.date.order", zone(lines), ON) == "undetermined"


def test_an_impossible_issue() -> None:
    """The date of issue is held against the calendar, too."""
    lines = (RUSSIAN[0], RUSSIAN[1].replace("151218", "151318"))
    assert verdict("mrz.date.issue.possible", zone(lines), ON) == "failed"
