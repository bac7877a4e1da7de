"""Readings against the truth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.samples import Sample
from limen.icao.mrz import MrzError, parse


@dataclass(frozen=True, slots=True)
class Outcome:
    """One reader on one image."""

    sample: Sample
    lines: tuple[str, ...]
    confidence: float | None
    seconds: float
    error: str = ""

    @property
    def exact(self) -> bool:
        """Whether every character is right."""
        return self.lines == self.sample.lines

    @property
    def valid(self) -> bool:
        """Whether the lines as read have a layout whose check digits all hold."""
        try:
            return parse(self.lines).valid
        except MrzError:
            return False

    @property
    def edits(self) -> int:
        """Characters to insert, delete or replace to come from the reading to the truth."""
        return distance("\n".join(self.lines), "\n".join(self.sample.lines))


@dataclass(frozen=True, slots=True)
class Score:
    """One reader on one set of images with a zone."""

    count: int
    exact: int
    error_rate: float
    """Edits by characters of the truth; an image with no reading counts as all characters lost."""
    wrong_valid: int
    """Wrong, though all check digits of the reading hold."""
    failed: int
    """Images on which the reader raised an exception."""
    median: float
    mean: float
    p95: float
    """Processor seconds an image."""


def score(outcomes: Sequence[Outcome]) -> Score:
    seconds = [one.seconds for one in outcomes]
    characters = sum(len("\n".join(one.sample.lines)) for one in outcomes)
    return Score(
        len(outcomes),
        sum(one.exact for one in outcomes),
        sum(one.edits for one in outcomes) / characters,
        sum(one.valid and not one.exact for one in outcomes),
        sum(bool(one.error) for one in outcomes),
        float(np.median(seconds)),
        float(np.mean(seconds)),
        float(np.percentile(seconds, 95)),
    )


def wilson(hits: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a rate (Wilson's score interval)."""
    z = 1.959964
    rate = hits / count
    middle = rate + z * z / (2 * count)
    half = z * math.sqrt(rate * (1 - rate) / count + z * z / (4 * count * count))
    return max(0.0, (middle - half) / (1 + z * z / count)), min(1.0, (middle + half) / (1 + z * z / count))


def distance(a: str, b: str) -> int:
    """Levenshtein's."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]
