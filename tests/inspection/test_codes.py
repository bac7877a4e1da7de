"""Codes of issuer, nationality and document (Doc 9303-3, 4.7 and 5; 9303-4, 4.4; 9303-5 and -6, note k)."""

from __future__ import annotations

import datetime

import pytest
from asking import ask, verdict
from zones import MRV_A, TD1, TD2, td3, zone

ON = datetime.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [("D", "successful"), ("UNO", "successful"), ("SUN", "successful"), ("QQQ", "failed"), ("XXA", "failed")],
)
def test_issuer(issuer: str, expected: str) -> None:
    """Listed, and one that issues."""
    assert verdict("mrz.issuer.code", zone(td3(issuer=issuer))) == expected


def test_a_withdrawn_issuer_is_told() -> None:
    """Documents of former States may still turn up; the year is given."""
    result = ask("mrz.issuer.code", zone(td3(issuer="YUG")))
    assert result is not None
    assert "withdrawn in 2003" in result.details[0]


@pytest.mark.parametrize(
    ("nationality", "expected"),
    [("D", "successful"), ("XXB", "successful"), ("GBN", "successful"), ("QQQ", "failed")],
)
def test_nationality(nationality: str, expected: str) -> None:
    """Persons without a nationality have codes of their own."""
    assert verdict("mrz.nationality.code", zone(td3(nationality=nationality))) == expected


def test_specimen_issuers_are_noted_and_do_not_count() -> None:
    """Utopia issues nothing, and specimens are still shown as what they are."""
    result = ask("mrz.issuer.specimen", zone(td3()))
    assert result is not None
    assert (str(result.verdict), result.counts) == ("failed", False)
    assert verdict("mrz.issuer.specimen", zone(td3(issuer="D"))) == "successful"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (td3(code="PP"), "successful"),
        (td3(code="XP"), "failed"),
        (TD1, "successful"),
        (("IV" + TD1[0][2:], *TD1[1:]), "failed"),
        (("AI" + TD1[0][2:], *TD1[1:]), "failed"),
        (("AC" + TD1[0][2:], *TD1[1:]), "successful"),
        (("AC" + TD2[0][2:], TD2[1]), "failed"),
        (("P<" + TD1[0][2:], *TD1[1:]), "failed"),
        (MRV_A, "successful"),
    ],
)
def test_document_code(lines: tuple[str, ...], expected: str) -> None:
    """First and second letter by the format."""
    assert verdict("mrz.document_code.format", zone(lines)) == expected


@pytest.mark.parametrize(
    ("code", "expiry", "expected"),
    [
        ("PP", "400101", "successful"),
        ("P<", "371231", "successful"),
        ("P<", "380101", "failed"),
        ("PB", "380101", "failed"),
        ("PB", "360101", "undetermined"),
        ("PB", "351231", "successful"),
        ("P<", "3802<<", "undetermined"),
    ],
)
def test_dates_of_effect(code: str, expiry: str, expected: str) -> None:
    """Doc 9303-4, 4.4: second letters are fixed from 2026 on, and those without expire before 2038."""
    assert verdict("mrz.document_code.dates", zone(td3(code=code, expiry=expiry)), ON) == expected


def test_dates_of_effect_are_the_passports_alone() -> None:
    """Cards and visas have no such dates."""
    assert verdict("mrz.document_code.dates", zone(TD1), ON) == "not supported"


@pytest.mark.parametrize(
    ("issuer", "number", "expected"),
    [
        ("D", "C01X0006H", "successful"),
        ("D", "A01X0006H", "undetermined"),
        ("GBR", "925665416", "successful"),
        ("GBR", "92566541A", "undetermined"),
        ("MYS", "92566541A", "not supported"),
        ("UTO", "L898902C3", "not supported"),
    ],
)
def test_number_form(issuer: str, number: str, expected: str) -> None:
    """Never failed: issuers begin new series. A form known from specimens alone decides nothing."""
    assert verdict("mrz.number.form", zone(td3(issuer=issuer, number=number))) == expected
