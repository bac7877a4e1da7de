"""Straight edges that enclose a head, as the border of a display or of a print held into the picture does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.face.model import Face, Pixels

if TYPE_CHECKING:
    Segments = NDArray[np.float64]

LONGEST = 400
"""Pixels of the longer side that edges are looked for in."""
LEAN_DEG = 20.0
"""Edges lean by at most this from upright and level."""
LEAST = 1.3
"""Length of an edge in sizes of the face, gaps left out."""
NEAR = 0.03
"""How far two pieces of one edge lie off one line, in sizes of the face."""


def enclosing_sides(image: Pixels, face: Face) -> int:
    """Along how many of the four sides of the head a long straight edge goes."""
    scale = min(1.0, LONGEST / max(image.shape[:2]))
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    grey = cv2.cvtColor(cv2.resize(image, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    low, high = face.points[:, :2].min(axis=0) * scale, face.points[:, :2].max(axis=0) * scale
    middle, reach = (low + high) / 2, float((high - low).max())
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD).detect(grey)[0]
    if found is None:
        return 0
    segments = (found.reshape(-1, 2, 2).astype(np.float64) - middle) / reach
    # The level edges are the upright ones of the picture lying on its side.
    sides = [_edge(segments, sign) for sign in (-1, 1)] + [_edge(segments[..., ::-1], sign) for sign in (-1, 1)]
    return sum(sides)


def _edge(segments: Segments, sign: int) -> bool:
    """Whether a long upright edge goes along the side of the head that `sign` names; the head is about (0, 0)."""
    along = segments[:, 1] - segments[:, 0]
    length = np.hypot(along[:, 0], along[:, 1])
    upright = np.abs(along[:, 0]) < np.tan(np.radians(LEAN_DEG)) * np.abs(along[:, 1])
    kept = segments[upright & (length > 0.15)]
    middles = kept.mean(axis=1)
    kept = kept[(middles[:, 0] * sign > 0.5) & (np.abs(middles[:, 1]) < 2.5)]
    return any(_covered(kept, one) >= LEAST for one in kept)


def _covered(segments: Segments, one: NDArray[np.float64]) -> float:
    """How much of the line through one segment is edge."""
    along = (one[1] - one[0]) / np.hypot(*(one[1] - one[0]))
    off = np.abs((segments - one[0]) @ np.array([-along[1], along[0]]))
    on_line = segments[(off < NEAR + 0.01 * np.abs((segments - one[0]) @ along)).all(axis=1)]
    spans = np.sort((on_line - one[0]) @ along, axis=1)
    total, end = 0.0, -np.inf
    for start, stop in spans[np.argsort(spans[:, 0])]:
        total += max(0.0, stop - max(start, end))
        end = max(end, stop)
    return total
