"""Issuers, document codes and number formats: Doc 9303-3, section 5; 9303-4, 4.4; data."""

import datetime
import re
from collections import Counter

import pytest

from limen.icao import codes
from limen.icao.codes import Kind


@pytest.mark.parametrize(
    ("code", "kind", "name"),
    [
        ("FRA", Kind.STATE, "France"),
        ("D", Kind.STATE, "Germany"),
        ("D<<", Kind.STATE, "Germany"),
        ("RKS", Kind.STATE, "Kosovo"),
        ("GBN", Kind.NATIONALITY, "British National (Overseas)"),
        ("EUE", Kind.ORGANIZATION, "European Union"),
        ("XPO", Kind.ORGANIZATION, "International Criminal Police Organization (INTERPOL)"),
        ("XXB", Kind.PERSON, "Refugee (1951 Convention and 1967 Protocol)"),
        ("UTO", Kind.SPECIMEN, "Utopia"),
        ("IAO", Kind.MASTER_LIST, "International Civil Aviation Organization"),
        ("SUN", Kind.FORMER, "Union of Soviet Socialist Republics"),
        ("ANT", Kind.FORMER, "Netherlands Antilles"),
    ],
)
def test_lookup(code: str, kind: Kind, name: str) -> None:
    """Codes of every part of section 5 are known by kind and name, with or without fillers."""
    found = codes.lookup(code)
    assert found is not None
    assert (found.kind, found.name) == (kind, name)


@pytest.mark.parametrize("code", ["", "<<<", "ZZZ", "fra", "FR", "XX", "DD", "F<A"])
def test_unknown(code: str) -> None:
    """What no list has is None."""
    assert codes.lookup(code) is None


def test_the_lists_are_complete() -> None:
    """ISO 3166-1 has 249 entries; Doc 9303-3, section 5, adds those of its parts A to H."""
    kinds = Counter(code.kind for code in codes.CODES.values())
    assert kinds[Kind.STATE] == 249 + 2
    assert kinds[Kind.NATIONALITY] == 5
    assert kinds[Kind.ORGANIZATION] == 1 + 3 + 11
    assert kinds[Kind.PERSON] == 4
    two = [code.alpha2 for code in codes.CODES.values() if code.kind is Kind.STATE and code.code != "D"]
    assert len(set(two)) == len(two)


def test_entries_are_well_formed() -> None:
    """Codes are one or three capital letters, former ones have a year and successors that exist."""
    for code in codes.CODES.values():
        assert re.fullmatch("D|[A-Z]{3}", code.code)
        assert code.alpha2 is None or re.fullmatch("[A-Z]{2}", code.alpha2)
        assert (code.until is not None) == (code.kind is Kind.FORMER)
        assert all(codes.lookup(after) for after in code.successors)


def test_document_codes() -> None:
    """The fixed second letters of passports are those of Doc 9303-4, 4.4, and PU of 9303-8."""
    fixed = {code for code in codes.DOCUMENT_CODES if code[0] == "P"}
    assert fixed == {"PP", "PE", "PD", "PO", "PR", "PT", "PS", "PL", "PM", "PU"}
    found = codes.document_code("PD")
    assert found is not None
    assert found.name == "Diplomatic passport"
    assert codes.document_code("P<") is None
    assert codes.harmonized("PP")
    assert not codes.harmonized("PN")
    assert not codes.harmonized("AC")


@pytest.mark.parametrize(
    ("code", "issued", "expires", "required"),
    [
        ("P<", None, None, False),
        ("P<", None, datetime.date(2037, 12, 31), False),
        ("P<", None, datetime.date(2038, 1, 1), True),
        ("P<", datetime.date(2027, 12, 31), None, False),
        ("P<", datetime.date(2028, 1, 1), None, True),
        ("PN", datetime.date(2025, 12, 31), None, False),
        ("PN", datetime.date(2026, 1, 1), None, True),
    ],
)
def test_dates_of_effect(
    code: str, issued: datetime.date | None, expires: datetime.date | None, required: bool
) -> None:
    """From 2026 a second letter must be a fixed one, from 2028 there must be one, others end before 2038."""
    assert codes.harmonized_required(code, issued=issued, expires=expires) is required


@pytest.mark.parametrize(
    ("issuer", "code", "number", "fits"),
    [
        ("GBR", "P", "012345678", True),
        ("GBR", "P", "B12345678", False),
        ("USA", "P", "A12345678", True),
        ("USA", "P", "340000060", True),
        ("D", "P", "C01YPTNHM", True),
        ("D<<", "ID", "L01XPVM8J", True),
        ("D", "P", "C01YPTNAM", False),
        ("FRA", "PP", "60RF19765", True),
        ("NLD", "I", "SPECI2014", True),
        ("NLD", "I", "SPECO2014", False),
        ("BEL", "ID", "600001795015", True),
    ],
)
def test_number_formats(issuer: str, code: str, number: str, fits: bool) -> None:
    """Numbers of published specimens fit, others of the same issuer do not."""
    formats = codes.number_formats(issuer, code)
    assert formats
    assert any(entry.fits(number) for entry in formats) is fits


def test_number_formats_are_well_formed() -> None:
    """Patterns compile, issuers exist, and an unknown issuer or an empty code has none."""
    for entry in codes.NUMBER_FORMATS:
        re.compile(entry.pattern)
        assert codes.lookup(entry.issuer) is not None
        assert set(entry.kinds) <= set("PI")
        assert entry.description
    assert codes.number_formats("UTO", "P") == ()
    assert codes.number_formats("GBR", "") == ()


@pytest.mark.parametrize("code", ["PE", "PD", "PR", "PU", "IR", "IP", "AR", "V"])
def test_only_ordinary_documents_have_known_formats(code: str) -> None:
    """Emergency, official and refugees' passports, permits and visas have series of their own."""
    assert codes.number_formats("ESP", code) == ()


@pytest.mark.parametrize(
    ("issuer", "layout", "first", "second", "number"),
    [
        ("BEL", "TD1", "", "13010198739", "13010198739"),
        ("ESP", "TD1", "99999999R", "", "99999999R"),
        ("HRV", "TD1", "05781305459", "", "05781305459"),
        ("FIN", "TD3", "211271<426U", "", "211271<426U"),
        ("NLD", "TD1", "999999990<<<<<8", "", "999999990"),
        ("LTU", "TD3", "490031110456", "", None),
        ("UTO", "TD3", "ZE184226B", "", None),
        ("USA", "TD1", "LIN1044750079", "", None),
    ],
)
def test_personal_numbers(issuer: str, layout: str, first: str, second: str, number: str | None) -> None:
    """Issuers that put personal numbers into the optional data have them found there, others do not."""
    assert codes.personal_number(issuer, layout, first, second) == number


def test_optional_uses_are_well_formed() -> None:
    """Issuers exist, patterns compile, and other uses than personal numbers are known."""
    for use in codes.OPTIONAL_USES:
        re.compile(use.pattern)
        assert codes.lookup(use.issuer) is not None
    (use,) = codes.optional_uses("USA", "TD1")
    assert use.read("LIN1044750079") == "LIN1044750079"
    assert use.read("LIN10447500791") is None


def test_belgian_card_numbers() -> None:
    """Ten digits and their remainder modulo 97."""
    assert codes.belgian_digits_hold("600001476935")
    assert not codes.belgian_digits_hold("600001476936")
    assert not codes.belgian_digits_hold("60000147693")
