"""What may stand in each field: Doc 9303-3, 8th edition, 4.3, 4.6 to 4.9 and section 5; parts 4 to 7, 4.2.2.

One function a field, looked up by the field's name in `_RULES`. None needs a date: whether a document has
expired, or a code was in force, is for the inspection to ask.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from limen.icao import codes
from limen.icao.mrz.alphabet import DIGITS, FILLER, Charset
from limen.icao.mrz.dates import MrzDate
from limen.icao.mrz.document import CheckDigit, FieldValue
from limen.icao.mrz.layout import FieldSpec, Format, Layout
from limen.icao.mrz.longnumber import LongNumber
from limen.icao.mrz.problems import Problem, ProblemCode

P3_CHARACTERS = "Doc 9303-3, 4.3"
P3_NAME = "Doc 9303-3, 4.6"
P3_CODES = "Doc 9303-3, 4.7 and 5"
P3_DATES = "Doc 9303-3, 4.8"
P3_CHECK_DIGITS = "Doc 9303-3, 4.9"

Rule = Callable[[Layout, FieldValue], Iterator[Problem]]


def problems(
    layout: Layout,
    lines: Sequence[str],
    fields: Sequence[FieldValue],
    check_digits: Sequence[CheckDigit],
    long_number: LongNumber | None,
) -> tuple[Problem, ...]:
    """All problems of a zone, in reading order."""
    found = [*_characters(layout, lines), *_check_digits(layout, check_digits)]
    for field in fields:
        rule = _RULES.get(field.name)
        if rule is not None:
            found.extend(rule(layout, field))
    found.extend(_long_number(layout, lines, long_number))
    return tuple(sorted(found, key=lambda problem: (problem.line, problem.start, problem.end)))


def _at(
    field: FieldValue,
    code: ProblemCode,
    expected: str,
    message: str,
    reference: str,
    *,
    at: slice | None = None,
) -> Problem:
    """A problem of a whole field, or of a part of its positions."""
    start, end, _ = (at or slice(None)).indices(len(field.raw))
    found = field.raw[start:end]
    return Problem(
        code,
        field.name,
        field.line,
        field.start + start,
        field.start + end,
        found,
        expected,
        message,
        reference,
    )


def _characters(layout: Layout, lines: Sequence[str]) -> Iterator[Problem]:
    for index, line in enumerate(lines):
        for column, char in enumerate(line):
            charset = layout.charset(index, column)
            if char in charset.characters:
                continue
            name = _owner(layout, index, column)
            if name in _OWN_RULE and char in DIGITS + FILLER:
                continue
            message = f"{char!r} may not stand here"
            yield Problem(
                ProblemCode.CHARACTER,
                name,
                index,
                column,
                column + 1,
                char,
                charset.characters,
                message,
                P3_CHARACTERS,
            )


# Fields whose own rule says more of a digit or filler in the wrong place than "not admitted".
_OWN_RULE = frozenset({"name", "surname", "given_names", "number", "birth", "expiry", "optional", "composite"})


def _owner(layout: Layout, line: int, column: int) -> str:
    for check in layout.check_digits:
        if (check.line, check.column) == (line, column):
            return check.name
    for spec in layout.fields:
        if _covers(spec, line, column):
            return spec.name
    return "separator"


def _covers(spec: FieldSpec, line: int, column: int) -> bool:
    return spec.line == line and spec.start <= column < spec.end and spec.part_of is None


def _check_digits(layout: Layout, check_digits: Sequence[CheckDigit]) -> Iterator[Problem]:
    for check in check_digits:
        if check.ok:
            continue
        if check.expected is None:
            message = f"the {check.name} check digit covers a character that has no value"
        else:
            message = f"the {check.name} check digit is {check.found}, it should be {check.expected}"
        yield Problem(
            ProblemCode.CHECK_DIGIT,
            check.name,
            check.line,
            check.column,
            check.column + 1,
            check.found,
            check.expected or "",
            message,
            f"{P3_CHECK_DIGITS}; {layout.reference.split(',')[0]}, 4.2.4",
        )


def _document_code(layout: Layout, field: FieldValue) -> Iterator[Problem]:
    if layout.format is not Format.OTHER:
        fault = codes.code_fault(field.raw, layout.name)
        if fault is not None:
            yield _at(field, ProblemCode.DOCUMENT_CODE, layout.code_note, fault, layout.reference)


def _issuer(layout: Layout, field: FieldValue) -> Iterator[Problem]:
    if codes.lookup(field.value) is None:
        message = f"no list of codes has the issuer {field.raw}"
        yield _at(field, ProblemCode.ISSUER, "a code of Doc 9303-3, 5", message, P3_CODES)


def _nationality(layout: Layout, field: FieldValue) -> Iterator[Problem]:
    if codes.lookup(field.value) is None:
        message = f"no list of codes has the nationality {field.raw}"
        yield _at(field, ProblemCode.NATIONALITY, "a code of Doc 9303-3, 5", message, P3_CODES)


def _date(layout: Layout, field: FieldValue) -> Iterator[Problem]:
    date = MrzDate(field.raw)
    if not date.possible:
        message = f"{field.raw} is no date of the calendar"
        yield _at(field, ProblemCode.DATE, "YYMMDD", message, P3_DATES)


def _expiry(layout: Layout, field: FieldValue) -> Iterator[Problem]:
    yield from _date(layout, field)
    date = MrzDate(field.raw)
    if date.possible and not date.complete:
        message = "only a date of birth may have unknown parts"
        yield _at(field, ProblemCode.DATE_INCOMPLETE, "YYMMDD", message, P3_DATES)


def _sex(layout: Layout, field: FieldValue) -> Iterator[Problem]:
    if field.raw not in ("M", "F", FILLER):
        message = f"{field.raw!r} stands for no sex in the machine readable zone"
        yield _at(field, ProblemCode.SEX, "M, F or <", message, layout.reference)


def _number(layout: Layout, field: FieldValue) -> Iterator[Problem]:
    if not field.value:
        message = "there is no document number"
        yield _at(field, ProblemCode.NUMBER_MISSING, "a number", message, layout.reference)
    elif field.raw.startswith(FILLER) or FILLER * 2 in field.value:
        message = "fillers belong behind the number"
        yield _at(field, ProblemCode.FILLER, "fillers at the end only", message, layout.reference)


def _long_number(layout: Layout, lines: Sequence[str], long_number: LongNumber | None) -> Iterator[Problem]:
    check, number = layout.check("number"), layout.field("document_number")
    if not layout.long_number or long_number is not None or check is None or number is None:
        return
    if lines[check.line][check.column] != FILLER:
        return
    message = "a filler stands for the check digit, but no number goes on in the optional data"
    yield Problem(
        ProblemCode.NUMBER_LONG,
        "document_number",
        check.line,
        check.column,
        check.column + 1,
        FILLER,
        "a digit, or the rest of the number and its check digit in the optional data",
        message,
        f"{layout.reference} note j",
    )


def _name(layout: Layout, field: FieldValue) -> Iterator[Problem]:
    if field.raw.startswith(FILLER):
        message = "the name has no primary identifier"
        yield _at(field, ProblemCode.NAME_MISSING, "a primary identifier", message, P3_NAME, at=slice(0, 1))
    spec = layout.field("name")
    digits = re.finditer(r"\d+", field.raw) if spec and spec.charset is Charset.LETTER else ()
    for match in digits:
        at = slice(*match.span())
        yield _at(field, ProblemCode.NAME_DIGIT, "letters", "a name has no digits", P3_NAME, at=at)
    runs = list(re.finditer(r"(?<=[^<])<{2,}(?=[^<])", field.raw))
    for index, match in enumerate(runs):
        if index > 0 or len(match.group()) > 2:
            message = "one filler parts components, and two part the identifiers, once"
            yield _at(field, ProblemCode.NAME_FILLER, "< or one <<", message, P3_NAME, at=slice(*match.span()))


_RULES: dict[str, Rule] = {
    "document_code": _document_code,
    "issuer": _issuer,
    "nationality": _nationality,
    "birth_date": _date,
    "expiry_date": _expiry,
    "sex": _sex,
    "document_number": _number,
    "name": _name,
}
