"""What becomes of a person's picture that is shown to the camera on a screen or on paper; and of the person.

Every chance comes from the seed. The pictures are simulations: no screen and no print was photographed for them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.face import Face
from limen.vision.face.model import Pixels
from limen.vision.face.pose import eyes

SIZE = (960, 720)
"""Width and height of what the camera gives."""
_FINE = 5
"""Points to a pixel of the camera, each way, that a screen's light is taken at."""
Light = NDArray[np.float32]


def live(image: Pixels, face: Face, seed: int) -> Pixels:
    """The person as the camera sees them."""
    rng = np.random.default_rng([seed, 10])
    turn = _placed(rng, image, face)[:2]
    seen = cv2.warpAffine(_softened(image, turn), turn, SIZE, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    return _taken(rng, _linear(seen))


def on_screen(image: Pixels, face: Face, room: Pixels, seed: int, *, close: bool = False) -> Pixels:
    """The picture on a display of 0.7 to 2 camera pixels to each of its own; its border is in sight unless `close`."""
    rng = np.random.default_rng([seed, 11])
    turn = _placed(rng, image, face)
    light, inside = _held(rng, image, face, room, turn, border=rng.uniform(0.03, 0.07), level=0.01, close=close)
    pitch = rng.uniform(0.7, 2.0)
    grid = _stripes(np.linalg.inv(_tilt(rng) @ np.diag([pitch, pitch, 1.0])))
    glow = light * np.float32(rng.uniform(0.85, 1.0)) * np.array([0.93, 0.98, 1.05], np.float32) * grid
    return _taken(rng, np.where(inside[..., None], glow + np.float32(rng.uniform(0.01, 0.04)), light))


def on_paper(image: Pixels, face: Face, room: Pixels, seed: int, *, close: bool = False) -> Pixels:
    """The picture printed: fewer colours, black that shines, a white border that is in sight unless `close`."""
    rng = np.random.default_rng([seed, 12])
    turn = _placed(rng, image, face)
    light, inside = _held(rng, image, face, room, turn, border=rng.uniform(0.02, 0.06), level=0.75, close=close)
    grey = light.mean(axis=2, keepdims=True)
    printed = (grey + (light - grey) * np.float32(rng.uniform(0.7, 0.9))) * np.float32(0.75) + np.float32(0.05)
    shade = np.linspace(rng.uniform(0.6, 1.0), rng.uniform(0.6, 1.0), SIZE[0], dtype=np.float32)[None, :, None]
    return _taken(rng, np.where(inside[..., None], printed * shade, light))


def _placed(rng: np.random.Generator, image: Pixels, face: Face) -> NDArray[np.float64]:
    """Where the picture comes to lie in the camera's: eyes 65 to 110 pixels apart, a little off the middle."""
    right, left = eyes(face.points)
    scale = rng.uniform(65, 110) / float(np.hypot(*(left - right)))
    middle = (right + left) / 2
    turn = np.eye(3)
    turn[:2] = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), rng.uniform(-4, 4), scale)
    turn[:2, 2] += np.array([SIZE[0] * rng.uniform(0.42, 0.58), SIZE[1] * rng.uniform(0.38, 0.5)]) - middle
    return turn


def _held(
    rng: np.random.Generator,
    image: Pixels,
    face: Face,
    room: Pixels,
    turn: NDArray[np.float64],
    *,
    border: float,
    level: float,
    close: bool,
) -> tuple[Light, NDArray[np.bool_]]:
    """The picture with its border in a room, in linear light, and where it lies; with `close` nothing but it."""
    low, high = face.points[:, :2].min(axis=0), face.points[:, :2].max(axis=0)
    size = high - low
    reach = rng.uniform(0.7, 1.1)
    left, top = np.maximum(low - size * reach, 0)
    right, bottom = np.minimum(high + size * reach, (image.shape[1], image.shape[0]))
    if close:
        left = top = -1e4
        right = bottom = 1e4
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    wide = border * float(np.hypot(*(high - low))) * 4
    outer = corners + np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * wide
    turn = _tilt(rng) @ turn
    seen = cv2.warpPerspective(
        _softened(image, turn), turn, SIZE, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
    )
    behind = cv2.GaussianBlur(cv2.resize(room, SIZE, interpolation=cv2.INTER_AREA), (0, 0), 1.5)
    inner_mask, outer_mask = (_filled(turn, quad) for quad in (corners, outer))
    light = np.where(inner_mask[..., None], _linear(seen), _linear(behind))
    light = np.where((outer_mask & ~inner_mask)[..., None], np.float32(level), light).astype(np.float32)
    return light, inner_mask


