"""The files of a chip: built cases of each, what is odd is noted, what is broken is refused by `LdsError` alone."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.icao.der import encode, integer, octet_string, oid, sequence, set_of
from limen.icao.lds import (
    DATA_GROUPS,
    FILES,
    AtrInfo,
    Biometrics,
    CardSecurity,
    Com,
    Dg1,
    Dg2,
    Dg11,
    Dg12,
    Dg15,
    Dg16,
    Directory,
    DisplayedImages,
    ImageKind,
    LdsError,
    Opaque,
    content_of,
    data_group,
    file_by_tag,
    file_named,
    parse_file,
)
from limen.icao.lds.details import MAX_NAMES
from limen.icao.lds.tlv import MAX_FIELDS, tags_of

from .records import JPEG, dg2, face19794

MRZ = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"


def text(tag, value):
    return encode(tag, value.encode() if isinstance(value, str) else value)


def test_the_table_of_files():
    """Names, file identifiers and tags are those of the standard, and no two files of one folder share any."""
    assert [(f"EF.DG{number}", 0x0100 + number) for number in range(1, 17)] == [(f.name, f.fid) for f in DATA_GROUPS]
    assert bytes(file.tag for file in DATA_GROUPS).hex().upper() == "6175637665666768696A6B6C6D6E6F70"
    for inside in (True, False):
        folder = [file for file in FILES if file.in_application is inside]
        assert len(folder) == len({file.fid for file in folder})
    assert file_named("EF.ATR/INFO").stem == "EF_ATR_INFO"
    assert file_by_tag(0x6E).name == "EF.DG14"
    assert file_by_tag(0x30) is None


@pytest.mark.parametrize("name", ["", "EF.DG17", "DG1"])
def test_a_name_that_is_none_is_refused(name):
    """There is no default for an unknown name."""
    with pytest.raises(LdsError, match="is no file"):
        parse_file(name, b"\x61\x00")


@pytest.mark.parametrize("number", [0, 17, -1])
def test_a_number_that_is_none_is_refused(number):
    """Data groups are 1 to 16."""
    with pytest.raises(LdsError, match="no data group"):
        data_group(number)


@pytest.mark.parametrize("file", [file for file in FILES if file.tag], ids=lambda file: file.name)
@pytest.mark.parametrize("data", [b"", b"\x04\x00", b"\x75\x84\xff\xff\xff\xff", b"\x61\x80", b"\xff"])
def test_a_file_of_another_tag_is_refused(file, data):
    """An empty, foreign or cut file is refused, in one sentence that names it."""
    with pytest.raises(LdsError, match=r"^EF\."):
        parse_file(file.name, data)


@pytest.mark.parametrize(("version", "read"), [("0107", "1.7"), ("0108", "1.8")])
def test_com(version, read):
    """Both versions of the structure are read, and so is a list with tags that are no data group."""
    tags = bytes([0x61, 0x75, 0x6E, 0x71]) + b"\x7f\x49"
    data = encode(0x60, text(0x5F01, version), text(0x5F36, "040000"), encode(0x5C, tags))
    found = Com.parse(data)
    assert (read, "4.0.0", (0x61, 0x75, 0x6E, 0x71, 0x7F49)) == (found.lds_version, found.unicode_version, found.tags)
    assert found.data_groups == (1, 2, 14)
    assert (found.notes) == (
        "EF.COM lists tag 71, which is no data group.",
        "EF.COM lists tag 7F49, which is no data group.",
    )
    assert data == found.raw


def test_com_without_versions():
    """A missing or odd version is noted; without a list there is nothing to read."""
    found = Com.parse(encode(0x60, text(0x5F01, "1.7"), encode(0x5C, b"\x61")))
    assert (found.lds_version, found.unicode_version, found.data_groups) == ("", "", (1,))
    assert len(found.notes) == 2
    with pytest.raises(LdsError, match="no list"):
        Com.parse(encode(0x60, text(0x5F01, "0107")))


@pytest.mark.parametrize("value", [b"\x5f", b"\x7f\x81", b"\x7f\x81\x81\x81\x81\x01"])
def test_a_tag_list_that_ends_badly(value):
    """A tag list that ends within a tag, or has an endless one, is refused."""
    with pytest.raises(LdsError, match="tag list"):
        Com.parse(encode(0x60, encode(0x5C, value)))


def test_tag_lists():
    """Tags of one to three bytes are told apart."""
    assert tags_of(bytes.fromhex("5F0E617F8101")) == (0x5F0E, 0x61, 0x7F8101)


def test_dg1():
    """The zone is cut into its lines, which the reader of such zones understands."""
    found = Dg1.parse(encode(0x61, text(0x5F1F, MRZ)))
    assert (MRZ[:44], MRZ[44:]) == found.lines
    assert found.mrz().document_number == "L898902C3"
    assert Dg1.parse(encode(0x61, text(0x5F1F, "<" * 72))).lines == ("<" * 36, "<" * 36)
    assert list(Dg1.parse(encode(0x61, text(0x5F1F, "<" * 90))).lines) == ["<" * 30] * 3


def test_dg1_with_line_breaks():
    """Line breaks within the zone are taken out, and noted."""
    found = Dg1.parse(encode(0x61, text(0x5F1F, f"{MRZ[:44]}\n{MRZ[44:]}\n")))
    assert (MRZ[:44], MRZ[44:]) == found.lines
    assert len(found.notes) == 1


@pytest.mark.parametrize("value", [b"", b"<" * 87, b"<" * 91, b"\xe4" * 88])
def test_dg1_of_no_layout(value):
    """Another count of characters, or characters that no zone has, is refused."""
    with pytest.raises(LdsError, match=r"EF.DG1"):
        Dg1.parse(encode(0x61, encode(0x5F1F, value)))


def test_padding_is_noted_and_can_be_cut_off():
    """A file saved with its padding is read; `content_of` gives the bytes that were signed."""
    data = encode(0x61, text(0x5F1F, MRZ))
    found = Dg1.parse(data + bytes(5))
    assert found.notes == ("5 bytes follow the content.",)
    assert data + bytes(5) == found.raw
    assert data == content_of(found.raw)
    assert content_of(b"\x61\x7f") == b"\x61\x7f"


def test_dg11():
    """Every field is found, and an object that is not of the standard is kept."""
    data = encode(
        0x6B,
        encode(0x5C, bytes.fromhex("5F0E5F0F5F105F2B5F11")),
        text(0x5F0E, "Nguyễn<<Thị"),
        encode(0xA0, integer(2), text(0x5F0F, "A<<B"), text(0x5F0F, "C<<D")),
        text(0x5F10, "123"),
        encode(0x5F2B, b"\x19\x74\x08\x12"),
        text(0x5F11, "ZENITH"),
        text(0x5F16, JPEG),
        text(0x5F77, "?"),
    )
    found = Dg11.parse(data)
    assert (
        found.full_name,
        found.other_names,
        found.personal_number,
        found.birth_place,
    ) == ("Nguyễn<<Thị", ("A<<B", "C<<D"), "123", "ZENITH")
    assert datetime.date(1974, 8, 12) == found.birth_date.date
    assert ImageKind.JPEG is found.proof_of_citizenship.kind
    assert found.unknown == ((0x5F77, b"?"),)
    assert found.notes == ("Tag 5F77 is unknown here; it was kept.",)
    assert found.address is None


@pytest.mark.parametrize(
    ("value", "charset", "read", "notes"),
    [
        ("赵彬".encode("gb18030"), "gb18030", "赵彬", 1),
        ("สมชาย".encode("tis-620"), "tis_620", "สมชาย", 1),
        ("Müller".encode("latin-1"), None, "Müller", 1),
        ("Иван".encode(), "cp1251", "Иван", 0),
        ("Иван".encode("cp1251"), "cp1251", "Иван", 1),
        ("ΑΒ".encode("utf-16"), None, "ΑΒ", 1),
        (b"\xff\xfe\x00\xd8", None, "�", 1),
        (b"\x81", "shift_jis", "\x81", 1),
        (b"\xe4", "no such set", "ä", 1),
        (b"ANNA\0\0", None, "ANNA", 0),
    ],
)
def test_national_character_sets(value, charset, read, notes):
    """UTF-8 first, then the set of the country, then Latin-1: always a text, and a note where it is not UTF-8."""
    found = parse_file("EF.DG11", encode(0x6B, encode(0x5F0E, value)), charset)
    assert (read, notes) == (found.full_name, len(found.notes))


@pytest.mark.parametrize(
    ("value", "read", "notes"),
    [
        (b"19740812", "1974-08-12", 0),
        (b"\x19\x74\x08\x12", "1974-08-12", 0),
        (b"19740800", "1974-08", 0),
        (b"1974<<<<", "1974", 0),
        (b"12081974", "1974-08-12", 1),
        (b"\x12\x08\x19\x74", "1974-08-12", 1),
        (b"1974-08-12", "1974-08-12", 1),
        (b"12.08.1974", "1974-08-12", 1),
        (b"1974", "1974", 1),
        (b"19740230", "", 1),
        (b"19741300", "", 1),
        (b"19740012", "", 1),
        (b"\xff\xff\xff\xff", "", 1),
        (b"", "", 1),
        ("１９７４０８１２".encode(), "", 1),
        (b"\xb9\xb2\xb3\xb9\xb9\xb2\xb3\xb9", "", 1),
    ],
)
def test_dates(value, read, notes):
    """Digits in ASCII or in four bytes; odd forms are read where they can mean one thing only, and noted."""
    found = Dg11.parse(encode(0x6B, encode(0x5F2B, value)))
    assert (read, notes, value) == (str(found.birth_date), len(found.notes), found.birth_date.raw)


def test_names_outside_a_list_and_a_wrong_count():
    """Chips that leave the list out, or count wrongly, are read with a note."""
    found = Dg11.parse(encode(0x6B, text(0x5F0F, "A"), encode(0xA0, integer(9), text(0x5F0F, "B"))))
    assert found.other_names == ("A", "B")
    assert found.notes == ("Tag 5F0F stands outside a list.", "9 names are announced, 1 are there.")


def test_bombs_of_counts_and_lists_are_refused():
    """Names, objects and counts are bounded; a claimed count allocates nothing."""
    name = text(0x5F0F, "A")
    with pytest.raises(LdsError, match="names"):
        Dg11.parse(encode(0x6B, encode(0xA0, name * (MAX_NAMES + 1))))
    with pytest.raises(LdsError, match="names"):
        Dg11.parse(encode(0x6B, encode(0xA0, name * MAX_NAMES), name))
    with pytest.raises(LdsError, match="objects"):
        Dg12.parse(encode(0x6C, text(0x5F19, "A") * (MAX_FIELDS + 1)))
    with pytest.raises(LdsError, match="count"):
        Dg11.parse(encode(0x6B, encode(0xA0, encode(0x02, b"\xff" * 5))))
    found = Dg11.parse(encode(0x6B, encode(0xA0, encode(0x02, b"\xff" * 4))))
    assert found.notes == ("4294967295 names are announced, 0 are there.",)


@pytest.mark.parametrize("name", ["EF.DG11", "EF.DG12", "EF.DG2", "EF.DG14", "EF.DG16", "EF.CardAccess"])
@pytest.mark.parametrize("inner", [b"\xa0", b"\x30", b"\x7f\x60"], ids=["A0", "30", "7F60"])
def test_recursion_bombs_are_harmless(name, inner):
    """Thousands of levels of nesting end in a result or an `LdsError`, never in the interpreter's own limit."""
    bomb = b""
    for _ in range(2_000):
        bomb = encode(int.from_bytes(inner, "big"), bomb)
    for data in (encode(file_named(name).tag, bomb), bytes([file_named(name).tag, 0x80]) + inner * 4 + b"\x80" * 9_999):
        try:
            found = parse_file(name, data)
        except LdsError:
            continue
        assert data == found.raw


