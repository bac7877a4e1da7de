"""The bearer of a specimen at the counter: the drawn portrait's face in other light, another pose, another place.

It shows that the way from a camera to a result works. It says nothing of how well faces are recognised: the faces are
drawn, and one and the same drawing lies behind both pictures.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.specimen import optics
from limen.specimen.desks import desk
from limen.specimen.model import Image
from limen.specimen.people import Person
from limen.specimen.portrait import portrait

WIDTH: Final = 960
HEIGHT: Final = 720
_GROUND_LEVELS: Final = 26
"""How far the portrait's ground may lie from its colour at the upper corners and still be ground."""


def live(person: Person, seed: int) -> Image:
    """A picture of that person as a counter's camera takes it, 960 x 720 pixels; all else decided by `seed`."""
    rng = np.random.default_rng([seed, 79])
    face = portrait(person.face, person.sex, person.age)
    room = cv2.GaussianBlur(desk(rng, str(rng.choice(["plain", "wood", "cloth"])), HEIGHT, WIDTH), (0, 0), 9)
    pose = _pose(rng, face.shape[:2])
    seen = cv2.warpPerspective(face, pose, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    cover = cv2.warpPerspective(_bearer(face), pose, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
    alpha = cv2.GaussianBlur(cover, (0, 0), 2.0).astype(np.float32)[:, :, None] / 255
    picture = np.clip(seen * alpha + room * (1 - alpha), 0, 255).astype(np.uint8)
    glare = optics.lamp(rng, (0.0, 0.0), WIDTH, glare=False)
    picture = optics.lit(picture, glare, float(rng.uniform(0.85, 1.05)))
    picture = optics.grainy(rng, optics.blurred(picture, float(rng.uniform(0.5, 1.1))), float(rng.uniform(2, 5)))
    return optics.jpeg(picture, int(rng.integers(80, 95)))


def _bearer(face: Image) -> NDArray[np.uint8]:
    """Where the person is: all that the ground does not reach from the upper corners."""
    height, width = face.shape[:2]
    flooded = np.array(cv2.GaussianBlur(face, (0, 0), 1.5))
    mask = np.zeros((height + 2, width + 2), dtype=np.uint8)
    levels = (_GROUND_LEVELS,) * 3
    flags = 4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | (255 << 8)
    for corner in ((2, 2), (width - 3, 2)):
        cv2.floodFill(flooded, mask, corner, (0, 0, 0), levels, levels, flags)
    # The ground's colour runs into the outline, which is therefore left out.
    return np.asarray(cv2.erode(255 - mask[1:-1, 1:-1], np.ones((5, 5), np.uint8)), dtype=np.uint8)


def _pose(rng: np.random.Generator, size: tuple[int, int]) -> NDArray[np.float64]:
    """From the portrait to the picture: nearer or farther, the head turned and tilted a little."""
    height, width = size
    scale = float(rng.uniform(1.15, 1.36))
    roll, yaw, pitch = (float(rng.uniform(-most, most)) for most in (4.0, 0.05, 0.04))
    whole = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)
    corners = whole - (width / 2, height)
    turned = corners @ cv2.getRotationMatrix2D((0, 0), roll, scale)[:, :2].T
    # The far side of a turned head is smaller.
    far = 1 + yaw * np.sign(corners[:, 0]) + pitch * np.sign(corners[:, 1] + height / 2)
    place = turned * far[:, None] + (WIDTH * rng.uniform(0.42, 0.58), HEIGHT + 40)
    found = cv2.getPerspectiveTransform(whole.astype(np.float32), place.astype(np.float32))
    return np.asarray(found, dtype=np.float64)
