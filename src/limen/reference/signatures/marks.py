"""What a counterfeit press gets wrong, as something that can be looked for: a place, a light, and what shows there.

A mark is either a *picture*, the print itself as grey levels at the resolution of a sheet (wrong line work, misspelt
microtext), or a *figure* of `limen.vision.lighting` within bounds (how much it shines in ultraviolet, its hue, how much
infrared it absorbs). It is *met* where the page shows what the press's documents show.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from dataclasses import dataclass, field
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from limen.reference.errors import FileError
from limen.reference.values import Members
from limen.vision.light import Light
from limen.vision.lighting import Quantity
from limen.vision.page import Rect, pixels_of

Grey = NDArray[np.uint8]

PICTURE: Final = "picture"
WHATS: Final = (PICTURE, *(one.value for one in Quantity))
"""What a mark can be: a picture, or one of the figures that are measured of a light."""
LEAST_MM, MOST_MM = 1.0, 60.0
"""Side of a mark's rectangle: smaller ones say nothing, larger ones are no detail."""
MOST_AREA_MM2 = 1200.0
_FARTHEST_MM = 150.0
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where to look, under which light, for what."""

    region: str
    """What the examiner calls it."""
    rect: Rect
    """In millimetres on the page."""
    light: Light
    what: str
    """`PICTURE` or the value of a `Quantity`."""

    @property
    def quantity(self) -> Quantity | None:
        """The figure; None for a picture."""
        return None if self.what == PICTURE else Quantity(self.what)


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A place, and what the press's documents show there."""

    place: Place
    low: float
    high: float
    """The bounds of what is measured, both met: of a picture's likeness (to 1), or of the figure."""
    shown: tuple[float, float]
    """Least and greatest measured of the press's documents when the mark was made."""
    genuine: tuple[float, float] | None = None
    """The same of genuine documents; None where none were shown."""
    picture: Grey | None = field(default=None, repr=False)
    """Height x width, grey levels, at the resolution of a sheet; None for a figure."""

    def margin(self, value: float) -> float:
        """How far inside its bounds a value is: -1 to +1, below 0 outside."""
        if self.place.quantity is Quantity.HUE:
            # Degrees go round: 350 is near 10.
            middle = (self.low + self.high) / 2
            value = (value - middle + 180.0) % 360.0 - 180.0 + middle
        half = max((self.high - self.low) / 2, 1e-6)
        if self.picture is not None:
            # A likeness has no upper bound: 1 is the picture itself.
            room = (1 - self.low) if value >= self.low else self.low
            return float(np.clip((value - self.low) / max(room, 1e-6), -1, 1))
        return float(np.clip(min(value - self.low, self.high - value) / half, -1, 1))

    def to_json(self) -> dict[str, Any]:
        """Plain values; the picture's rows are packed."""
        return {
            "region": self.place.region,
            "rect": list(self.place.rect),
            "light": self.place.light.value,
            "what": self.place.what,
            "low": self.low,
            "high": self.high,
            "shown": list(self.shown),
            "genuine": None if self.genuine is None else list(self.genuine),
            "picture": None if self.picture is None else _packed(self.picture),
        }

    @classmethod
    def from_json(cls, members: Members) -> Self:
        """Raises FileError."""
        place = _place(members)
        low, high = members.number("low", -1e6, 1e6), members.number("high", -1e6, 1e6)
        shown = _pair(members, "shown")
        genuine = _pair(members, "genuine") if members.has("genuine") else None
        picture = _picture(members, place.rect) if members.has("picture") else None
        members.done()
        if low > high or (place.what == PICTURE) != (picture is not None):
            raise FileError("A mark of the signature is not whole: its bounds or its picture do not fit.")
        return cls(place, low, high, shown, genuine, picture)


def fits_page(rect: Rect, size_mm: tuple[float, float]) -> bool:
    """Whether a rectangle can be a mark's on a page of that size."""
    left, top, width, height = rect
    inside = left >= 0 and top >= 0 and left + width <= size_mm[0] and top + height <= size_mm[1]
    sides = min(width, height) >= LEAST_MM and max(width, height) <= MOST_MM
    return inside and sides and width * height <= MOST_AREA_MM2


def _place(members: Members) -> Place:
    region = members.text("region", most=_LONGEST_NAME)
    a, b, c, d = members.numbers("rect", 4)
    if not fits_page((a, b, c, d), (_FARTHEST_MM, _FARTHEST_MM)):
        raise FileError(f"The mark {region!r} of the signature lies off the page or is too small or too large.")
    what = members.text("what", "|".join(WHATS))
    return Place(region, (a, b, c, d), members.choice("light", Light), what)


def _pair(members: Members, name: str) -> tuple[float, float]:
    low, high = members.numbers(name, 2)
    return low, high


def picture_size(rect: Rect) -> tuple[int, int]:
    """Height and width of the picture of a rectangle."""
    left, top, right, bottom = pixels_of(rect)
    return bottom - top, right - left


def _packed(picture: Grey) -> str:
    return base64.b64encode(zlib.compress(picture.tobytes(), 9)).decode()


def _picture(members: Members, rect: Rect) -> Grey:
    """The picture; the rectangle says how large it is, and no more than that is unpacked."""
    height, width = picture_size(rect)
    try:
        packed = base64.b64decode(members.text("picture", most=2 * height * width + 1000), validate=True)
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(packed, height * width + 1)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise FileError("The picture of a mark cannot be unpacked.") from error
    if len(data) != height * width or unpacker.unconsumed_tail or unpacker.unused_data or not unpacker.eof:
        raise FileError("The picture of a mark has another size than its place.")
    return np.frombuffer(data, np.uint8).reshape(height, width)
