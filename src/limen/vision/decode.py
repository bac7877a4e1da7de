"""From the probability of every character at every column to a line of a known number of characters.

A machine readable zone has exactly 30, 36 or 44 characters a line (Doc 9303-5, -6, -4, -7). The net's own count is
taken when it is one of these; else the most probable reading of that length is sought (Viterbi over CTC's paths).
Check digits take no part: a reading is what the pixels say, whether or not it adds up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from limen.vision.recognise import BLANK

Floats = NDArray[np.float32]

_FLOOR = 1e-9
"""Below this a probability is only rounding error; also keeps the logarithm finite."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """The characters of one line as the net sees them."""

    classes: tuple[int, ...]
    """Of the net's alphabet, one for each character."""
    along: tuple[float, ...]
    """The middle of each character, from 0 (the crop's left edge) to 1."""
    probability: Floats
    """Characters x classes, blank left out of account (0), each row summing to one."""

    def __len__(self) -> int:
        return len(self.classes)

    @property
    def confidence(self) -> Floats:
        """Of each character."""
        return self.probability[np.arange(len(self.classes)), list(self.classes)]

    @property
    def step(self) -> float:
        """Distance of neighbouring characters, by medians over half a line, since single places are coarse."""
        half = max(len(self.along) // 2, 1)
        along = np.array(self.along)
        return float(np.median((along[half:] - along[:-half]) / half)) if len(along) > 1 else 0.0


def spell(probability: Floats) -> Spelled:
    """The characters in the order of their columns, however many (CTC's greedy reading)."""
    best = probability.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best, prepend=-1)).tolist()
    runs = [(first, after) for first, after in zip(edges, [*edges[1:], len(best)], strict=True) if best[first] != BLANK]
    return _collect(probability, runs, [int(best[first]) for first, _ in runs])


def spell_exactly(probability: Floats, length: int) -> Spelled:
    """The most probable reading of exactly `length` characters.

    Raises ValueError if the columns are too few for so many characters.
    """
    frames = len(probability)
    if frames < length:
        raise ValueError(f"{length} characters do not fit into {frames} columns")
    logp = np.log(np.maximum(probability, _FLOOR)).astype(np.float32)
    return _collect(probability, *_trace(_search(logp, length), length))


@dataclass(frozen=True, slots=True)
class _Paths:
    """The best way into every state of the search, frame by frame."""

    entered: NDArray[np.int16]
    """Into (j-th character, class k) at frame t: 0 it was there, 1 from the blank before, 2 + c from class c before."""
    rested: NDArray[np.int16]
    """Into the blank after the j-th character: -1 it was there, else the class of that character."""
    in_blank: bool
    """Whether the best path ends in the blank; else it ends in class `last`."""
    last: int


def _search(logp: Floats, length: int) -> _Paths:
    """Viterbi search over (characters so far, class now or blank); two equal neighbours need a blank between."""
    frames, classes = logp.shape
    inside = np.full((length + 1, classes), -np.inf, np.float32)
    blank = np.full(length + 1, -np.inf, np.float32)
    blank[0] = 0.0
    entered = np.zeros((frames, length + 1, classes), np.int16)
    rested = np.zeros((frames, length + 1), np.int16)
    rows = np.arange(length + 1)
    for t in range(frames):
        top = inside.argmax(axis=1)
        best = inside[rows, top]
        others = inside.copy()
        others[rows, top] = -np.inf
        second = others.argmax(axis=1)
        rival, before = np.repeat(best[:, None], classes, 1), np.repeat(top[:, None], classes, 1)
        rival[rows, top], before[rows, top] = others[rows, second], second
        fresh = blank[:, None]
        arrive = np.maximum(rival, fresh)[:-1]
        stay = inside[1:]
        entered[t, 1:] = np.where(stay >= arrive, 0, np.where((fresh >= rival)[:-1], 1, before[:-1] + 2))
        rested[t] = np.where(blank >= best, -1, top)
        blank = np.maximum(blank, best) + logp[t, BLANK]
        inside[1:] = np.maximum(stay, arrive) + logp[t]
        inside[:, BLANK] = -np.inf
    last = int(inside[length].argmax())
    return _Paths(entered, rested, bool(blank[length] >= inside[length, last]), last)


def _trace(paths: _Paths, length: int) -> tuple[list[tuple[int, int]], list[int]]:
    """Walk back from the best end: the columns and the class of every character."""
    at, kind, in_blank = length, paths.last, paths.in_blank
    until = len(paths.entered)
    runs: list[tuple[int, int]] = []
    classes: list[int] = []
    for t in range(len(paths.entered) - 1, -1, -1):
        if in_blank:
            came = int(paths.rested[t, at])
            if came >= 0:
                in_blank, kind, until = False, came, t
            continue
        step = int(paths.entered[t, at, kind])
        if step == 0:
            continue
        runs.append((t, until))
        classes.append(kind)
        at, until, in_blank, kind = at - 1, t, step == 1, step - 2
    return runs[::-1], classes[::-1]


def _collect(probability: Floats, runs: list[tuple[int, int]], classes: list[int]) -> Spelled:
    """Place and probability of each character from the columns that it takes."""
    frames = len(probability)
    along, rows = [], []
    for (first, after), kind in zip(runs, classes, strict=True):
        part = probability[first:after]
        weight = part[:, kind] + _FLOOR
        along.append(float((weight @ (np.arange(first, after) + 0.5)) / weight.sum() / frames))
        row = part[int(part[:, kind].argmax())].copy()
        row[BLANK] = 0
        rows.append(row / max(float(row.sum()), _FLOOR))
    table = np.stack(rows) if rows else np.zeros((0, probability.shape[1]), np.float32)
    return Spelled(tuple(classes), tuple(along), table)
