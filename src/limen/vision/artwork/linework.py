"""How well line work agrees with the reference's: correlation and contrast in small windows, print left out.

In every window the page's grey levels are regressed on the reference's, over the pixels that are no ink. The slope is
the share of the line work's contrast that is there, the correlation says whether it is the same line work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.artwork.align import Grey, Mask

QUARTER: Final = 4
"""Pixels to a sample of the sums, in both directions."""

_HELD: Final = 45.0
"""Grey levels that line work differs from its ground by at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Sums over pixels that count, a quarter of the resolution."""

    count: Grey = field(repr=False)
    page: Grey = field(repr=False)
    reference: Grey = field(repr=False)
    page2: Grey = field(repr=False)
    reference2: Grey = field(repr=False)
    both: Grey = field(repr=False)
    fine_page: Grey = field(repr=False)
    """Line work alone, full resolution; 0 where it does not count."""
    fine_reference: Grey = field(repr=False)
    counts: NDArray[np.bool_] = field(repr=False)

    def windows(self, width: int, height: int) -> Windows:
        """The regression in windows of that many samples about each sample."""

        def over(values: Grey) -> Grey:
            return np.asarray(cv2.boxFilter(values, -1, (width, height), normalize=False), dtype=np.float32)

        n, p, r, pp, rr, pr = (
            over(values) for values in (self.count, self.page, self.reference, self.page2, self.reference2, self.both)
        )
        least = np.maximum(n, 1.0)
        var_page = np.asarray(np.maximum(pp / least - (p / least) ** 2, 0.0), dtype=np.float32)
        var_reference = np.asarray(np.maximum(rr / least - (r / least) ** 2, 0.0), dtype=np.float32)
        shared = np.asarray(pr / least - p * r / least**2, dtype=np.float32)
        return Windows(n, var_page, var_reference, shared, np.asarray(p / least - r / least, dtype=np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """What windows about each sample come to."""

    count: Grey = field(repr=False)
    """Pixels that count."""
    var_page: Grey = field(repr=False)
    var_reference: Grey = field(repr=False)
    shared: Grey = field(repr=False)
    """Covariance."""
    brighter: Grey = field(repr=False)
    """Mean of page less reference."""

    @property
    def correlation(self) -> Grey:
        """Of page and reference, -1 to 1."""
        return np.asarray(self.shared / np.sqrt(self.var_page * self.var_reference + 1.0), dtype=np.float32)

    @property
    def contrast(self) -> Grey:
        """The share of the reference's line work that is there."""
        return np.asarray(self.shared / (self.var_reference + 0.5), dtype=np.float32)


def sums(page: Grey, reference: Grey, counts: NDArray[np.bool_]) -> Sums:
    """Sums of levels and products where `counts`."""
    weight = counts.astype(np.float32)
    a = fine(page, weight)
    b = fine(reference, weight)
    count, page1, reference1, page2, reference2, both = (
        _quarter(values) for values in (weight, a, b, a * a, b * b, a * b)
    )
    return Sums(count, page1, reference1, page2, reference2, both, a, b, counts)


def fine(grey: Grey, weight: Grey) -> Grey:
    """Line work alone, where `weight` is 1: the levels less the mean of what counts about them."""
    size = (31, 31)
    mean = cv2.blur(grey * weight, size) / np.maximum(cv2.blur(weight, size), 0.02)
    return np.asarray(np.clip(grey - mean, -_HELD, _HELD) * weight, dtype=np.float32)


def _quarter(values: Grey) -> Grey:
    size = (values.shape[1] // QUARTER, values.shape[0] // QUARTER)
    small = cv2.resize(values, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small * (QUARTER * QUARTER), dtype=np.float32)


def bare(ink: Mask, reach: int = 7) -> NDArray[np.bool_]:
    """Where no ink is within some pixels."""
    return np.asarray(cv2.dilate(ink, np.ones((reach, reach), np.uint8)) == 0)
