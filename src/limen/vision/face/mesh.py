"""The landmarks of one face: MediaPipe's face mesh (468 points, Apache-2.0), run by OpenCV.

The network also says how surely it looks at a face at all, which is what verifies a detector's guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from limen.vision.face.model import Floats, Pixels
from limen.vision.face.nets import Net, sigmoid
from limen.vision.face.warping import Affine, inverted, warped

SIDE = 192
"""Pixels of the network's square input."""
AROUND = 1.5
"""Side of the square that is looked at, in sides of the detector's."""

RIGHT_EYE = (33, 133)
"""Outer and inner corner of the person's right eye, which is to the left in the picture."""
LEFT_EYE = (263, 362)
"""Outer and inner corner of the person's left eye."""
NOSE_BASE = 2
CHIN = 152
FOREHEAD = 10
OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
"""The outline of the face, clockwise from the forehead."""


@dataclass(frozen=True, slots=True, eq=False)
class Mesh:
    """Landmarks in pixels of the image, and how surely they lie on a face."""

    points: Floats
    """468 x 3: x, y, and depth in the same unit."""
    presence: float
    """0 to 1."""

    @property
    def eye_line(self) -> tuple[float, float]:
        """Distance of the eyes' centres in pixels, and the angle of the line between them in degrees."""
        right, left = (self.points[list(eye), :2].mean(axis=0) for eye in (RIGHT_EYE, LEFT_EYE))
        across = left - right
        return float(np.hypot(*across)), float(np.degrees(np.arctan2(across[1], across[0])))


class FaceMesh:
    """The mesh, loaded once."""

    def __init__(self, path: Path) -> None:
        self._net = Net(path)

    def fit(self, image: Pixels, centre: tuple[float, float], side: float, angle_deg: float) -> Mesh:
        """Lay the mesh over the face in a square about `centre` that leans by `angle_deg`."""
        crop, turn = cut(image, centre, max(side * AROUND, 1.0), angle_deg, SIDE)
        presence, points = self._net.run(crop, 1 / 255, 0.0, ("conv2d_31", "conv2d_21"))
        return Mesh(_back(points.reshape(468, 3), turn), float(sigmoid(presence.reshape(-1))[0]))

    def refit(self, image: Pixels, mesh: Mesh) -> Mesh:
        """Lay the mesh anew in the square that a first mesh spans: steadier landmarks."""
        low, high = mesh.points[:, :2].min(axis=0), mesh.points[:, :2].max(axis=0)
        x, y = (low + high) / 2
        return self.fit(image, (float(x), float(y)), float((high - low).max()), mesh.eye_line[1])


def cut(image: Pixels, centre: tuple[float, float], size: float, angle_deg: float, side: int) -> tuple[Pixels, Affine]:
    """A leaning square of an image as `side` x `side` pixels, and the 2 x 3 matrix from image to crop."""
    turn = np.asarray(cv2.getRotationMatrix2D(centre, angle_deg, side / size), np.float64)
    turn[:, 2] += np.array([side / 2 - centre[0], side / 2 - centre[1]])
    return warped(image, turn, side), turn


def _back(points: Floats, turn: Affine) -> Floats:
    """Points of the crop in pixels of the image; depth in the same unit."""
    inverse = inverted(turn)
    flat = points[:, :2] @ inverse[:, :2].T + inverse[:, 2]
    depth = points[:, 2] * float(np.hypot(inverse[0, 0], inverse[0, 1]))
    return np.column_stack([flat, depth]).astype(np.float32)
