"""When a case study comes again: Leitner's boxes. Pure: times and answers in, an order out.

A case study begins in no box. A right answer moves it one box up, a wrong one back into the first. The higher the box,
the later it comes again. First comes what is due, the lowest box first and in it the longest due; then what is new, in
random order; and where nothing is due or new, what will be due the soonest: nobody is told to wait.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

WAITS = (
    datetime.timedelta(minutes=10),
    datetime.timedelta(days=1),
    datetime.timedelta(days=4),
    datetime.timedelta(days=10),
    datetime.timedelta(days=30),
)
"""How long a case study rests in each box."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Standing:
    """In which box something lies (from 1), and from when on it is due."""

    box: int
    due: datetime.datetime


def standing(answers: Iterable[tuple[datetime.datetime, bool]]) -> Standing | None:
    """Follow answers, the oldest first; None where there are none."""
    found = None
    for at, right in answers:
        box = min((found.box if found else 1) + 1, len(WAITS)) if right else 1
        found = Standing(box, at + WAITS[box - 1])
    return found


def in_order(
    items: Iterable[T],
    standings: Mapping[T, Standing],
    now: datetime.datetime,
    shuffle: Callable[[list[T]], None],
) -> list[T]:
    """Say in which order to ask."""
    due: list[tuple[T, Standing]] = []
    ahead: list[tuple[T, Standing]] = []
    new: list[T] = []
    for item in items:
        held = standings.get(item)
        if held is None:
            new.append(item)
        else:
            (due if held.due <= now else ahead).append((item, held))
    shuffle(new)
    due.sort(key=lambda pair: (pair[1].box, pair[1].due))
    ahead.sort(key=lambda pair: pair[1].due)
    return [item for item, _held in due] + new + [item for item, _held in ahead]
