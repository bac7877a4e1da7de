"""How often a reference rejects genuine documents: counted, with its interval, and what that allows.

The interval is that of Clopper and Pearson (Biometrika 26, 1934), which never promises more than it holds.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any, Self

from limen.reference.errors import RefusedError
from limen.reference.values import Members

HIGHEST_RATE = 0.02
"""A reference, or a signature, is promoted only up to this measured rate of rejects among genuine captures."""
LEAST_CAPTURES = 20
"""Fewer genuine captures say too little: even 20 without a reject leave a rate of up to 16.8 % possible (95 %)."""
CONFIDENCE = 0.95
DIGEST = "[0-9a-f]{64}"
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Trial:
    """Genuine captures shown to a reference that it was not learned from, and how many it rejected."""

    captures: int
    rejected: int
    on: datetime.datetime
    files: tuple[str, ...] = ()
    """SHA-256 of the captures' files, so that nobody learns from them and measures with them."""

    @classmethod
    def of(cls, rejected: Sequence[bool], on: datetime.datetime, files: Sequence[str]) -> Self:
        """Count. Raises RefusedError where there are too few captures."""
        if len(rejected) < LEAST_CAPTURES:
            raise RefusedError(
                f"Only {len(rejected)} captures could be judged: measure on at least {LEAST_CAPTURES} genuine ones."
            )
        return cls(len(rejected), sum(rejected), on, tuple(files))

    @property
    def rate(self) -> float:
        """Share of the captures that were rejected."""
        return self.rejected / self.captures if self.captures else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the rate lies with 95 % confidence."""
        return interval(self.rejected, self.captures)

    @property
    def words(self) -> str:
        """For a line: "1 of 60 rejected, 1.7 % (0.0 to 8.9 %)"."""
        low, high = self.interval
        return f"{self.rejected} of {self.captures} rejected, {self.rate:.1%} ({low:.1%} to {high:.1%})"

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "captures": self.captures,
            "rejected": self.rejected,
            "on": self.on.isoformat(),
            "files": list(self.files),
        }

    @classmethod
    def from_json(cls, members: Members) -> Self:
        """Raises FileError."""
        captures = members.whole("captures", 1, 1_000_000)
        trial = cls(
            captures,
            members.whole("rejected", 0, captures),
            members.moment("on"),
            members.texts("files", DIGEST),
        )
        members.done()
        return trial


def fresh(captures: Sequence[Sequence[str]], used: Collection[str], name: str) -> None:
    """Refuse captures that were learned from, and any that is given twice. Raises RefusedError."""
    known = sum(any(file in used for file in files) for files in captures)
    if known:
        raise RefusedError(
            f"{known} of the captures were used to make {name}: a measurement with them says nothing. Leave them out."
        )
    files = [file for one in captures for file in one]
    if len(set(files)) < len(files):
        raise RefusedError("The same file was given twice: each capture counts once.")


def interval(hits: int, of: int) -> tuple[float, float]:
    """Where a rate lies of which `hits` of `of` were counted, with 95 % confidence, exactly (Clopper-Pearson)."""
    tail = (1 - CONFIDENCE) / 2
    low = 0.0 if hits == 0 else _solve(hits=hits - 1, of=of, share=1 - tail)
    high = 1.0 if hits == of else _solve(hits=hits, of=of, share=tail)
    return low, high


def _solve(hits: int, of: int, share: float) -> float:
    """The rate at which at most that many hits come with this probability, which falls as the rate rises."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _at_most(hits, of, middle) > share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _at_most(hits: int, of: int, rate: float) -> float:
    return sum(comb(of, one) * rate**one * (1 - rate) ** (of - one) for one in range(hits + 1))
