"""Whether the infrared and the ultraviolet image were handed in the wrong way round.

An ultraviolet image is in colour, since print glows in colours; an infrared one is grey. Where it is the other way
round, neither is laid over the page: a sound paper is bright in infrared, and would be told as bleached.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from limen.vision.page import Pixels

GREY: Final = 2.5
"""Mean distance between the colour channels, in grey levels, up to which an image is grey (see `devices.grouping`).
Infrared images have 0.1 to 0.5, ultraviolet ones 35 to 44."""
COLOURED: Final = 10.0
"""The same from which it is in colour."""

SWAPPED: Final = "it is in colour and the ultraviolet one is grey: see whether the two were swapped"
SWAPPED_UV: Final = "it is grey and the infrared one in colour: see whether the two were swapped"


def swapped(infrared: Pixels, ultraviolet: Pixels) -> bool:
    """Whether the one looks like the other."""
    return _colour(infrared) >= COLOURED and _colour(ultraviolet) <= GREY


def _colour(image: Pixels) -> float:
    """Mean distance between the colour channels of a small copy."""
    factor = min(1.0, 300 / max(image.shape[:2]))
    size = (max(1, round(image.shape[1] * factor)), max(1, round(image.shape[0] * factor)))
    small = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.float32)
    return float((small.max(axis=2) - small.min(axis=2)).mean())
