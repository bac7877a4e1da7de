"""Saved chips: names as apps give them, folders and zip files alike, and nothing harmful is opened."""

import os
import struct
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from limen.devices import DeviceError, InputError
from limen.devices import dump as dump_module
from limen.devices.dump import MAX_ENTRIES, MAX_FILE, file_name, read_dump, write_dump

COM = b"\x60\x02\x5c\x00"
SOD = b"\x77\x02\x30\x00"
DG1 = b"\x61\x06\x5f\x1f\x03P<U"
DG2 = b"\x75\x03\x02\x01\x00"
ACCESS = b"\x31\x0f\x30\x0d\x06\x09\x04\x00\x7f\x00\x07\x02\x02\x02\x01\x05\x00"
SECURITY = b"\x30\x0b\x06\x08\x04\x00\x7f\x00\x07\x03\x02\x01\x00"


def saved(folder, files):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def zipped(path, files, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("EF_COM.bin", "EF.COM"),
        ("com", "EF.COM"),
        ("EF.COM", "EF.COM"),
        ("EF_SOD.BIN", "EF.SOD"),
        ("SOD.der", "EF.SOD"),
        ("DG1.bin", "EF.DG1"),
        ("dg01.bin", "EF.DG1"),
        ("EF.DG1", "EF.DG1"),
        ("EF_DG16.bin", "EF.DG16"),
        ("DG17.bin", "EF.DG17"),
        ("DG99.bin", None),
        ("Datagroup1.bin", "EF.DG1"),
        ("data_group_14.hex", "EF.DG14"),
        ("0101.bin", "EF.DG1"),
        ("0110.bin", "EF.DG16"),
        ("011E.bin", "EF.COM"),
        ("011d", "EF.SOD"),
        ("EF0101.bin", "EF.DG1"),
        ("AT-specimen-0ab3_DG14.bin", "EF.DG14"),
        ("sub/folder/DG2.bin", "EF.DG2"),
        ("sub\\DG2.bin", "EF.DG2"),
        ("CardAccess.bin", "EF.CardAccess"),
        ("EF_CARD_SECURITY.dat", "EF.CardSecurity"),
        ("EF_ATR_INFO.bin", "EF.ATR/INFO"),
        ("EF_DIR.bin", "EF.DIR"),
        ("2F01.bin", "EF.ATR/INFO"),
        ("EF_CVCA.bin", "EF.CVCA"),
        ("README", None),
        ("communication.bin", None),
        ("bdg1.bin", None),
        ("", None),
    ],
)
def test_names(name, file):
    """Names as reader apps give them, whatever the case, prefix or suffix."""
    assert file == file_name(name)


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_a_saved_chip(tmp_path, kind):
    """Files come in the order of the standard, whatever lies beside them."""
    files = {"DG2.bin": DG2, "x/DG1.bin": DG1, "EF_SOD.bin": SOD, "EF_COM.bin": COM, "photo.jpg": b"\xff\xd8\xff"}
    path = saved(tmp_path / "d", files) if kind == "folder" else zipped(tmp_path / "d.zip", files)
    found = read_dump(path)
    assert dict(found.files) == {"EF.COM": COM, "EF.SOD": SOD, "EF.DG1": DG1, "EF.DG2": DG2}
    assert list(found.files) == ["EF.COM", "EF.SOD", "EF.DG1", "EF.DG2"]
    assert ((), str(path)) == (found.notes, found.source)


@pytest.mark.parametrize("name", ["chip", "chip.zip"])
def test_what_is_written_is_read_again(tmp_path, name):
    """Every file of a chip survives, for its owner's eyes only."""
    files = {"EF.SOD": SOD, "EF.DG1": DG1, "EF.DG17": b"?", "EF.CardAccess": ACCESS, "EF.CardSecurity": SECURITY}
    files["EF.ATR/INFO"] = b"\x43\x01\x80"
    paths = write_dump(tmp_path / name, files)
    assert files == dict(read_dump(tmp_path / name).files)
    assert {0o600} == {path.stat().st_mode & 0o777 for path in paths}
    assert read_dump(tmp_path / name).notes == ()


def test_the_same_files_give_the_same_archive(tmp_path):
    """An archive has no clock in it."""
    (first,), (second,) = (write_dump(tmp_path / name, {"EF.DG1": DG1}) for name in ("a.zip", "b.zip"))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("name", ["chip", "chip.zip"])
def test_nothing_is_overwritten(tmp_path, name):
    """A second chip does not replace the first, nor mix with it."""
    write_dump(tmp_path / name, {"EF.DG1": DG1})
    with pytest.raises(DeviceError, match="exists already"):
        write_dump(tmp_path / name, {"EF.COM": COM})
    assert dict(read_dump(tmp_path / name).files) == {"EF.DG1": DG1}


