"""One measured value with the place where it is worst."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from limen.vision.page import PX_PER_MM, Rect


@dataclass(frozen=True, slots=True)
class Measure:
    """A value, in the unit of its rule, and where on the reference it was found, in millimetres."""

    value: float
    rect: Rect


Measures = dict[str, Measure]
"""By the names of `limen.vision.artwork.rules`; what could not be measured is left out."""


def window_rect(at: tuple[int, int], size: tuple[int, int], step: int) -> Rect:
    """The window of `size` (width, height) samples about the sample in row and column `at`."""
    row, column = at
    width, height = (side * step / PX_PER_MM for side in size)
    x, y = ((place + 0.5) * step / PX_PER_MM for place in (column, row))
    return (x - width / 2, y - height / 2, width, height)


def worst(values: NDArray[np.floating], valid: NDArray[np.bool_], *, low: bool) -> tuple[float, tuple[int, int]] | None:
    """The lowest (or highest) value of those that are valid, and its row and column."""
    if not valid.any():
        return None
    held = np.where(valid, values, np.inf if low else -np.inf)
    place = int(held.argmin() if low else held.argmax())
    row, column = (int(v) for v in np.unravel_index(place, held.shape))
    return float(held[row, column]), (row, column)
