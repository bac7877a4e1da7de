"""Taking zones apart: values, problems, and that nothing but an MrzError comes out."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.icao.mrz import (
    Format,
    MrzDate,
    MrzError,
    Name,
    ProblemCode,
    Rule,
    ShapeError,
    build,
    content_of,
    layout_named,
    parse,
)

from . import examples
from .strategies import contents, layouts, shaped_noise, zones

# Two lower lines whose composite check digit fits the upper line of BEL-BO-03003.
BELGIUM_LOWER = ("9502286F3001064BEL<<<<<<<<<<<2", "SPECIMEN<<SPECIMEN<<<<<<<<<<<<")


def broken(lines: tuple[str, ...], line: int, start: int, text: str) -> tuple[str, ...]:
    """The lines with `text` written over them."""
    changed = list(lines)
    changed[line] = changed[line][:start] + text + changed[line][start + len(text) :]
    return tuple(changed)


def test_passport() -> None:
    """The passport of Anna Maria Eriksson comes apart as Doc 9303-4, Appendix B, labels it."""
    mrz = parse(examples.TD3)
    assert mrz.format is Format.TD3
    assert (mrz.document_code, mrz.issuer, mrz.nationality) == ("P", "UTO", "UTO")
    assert mrz.name == Name("ERIKSSON", "ANNA MARIA")
    assert (mrz.document_number, mrz.optional_data) == ("L898902C3", "ZE184226B")
    assert (mrz.birth_date, mrz.sex, mrz.expiry_date) == (MrzDate("740812"), "F", MrzDate("120415"))
    assert [(check.name, check.found, check.ok) for check in mrz.check_digits] == [
        ("number", "6", True),
        ("birth", "2", True),
        ("expiry", "9", True),
        ("optional", "1", True),
        ("composite", "0", True),
    ]
    assert mrz.problems == ()
    assert mrz.valid


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (examples.TD1, "D23145890"),
        (examples.TD2, "D23145890"),
        (examples.MRV_A, "L8988901C"),
        (examples.MRV_B, "L8988901C"),
        (examples.EMERGENCY, "D23145890"),
    ],
)
def test_other_formats(lines: tuple[str, ...], number: str) -> None:
    """The examples of parts 5 to 8 are valid and hold Eriksson's name and number."""
    mrz = parse(lines)
    assert (mrz.name, mrz.document_number) == (Name("ERIKSSON", "ANNA MARIA"), number)
    assert (mrz.valid, mrz.problems) == (True, ())


def test_one_text_is_taken_as_lines() -> None:
    """A text with line breaks is the same as its lines."""
    assert parse("\n".join(examples.TD1)) == parse(examples.TD1)


@pytest.mark.parametrize("lines", [examples.TD1_LONG, examples.TD2_LONG])
def test_long_document_numbers(lines: tuple[str, ...]) -> None:
    """More than nine characters go on in the optional data, then the check digit (9303-11, Appendix D)."""
    mrz = parse(lines)
    assert (mrz.document_number, mrz.long_number, mrz.optional_data) == ("D23145890734", True, "")
    assert mrz.check("number") == replace(mrz.check_digits[0], found="9", expected="9", ok=True)
    assert (mrz.valid, mrz.problems) == (True, ())


@pytest.mark.parametrize(
    ("lines", "number", "rule"),
    [
        ((examples.BELGIUM_OLD, *BELGIUM_LOWER), "000590240601", Rule.FILLER_COUNTED),
        (examples.BELGIUM_NEW, "600001795015", Rule.STANDARD),
        (examples.PORTUGAL, "000024759ZZ7", Rule.FILLER_COUNTED),
    ],
)
def test_issuers_rules_for_long_numbers(lines: tuple[str, ...], number: str, rule: Rule) -> None:
    """The older cards of Belgium and Portugal count the filler; the check digit says which rule held."""
    mrz = parse(lines)
    check = mrz.check("number")
    assert check is not None
    assert (mrz.document_number, check.ok, check.rule) == (number, True, rule)
    assert build(mrz) == lines


def test_no_other_issuer_may_count_the_filler() -> None:
    """What Belgium does is wrong for Utopia."""
    lines = (examples.BELGIUM_OLD.replace("BEL", "UTO"), *BELGIUM_LOWER)
    check = parse(lines).check("number")
    assert check is not None
    assert (check.ok, check.rule) == (False, Rule.STANDARD)


