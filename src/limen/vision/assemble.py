"""Which of the rows read make a zone: three of 30 characters, or two of 36 or 44 (Doc 9303-5, -6, -4, -7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from limen.vision.decode import Spelled
from limen.vision.geometry import Strip
from limen.vision.zones import Row

SHAPES = ((3, 30), (2, 36), (2, 44))
"""Lines and characters a line."""

IN_ALPHABET = 37
"""Classes of the net up to this are the 37 characters of Doc 9303-3, 4.3."""

_SHORT = 3
"""So many characters may be missing from a row, or be too many, for it to be counted as a line."""

_OVER = 4.0
"""Characters beyond the ends, counted by their confidence, above which a row is no line of that length."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row as read once."""

    row: Row
    strip: Strip
    """What was cut out."""
    spelled: Spelled
    ocrb: float
    goes_on: tuple[bool, bool] = (False, False)
    """Whether the row is known to go on beyond the left and the right end of what was cut out."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A line of the zone: which characters of a candidate are its own, and how many there should be."""

    candidate: Candidate
    first: int
    after: int
    length: int
    confidence: float


def assemble(candidates: list[Candidate], shapes: tuple[tuple[int, int], ...] = SHAPES) -> list[Chosen] | None:
    """The lines of the best zone that the candidates make, from top to bottom; None if they make none."""
    best: list[Chosen] | None = None
    best_score = 0.0
    for count, length in shapes:
        for group in _groups(candidates, count, length):
            score = float(np.mean([line.confidence for line in group])) - _unevenness(group)
            # The zone is the lowest print of its kind (Doc 9303-3, 4.1), so of equals the lower wins.
            if score >= best_score - 0.01 and score > 0.5:
                best, best_score = group, max(score, best_score)
    return best


def _groups(candidates: list[Candidate], count: int, length: int) -> list[list[Chosen]]:
    """Runs of neighbouring rows that can each be a line of that length."""
    by_row: list[Chosen] = []
    for candidate in candidates:
        line = _as_line(candidate, length)
        if line is None:
            continue
        if by_row and by_row[-1].candidate.row is candidate.row:
            if line.confidence > by_row[-1].confidence:
                by_row[-1] = line
            continue
        by_row.append(line)
    runs = [by_row[i : i + count] for i in range(len(by_row) - count + 1)]
    return [_aligned(run) for run in runs if all(_neighbours(a, b) for a, b in pairwise(run))]


def _aligned(group: list[Chosen]) -> list[Chosen]:
    """Lines begin together: a line with characters to spare takes those that begin where the surest line does."""
    anchor = min(group, key=lambda line: (len(line.candidate.spelled) - line.length, -line.confidence))
    return [line if line is anchor else _shifted(line, _start(anchor)) for line in group]


def _start(line: Chosen, shift: int = 0) -> float:
    """Where the line's first character is along the zone, in pixels; rows of one zone share an axis."""
    strip = line.candidate.strip
    return strip.start + line.candidate.spelled.along[line.first + shift] * strip.length


def _shifted(line: Chosen, start: float) -> Chosen:
    spare = len(line.candidate.spelled) - line.length
    if spare <= 0:
        return line
    shifts = [first - line.first for first in range(spare + 1)]
    shift = min(shifts, key=lambda by: abs(_start(line, by) - start))
    if abs(_start(line, shift) - start) > 0.6 * pitch_of(line) or shift == 0:
        return line
    return replace(line, first=line.first + shift, after=line.after + shift)


def _neighbours(upper: Chosen, lower: Chosen) -> bool:
    gap = lower.candidate.row.offset - upper.candidate.row.offset
    return 1.1 < gap < 3.6


def _unevenness(group: list[Chosen]) -> float:
    """A little against groups whose lines are of different lengths or unevenly spaced."""
    pitches = [pitch_of(line) for line in group]
    return 0.5 * float(np.std(pitches) / np.mean(pitches))


def pitch_of(line: Chosen) -> float:
    """Distance of the characters read, in pixels."""
    along = line.candidate.spelled.along[line.first : line.after]
    return (along[-1] - along[0]) * line.candidate.strip.length / max(len(along) - 1, 1)


def _trusted(spelled: Spelled) -> NDArray[np.float32]:
    """The confidence of every character, less for letters outside the alphabet: edges and stains look like them."""
    outside = np.array([kind > IN_ALPHABET for kind in spelled.classes], bool)
    return np.where(outside, 0.5, 1.0).astype(np.float32) * spelled.confidence


def _blemish(candidate: Candidate, first: int, after: int) -> float:
    """Against a run of characters that begins or ends with one outside the alphabet, or at the crop's very edge.

    Print that touches the edge goes on beyond it: the run is then a part of a longer line.
    """
    spelled = candidate.spelled
    step = (spelled.along[after - 1] - spelled.along[first]) / max(after - 1 - first, 1)
    left, right = (1.7 if on else 0.75 for on in candidate.goes_on)
    touching = (spelled.along[first] < left * step) + (spelled.along[after - 1] > 1 - right * step)
    return 0.05 * stains(spelled, first, after) + 0.12 * touching


def stains(spelled: Spelled, first: int, after: int) -> int:
    """How many of the first and last characters lie outside the alphabet."""
    return sum(spelled.classes[at] > IN_ALPHABET for at in (first, after - 1))


def _as_line(candidate: Candidate, length: int) -> Chosen | None:
    """The run of characters that reads most surely as a line of that length, if there is one."""
    have = len(candidate.spelled)
    if have < length - _SHORT or have > length + 12:
        return None
    confidence = _trusted(candidate.spelled)
    if have <= length:
        mean = float(confidence.mean()) - 0.06 * (length - have) - _blemish(candidate, 0, have)
        return Chosen(candidate, 0, have, length, mean) if mean > 0.45 else None
    sums = [float(confidence[i : i + length].mean()) for i in range(have - length + 1)]
    rest = [float(np.delete(confidence, np.s_[i : i + length]).sum()) for i in range(have - length + 1)]
    first = int(np.argmax([s - r / length for s, r in zip(sums, rest, strict=True)]))
    if rest[first] > _OVER:
        return None
    mean = sums[first] - 0.06 * rest[first] - _blemish(candidate, first, first + length)
    return Chosen(candidate, first, first + length, length, mean) if mean > 0.45 else None
