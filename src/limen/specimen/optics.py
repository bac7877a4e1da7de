"""What light, lens, sensor and file format do to a picture. All in place of one pixel array, all seeded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.specimen.model import Image, Point

_COARSE: Final = 16
"""Light changes slowly: its maps are made this much smaller."""


@dataclass(frozen=True, slots=True)
class Lamp:
    """The light on the scene, in shares of the picture's size."""

    tint: tuple[float, float, float]
    slope: tuple[float, float]
    """Brightness gained from one edge to the other, across and down."""
    shadow: float
    """How much darker it is beyond a soft edge; 0 is none."""
    edge: tuple[float, float, float]
    """Of the shadow: direction in radians, place, softness."""
    glare: float
    """Peak of a bright spot, 0 to 1."""
    spot: Point
    """Where the spot is, in pixels."""
    spread: tuple[float, float]
    """Of the spot, across and down, in pixels."""


def lamp(rng: np.random.Generator, spot: Point, span: float, *, glare: bool) -> Lamp:
    """Draws a light. `spot` is where glare may fall and `span` the document's length in pixels."""
    warm = rng.normal(0, 0.035)
    reach = span * rng.uniform(0.05, 0.16)
    return Lamp(
        tint=(1 + warm, 1 + rng.normal(0, 0.012), 1 - warm),
        slope=(float(rng.uniform(-0.3, 0.3)), float(rng.uniform(-0.3, 0.3))),
        shadow=float(rng.uniform(0.12, 0.42)) if rng.random() < 0.35 else 0.0,
        edge=(float(rng.uniform(0, 2 * np.pi)), float(rng.uniform(-0.3, 0.3)), float(rng.uniform(0.02, 0.2))),
        glare=float(rng.uniform(0.35, 0.95)) if glare else 0.0,
        spot=spot,
        spread=(reach * float(rng.uniform(0.7, 2.2)), reach),
    )


def lit(image: Image, light: Lamp, exposure: float = 1.0) -> Image:
    """The picture under that light."""
    height, width = image.shape[:2]
    small = (height // _COARSE + 2, width // _COARSE + 2)
    y, x = np.mgrid[0 : small[0], 0 : small[1]].astype(np.float32)
    u, v = x / small[1] - 0.5, y / small[0] - 0.5
    level = exposure * (1 + light.slope[0] * u + light.slope[1] * v)
    if light.shadow:
        direction, place, softness = light.edge
        along = u * np.cos(direction) + v * np.sin(direction) - place
        level = level * (1 - light.shadow / (1 + np.exp(-along / (softness * 0.3))))
    gain = np.dstack([level * tint for tint in light.tint]).astype(np.float32)
    full = cv2.resize(gain, (width, height), interpolation=cv2.INTER_LINEAR)
    result = cv2.multiply(image, full, dtype=cv2.CV_8U)
    if light.glare:
        cx, cy = light.spot[0] / _COARSE, light.spot[1] / _COARSE
        sx, sy = light.spread[0] / _COARSE, light.spread[1] / _COARSE
        bright = 230 * light.glare * np.exp(-(((x - cx) / sx) ** 2 + ((y - cy) / sy) ** 2) / 2)
        spot = cv2.resize(bright.astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR)
        result = cv2.add(result, cv2.merge([spot, spot, spot]))
    return np.asarray(result, dtype=np.uint8)


def blurred(image: Image, sigma: float, motion: float = 0.0, direction: float = 0.0) -> Image:
    """Out of focus by `sigma` pixels, then moved by `motion` pixels along `direction` (radians)."""
    result = image
    if sigma > 0.15:
        result = np.asarray(cv2.GaussianBlur(result, (0, 0), sigma), dtype=np.uint8)
    if motion > 0.6:
        result = np.asarray(cv2.filter2D(result, -1, _streak(motion, direction)), dtype=np.uint8)
    return result


def _streak(length: float, direction: float) -> NDArray[np.float32]:
    size = int(np.ceil(length)) // 2 * 2 + 3
    kernel = np.zeros((size, size), dtype=np.float32)
    half = np.array([np.cos(direction), np.sin(direction)]) * length / 2
    ends = [tuple(int(v) for v in np.round((size // 2 + sign * half) * 16)) for sign in (-1, 1)]
    cv2.line(kernel, ends[0], ends[1], 1.0, 1, cv2.LINE_AA, 4)
    return np.asarray(kernel / kernel.sum(), dtype=np.float32)


def grainy(rng: np.random.Generator, image: Image, sigma: float, *, grey: bool = False) -> Image:
    """Sensor noise of `sigma` levels."""
    if sigma < 0.3:
        return image
    height, width = image.shape[:2]
    tile = rng.normal(0, sigma, (256, 512, 1 if grey else 3)).astype(np.int16)
    tile = np.asarray(cv2.GaussianBlur(tile.repeat(3 if grey else 1, axis=2), (0, 0), 0.5), dtype=np.int16)
    repeats = (-(-height // tile.shape[0]), -(-width // tile.shape[1]), 1)
    noise = np.tile(tile, repeats)[:height, :width]
    return np.asarray(cv2.add(image, noise, dtype=cv2.CV_8U), dtype=np.uint8)


def sharpened(image: Image, amount: float) -> Image:
    """What a phone or a scanner's driver does to make text crisp."""
    soft = cv2.GaussianBlur(image, (0, 0), 1.2)
    return np.asarray(cv2.addWeighted(image, 1 + amount, soft, -amount, 0), dtype=np.uint8)


def contrasted(image: Image, gain: float, lift: float) -> Image:
    """Each level times `gain` plus `lift`."""
    return np.asarray(cv2.convertScaleAbs(image, alpha=gain, beta=lift), dtype=np.uint8)


def jpeg(image: Image, quality: int) -> Image:
    """The picture after it was kept as a JPEG of that quality."""
    _, data = cv2.imencode(".jpg", image[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return np.ascontiguousarray(np.asarray(decoded, dtype=np.uint8)[:, :, ::-1])
