"""Holds check digits against what they cover: Doc 9303-3, 8th edition, 4.9, and parts 4 to 7, 4.2.4."""

from __future__ import annotations

from collections.abc import Sequence

from limen.icao.mrz.alphabet import FILLER, check_digit
from limen.icao.mrz.document import CheckDigit
from limen.icao.mrz.errors import CharacterError
from limen.icao.mrz.layout import CheckDigitSpec, Layout
from limen.icao.mrz.longnumber import LongNumber


def check_all(layout: Layout, lines: Sequence[str], long_number: LongNumber | None) -> tuple[CheckDigit, ...]:
    """All check digits of the layout, in the layout's order."""
    return tuple(
        _check_long(lines, long_number)
        if long_number is not None and spec.name == "number"
        else _check(spec, lines)
        for spec in layout.check_digits
    )


def expected_digit(text: str) -> str | None:
    """The check digit of `text`, or None where a character has no value."""
    try:
        return check_digit(text)
    except CharacterError:
        return None


def _check(spec: CheckDigitSpec, lines: Sequence[str]) -> CheckDigit:
    text = spec.text(lines)
    found, expected = lines[spec.line][spec.column], expected_digit(text)
    left_out = spec.optional and found == FILLER and not text.strip(FILLER)
    if left_out:
        expected = FILLER
    return CheckDigit(spec.name, spec.line, spec.column, found, expected, found == expected, spec.optional)


def _check_long(lines: Sequence[str], long_number: LongNumber) -> CheckDigit:
    found = lines[long_number.line][long_number.check_column]
    expected = expected_digit(long_number.number)
    return CheckDigit(
        "number", long_number.line, long_number.check_column, found, expected, found == expected
    )
