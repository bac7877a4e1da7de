"""Where a page lies in a picture, told from its machine readable zone alone: Doc 9303 parts 4 to 7, 8th edition.

The zone's characters stand in known places of the page, 2.54 mm apart (part 3, 4.4), so that their places in the
picture give the projection of the whole page, at any rotation and from any side. The measures are those of part 4
figure 3 (TD3), part 5 figure 6 (TD1, whose zone is on the back), part 6 figure 6 (TD2), part 7 figures 3 and 8
(MRV-A, MRV-B).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.icao.mrz import Format, find_layout
from limen.vision import ZoneReading

Floats = NDArray[np.float64]

PITCH_MM: Final = 2.54
LEAST_CONFIDENCE: Final = 0.9
"""Mean of the zone's characters below which its places are not trusted: a zone read so badly may be misplaced."""
MOST_OFF: Final = 0.25
"""Root mean square, in pitches, by which the characters may miss the page's grid; a bent page reaches 0.1."""
_ZOOM: Final = (0.3, 3.0)
"""How much larger than at the zone a far corner may appear; a page tilted by 30 degrees reaches 1.5."""


@dataclass(frozen=True, slots=True)
class Measures:
    """A format in millimetres from the upper left corner."""

    width: float
    height: float
    zone_left: float
    """From the left edge to the first character."""
    rises: tuple[float, ...]
    """From the lower edge up to the centre of each line of the zone."""
    portrait: tuple[float, float, float, float] | None
    """Left, top, right and bottom of the zone that the portrait may fill; None on the back of TD1."""

    @property
    def zone_top(self) -> float:
        """Where the zone begins, with half a line's room."""
        return self.height - self.rises[0] - 3.6


_TWO: Final = (15.75, 9.40)
MEASURES: Final = {
    Format.TD1: Measures(85.6, 53.98, 5.0, (15.73, 11.5, 7.27), None),
    Format.TD2: Measures(105.0, 74.0, 4.0, _TWO, (0.0, 8.0, 36.0, 52.0)),
    Format.TD3: Measures(125.0, 88.0, 6.0, _TWO, (0.0, 8.0, 44.0, 66.0)),
    Format.MRV_A: Measures(120.0, 80.0, 4.0, _TWO, (0.0, 8.0, 38.0, 58.0)),
    Format.MRV_B: Measures(105.0, 74.0, 4.0, _TWO, (0.0, 8.0, 36.0, 52.0)),
}


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One page in a picture."""

    format: Format
    measures: Measures
    projection: Floats
    """3 x 3, from millimetres of the page to pixels of the picture."""
    squeeze: float
    """Height to width of a square about the zone: 1 seen straight on, less seen slantwise, or where the zone's lines
    stand closer than they should."""

    def place(self, points: object) -> Floats:
        """Millimetres (N x 2) to pixels."""
        given = np.asarray(points, np.float64).reshape(1, -1, 2)
        return np.asarray(cv2.perspectiveTransform(given, self.projection)[0], np.float64)

    def box(self, left: float, top: float, right: float, bottom: float) -> Floats:
        """The corners of a rectangle of the page, in pixels."""
        return self.place([(left, top), (right, top), (right, bottom), (left, bottom)])


def find_page(zone: ZoneReading) -> Page | None:
    """The page that a zone belongs to; None where its format is unknown or its place not sure."""
    layout = find_layout(zone.text)
    measures = MEASURES.get(layout.format) if layout else None
    confidence = np.mean([glyph.confidence for line in zone.lines for glyph in line.glyphs])
    if layout is None or measures is None or confidence < LEAST_CONFIDENCE:
        return None
    seen = np.array([np.mean(glyph.quad, axis=0) for line in zone.lines for glyph in line.glyphs], np.float64)
    grid = np.array(
        [
            (measures.zone_left - 0.4 + PITCH_MM * (column + 0.5), measures.height - rise)
            for line, rise in zip(zone.lines, measures.rises, strict=True)
            for column in range(len(line.glyphs))
        ]
    )
    # Both sides in numbers of like size: the equations are well-conditioned then.
    scale = 100.0 / max(1e-6, float(np.ptp(seen, axis=0).max()))
    found, _ = cv2.findHomography(grid, seen * scale, 0)
    if found is None:
        return None
    projection = np.diag([1 / scale, 1 / scale, 1.0]) @ np.asarray(found, np.float64)
    page = Page(layout.format, measures, projection, 1.0)
    return _checked(page, grid, seen)


def _checked(page: Page, grid: Floats, seen: Floats) -> Page | None:
    """The page with its squeeze; None where the projection is not one that a camera makes."""
    measures = page.measures
    corners = np.array([(0, 0), (measures.width, 0), (measures.width, measures.height), (0, measures.height)], float)
    middle = grid.mean(axis=0)
    spots = np.vstack([corners + np.sign(corners - middle) * 10, middle])
    depth = (np.column_stack([spots, np.ones(len(spots))]) @ page.projection.T)[:, 2]
    if not (np.all(depth > 0) or np.all(depth < 0)):
        return None
    sides = [_sides(page, spot) for spot in spots]
    areas = np.array([abs(x[0] * y[1] - x[1] * y[0]) for x, y in sides]) ** 0.5
    if not np.all((areas > _ZOOM[0] * areas[-1]) & (areas < _ZOOM[1] * areas[-1])):
        return None
    across, down = (float(np.hypot(*side)) for side in sides[-1])
    off = np.linalg.norm(page.place(grid) - seen, axis=1)
    if float(np.sqrt(np.mean(off**2))) > MOST_OFF * PITCH_MM * across:
        return None
    return Page(page.format, measures, page.projection, down / across)


def _sides(page: Page, spot: Floats) -> tuple[Floats, Floats]:
    """How a millimetre to the right, and one downward, appear in the picture."""
    x, y = spot
    a, b, c = page.place([(x, y), (x + 1.0, y), (x, y + 1.0)])
    return b - a, c - a
