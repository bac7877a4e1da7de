"""Settles a doubtful character by the zone's own sure prints of the two it may be.

Printers' cuts of OCR-B differ most in how they tell O from 0, and the recogniser has not seen them all. But a zone
brings its own standard: digits in its dates, letters in its names. A glyph that the recogniser held for near equals is
laid over the sure prints of both; the one it resembles clearly more is taken, and the reading says that it was so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from limen.vision.geometry import Pyramid
from limen.vision.recognise import ALPHABET
from limen.vision.refine import ReadLine

PAIRS = frozenset({"O0", "1I", "2Z", "5S", "8B", "D0", "6G", "0Q", "DO", "OQ"})
"""Pairs that cuts, blur and wear bring close together."""

_DOUBT = 0.9
"""A character less sure than this is compared."""

_SURE = 0.97
"""Least confidence of the prints that it is compared with."""

_CLEARLY = 0.04
"""Least difference of the mean correlations."""

_MOST = 8
"""So many prints of one character are enough."""

_SIZE = (20, 24)
"""Width and height of a glyph's picture."""

Picture = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Place:
    line: int
    column: int


def compared(pyramid: Pyramid, lines: Sequence[ReadLine]) -> dict[tuple[int, int], str]:
    """The characters, by line and column, that the zone's own prints settle otherwise than the recogniser did."""
    doubtful: list[tuple[_Place, str, str]] = []
    for index, line in enumerate(lines):
        for column, row in enumerate(line.spelled.probability):
            first, second = (ALPHABET[int(k) - 1] for k in np.argsort(row)[::-1][:2])
            paired = {first + second, second + first} & PAIRS
            if float(row.max()) < _DOUBT and paired:
                doubtful.append((_Place(index, column), first, second))
    settled = {}
    for place, first, second in doubtful:
        glyph = _picture(pyramid, lines, place)
        like = [_likeness(glyph, _prints(pyramid, lines, char, place)) for char in (first, second)]
        if like[0] is not None and like[1] is not None and like[1] - like[0] > _CLEARLY:
            settled[place.line, place.column] = second
    return settled


def _prints(pyramid: Pyramid, lines: Sequence[ReadLine], char: str, but: _Place) -> list[Picture]:
    """Pictures of the sure prints of a character."""
    kind = ALPHABET.index(char) + 1
    places = [
        _Place(index, column)
        for index, line in enumerate(lines)
        for column, (own, sure) in enumerate(zip(line.spelled.classes, line.spelled.confidence, strict=True))
        if own == kind and sure >= _SURE and _Place(index, column) != but
    ]
    return [_picture(pyramid, lines, place) for place in places[:_MOST]]


def _picture(pyramid: Pyramid, lines: Sequence[ReadLine], place: _Place) -> Picture:
    """A glyph cut out alone, with zero mean and unit norm."""
    line = lines[place.line]
    strip, along = line.strip, line.spelled.along
    half = 0.5 * line.spelled.step * strip.length
    middle = along[place.column] * strip.length
    alone = strip.widened(-(middle - half), -(strip.length - middle - half))
    grey = pyramid.cut(alone, *_SIZE).astype(np.float64)
    grey -= grey.mean()
    return np.asarray(grey / max(float(np.linalg.norm(grey)), 1e-9))


def _likeness(glyph: Picture, prints: list[Picture]) -> float | None:
    """Mean of the best correlations with the prints, each shifted by up to two pixels; None without prints."""
    if not prints:
        return None
    inner = glyph[2:-2, 2:-2]
    best = [
        max(
            float((inner * other[2 + dy : other.shape[0] - 2 + dy, 2 + dx : other.shape[1] - 2 + dx]).sum())
            for dy in (-2, -1, 0, 1, 2)
            for dx in (-2, -1, 0, 1, 2)
        )
        for other in prints
    ]
    return float(np.mean(sorted(best)[-3:]))
