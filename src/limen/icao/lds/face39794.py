"""Face image data of ISO/IEC 39794-5:2019 in ICAO's application profile, which succeeds 19794-5 in DG2.

DER with implicit tags from 0 in each block; a code is a CHOICE of the code itself (tag 0) and of an extension
(tag 1) that holds a fallback code (tag 0). Blocks that tell nothing to an inspection are passed over.
"""

from __future__ import annotations

from limen.icao.der import DerError, Element, as_int, as_octets, parse
from limen.icao.lds.errors import reading
from limen.icao.lds.face import Face, FaceRecord, FeaturePoint, Pose
from limen.icao.lds.images import EncodedImage

STANDARD = "ISO/IEC 39794-5"
TAG = 0x65
"""[APPLICATION 5], with which the data begins; in a chip it is wrapped in A1."""
MAX_FACES = 16
MAX_POINTS = 1024
_MAX_PARTS = 64

_GENDER = {1: "other", 2: "male", 3: "female"}
_EYES = dict(enumerate(("other", "black", "blue", "brown", "grey", "green", "hazel", "multi-coloured", "pink"), 1))
_HAIR = dict(enumerate(("other", "bald", "black", "blonde", "brown", "grey", "white", "red", "coloured"), 1))
_PROPERTIES = (
    *("glasses", "moustache", "beard", "teeth visible", "pupil or iris not visible", "mouth open"),
    *("left eye patch", "right eye patch", "dark glasses", "biometric absent", "head covering"),
)
_EXPRESSIONS = ("neutral", "smile", "raised eyebrows", "eyes looking away", "squinting", "frowning")
_FORMAT = {2: "JPEG", 3: "JPEG 2000", 4: "JPEG 2000"}
_COLOUR_SPACE = {
    **{1: "other", 2: "RGB 24 bit", 3: "RGB 48 bit"},
    **{4: "YUV 4:2:2", 5: "greyscale 8 bit", 6: "greyscale 16 bit"},
}
_SOURCE = {
    1: "static photograph, unknown source",
    2: "static photograph, digital camera",
    3: "static photograph, scanner",
    4: "video frame, unknown source",
    5: "video frame, analogue camera",
    6: "video frame, digital camera",
}
_GROUPS = (14, 14, 6, 4, 4, 1, 10, 15, 10, 6, 4)
_MPEG4 = tuple(f"{group}.{index}" for group, size in enumerate(_GROUPS, start=2) for index in range(1, size + 1))
_LANDMARKS = (
    *("vertex", "glabella", "opisthocranion", "left eurion", "right eurion", "left frontotemporale"),
    *("right frontotemporale", "trichion", "left zygion", "right zygion", "left gonion", "right gonion"),
    *("sublabiale", "pogonion", "menton", "left condylion laterale", "right condylion laterale"),
    *("left endocanthion", "right endocanthion", "left exocanthion", "right exocanthion"),
    *("centre of left pupil", "centre of right pupil"),
)


def read_faces(data: bytes) -> FaceRecord:
    """Return the faces of a face image data block, wrapped in A1 or not; raises `LdsError`."""
    notes: list[str] = []
    with reading(STANDARD):
        block = parse(data, lenient=True)
        if block.tag == 0xA1:
            block = block.inner()
        if block.tag != TAG:
            raise DerError(f"expected tag {TAG:02X}, found {block.tag:02X}")
        blocks = _parts(block).get(1)
        if blocks is None:
            raise DerError("there are no representations")
        faces: list[Face] = []
        for representation in blocks:
            if len(faces) == MAX_FACES:
                raise DerError(f"more than {MAX_FACES} faces")
            faces.append(_face(representation, notes))
        if not faces:
            raise DerError("there is no face")
    return FaceRecord(STANDARD, tuple(faces), tuple(notes))


