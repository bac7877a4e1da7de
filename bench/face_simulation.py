"""What becomes of a person's picture on its way into a document: on the chip, in print, in bad print, as a ghost.

Every chance comes from the seed. The pictures are simulations: no document was scanned for them.
"""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image

from limen.vision.face import Face
from limen.vision.face.mesh import LEFT_EYE, RIGHT_EYE
from limen.vision.face.model import Pixels

CHIP_SIZE = (240, 320)
"""Width and height of the portrait of data group 2, as many States store it."""
CHIP_OCTETS = 15_000
"""About what it has on a chip."""


def chip_like(image: Pixels, face: Face, seed: int) -> Pixels:
    """Cut after ICAO (eyes level, a quarter of the width apart), 240 x 320, JPEG or JPEG 2000 of about 15 kB."""
    width, height = CHIP_SIZE
    right, left = (face.points[list(eye), :2].mean(axis=0) for eye in (RIGHT_EYE, LEFT_EYE))
    apart = left - right
    scale = float(np.hypot(*apart)) / (width / 4)
    angle = float(np.degrees(np.arctan2(apart[1], apart[0])))
    middle = (right + left) / 2
    turn = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), angle, 1 / scale)
    turn[:, 2] += np.array([width / 2, height * 0.45]) - middle
    flags = cv2.INTER_LINEAR if scale < 1.5 else cv2.INTER_AREA
    if scale > 1.5:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), scale * 0.4), np.uint8)
    crop = cv2.warpAffine(image, turn, CHIP_SIZE, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return _stored(np.asarray(crop, np.uint8), jpeg2000=bool(seed % 2))


def good_print(chip: Pixels, seed: int) -> Pixels:
    """The portrait of a data page at 300 pixels an inch: 413 x 531, a little soft, JPEG 80."""
    rng = np.random.default_rng([seed, 1])
    large = cv2.resize(chip, (413, 551), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    large = large * rng.uniform(0.85, 1.0) + rng.uniform(0, 25)
    large += rng.normal(0, 3, large.shape)
    return _jpeg(cv2.GaussianBlur(large, (0, 0), 0.8), 80)


def bad_print(chip: Pixels, seed: int) -> Pixels:
    """Grey, faint, blurred, overprinted with line work, covered by a hologram, noisy, JPEG 20."""
    rng = np.random.default_rng([seed, 2])
    width, height = CHIP_SIZE
    grey = cv2.cvtColor(chip, cv2.COLOR_RGB2GRAY).astype(np.float32)
    grey = cv2.GaussianBlur(grey, (0, 0), rng.uniform(1.2, 2.2))
    contrast = rng.uniform(0.35, 0.6)
    page = np.repeat((grey * contrast + rng.uniform(70, 150 * (1 - contrast) + 60))[:, :, None], 3, axis=2)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    waves = np.sin(2 * np.pi * (y + 9 * np.sin(x / rng.uniform(15, 40))) / rng.uniform(6, 12))
    page -= (waves > 0.55)[:, :, None] * np.array(rng.uniform(5, 35, 3), np.float32)
    for _ in range(int(rng.integers(1, 4))):
        page += _hologram(rng, x, y)
    page += rng.normal(0, rng.uniform(4, 9), page.shape)
    return _jpeg(page, 20)


def ghost(chip: Pixels, seed: int) -> Pixels:
    """A second portrait of 9 x 12 mm at 300 pixels an inch: 106 x 141, grey, faint, over line work."""
    rng = np.random.default_rng([seed, 3])
    small = cv2.cvtColor(cv2.resize(chip, (106, 141), interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    y, x = np.mgrid[0:141, 0:106].astype(np.float32)
    waves = np.sin(2 * np.pi * (y + 4 * np.sin(x / 20)) / 5)
    page = small.astype(np.float32) * 0.5 + 110 + 8 * waves + rng.normal(0, 4, small.shape)
    return _jpeg(np.repeat(page[:, :, None], 3, axis=2), 80)


def _hologram(rng: np.random.Generator, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """A coloured patch of light with a grating in it."""
    cx, cy = rng.uniform(0, x.shape[1]), rng.uniform(0, x.shape[0])
    spot = np.exp(-(((x - cx) / rng.uniform(30, 70)) ** 2 + ((y - cy) / rng.uniform(30, 70)) ** 2))
    grating = 0.7 + 0.3 * np.sin(2 * np.pi * (x + y) / rng.uniform(8, 20))
    return np.asarray((spot * grating)[:, :, None] * rng.uniform(-20, 80, 3))


def _stored(image: Pixels, *, jpeg2000: bool) -> Pixels:
    if jpeg2000:
        octets = io.BytesIO()
        size = CHIP_SIZE[0] * CHIP_SIZE[1] * 3
        Image.fromarray(image).save(octets, "JPEG2000", quality_mode="rates", quality_layers=[size / CHIP_OCTETS])
        return np.array(Image.open(octets).convert("RGB"))
    for quality in range(95, 20, -5):
        found, octets_ = cv2.imencode(".jpg", image[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
        if found and len(octets_) <= CHIP_OCTETS:
            break
    return _read(octets_)


def _jpeg(image: np.ndarray, quality: int) -> Pixels:
    page = np.clip(image, 0, 255).astype(np.uint8)
    _, octets = cv2.imencode(".jpg", page[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return _read(octets)


def _read(octets: np.ndarray) -> Pixels:
    return np.ascontiguousarray(cv2.imdecode(octets, cv2.IMREAD_COLOR)[:, :, ::-1])
