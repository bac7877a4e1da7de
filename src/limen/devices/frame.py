"""One image, ready to be read, with what is needed to speak of it in the pixels of its source."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One image of one input: a photo, a page of a TIFF or of a PDF file.

    A large image is worked on smaller than it is. `scale` says by how much, so that a place (x, y) in `image`
    lies at (x / scale, y / scale) in the source, whose pixels are counted upright, as any viewer shows it.
    """

    source: str
    """The path as given, or "-" for standard input; always printable as UTF-8."""
    page: int | None
    """From 1, in a PDF file or a TIFF file of several pages."""
    image: NDArray[np.uint8]
    """H x W x 3, RGB, C-contiguous."""
    dpi: float | None
    """Pixels per inch of the source, where the file says so believably; of a PDF page, as rendered."""
    size: tuple[int, int]
    """Width and height of the source in pixels; of a PDF page, as rendered."""
    scale: float = 1.0
    """Pixels of `image` per pixel of the source, at most 1."""
    label: str = ""
    """What the file calls this page: PageName or else ImageDescription of a TIFF; one line of at most 80 characters."""
