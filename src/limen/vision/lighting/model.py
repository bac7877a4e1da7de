"""What is measured of a part of a page under one light, and what a document model says of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from limen.vision.lighting.catalogue import LightCode
from limen.vision.page import Rect


class Quantity(StrEnum):
    """A figure of `Measured` that a feature can be judged by."""

    CONTRAST = "contrast"
    ABSORPTION = "absorption"
    GLOW = "glow"
    SHINE = "shine"
    LUMINESCENCE = "luminescence"
    SATURATION = "saturation"
    HUE = "hue"
    EDGE = "edge_mm"
    FINENESS = "fineness"


@dataclass(frozen=True, slots=True)
class Measured:
    """A rectangle of a sheet in figures. None of them but `level` depends on how strong the lamp was."""

    level: tuple[float, float, float]
    """Red, green and blue of the bare paper, 0 to 255."""
    contrast: float
    """Print contrast signal (ISO 1831): 1 - darkest / brightest, each a percentile; 0 is nothing, 1 black on white."""
    absorption: float | None
    """`contrast` over the contrast of the same place in white light; None where white shows no print there."""
    glow: float
    """How blue-white the paper shines, as office paper does: see `paper.glow`."""
    shine: float
    """Brightness of the paper between print, over that of the whole page's bare paper."""
    luminescence: float
    """Share of the rectangle that shines more than twice as brightly as the page's paper."""
    saturation: float
    """Of what shines: 0 grey, 1 a pure colour."""
    hue: float
    """Of what shines: degrees, 0 red, 120 green, 240 blue; 0 where nothing shines."""
    edge_mm: float
    """Width of the edges of what shines, from 10 to 90 % of their rise; 0 where nothing shines."""
    fineness: float
    """Share of the detail that is finer than 0.5 mm."""

    def figure(self, quantity: Quantity) -> float | None:
        """The figure of that name."""
        value: float | None = getattr(self, quantity.value)
        return value


@dataclass(frozen=True, slots=True)
class LightFeature:
    """What genuine documents of one model show at one place under one light."""

    code: LightCode
    name: str
    """In words, for the operator: "rosette at the right"."""
    rect: Rect
    """In millimetres on the page."""
    quantity: Quantity
    expected: float
    """Median of the pages that it was learned from."""
    tolerance: float
    """How far off still does; the margin is 0 there."""
