"""A square of a picture, turned and scaled, without aliasing."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.face.model import Pixels

Affine = NDArray[np.float64]
"""2 x 3."""

FINE = 1.5
"""Where more pixels of the picture than that go to one of the crop, the picture is shrunk by area first."""


def warped(image: Pixels, turn: Affine, side: int) -> Pixels:
    """The crop of `side` x `side` pixels that the matrix leads to; beyond the picture's edge it goes on as it ends.

    Halftone, line work and noise finer than the crop's pixels are averaged, not sampled.
    """
    shrink = 1 / max(1e-6, float(np.hypot(turn[0, 0], turn[1, 0])))
    if shrink > FINE:
        image, turn = _shrunk(image, turn, side, shrink)
    crop = cv2.warpAffine(image, turn, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(crop, dtype=np.uint8)


def inverted(turn: Affine) -> Affine:
    """The matrix that leads back."""
    return np.asarray(cv2.invertAffineTransform(turn), dtype=np.float64)


def _shrunk(image: Pixels, turn: Affine, side: int, shrink: float) -> tuple[Pixels, Affine]:
    """The part of the picture that the crop shows, made smaller, and the matrix from there."""
    corners = np.array([[0, 0], [side, 0], [side, side], [0, side]], dtype=np.float64)
    back = inverted(turn)
    reach = corners @ back[:, :2].T + back[:, 2]
    height, width = image.shape[:2]
    left, top = (int(v) for v in np.clip(np.floor(reach.min(axis=0)), 0, [width - 1, height - 1]))
    right, bottom = (int(v) for v in np.clip(np.ceil(reach.max(axis=0)), [left + 1, top + 1], [width, height]))
    part = image[top:bottom, left:right]
    size = (max(1, round(part.shape[1] / shrink)), max(1, round(part.shape[0] / shrink)))
    small = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    enlarge = np.diag([part.shape[1] / size[0], part.shape[0] / size[1], 1.0])
    enlarge[:2, 2] = (left, top)
    return small, turn @ enlarge