def test_dg12():
    """Every field is found; the time of personalization is digits or packed digits."""
    data = encode(
        0x6C,
        text(0x5F19, "UTOPIA"),
        text(0x5F26, "20200131"),
        encode(0xA0, integer(1), text(0x5F1A, "A")),
        text(0x5F1B, "none"),
        text(0x5F1D, JPEG),
        encode(0x5F55, bytes.fromhex("20200131123059")),
        text(0x5F56, "9"),
    )
    found = Dg12.parse(data)
    assert (
        found.issuing_authority,
        str(found.issue_date),
        found.other_persons,
        found.endorsements,
        found.personalization_system,
        found.notes,
    ) == ("UTOPIA", "2020-01-31", ("A",), "none", "9", ())
    moment = datetime.datetime(2020, 1, 31, 12, 30, 59)
    assert moment == found.personalized
    assert moment == Dg12.parse(encode(0x6C, text(0x5F55, "20200131123059"))).personalized
    odd = Dg12.parse(encode(0x6C, text(0x5F55, "20201331123059")))
    assert (odd.personalized, len(odd.notes)) == (None, 1)
    assert (None, found.rear) == (odd.front, None)


def test_what_is_listed_and_missing_or_twice_there():
    """A tag list that does not fit what is there is noted, and so is a field given twice."""
    found = Dg12.parse(encode(0x6C, encode(0x5C, b"\x5f\x19\x5f\x26"), text(0x5F19, "A"), text(0x5F19, "B")))
    assert found.issuing_authority == "A"
    assert found.notes == ("Tag 5F19 is there twice; the first was taken.", "Tag 5F26 is listed and not there.")


