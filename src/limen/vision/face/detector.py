"""Where faces might be in an image: MediaPipe's short-range detector (BlazeFace, Apache-2.0), run by OpenCV.

It looks at 128 x 128 pixels and finds upright faces from about a fifth of the picture's longer side up. `FaceFinder`
shows it several views of a picture and verifies what it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.face.model import Floats, Pixels
from limen.vision.face.nets import Net, sigmoid

SIDE = 128
"""Pixels of the network's square input."""
_GRIDS = ((16, 2), (8, 6))
"""Cells to a side, and anchors in each cell, in the order of the network's output."""
_SAME = 0.3
"""Two answers whose centres lie nearer than this share of the face's width are of one face."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where a face might be, in pixels of the image."""

    left: float
    top: float
    side: float
    """Of the square from the brows to the chin."""
    angle_deg: float
    """Of the line from the one eye to the other: positive where the face leans clockwise."""
    score: float

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the square."""
        return self.left + self.side / 2, self.top + self.side / 2


class FaceDetector:
    """The detector, loaded once."""

    def __init__(self, path: Path) -> None:
        self._net = Net(path)

    def candidates(self, image: Pixels, least: float = 0.5) -> list[Candidate]:
        """The upright faces of one view that fill a good part of it, surest first."""
        square, scale, left, top = _squared(image)
        scores, boxes = self._net.run(square, 1 / 127.5, 127.5, ("classificators", "regressors"))
        sure = sigmoid(scores.reshape(-1))
        kept = np.flatnonzero(sure >= least)
        raw = boxes.reshape(-1, 16)[kept] / SIDE
        raw[:, [0, 1, 4, 5, 6, 7]] += np.tile(_ANCHORS[kept], 3)
        raw *= SIDE
        raw[:, [0, 4, 6]] -= left
        raw[:, [1, 5, 7]] -= top
        return _merged((raw / scale).astype(np.float32), sure[kept])


def _anchors() -> NDArray[np.float32]:
    """Centres of the network's anchors, x and y as shares of its input."""
    rows = []
    for cells, times in _GRIDS:
        middles = (np.arange(cells) + 0.5) / cells
        x, y = np.meshgrid(middles, middles)
        rows.append(np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), times, axis=0))
    return np.concatenate(rows).astype(np.float32)


_ANCHORS = _anchors()


def _squared(image: Pixels) -> tuple[Pixels, float, int, int]:
    """The image within the network's square, with the scale and where its upper left corner came to lie."""
    height, width = image.shape[:2]
    scale = SIDE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    left, top = (SIDE - size[0]) // 2, (SIDE - size[1]) // 2
    square = np.zeros((SIDE, SIDE, 3), np.uint8)
    square[top : top + size[1], left : left + size[0]] = small
    return square, scale, left, top


def _merged(raw: Floats, scores: Floats) -> list[Candidate]:
    """The answers of neighbouring anchors put together, each weighing as much as it is sure."""
    found: list[Candidate] = []
    left = np.argsort(-scores)
    while len(left):
        best = raw[left[0]]
        near = np.hypot(raw[left, 0] - best[0], raw[left, 1] - best[1]) < _SAME * best[2]
        near[0] = True
        weights = scores[left[near]]
        x, y, width, height, *eyes = (raw[left[near]] * (weights / weights.sum())[:, None]).sum(axis=0)[:8]
        angle = float(np.degrees(np.arctan2(eyes[3] - eyes[1], eyes[2] - eyes[0])))
        side = float(max(width, height))
        found.append(Candidate(float(x) - side / 2, float(y) - side / 2, side, angle, float(scores[left[0]])))
        left = left[~near]
    return found
