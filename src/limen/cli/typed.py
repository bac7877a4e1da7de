"""What a person types of the printed zone, where no picture shows it: `--mrz`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from limen.icao.mrz import MrzError, parse

_WIDTHS = {88: 44, 72: 36, 90: 30}
_DATE = re.compile(r"[0-9]{6}")
_NUMBER = re.compile(r"[A-Z0-9<]{1,22}")
_SECOND_LINES = {44: "P<", 36: "I<"}

HELP = (
    "type the lines of the printed zone in quotes, one after the other; or its lower line of 44 or 36 characters; "
    "or NUMBER/YYMMDD/YYMMDD with the dates of birth and of expiry"
)


class TypedError(ValueError):
    """The text is no zone and no part of one that opens a chip; the text says what is wanted."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The part of the zone that opens a chip, and the whole zone where the whole was typed."""

    document_number: str
    birth: str
    """YYMMDD."""
    expiry: str
    """YYMMDD."""
    lines: tuple[str, ...] = ()
    """Empty where only a part was typed."""


def typed_zone(text: str) -> Typed:
    """Take apart what was typed. Raises `TypedError`; check digits that do not hold are typing errors."""
    text = text.upper().strip()
    parts = [part.strip() for part in text.split("/")]
    if len(parts) == 3:
        return _three(*parts)
    joined = "".join(text.split())
    if len(joined) in _WIDTHS:
        width = _WIDTHS[len(joined)]
        return _lines(tuple(joined[at : at + width] for at in range(0, len(joined), width)), whole=True)
    if len(joined) in _SECOND_LINES:
        return _lines((_SECOND_LINES[len(joined)].ljust(len(joined), "<"), joined), whole=False)
    raise TypedError(f"{len(joined)} characters were typed: {HELP}.")


def _three(number: str, birth: str, expiry: str) -> Typed:
    if not (_NUMBER.fullmatch(number) and _DATE.fullmatch(birth) and _DATE.fullmatch(expiry)):
        raise TypedError("that is no number with two dates as the zone has them (YYMMDD): L898902C3/740812/120415.")
    return Typed(number.rstrip("<"), birth, expiry)


def _lines(lines: tuple[str, ...], *, whole: bool) -> Typed:
    try:
        zone = parse(lines)
    except MrzError as error:
        raise TypedError(f"{error}: {HELP}.") from error
    wrong = [digit for digit in zone.check_digits if digit.name in {"number", "birth", "expiry"} and not digit.ok]
    if wrong and not whole:
        names = ", ".join(digit.name for digit in wrong)
        raise TypedError(f"these check digits do not hold, so something was mistyped: {names}.")
    return Typed(zone.document_number, zone.birth_date.raw, zone.expiry_date.raw, lines if whole else ())
