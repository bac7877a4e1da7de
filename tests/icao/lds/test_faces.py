"""DG2: both standards, all images, lengths a little wrong; bombs and cuts are refused."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.icao.der import encode, integer
from limen.icao.lds import Dg2, FeaturePoint, ImageKind, LdsError, Pose, read_faces
from limen.icao.lds.cbeff import MAX_TEMPLATES

from .records import JPEG, JPEG_2000, dg2, face19794


def test_a_facial_record():
    """Everything the record says of the face comes out in words."""
    record = face19794(points=2, mask=0b100011, pose=bytes([1, 180, 6]))
    (face,) = Dg2.parse(dg2(record)).faces
    assert (face.image.data, face.image.kind, face.width, face.height) == (JPEG, ImageKind.JPEG, 300, 400)
    assert (
        face.gender,
        face.eye_colour,
        face.hair_colour,
        face.expression,
        face.image_type,
        face.colour_space,
        face.quality,
        face.claimed_format,
    ) == ("female", "brown", "grey", "neutral", "full frontal", "RGB 24 bit", 7, "JPEG")
    assert frozenset({"glasses", "blink"}) == face.properties
    assert Pose(0, -2, 10) == face.pose
    assert (FeaturePoint("12.1", 10, 20), FeaturePoint("12.1", 11, 20)) == face.points


def test_properties_count_only_where_they_are_said_to():
    """Without the bit that says so, the other bits of the mask mean nothing."""
    assert frozenset() == read_faces(face19794(mask=0b10)).faces[0].properties


@pytest.mark.parametrize(
    ("image", "kind"),
    [
        (JPEG, ImageKind.JPEG),
        (JPEG_2000, ImageKind.JPEG_2000),
        (b"\xff\x4f\xff\x51", ImageKind.JPEG_2000),
        (b"\xff\xa0\xff", ImageKind.WSQ),
        (b"", None),
        (b"GIF89a", None),
    ],
)
def test_images_are_told_by_their_bytes(image, kind):
    """Not the format that the record claims counts, but the first bytes; an unknown one is kept and noted."""
    record = read_faces(face19794(image))
    assert (image, kind) == (record.faces[0].image.data, record.faces[0].image.kind)
    assert (0 if kind else 1) == len(record.notes)


def test_several_faces_and_several_records():
    """The portrait is the first face of the first record."""
    found = Dg2.parse(dg2(face19794(faces=2), face19794(JPEG_2000)))
    assert [face.image.data for face in found.faces] == [JPEG, JPEG, JPEG_2000]
    assert found.portrait.image.data == JPEG


@pytest.mark.parametrize("off", [-8, -1, 1, 8])
def test_lengths_a_little_off_inside_the_record(off):
    """Where a face's or the record's length is off by up to 8 bytes, the image is read to its real end."""
    found = Dg2.parse(dg2(face19794(off=off)))
    assert found.portrait.image.data == JPEG
    assert f"The length of the face is {abs(off)} bytes off." in found.notes
    assert Dg2.parse(dg2(face19794(record_off=off))).portrait.image.data == JPEG


@pytest.mark.parametrize("off", [1, 8])
def test_lengths_a_little_off_around_the_record(off):
    """A file that ends up to 8 bytes before its template does, or goes on behind it, is read with a note."""
    data = dg2(face19794(JPEG + bytes(20)))
    short = Dg2.parse(data[:-off])
    assert short.portrait.image.data.startswith(JPEG)
    assert any("off" in note for note in short.notes)
    long = Dg2.parse(data + bytes(off))
    assert JPEG + bytes(20) == long.portrait.image.data
    assert len(long.notes) >= 1


def test_a_template_shorter_than_what_it_holds():
    """The outermost length alone is 5 too small, and all bytes are there."""
    data = bytearray(dg2(face19794(JPEG + bytes(300))))
    assert data[1] == 0x82
    length = int.from_bytes(data[2:4], "big")
    data[2:4] = (length - 5).to_bytes(2, "big")
    assert JPEG + bytes(300) == Dg2.parse(bytes(data)).portrait.image.data


def test_a_cut_file_is_refused():
    """More than 8 missing bytes are a truncated file."""
    data = dg2(face19794(JPEG + bytes(50)))
    with pytest.raises(LdsError, match="claims 9 bytes more"):
        Dg2.parse(data[:-9])
    with pytest.raises(LdsError, match="a face claims"):
        Dg2.parse(dg2(face19794(off=9)))


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"FAC\0",
        face19794(magic=b"FIR\0"),
        face19794(faces=0),
        face19794()[:40],
        b"FAC\x00010\x00" + struct.pack(">IH", 14, 65535),
        face19794()[:18] + b"\xff\xff" + face19794()[20:],
        b"\x65\x00",
        b"\xa1\x00",
        b"\x65\x02\xa1\x00",
        b"\x65\x80" * 3000,
    ],
)
def test_what_is_no_facial_record(record):
    """A record that is cut, foreign, or claims more faces or points than fit is refused."""
    with pytest.raises(LdsError):
        read_faces(record)
    with pytest.raises(LdsError, match=r"EF.DG2"):
        Dg2.parse(dg2(record))


def test_a_foreign_record_beside_a_face():
    """One record that cannot be read does not take the portrait away."""
    found = Dg2.parse(dg2(b"?", face19794()))
    assert len(found.faces) == 1
    assert len(found.biometrics) == 2
    assert "cannot be read" in found.notes[0]


def test_counts():
    """A wrong count of templates is noted, a crowd refused, none at all refused."""
    assert Dg2.parse(dg2(face19794(), count=3)).notes == ("3 biometric templates are announced, 1 are there.",)
    with pytest.raises(LdsError, match="more than"):
        Dg2.parse(dg2(*[b"?"] * (MAX_TEMPLATES + 1)))
    with pytest.raises(LdsError, match="no biometric record"):
        Dg2.parse(dg2())
    with pytest.raises(LdsError, match="group"):
        Dg2.parse(encode(0x75, b"\x02\x01\x00"))


def face39794(image=JPEG_2000, *, person=b"", points=b"", information=b""):
    version = encode(0xA0, integer(3, 0x80), integer(2019, 0x81))
    form = encode(0xA0, integer(3, 0x80))
    two = encode(0xA0, encode(0x80, image), encode(0xA1, form, information))
    representation = encode(0x30, integer(0, 0x80), encode(0xA1, encode(0xA0, two)), person, points)
    return encode(0xA1, encode(0x65, version, encode(0xA1, representation)))


def test_a_face_of_the_newer_standard():
    """Codes stand bare or as an extension's fallback; angles may be negative; both give the same words."""
    person = encode(
        0xA8,
        encode(0xA0, integer(2, 0x80)),
        encode(0xA1, encode(0xA1, integer(3, 0x80))),
        encode(0xA4, encode(0x80, b"\xff"), encode(0x81, b"\0")),
        encode(0xA6, encode(0xA0, integer(-12, 0x80))),
    )
    coordinates = encode(0xA1, encode(0xA0, encode(0xA0, integer(5, 0x80), integer(40_000, 0x81))))
    points = encode(
        0xA9,
        encode(0x30, encode(0xA0, encode(0xA0, encode(0xA0, integer(84, 0x80)))), coordinates),
        encode(0x30, encode(0xA0, encode(0xA1)), coordinates),
    )
    size = encode(0xA7, integer(300, 0x80), integer(400, 0x81))
    found = read_faces(face39794(person=person, points=points, information=size))
    (face,) = found.faces
    assert (found.standard, face.image.data, face.image.kind) == ("ISO/IEC 39794-5", JPEG_2000, ImageKind.JPEG_2000)
    assert ("male", "blue", frozenset({"glasses"}), Pose(-12)) == (
        face.gender,
        face.eye_colour,
        face.properties,
        face.pose,
    )
    assert (face.width, face.height, face.claimed_format) == (300, 400, "JPEG 2000")
    assert (FeaturePoint("12.1", 5, 40_000),) == face.points
    assert found.notes == ("Landmark 2 is of a kind that is not read.",)


