"""Barcodes in a picture, octet by octet, through zxing-cpp: the symbologies that Doc 9303-13 allows for seals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import zxingcpp

from limen.vision.reading import Quad

MAX_SIDE = 12000
MAX_BARCODES = 16


@dataclass(frozen=True, slots=True)
class BarcodeReading:
    """One barcode: its symbology, its octets, its corners in pixels (x, y) clockwise, and the reader's details."""

    format: str
    data: bytes
    quad: Quad
    details: str


def read_barcodes(image: np.ndarray[Any, np.dtype[np.uint8]]) -> tuple[BarcodeReading, ...]:
    """Return the DataMatrix, Aztec, QR and PDF417 codes of a picture, h x w (grey) or h x w x 3 (RGB), 8 bits.

    Raises `ValueError` where the picture is of another shape or type, or too large.
    """
    is_shaped = image.ndim == 2 or (image.ndim == 3 and image.shape[2] == 3)
    if not is_shaped or image.dtype != np.uint8 or not 0 < min(image.shape[:2]) <= max(image.shape[:2]) <= MAX_SIDE:
        raise ValueError(f"not a picture to look for barcodes in: {image.shape}, {image.dtype}")
    formats: Any = [getattr(zxingcpp.BarcodeFormat, name) for name in ("DataMatrix", "Aztec", "QRCode", "PDF417")]
    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    found = zxingcpp.read_barcodes(np.ascontiguousarray(grey), formats=formats)
    return tuple(_reading(code) for code in found[:MAX_BARCODES])


def _reading(code: Any) -> BarcodeReading:
    place = code.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    one, two, three, four = ((float(corner.x), float(corner.y)) for corner in corners)
    return BarcodeReading(code.format.name, bytes(code.bytes), (one, two, three, four), str(code.symbology_identifier))