def _filled(turn: NDArray[np.float64], quad: NDArray[np.float64]) -> NDArray[np.bool_]:
    placed = cv2.perspectiveTransform(quad[None], turn)[0]
    mask = np.zeros((SIZE[1], SIZE[0]), np.uint8)
    cv2.fillPoly(mask, [np.clip(placed, -30000, 30000).round().astype(np.int32)], 1)
    return mask > 0


def _tilt(rng: np.random.Generator) -> NDArray[np.float64]:
    """A little perspective about the middle of the picture."""
    width, height = SIZE
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moved = source + rng.uniform(-0.025, 0.025, (4, 2)).astype(np.float32) * width
    return np.asarray(cv2.getPerspectiveTransform(source, moved), np.float64)


def _stripes(back: NDArray[np.float64]) -> Light:
    """Light of a display's red, green and blue stripes at each pixel of the camera, 1 on the mean."""
    grid = np.zeros((SIZE[1], SIZE[0], 3), np.float32)
    x, y = np.meshgrid(np.arange(SIZE[0], dtype=np.float32), np.arange(SIZE[1], dtype=np.float32))
    offsets = (np.arange(_FINE) + 0.5) / _FINE - 0.5
    for dx in offsets:
        for dy in offsets:
            w = back[2, 0] * (x + dx) + back[2, 1] * (y + dy) + back[2, 2]
            u = (back[0, 0] * (x + dx) + back[0, 1] * (y + dy) + back[0, 2]) / w
            v = (back[1, 0] * (x + dx) + back[1, 1] * (y + dy) + back[1, 2]) / w
            row = (v % 1) < 0.85
            for channel in range(3):
                grid[..., channel] += row & (np.abs(u % 1 - (channel + 0.5) / 3) < 0.14)
    grid = cv2.GaussianBlur(grid, (0, 0), 0.5)
    return np.asarray(grid / grid.mean(axis=(0, 1)), np.float32)


def _softened(image: Pixels, turn: NDArray[np.float64]) -> Pixels:
    """So that nothing of the picture aliases when it is made smaller."""
    scale = float(np.sqrt(abs(np.linalg.det(turn[:2, :2]))))
    return np.asarray(cv2.GaussianBlur(image, (0, 0), 0.45 / scale), np.uint8) if scale < 0.8 else image


def _linear(image: Pixels) -> Light:
    return np.asarray((np.asarray(image, np.float32) / 255) ** 2.2, np.float32)


def _taken(rng: np.random.Generator, light: Light) -> Pixels:
    """What a camera makes of light: its lens, its noise, its JPEG."""
    light = cv2.GaussianBlur(light, (0, 0), rng.uniform(0.4, 0.8))
    light = light + rng.normal(0, 1, light.shape).astype(np.float32) * (0.003 + 0.02 * np.sqrt(np.clip(light, 0, 1)))
    picture = (np.clip(light, 0, 1) ** (1 / 2.2) * 255 + 0.5).astype(np.uint8)
    _, octets = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(80, 95))])
    return np.ascontiguousarray(cv2.imdecode(octets, cv2.IMREAD_COLOR)[..., ::-1])


KINDS: dict[str, Callable[[Pixels, Face, Pixels, int], Pixels]] = {
    "live": lambda image, face, _room, seed: live(image, face, seed),
    "screen": on_screen,
    "screen, close": partial(on_screen, close=True),
    "paper": on_paper,
    "paper, close": partial(on_paper, close=True),
}
"""By name: what the camera sees of a picture with one face, in a room."""
