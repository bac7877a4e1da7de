"""A face as a chip holds it, whichever standard wrote it down."""

from __future__ import annotations

from dataclasses import dataclass

from limen.icao.lds.images import EncodedImage


@dataclass(frozen=True, slots=True)
class FeaturePoint:
    """A point of the face."""

    name: str
    """An MPEG-4 point such as 12.1 (left eye), or the standard's word for an anthropometric landmark."""
    x: int
    """Pixels from the left."""
    y: int
    """Pixels from the top."""


@dataclass(frozen=True, slots=True)
class Pose:
    """Angles of the head in degrees; None where not given."""

    yaw: int | None = None
    pitch: int | None = None
    roll: int | None = None


@dataclass(frozen=True, slots=True)
class Face:
    """One image of a face and what the record says of it. Texts are the standards' words; None is *not given*."""

    image: EncodedImage
    width: int | None
    """Pixels, as the record claims."""
    height: int | None
    """Pixels, as the record claims."""
    claimed_format: str | None = None
    """As the record claims: JPEG or JPEG 2000. `image.kind` is what it is."""
    image_type: str | None = None
    gender: str | None = None
    eye_colour: str | None = None
    hair_colour: str | None = None
    expression: str | None = None
    properties: frozenset[str] = frozenset()
    """Such as glasses, beard, mouth open."""
    pose: Pose = Pose()
    points: tuple[FeaturePoint, ...] = ()
    colour_space: str | None = None
    source: str | None = None
    quality: int | None = None
    captured: tuple[int, ...] = ()
    """Year, month, day, hour, minute, second of capture, as many as are given."""


@dataclass(frozen=True, slots=True)
class FaceRecord:
    """A biometric data block of faces."""

    standard: str
    """ISO/IEC 19794-5 or ISO/IEC 39794-5."""
    faces: tuple[Face, ...]
    notes: tuple[str, ...] = ()
