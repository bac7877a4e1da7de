"""Fits a name into its field: Doc 9303-4, 5, 6 and 7, 8th edition, 4.2.3 (7.2.3 for MRV-B).

The rules: where both identifiers do not fit, at least one letter of the secondary one stands behind '<<', and
a truncated name ends with a letter in the last position. How the room is shared is the issuer's choice; two
ways that the examples of Doc 9303 show are offered.
"""

from __future__ import annotations

from enum import StrEnum

from limen.icao.mrz.alphabet import FILLER
from limen.icao.mrz.names import SEPARATOR, Name, read_name


class Truncation(StrEnum):
    """How components give up letters."""

    SHORTEN = "shorten"
    """From the last component on, each gives up only as many letters as needed."""
    INITIALS = "initials"
    """From the last component of the primary identifier on, each becomes an initial until all fit."""


def fit_name(name: Name, length: int, how: Truncation = Truncation.SHORTEN) -> Name:
    """The name as it can be written in `length` positions; unchanged where it fits."""
    if len(name.field) <= length:
        return Name(name.primary, name.secondary, len(name.field) == length)
    primary, secondary = name.primary.split(), name.secondary.split()
    if not secondary:
        return Name(" ".join(_shorten(primary, length)), "", True)
    least = len(SEPARATOR) + 1
    primary = _initials(primary, length - least) if how is Truncation.INITIALS else primary
    primary = _shorten(primary, length - least)
    # Dropping whole components may leave a position empty at the end. A shorter primary identifier fills it.
    for give in range(3):
        first = _shorten(primary, _width(primary) - give)
        second = _shorten(secondary, length - _width(first) - len(SEPARATOR))
        if _width(first) + len(SEPARATOR) + _width(second) == length:
            break
    else:
        # Initials gave up more than the secondary identifier can use.
        first = _shorten(name.primary.split(), length - len(SEPARATOR) - _width(second))
    text = FILLER.join(first) + SEPARATOR + FILLER.join(second)
    return read_name(text[:length].ljust(length, FILLER))


def _width(parts: list[str]) -> int:
    return sum(map(len, parts)) + len(parts) - 1


def _shorten(parts: list[str], width: int) -> list[str]:
    """Components of at most `width` positions in all: the last lose letters first, or go altogether."""
    while len(parts) > 1 and 2 * len(parts) - 1 > width:
        parts = parts[:-1]
    result = list(parts)
    for index in reversed(range(len(result))):
        excess = _width(result) - width
        if excess <= 0:
            break
        result[index] = result[index][: max(1, len(result[index]) - excess)]
    return result


def _initials(parts: list[str], width: int) -> list[str]:
    result = list(parts)
    for index in reversed(range(len(result))):
        if _width(result) <= width:
            break
        result[index] = result[index][:1]
    return result
