"""The machine readable zone's ink: how much of its white-light contrast is left in infrared, character by character.

Doc 9303-3 (8th edition), 4.5 and 4.11: the characters are black in white light (B425 to B680 of ISO 1831) and absorb
at 900 nm (B900), with a print contrast signal of at least 0.6. A camera is no densitometer, so the two lights are
held against each other: what blur and glare take from the one they take from the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from limen.icao.mrz import Format
from limen.vision.page import SIZES_MM, Page, Pixels, Rect, Sheet, Side

Floats = NDArray[np.float64]

PITCH_MM: Final = 2.54
CELL_HEIGHT_MM: Final = 4.2
"""Height of the window about each character: print may stand up to half a millimetre off its line."""
_TWO_LINES: Final = (15.75, 9.40)
_PLACES: Final = {
    Format.TD1: (5.0, (15.73, 11.5, 7.27), 30),
    Format.TD2: (4.0, _TWO_LINES, 36),
    Format.TD3: (6.0, _TWO_LINES, 44),
    Format.MRV_A: (4.0, _TWO_LINES, 44),
    Format.MRV_B: (4.0, _TWO_LINES, 36),
}
"""Left edge, centre lines above the lower edge, characters a line: figures of Doc 9303-4 (3), -5 (6), -6 (6) and -7
(3 and 8)."""
INK_PERCENTILE: Final = 6.0
PAPER_PERCENTILE: Final = 80.0
"""Of the pixels about a character; its strokes cover 8 to 20 %."""
PRINTED_FROM: Final = 0.25
"""White-light contrast from which a window is held to hold a character."""


@dataclass(frozen=True, slots=True, eq=False)
class ZoneInk:
    """The zone's print under one light, held against white light."""

    white: Floats
    """Lines x characters: print contrast signal in white light."""
    other: Floats
    """The same under the other light."""
    paper: float
    """Brightness of the zone's paper under the other light, 0 to 255."""
    saturated: float
    """Share of the zone's pixels that are as bright as the other image can show."""

    @property
    def printed(self) -> NDArray[np.bool_]:
        """Which windows hold a character."""
        return self.white >= PRINTED_FROM

    @property
    def ratios(self) -> Floats:
        """Of each window the contrast that is left, as a share of that in white light; 1 where nothing is printed."""
        return np.where(self.printed, self.other / np.maximum(self.white, PRINTED_FROM), 1.0)

    @property
    def ratio(self) -> float:
        """The median over all characters; 1 where there is none."""
        return float(np.median(self.ratios[self.printed])) if self.printed.any() else 1.0


def has_zone(page: Page) -> bool:
    """Whether this side is the one with the zone: the back of TD1, the front of all others."""
    return page.format in _PLACES and (page.side is Side.BACK) == (page.format is Format.TD1)


def zone_rect(format: Format) -> Rect:
    """Where the lines of the zone stand on the side that has it. Raises KeyError for a format without one."""
    left, centres, count = _PLACES[format]
    height = SIZES_MM[format][1]
    top = height - centres[0] - CELL_HEIGHT_MM / 2
    return (left, top, count * PITCH_MM, centres[0] - centres[-1] + CELL_HEIGHT_MM)


def portrait_core(page: Page) -> Rect:
    """The middle of where the portrait stands: zone V of Doc 9303-4 to -7, at the left of every format."""
    width, height = page.size_mm
    return (0.09 * width, 0.30 * height, 0.17 * width, 0.32 * height)


def character_rects(format: Format) -> tuple[tuple[Rect, ...], ...]:
    """The window about each character, line by line."""
    left, centres, count = _PLACES[format]
    height = SIZES_MM[format][1]
    return tuple(
        tuple(
            (left + n * PITCH_MM, height - centre - CELL_HEIGHT_MM / 2, PITCH_MM, CELL_HEIGHT_MM) for n in range(count)
        )
        for centre in centres
    )


def zone_ink(page: Page, sheet: Sheet, white: Floats | None = None) -> ZoneInk:
    """The zone's ink on `sheet` against the page's white sheet, whose `zone_contrasts` are measured where not given.

    Raises KeyError for a format without a zone.
    """
    area = sheet.crop(zone_rect(page.format))
    return ZoneInk(
        zone_contrasts(page.format, page.white) if white is None else white,
        zone_contrasts(page.format, sheet),
        float(np.percentile(_grey(area), PAPER_PERCENTILE)),
        float((area.min(axis=2) >= 253).mean()),
    )


def zone_contrasts(format: Format, sheet: Sheet) -> Floats:
    """Lines x characters: the print contrast signal about each character of the zone."""
    rows = [[_grey(sheet.crop(rect)[::2, ::2]) for rect in line] for line in character_rects(format)]
    # Rounded to whole pixels, windows differ by one in size.
    height, width = (min(one.shape[axis] for row in rows for one in row) for axis in (0, 1))
    windows = np.array([[one[:height, :width].ravel() for one in row] for row in rows])
    ink, paper = np.percentile(windows, (INK_PERCENTILE, PAPER_PERCENTILE), axis=-1)
    return np.asarray(1 - ink / np.maximum(paper, 1.0), dtype=np.float64)


def _grey(pixels: Pixels) -> NDArray[np.float32]:
    return np.asarray(pixels.mean(axis=2, dtype=np.float32))
