"""Entries of the visual zone against what the zone says, form by form."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.icao.mrz import Name, fit_name, transliterate
from limen.icao.visual import (
    Day,
    Field,
    Relation,
    compare_code,
    compare_date,
    compare_full_name,
    compare_name,
    compare_number,
    compare_sex,
    compare_state,
    label_of,
)

DAYS = (Day(1974, 8, 12),)
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÅÆÐÑÖØÜÞĐŁŒẞÇÉŠŽŘŐİ"
names = st.lists(st.text(LATIN, min_size=2, max_size=9), min_size=1, max_size=3).map(" ".join)


@given(names, st.sampled_from(["{}", "{} ", "O'{}", "{}-LEE"]))
def test_a_name_agrees_with_its_own_transliteration(name: str, form: str) -> None:
    """Whatever national letters, apostrophes and hyphens it has."""
    printed = form.format(name)
    assert compare_name(printed, transliterate(printed)).agrees
    assert compare_name(printed, transliterate(printed), machine_read=True).agrees


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=12), st.data())
def test_another_letter_differs_at_its_place(name: str, data: st.DataObject) -> None:
    """The text that would agree is the name itself, and one change away."""
    place = data.draw(st.integers(0, len(name) - 1))
    other = data.draw(st.sampled_from([char for char in "BCDFGHJKLMPQRSTVWXYZ" if char != name[place]]))
    printed = name[:place] + other + name[place + 1 :]
    compared = compare_name(printed, name)
    assert compared.relation is Relation.DIFFERS
    assert compared.edits == 1
    assert compare_name(compared.nearest, name).agrees


@given(names, names, st.integers(6, 30))
def test_a_truncated_name_agrees_with_the_whole_one(primary: str, secondary: str, length: int) -> None:
    """By the rules of Doc 9303-4, 4.2.3."""
    full = Name(transliterate(primary).replace("<", " "), transliterate(secondary).replace("<", " "))
    fitted = fit_name(full, length)
    assert compare_name(primary, fitted.primary, truncated=fitted.truncated).agrees


@pytest.mark.parametrize(
    ("printed", "zone", "agrees"),
    [
        ("SØREN", "SOEREN", True),
        ("MÜLLER", "MUELLER", True),
        ("MÜLLER", "MULLER", True),
        ("NÚÑEZ", "NUNXXEZ", True),
        ("GROSS", "GROS", False),
        ("van der Öst", "VAN DER OEST", True),
        ("Иванов", "IVANOV", True),
        ("PELQUIST", "PELQUISF", False),
    ],
)
def test_names(printed: str, zone: str, agrees: bool) -> None:
    """Doc 9303-3, section 6."""
    assert compare_name(printed, zone).agrees is agrees


def test_an_overlooked_mark_is_a_readers_fault() -> None:
    """What a machine read as SOREN may be SØREN; what a person typed is not."""
    assert compare_name("SOREN", "SOEREN", machine_read=True).agrees
    assert compare_name("SOREN", "SOEREN").differs
    assert compare_name("R0SA", "ROSA", machine_read=True).agrees
    assert compare_name("PURIDUR", "THURIDUR", machine_read=True).agrees


def test_a_part_of_a_name_says_nothing() -> None:
    """One line of a name in two; another word beside it differs."""
    assert compare_name("PAUL", "PAUL MICHAEL").relation is Relation.UNCLEAR
    assert compare_name("PAUL MICHAEK", "PAUL MICHAEL").edits == 1


def test_names_in_one_entry() -> None:
    """In either order."""
    assert compare_full_name("ANNA MARIA ERIKSSON", Name("ERIKSSON", "ANNA MARIA")).agrees
    assert compare_full_name("Eriksson, Anna Maria", Name("ERIKSSON", "ANNA MARIA")).agrees


def test_a_script_without_a_table_is_unclear() -> None:
    """Thai letters say nothing either way."""
    assert compare_name("สมชาย", "SOMCHAI").relation is Relation.UNCLEAR


@pytest.mark.parametrize(
    "printed",
    [
        "12 AUG 1974",
        "12AUG1974",
        "12 AUG/AOÛT 74",
        "12 SIERPIEŃ/AUG 1974",
        "12 Ağustos 1974",
        "12.08.1974",
        "1974-08-12",
        "12 08 1974",
        "08/12/1974",
        "12. 8. 1974",
        "AUG 12, 1974",
        "12081974",
        "12.08.74",
        "12.08.2517",
        "Date of birth 12 AUG 1974",
        "I2 AUG I974",
    ],
)
def test_forms_of_a_date(printed: str) -> None:
    """All mean 12 August 1974."""
    assert compare_date(printed, DAYS).agrees


@pytest.mark.parametrize(
    ("printed", "nearest"),
    [
        ("13 AUG 1974", "12 AUG 1974"),
        ("12 AUG 1975", "12 AUG 1974"),
        ("12 AUC 1974", "12 AUG 1974"),
        ("12.09.1974", "12.08.1974"),
        ("12 AUG 1174", "12 AUG 1974"),
        ("12 AUG 84", "12 AUG 74"),
    ],
)
def test_other_dates_differ(printed: str, nearest: str) -> None:
    """By one character, in the form in which the date is printed."""
    compared = compare_date(printed, DAYS)
    assert (compared.relation, compared.nearest, compared.edits) == (Relation.DIFFERS, nearest, 1)


def test_an_unknown_day_is_not_held_against_it() -> None:
    """The zone has fillers where the print has XX."""
    assert compare_date("XX AUG 1974", (Day(1974, 8, None),)).agrees
    assert compare_date("no date", DAYS).relation is Relation.UNCLEAR


@given(st.dates(datetime.date(1910, 1, 1), datetime.date(2060, 1, 1)), st.data())
def test_a_changed_digit_of_a_date_always_differs(date: datetime.date, data: st.DataObject) -> None:
    """In figures, whatever order day and month may stand in."""
    printed = f"{date:%d.%m.%Y}"
    place = data.draw(st.sampled_from([index for index, char in enumerate(printed) if char.isdigit()]))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != printed[place]]))
    days = (Day(date.year, date.month, date.day),)
    assert compare_date(printed, days).agrees
    assert not compare_date(printed[:place] + other + printed[place + 1 :], days).agrees


@given(st.text("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", min_size=6, max_size=12), st.sampled_from(" -./"))
def test_a_number_may_be_parted(number: str, mark: str) -> None:
    """By spaces, hyphens, dots and slashes, with words before it."""
    assert compare_number(f"No. {number[:3]}{mark}{number[3:]}", number).agrees
    assert compare_number(number.replace("0", "O"), number).agrees


@given(st.text("ABCDEFGHJKLMNPRSTUVWXYZ23456789", min_size=6, max_size=12), st.data())
def test_another_character_of_a_number_differs(number: str, data: st.DataObject) -> None:
    """And the number itself is one change away."""
    place = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from([char for char in "ABCDEFGH23456789" if char != number[place]]))
    compared = compare_number(number[:place] + other + number[place + 1 :], number)
    assert (compared.relation, compared.nearest, compared.edits) == (Relation.DIFFERS, number, 1)


@pytest.mark.parametrize(
    ("printed", "zone", "relation"),
    [
        ("F", "F", Relation.AGREES),
        ("K/F", "F", Relation.AGREES),
        ("weiblich", "F", Relation.AGREES),
        ("M", "F", Relation.DIFFERS),
        ("X", "<", Relation.AGREES),
        ("F", "<", Relation.DIFFERS),
        ("hello", "F", Relation.UNCLEAR),
        ("Sumame-No", "F", Relation.UNCLEAR),
    ],
)
def test_sex(printed: str, zone: str, relation: Relation) -> None:
    """The letter decides; beside it, or alone, a national word."""
    assert compare_sex(printed, zone).relation is relation


def test_codes() -> None:
    """A code has to be the zone's; a word that is no known name says nothing."""
    assert compare_state("GERMANY", "D").agrees
    assert compare_state("UTO", "UTO").agrees
    assert compare_state("UTC", "UTO").differs
    assert compare_state("UTOPIAN", "UTO").relation is Relation.UNCLEAR
    assert compare_code("P", "PP").agrees
    assert compare_code("V", "P").differs


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Sumame/Nom", Field.SURNAME),
        ("/Prénoms", Field.GIVEN_NAMES),
        ("SexfSexe", Field.SEX),
        ("Dateofexpiry", Field.EXPIRY_DATE),
        ("Place ofbirth/Lieudenaissance", Field.OTHER),
        ("seport n°", Field.NUMBER),
        ("Valid from / Valable du", Field.ISSUE_DATE),
        ("Date de naissance", Field.BIRTH_DATE),
        ("4. Geburtsdatum", Field.BIRTH_DATE),
        ("UTOPIA", None),
        ("K30276031", None),
        ("12 AUG 1974", None),
    ],
)
def test_labels(text: str, field: Field | None) -> None:
    """Known by any of their parts, misread as small print is."""
    assert label_of(text) is field


@given(st.text(max_size=40))
def test_any_text_is_taken(text: str) -> None:
    """Readers of print may answer anything."""
    compare_name(text, "ERIKSSON")
    compare_date(text, DAYS)
    compare_number(text, "L898902C3")
    compare_sex(text, "F")
    compare_state(text, "UTO")
    label_of(text)
