"""Faces as found in a picture, and what was measured of them."""

from __future__ import annotations

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
    """Between the centres of the eyes."""
    eyes_open: float
    """Opening of the narrower eye as a share of the distance from the eyes to the chin."""
    mouth_open: float
    exposure: float
    """Mean brightness of the face, 0 to 1."""
    sharpness: float
    """Mean absolute Laplacian of the face at a set size, in grey levels."""
    background_spread: float
    """Standard deviation of the background's brightness, in grey levels; NaN where none is seen."""
    even_light: float
    """How alike the two cheeks are lit, 0 to 1."""
    advice: tuple[str, ...] = ()
    """What to do better, one sentence each; empty where nothing needs mending."""


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