def test_germany() -> None:
    """Germany is the single letter D, as issuer and as nationality."""
    mrz = parse(examples.GERMANY)
    assert (mrz.issuer, mrz.nationality, mrz.sex, mrz.problems) == ("D", "D", "<", ())


def test_personal_number() -> None:
    """A personal number is known where the issuer's habit is."""
    assert parse(examples.BELGIUM_NEW).personal_number == "13010198739"
    assert parse(examples.TD3).personal_number is None


PROBLEMS = [
    (0, 0, "X", ProblemCode.DOCUMENT_CODE, "document_code", 0, "X<"),
    (0, 2, "ZZZ", ProblemCode.ISSUER, "issuer", 2, "ZZZ"),
    (1, 10, "QQQ", ProblemCode.NATIONALITY, "nationality", 10, "QQQ"),
    (1, 10, "D<1", ProblemCode.CHARACTER, "nationality", 12, "1"),
    (1, 13, "741312", ProblemCode.DATE, "birth_date", 13, "741312"),
    (1, 21, "1204<<", ProblemCode.DATE_INCOMPLETE, "expiry_date", 21, "1204<<"),
    (1, 20, "X", ProblemCode.SEX, "sex", 20, "X"),
    (1, 0, "<<<<<<<<<", ProblemCode.NUMBER_MISSING, "document_number", 0, "<<<<<<<<<"),
    (1, 0, "<898902C3", ProblemCode.FILLER, "document_number", 0, "<898902C3"),
    (0, 5, "<<<<<<<<", ProblemCode.NAME_MISSING, "name", 5, "<"),
    (0, 7, "1", ProblemCode.NAME_DIGIT, "name", 7, "1"),
    (0, 20, "<<<A", ProblemCode.NAME_FILLER, "name", 19, "<<<<"),
    (0, 7, "Ñ", ProblemCode.CHARACTER, "name", 7, "Ñ"),
    (1, 9, "5", ProblemCode.CHECK_DIGIT, "number", 9, "5"),
    (1, 19, "5", ProblemCode.CHECK_DIGIT, "birth", 19, "5"),
    (1, 27, "5", ProblemCode.CHECK_DIGIT, "expiry", 27, "5"),
    (1, 42, "5", ProblemCode.CHECK_DIGIT, "optional", 42, "5"),
    (1, 43, "5", ProblemCode.CHECK_DIGIT, "composite", 43, "5"),
    (1, 43, "A", ProblemCode.CHARACTER, "composite", 43, "A"),
]


@pytest.mark.parametrize(("line", "start", "text", "code", "field", "at", "found"), PROBLEMS)
def test_problems_say_what_and_where(
    line: int, start: int, text: str, code: ProblemCode, field: str, at: int, found: str
) -> None:
    """Each kind of problem names its field, its position, what was found and what belongs there."""
    mrz = parse(broken(examples.TD3, line, start, text))
    problem = next(p for p in mrz.problems if p.code is code and p.field == field)
    assert (problem.line, problem.start, problem.end, problem.found) == (line, at, at + len(found), found)
    assert problem.expected or code is ProblemCode.CHECK_DIGIT
    assert problem.message
    assert problem.reference


@pytest.mark.parametrize(
    ("layout", "code", "fine"),
    [
        ("TD1", "IV", False),
        ("TD1", "AI", False),
        ("TD1", "AC", True),
        ("TD1", "C1", True),
        ("TD2", "AI", True),
        ("TD2", "AC", False),
        ("TD2", "CV", False),
        ("TD3", "I<", False),
        ("TD3", "PZ", True),
        ("MRV-A", "VV", True),
    ],
)
def test_document_codes_of_formats(layout: str, code: str, fine: bool) -> None:
    """First letters by format; V never second in TD1 and TD2, I and C not after A as notes k have it."""
    mrz = parse(broken(examples.STANDARD[layout], 0, 0, code), layout_named(layout))
    assert (not mrz.problems_of(ProblemCode.DOCUMENT_CODE)) is fine


def test_filler_for_the_check_digit_without_a_long_number() -> None:
    """A filler in place of the check digit with nothing in the optional data is a problem of its own."""
    mrz = parse(broken(examples.TD1, 0, 14, "<"))
    assert {problem.code for problem in mrz.problems} >= {ProblemCode.NUMBER_LONG, ProblemCode.CHECK_DIGIT}
    assert not mrz.long_number


