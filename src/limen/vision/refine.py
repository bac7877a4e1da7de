"""Reads a zone's lines once more, cut out by where their characters were found; in doubt with variations of the cut."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from limen.vision.assemble import IN_ALPHABET, Chosen, stains
from limen.vision.decode import Spelled, spell, spell_exactly
from limen.vision.geometry import Pyramid, Strip
from limen.vision.level import levelled
from limen.vision.lines import locate
from limen.vision.normalise import HEIGHT, WIDTH
from limen.vision.recognise import Scores, recognise

_MARGIN = 0.65
"""Room at both ends of a line, in pitches: the middle of what the recogniser was trained on."""

_DOUBT = 0.97
"""A line with a character less sure than this is read again with variations."""

_MOVES = 2
"""How often a line that ends in stains is moved along."""

_VARIATIONS = ((0.86, 0.0, 0.0), (1.16, 0.0, 0.0), (1.0, -0.07, 0.08), (1.0, 0.07, -0.08))
"""Of the cut: its height, a shift across the line and a lean, the latter two in pitches and per height."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of the zone, of the right number of characters."""

    strip: Strip
    """In pixels of the image; the characters' places in `spelled` are relative to it."""
    spelled: Spelled
    ocrb: float


def refine(pyramid: Pyramid, lines: list[Chosen]) -> list[ReadLine]:
    """Every line anew; one that ends (or begins) in stains once more, from where its print must begin."""
    strips = [levelled(pyramid, strip, line.length) for strip, line in zip(recut(lines), lines, strict=True)]
    return [_unstained(pyramid, *pair) for pair in zip(_read(pyramid, strips, lines), lines, strict=True)]


def _unstained(pyramid: Pyramid, read: ReadLine, line: Chosen) -> ReadLine:
    """The line, moved along by as many characters as there are stains at its end, while it reads better so."""
    for _ in range(_MOVES):
        shift = _stained_ends(read)
        if not shift:
            break
        by = shift * read.strip.half / 0.88
        again = _read(pyramid, [levelled(pyramid, read.strip.widened(by, -by), line.length)], [line])[0]
        better = float(again.spelled.confidence.mean()) > float(read.spelled.confidence.mean())
        if not better and abs(_stained_ends(again)) >= abs(shift):
            break
        read = again
    return read


def _read(pyramid: Pyramid, strips: list[Strip], lines: list[Chosen]) -> list[ReadLine]:
    scores = recognise([pyramid.cut(strip, WIDTH, HEIGHT) for strip in strips])
    return [_settle_line(pyramid, strip, score, line) for strip, score, line in zip(strips, scores, lines, strict=True)]


def _stained_ends(read: ReadLine) -> int:
    """How many characters further left (right if negative) the line should begin, by the stains at its ends."""
    after = _leading_stains(read.spelled.classes[::-1])
    return after or -_leading_stains(read.spelled.classes)


def _leading_stains(classes: tuple[int, ...]) -> int:
    return next((at for at, kind in enumerate(classes) if kind <= IN_ALPHABET), len(classes))


@dataclass(frozen=True, slots=True)
class _Spacing:
    """Where a line's characters are: evenly spaced, in pixels along the axis of its strip."""

    first: float
    pitch: float
    off: float
    """How far the worst character lies from its even place, in pitches."""


def recut(lines: list[Chosen]) -> list[Strip]:
    """The strips whose ends lie half a pitch and a margin beyond the first and last character's middle.

    All lines of a zone begin and end together; one whose characters are not evenly spaced (a run of fillers miscounted)
    takes its ends from the evenest.
    """
    spacings = [_spacing(line) for line in lines]
    best = min(range(len(lines)), key=lambda i: (_stains(lines[i]), spacings[i].off))
    strips = []
    for line, own in zip(lines, spacings, strict=True):
        other = _borrowed(line, lines[best], spacings[best])
        even = own.off < 0.4 and abs(own.pitch / other.pitch - 1) < 0.04
        spacing = own if even and abs(own.first - other.first) < 0.7 * own.pitch else other
        strip = line.candidate.strip
        room = (0.5 + _MARGIN) * spacing.pitch
        left = spacing.first - room - strip.start
        right = strip.end - (spacing.first + (line.length - 1) * spacing.pitch + room)
        strips.append(replace(strip.widened(-left, -right), half=0.88 * spacing.pitch))
    return strips


def _stains(line: Chosen) -> int:
    return stains(line.candidate.spelled, line.first, line.after)


def _spacing(line: Chosen) -> _Spacing:
    """The straight line through the characters' middles, by medians, since single ones may be off."""
    strip = line.candidate.strip
    middles = strip.start + np.array(line.candidate.spelled.along[line.first : line.after]) * strip.length
    index = np.arange(len(middles))
    half = len(index) // 2
    pitch = float(np.median((middles[half:] - middles[: len(middles) - half]) / half))
    first = float(np.median(middles - pitch * index))
    off = np.abs(middles - first - pitch * index) / pitch
    missing = line.length - len(middles)
    return _Spacing(first, pitch, float(off.max()) + missing)


def _borrowed(line: Chosen, other: Chosen, spacing: _Spacing) -> _Spacing:
    """The other line's spacing, carried over across the lines."""
    strip, source = line.candidate.strip, other.candidate.strip
    ends = spacing.first + np.array([0, (line.length - 1) * spacing.pitch])
    xs, ys = source.points((ends - source.start) / source.length, np.zeros(2))
    first, last = (locate(strip, (float(x), float(y)))[0] for x, y in zip(xs, ys, strict=True))
    return _Spacing(first, (last - first) / (line.length - 1), spacing.off)


def _settle_line(pyramid: Pyramid, strip: Strip, score: Scores, line: Chosen) -> ReadLine:
    spelled = _of_length(score, line.length)
    if float(spelled.confidence.min()) >= _DOUBT and _agrees(spelled, line):
        return ReadLine(strip, spelled, score.ocrb)
    pitch = strip.half / 0.88
    varied = [
        replace(strip, half=strip.half * height, lean=strip.lean + lean).moved(shift * pitch)
        for height, shift, lean in _VARIATIONS
    ]
    more = recognise([pyramid.cut(cut, WIDTH, HEIGHT) for cut in varied])
    spellings = [spelled, *(_of_length(other, line.length) for other in more)]
    ocrb = float(np.mean([score.ocrb, *(other.ocrb for other in more)]))
    return ReadLine(strip, _together(spellings), ocrb)


def _agrees(spelled: Spelled, line: Chosen) -> bool:
    """Whether the first and the second reading are the same."""
    return spelled.classes == line.candidate.spelled.classes[line.first : line.after]


def _of_length(score: Scores, length: int) -> Spelled:
    spelled = spell(score.probability)
    return spelled if len(spelled) == length else spell_exactly(score.probability, length)


def _together(spellings: list[Spelled]) -> Spelled:
    """The readings that put the characters in about the same places, averaged character by character."""
    places = np.array([spelled.along for spelled in spellings])
    usual = np.median(places, axis=0)
    step = float(np.median(np.diff(usual)))
    kept = [s for s, place in zip(spellings, places, strict=True) if np.abs(place - usual).max() < 0.6 * step]
    kept = kept or spellings[:1]
    probability = np.mean([s.probability for s in kept], axis=0)
    classes = tuple(int(k) for k in probability.argmax(axis=1))
    along = tuple(float(v) for v in np.median([s.along for s in kept], axis=0))
    return Spelled(classes, along, probability.astype(np.float32))
