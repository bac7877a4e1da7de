"""The alphabet and the check digit of the machine readable zone: Doc 9303-3, 8th edition, 4.3 and 4.9."""

from __future__ import annotations

from enum import StrEnum
from itertools import cycle

from limen.icao.mrz.errors import CharacterError

FILLER = "<"
DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ALPHABET = DIGITS + LETTERS + FILLER

WEIGHTS = (7, 3, 1)
_VALUES = {char: value for value, char in enumerate(DIGITS + LETTERS)} | {FILLER: 0}


class Charset(StrEnum):
    """The characters that a field, or a position, admits."""

    ANY = "any"
    LETTER = "letter"
    """A to Z and the filler."""
    DIGIT = "digit"
    """0 to 9 and the filler: dates, and check digits that may be left out."""
    CHECK = "check"
    """0 to 9 alone: a check digit that must be there."""
    FILLER = "filler"
    """The filler alone: positions that separate."""
    SEX = "sex"
    """M, F and the filler (Doc 9303-4, 4.2.2; X belongs in the visual zone alone)."""

    @property
    def characters(self) -> str:
        """The characters themselves."""
        return _CHARACTERS[self]


_CHARACTERS = {
    Charset.ANY: ALPHABET,
    Charset.LETTER: LETTERS + FILLER,
    Charset.DIGIT: DIGITS + FILLER,
    Charset.CHECK: DIGITS,
    Charset.FILLER: FILLER,
    Charset.SEX: "MF" + FILLER,
}


def value(char: str) -> int:
    """The value of one character: 0 to 9 for digits, 10 to 35 for A to Z, 0 for the filler.

    Raises `CharacterError` for any other character.
    """
    try:
        return _VALUES[char]
    except KeyError:
        raise CharacterError(char, 0) from None


def check_digit(text: str) -> str:
    """The check digit of `text`, modulus 10 with the weights 7, 3, 1 repeated (Doc 9303-3, 4.9).

    Raises `CharacterError` where `text` holds a character outside the alphabet.
    """
    total = 0
    for position, (char, weight) in enumerate(zip(text, cycle(WEIGHTS), strict=False)):
        if char not in _VALUES:
            raise CharacterError(char, position)
        total += _VALUES[char] * weight
    return str(total % 10)
