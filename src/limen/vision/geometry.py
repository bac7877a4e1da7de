"""Where a line of print lies in an image, and how to cut it out straight.

A `Strip` describes a line by a straight axis, a gentle curve about it and a height that may change along it, so that
one description serves rotation, perspective and a bent page alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.reading import Point, Quad

Floats = NDArray[np.float64]
Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Strip:
    """One line of print: its axis runs from `origin` along `angle`, and all lengths are pixels of one image."""

    origin: Point
    angle: float
    """In radians, clockwise as seen in the image (y downward)."""
    start: float
    """Along the axis from the origin to the line's left end."""
    end: float
    curve: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """The middle of the print above the axis at x: c0 + c1 x + c2 x^2, in reading direction downward."""
    half: float = 1.0
    """Half the height to be cut out, in the middle of the line."""
    taper: float = 0.0
    """Relative change of the height over the length of the line (perspective)."""
    lean: float = 0.0
    """How far the top of the print lies to the left of its bottom, per unit of height."""

    @property
    def length(self) -> float:
        """From end to end along the axis."""
        return self.end - self.start

    def points(self, along: Floats, across: Floats) -> tuple[Floats, Floats]:
        """Image coordinates of positions along the line (0 start, 1 end) and across it (-1 top, +1 bottom)."""
        x = self.start + along * self.length
        half = self.half * (1 + self.taper * (along - 0.5))
        offset = across * half
        c0, c1, c2 = self.curve
        y = c0 + c1 * x + c2 * x * x + offset
        x = x + self.lean * offset
        cos, sin = np.cos(self.angle), np.sin(self.angle)
        return self.origin[0] + x * cos - y * sin, self.origin[1] + x * sin + y * cos

    def quad(self, left: float, right: float, top: float = -1.0, bottom: float = 1.0) -> Quad:
        """The corners of a part of the line, in the terms of `points`."""
        along = np.array([left, right, right, left])
        across = np.array([top, top, bottom, bottom])
        xs, ys = self.points(along, across)
        a, b, c, d = ((float(x), float(y)) for x, y in zip(xs, ys, strict=True))
        return (a, b, c, d)

    def scaled(self, factor: float) -> Strip:
        """The same line in an image `factor` times as large."""
        c0, c1, c2 = self.curve
        return replace(
            self, origin=(self.origin[0] * factor, self.origin[1] * factor), start=self.start * factor,
            end=self.end * factor, curve=(c0 * factor, c1, c2 / factor), half=self.half * factor,
        )  # fmt: skip

    def turned(self) -> Strip:
        """The same line read from the other end, upside down."""
        c0, c1, c2 = self.curve
        return replace(
            self, angle=self.angle + np.pi, start=-self.end, end=-self.start, curve=(-c0, c1, -c2), taper=-self.taper,
        )  # fmt: skip

    def widened(self, before: float, after: float) -> Strip:
        """With more room (or less, if negative) at the ends, in pixels; the slope of the height is kept."""
        length = self.length + before + after
        shift = (after - before) / 2
        half = self.half * (1 + self.taper * shift / self.length)
        return replace(
            self, start=self.start - before, end=self.end + after, half=half,
            taper=self.taper * length / self.length * self.half / half,
        )  # fmt: skip

    def moved(self, across: float) -> Strip:
        """Shifted across the reading direction by so many pixels, downward if positive."""
        c0, c1, c2 = self.curve
        return replace(self, curve=(c0 + across, c1, c2))


def cut(image: Grey, strip: Strip, width: int, height: int) -> Grey:
    """The strip of `image` as an upright crop of the size given; what lies outside repeats the edge."""
    along = (np.arange(width) + 0.5) / width
    across = (np.arange(height) + 0.5) / height * 2 - 1
    grid_along, grid_across = np.meshgrid(along, across)
    xs, ys = strip.points(grid_along, grid_across)
    crop = cv2.remap(
        image, xs.astype(np.float32), ys.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return cast("Grey", crop)


class Pyramid:
    """One grey image at halving sizes, each made when first asked for."""

    def __init__(self, grey: Grey) -> None:
        self._levels = [grey]

    @property
    def base(self) -> Grey:
        """The image as given."""
        return self._levels[0]

    def cut(self, strip: Strip, width: int, height: int) -> Grey:
        """Cut a strip (in pixels of the base) from the level nearest above the crop's resolution."""
        shrink = strip.length / width
        level = 0
        while shrink >= 2 * 2**level and level < 5:
            level += 1
        while len(self._levels) <= level:
            last = self._levels[-1]
            self._levels.append(cast("Grey", cv2.resize(last, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)))
        return cut(self._levels[level], strip.scaled(0.5**level), width, height)
