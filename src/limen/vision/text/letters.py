"""The characters that the visual zone is read in, and their shapes folded together.

Doc 9303-3, 8th edition, 3.1, wants Latin letters and digits beside whatever national script; the recogniser knows Latin
with its national letters, Greek, Han and kana. What is no Latin letter, digit or mark in use is not answered. For
weighing two readings of a line against each other only what the zone tells apart counts: case and diacritical marks do
not.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

MARKS = "'’-./,():°º#&+\N{EN DASH}*"
"""Punctuation that entries and labels have."""
SHAPES = string.ascii_uppercase + string.digits + "ÆŒÞßŊĦ" + " " + "'-./"
"""What folded readings are made of; index 0 is none, so the first stands at index 1."""
OTHER = len(SHAPES) + 1
"""Index of all that is none of these."""
_ALIKE = {"’": "'", "`": "'", "´": "'", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "ı": "I", "ſ": "S", "–": "-", ",": "."}
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True))
_LAST_LATIN = 0x233


def is_readable(char: str) -> bool:
    """Whether an entry or a label in Latin letters may have it."""
    if char in MARKS or char == " ":
        return True
    return len(char) == 1 and ord(char) <= _LAST_LATIN and (char.isalpha() or char in string.digits)


@lru_cache(maxsize=4096)
def shape(char: str) -> str:
    """What is left of a character without case and marks; what is no Latin letter, digit or mark stays as it is."""
    char = _GREEK.get(char, _ALIKE.get(char, char))
    if char in SHAPES:
        return char
    base = unicodedata.normalize("NFKD", char)[:1].upper()
    base = _ALIKE.get(base, base)
    return base if base in SHAPES else char.upper() if char.upper() in SHAPES else char


def index_of(char: str) -> int:
    """The column of a folded reading that holds it."""
    found = SHAPES.find(shape(char))
    return found + 1 if found >= 0 else OTHER


def folding(alphabet: Sequence[str]) -> NDArray[np.intp]:
    """For each character of the recogniser the column of a folded reading; column 0 is no character."""
    return np.array([0] + [index_of(char) for char in alphabet[1:]], dtype=np.intp)
