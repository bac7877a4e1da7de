"""What was read from pixels: where, how surely, and what was changed on the way.

A reading never hides the recogniser's own opinion. Each character keeps the class that the pixels alone
favour (`optical`) beside the one that was settled under the grammar (`char`), so that an examiner can see
which of the two an inspection judged, and why they differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Point = tuple[float, float]
"""A position in the image as given, in pixels, x to the right and y downward, (0, 0) the upper left corner."""

Quad = tuple[Point, Point, Point, Point]
"""Upper left, upper right, lower right, lower left, in the reading direction of the text."""


class Why(StrEnum):
    """Why a settled character differs from the one the pixels favour."""

    POSITION = "position"
    """The position admits only the other class (Doc 9303-3, 4.3; say a digit in a date), and the recogniser
    held the two for near equals."""
    COMPARED = "compared"
    """The recogniser held two for near equals, and the zone's own sure prints of both decided."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character of the zone."""

    char: str
    """The settled character: A to Z, 0 to 9 or the filler."""
    optical: str
    """What the pixels alone favour; equal to `char` unless `why` says otherwise."""
    confidence: float
    """Of `char`, from 0 to 1."""
    quad: Quad
    why: Why | None = None

    @property
    def corrected(self) -> bool:
        """Whether the grammar, not the pixels, settled this character."""
        return self.why is not None


@dataclass(frozen=True, slots=True)
class LineReading:
    """One line of the zone, from left to right."""

    glyphs: tuple[Glyph, ...]
    quad: Quad

    @property
    def text(self) -> str:
        """The settled characters."""
        return "".join(glyph.char for glyph in self.glyphs)

    @property
    def optical(self) -> str:
        """What the pixels alone say."""
        return "".join(glyph.optical for glyph in self.glyphs)

    @property
    def confidence(self) -> float:
        """Of the least certain character, from 0 to 1."""
        return min((glyph.confidence for glyph in self.glyphs), default=0.0)


@dataclass(frozen=True, slots=True)
class ZoneReading:
    """A machine readable zone as found in one image."""

    lines: tuple[LineReading, ...]
    quad: Quad
    """The zone's outline: the outer corners of its first and last lines."""
    pitch_px: float
    """Distance of neighbouring characters along a line, in pixels of the image as given."""
    line_pitch_px: float
    """Distance of neighbouring lines, in pixels of the image as given."""
    angle_deg: float
    """Direction of the lines in the image: 0 upright, 90 reading downward, from -180 to 180."""
    ocrb: float
    """How surely the typeface is OCR-B, from 0 (another typeface) to 1."""
    image_size: tuple[int, int]
    """Width and height of the image as given, in pixels."""

    @property
    def text(self) -> tuple[str, ...]:
        """The settled lines."""
        return tuple(line.text for line in self.lines)

    @property
    def confidence(self) -> float:
        """Of the least certain character, from 0 to 1."""
        return min((line.confidence for line in self.lines), default=0.0)
