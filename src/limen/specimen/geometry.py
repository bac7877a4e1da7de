"""Sizes and places in millimetres: Doc 9303 parts 4 to 7, 8th edition.

The machine readable zone: part 4 figure 3 (TD3), part 5 figure 6 (TD1), part 6 figure 6 (TD2), part 7 figures
3 and 8 (MRV-A, MRV-B). Characters stand 2.54 mm apart (part 3, 4.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from limen.icao.mrz import Format

MM_PER_INCH: Final = 25.4
PITCH_MM: Final = 2.54
CORNER_RADIUS_MM: Final = 3.18
ZONE_HEIGHT_MM: Final = 23.2


class Side(StrEnum):
    """Which side of the document."""

    FRONT = "front"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Geometry:
    """A format's measures, from the upper left corner unless said otherwise."""

    format: Format
    width: float
    height: float
    zone_left: float
    """From the left edge to the left edge of each line's first character."""
    zone_centres: tuple[float, ...]
    """From the lower edge up to the centre line of each line of the zone, the first line first."""
    line_length: int
    portrait: tuple[float, float, float, float]
    """Left, top, width and height of the portrait."""
    rounded: bool = True

    @property
    def zone_side(self) -> Side:
        """The side that has the zone: the back of TD1, the front of all others."""
        return Side.BACK if self.format is Format.TD1 else Side.FRONT


_TWO_LINES: Final = (15.75, 9.40)
_THREE_LINES: Final = (11.5 + 4.23, 11.5, 11.5 - 4.23)

GEOMETRIES: Final = {
    Format.TD1: Geometry(Format.TD1, 85.6, 53.98, 5.0, _THREE_LINES, 30, (3.2, 13.0, 26.0, 33.4)),
    Format.TD2: Geometry(Format.TD2, 105.0, 74.0, 4.0, _TWO_LINES, 36, (4.0, 13.4, 27.6, 35.5)),
    Format.TD3: Geometry(Format.TD3, 125.0, 88.0, 6.0, _TWO_LINES, 44, (5.5, 17.0, 35.0, 45.0)),
    Format.MRV_A: Geometry(Format.MRV_A, 120.0, 80.0, 4.0, _TWO_LINES, 44, (4.0, 15.5, 29.0, 36.0), rounded=False),
    Format.MRV_B: Geometry(Format.MRV_B, 105.0, 74.0, 4.0, _TWO_LINES, 36, (4.0, 13.2, 27.6, 35.5), rounded=False),
}
"""By format; `Format.OTHER` has none."""
