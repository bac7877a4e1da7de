"""Writing zones, and that it is the way back from taking them apart."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.icao.mrz import Content, ContentError, MrzDate, Name, build, content_of, parse

from . import examples
from .strategies import any_content, zones

ERIKSSON = Content(
    layout="TD3",
    document_code="P",
    issuer="UTO",
    name=Name("Eriksson", "Anna Maria"),
    document_number="L898902C3",
    nationality="UTO",
    birth_date=datetime.date(1974, 8, 12),
    sex="F",
    expiry_date="120415",
    optional_data="ZE184226B",
)


def test_passport() -> None:
    """Eriksson's passport is written as in Doc 9303-4, Appendix B, from dates, texts and lower case."""
    assert build(ERIKSSON) == examples.TD3


@pytest.mark.parametrize(
    "lines",
    [
        *examples.STANDARD.values(),
        *examples.NATIONAL.values(),
        examples.EMERGENCY,
        examples.TD1_LONG,
        examples.TD2_LONG,
        examples.GERMANY,
    ],
    ids=lambda lines: lines[0],
)
def test_examples_come_back(lines: tuple[str, ...]) -> None:
    """Each example is written as it was read."""
    assert build(parse(lines)) == lines


@given(zones)
def test_build_is_the_way_back(lines: tuple[str, ...]) -> None:
    """What is well formed is written as it was read, in every layout."""
    assert build(parse(lines)) == lines


@given(any_content)
def test_parse_is_the_way_back(content: Content) -> None:
    """What was written is read again, value by value."""
    mrz = parse(build(content))
    assert mrz.layout == content.layout
    assert mrz.name == content.name
    assert mrz.document_number == content.document_number
    assert (mrz.optional_data, mrz.optional_data_2) == (content.optional_data, content.optional_data_2)
    assert mrz.sex == content.sex
    assert str(mrz.birth_date) == (str(content.birth_date) or "<<<<<<")
    assert content_of(mrz).other == content.other


def test_names_are_transliterated_and_truncated() -> None:
    """National characters and too long names are written by the rules of Doc 9303-3 and 9303-4."""
    name = Name("Müller-O'Connor", "Ñuria Wilhelmina Charlotte Theodora Marie")
    line, _ = build(replace(ERIKSSON, name=name))
    assert line == "P<UTOMUELLER<OCONNOR<<NURIA<WILHELMINA<C<T<M"


def test_check_digit_of_empty_optional_data_is_the_issuers_choice() -> None:
    """Both ways of Doc 9303-4, 4.2.2.2 are written, and read back as they were."""
    for digit in "0<":
        lines = build(replace(ERIKSSON, optional_data="", empty_check_digit=digit))
        assert lines[1][42] == digit
        assert build(parse(lines)) == lines


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"document_number": "1234567890"}, "document_number"),
        ({"document_number": "AB-12"}, "document_number"),
        ({"optional_data": "X" * 15}, "optional_data"),
        ({"optional_data_2": "X"}, "optional_data_2"),
        ({"issuer": "UTOP"}, "issuer"),
        ({"birth_date": "1974-08-12"}, "birth_date"),
        ({"other": (("office", "1"),)}, "office"),
        ({"name": Name("HENRY 8")}, "name"),
        ({"sex": "X"}, "sex"),
    ],
)
def test_what_does_not_fit_is_refused(change: dict[str, object], field: str) -> None:
    """Too long values, foreign characters and fields that the layout lacks are errors that name the field."""
    with pytest.raises(ContentError) as caught:
        build(replace(ERIKSSON, **change))
    assert caught.value.field == field


def test_long_number_needs_a_layout_for_it() -> None:
    """TD1 continues a long number in its optional data, before what else stands there."""
    lines = build(replace(ERIKSSON, layout="TD1", document_code="I", document_number="D23145890734"))
    assert lines[0] == "I<UTOD23145890<7349<ZE184226B<"


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_name_is_written_or_refused(primary: str, secondary: str) -> None:
    """No name makes writing fail otherwise than with an MrzError."""
    try:
        lines = build(replace(ERIKSSON, name=Name(primary, secondary)))
    except ValueError as error:
        assert type(error).__module__.startswith("limen.icao.mrz")  # noqa: PT017
    else:
        assert [len(line) for line in lines] == [44, 44]


def test_dates_are_written_as_given() -> None:
    """Dates may be days, six characters, or nothing."""
    assert build(replace(ERIKSSON, birth_date=MrzDate("74<<<<")))[1][13:19] == "74<<<<"
    assert build(replace(ERIKSSON, birth_date=""))[1][13:20] == "<<<<<<0"
