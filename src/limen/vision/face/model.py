"""Faces as found in a picture, and what was measured of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from limen.vision.reading import Quad

if TYPE_CHECKING:
    from limen.vision.face.bands import Bands, Pair

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]


class Found(StrEnum):
    """How many faces a picture shows."""

    NONE = "none"
    ONE = "one"
    SEVERAL = "several"


class Place(StrEnum):
    """Where a picture of the bearer comes from."""

    LIVE = "live"
    """Taken of the person at the counter."""
    PRINTED = "printed"
    """The portrait on the page."""
    GHOST = "ghost"
    """The second, smaller one."""
    CHIP = "chip"
    """Data group 2."""
    PASSPORT = "passport"
    """The portrait on the holder's passport, which a visa is held against."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One face in one picture. Coordinates are pixels of that picture."""

    quad: Quad
    """About the face, upper left first as the face sees its own upright."""
    score: float
    """Of the detector, 0 to 1."""
    points: NDArray[np.float32] = field(repr=False)
    """N x 3: the landmarks of the mesh, x, y, and depth in the same unit; N is 468."""
    clear: bool = True
    """Whether it was found in the picture as it is; False where that had to be smoothed first, as a bad print has."""


@dataclass(frozen=True, slots=True)
class PortraitQuality:
    """Measures after ISO/IEC 29794-5; each is the raw quantity named, not a score."""

    yaw_deg: float
    pitch_deg: float
    roll_deg: float
    eye_distance_px: float
    """Between the centres of the eyes, as if the head looked straight ahead: divided by the cosine of the yaw."""
    eyes_open: float
    """Opening of the narrower eye as a share of the distance from the eyes to the chin."""
    mouth_open: float
    """Opening between the lips in the same unit."""
    exposure: float
    """Mean luminance of the face in linear light, 0 to 1."""
    sharpness: float
    """Mean absolute Laplacian of the face at a set size, in grey levels."""
    background_spread: float
    """Standard deviation of the background's brightness, in grey levels; NaN where none is seen."""
    even_light: float
    """Light on the darker cheek as a share of that on the brighter one, 0 to 1."""
    advice: tuple[str, ...] = ()
    """What to do better, one sentence each, what helps most first; empty where nothing needs mending."""
    under_exposed: float = 0.0
    """Share of the face that is all but black (luminance of at most 25 of 255)."""
    over_exposed: float = 0.0
    """Share of the face that is all but white (luminance of at least 247 of 255)."""
    dynamic_range: float = 8.0
    """Entropy of the face's luminance in bits, at most 8."""
    unnatural_colour: float = 0.0
    """How far the cheeks' colour lies outside that of skin (CIELAB a* 5 to 25, b* 5 to 35); 100 where it is opposite;
    0 for a picture without colour."""
    head_share: float = math.nan
    """From the eyes to the chin as a share of the picture's height; NaN where the face is part of a page."""
    margins: tuple[float, float, float, float] = (math.nan,) * 4
    """Left of the right eye and right of the left eye in distances of the eyes; above and below the line of the eyes in
    distances from there to the chin; NaN where the face is part of a page."""
    outside: float = 0.0
    """Share of the face's outline that lies outside the picture."""


@dataclass(frozen=True, slots=True, eq=False)
class FaceReading:
    """What came of looking for a face in one picture."""

    place: Place
    found: Found
    face: Face | None = None
    """The one that counts, where there is one."""
    others: int = 0
    """Further faces of a size that matters."""
    template: Floats | None = field(default=None, repr=False)
    """The embedding, of length 1; None where no face was found."""
    quality: PortraitQuality | None = None
    note: str = ""
    """One sentence for an officer where something is to be said."""
    screen_or_paper: float | None = None
    """A hint that the live picture shows a screen or a print, 0 to 1; None where it was not looked for."""
    bands: Mapping[Pair, Bands] = field(default_factory=dict, repr=False, hash=False)
    """What a distance to another template means, by the kind of pair; empty where nobody measured this embedder."""


class Embedder(Protocol):
    """What turns a face into numbers that are near for the same person; an agency can bring its own."""

    name: str
    """With its version; thresholds belong to one name."""

    def embed(self, image: Pixels, face: Face) -> Floats:
        """The template of one face of an image (H x W x 3, RGB), of length 1."""
        ...
