"""Facial records of ISO/IEC 19794-5:2005 section 5, which nearly all issued chips carry in DG2.

A header of 14 bytes (FAC, version 010, length, count), then for each face 20 bytes of facial information, 8 bytes for
each feature point, 12 bytes of image information, and the image. All numbers are big-endian.
"""

from __future__ import annotations

import struct

from limen.icao.lds.errors import LdsError
from limen.icao.lds.face import Face, FaceRecord, FeaturePoint, Pose
from limen.icao.lds.images import EncodedImage

STANDARD = "ISO/IEC 19794-5"
MAGIC = b"FAC\0"
SLACK = 8
"""Bytes that a length may be off and is still read, with a note (seen in the field: GB, NZ)."""
MAX_FACES = 16
MAX_POINTS = 1024

_HEADER = struct.Struct(">4s4sIH")
_FACE = struct.Struct(">IHBBB3sH3s3s")
_POINT = struct.Struct(">BBHH2x")
_IMAGE = struct.Struct(">BBHHBBHH")

_GENDER = {1: "male", 2: "female"}
_EYES = {1: "black", 2: "blue", 3: "brown", 4: "grey", 5: "green", 6: "multi-coloured", 7: "pink"}
_HAIR = {
    **{1: "bald", 2: "black", 3: "blonde", 4: "brown"},
    **{5: "grey", 6: "white", 7: "red", 8: "green", 9: "blue"},
}
_EXPRESSION = {
    1: "neutral",
    2: "smile",
    3: "smile, teeth visible",
    4: "raised eyebrows",
    5: "eyes looking away",
    6: "squinting",
    7: "frowning",
}
_PROPERTIES = (
    *("glasses", "moustache", "beard", "teeth visible", "blink", "mouth open"),
    *("left eye patch", "right eye patch", "both eye patches", "dark glasses", "distorting medical condition"),
)
_IMAGE_TYPE = {0: "basic", 1: "full frontal", 2: "token frontal"}
_FORMAT = {0: "JPEG", 1: "JPEG 2000"}
_COLOUR_SPACE = {1: "RGB 24 bit", 2: "YUV 4:2:2", 3: "greyscale 8 bit"}
_SOURCE = {
    1: "static photograph, unknown source",
    2: "static photograph, digital camera",
    3: "static photograph, scanner",
    4: "video frame, unknown source",
    5: "video frame, analogue camera",
    6: "video frame, digital camera",
}


def read_faces(data: bytes) -> FaceRecord:
    """Return the faces of a facial record; raises `LdsError`."""
    if len(data) < _HEADER.size:
        raise LdsError(f"{STANDARD}: a facial record of {len(data)} bytes")
    magic, version, length, count = _HEADER.unpack_from(data)
    if magic != MAGIC:
        raise LdsError(f"{STANDARD}: a facial record begins with FAC, not with {magic.hex().upper()}")
    if not 1 <= count <= MAX_FACES:
        raise LdsError(f"{STANDARD}: a facial record with {count} faces")
    notes: list[str] = []
    if version != b"010\0":
        notes.append(f"The facial record is of version {version[:3].decode('latin-1')!r}, not 010.")
    if length != len(data):
        notes.append(f"The facial record claims {length} bytes, {len(data)} are there.")
    faces: list[Face] = []
    at = _HEADER.size
    for index in range(count):
        face, at = _face(data, at, index == count - 1, notes)
        faces.append(face)
    return FaceRecord(STANDARD, tuple(faces), tuple(notes))


def _face(data: bytes, start: int, last: bool, notes: list[str]) -> tuple[Face, int]:
    """Return the face at `start`, and where the next one begins."""
    if len(data) - start < _FACE.size + _IMAGE.size:
        raise LdsError(f"{STANDARD}: the data ends at {len(data)}, within a face")
    length, count, gender, eyes, hair, mask, expression, pose, _ = _FACE.unpack_from(data, start)
    end = _end(data, start, length, last, notes)
    image_at = start + _FACE.size + _POINT.size * count
    if count > MAX_POINTS or image_at + _IMAGE.size > end:
        raise LdsError(f"{STANDARD}: {count} feature points do not fit into a face of {end - start} bytes")
    points = tuple(_point(data, start + _FACE.size + _POINT.size * index) for index in range(count))
    kind, fmt, width, height, space, source, _, quality = _IMAGE.unpack_from(data, image_at)
    image = EncodedImage.of(data[image_at + _IMAGE.size : end])
    if image.kind is None:
        notes.append("The image is of no known format by its first bytes.")
    face = Face(
        image=image,
        width=width or None,
        height=height or None,
        claimed_format=_FORMAT.get(fmt),
        image_type=_IMAGE_TYPE.get(kind),
        gender=_GENDER.get(gender),
        eye_colour=_EYES.get(eyes),
        hair_colour=_HAIR.get(hair),
        expression=_EXPRESSION.get(expression),
        properties=_properties(mask),
        pose=Pose(*map(_angle, pose)),
        points=points,
        colour_space=_COLOUR_SPACE.get(space),
        source=_SOURCE.get(source),
        quality=quality or None,
    )
    return face, end


def _end(data: bytes, start: int, length: int, last: bool, notes: list[str]) -> int:
    """Return where a face ends: where it says, but for the slack of the last one."""
    claimed, there = start + length, len(data)
    if claimed == there or (claimed < there and not last):
        return claimed
    off = abs(claimed - there)
    if off <= SLACK and last:
        notes.append(f"The length of the face is {off} bytes off.")
        return there
    if claimed > there:
        raise LdsError(f"{STANDARD}: a face claims {length} bytes, {there - start} are there")
    notes.append(f"{off} bytes follow the last face.")
    return claimed


def _point(data: bytes, at: int) -> FeaturePoint:
    _, code, x, y = _POINT.unpack_from(data, at)
    return FeaturePoint(f"{code >> 4}.{code & 0x0F}", x, y)


def _properties(mask: bytes) -> frozenset[str]:
    bits = int.from_bytes(mask, "big")
    if not bits & 1:
        return frozenset()  # the lowest bit says whether the others were filled in
    return frozenset(name for index, name in enumerate(_PROPERTIES, start=1) if bits >> index & 1)


def _angle(code: int) -> int | None:
    """Return degrees in steps of two: 1 is 0, 91 is 180, then from -178 up to -2."""
    if not 1 <= code <= 180:
        return None
    return (code - 1) * 2 if code <= 91 else (code - 181) * 2
