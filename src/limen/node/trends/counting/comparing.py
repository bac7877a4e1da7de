"""Two spans of days side by side."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from limen.node.trends.counting.asked import Asked
from limen.node.trends.counting.dimensions import DIMENSIONS, Dimension
from limen.node.trends.counting.heads import OTHERS, Head, heads
from limen.node.trends.counting.sources import fetched, source


@dataclass(frozen=True, slots=True)
class Compared:
    """One value in both spans."""

    head: Head
    n: int
    other: int
    query: str
    other_query: str

    @property
    def code(self) -> str:
        """The value's code."""
        return self.head.code

    @property
    def label(self) -> str:
        """The value in words."""
        return self.head.label

    @property
    def difference(self) -> int:
        """How many more (or, negative, fewer) than in the other span."""
        return self.n - self.other

    @property
    def ratio(self) -> float | None:
        """How many times as many as in the other span; None where there were none."""
        return self.n / self.other if self.other else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both spans, by a dimension: the values with most in either first, then all others, then not stated."""

    dimension: Dimension
    rows: Sequence[Compared]
    total: Compared
    """Everything in both spans."""
    span: tuple[datetime.date, datetime.date]
    other_span: tuple[datetime.date, datetime.date]


def compare(
    asked: Asked, other_since: datetime.date, other_until: datetime.date, dimension: str, top: int = 10
) -> Comparison:
    """Compare the span asked for with another one. Raises `Invalid` for a span that is none."""
    by, other = DIMENSIONS[dimension], asked.within(other_since, other_until)
    pairs: dict[str | None, tuple[int, int]] = {}
    for value, n in fetched(*source(asked, [by])):
        pairs[value] = (n, 0)
    for value, n in fetched(*source(other, [by])):
        pairs[value] = (pairs.get(value, (0, 0))[0], n)
    total = _sum(pairs.values())
    named = sorted((value for value in pairs if value), key=lambda value: (-max(pairs[value]), value))
    kept: list[str | None] = list(named[:top])
    if named[top:]:
        pairs[OTHERS] = _sum(pairs[value] for value in named[top:])
        kept.append(OTHERS)
    if any(pairs.get("", ())):
        kept.append("")
    names = heads(by, kept)
    rows = [
        Compared(names[value], *pairs[value], names[value].query(asked.found), names[value].query(other.found))
        for value in kept
    ]
    everything = Compared(Head("", "", {}, "all"), *total, asked.query, other.query)
    return Comparison(by, rows, everything, asked.span, other.span)


def _sum(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    one, other = 0, 0
    for n, m in pairs:
        one, other = one + n, other + m
    return one, other
