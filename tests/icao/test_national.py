"""National layouts, on published specimens."""

import pytest

from limen.icao.mrz import Format, Name, parse
from limen.icao.mrz.transliteration import to_russian

from . import examples


@pytest.mark.parametrize("lines", examples.NATIONAL.values(), ids=examples.NATIONAL)
def test_specimens_are_valid(lines: tuple[str, ...]) -> None:
    """The specimens' check digits hold and nothing in them is a problem."""
    mrz = parse(lines)
    assert (mrz.format, mrz.valid, mrz.problems) == (Format.OTHER, True, ())


def test_french_card() -> None:
    """The card of 1988: names in two fields, the month of issue within the number."""
    mrz = parse(examples.FRANCE_1988)
    assert mrz.name == Name("BERTHIER", "CORINNE")
    assert mrz.document_number == "880692310285"
    assert mrz.field("issue_month").value == "8806"
    assert mrz.field("department").value == "923"
    assert (mrz.birth_date.raw, mrz.sex) == ("651206", "F")
    assert [check.name for check in mrz.check_digits] == ["number", "birth", "composite"]


def test_french_card_with_several_given_names() -> None:
    """Given names keep the fillers between them, also two."""
    lines = ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858ANNE<<MARIE<<<6512068F6")
    assert parse(lines).name == Name("BERTHIER", "ANNE  MARIE")


def test_any_change_of_a_name_breaks_the_french_composite() -> None:
    """The composite digit of the French card covers the name, unlike Doc 9303's."""
    upper, lower = examples.FRANCE_1988
    mrz = parse((upper.replace("BERTHIER", "BERTHIES"), lower))
    assert [check.name for check in mrz.check_digits if not check.ok] == ["composite"]


def test_swiss_licence() -> None:
    """Three lines of 9, 30 and 30; the language stands in the number's line."""
    mrz = parse(examples.SWITZERLAND_DRIVING)
    assert (mrz.document_number, mrz.field("language").value) == ("AAA001D", "D")
    assert (mrz.name, mrz.issuer, mrz.birth_date.raw) == (Name("MARCHAND", "FABIENNE"), "CHE", "800126")


def test_french_licence() -> None:
    """One line with number, date of expiry and the beginning of the surname."""
    mrz = parse(examples.FRANCE_DRIVING)
    assert (mrz.document_number, mrz.expiry_date.raw, mrz.name) == ("13AA00002", "181231", Name("MARTIN"))


def test_russian_domestic_passport() -> None:
    """The name is Cyrillic letter by letter, with digits; the date of issue lies in the optional data."""
    mrz = parse(examples.RUSSIA_DOMESTIC)
    assert to_russian(mrz.name.primary) == "ЗДРИЛЮК"
    assert mrz.field("issue_date").value == "151218"
    assert mrz.expiry_date.raw == "<<<<<<"
