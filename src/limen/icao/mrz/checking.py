"""Holds check digits against what they cover: Doc 9303-3, 8th edition, 4.9, and parts 4 to 7, 4.2.4."""

from __future__ import annotations

from collections.abc import Sequence

from limen.icao.mrz.alphabet import FILLER, check_digit
from limen.icao.mrz.deviations import Rule, rules_for
from limen.icao.mrz.document import CheckDigit
from limen.icao.mrz.errors import CharacterError
from limen.icao.mrz.layout import CheckDigitSpec, Layout
from limen.icao.mrz.longnumber import LongNumber


def check_all(layout: Layout, lines: Sequence[str], long_number: LongNumber | None) -> tuple[CheckDigit, ...]:
    """All check digits of the layout, in the layout's order."""
    issuer = layout.field("issuer")
    state = issuer.span.of(lines).rstrip(FILLER) if issuer else ""
    return tuple(
        _check_long(lines, long_number, rules_for(state, layout.name, "number"))
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


def _check_long(lines: Sequence[str], long_number: LongNumber, deviations: tuple[Rule, ...]) -> CheckDigit:
    line, column = long_number.line, long_number.check_column
    found, standard = lines[line][column], long_number_digit(long_number.head, long_number.tail)
    for rule in deviations:
        other = long_number_digit(long_number.head, long_number.tail, rule)
        if found == other != standard:
            return CheckDigit("number", line, column, found, other, True, rule=rule)
    return CheckDigit("number", line, column, found, standard, found == standard)


def long_number_digit(head: str, tail: str, rule: Rule = Rule.STANDARD) -> str | None:
    """The check digit of a long document number under one rule; None where a character has no value."""
    return expected_digit(head + FILLER + tail if rule is Rule.FILLER_COUNTED else head + tail)
