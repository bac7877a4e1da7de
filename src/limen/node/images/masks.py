"""What is hidden in a picture, as values: rectangles and polygons in shares of its width and height.

A mask is kept as JSON with its picture, drawn by Limen or by a person, and sent to and from the browser:

    {"kind": "portrait", "source": "auto", "x": 0.1, "y": 0.2, "w": 0.3, "h": 0.4}
    {"kind": "data", "source": "hand", "points": [[0.1, 0.2], [0.4, 0.2], [0.4, 0.6]]}
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

Point = tuple[float, float]
"""x to the right and y downward, each from 0 to 1 of the picture."""

MOST_MASKS = 200
MOST_POINTS = 100
_SLACK = 1e-6
"""By which a browser's sums may leave the picture."""


_Choice = TypeVar("_Choice", bound=StrEnum)


class MaskError(ValueError):
    """A mask that is none; `message` is one sentence for whoever sent it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Kind(StrEnum):
    """What a mask hides."""

    PORTRAIT = "portrait"
    DATA = "data"
    """Entries of the visual zone."""
    MRZ = "mrz"
    SIGNATURE = "signature"
    FACE = "face"
    """Wherever one is seen."""
    HAND = "hand"
    """A hand that holds the document: its fingers have prints."""
    SURROUNDINGS = "surroundings"
    """What lies beside the page: desks, screens, other documents."""


class Source(StrEnum):
    """Who drew a mask."""

    AUTO = "auto"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Mask:
    """One hidden area: the polygon through `points`; a rectangle has four, from the upper left one clockwise."""

    points: tuple[Point, ...]
    kind: Kind
    source: Source = Source.AUTO

    def __post_init__(self) -> None:
        if not 3 <= len(self.points) <= MOST_POINTS:
            raise MaskError(f"A mask has 3 to {MOST_POINTS} corners, not {len(self.points)}.")
        for value in (value for point in self.points for value in point):
            if not 0.0 <= value <= 1.0:  # NaN is not, either
                raise MaskError("A mask lies within its picture: its numbers go from 0 to 1.")

    @classmethod
    def rectangle(cls, x: float, y: float, w: float, h: float, *, kind: Kind, source: Source = Source.AUTO) -> Mask:
        """An upright rectangle; raises `MaskError` where it has no area or leaves the picture."""
        if not (w > 0 and h > 0):
            raise MaskError("A mask has a width and a height above 0.")
        right, bottom = _inside(x + w), _inside(y + h)
        x, y = _inside(x), _inside(y)
        return cls(((x, y), (right, y), (right, bottom), (x, bottom)), kind, source)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of the upright rectangle around it."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)

    @property
    def is_rectangle(self) -> bool:
        """Whether it is an upright rectangle."""
        if len(self.points) != 4:
            return False
        (a, b), (c, d), (e, f), (g, h) = self.points
        return a == g < c == e and b == d < f == h

    def to_json(self) -> dict[str, Any]:
        """Plain values for `json.dumps`."""
        plain: dict[str, Any] = {"kind": self.kind.value, "source": self.source.value}
        if self.is_rectangle:
            return plain | dict(zip("xywh", self.box, strict=True))
        return plain | {"points": [list(point) for point in self.points]}

    @classmethod
    def from_json(cls, value: object) -> Mask:
        """The mask that plain values describe; raises `MaskError` where they describe none."""
        if not isinstance(value, dict):
            raise MaskError("A mask is an object with a kind and with x, y, w, h or points.")
        kind = _choice(Kind, value.get("kind"), "kind")
        source = _choice(Source, value.get("source", Source.HAND.value), "source")
        if "points" in value:
            return cls(_points(value["points"]), kind, source)
        x, y, w, h = (_number(value.get(name), name) for name in "xywh")
        return cls.rectangle(x, y, w, h, kind=kind, source=source)


def masks_to_json(masks: Iterable[Mask]) -> list[dict[str, Any]]:
    """Plain values for `json.dumps`."""
    return [mask.to_json() for mask in masks]


def masks_from_json(value: object) -> tuple[Mask, ...]:
    """The masks that a list of plain values describes; raises `MaskError` for the first that is none."""
    if not isinstance(value, list):
        raise MaskError("Masks come as a list.")
    if len(value) > MOST_MASKS:
        raise MaskError(f"A picture has at most {MOST_MASKS} masks, not {len(value)}.")
    return tuple(Mask.from_json(one) for one in value)


def whole(kind: Kind = Kind.DATA, source: Source = Source.AUTO) -> Mask:
    """The mask that hides everything."""
    return Mask(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)), kind, source)


def _inside(value: float) -> float:
    return min(max(value, 0.0), 1.0) if -_SLACK <= value <= 1 + _SLACK else value


def _choice(choices: type[_Choice], value: object, name: str) -> _Choice:
    if isinstance(value, str) and value in {one.value for one in choices}:
        return choices(value)
    raise MaskError(f"The {name} of a mask is one of {', '.join(choices)}.")


def _number(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise MaskError(f"{name} of a mask is a number from 0 to 1.")
    if not abs(value) <= 2 or not math.isfinite(value):
        raise MaskError("A mask lies within its picture: its numbers go from 0 to 1.")
    return float(value)


def _points(value: object) -> tuple[Point, ...]:
    if not isinstance(value, list) or not all(isinstance(one, list) and len(one) == 2 for one in value):
        raise MaskError("The points of a mask are a list of pairs [x, y].")
    if len(value) > MOST_POINTS:
        raise MaskError(f"A mask has 3 to {MOST_POINTS} corners, not {len(value)}.")
    return tuple((_inside(_number(x, "x")), _inside(_number(y, "y"))) for x, y in value)
