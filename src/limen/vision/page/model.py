"""A side of a document, found in an image and laid flat: what every later step looks at.

Lengths on the page are millimetres from its upper left corner in reading direction, as in Doc 9303 parts 4 to 7.
A `Sheet` is the side under one light, laid flat at one fixed resolution, so that the same place of the same document
model is the same pixel in every capture and under every light.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.icao.mrz import Format
from limen.vision.light import Light
from limen.vision.reading import Quad

Pixels = NDArray[np.uint8]
"""Height x width x 3, red, green, blue."""
Matrix = NDArray[np.float64]
"""3 x 3, a homography."""
Rect = tuple[float, float, float, float]
"""Left, top, width and height in millimetres on the page."""

PX_PER_MM = 12.0
"""Pixels per millimetre of a sheet: 304.8 pixels an inch, whatever the capture had."""


class Side(StrEnum):
    """Which side of the document."""

    FRONT = "front"
    BACK = "back"


SIZES_MM: Mapping[Format, tuple[float, float]] = {
    Format.TD1: (85.6, 53.98),
    Format.TD2: (105.0, 74.0),
    Format.TD3: (125.0, 88.0),
    Format.MRV_A: (120.0, 80.0),
    Format.MRV_B: (105.0, 74.0),
}
"""Width and height: Doc 9303-4, 2.1; -5, 2.1; -6, 2.1; -7, 3.1 and 4.1."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How well the page was captured."""

    ppi: float
    """Pixels of the image per inch of the document, the least of both directions over the page."""
    edge_mm: float
    """Width of the sharpest edges of print, from 10 to 90 % of their rise; 0.1 to 0.16 mm in a sharp reader image.

    Beyond the width of a stroke, 0.3 mm, it is told too small: 0.48 for a true 0.66."""
    glare: tuple[Rect, ...] = ()
    """Where light is mirrored so strongly that the print is lost."""
    outside: float = 0.0
    """Share of the page that lies outside the image, 0 to 1."""
    exposure: float = 0.8
    """Brightness of the bare paper, 0 (black) to 1 (as bright as the image can show)."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The side under one light, laid flat: height x width x 3 pixels, RGB, `PX_PER_MM` to the millimetre."""

    light: Light
    image: Pixels
    to_image: Matrix
    """From millimetres on the page to pixels of the image as given."""
    agreement: float = 1.0
    """How surely it is the same document as the white sheet, 0 to 1; 1 for the white sheet itself."""
    image_size: tuple[int, int] = (0, 0)
    """Width and height of the image as given, in pixels; (0, 0) where that is not known."""

    def quad(self, rect: Rect) -> Quad:
        """A rectangle of the page in pixels of the image as given."""
        left, top, width, height = rect
        corners = np.array(
            [[[left, top], [left + width, top], [left + width, top + height], [left, top + height]]], dtype=np.float64
        )
        a, b, c, d = cv2.perspectiveTransform(corners, self.to_image)[0]
        return (_point(a), _point(b), _point(c), _point(d))

    def crop(self, rect: Rect) -> Pixels:
        """A view of the sheet's pixels in a rectangle, cut at the page's edges."""
        left, top, right, bottom = pixels_of(rect)
        return self.image[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One side of one document, under the lights in which it was captured."""

    format: Format
    side: Side
    sheets: Mapping[Light, Sheet] = field(hash=False)
    """By light; those that could not be registered with the white one are left out and told in `problems`."""
    quality: Quality
    found_by: str = "zone"
    """"zone", "outline" or "both": what the position was taken from."""
    problems: Mapping[Light, str] = field(default_factory=dict, hash=False)
    """By light, why an image could not be laid over the white one: one sentence that says what to do."""
    zone_lines: tuple[str, ...] = ()
    """The machine readable zone that the page was found by; none where it was found by its outline alone."""

    @property
    def white(self) -> Sheet:
        """The sheet under white light, which the places of findings are told in; every page has it."""
        return self.sheets[Light.WHITE]

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height."""
        return SIZES_MM[self.format]

    def quad(self, rect: Rect) -> Quad:
        """A rectangle of the page in pixels of the white image as given."""
        return self.white.quad(rect)

    def rect(self, quad: Quad) -> Rect:
        """The upright rectangle on the page, in millimetres, about a quadrilateral of the white image as given."""
        back = np.linalg.inv(self.white.to_image)
        points = cv2.perspectiveTransform(np.array([quad], dtype=np.float64), back)[0]
        left, top = points.min(axis=0)
        right, bottom = points.max(axis=0)
        return (float(left), float(top), float(right - left), float(bottom - top))


def pixels_of(rect: Rect) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a rectangle in pixels of a sheet."""
    left, top, width, height = rect
    return (
        round(left * PX_PER_MM),
        round(top * PX_PER_MM),
        round((left + width) * PX_PER_MM),
        round((top + height) * PX_PER_MM),
    )


def sheet_size(format: Format) -> tuple[int, int]:
    """Width and height of a sheet in pixels. Raises KeyError for a format without a size."""
    width, height = SIZES_MM[format]
    return round(width * PX_PER_MM), round(height * PX_PER_MM)


def laid_flat(image: Pixels, to_image: Matrix, format: Format, light: Light, agreement: float = 1.0) -> Sheet:
    """The sheet of an image in which the page lies as the homography says (millimetres to pixels).

    Where the image has far more pixels than the sheet it is shrunk first, so that fine line work does not alias.
    """
    width, height = sheet_size(format)
    given = (image.shape[1], image.shape[0])
    # OpenCV counts from the middle of the first pixel, `to_image` from its corner.
    matrix = _moved(-0.5) @ to_image @ np.diag([1 / PX_PER_MM, 1 / PX_PER_MM, 1.0]) @ _moved(0.5)
    middle = np.array([[[width / 2, height / 2], [width / 2 + 1, height / 2], [width / 2, height / 2 + 1]]])
    a, b, c = cv2.perspectiveTransform(middle, matrix)[0]
    shrink = min(float(np.hypot(*(b - a))), float(np.hypot(*(c - a))))
    if shrink > 1.5:
        small = (max(1, round(image.shape[1] / shrink)), max(1, round(image.shape[0] / shrink)))
        factor = np.diag([small[0] / image.shape[1], small[1] / image.shape[0], 1.0])
        image = np.asarray(cv2.resize(image, small, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        matrix = _moved(-0.5) @ factor @ _moved(0.5) @ matrix
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    flat = cv2.warpPerspective(image, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_CONSTANT)
    return Sheet(light, np.asarray(flat, dtype=np.uint8), to_image, agreement, given)


def cut_off(to_image: Matrix, image_size: tuple[int, int], rect: Rect) -> float:
    """The share of a rectangle of the page that lies outside the image; 0 where the image's size is not known."""
    if image_size == (0, 0):
        return 0.0
    left, top, width, height = rect
    steps = (np.arange(24) + 0.5) / 24
    x, y = np.meshgrid(left + steps * width, top + steps * height)
    points = cv2.perspectiveTransform(np.dstack([x, y]).reshape(-1, 1, 2), to_image).reshape(-1, 2)
    inside = (points >= 0).all(axis=1) & (points < image_size).all(axis=1)
    return float(1 - inside.mean())


def _moved(by: float) -> Matrix:
    return np.array([[1.0, 0.0, by], [0.0, 1.0, by], [0.0, 0.0, 1.0]])


def _point(values: NDArray[np.float64]) -> tuple[float, float]:
    return float(values[0]), float(values[1])
