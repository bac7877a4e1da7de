"""What of a known counterfeit press was looked for on a page, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from limen.vision.light import Light
from limen.vision.page import Rect


@dataclass(frozen=True, slots=True)
class MarkFound:
    """One mark of a press, held against one page."""

    region: str
    """What the examiner called it: "misspelt microtext"."""
    light: Light
    what: str
    """What is measured: "picture", "brightness", "colour"."""
    met: bool | None
    """Whether the page shows it; None where that could not be judged."""
    margin: float | None
    """-1 to +1 with 0 at the threshold; above 0 the mark is there. None where it could not be judged."""
    rect: Rect
    """Where, in millimetres."""
    found: str
    """The measured value with its unit, or why there is none."""
    expected: str
    """What the press's documents show."""


class Likeness(StrEnum):
    """What the marks of a press come to on one page."""

    HIT = "hit"
    """As many marks as the signature asks for are there."""
    NONE = "none"
    """So many are missing that it cannot be."""
    OPEN = "open"
    """Too many marks could not be judged."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One counterfeit signature held against one page."""

    signature: str
    """Its name, such as "press 12 of 2026"."""
    counts: bool
    """Whether it was promoted; hits of one on trial are logged and never count."""
    needed: int
    """How many marks make a hit."""
    marks: tuple[MarkFound, ...]
    advice: str = ""
    """What the one who marked it tells the officer: one sentence."""
    origin: str = ""
    """Who marked it."""

    @property
    def met(self) -> tuple[MarkFound, ...]:
        """The marks that are there."""
        return tuple(one for one in self.marks if one.met)

    @property
    def likeness(self) -> Likeness:
        """Whether it is a hit."""
        if len(self.met) >= self.needed:
            return Likeness.HIT
        open_ones = sum(one.met is None for one in self.marks)
        return Likeness.OPEN if len(self.met) + open_ones >= self.needed else Likeness.NONE
