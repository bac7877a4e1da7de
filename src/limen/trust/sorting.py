"""What is in a file that somebody brings: certificates, lists, or a bundle of them.

Files are told by their content, not by their names: DER, PEM, CMS, LDIF as the ICAO PKD exports it, and zip archives
of any of these. Nothing is verified here.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from limen.icao import der
from limen.icao.pki import (
    Certificate,
    Crl,
    DeviationList,
    LdifEntry,
    MasterList,
    PayloadKind,
    PkiError,
    SignedData,
    entries,
)
from limen.trust.errors import MaterialError

Piece = Certificate | Crl | MasterList | DeviationList
"""One thing that can be imported."""

MAX_BYTES = 512 << 20
"""The largest file or archive, in octets; the ICAO PKD's complete export has about 100 MB."""
_MAX_MEMBERS = 50_000
_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END \1-----")
_ATTRIBUTE = re.compile(rb"^(dn|version):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Broken:
    """What ought to be a certificate or a list and is none."""

    data: bytes
    reason: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One piece, and where in the file it stood."""

    piece: Piece
    data: bytes
    where: str = ""


def sort(data: bytes, name: str = "") -> Iterator[Found | Broken]:
    """Yield what a file holds. Raises `MaterialError` where it is nothing that can be imported."""
    if len(data) > MAX_BYTES:
        raise MaterialError(f"{name} is larger than {MAX_BYTES >> 20} MB, which no list of certificates is")
    if data[:4] == b"PK\x03\x04":
        yield from _archive(data, name)
    elif data[:1] == b"\x30":
        yield _piece(data)
    elif b"-----BEGIN " in data[:65536]:
        yield from _pem(data)
    elif _ATTRIBUTE.search(data[:65536]):
        yield from _ldif(data)
    else:
        raise MaterialError(f"{name or 'the file'} is no certificate, list, PEM, LDIF or zip file")


_PARSERS: dict[PayloadKind, Callable[[bytes], Piece]] = {
    PayloadKind.MASTER_LIST: MasterList.parse,
    PayloadKind.DEVIATION_LIST: DeviationList.parse,
    PayloadKind.CERTIFICATE: Certificate.parse,
    PayloadKind.CRL: Crl.parse,
}


def _piece(data: bytes, where: str = "", kind: PayloadKind | None = None) -> Found | Broken:
    """Take the octets for what they are; where they are nothing, the reason is that of what they were to be."""
    reason = ""
    for one in _kinds(data, kind):
        try:
            return Found(_PARSERS[one](data), data, where)
        except PkiError as error:
            reason = reason or str(error)
    if _is_unsigned_list(data):
        reason = "a master list that nobody signed: bring the signed file that the country publishes (.ml)"
    return Broken(data, reason, where)


def _kinds(data: bytes, kind: PayloadKind | None) -> tuple[PayloadKind, ...]:
    """What the octets can be: CMS names its content; certificates and revocation lists are told by trying."""
    if kind in {PayloadKind.MASTER_LIST, PayloadKind.DEVIATION_LIST}:
        return (PayloadKind(kind),)
    if kind is None:
        try:
            first = next(iter(der.parse_first(data, lenient=True)))
            if first.tag == 0x06:
                return (_LISTS.get(SignedData.parse(data).content_type, PayloadKind.MASTER_LIST),)
        except PkiError:
            return (PayloadKind.MASTER_LIST,)
        except (der.DerError, StopIteration):
            pass
    return PayloadKind.CERTIFICATE, PayloadKind.CRL


_LISTS = {"2.23.136.1.1.2": PayloadKind.MASTER_LIST, "2.23.136.1.1.7": PayloadKind.DEVIATION_LIST}


def _is_unsigned_list(data: bytes) -> bool:
    try:
        return [part.tag for part in der.parse_first(data, lenient=True)] == [0x02, 0x31]
    except der.DerError:
        return False


def _pem(data: bytes) -> Iterator[Found | Broken]:
    for number, match in enumerate(_PEM.finditer(data), 1):
        where = f"block {number}"
        try:
            octets = base64.b64decode(b"".join(match[2].split()), validate=True)
        except binascii.Error:
            yield Broken(match[0], f"block {number}, {match[1].decode()}, is not in base64", where)
            continue
        yield _piece(octets, where)


def _ldif(data: bytes) -> Iterator[Found | Broken]:
    try:
        for entry in entries(io.BytesIO(data)):
            yield from _entry(entry)
    except PkiError as error:
        yield Broken(b"", str(error))


def _entry(entry: LdifEntry) -> Iterator[Found | Broken]:
    for problem in entry.problems:
        yield Broken(b"", problem, entry.dn)
    for kind, octets in entry.payloads():
        yield _piece(octets, entry.dn, kind)


def _archive(data: bytes, name: str) -> Iterator[Found | Broken]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > _MAX_MEMBERS or sum(member.file_size for member in members) > MAX_BYTES:
            raise MaterialError(f"{name} unpacks to more than {MAX_BYTES >> 20} MB or {_MAX_MEMBERS} files")
        for member in members:
            yield from _member(archive, member)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise MaterialError(f"{name} is a zip archive that cannot be read: {error}") from error


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[Found | Broken]:
    with archive.open(member) as file:
        data = file.read(member.file_size + 1)
    if data[:4] == b"PK\x03\x04":
        yield Broken(b"", "an archive within an archive", member.filename)
        return
    try:
        for one in sort(data, member.filename):
            where = f"{member.filename} {one.where}".strip()
            yield Found(one.piece, one.data, where) if isinstance(one, Found) else Broken(one.data, one.reason, where)
    except MaterialError:
        return  # a note that lies beside the certificates