def test_dg16():
    """Persons to notify stand in templates A1, A2 and so on."""
    person = (text(0x5F50, "20200131"), text(0x5F51, "A<<B"), text(0x5F52, "1"), text(0x5F53, "C"))
    found = Dg16.parse(encode(0x70, integer(2), encode(0xA1, *person), encode(0xA2, *person)))
    assert [contact.name for contact in found.contacts] == ["A<<B"] * 2
    assert (
        str(found.contacts[0].recorded),
        found.contacts[0].telephone,
        found.contacts[0].address,
        found.notes,
    ) == ("2020-01-31", "1", "C", ())


def test_displayed_images():
    """DG5 and DG7 hold images that their bytes tell apart; a wrong count is noted."""
    found = DisplayedImages.parse(7, encode(0x67, integer(2), text(0x5F43, JPEG), text(0x5F43, b"?"), text(0x5F40, "")))
    assert [image.kind for image in found.images] == [ImageKind.JPEG, None]
    assert found.notes == ("Tag 5F40 was passed over.", "The image is of no known format by its first bytes.")
    assert DisplayedImages.parse(5, encode(0x65, integer(1))).notes == ("1 images are announced, 0 are there.",)


def test_opaque_files():
    """EF.SOD and the groups that are not looked at give their content."""
    assert parse_file("EF.SOD", b"\x77\x02\x30\x00").content == b"\x30\x00"
    assert isinstance(parse_file("EF.DG13", b"\x6d\x01?"), Opaque)


