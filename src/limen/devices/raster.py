"""Raster images by Pillow: whatever colours and orientation go in, upright RGB of a bounded size comes out.

JPEG is decoded at the fraction that fits the limits. Everything else is decoded whole if its header promises
to fit, and refused otherwise. Conversion and reduction go band by band, so that the decoder's copy and the
working image are the only large things in memory. Orientation follows EXIF 2.32, tag 0x0112.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from fractions import Fraction
from math import prod
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin, UnidentifiedImageError

from limen.devices.errors import InputError
from limen.devices.frame import Frame
from limen.devices.limits import DECODED_BYTES, PAGES, SOURCE_PIXELS, WORKING_PIXELS

# Pillow's own guard, set explicitly: it warns above this, and _open turns the warning into an error.
Image.MAX_IMAGE_PIXELS = SOURCE_PIXELS

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF")
"""Only these of Pillow's decoders are ever reached by a file."""

_BAND_ROWS = 96
"""Divisible by every denominator of `_STEPS`, so that bands meet on whole rows."""
_STEPS = tuple(Fraction(n, d) for n, d in ((1, 1), (3, 4), (2, 3), (1, 2), (1, 3), (1, 4), (1, 6), (1, 8), (1, 12)))
_BYTES_PER_PIXEL = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2}
_ORIENTATION_TAG = 0x0112
_LABEL = 80


def read_raster(file: BinaryIO, source: str) -> Iterator[Frame | InputError]:
    """Yield the image in `file`, or each page of a TIFF.

    An `InputError` stands for what could not be decoded. `file` must be seekable.
    Nothing is raised: an image library meeting a hostile file may raise about anything, and each such case
    means the same to a person.
    """
    try:
        pages = _page_count(file)
    except Exception as error:
        yield _explain(error, source, None)
        return
    for index in range(min(pages, PAGES)):
        yield _page(file, index, source, index + 1 if pages > 1 else None)
    if pages > PAGES:
        yield InputError(source, f"has {pages} pages; those after page {PAGES} were not read. Split the file.")


def _page(file: BinaryIO, index: int, source: str, page: int | None) -> Frame | InputError:
    try:
        return _decode(file, index, source, page)
    except InputError as error:
        return error
    except Exception as error:
        return _explain(error, source, page)


