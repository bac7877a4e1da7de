"""A face turned, moved and scaled so that its landmarks lie where a network for embeddings expects them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from limen.vision.face.mesh import LEFT_EYE, NOSE_BASE, RIGHT_EYE
from limen.vision.face.model import Face, Pixels
from limen.vision.face.warping import Affine, warped

_NOSE_TIP, _MOUTH_RIGHT, _MOUTH_LEFT = 1, 61, 291


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """Which landmarks are to lie where."""

    name: str
    landmarks: tuple[tuple[int, ...], ...]
    """For each place the landmarks of the mesh whose middle is meant."""
    places: NDArray[np.float64]
    """One row for each: x and y as shares of the side of the crop."""

    def crop(self, image: Pixels, face: Face, side: int) -> Pixels:
        """The aligned face, `side` x `side` pixels."""
        points = np.array([face.points[list(one), :2].mean(axis=0) for one in self.landmarks], dtype=np.float64)
        return warped(image, similarity_transform(points, self.places * side), side)


def similarity_transform(source: NDArray[np.float64], target: NDArray[np.float64]) -> Affine:
    """The 2 x 3 matrix of turn, scale and shift that brings points nearest to others, in the sense of least squares."""
    middle, aim = source.mean(axis=0), target.mean(axis=0)
    a, b = source - middle, target - aim
    spread = max(float((a**2).sum()), 1e-9)
    cos = float((a * b).sum()) / spread
    sin = float((a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum()) / spread
    linear = np.array([[cos, -sin], [sin, cos]])
    return np.column_stack([linear, aim - linear @ middle])


DLIB = Alignment(
    "dlib5",
    ((LEFT_EYE[0],), (LEFT_EYE[1],), (RIGHT_EYE[0],), (RIGHT_EYE[1],), (NOSE_BASE,)),
    (np.array([
        [0.8595674595992, 0.2134981538014], [0.6460604764104, 0.2289674387677], [0.1205750620789, 0.2137274526848],
        [0.3340850613712, 0.2290642403242], [0.4901123135679, 0.6277975316475],
    ]) + 0.25) / 1.5,
)  # fmt: skip
"""Corners of the eyes and base of the nose, where dlib's network had them when it was trained (padding 0.25)."""

ARCFACE = Alignment(
    "arcface",
    (RIGHT_EYE, LEFT_EYE, (_NOSE_TIP,), (_MOUTH_RIGHT,), (_MOUTH_LEFT,)),
    np.array([
        [38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041],
    ]) / 112,
)  # fmt: skip
"""Middles of the eyes, tip of the nose and corners of the mouth, as most published networks of 112 x 112 have them."""

ALIGNMENTS = {one.name: one for one in (DLIB, ARCFACE)}
"""By the name that a configuration gives."""
