"""Where the machine readable zone stands on a page: Doc 9303 parts 4 to 7, 8th edition.

Part 4, figure 3 (TD3); part 5, figure 6 (TD1); part 6, figure 6 (TD2); part 7, figures 3 and 8 (MRV-A, MRV-B).
Characters stand 2.54 mm apart (part 3, 4.4). With the place of every character in the image this says where the
page lies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from limen.icao.mrz import Format, find_layout
from limen.vision.page.model import SIZES_MM, Side
from limen.vision.reading import ZoneReading

Floats = NDArray[np.float64]

PITCH_MM: Final = 2.54

_MIDDLE_MM: Final = (0.65, -0.28)
"""From a line's left end and centre line to the middle of its first character's quadrilateral as `read_zone` gives
it. Measured on generated captures: 0.62 to 0.67 across and -0.31 to -0.26 down."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a format's zone stands."""

    side: Side
    left: float
    """From the page's left edge to the first character's left edge."""
    centres: tuple[float, ...]
    """From the page's lower edge up to the centre line of each line, the first line first."""


_TWO: Final = (15.75, 9.40)
STANDINGS: Final = {
    Format.TD1: Standing(Side.BACK, 5.0, (15.73, 11.5, 7.27)),
    Format.TD2: Standing(Side.FRONT, 4.0, _TWO),
    Format.TD3: Standing(Side.FRONT, 6.0, _TWO),
    Format.MRV_A: Standing(Side.FRONT, 4.0, _TWO),
    Format.MRV_B: Standing(Side.FRONT, 4.0, _TWO),
}
"""By format."""

_BY_SHAPE: Final = {(3, 30): Format.TD1, (2, 36): Format.TD2, (2, 44): Format.TD3}
"""National layouts stand on cards and pages of the size that their lines fit."""


def format_of(zone: ZoneReading) -> Format | None:
    """The size of the page that a zone stands on; None where its lines fit none."""
    layout = find_layout(zone.text)
    if layout is not None and layout.format in STANDINGS:
        return layout.format
    return _BY_SHAPE.get((len(zone.lines), max((len(line.glyphs) for line in zone.lines), default=0)))


def characters(zone: ZoneReading, format: Format) -> tuple[Floats, Floats]:
    """The middles of the zone's characters: N x 2 millimetres on the page, and N x 2 pixels of the image."""
    standing, height = STANDINGS[format], SIZES_MM[format][1]
    places: list[Floats] = []
    for line, centre in zip(zone.lines, standing.centres, strict=True):
        columns = np.arange(len(line.glyphs))
        x = standing.left + _MIDDLE_MM[0] + PITCH_MM * columns
        places.append(np.column_stack([x, np.full(len(columns), height - centre + _MIDDLE_MM[1])]))
    middles = [np.mean(np.array(glyph.quad), axis=0) for line in zone.lines for glyph in line.glyphs]
    return np.vstack(places), np.array(middles, dtype=np.float64)