def test_dg15():
    """The key is given as read; what follows it is noted."""
    spki = sequence(sequence(oid("1.2.3")), b"\x03\x01\x00")
    assert spki == Dg15.parse(encode(0x6F, spki)).spki
    assert len(Dg15.parse(encode(0x6F, spki, b"\x05\x00")).notes) == 1
    with pytest.raises(LdsError, match=r"EF.DG15"):
        Dg15.parse(encode(0x6F))


def cms(content, content_type="0.4.0.127.0.7.3.2.1", outer="1.2.840.113549.1.7.2"):
    inside = sequence(oid(content_type), encode(0xA0, octet_string(content)))
    signed = sequence(integer(3), set_of(), inside, set_of())
    return sequence(oid(outer), encode(0xA0, signed))


def test_card_security():
    """The SecurityInfos are taken out of what is signed; another content type is noted, another object refused."""
    infos = set_of(sequence(oid("0.4.0.127.0.7.2.2.4.2.2"), integer(2), integer(13)))
    found = CardSecurity.parse(cms(infos))
    assert (infos, 13, ()) == (found.content, found.infos.pace[0].parameter_id, found.notes)
    assert len(CardSecurity.parse(cms(infos, "1.2.840.113549.1.7.1")).notes) == 1
    with pytest.raises(LdsError, match="no SignedData"):
        CardSecurity.parse(cms(infos, outer="1.2.840.113549.1.7.1"))
    with pytest.raises(LdsError, match=r"EF.CardSecurity"):
        CardSecurity.parse(cms(b"\x04\x00"))


def test_atr_info():
    """The longest APDUs and the card's capabilities are found among other objects, before padding."""
    data = bytes.fromhex("4303B8D380 4703940180".replace(" ", "")) + encode(0x7F66, integer(65535), integer(1024))
    found = AtrInfo.parse(data + bytes(9))
    assert (found.max_command, found.max_response) == (65535, 1024)
    assert (found.selects_by_short_identifier, found.chains_commands, found.extended_length) == (True, True, False)
    assert [tag for tag, _ in found.objects] == [0x43, 0x47, 0x7F66]
    assert found.notes == ("9 bytes of padding follow the objects.",)


