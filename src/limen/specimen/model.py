"""What this package hands out: specimens, captures of them, and the truth about both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from limen.specimen.recipe import Recipe

Image = NDArray[np.uint8]
"""Height x width x 3, red, green, blue."""

Point = tuple[float, float]
"""In pixels, x to the right, y downward, (0, 0) the upper left corner of the upper left pixel."""

Quad = tuple[Point, Point, Point, Point]
"""Upper left, upper right, lower right, lower left, in the reading direction of what it encloses."""


class Light(StrEnum):
    """Under what the image is taken."""

    WHITE = "white"
    UV = "uv"
    IR = "ir"


def box(left: float, top: float, width: float, height: float) -> Quad:
    """An upright rectangle."""
    right, bottom = left + width, top + height
    return ((left, top), (right, top), (right, bottom), (left, bottom))


@dataclass(frozen=True, slots=True)
class FieldBox:
    """A field, where it is printed and what it says."""

    name: str
    """`mrz.` and the field of the layout, `viz.` and the field, or `portrait`, `ghost`, `signature`."""
    text: str
    quad: Quad


@dataclass(frozen=True, slots=True)
class FraudLabel:
    """A fraud that was made, and where to look for it."""

    name: str
    lights: tuple[Light, ...]
    """Under which it can be seen."""
    fields: tuple[str, ...] = ()
    """The names of the fields that it touches; none where it is the whole document."""


@dataclass(frozen=True, slots=True)
class Truth:
    """All that is known of one image."""

    format: str
    side: str
    issuer: str
    seed: int
    lines: tuple[str, ...]
    """The machine readable zone as printed; none where this side has none."""
    check_digits_valid: bool
    ppi: float
    """Pixels per inch of the document, at the zone where it has one."""
    size_px: tuple[int, int]
    """Width and height of the image."""
    size_mm: tuple[float, float]
    """Of the document."""
    outline: Quad
    """The document's corners."""
    zone: Quad | None
    """Outer corners of the zone's first and last lines, as inked."""
    line_quads: tuple[Quad, ...] = ()
    fields: tuple[FieldBox, ...] = ()
    frauds: tuple[FraudLabel, ...] = ()

    def mapped(self, transform: Callable[[NDArray[np.float64]], NDArray[np.float64]], **changes: Any) -> Truth:
        """The truth of an image whose points come from this one's by `transform` (N x 2 to N x 2)."""

        def quad(old: Quad) -> Quad:
            points = transform(np.asarray(old, dtype=np.float64))
            a, b, c, d = ((round(float(x), 2), round(float(y), 2)) for x, y in points)
            return (a, b, c, d)

        return replace(
            self,
            outline=quad(self.outline),
            zone=quad(self.zone) if self.zone else None,
            line_quads=tuple(quad(line) for line in self.line_quads),
            fields=tuple(replace(item, quad=quad(item.quad)) for item in self.fields),
            **changes,
        )

    def field(self, name: str) -> FieldBox | None:
        """The field of that name, or None."""
        return next((item for item in self.fields if item.name == name), None)

    def to_json(self) -> dict[str, Any]:
        """Plain values for `json.dumps`; `doc_type`, `mrz_lines`, `group` as in common test-set manifests."""
        return {
            "doc_type": self.format if self.lines else "NONE",
            "mrz_lines": list(self.lines),
            "check_digits_valid": self.check_digits_valid,
            "group": "core" if self.lines else "negative",
            "format": self.format,
            "side": self.side,
            "issuer": self.issuer,
            "seed": self.seed,
            "ppi": round(self.ppi, 1),
            "size_px": list(self.size_px),
            "size_mm": list(self.size_mm),
            "outline": self.outline,
            "zone": self.zone,
            "line_quads": self.line_quads,
            "fields": {item.name: {"text": item.text, "quad": item.quad} for item in self.fields},
            "frauds": [self._label(label) for label in self.frauds],
        }

    def _label(self, label: FraudLabel) -> dict[str, Any]:
        touched = (self.field(name) for name in label.fields)
        where = [item.quad for item in touched if item] or [self.outline]
        lights = [light.value for light in label.lights]
        return {"name": label.name, "lights": lights, "fields": list(label.fields), "where": where}


@dataclass(frozen=True, slots=True)
class Specimen:
    """One side of one document, as if seen straight on, without any camera."""

    images: Mapping[Light, Image]
    truth: Truth
    recipe: Recipe = field(repr=False)
    """What it was made by; a fraud is a changed recipe."""

    @property
    def image(self) -> Image:
        """The image under white light, or the only one there is."""
        return self.images[Light.WHITE] if Light.WHITE in self.images else next(iter(self.images.values()))


@dataclass(frozen=True, slots=True)
class Capture:
    """A specimen as a device saw it."""

    image: Image
    truth: Truth
    light: Light
    style: str
    details: Mapping[str, float | int | str]
    """How it was taken: `rotation_deg`, `tilt_deg`, `blur_px`, `jpeg`, `background` and the like."""

    def to_json(self) -> dict[str, Any]:
        """The truth with the circumstances of the capture."""
        return self.truth.to_json() | {"light": self.light.value, "style": self.style, **self.details}
