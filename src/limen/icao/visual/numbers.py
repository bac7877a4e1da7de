"""Document numbers and personal numbers of the visual zone (Doc 9303-3, 8th edition, 4.7; 9303-5, 4.2.2, note j).

Print parts a number by spaces, hyphens, dots or slashes; the zone writes it in one, or fillers in their place.
"""

from __future__ import annotations

import re

from limen.icao.mrz.alphabet import FILLER
from limen.icao.visual.aligning import align
from limen.icao.visual.compared import Compared, agreeing, best, differing, unclear

_ALIKE = {"O": "0", "I": "1", "Q": "Q"}
"""Printed the same, or nearly so, in most typefaces: an officer could not tell them apart either."""


def compare_number(text: str, number: str, most: int = 6) -> Compared:
    """A printed number, perhaps with words before or behind it, against the zone's. O and 0 are one, and I and 1."""
    wanted = number.strip(FILLER).upper()
    if not any(char.isalnum() for char in wanted):
        return unclear(text)
    return best([_part(text, start, end, wanted, most) for start, end in _parts(text)], text)


def _parts(text: str) -> list[tuple[int, int]]:
    """The text, and what is left of it without words at its ends."""
    words = [(match.start(), match.end()) for match in re.finditer(r"[^\s:<]+", text)]
    return [(first[0], last[1]) for index, first in enumerate(words) for last in words[index:]]


def _part(text: str, start: int, end: int, wanted: str, most: int) -> Compared:
    part = text[start:end].upper()
    if sum(char.isalnum() for char in part) < len(wanted) - most:
        return unclear(text)
    found = align(part, "".join(map(_plain, wanted)), _forms, most=most)
    if found is None:
        return unclear(text)
    if not found.edits:
        return agreeing(text)
    nearest = text[:start] + found.nearest + text[end:]
    return differing(text, nearest, found.edits, tuple(start + place for place in found.places))


def _plain(char: str) -> str:
    return _ALIKE.get(char, char) if char.isalnum() else FILLER


def _forms(char: str) -> tuple[str, ...]:
    return (_plain(char),) if char.isalnum() else ("",)