def test_where_nothing_can_be_written(tmp_path):
    """A place that is none gives one sentence."""
    (tmp_path / "file").write_bytes(b"")
    for target in (tmp_path / "file" / "x", tmp_path / "no" / "x.zip", f"{tmp_path}/\0.zip"):
        with pytest.raises(DeviceError, match="cannot be written"):
            write_dump(target, {"EF.DG1": DG1})


def test_unknown_names_are_told_by_content(tmp_path):
    """A file of another name is taken by its tag if its length fits, and noted."""
    files = {"a": COM, "b": SOD, "c": DG1, "d": ACCESS, "e": SECURITY, "f": DG2 + b"?", "g": b"\x30\x00", "h": b""}
    files["i"] = b"\x61\x09\x4f\x07\xa0\x00\x00\x02\x47\x10\x01"
    files["j"] = b"\x61\x00"
    found = read_dump(saved(tmp_path, files))
    assert list(found.files) == ["EF.COM", "EF.SOD", "EF.DG1", "EF.CardAccess", "EF.CardSecurity", "EF.DIR"]
    assert found.notes[0] == "a was told by its content, not by its name."


def test_names_that_two_files_share(tmp_path):
    """011D is EF.SOD in the application and EF.CardSecurity outside; the tag decides. So for 011C."""
    found = read_dump(saved(tmp_path, {"011D.bin": SECURITY, "011C.bin": b"\x42\x01A"}))
    assert dict(found.files) == {"EF.CardSecurity": SECURITY, "EF.CVCA": b"\x42\x01A"}


def test_hexadecimal_files(tmp_path):
    """Text of hexadecimal digits is decoded and noted; ill-formed text is kept as it is, and noted."""
    found = read_dump(saved(tmp_path, {"dg1.hex": DG1.hex(" ").encode() + b"\r\n", "SOD.txt": b"77:02:30:00"}))
    assert dict(found.files) == {"EF.SOD": SOD, "EF.DG1": DG1}
    assert found.notes == ("SOD.txt holds hexadecimal digits.", "dg1.hex holds hexadecimal digits.")
    odd = read_dump(saved(tmp_path / "odd", {"DG1.hex": b"616", "SOD": SOD}))
    assert (odd.files["EF.DG1"], odd.notes) == (b"616", ("DG1.hex does not begin as EF.DG1 does.",))


def test_a_broken_file_is_kept(tmp_path):
    """A file that is not what its name says is no less evidence: kept and noted; a picture beside it is not taken."""
    found = read_dump(saved(tmp_path, {"DG1.bin": b"", "SOD.bin": SOD, "DG2.jpg": b"\xff\xd8\xff", "DG7.png": b"?"}))
    assert dict(found.files) == {"EF.SOD": SOD, "EF.DG1": b""}
    assert found.notes == ("DG1.bin does not begin as EF.DG1 does.",)


def test_files_of_two_chips_are_refused(tmp_path):
    """Mixed chips would fail every check for no fault of theirs; the same file twice is no matter."""
    saved(tmp_path, {"a/DG1.bin": DG1, "b/DG1.bin": DG1, "SOD.bin": SOD})
    assert dict(read_dump(tmp_path).files) == {"EF.SOD": SOD, "EF.DG1": DG1}
    saved(tmp_path, {"c/DG1.bin": DG1 + b"\0"})
    with pytest.raises(InputError, match=r"EF.DG1 twice, in a/DG1.bin and c/DG1.bin"):
        read_dump(tmp_path)


def test_without_a_signature(tmp_path):
    """A dump without EF.SOD is read, and says so."""
    assert "no EF.SOD" in read_dump(saved(tmp_path, {"DG1.bin": DG1})).notes[0]


