"""Saved chips: a folder or zip file of EF and DG files as reader apps export them, read and written.

What a file is, its name says (EF_COM.bin, DG1.bin, Datagroup1.bin, 0101.bin, EF.DG1, also behind a prefix), or else
its first byte. Nothing is ever unpacked to disk, no member is read beyond its bound, and archives that are made to do
harm (paths upwards, encrypted members, thousands of entries, bombs) are refused.
"""

from __future__ import annotations

import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import BinaryIO

from limen.devices.errors import DeviceError, InputError
from limen.devices.files import printable
from limen.icao.der import DerError, read_header
from limen.icao.lds import FILES, file_by_tag

MAX_FILE = 4_000_000
"""Bytes of one file; the largest data group seen has 900,000."""
MAX_TOTAL = 16_000_000
"""Bytes of all files."""
MAX_ENTRIES = 500
"""Files in the folder or the zip file, whatever they are."""

_MAX_ARCHIVE = 20_000_000
_MAX_DIRECTORY = 200_000
_END_RECORD = 22
_PACK_AGAIN = "Copy or pack it again."
_WHAT_CAN_BE = "Give a folder or a zip file with the files of one chip, such as EF_SOD.bin, DG1.bin, DG2.bin."
_OTHER_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jp2", ".j2k", ".png", ".pdf", ".json", ".xml", ".html", ".log", ".md", ".csv", ".zip", ".wsq"}
    | {".cer", ".crt", ".pem", ".asn", ".py", ".svg", ".yaml", ".yml", ".ini"}
)

_START = r"(?:^|[^A-Z0-9])"
_STOP = r"(?![A-Z0-9])"
_GROUP_NAME = re.compile(rf"{_START}(?:EF[ ._-]*)?(?:DG|DATA[ ._-]*GROUP)[ ._-]*0?([1-9][0-9]?){_STOP}")
_OTHER_NAMES = tuple(
    (re.compile(rf"{_START}(?:EF[ ._-]*)?{pattern}{_STOP}"), name)
    for pattern, name in (
        ("COM", "EF.COM"),
        ("(?:DOCUMENT[ ._-]*)?SOD", "EF.SOD"),
        ("CARD[ ._-]*ACCESS", "EF.CardAccess"),
        ("CARD[ ._-]*SECURITY", "EF.CardSecurity"),
        ("ATR(?:[ ._-]*INFO)?", "EF.ATR/INFO"),
        ("DIR", "EF.DIR"),
        ("CVCA", "EF.CVCA"),
    )
)
_BY_FID = {f"{file.fid:04X}": file.name for file in reversed(FILES)}
_TAGS = {file.name: file.tag for file in FILES}
_HIGHEST_GROUP = 19
_HEX = re.compile(rb"[0-9A-Fa-f\s:]+")
_ID_SECURITY_OBJECT = bytes.fromhex("060804007F0007030201")


@dataclass(frozen=True, slots=True)
class Dump:
    """The files of one chip."""

    source: str
    """The path, printable."""
    files: Mapping[str, bytes]
    """Bytes by name as in `limen.icao.lds.FILES`, in that order; EF.DG17 to EF.DG19 may follow."""
    notes: tuple[str, ...] = ()
    """What is odd, a sentence each."""


