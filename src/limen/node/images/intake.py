"""From the bytes that somebody sent to clean pictures, and nothing else of what was in them.

Decoding, with its limits against bombs, is that of `limen.devices`: JPEG, PNG, TIFF, WebP, BMP, GIF and PDF, turned
upright by EXIF. Every picture is written anew from its pixels alone, so that places, cameras, names, colour profiles,
embedded thumbnails and whatever was appended to the file are gone. The digest of what came in is kept: it recognises a
file sent twice, and proves which one was.

Pictures are written as JPEG or WebP, as measured in docs/masking.md.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from limen.devices import InputError, Source, read_source

Image = NDArray[np.uint8]

LONGEST: Final = 3000
"""Longest side in pixels of a picture that is kept: a passport page at 600 ppi."""
THUMBNAILS: Final = (320, 1280)
MOST_BYTES: Final = 40_000_000
MOST_PAGES: Final = 20
LEAST_SIDE: Final = 64
_ORIGINAL_QUALITY: Final = 90
_THUMBNAIL_QUALITY: Final = 80


class IntakeError(Exception):
    """What was sent gives no picture; `message` is one sentence for whoever sent it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture as a file."""

    data: bytes
    media_type: str
    width: int
    height: int

    @property
    def suffix(self) -> str:
        """Of a file's name, with its dot."""
        return {"image/jpeg": ".jpg", "image/webp": ".webp"}[self.media_type]


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One clean picture."""

    image: Image
    """H x W x 3, RGB, its longest side at most `LONGEST`."""
    sha256: str
    """Of all bytes that came in, hexadecimal; pages of one file share it."""
    page: int | None = None
    """From 1, where there were several."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.image.shape[1], self.image.shape[0]


def take(data: bytes) -> tuple[Picture, ...]:
    """The picture in a file, or one for each of its pages.

    Raises `IntakeError` where the file, or any page of it, gives none: a report with a page missing misleads.
    """
    if len(data) > MOST_BYTES:
        raise IntakeError(f"The file has more than {MOST_BYTES // 1_000_000} MB: save a smaller copy.")
    digest = hashlib.sha256(data).hexdigest()
    pictures: list[Picture] = []
    for frame in read_source(Source("-", None), io.BytesIO(data)):
        if isinstance(frame, InputError):
            raise IntakeError(_sentence(frame))
        if len(pictures) == MOST_PAGES:
            raise IntakeError(f"The file has more than {MOST_PAGES} pages: send those that matter.")
        if min(frame.image.shape[:2]) < LEAST_SIDE:
            raise IntakeError(
                f"The picture is smaller than {LEAST_SIDE} pixels: send one on which the page can be seen."
            )
        pictures.append(Picture(shrunk(frame.image, LONGEST), digest, frame.page))
    return tuple(pictures)


def _sentence(error: InputError) -> str:
    """One sentence out of the reason, which is what is wrong and, often, what to do about it."""
    subject = "The file" if error.page is None else f"Page {error.page} of the file"
    parts = [part.strip().rstrip(".") for part in error.reason.split(". ")]
    rest = "".join(f"; {part[:1].lower()}{part[1:]}" for part in parts[1:])
    return f"{subject} {parts[0]}{rest}."


def shrunk(image: Image, longest: int) -> Image:
    """The picture, or a smaller one of the same shape whose longest side is that long."""
    factor = longest / max(image.shape[:2])
    if factor >= 1:
        return image
    size = (max(1, round(image.shape[1] * factor)), max(1, round(image.shape[0] * factor)))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def encode(image: Image) -> Encoded:
    """The picture as a JPEG file, near to what was seen, its colour at full resolution; no metadata."""
    try:
        return _written(image, "JPEG", quality=_ORIGINAL_QUALITY, subsampling=0, optimize=True)
    except OSError:  # noise takes more room than Pillow gives to optimized files
        return _written(image, "JPEG", quality=_ORIGINAL_QUALITY, subsampling=0)


def thumbnail(image: Image, longest: int) -> Encoded:
    """A smaller copy as a WebP file, for a page on a slow link; no metadata."""
    return _written(shrunk(image, longest), "WEBP", quality=_THUMBNAIL_QUALITY, method=2)


def thumbnails(image: Image) -> dict[int, Encoded]:
    """Copies by their longest side; of what others may see, give the masked picture."""
    return {longest: thumbnail(image, longest) for longest in THUMBNAILS}


def _written(image: Image, kind: str, **options: int | bool) -> Encoded:
    file = io.BytesIO()
    Pillow.fromarray(image).save(file, kind, **options)
    return Encoded(file.getvalue(), f"image/{kind.lower()}", image.shape[1], image.shape[0])