def test_atr_info_that_says_little():
    """Without the objects nothing is claimed; numbers without sense count as none; garbage is refused."""
    silent = AtrInfo.parse(bytes.fromhex("43010A"))
    assert [
        silent.max_command,
        silent.max_response,
        silent.extended_length,
        silent.chains_commands,
        silent.selects_by_short_identifier,
    ] == [None] * 5
    odd = AtrInfo.parse(encode(0x7F66, integer(0), integer(-5)))
    assert (odd.max_command, odd.max_response, len(odd.notes)) == (None, None, 2)
    assert (AtrInfo.parse(encode(0x7F66, integer(256))).max_command, None) == (None, None)
    assert len(AtrInfo.parse(b"\x80" + encode(0x43, b"\x01")).notes) == 1
    for data in (b"\x00\x43\x05", b"\xff\xff\x01", encode(0x43, b"") * (MAX_FIELDS + 1)):
        with pytest.raises(LdsError, match=r"EF.ATR/INFO"):
            AtrInfo.parse(data)


def test_directory():
    """Applications are named in templates or bare."""
    aid = bytes.fromhex("A0000002471001")
    found = Directory.parse(encode(0x61, encode(0x4F, aid)) + encode(0x61, encode(0x4F, b"\xa0\x01")))
    assert (aid, b"\xa0\x01") == found.applications
    assert found.has_travel_document
    assert not Directory.parse(encode(0x4F, b"\xa0\x01")).has_travel_document
    with pytest.raises(LdsError, match="no application"):
        Directory.parse(encode(0x61))


GOOD = {
    "EF.COM": encode(0x60, text(0x5F01, "0107"), encode(0x5C, b"\x61\x75")),
    "EF.DG1": encode(0x61, text(0x5F1F, MRZ)),
    "EF.DG2": dg2(face19794(points=1)),
    "EF.DG11": encode(0x6B, text(0x5F0E, "A"), encode(0xA0, integer(1), text(0x5F0F, "B")), text(0x5F2B, "19740812")),
    "EF.DG16": encode(0x70, integer(1), encode(0xA1, text(0x5F51, "A"))),
    "EF.CardSecurity": cms(set_of(sequence(oid("0.4.0.127.0.7.2.2.4.2.2"), integer(2), integer(13)))),
    "EF.ATR/INFO": encode(0x7F66, integer(1000), integer(1000)),
}


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_changed_files(name, draw):
    """A good file with some bytes changed, cut or put in gives a result or an `LdsError`, nothing else."""
    data = bytearray(GOOD[name])
    for _ in range(draw.draw(st.integers(1, 4))):
        at = draw.draw(st.integers(0, len(data)))
        data[at : at + draw.draw(st.integers(0, 3))] = draw.draw(st.binary(max_size=3))
    try:
        assert bytes(data) == parse_file(name, bytes(data)).raw
    except LdsError:
        assert bytes(data) != GOOD[name]


@given(st.sampled_from([file.name for file in FILES]), st.binary(max_size=60))
def test_any_bytes(name, tail):
    """Any bytes behind the right tag give a result or an `LdsError`."""
    data = encode(file_named(name).tag, tail) if file_named(name).tag else tail
    try:
        found = parse_file(name, data)
    except LdsError:
        return
    assert data == found.raw


def test_biometrics_are_counted_not_opened():
    """DG3 gives its records as bytes."""
    template = encode(0x7F60, encode(0xA1, encode(0x81, b"\x08"), encode(0x87, b"\x01\x01")), encode(0x5F2E, b"FIR"))
    found = parse_file("EF.DG3", encode(0x63, encode(0x7F61, integer(2), template, template)))
    assert isinstance(found, Biometrics)
    assert [record.data for record in found.records] == [b"FIR"] * 2
    assert (
        found.records[0].header.biometric_type,
        found.records[0].header.format_owner,
        found.records[0].header.format_type,
        found.notes,
    ) == (b"\x08", 0x0101, None, ())


def test_an_empty_dg3():
    """A chip without fingerprints may have DG3 with no instance."""
    assert parse_file("EF.DG3", encode(0x63, encode(0x7F61, integer(0)))).records == ()


def test_dg2_is_read_through_the_table():
    """`parse_file` gives DG2 as its own class."""
    assert isinstance(parse_file("EF.DG2", GOOD["EF.DG2"]), Dg2)
