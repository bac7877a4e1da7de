"""Data groups and elementary files of the LDS: Doc 9303-10, with ISO/IEC 19794-5:2005 for the portrait."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from typing import Final

import numpy as np
from PIL import Image as Pillow

from limen.icao.der import encode, integer, octet_string, oid, printable_string, sequence, set_of
from limen.specimen.model import Image
from limen.specimen.people import Person

GROUP_TAGS: Final = (0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70)
"""Tags of DG1 to DG16."""
_LDS_VERSION: Final = b"0108"
_UNICODE_VERSION: Final = b"040000"


def tag_of(group: int) -> int:
    """Return the tag of a data group, 1 to 16."""
    return GROUP_TAGS[group - 1]


def common_data(groups: tuple[int, ...]) -> bytes:
    """Return EF.COM, which names the data groups there are."""
    tags = bytes(tag_of(group) for group in groups)
    return encode(0x60, encode(0x5F01, b"0107"), encode(0x5F36, _UNICODE_VERSION), encode(0x5C, tags))


def mrz_group(lines: tuple[str, ...]) -> bytes:
    """Return DG1."""
    return encode(0x61, encode(0x5F1F, "".join(lines).encode("ascii")))


def portrait_group(picture: bytes, size: tuple[int, int], sex: str, *, jpeg2000: bool, excess: int = 0) -> bytes:
    """Return DG2 with one portrait, `size` its width and height; the record's length is told `excess` too long."""
    block = _face_block(picture, size, sex, jpeg2000=jpeg2000)
    record = b"FAC\0" + b"010\0" + (14 + len(block) + excess).to_bytes(4, "big") + b"\0\x01" + block
    header = encode(
        0xA1,
        encode(0x80, b"\x01\x01"),
        encode(0x81, b"\x02"),
        encode(0x82, b"\x00"),
        encode(0x87, b"\x01\x01"),
        encode(0x88, b"\x00\x08"),
    )
    return encode(0x75, encode(0x7F61, integer(1), encode(0x7F60, header, encode(0x5F2E, record))))


def _face_block(picture: bytes, size: tuple[int, int], sex: str, *, jpeg2000: bool) -> bytes:
    """Facial information, no feature points, image information and the picture."""
    gender = {"M": 1, "F": 2}.get(sex, 0)
    information = b"\0\0" + bytes([gender]) + bytes(13)
    image = bytes([1, int(jpeg2000)]) + b"".join(side.to_bytes(2, "big") for side in size) + b"\x01\x02\0\0\0\0"
    length = 4 + len(information) + len(image) + len(picture)
    return length.to_bytes(4, "big") + information + image + picture


def encoded_portrait(image: Image, octets: int, *, jpeg2000: bool) -> bytes:
    """Return a JPEG or JPEG 2000 file of at most about that many octets, as near to it as the coder comes."""
    picture = Pillow.fromarray(np.ascontiguousarray(image))
    return _jpeg2000(picture, octets) if jpeg2000 else _jpeg(picture, octets)


def _jpeg(picture: Pillow.Image, octets: int) -> bytes:
    best = b""
    low, high = 10, 98
    while low <= high:
        quality = (low + high) // 2
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=quality)
        if len(stream.getvalue()) <= octets:
            best, low = stream.getvalue(), quality + 1
        else:
            high = quality - 1
            best = best or stream.getvalue()
    return best


def _jpeg2000(picture: Pillow.Image, octets: int) -> bytes:
    stream = io.BytesIO()
    ratio = picture.width * picture.height * 3 / octets
    picture.save(stream, "JPEG2000", quality_mode="rates", quality_layers=[ratio], irreversible=True)
    return stream.getvalue()


def signature_group(picture: bytes) -> bytes:
    """Return DG7 with one displayed signature, a JPEG file."""
    return encode(0x67, integer(1), encode(0x5F43, picture))


def person_group(person: Person, number: str) -> bytes:
    """Return DG11: full name, personal number where there is one, birth and place of birth."""
    name = f"{person.primary}<<{person.secondary}".replace(" ", "<").strip("<")
    fields = {
        0x5F0E: name.encode(),
        0x5F2B: person.birth.strftime("%Y%m%d").encode("ascii"),
        0x5F11: person.birthplace.replace(" ", "<").encode(),
    }
    if number:
        fields[0x5F10] = number.encode("ascii")
    return _listed(0x6B, fields)


def document_group(authority: str, issued: date, *, packed: bool = False) -> bytes:
    """Return DG12: issuing authority and date of issue, in eight digits or `packed` two to an octet."""
    day = issued.strftime("%Y%m%d")
    return _listed(0x6C, {0x5F19: authority.encode(), 0x5F26: bytes.fromhex(day) if packed else day.encode("ascii")})


def optional_group(data: bytes) -> bytes:
    """Return DG13, whose contents are the issuer's own."""
    return encode(0x6D, octet_string(data))


def contact_group(name: str, telephone: str) -> bytes:
    """Return DG16 with one person to notify."""
    entry = encode(0xA1, encode(0x5F50, b"20260601"), encode(0x5F51, name.encode()), encode(0x5F52, telephone.encode()))
    return encode(0x70, integer(1), entry)


def _listed(tag: int, fields: dict[int, bytes]) -> bytes:
    tags = b"".join(field.to_bytes(2, "big") for field in fields)
    return encode(tag, encode(0x5C, tags), *(encode(field, value) for field, value in fields.items()))


def security_object(hashes: dict[int, bytes], algorithm: bytes, version: int) -> bytes:
    """Return LDSSecurityObject, version 0 or 1, from the hashes of the data groups by number (part 10, 4.6.2.3)."""
    entries = (sequence(integer(group), octet_string(digest)) for group, digest in sorted(hashes.items()))
    versions = sequence(
        printable_string(_LDS_VERSION.decode("ascii")), printable_string(_UNICODE_VERSION.decode("ascii"))
    )
    return sequence(integer(version), algorithm, sequence(*entries), versions if version else b"")


def digests(groups: dict[int, bytes], name: str) -> dict[int, bytes]:
    """Return the hashes of data groups."""
    return {number: hashlib.new(name, data).digest() for number, data in groups.items()}


def directory() -> bytes:
    """Return EF.DIR with the one application of an eMRTD (part 10, 3.11.1)."""
    return encode(0x61, encode(0x4F, bytes.fromhex("A0000002471001")))


def card_information(command: int, response: int) -> bytes:
    """Return EF.ATR/INFO: extended length, and the most octets of a command and of a response (part 10, 3.11.2)."""
    limits = encode(0x7F66, integer(command), integer(response))
    return encode(0x47, bytes.fromhex("940160")) + limits


def security_infos(*infos: bytes) -> bytes:
    """Return SecurityInfos (part 11, 9.2)."""
    return set_of(*infos)


def security_info(protocol: str, *parameters: bytes) -> bytes:
    """Return one SecurityInfo."""
    return sequence(oid(protocol), *parameters)
