"""How well a picture shows a face: the measures of ISO/IEC 29794-5:2025 that need no network of their own.

Pose, eyes and mouth come from the mesh, light and sharpness from the face at a set size, the background from a person
mask. Each measure is the raw quantity that it names; what it means for a live picture or for a portrait of a document
is said in `limen.vision.face.advice`.
"""

from __future__ import annotations

from dataclasses import asdict, replace

import cv2
import numpy as np

from limen.vision.face.advice import live_advice
from limen.vision.face.mesh import CHIN, OVAL
from limen.vision.face.model import Face, Floats, Pixels, Place, PortraitQuality
from limen.vision.face.person import SIDE, PersonNet
from limen.vision.face.pose import eyes, pose
from limen.vision.face.tone import tone

_RIGHT_LIDS = ((159, 145), (158, 153), (160, 144))
_LEFT_LIDS = ((386, 374), (385, 380), (387, 373))
_LIPS = ((13, 14), (82, 87), (312, 317))
"""The inner edges of the lips."""
SURELY_BACKGROUND = 0.1
"""Of the person mask at most."""
CLEAR_OF = 9
"""Pixels of 256 that the background keeps off the person: hair is fuzzy."""
LEAST_BACKGROUND = 0.03
"""Share of the picture that must be background, else none is seen."""
_IN_PAGE = frozenset({Place.PRINTED, Place.GHOST, Place.PASSPORT})
"""Pictures in which the face is a small part of something else, so that frame and background are not the portrait's."""


def measure_quality(image: Pixels, face: Face, person: PersonNet | None, place: Place = Place.LIVE) -> PortraitQuality:
    """Of one face of an image (H x W x 3, RGB); with advice for a live picture."""
    points = face.points
    turned, (right, left) = pose(points), eyes(points)
    apart = float(np.hypot(*(left - right)))
    chin = _chin(points)
    height, width = image.shape[:2]
    middle = (right + left) / 2
    framed = place not in _IN_PAGE
    quality = PortraitQuality(
        yaw_deg=turned.yaw_deg,
        pitch_deg=turned.pitch_deg,
        roll_deg=turned.roll_deg,
        eye_distance_px=apart / float(np.cos(np.radians(min(60.0, abs(turned.yaw_deg))))),
        eyes_open=min(_gap(points, _RIGHT_LIDS), _gap(points, _LEFT_LIDS)) / chin,
        mouth_open=_gap(points, _LIPS) / chin,
        background_spread=_background(image, person) if framed and person else float("nan"),
        outside=_outside(points, width, height),
        **asdict(tone(image, face)),
    )
    if framed:
        margins = (right[0] / apart, (width - left[0]) / apart, middle[1] / chin, (height - middle[1]) / chin)
        a, b, c, d = (float(margin) for margin in margins)
        quality = replace(quality, head_share=chin / height, margins=(a, b, c, d))
    return replace(quality, advice=live_advice(quality)) if place is Place.LIVE else quality


def _chin(points: Floats) -> float:
    """From the middle between the eyes to the chin, in pixels: the standard's unit of a face's length."""
    right, left = eyes(points)
    return max(1.0, float(np.hypot(*(points[CHIN, :2] - (right + left) / 2))))


def _gap(points: Floats, pairs: tuple[tuple[int, int], ...]) -> float:
    """The widest of the gaps between the pairs of landmarks."""
    return max(float(np.hypot(*(points[one, :2] - points[other, :2]))) for one, other in pairs)


def _outside(points: Floats, width: int, height: int) -> float:
    x, y = points[list(OVAL), 0], points[list(OVAL), 1]
    return float(((x < 0) | (y < 0) | (x > width) | (y > height)).mean())


def _background(image: Pixels, person: PersonNet) -> float:
    """Standard deviation of the brightness behind the person; NaN where nothing of it is seen."""
    small = _small(image)
    behind = (person.mask(small) <= SURELY_BACKGROUND).astype(np.uint8)
    clear = cv2.erode(behind, np.ones((CLEAR_OF, CLEAR_OF), np.uint8)) > 0
    if clear.mean() < LEAST_BACKGROUND:
        return float("nan")
    return float(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)[clear].std())


def _small(image: Pixels) -> Pixels:
    """The picture at the size of the person mask; of a large one only some pixels are looked at."""
    step = max(1, min(image.shape[:2]) // (2 * SIDE))
    return np.asarray(cv2.resize(image[::step, ::step], (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)