def test_what_is_no_dump(tmp_path):
    """Each gives one sentence and what to do."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.txt").write_text("PK is how it does not begin"[3:])
    cases = {"empty": "no file of a chip", "text.txt": "neither a folder nor a zip", "none": "does not exist"}
    for name, reason in cases.items():
        with pytest.raises(InputError, match=reason):
            read_dump(tmp_path / name)
    with pytest.raises(InputError, match="cannot be read"):
        read_dump(f"{tmp_path}/\0")


def test_pipes_links_and_hidden_files_are_passed_over(tmp_path):
    """What would block, or is not seen, is not opened."""
    saved(tmp_path, {"SOD.bin": SOD, ".DG2.bin": DG2, ".git/DG2.bin": DG2})
    os.mkfifo(tmp_path / "DG1.bin")
    (tmp_path / "DG3.bin").symlink_to(tmp_path / "nowhere")
    assert dict(read_dump(tmp_path).files) == {"EF.SOD": SOD}


@pytest.mark.parametrize("name", ["../DG1.bin", "/DG1.bin", "a/../../DG1.bin", "..\\DG1.bin", "C:\\DG1.bin"])
def test_paths_that_lead_out_are_refused(tmp_path, name):
    """An archive with such a path was made to do harm."""
    with pytest.raises(InputError, match="leads out"):
        read_dump(zipped(tmp_path / "x.zip", {name: DG1, "SOD.bin": SOD}))
    assert [tmp_path / "x.zip"] == list(tmp_path.iterdir())


def test_an_encrypted_archive_is_refused(tmp_path):
    """A password cannot be given, so say what to do."""
    data = bytearray(zipped(tmp_path / "x.zip", {"DG1.bin": DG1}).read_bytes())
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "x.zip").write_bytes(data)
    with pytest.raises(InputError, match="encrypted"):
        read_dump(tmp_path / "x.zip")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(tmp_path, method):
    """A way of packing that may ask for much memory at once is not followed."""
    with pytest.raises(InputError, match="unusual way"):
        read_dump(zipped(tmp_path / "x.zip", {"DG1.bin": DG1}, method))


def test_bombs_are_refused(tmp_path):
    """Members that claim much, members that claim little and are much, and many members."""
    bomb = zipped(tmp_path / "x.zip", {"DG1.bin": bytes(MAX_FILE + 1)})
    with pytest.raises(InputError, match="which no chip has"):
        read_dump(bomb)
    data = bytearray(bomb.read_bytes())
    for signature, at in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        start = data.index(signature) + at
        data[start : start + 4] = struct.pack("<I", 100)
    bomb.write_bytes(data)
    with pytest.raises(InputError, match=r"damaged|larger than it claims"):
        read_dump(bomb)
    with pytest.raises(InputError, match="more than 500 files"):
        read_dump(zipped(tmp_path / "many.zip", {f"{number}": b"" for number in range(MAX_ENTRIES + 1)}))
    with pytest.raises(InputError, match="more than 500 files"):
        read_dump(saved(tmp_path / "many", {f"{number}": b"" for number in range(MAX_ENTRIES + 1)}))
    with pytest.raises(InputError, match="which no chip has"):
        read_dump(saved(tmp_path / "big", {"DG1.bin": bytes(MAX_FILE + 1)}))
    other = read_dump(saved(tmp_path / "other", {"video.bin": bytes(MAX_FILE + 1), "SOD.bin": SOD}))
    assert dict(other.files) == {"EF.SOD": SOD}
    with pytest.raises(InputError, match="more than 16 MB"):
        read_dump(zipped(tmp_path / "sum.zip", {f"{number}.bin": bytes(MAX_FILE) for number in range(5)}))


def test_a_lying_directory_is_refused_unread(tmp_path, monkeypatch):
    """A directory of members beyond its bound is refused before it is parsed, whatever count it claims."""
    path = zipped(tmp_path / "x.zip", {"DG1.bin": DG1})
    data = bytearray(path.read_bytes())
    data[-10:-6] = struct.pack("<I", 10_000_000)
    path.write_bytes(data)
    end = zipped(tmp_path / "y", {}).read_bytes()
    monkeypatch.setattr(dump_module.zipfile, "ZipFile", None)
    with pytest.raises(InputError, match="more than 500 files"):
        read_dump(path)
    path.write_bytes(data[:-22] + b"PK\6\7" + bytes(16) + end)
    with pytest.raises(InputError, match="more than 500 files"):
        read_dump(path)
    path.write_bytes(b"PK\3\4" + bytes(100))
    with pytest.raises(InputError, match="damaged"):
        read_dump(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_changed_archives(tmp_path, draw):
    """An archive with some bytes changed gives files or an `InputError`, nothing else."""
    data = bytearray(zipped(tmp_path / "x.zip", {"DG1.bin": DG1, "SOD.bin": SOD, "DG2.bin": DG2}).read_bytes())
    for _ in range(draw.draw(st.integers(1, 3))):
        at = draw.draw(st.integers(2, len(data) - 1))
        data[at] = draw.draw(st.integers(0, 255))
    (tmp_path / "x.zip").write_bytes(data)
    try:
        assert len(read_dump(tmp_path / "x.zip").files) >= 1
    except InputError as error:
        assert error.reason.endswith(".")  # noqa: PT017
