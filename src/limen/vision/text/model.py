"""What a reader of ordinary print made of the visual zone (Doc 9303-3, 3)."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class TextReading:
    """The print of one side, from top to bottom and left to right; the machine readable zone is left out."""

    lines: tuple[TextLine, ...]
    reader: str
    """Name and version of the reader."""