def read_dump(path: str | os.PathLike[str]) -> Dump:
    """Return the files of the chip that was saved at `path`, a folder or a zip file; raises `InputError`."""
    source = printable(os.fspath(path))
    found = _Found(source)
    try:
        entries = _folder(Path(path), source) if Path(path).is_dir() else _archive(Path(path), source)
        for name, data in entries:
            found.add(name, data)
    except InputError:
        raise
    except FileNotFoundError as error:
        raise InputError(source, "does not exist. Check the name.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name or its content is not valid"
        raise InputError(source, f"cannot be read: {reason}. Copy it again.") from error
    return found.dump()


def write_dump(path: str | os.PathLike[str], files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Save files by name at `path`: a zip file if it ends so, or else a folder, which is made if need be.

    What holds a person's data is readable by its owner alone. Returns what was written. Nothing is overwritten,
    and nothing put beside another chip's files: raises `DeviceError`, also where there is no room.
    """
    target = Path(path)
    named = {f"{re.sub('[^A-Za-z0-9]+', '_', name)}.bin": bytes(data) for name, data in files.items()}
    try:
        if target.suffix.lower() == ".zip":
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                _write_archive(stream, named)
            return (target,)
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        taken = next((path for path in sorted(target.iterdir()) if file_name(path.name) or path.name in named), None)
        if taken is not None:  # even of another name: two chips in one folder cannot be told apart again
            raise FileExistsError(None, "File exists", str(taken))
        for name, data in named.items():
            with os.fdopen(os.open(target / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(data)
        return tuple(target / name for name in named)
    except FileExistsError as error:
        where = printable(error.filename or os.fspath(target))
        raise DeviceError(f"{where}: exists already. Give another name.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a name that a file can have"
        raise DeviceError(f"{printable(os.fspath(target))}: cannot be written: {reason}.") from error


def file_name(name: str) -> str | None:
    """Return which file of a chip a saved file's name stands for, or None."""
    stem = PurePosixPath(name.replace("\\", "/")).name.upper()
    stem = re.sub(r"\.(BIN|DAT|RAW|DER|HEX|TXT|DUMP|EF|ISO)$", "", stem)
    group = _GROUP_NAME.search(stem)
    if group is not None:
        return f"EF.DG{int(group[1])}" if int(group[1]) <= _HIGHEST_GROUP else None
    for pattern, found in _OTHER_NAMES:
        if pattern.search(stem):
            return found
    return _BY_FID.get(stem.removeprefix("EF").strip(" ._-"))


@dataclass(slots=True)
class _Found:
    """Files while they are collected."""

    source: str
    files: dict[str, bytes] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    total: int = 0

    def add(self, name: str, data: bytes) -> None:
        """Take in what is a file of a chip, and pass over what is not."""
        self.total += len(data)
        if self.total > MAX_TOTAL:
            raise InputError(self.source, f"holds more than {MAX_TOTAL // 1_000_000} MB. {_WHAT_CAN_BE}")
        told = _told(name, data)
        if told is None:
            return
        file, data, note = told
        if file in self.files:
            if self.files[file] != data:
                pair = f"{self.origins[file]} and {name}"
                raise InputError(self.source, f"holds {file} twice, in {pair}. Give the files of one chip alone.")
            return
        self.files[file], self.origins[file] = data, name
        if note:
            self.notes.append(f"{name} {note}.")

    def dump(self) -> Dump:
        """Return what was found, in the order of the table of files."""
        if not self.files:
            raise InputError(self.source, f"holds no file of a chip. {_WHAT_CAN_BE}")
        if "EF.SOD" not in self.files:
            self.notes.append("There is no EF.SOD: nothing shows who issued the data.")
        order = {file.name: index for index, file in enumerate(FILES)}
        names = sorted(self.files, key=lambda name: (order.get(name, len(order)), name))
        return Dump(self.source, MappingProxyType({name: self.files[name] for name in names}), tuple(self.notes))


def _told(name: str, data: bytes) -> tuple[str, bytes, str] | None:
    """Return (which file of a chip, its bytes, what is odd), or None for a file that is none."""
    file = file_name(name)
    if file is None:
        by_tag = _by_content(data)
        return None if by_tag is None else (by_tag, data, "was told by its content, not by its name")
    if file == "EF.CardAccess" and data[:1] == b"\x42":
        file = "EF.CVCA"  # both have the file identifier 011C
    if file == "EF.SOD" and data[:1] == b"\x30" and _ID_SECURITY_OBJECT in data[:200]:
        file = "EF.CardSecurity"  # both have 011D
    if file == "EF.CardSecurity" and data[:1] == b"\x77":
        file = "EF.SOD"
    if _fits(file, data):
        return file, data, ""
    digits = _from_hex(data)
    if digits is not None and _fits(file, digits):
        return file, digits, "holds hexadecimal digits"
    if PurePosixPath(name).suffix.lower() in _OTHER_SUFFIXES:
        return None
    return file, data, f"does not begin as {file} does"


def _fits(file: str, data: bytes) -> bool:
    """Whether the bytes begin as this file does, as far as that is known."""
    tag = _TAGS.get(file)
    if tag is None:
        return bool(data) and not _HEX.fullmatch(data[:64])
    return data[:1] == bytes([tag])


def _from_hex(data: bytes) -> bytes | None:
    if not _HEX.fullmatch(data):
        return None
    try:
        return bytes.fromhex(data.decode("ascii").replace(":", " "))
    except ValueError:
        return None


def _by_content(data: bytes) -> str | None:
    """Tell a file of an unknown name: the tag of a file, and a length that fits."""
    try:
        header = read_header(data[:16])
    except DerError:
        return None
    if header is None or header[1] + header[2] != len(data):
        return None
    tag = header[0]
    if tag == 0x31 and b"\x06\x09\x04\x00\x7f\x00\x07\x02\x02" in data[:64]:
        return "EF.CardAccess"
    if tag == 0x30 and _ID_SECURITY_OBJECT in data[:200]:
        return "EF.CardSecurity"
    if tag == 0x61 and b"\x5f\x1f" not in data[:8]:
        return "EF.DIR" if b"\x4f\x07\xa0\x00" in data[:16] else None
    file = file_by_tag(tag)
    return None if file is None else file.name


def _folder(folder: Path, source: str) -> Iterator[tuple[str, bytes]]:
    count = 0
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            count += 1
            if count > MAX_ENTRIES:
                raise InputError(source, f"holds more than {MAX_ENTRIES} files. {_WHAT_CAN_BE}")
            if name.startswith(".") or not path.is_file():
                continue
            shown = printable(str(path.relative_to(folder)))
            if path.stat().st_size > MAX_FILE:
                _refuse_large(source, shown)
                continue
            with path.open("rb") as stream:
                yield shown, stream.read(MAX_FILE)


def _refuse_large(source: str, name: str) -> None:
    """Raise where the name is that of a chip's file; another large file is no matter."""
    if file_name(name) is not None and PurePosixPath(name).suffix.lower() not in _OTHER_SUFFIXES:
        raise InputError(source, f"holds {name} of more than {MAX_FILE // 1_000_000} MB, which no chip has.")


def _archive(path: Path, source: str) -> Iterator[tuple[str, bytes]]:
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        if stream.read(2) != b"PK":
            raise InputError(source, f"is neither a folder nor a zip file. {_WHAT_CAN_BE}")
        if size > _MAX_ARCHIVE:
            raise InputError(source, f"is larger than {_MAX_ARCHIVE // 1_000_000} MB. {_WHAT_CAN_BE}")
        stream.seek(max(0, size - _END_RECORD - 0xFFFF))
        _check_directory(stream.read(), source)
        try:
            with zipfile.ZipFile(stream) as archive:
                yield from _members(archive, source)
        except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise InputError(source, f"is a damaged zip file. {_PACK_AGAIN}") from error


def _check_directory(tail: bytes, source: str) -> None:
    """Refuse a directory of members that is out of all proportion, before it is read into memory."""
    at = tail.rfind(b"PK\5\6")
    if at < 0 or at + _END_RECORD > len(tail):
        raise InputError(source, f"is a damaged zip file. {_PACK_AGAIN}")
    count = int.from_bytes(tail[at + 10 : at + 12], "little")
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    if count > MAX_ENTRIES or size > _MAX_DIRECTORY or b"PK\6\7" in tail[max(0, at - 20) : at]:
        raise InputError(source, f"holds more than {MAX_ENTRIES} files. {_WHAT_CAN_BE}")


def _members(archive: zipfile.ZipFile, source: str) -> Iterator[tuple[str, bytes]]:
    members = archive.infolist()
    if len(members) > MAX_ENTRIES:
        raise InputError(source, f"holds more than {MAX_ENTRIES} files. {_WHAT_CAN_BE}")
    for member in members:
        parts = PurePosixPath(member.filename.replace("\\", "/"))
        shown = printable(member.filename)
        if parts.is_absolute() or ".." in parts.parts or re.match(r"[A-Za-z]:", member.filename):
            raise InputError(source, f"holds a path that leads out of it ({shown}). Do not trust it.")
        hidden = any(part.startswith((".", "__MACOSX")) for part in parts.parts)
        if not member.filename or member.is_dir() or hidden:
            continue
        if member.flag_bits & 1:
            raise InputError(source, "is encrypted. Unpack it with its password and give the folder.")
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            # others may ask for gigabytes of memory before the first byte comes
            raise InputError(source, f"is packed in an unusual way. {_PACK_AGAIN}")
        if member.file_size > MAX_FILE:
            _refuse_large(source, shown)
            continue
        with archive.open(member) as stream:
            data = stream.read(MAX_FILE + 1)
        if len(data) > MAX_FILE:
            raise InputError(source, f"holds {shown}, which is larger than it claims. Do not trust it.")
        yield shown, data


def _write_archive(stream: BinaryIO, named: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in named.items():
            member = zipfile.ZipInfo(name)  # the time stays 1980-01-01: the same files give the same bytes
            member.external_attr = 0o600 << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, data)