@contextmanager
def _opened(file: BinaryIO) -> Iterator[Image.Image]:
    """Read the header. Remarks on odd metadata pass; a suspicion of a bomb is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        file.seek(0)
        yield Image.open(file, formats=FORMATS)


@contextmanager
def _silenced() -> Iterator[None]:
    """libtiff writes its own lines to the process's standard error; what it met is told in our one line instead."""
    try:
        kept = os.dup(2)
    except OSError:  # no standard error: nothing to silence
        yield
        return
    with Path(os.devnull).open("wb") as nowhere:
        try:
            os.dup2(nowhere.fileno(), 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _page_count(file: BinaryIO) -> int:
    """Only a TIFF has pages; the other frames of a GIF or of a phone's JPEG are not further documents."""
    with _opened(file) as image:
        return image.n_frames if isinstance(image, TiffImagePlugin.TiffImageFile) else 1


def _decode(file: BinaryIO, index: int, source: str, page: int | None) -> Frame:
    # Opened anew for each page, so that no page's pixels outlive its turn.
    with _opened(file) as image:
        if index:
            image.seek(index)
        width, height = image.size
        _bound(image, source, page)
        if _is_plain_webp(image):
            array = _webp(file, image.size)
        else:
            with _silenced() if image.format == "TIFF" else nullcontext():
                image.load()
            array = _to_rgb(image)
        orientation, dpi, label = _orientation(image), _dpi(image), _label(image)
    del image
    array = _turn(array, orientation)
    if orientation >= 5:
        width, height = height, width
    return Frame(source, page, array, dpi, (width, height), array.shape[1] / width, label)


def _explain(error: Exception, source: str, page: int | None) -> InputError:
    if isinstance(error, Image.DecompressionBombError | Image.DecompressionBombWarning):
        limit = SOURCE_PIXELS // 1_000_000
        reason = f"claims more than {limit} megapixels and was not opened. Save a smaller copy."
    elif isinstance(error, MemoryError):
        reason = "needs more memory than there is. Save a smaller copy."
    elif isinstance(error, UnidentifiedImageError):
        reason = "begins like an image but cannot be read as one. Copy it again, or save it anew as JPEG or PNG."
    else:
        reason = "is damaged or cut short. Copy it again from where it was taken."
    return InputError(source, reason, page)


def _bound(image: Image.Image, source: str, page: int | None) -> None:
    """Choose the fraction at which a JPEG is decoded; refuse what would not fit. Only the header is read."""
    pixels = prod(image.size)
    if pixels == 0:
        raise InputError(source, "has no pixels. Copy it again from where it was taken.", page)
    held = _decoder_bytes(image, pixels)
    if image.format in {"JPEG", "MPO"}:
        for step in (1, 2, 4, 8):
            if held + 4 * pixels // step**2 <= DECODED_BYTES and pixels <= SOURCE_PIXELS:
                if step > 1:
                    image.draft(None, (image.width // step, image.height // step))
                return
    elif held + pixels * _BYTES_PER_PIXEL.get(image.mode, 4) <= DECODED_BYTES:
        return
    raise InputError(
        source, f"has {pixels / 1e6:.0f} megapixels, too many to open. Save a smaller copy, or a JPEG.", page
    )


def _decoder_bytes(image: Image.Image, pixels: int) -> int:
    """What the decoder holds beside Pillow's own copy."""
    if image.format == "WEBP":
        # Two canvases of libwebp and the bytes handed over, of 4 each, unless OpenCV decodes.
        return (2 if _is_plain_webp(image) else 10) * pixels
    if image.info.get("progressive"):
        # All coefficients, 2 bytes each, until the last scan; colour is commonly held at a quarter.
        layers: list[tuple[int, int, int, int]] = getattr(image, "layer", [])
        samples = sum(h * v for _, h, v, _ in layers) / max((h * v for _, h, v, _ in layers), default=1)
        return int(2 * pixels * max(samples, 1))
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        tile = image.tag_v2.get(322, 0) * image.tag_v2.get(323, 0)
        turned = image.tag_v2.get(_ORIENTATION_TAG, 1) != 1  # by Pillow, which makes a second copy
        return int(4 * tile + (4 * pixels if turned else 0))
    return 0


def _is_plain_webp(image: Image.Image) -> bool:
    """One opaque picture: OpenCV decodes it in a third of the memory that Pillow takes."""
    return image.format == "WEBP" and image.mode == "RGB" and not getattr(image, "is_animated", False)


def _webp(file: BinaryIO, size: tuple[int, int]) -> NDArray[np.uint8]:
    import cv2  # noqa: PLC0415  (see _resized)

    file.seek(0)
    data = np.frombuffer(file.read(), np.uint8)
    pixels = cv2.imdecode(data, cv2.IMREAD_COLOR_RGB | cv2.IMREAD_IGNORE_ORIENTATION)
    if pixels is None or pixels.shape[:2] != size[::-1]:
        raise ValueError("libwebp refused it")
    factor = _factor(*size)
    return _resized(np.asarray(pixels, np.uint8), _scaled(size[0], factor), _scaled(size[1], factor))


def _orientation(image: Image.Image) -> int:
    """From 1 (upright) to 8; a TIFF has already been turned by Pillow, which removes the tag."""
    value: object = 1
    with suppress(Exception):  # damaged metadata are no reason to refuse the picture
        value = image.getexif().get(_ORIENTATION_TAG, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _turn(array: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    if orientation >= 5:
        array = array.transpose(1, 0, 2)
    if orientation in (3, 4, 7, 8):
        array = array[::-1]
    if orientation in (2, 3, 6, 7):
        array = array[:, ::-1]
    return np.ascontiguousarray(array)


def _dpi(image: Image.Image) -> float | None:
    """What the file says, unless it is the 72 or 96 that cameras and programs write without measuring."""
    with suppress(Exception):
        value = float(image.info["dpi"][0])
        if 99.0 < value < 5000.0:
            return round(value, 2)
    return None


def _label(image: Image.Image) -> str:
    """What a TIFF calls the page (TIFF 6.0, tags 285 and 270)."""
    with suppress(Exception):  # damaged metadata are no reason to refuse the picture
        if isinstance(image, TiffImagePlugin.TiffImageFile):
            said = next((value for tag in (285, 270) if isinstance(value := image.tag_v2.get(tag), str)), "")
            return " ".join("".join(c if c.isprintable() else " " for c in said).split())[:_LABEL]
    return ""


def _to_rgb(image: Image.Image) -> NDArray[np.uint8]:
    """Height x width x 3, at most `WORKING_PIXELS`, made band by band."""
    width, height = image.size
    factor = _factor(width, height)
    span = _extrema(image)
    result = np.empty((_scaled(height, factor), _scaled(width, factor), 3), np.uint8)
    filled = 0
    for top in range(0, height, _BAND_ROWS):
        bottom = min(top + _BAND_ROWS, height)
        band = _band(image.crop((0, top, width, bottom)), span)
        end = result.shape[0] if bottom == height else int(bottom * factor)
        if end > filled:
            result[filled:end] = _resized(band, result.shape[1], end - filled)
        filled = end
    return result


def _factor(width: int, height: int) -> Fraction:
    """By how much to reduce, so that the working image is within its limit."""
    return next((step for step in _STEPS if width * height * step**2 <= WORKING_PIXELS), _STEPS[-1])


def _scaled(length: int, factor: Fraction) -> int:
    return max(1, round(length * factor))


def _resized(band: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    if band.shape[:2] == (height, width):
        return band
    import cv2  # noqa: PLC0415  (large images only, and not cheap to load)

    return np.asarray(cv2.resize(band, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _extrema(image: Image.Image) -> tuple[float, float]:
    """Darkest and brightest value of the modes that have no fixed range."""
    if image.mode not in {"I", "F"}:
        return 0.0, 255.0
    low, high = image.getextrema()
    if not (isinstance(low, int | float) and isinstance(high, int | float) and np.isfinite([low, high]).all()):
        raise ValueError("no finite range of values")
    return float(low), float(max(high, low + 1))


def _band(band: Image.Image, span: tuple[float, float]) -> NDArray[np.uint8]:
    """One band as H x W x 3; transparent parts are white, as on the paper they would be printed on."""
    if band.mode.startswith("I;16"):
        grey = (np.asarray(band) >> 8).astype(np.uint8)
    elif band.mode in {"I", "F"}:
        low, high = span
        grey = ((np.asarray(band, np.float64) - low) * (255.0 / (high - low))).clip(0, 255).astype(np.uint8)
    else:
        if band.has_transparency_data:
            over = Image.new("RGBA", band.size, "white")
            over.alpha_composite(band.convert("RGBA"))
            band = over
        return np.asarray(band if band.mode == "RGB" else band.convert("RGB"), np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2)