@pytest.mark.parametrize(("digit", "ok"), [("0", True), ("<", True), ("1", False)])
def test_check_digit_of_empty_optional_data(digit: str, ok: bool) -> None:
    """Empty optional data of a passport may have 0 or the filler as check digit (Doc 9303-4, 4.2.2.2)."""
    empty = build(replace(content_of(parse(examples.TD3)), optional_data="", empty_check_digit="0"))
    check = parse(broken(empty, 1, 42, digit)).check("optional")
    assert check is not None
    assert (check.ok, check.optional) == (ok, True)


def test_unknown_birth_date() -> None:
    """An unknown date of birth is no problem, its parts are None, and it resolves to nothing."""
    lines = build(replace(content_of(parse(examples.TD3)), birth_date="<<<<<<"))
    mrz = parse(lines)
    assert (mrz.valid, mrz.problems) == (True, ())
    assert mrz.birth_date.resolve(datetime.date(2026, 1, 1), "birth") is None


def test_character_without_value_leaves_no_expected_digit() -> None:
    """A check digit that covers a foreign character cannot hold."""
    check = parse(broken(examples.TD3, 1, 0, "Ñ")).check("number")
    assert check is not None
    assert (check.ok, check.expected) == (False, None)


def test_fields_by_name() -> None:
    """A field gives its value and its place; one that the layout lacks is a KeyError."""
    mrz = parse(examples.TD3)
    field = mrz.field("name")
    assert (field.value, field.line, field.start, field.end) == ("ERIKSSON<<ANNA<MARIA", 0, 5, 44)
    assert len(field.raw) == 39
    with pytest.raises(KeyError):
        mrz.field("optional_data_2")


@pytest.mark.parametrize("lines", [(), ("",), ("P" * 44,), ("P" * 44, "0" * 43), "P<UTO"])
def test_other_shapes_are_refused(lines: tuple[str, ...] | str) -> None:
    """Only a shape that fits no layout is an error."""
    with pytest.raises(ShapeError):
        parse(lines)


def test_given_layout_must_fit() -> None:
    """A layout that does not fit the lines is an error, too; one that does is taken as told."""
    with pytest.raises(ShapeError):
        parse(examples.TD3, layout_named("TD1"))
    assert parse(examples.MRV_A, layout_named("TD3")).format is Format.TD3


@given(st.one_of(st.lists(st.text(max_size=46), max_size=4), st.text(max_size=100)))
def test_arbitrary_lines_raise_nothing_else(lines: list[str] | str) -> None:
    """Whatever is given, it is taken apart or refused with an MrzError."""
    try:
        mrz = parse(lines)
    except MrzError:
        return
    assert tuple(map(len, mrz.lines)) == mrz.layout.line_lengths


@given(st.one_of(shaped_noise(), shaped_noise("AB0<Ñ\x00é٣\ud800")))
def test_shaped_noise_is_taken_apart(lines: tuple[str, ...]) -> None:
    """Lines with a layout's shape never raise; every problem and check digit lies within them."""
    mrz = parse(lines)
    assert mrz.valid == (not mrz.problems_of(ProblemCode.CHECK_DIGIT))
    for problem in mrz.problems:
        assert problem.found == mrz.lines[problem.line][problem.start : problem.end] != ""
    for check in mrz.check_digits:
        assert check.found == mrz.lines[check.line][check.column]


@given(zones)
def test_well_formed_zones_have_no_problem(lines: tuple[str, ...]) -> None:
    """Whatever is written by the rules is read without a problem."""
    mrz = parse(lines)
    assert mrz.problems == ()
    assert mrz.valid


@given(st.data())
def test_one_wrong_digit_is_caught(data: st.DataObject) -> None:
    """One digit of a covered field, read as another digit, leaves the zone not valid."""
    layout = data.draw(layouts)
    if not layout.check_digits:
        return
    lines = build(data.draw(contents(layout)))
    covered = [
        (span.line, column)
        for check in layout.check_digits
        for span in check.covered
        for column in range(span.start, span.end)
        if lines[span.line][column].isdigit()
    ]
    line, column = data.draw(st.sampled_from(covered))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != lines[line][column]]))
    assert not parse(broken(lines, line, column, wrong), layout).valid
