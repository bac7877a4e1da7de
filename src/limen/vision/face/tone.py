"""Light, colour and sharpness of a face at a set size (ISO/IEC 29794-5:2025, capture-related measures).

The standard's measures are taken of the face between the outline's landmarks, with luminance in linear light. Here the
face is first laid upright with 60 pixels between the eyes, so that a measure means the same whatever the camera has.
How evenly it is lit is told by the two cheeks' mean light; the standard compares their histograms, which have nothing
in common as soon as one is a little darker.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from limen.vision.face.mesh import OVAL, cut
from limen.vision.face.model import Face, Floats, Pixels
from limen.vision.face.pose import eyes

APART = 60
"""Pixels between the eyes at the set size."""
SIDE = 240
"""Pixels of the square that is cut out about the face."""
BLACK, WHITE = 25, 247
"""Luminance of 255 up to which a pixel is under-exposed, and from which it is over-exposed."""
CHEEK = 0.3
"""Side of the square on each cheek in distances of the eyes."""
SKIN_A, SKIN_B = (5.0, 25.0), (5.0, 35.0)
"""CIELAB a* and b* of skin, by the standard."""
OPPOSITE = 100.0
"""The standard's figure for cheeks that are greenish or bluish."""
_GREY_SPREAD = 2.0
"""A picture whose channels differ by less, in grey levels, has no colour."""
_LINEAR = np.where(
    np.arange(256) <= 10, np.arange(256) / 255 / 12.92, ((np.arange(256) / 255 + 0.055) / 1.055) ** 2.4
).astype(np.float32)
"""Light of each level of sRGB (IEC 61966-2-1), 0 to 1."""
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722], np.float32)


@dataclass(frozen=True, slots=True)
class Tone:
    """The fields of `PortraitQuality` that are measured of pixels of the face."""

    exposure: float
    under_exposed: float
    over_exposed: float
    dynamic_range: float
    sharpness: float
    even_light: float
    unnatural_colour: float


def tone(image: Pixels, face: Face) -> Tone:
    """Of one face of an image (H x W x 3, RGB)."""
    crop, points = at_set_size(image, face)
    mask = _oval(points)
    luminance = np.clip(_LINEAR[crop] @ _WEIGHTS * 255 + 0.5, 0, 255).astype(np.uint8)
    of_face = luminance[mask]
    shares = np.bincount(of_face, minlength=256) / max(1, of_face.size)
    right, left = _cheeks(points)
    return Tone(
        exposure=float(of_face.mean()) / 255,
        under_exposed=float(shares[: BLACK + 1].sum()),
        over_exposed=float(shares[WHITE:].sum()),
        dynamic_range=float(-(shares[shares > 0] * np.log2(shares[shares > 0])).sum()),
        sharpness=_sharpness(crop, mask),
        even_light=_ratio(luminance[right], luminance[left]),
        unnatural_colour=_unnatural(np.concatenate([crop[right], crop[left]])),
    )


def at_set_size(image: Pixels, face: Face) -> tuple[Pixels, Floats]:
    """The face upright with 60 pixels between the eyes, and its landmarks there."""
    right, left = eyes(face.points)
    across = left - right
    apart = max(1.0, float(np.hypot(*across)))
    x, y = face.points[list(OVAL), :2].mean(axis=0)
    angle = float(np.degrees(np.arctan2(across[1], across[0])))
    crop, turn = cut(image, (float(x), float(y)), SIDE / APART * apart, angle, SIDE)
    return crop, np.asarray(face.points[:, :2] @ turn[:, :2].T + turn[:, 2], np.float32)


def _oval(points: Floats) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    mask = np.zeros((SIDE, SIDE), np.uint8)
    cv2.fillPoly(mask, [points[list(OVAL)].round().astype(np.int32)], 1)
    return mask > 0


def _sharpness(crop: Pixels, mask: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> float:
    """Mean absolute Laplacian inside the face; its outline is left out."""
    grey = cv2.GaussianBlur(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), (3, 3), 0)
    inner = cv2.erode(mask.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    values = np.abs(cv2.Laplacian(grey, cv2.CV_32F))[inner]
    return float(values.mean()) if values.size else 0.0


def _cheeks(points: Floats) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """The squares on the person's right and left cheek: outward of each pupil, halfway down to the mouth."""
    right, left = eyes(points)
    down = float(points[[61, 291], 1].mean() - (right[1] + left[1]) / 2) / 2
    side = round(CHEEK * APART)
    return _square(right[0] - side, right[1] + down, side), _square(left[0], left[1] + down, side)


def _square(x: float, y: float, side: int) -> tuple[slice, slice]:
    left, top = (int(np.clip(v, 0, SIDE - side)) for v in (x, y))
    return slice(top, top + side), slice(left, left + side)


def _ratio(one: Pixels, other: Pixels) -> float:
    """The light on the darker cheek as a share of that on the brighter one."""
    darker, brighter = sorted((float(one.mean()), float(other.mean())))
    return darker / brighter if brighter > 0 else 1.0


def _unnatural(pixels: Pixels) -> float:
    """How far the mean colour lies outside that of skin."""
    if float(np.ptp(pixels.astype(np.float32), axis=-1).mean()) < _GREY_SPREAD:
        return 0.0
    lab = cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    a, b = (float(lab[..., channel].mean()) for channel in (1, 2))
    if a < 0 or b < 0:
        return OPPOSITE
    return float(np.hypot(_beyond(a, SKIN_A), _beyond(b, SKIN_B)))


def _beyond(value: float, allowed: tuple[float, float]) -> float:
    return max(0.0, allowed[0] - value, value - allowed[1])
