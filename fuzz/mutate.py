"""Inputs out of sound ones. All follows from the generator handed in, so that each input can be made again.

Sound are the machine readable zones of invented documents, and small pictures of them in every kind of file that is
read.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from random import Random
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from limen.icao.mrz import ALPHABET
from limen.specimen import GEOMETRIES, ISSUERS, draft, generate

Picture = NDArray[np.uint8]

STRANGE = "abz äßÑÖ\u0130ı\u0660\u0661²٣一\u200b\u0301\ud800\U0001f600\x00\t\n\x7f«‹‹.,-/"
"""Letters of other scripts and other cases, digits that are none of ours, marks, a lone surrogate."""

EDGES = (b"\x00", b"\xff", b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00", b"\x00\x00\x00\x01", b"\xff\xff", b"\x00\x01")
"""Values at which counts and lengths go wrong."""


def lines(rng: Random) -> list[str]:
    """A zone with up to six things done to it."""
    zone = list(_sound_lines()[rng.randrange(len(_sound_lines()))])
    for _ in range(rng.choice((0, 1, 1, 2, 3, 6))):
        if zone:
            rng.choice(_OF_LINES)(rng, zone)
    return zone


@cache
def _sound_lines() -> list[tuple[str, ...]]:
    formats, issuers = list(GEOMETRIES), list(ISSUERS)
    every = [draft(formats[k % 5], k, issuers[k % len(issuers)]).lines for k in range(60)]
    return [zone for zone in every if zone]


def _substitute(rng: Random, zone: list[str]) -> None:
    row = rng.randrange(len(zone))
    for _ in range(rng.choice((1, 1, 2, 8))):
        at = rng.randrange(len(zone[row]) + 1)
        char = rng.choice(ALPHABET if rng.random() < 0.7 else STRANGE)
        zone[row] = zone[row][:at] + char + zone[row][at + 1 :]


def _insert(rng: Random, zone: list[str]) -> None:
    row, at = rng.randrange(len(zone)), rng.randrange(45)
    zone[row] = zone[row][:at] + rng.choice(ALPHABET + STRANGE) + zone[row][at:]


def _delete(rng: Random, zone: list[str]) -> None:
    row, at = rng.randrange(len(zone)), rng.randrange(45)
    zone[row] = zone[row][:at] + zone[row][at + rng.choice((1, 1, 2, 20)) :]


def _shuffle(rng: Random, zone: list[str]) -> None:
    rng.shuffle(zone)


def _double(rng: Random, zone: list[str]) -> None:
    zone.append(zone[rng.randrange(len(zone))])


def _drop(rng: Random, zone: list[str]) -> None:
    zone.pop(rng.randrange(len(zone)))


def _graft(rng: Random, zone: list[str]) -> None:
    """A piece of another zone."""
    other = rng.choice(rng.choice(_sound_lines()))
    row, at, count = rng.randrange(len(zone)), rng.randrange(40), rng.randrange(1, 20)
    width = len(zone[row])
    zone[row] = (zone[row][:at] + other[at : at + count] + zone[row][at + count :])[:width]


def _fill(rng: Random, zone: list[str]) -> None:
    """A run of one character, as fillers and worn print are read."""
    row, at, count = rng.randrange(len(zone)), rng.randrange(44), rng.randrange(1, 44)
    width = len(zone[row])
    zone[row] = (zone[row][:at] + rng.choice("<<<0OKX9") * count + zone[row][at + count :])[:width]


def _anything(rng: Random, zone: list[str]) -> None:
    """Random characters in a shape that a layout has."""
    count, width = rng.choice(((3, 30), (2, 36), (2, 44), (2, 30), (1, 30)))
    zone[:] = ["".join(rng.choices(ALPHABET, k=width)) for _ in range(count)]


_OF_LINES: tuple[Callable[[Random, list[str]], None], ...] = (
    _substitute, _substitute, _substitute, _insert, _delete, _shuffle, _double, _drop, _graft, _fill, _fill, _anything,
)  # fmt: skip


@cache
def pictures() -> list[Picture]:
    """Zones of invented documents and their surroundings, small enough to be read quickly."""
    crops = []
    for taken in generate(5, 11, styles=("scan",), ppi=(95, 115)):
        image = taken.image
        assert taken.truth.zone is not None
        xs, ys = zip(*taken.truth.zone, strict=True)
        left, right = max(int(min(xs)) - 30, 0), int(max(xs)) + 30
        top, bottom = max(int(min(ys)) - 50, 0), int(max(ys)) + 30
        crops.append(np.ascontiguousarray(image[top:bottom, left:right]))
    return crops


def _saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


@cache
def sound_files() -> list[bytes]:
    """Each picture in the kinds of file that are read, with what such files may have beside pixels."""
    files = []
    exif = Image.Exif()
    exif[274] = 6
    for crop in pictures()[:3]:
        rgb = Image.fromarray(crop)
        grey = rgb.convert("L")
        files += [
            _saved(rgb, "JPEG", quality=80, dpi=(110, 110)),
            _saved(rgb, "JPEG", quality=60, progressive=True, exif=exif),
            _saved(rgb.convert("CMYK"), "JPEG"),
            _saved(grey, "PNG", dpi=(110, 110)),
            _saved(rgb.quantize(16), "PNG"),
            _saved(grey.convert("I;16"), "PNG"),
            _saved(rgb.convert("RGBA"), "PNG"),
            _saved(grey, "TIFF", compression="tiff_lzw"),
            _saved(grey.convert("1"), "TIFF", compression="group4"),
            _saved(grey, "TIFF", save_all=True, append_images=[rgb.rotate(180)], compression="tiff_deflate"),
            _saved(rgb, "WEBP", quality=70),
            _saved(grey, "WEBP", lossless=True),
            _saved(rgb, "BMP"),
            _saved(grey, "GIF"),
            _saved(rgb, "PDF", resolution=110),
            _saved(grey, "PDF", save_all=True, append_images=[grey], resolution=110),
        ]
    return files


def data(rng: Random) -> bytes:
    """The bytes of a file with up to eight things done to them."""
    return spoilt(rng, sound_files())


def spoilt(rng: Random, sound: Sequence[bytes]) -> bytes:
    """One of the sound inputs with up to eight things done to its bytes."""
    content = bytearray(rng.choice(sound))
    for _ in range(rng.choice((0, 1, 1, 2, 3, 8))):
        rng.choice(_OF_BYTES)(rng, content, sound)
    return bytes(content)


def _place(rng: Random, content: bytearray) -> int:
    """Anywhere, and often in the first bytes, where the header is."""
    reach = len(content) if rng.random() < 0.5 else min(len(content), 400)
    return rng.randrange(reach) if reach else 0


def _flip(rng: Random, content: bytearray, sound: Sequence[bytes]) -> None:
    for _ in range(rng.choice((1, 1, 4, 40))):
        if content:
            content[_place(rng, content)] ^= 1 << rng.randrange(8)


def _overwrite(rng: Random, content: bytearray, sound: Sequence[bytes]) -> None:
    at, value = _place(rng, content), rng.choice(EDGES)
    content[at : at + len(value)] = value


def _truncate(rng: Random, content: bytearray, sound: Sequence[bytes]) -> None:
    del content[_place(rng, content) :]


def _cut_out(rng: Random, content: bytearray, sound: Sequence[bytes]) -> None:
    at = _place(rng, content)
    del content[at : at + rng.choice((1, 2, 7, 64, 1000))]


def _repeat(rng: Random, content: bytearray, sound: Sequence[bytes]) -> None:
    at, count = _place(rng, content), rng.choice((1, 4, 64, 500))
    content[at:at] = content[at : at + count] * rng.choice((1, 2, 9))


def _splice(rng: Random, content: bytearray, sound: Sequence[bytes]) -> None:
    """The beginning of one file and the end of another."""
    other = rng.choice(sound)
    at = _place(rng, content)
    content[at:] = other[rng.randrange(len(other) + 1) :]


def _noise(rng: Random, content: bytearray, sound: Sequence[bytes]) -> None:
    at = _place(rng, content)
    content[at : at + 16] = rng.randbytes(16)


_OF_BYTES: tuple[Callable[[Random, bytearray, Sequence[bytes]], None], ...] = (
    _flip, _flip, _flip, _overwrite, _overwrite, _truncate, _cut_out, _repeat, _splice, _noise,
)  # fmt: skip


def array(rng: Random) -> NDArray[Any]:
    """A small array: mostly images, some with print on them, some that are no images at all."""
    return rng.choice(_ARRAYS)(rng)


def _print(rng: Random) -> NDArray[Any]:
    """A zone turned, mirrored, inverted, worn, cut in the middle, or repeated."""
    image = rng.choice(pictures())
    for _ in range(rng.randrange(4)):
        image = rng.choice(_OF_PICTURES)(rng, image)
    return image


def _of_noise(rng: Random) -> NDArray[Any]:
    random = np.random.default_rng(rng.getrandbits(32))
    return random.integers(0, rng.choice((2, 40, 256)), _size(rng), np.uint8)


def _bars(rng: Random) -> NDArray[Any]:
    """Evenly spaced strokes in rows: what the search for lines looks for, without any letter."""
    height, width = rng.randrange(30, 200), rng.randrange(100, 600)
    image = np.full((height, width), 230, np.uint8)
    pitch, thick = rng.uniform(3, 20), rng.randrange(1, 6)
    for top in range(rng.randrange(20), height, rng.randrange(14, 40)):
        for k in range(int(width / pitch)):
            image[top : top + rng.randrange(4, 14), int(k * pitch) : int(k * pitch) + thick] = rng.randrange(120)
    return image


def _prose(rng: Random) -> NDArray[Any]:
    image = np.full((160, 480), rng.randrange(120, 256), np.uint8)
    for y in range(20, 150, rng.choice((12, 18, 26))):
        words = "".join(rng.choices(ALPHABET + "   ", k=rng.choice((20, 30, 36, 44, 60))))
        cv2.putText(image, words, (5, y), rng.randrange(8), rng.uniform(0.25, 0.7), rng.randrange(120), 1)
    return image


def _extreme(rng: Random) -> NDArray[Any]:
    """Lines, dots, nothing at all, steps in a strange memory order."""
    shapes = ((0, 0), (0, 5), (1, 1), (1, 3000), (3000, 1), (15, 400), (16, 3000), (17, 17), (2000, 16))
    image = np.full(rng.choice(shapes), rng.randrange(256), np.uint8)
    if rng.random() < 0.5:
        image[::2] //= 3
    return rng.choice((image, image[:, ::2], image[::-1], np.asfortranarray(image), np.dstack([image] * 3)))


def _no_image(rng: Random) -> NDArray[Any]:
    shape = rng.choice(((20, 20, 4), (20, 20, 1), (20,), (2, 20, 20, 3), (20, 20), (20, 20, 3), ()))
    kind = rng.choice((np.float32, np.uint16, np.int8, np.bool_, np.uint8))
    return np.zeros(shape, kind)


_ARRAYS: tuple[Callable[[Random], NDArray[Any]], ...] = (_print, _print, _of_noise, _bars, _prose, _extreme, _no_image)


def _size(rng: Random) -> Sequence[int]:
    size = (rng.randrange(1, 220), rng.randrange(1, 500))
    return size if rng.random() < 0.5 else (*size, 3)


def _rolled(rng: Random, image: Picture) -> Picture:
    return np.roll(image, (rng.randrange(60), rng.randrange(200)), (0, 1))


def _inverted(rng: Random, image: Picture) -> Picture:
    return 255 - image


def _quarter(rng: Random, image: Picture) -> Picture:
    return np.rot90(image, rng.randrange(1, 4))


def _mirrored(rng: Random, image: Picture) -> Picture:
    return image[:, ::-1]


def _worn(rng: Random, image: Picture) -> Picture:
    worn = image.copy()
    top, left = rng.randrange(worn.shape[0]), rng.randrange(worn.shape[1])
    worn[top : top + rng.randrange(1, 40), left : left + rng.randrange(1, 200)] = rng.randrange(256)
    return worn


def _cropped(rng: Random, image: Picture) -> Picture:
    top, left = rng.randrange(image.shape[0]), rng.randrange(image.shape[1])
    return image[top:, left:]


def _stacked(rng: Random, image: Picture) -> Picture:
    """Several zones under one another."""
    return np.vstack([image] * rng.choice((2, 3)))


def _stretched(rng: Random, image: Picture) -> Picture:
    if not image.size:
        return image
    size = (max(1, int(image.shape[1] * rng.uniform(0.4, 1.6))), max(1, int(image.shape[0] * rng.uniform(0.4, 1.6))))
    return np.asarray(cv2.resize(np.ascontiguousarray(image), size), np.uint8)


_OF_PICTURES: tuple[Callable[[Random, Picture], Picture], ...] = (
    _rolled, _inverted, _quarter, _mirrored, _worn, _worn, _cropped, _stacked, _stretched,
)  # fmt: skip
