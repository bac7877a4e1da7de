"""What a reader of ordinary print made of the visual zone (Doc 9303-3, 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from limen.vision.page import Rect


@dataclass(frozen=True, slots=True)
class TextLine:
    """One run of print on one line."""

    text: str
    """As read, national letters kept."""
    confidence: float
    """Of its characters together, 0 to 1."""
    rect: Rect
    """On the page, in millimetres."""
    confidences: tuple[float, ...] = ()
    """Of each character of `text`, where the reader tells."""
    folded: NDArray[np.float32] | None = field(default=None, compare=False, repr=False)
    """At each step along the line how likely each shape is, for `weighing.likelihood`; None where it is not told."""


class ReadAgain(Protocol):
    """Reads places of the page again."""

    def __call__(self, places: Sequence[Rect], *, once: bool = False) -> tuple[tuple[TextLine, ...], ...]:
        """For each place what stands there, read in several ways, or in one where that is enough."""
        ...


@dataclass(frozen=True, slots=True)
class TextReading:
    """The print of one side, from top to bottom and left to right; the machine readable zone is left out."""

    lines: tuple[TextLine, ...]
    reader: str
    """Name and version of the reader."""
    again: ReadAgain | None = field(default=None, compare=False, repr=False)
    """For a second look where something seems to differ; None where the page is not at hand any more."""