def _face(representation: Element, notes: list[str]) -> Face:
    parts = _parts(representation)
    two_dimensional = _parts(_descend(parts.get(1), 0, 0))
    if 0 not in two_dimensional:
        raise DerError("a representation without a two-dimensional image")
    image = EncodedImage.of(as_octets(two_dimensional[0], 0x80))
    if image.kind is None:
        notes.append("The image is of no known format by its first bytes.")
    information = _parts(two_dimensional.get(1))
    size = _parts(information.get(7))
    person = _parts(parts.get(8))
    return Face(
        image=image,
        width=_int(size.get(0)),
        height=_int(size.get(1)),
        claimed_format=_code(information.get(0), _FORMAT),
        gender=_code(person.get(0), _GENDER),
        eye_colour=_code(person.get(1), _EYES),
        hair_colour=_code(person.get(2), _HAIR),
        expression=", ".join(sorted(_flags(person.get(5), _EXPRESSIONS))) or None,
        properties=_flags(person.get(4), _PROPERTIES),
        pose=_pose(_parts(person.get(6))),
        points=_points(parts.get(9), notes),
        colour_space=_code(information.get(9), _COLOUR_SPACE),
        source=_code(_parts(two_dimensional.get(2)).get(1), _SOURCE),
        quality=_quality(parts.get(3)),
        captured=_captured(_parts(parts.get(2))),
    )


def _parts(block: Element | None) -> dict[int, Element]:
    """Return the parts of a block by the number of their tags; nothing of what is absent."""
    found: dict[int, Element] = {}
    for part in block or ():
        if len(found) == _MAX_PARTS:
            raise DerError(f"more than {_MAX_PARTS} parts at offset {part.start}")
        if part.tag & 0xC0 != 0x80 or part.tag > 0xFF:
            raise DerError(f"unexpected tag {part.tag:02X} at offset {part.start}")
        found.setdefault(part.tag & 0x1F, part)
    return found


def _descend(element: Element | None, *numbers: int) -> Element | None:
    """Follow the choices of these numbers; None where another one was made."""
    for number in numbers:
        element = _parts(element).get(number)
    return element


def _int(element: Element | None) -> int | None:
    return None if element is None else as_int(element, element.tag)


def _code_number(element: Element | None) -> int | None:
    """Return a code, or its extension's fallback."""
    choice = _parts(element)
    return _int(choice[0]) if 0 in choice else _int(_descend(choice.get(1), 0)) if 1 in choice else None


def _code(element: Element | None, words: dict[int, str]) -> str | None:
    number = _code_number(element)
    return None if number is None else words.get(number)


def _flags(element: Element | None, words: tuple[str, ...]) -> frozenset[str]:
    parts = _parts(element)
    return frozenset(word for number, word in enumerate(words) if number in parts and any(parts[number].value))


def _pose(parts: dict[int, Element]) -> Pose:
    return Pose(*(_int(_descend(parts.get(number), 0)) for number in range(3)))


def _quality(blocks: Element | None) -> int | None:
    """Return the first score from 0 to 100."""
    for block in blocks or ():
        score = _int(_descend(_parts(block).get(1), 0))
        if score is not None:
            return score
    return None


def _captured(parts: dict[int, Element]) -> tuple[int, ...]:
    found: list[int] = []
    for number in range(6):
        if number not in parts:
            break
        found.append(as_int(parts[number], parts[number].tag))
    return tuple(found)


def _points(blocks: Element | None, notes: list[str]) -> tuple[FeaturePoint, ...]:
    found: list[FeaturePoint] = []
    for count, block in enumerate(blocks or ()):
        if count == MAX_POINTS:
            raise DerError(f"more than {MAX_POINTS} landmarks")
        parts = _parts(block)
        name = _landmark(_descend(parts.get(0), 0))
        position = _parts(_descend(parts.get(1), 0, 0))
        x, y = _int(position.get(0)), _int(position.get(1))
        if name is None or x is None or y is None:
            notes.append(f"Landmark {count + 1} is of a kind that is not read.")
        else:
            found.append(FeaturePoint(name, x, y))
    return tuple(found)


def _landmark(kind: Element | None) -> str | None:
    choice = _parts(kind)
    if 0 in choice:
        number = _code_number(choice[0])
        return _MPEG4[number] if number is not None and 0 <= number < len(_MPEG4) else None
    number = _code_number(_descend(choice.get(1), 0, 0))
    return _LANDMARKS[number] if number is not None and 0 <= number < len(_LANDMARKS) else None
