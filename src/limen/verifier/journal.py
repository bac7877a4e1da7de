"""The account of one examination: how long each stage took, and what could not be examined, and why."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from limen.inspection import Gap

T = TypeVar("T")

_log = logging.getLogger(__name__)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Stage:
    """One step and how long it took, in milliseconds."""

    name: str
    wall: float
    cpu: float
    """Of all threads together; above `wall` where several ran at a time."""


class Journal:
    """Keeps the time, and turns a fault of one stage into a gap, so that the others go on."""

    def __init__(self, on_crash: Callable[[Exception], None] = lambda error: None) -> None:
        self._on_crash = on_crash
        self._spent: dict[str, list[float]] = {}
        self.gaps: list[Gap] = []

    @property
    def stages(self) -> tuple[Stage, ...]:
        """In the order in which they began; a stage that was entered twice is told once."""
        return tuple(Stage(name, round(wall, 2), round(cpu, 2)) for name, (wall, cpu) in self._spent.items())

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Book the time of what runs inside."""
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            spent = self._spent.setdefault(name, [0.0, 0.0])
            spent[0] += (time.perf_counter() - wall) * 1000
            spent[1] += (time.process_time() - cpu) * 1000

    def attempt(self, name: str, what: str, work: Callable[[], T]) -> T | None:
        """Do the work of one stage; None where it broke off, and then a gap says so. `what` is for the sentence."""
        try:
            with self.timed(name):
                return work()
        except Exception as error:
            _log.exception("stage %s broke off", name)
            self._on_crash(error)
            self.miss(what, f"the program met a fault ({_said(error)}). Please report it, with --debug", broke=True)
            return None

    def miss(self, what: str, why: str, *, broke: bool = False) -> None:
        """Note what could not be examined."""
        gap = Gap(what, _inner(why), broke)
        if gap not in self.gaps:
            self.gaps.append(gap)


def _inner(sentence: str) -> str:
    """A sentence as a part of another: no full stop, and small at the beginning unless that is a code or a name."""
    first = sentence.split(" ", 1)[0]
    small = sentence[:1].lower() + sentence[1:] if first.istitle() and first.isalpha() else sentence
    return small.rstrip(".")


def _said(error: Exception) -> str:
    said = " ".join(str(error).split())[:_LONGEST]
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