def test_a_representation_without_an_image_is_refused():
    """A face of three dimensions alone cannot be shown."""
    block = encode(0x65, encode(0xA1, encode(0x30, integer(0, 0x80), encode(0xA1, encode(0xA1)))))
    with pytest.raises(LdsError, match="two-dimensional"):
        read_faces(block)


def test_too_many_faces_are_refused():
    """The count of faces is bounded in both standards."""
    one = encode(0x30, encode(0xA1, encode(0xA0, encode(0xA0, encode(0x80, JPEG)))))
    assert len(read_faces(encode(0x65, encode(0xA1, one * 16))).faces) == 16
    with pytest.raises(LdsError, match="more than 16 faces"):
        read_faces(encode(0x65, encode(0xA1, one * 17)))
    with pytest.raises(LdsError, match="17 faces"):
        read_faces(face19794(faces=17))


@given(st.sampled_from([face19794(points=2, faces=2), face39794()]), st.data())
def test_changed_records(record, draw):
    """A record with some bytes changed gives faces or an `LdsError`, nothing else."""
    data = bytearray(record)
    for _ in range(draw.draw(st.integers(1, 4))):
        at = draw.draw(st.integers(0, len(data)))
        data[at : at + draw.draw(st.integers(0, 3))] = draw.draw(st.binary(max_size=3))
    try:
        assert len(read_faces(bytes(data)).faces) >= 1
    except LdsError:
        assert bytes(data) != record
