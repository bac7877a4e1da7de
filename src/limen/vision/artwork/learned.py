"""What was learned of the artwork of one model, in the frame of its reference."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntFlag
from typing import Final

import numpy as np
from numpy.typing import NDArray

from limen.icao.mrz import Format
from limen.vision.page import PX_PER_MM, Pixels, Rect, Side

CELL: Final = 8
"""Pixels of a sheet to a cell of a heat map, in both directions."""
GLYPH: Final = 28
"""Side of the square in which a printed character is kept, in pixels of a sheet."""


class Kind(IntFlag):
    """What a pixel of the reference is; 0 is none of these and is not compared."""

    STATIC = 1
    """The same on every document."""
    GROUND = 2
    """The ground is known here, even where some documents have data printed over it."""
    PRINT = 4
    """Where data are printed over the ground."""


@dataclass(frozen=True, slots=True)
class Region:
    """A named part of the page."""

    name: str
    rect: Rect
    """In millimetres, in the frame of the reference."""
    kind: str
    """"portrait", "ghost", "zone" or "print"."""


@dataclass(frozen=True, slots=True)
class Learned:
    """One measure, as genuine captures that were left out of the learning have it."""

    centre: float
    spread: float
    """Half of the range of the captures."""


@dataclass(frozen=True, slots=True, eq=False)
class Artwork:
    """The artwork of one side of one model, learned from captures of genuine documents.

    Arrays lie in the frame of the reference: the sheet at its full resolution, or at half of it where that says so.
    """

    format: Format
    side: Side
    captures: int
    """How many it was learned from."""
    ground: NDArray[np.uint8] = field(repr=False)
    """Under white light, grey levels; beneath variable print the ground alone."""
    kind: NDArray[np.uint8] = field(repr=False)
    """`Kind` of each pixel."""
    colour: Pixels = field(repr=False)
    """Under white light, half resolution."""
    regions: tuple[Region, ...]
    measures: dict[str, Learned] = field(repr=False)
    """By name; see `limen.vision.artwork.rules`."""
    fit: NDArray[np.float32] = field(repr=False)
    """For each cell the correlation of its line work that genuine captures still have; NaN where there is none."""
    uv: Pixels | None = field(default=None, repr=False)
    """Half resolution; None where it was not learned."""
    ir: NDArray[np.uint8] | None = field(default=None, repr=False)
    """Half resolution, grey levels."""
    overprint: NDArray[np.int8] | None = field(default=None, repr=False)
    """Over the portrait: line work that is the same on every document, of one or two channels."""
    glyphs: NDArray[np.uint8] = field(default_factory=lambda: np.zeros((0, GLYPH, GLYPH), np.uint8), repr=False)
    """Characters of the visual zone as printed, ink bright, each in the middle of its square."""

    def to_bytes(self) -> bytes:
        """As kept in a file; see `limen.vision.artwork.stored`."""
        from limen.vision.artwork.stored import to_bytes  # noqa: PLC0415 - it needs this class

        return to_bytes(self)

    @classmethod
    def from_bytes(cls, data: bytes) -> Artwork:
        """From the bytes of `to_bytes`. Raises `BadArtwork` on any others."""
        from limen.vision.artwork.stored import from_bytes  # noqa: PLC0415 - it needs this class

        return from_bytes(data)

    def region(self, kind: str) -> Region | None:
        """The first region of that kind, or None."""
        return next((one for one in self.regions if one.kind == kind), None)


def mm(pixels: float) -> float:
    """Pixels of a sheet in millimetres."""
    return pixels / PX_PER_MM
