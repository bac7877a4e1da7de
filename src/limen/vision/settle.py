"""From the recogniser's characters to a reading: the grammar settles what the recogniser itself doubts, and says so.

A position class (Doc 9303-4 to -7, the tables of the data elements) may turn an O in a date into a 0 only where the
recogniser gave the 0 a share of its own. Check digits are never asked. What the pixels said is kept beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from limen.icao.mrz import Charset, Layout, find_layout
from limen.vision.assemble import IN_ALPHABET
from limen.vision.decode import Spelled
from limen.vision.reading import Glyph, LineReading, Quad, Why, ZoneReading
from limen.vision.recognise import ALPHABET
from limen.vision.refine import ReadLine

_TWINS = {a: b for group in ("0OQD", "1IL", "2Z", "5S", "8B", "6G", "7T") for a in group for b in [group]}
"""Characters that print and capture can turn into one another, each with its whole group."""

_NEAR = 0.004
"""Least share of the other character, against that of the favoured one, to settle on it."""

_SURELY = 0.9
"""Least probability of a letter outside the alphabet."""

_PRINT_HALF = 0.56 / 0.88
"""Half the height of print against half the height of the cut."""


def settle(
    lines: list[ReadLine], image_size: tuple[int, int], own: Mapping[tuple[int, int], str] | None = None
) -> ZoneReading:
    """The reading of a zone's lines, from top to bottom; `own` is what `compared` found."""
    own = own or {}
    texts = [_optical(line.spelled) for line in lines]
    layout = find_layout(texts)
    readings = tuple(
        _line(index, line, text, layout, own) for index, (line, text) in enumerate(zip(lines, texts, strict=True))
    )
    first, last = readings[0].quad, readings[-1].quad
    return ZoneReading(
        lines=readings,
        quad=(first[0], first[1], last[2], last[3]),
        pitch_px=float(np.mean([_pitch(line) for line in lines])),
        line_pitch_px=_line_pitch(readings),
        angle_deg=_angle(readings),
        ocrb=float(np.mean([line.ocrb for line in lines])),
        image_size=image_size,
    )


def _optical(spelled: Spelled) -> str:
    """What the pixels say; a letter outside the alphabet only if it is surely there, since stains look like them."""
    chars = []
    for kind, row in zip(spelled.classes, spelled.probability, strict=True):
        outside = kind > IN_ALPHABET and row[kind] < _SURELY
        chars.append(ALPHABET[(1 + int(row[1 : IN_ALPHABET + 1].argmax()) if outside else kind) - 1])
    return "".join(chars)


def _line(
    index: int, line: ReadLine, text: str, layout: Layout | None, own: Mapping[tuple[int, int], str]
) -> LineReading:
    half = 0.5 * _step(line)
    glyphs = []
    for column, optical in enumerate(text):
        row = line.spelled.probability[column]
        admitted = layout.charset(index, column) if layout is not None else Charset.ANY
        char, why = _settled(optical, row, admitted.characters), Why.POSITION
        print_ = own.get((index, column))
        if char == optical and print_ is not None and print_ in admitted.characters:
            char, why = print_, Why.COMPARED
        along = line.spelled.along[column]
        quad = line.strip.quad(along - half, along + half, -_PRINT_HALF, _PRINT_HALF)
        confidence = float(row[ALPHABET.index(char) + 1])
        glyphs.append(Glyph(char, optical, confidence, quad, why if char != optical else None))
    spelled = line.spelled
    quad = line.strip.quad(spelled.along[0] - half, spelled.along[-1] + half, -_PRINT_HALF, _PRINT_HALF)
    return LineReading(tuple(glyphs), quad)


def _settled(optical: str, row: NDArray[np.float32], admitted: str) -> str:
    """The character itself, or the likeliest twin that the position admits, if the recogniser held it possible."""
    if optical in admitted or optical not in _TWINS:
        return optical
    twins = [char for char in _TWINS[optical] if char in admitted]
    if not twins:
        return optical
    best = max(twins, key=lambda char: row[ALPHABET.index(char) + 1])
    share = float(row[ALPHABET.index(best) + 1]) / max(float(row[ALPHABET.index(optical) + 1]), 1e-9)
    return best if share >= _NEAR else optical


def _step(line: ReadLine) -> float:
    along = line.spelled.along
    return (along[-1] - along[0]) / max(len(along) - 1, 1)


def _pitch(line: ReadLine) -> float:
    return _step(line) * line.strip.length


def _centre(quad: Quad) -> NDArray[np.float64]:
    return np.asarray(np.mean(np.array(quad), axis=0))


def _line_pitch(readings: tuple[LineReading, ...]) -> float:
    first, last = _centre(readings[0].quad), _centre(readings[-1].quad)
    return float(np.hypot(*(last - first))) / max(len(readings) - 1, 1)


def _angle(readings: tuple[LineReading, ...]) -> float:
    (x0, y0), (x1, y1) = readings[0].quad[3], readings[0].quad[2]
    return float(np.degrees(np.arctan2(y1 - y0, x1 - x0)))
