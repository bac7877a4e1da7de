"""Whether a place that an officer marked is where the fraud shows. Pure: shares of the picture, from 0 to 1.

- **A point** hits a marked region that it lies in, or misses by no more than `TOLERANCE` of the picture's width or
  height.
- **A rectangle**, drawn or a field of the grid, hits if along width and along height it shares at least half of the
  shorter of the two (region with its tolerance, rectangle), and is no longer than twice the region, or than one field
  of the grid. So the whole picture hits nothing small, and every region is hit by at least one field, however it lies.

Of several regions, hitting one is enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

TOLERANCE = 0.02
"""By how much a place may miss a region: a share of the picture's width or height."""

COLUMNS, ROWS = 6, 4
"""Fields of the grid, by which a place is named without a pointer."""

_LEAST_SHARED = 0.5
_MOST_LONGER = 2.0
_EXACT = 1e-9
"""What sums of shares may be off by."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, or a point where width and height are 0."""

    x: float
    y: float
    w: float = 0.0
    h: float = 0.0

    @property
    def is_point(self) -> bool:
        """Whether it has no extent."""
        return self.w <= 0 and self.h <= 0

    def widened(self, by: float) -> Box:
        """The same with a margin, within the picture."""
        left, top = max(self.x - by, 0.0), max(self.y - by, 0.0)
        right, below = min(self.x + self.w + by, 1.0), min(self.y + self.h + by, 1.0)
        return Box(left, top, right - left, below - top)

    def within(self, frame: Box) -> Box:
        """The same as a share of a frame that it lies in, cut at its edges."""
        left, right = (_clamped((at - frame.x) / frame.w) for at in (self.x, self.x + self.w))
        top, below = (_clamped((at - frame.y) / frame.h) for at in (self.y, self.y + self.h))
        return Box(left, top, right - left, below - top)


def hits(place: Box, regions: Iterable[Box], tolerance: float = TOLERANCE) -> bool:
    """Whether the place hits one of the regions."""
    return any(_hits(place, region.widened(tolerance)) for region in regions)


def field(name: str) -> Box:
    """A field of the grid by its name: column A to F, row 1 to 4. Raises ValueError."""
    if name not in FIELDS:
        raise ValueError(name)
    column, row = ord(name[0]) - ord("A"), int(name[1:]) - 1
    return Box(column / COLUMNS, row / ROWS, 1 / COLUMNS, 1 / ROWS)


FIELDS = tuple(f"{chr(ord('A') + column)}{row + 1}" for row in range(ROWS) for column in range(COLUMNS))
"""Names of the fields, row by row."""


def _hits(place: Box, region: Box) -> bool:
    along = _shares(place.x, place.w, region.x, region.w, 1 / COLUMNS)
    return along and _shares(place.y, place.h, region.y, region.h, 1 / ROWS)


def _shares(start: float, length: float, other: float, other_length: float, one_field: float) -> bool:
    """The rule along one side of the picture."""
    if length > max(_MOST_LONGER * other_length, one_field) + _EXACT:
        return False
    shared = min(start + length, other + other_length) - max(start, other)
    return shared >= _LEAST_SHARED * min(length, other_length) - _EXACT


def _clamped(share: float) -> float:
    return min(max(share, 0.0), 1.0)
