"""Whether two sheets show the same document, and how they lie to each other.

Black print is dark under every light (carbon: Doc 9303-2, appendix C; Doc 9303-3, 4.4 for the zone), so tiles of it
are laid over each other. Only print that is there under both lights and differs speaks against: print that is absent
is what forgeries look like, and is for the light checks to judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.icao.mrz import Format
from limen.vision.light import Light
from limen.vision.page.model import PX_PER_MM, SIZES_MM, Page, Pixels, Rect
from limen.vision.page.standing import PITCH_MM, STANDINGS

Floats = NDArray[np.float64]
Map = NDArray[np.float32]

_PER_MM: Final = 6
_TILE_MM: Final = (3.0, 2.4)
_REACH_MM: Final = 0.8
"""How far a tile may lie from where it is expected."""
_SLACK_MM: Final = 0.34
"""How far a tile may lie from where all lie together: a bent page, and how sheets are found."""
_PRINT: Final = {Light.WHITE: 18.0, Light.IR: 18.0, Light.UV: 4.5}
"""Spread of grey levels from which a tile holds dark print; under ultraviolet the paper itself is dark."""
_ALIKE: Final = 0.6
"""Correlation from which two tiles show the same print. Measured on generated captures of 12 documents: of the zone's
characters 0.92 and more (the worst tenth) on one document, 0.51 to 0.6 (the middle) on two."""

_ZONE_ALIKE: Final = 15
"""Characters that make a zone the same."""


@dataclass(frozen=True, slots=True)
class Sameness:
    """What the tiles said; each counts that has print on both sheets."""

    alike: int
    unlike: int
    zone_alike: int
    """Characters of the zone, fillers left out, that are the same on both."""
    zone_unlike: int
    at: Floats
    """N x 2: the middles of the tiles that are alike, in millimetres on the white sheet."""
    moved: Floats
    """N x 2: by how much each lies elsewhere on the other sheet, in millimetres."""
    found: Floats
    """As `at`, of all tiles that were found alike, also where they lie otherwise than most."""
    found_moved: Floats

    @property
    def evidence(self) -> int:
        """Tiles and characters that are alike."""
        return self.alike + self.zone_alike

    @property
    def zone_is_one(self) -> bool:
        """Whether the zone of both sheets is surely the same, and lies where it should."""
        return self.zone_alike >= _ZONE_ALIKE and 10 * self.zone_unlike <= self.zone_alike

    @property
    def agreement(self) -> float:
        """How surely it is the same document: one half where no print is to be seen under both lights."""
        alike, unlike = self.alike + self.zone_alike, self.unlike + self.zone_unlike
        return (alike + 1) / (alike + unlike + 2)


def compare(page: Page, other: Pixels, light: Light) -> Sameness:
    """Lays the print of another sheet over that of the white one.

    1. Each tile is sought about its place; those that are found alike say how the sheets lie to each other.
    2. Lying so, tiles with print on both sheets are alike or not; and so are the characters of the zone.
    """
    first, second = dark_print(page.white.image, Light.WHITE), dark_print(other, light)
    tiles = list(_tiles(first, second, light, _grid(page.size_mm)))
    where = [tile for tile in tiles if tile.best >= _ALIKE]
    shifts = np.array([tile.shift for tile in where]).reshape(-1, 2)
    common = np.median(shifts, axis=0) if where else np.zeros(2)
    own = [tile for tile in where if np.abs(np.array(tile.shift) - common).max() <= _SLACK_MM]
    cells = [tile for tile in _tiles(first, second, light, _cells(page.format, page.zone_lines)) if tile.printed]
    same = sum(tile.near(common) >= _ALIKE for tile in cells)
    return Sameness(
        alike=len(own),
        unlike=sum(tile.printed and tile.near(common) < _ALIKE for tile in tiles),
        zone_alike=same,
        zone_unlike=len(cells) - same,
        at=np.array([tile.middle for tile in own]).reshape(-1, 2),
        moved=np.array([tile.shift for tile in own]).reshape(-1, 2),
        found=np.array([tile.middle for tile in where]).reshape(-1, 2),
        found_moved=shifts,
    )


@dataclass(frozen=True, slots=True)
class _Tile:
    """A tile of the white sheet that was sought on the other."""

    middle: tuple[float, float]
    shift: tuple[float, float]
    best: float
    scores: Map
    printed: bool
    """Whether the other sheet has print there too."""

    def near(self, shift: Floats) -> float:
        """The best correlation within the slack about a shift."""
        reach, slack = round(_REACH_MM * _PER_MM), round(_SLACK_MM * _PER_MM)
        x, y = np.rint(shift * _PER_MM).astype(int) + reach
        return float(self.scores[max(0, y - slack) : y + slack + 1, max(0, x - slack) : x + slack + 1].max())


def _grid(size_mm: tuple[float, float]) -> Iterator[Rect]:
    across, down = _TILE_MM
    for top in np.arange(_REACH_MM, size_mm[1] - down - _REACH_MM, down):
        for left in np.arange(_REACH_MM, size_mm[0] - across - _REACH_MM, across):
            yield (float(left), float(top), across, down)


def _cells(format: Format, lines: tuple[str, ...]) -> Iterator[Rect]:
    """The characters of the zone but its fillers, which every zone has."""
    standing, height = STANDINGS[format], SIZES_MM[format][1]
    for line, centre in zip(lines, standing.centres, strict=False):
        for column, char in enumerate(line):
            if char != "<":
                yield (standing.left + PITCH_MM * column - 0.3, height - centre - 2.0, PITCH_MM, 4.0)


def _tiles(first: Map, second: Map, light: Light, rects: Iterable[Rect]) -> Iterator[_Tile]:
    """The tiles that hold print on the first map, sought on the second."""
    reach = round(_REACH_MM * _PER_MM)
    for left, top, width, height in rects:
        x, y, w, h = (round(value * _PER_MM) for value in (left, top, width, height))
        tile = first[y : y + h, x : x + w]
        window = second[y - reach : y + h + reach, x - reach : x + w + reach]
        if window.shape != (h + 2 * reach, w + 2 * reach) or tile.std() < _PRINT[Light.WHITE]:
            continue
        spread = float(window[reach:-reach, reach:-reach].std())
        if spread < 0.5 * _PRINT[light]:
            continue
        scores = np.asarray(cv2.matchTemplate(window, tile, cv2.TM_CCOEFF_NORMED), dtype=np.float32)
        _, best, _, (right, down) = cv2.minMaxLoc(scores)
        shift = ((right - reach) / _PER_MM, (down - reach) / _PER_MM)
        yield _Tile((left + width / 2, top + height / 2), shift, best, scores, spread >= _PRINT[light])


def dark_print(sheet: Pixels, light: Light) -> Map:
    """How much darker than its surroundings each place is: what is coloured or shines is left out."""
    size = (round(sheet.shape[1] * _PER_MM / PX_PER_MM), round(sheet.shape[0] * _PER_MM / PX_PER_MM))
    small = cv2.resize(sheet, size, interpolation=cv2.INTER_AREA)
    grey = small[:, :, 2] if light is Light.UV else small.max(axis=2)
    if light is Light.UV:
        grey = np.minimum(grey, np.uint8(np.median(grey)))
    kernel = np.ones((round(1.6 * _PER_MM), round(1.6 * _PER_MM)), np.uint8)
    return np.asarray(cv2.morphologyEx(np.ascontiguousarray(grey), cv2.MORPH_BLACKHAT, kernel), dtype=np.float32)
