"""The portrait of data group 2 as pixels (Doc 9303-10, 4.7.2): JPEG or JPEG 2000, decoded with a bound on its size."""

from __future__ import annotations

import io
import warnings

import numpy as np
from PIL import Image

from limen.icao.lds import Dg2, LdsError, parse_file
from limen.inspection import ChipEvidence
from limen.vision.page import Pixels

MOST_PIXELS = 16_000_000
"""A portrait has some 200,000; an image that claims more than this is not opened."""
_FORMATS = ("JPEG", "JPEG2000", "PNG")


class BadPortrait(ValueError):  # noqa: N818 - a finding
    """The portrait cannot be decoded: the rest of a sentence."""


def chip_portrait(chip: ChipEvidence) -> Pixels | None:
    """The first face of DG2; None where DG2 was not read, or holds none. Raises `BadPortrait`."""
    data = chip.files.get("EF.DG2")
    if data is None:
        return None
    try:
        parsed = parse_file("EF.DG2", data)
    except LdsError:
        return None  # the check of the file's structure says so
    return decoded(parsed.portrait.image.data) if isinstance(parsed, Dg2) and parsed.faces else None


def decoded(data: bytes) -> Pixels:
    """One image as RGB. Raises `BadPortrait`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise BadPortrait(f"it claims {image.width} x {image.height} pixels and was not opened")
                return np.asarray(image.convert("RGB"), np.uint8)
    except BadPortrait:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:  # what Pillow raises
        raise BadPortrait("its image is damaged") from error
