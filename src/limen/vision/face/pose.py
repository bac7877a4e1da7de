"""How the head is turned, by the 3-D landmarks of the mesh (ISO/IEC 29794-5:2025, head pose; ISO/IEC 39794-5, D.1.4).

The mesh's depth is in the unit of its x and y, so that lines between landmarks have directions in space: those between
the two halves of the face give the axis through the ears, the one from forehead to chin gives the upright axis.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from limen.vision.face.mesh import CHIN, FOREHEAD, LEFT_EYE, RIGHT_EYE
from limen.vision.face.model import Floats

LEVEL_DEG = -9.0
"""Of the line from forehead to chin in a face that looks straight ahead: the median of 32 public pictures of faces that
were turned by less than 8 degrees to either side; their standard deviation was 6 degrees."""
_ACROSS = ((33, 263), (133, 362), (61, 291), (234, 454), (172, 397), (105, 334))
"""Landmarks of the person's right half and their mirror images: eyes, mouth, cheeks, jaw, brows."""


@dataclass(frozen=True, slots=True)
class Pose:
    """Degrees; all 0 for a face that looks straight into the camera."""

    yaw_deg: float
    """Positive where the person turns to the own left."""
    pitch_deg: float
    """Positive where the person looks up."""
    roll_deg: float
    """Positive where the head leans clockwise in the picture."""


def pose(points: Floats) -> Pose:
    """Of the landmarks of one face, 468 x 3."""
    across = np.mean([_unit(points[left] - points[right]) for right, left in _ACROSS], axis=0)
    across = _unit(across)
    down = points[CHIN] - points[FOREHEAD]
    down = _unit(down - across * float(down @ across))
    forward = np.cross(across, down)
    yaw = np.arcsin(np.clip(across[2], -1, 1))
    pitch = np.arctan2(-down[2], forward[2])
    roll = np.arctan2(across[1], across[0])
    yaw_deg, pitch_deg, roll_deg = (float(np.degrees(angle)) for angle in (yaw, pitch, roll))
    return Pose(yaw_deg, pitch_deg - LEVEL_DEG, roll_deg)


def eyes(points: Floats) -> tuple[Floats, Floats]:
    """Centres of the person's right and left eye in the picture."""
    right, left = (points[list(eye), :2].mean(axis=0) for eye in (RIGHT_EYE, LEFT_EYE))
    return right, left


def _unit(vector: Floats) -> Floats:
    return np.asarray(vector / max(1e-6, float(np.linalg.norm(vector))), np.float32)
