"""The portrait on a chip (DG2) as a PNG file that any viewer opens, JPEG 2000 included."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limen.inspection.chip_contents import ChipContents

MOST_PIXELS = 16_000_000
"""A portrait has some 200,000; an image that claims more than this is not opened."""
_FORMATS = ("JPEG", "JPEG2000", "PNG")


def portrait_png(chip: ChipContents) -> bytes | None:
    """Return the first face of DG2 as PNG; None where DG2 was not read or its image cannot be decoded."""
    from PIL import Image  # noqa: PLC0415  (only with --out)

    if chip.dg2 is None or not chip.dg2.faces:
        return None
    out = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(chip.dg2.portrait.image.data), formats=_FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    return None
                image.convert("RGB").save(out, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # what Pillow raises for damaged files
        return None
    return out.getvalue()
