"""Data groups of issued documents and published samples: all are read, the broken ones told by what is broken."""

from pathlib import Path

import pytest

from limen.icao.lds import (
    CardSecurity,
    Com,
    Dg1,
    Dg2,
    Dg11,
    Dg12,
    ImageKind,
    LdsError,
    file_by_tag,
    parse_file,
    read_faces,
)

FOLDER = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "pki" / "dgs"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FOLDER.exists(), reason="no ../shared/data/pki beside the checkout"),
]

_FACES = {
    "gmrtd_ISO19794_Test1_Data.bin": ("ISO/IEC 19794-5", ImageKind.JPEG, (148, 70)),
    "gmrtd_ISO19794_Test2_Data_InvalidImage.bin": ("ISO/IEC 19794-5", None, (148, 70)),
    "gmrtd_ICAO_39794_5_AP_MandFields_InvalidImage.dat": ("ISO/IEC 39794-5", None, (None, None)),
    "jmrtd_lds_dg2_iso39794_sample-39794-5-ed-1-v1.der": ("ISO/IEC 39794-5", ImageKind.JPEG, (None, None)),
}
_NOT_OF_A_CHIP = (".asn", ".jp2", ".wsq", "sample-39794-4-ed-1-v1.der", "sample-39794-6-ed-1-v1.der", ".dump")


def read(name):
    return (FOLDER / name).read_bytes()


def test_every_data_group_is_read():
    """Every file that a chip could hold is read without a note, but for one that leaves a list out."""
    notes = {}
    names = [path.name for path in FOLDER.iterdir()]
    files = [name for name in names if name not in _FACES and not name.endswith(_NOT_OF_A_CHIP)]
    for name in files:
        data = read(name)
        found = parse_file(file_by_tag(data[0]).name, data)
        assert data == found.raw
        if found.notes:
            notes[name] = found.notes
    assert len(files) > 60
    assert notes == {"CN-3d921173150470db_DG11.bin": ("Tag 5F0F stands outside a list.",)}


@pytest.mark.parametrize("name", _FACES)
def test_bare_biometric_records(name):
    """A record without its data group is read; an image that is broken on purpose is no known format, and noted."""
    standard, kind, size = _FACES[name]
    found = read_faces(read(name))
    (face,) = found.faces
    assert (standard, kind, size) == (found.standard, face.image.kind, (face.width, face.height))
    assert (() if kind else ("The image is of no known format by its first bytes.",)) == found.notes


@pytest.mark.parametrize(
    "name", ["jmrtd_lds_dg3_iso39794_sample-39794-4-ed-1-v1.der", "jmrtd_lds_wsq_sample_image.wsq"]
)
def test_what_is_no_face_is_refused(name):
    """Fingers are not taken for faces."""
    with pytest.raises(LdsError, match="begins with FAC"):
        read_faces(read(name))


def test_a_specimen_portrait():
    """The portrait of an issued specimen is a JPEG of the size it claims."""
    found = Dg2.parse(read("AT-specimen-0ab3dd19ffd5640b_DG2.bin"))
    assert (
        found.portrait.image.kind,
        found.portrait.width,
        found.portrait.height,
        found.portrait.gender,
    ) == (ImageKind.JPEG, 473, 608, "female")


def test_all_fields_of_the_newer_standard():
    """The published record with every field gives what its authors wrote into it."""
    (face,) = Dg2.parse(read("gmrtd_ICAO_39794_5_AP_DG2_AllFields.dat")).faces
    assert (
        face.width,
        face.height,
        face.gender,
        face.eye_colour,
        face.hair_colour,
        face.expression,
        face.quality,
    ) == (572, 731, "female", "blue", "brown", "neutral", 99)
    assert (face.pose.yaw, face.pose.pitch, face.pose.roll) == (2, 3, 1)
    assert (face.points[0].name, face.points[0].x, face.points[0].y) == ("2.11", 90, 22)
    assert face.captured == (2024, 1, 20, 13, 23, 9)
    assert read("jmrtd_dg2_silver.jp2")[:4] == face.image.data[:4]


def test_the_zone_of_a_specimen():
    """DG1 gives lines that the reader of machine readable zones finds no fault with."""
    zone = Dg1.parse(read("AT-specimen-0ab3dd19ffd5640b_DG1.bin")).mrz()
    assert (zone.issuer, zone.document_number) == ("AUT", "PA1234567")


def test_details():
    """Details of a sample with every field, dates in packed digits."""
    holder = Dg11.parse(read("tsemrtd_EF_DG11.bin"))
    assert (holder.full_name, holder.other_names, str(holder.birth_date)) == ("Doe John", ("William",), "1970-01-01")
    document = Dg12.parse(read("tsemrtd_EF_DG12.bin"))
    assert (str(document.issue_date), str(document.personalized)) == ("2024-01-01", "2024-01-01 12:30:59")
    assert Dg11.parse(read("CN-3d921173150470db_DG11.bin")).full_name == "赵彬"


def test_com_of_a_specimen():
    """The list of a specimen's data groups."""
    found = Com.parse(read("jmrtd_lds_loes2006_ef011E.bin"))
    assert (found.lds_version, found.data_groups) == ("1.7", (1, 2, 15))


def test_card_security():
    """The SecurityInfos inside a signed file; its key lacks a wrapper, and is therefore kept but not understood."""
    found = CardSecurity.parse(read("jmrtd_efcardsecurity_efcardsecurity.dump"))
    assert [str(info) for info in found.infos.chip_authentication] == ["CA ECDH AES-128"]
    assert [info.oid for info in found.infos.unknown] == ["0.4.0.127.0.7.2.2.1.2"]
    assert len(found.notes) == 1
