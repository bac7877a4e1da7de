"""LDIF as the ICAO PKD exports it: RFC 2849, content records only.

`entries` takes the lines of a file one after the other, so that an export of hundreds of megabytes never stands in
memory; `payloads` picks the certificates and lists out of an entry.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from limen.icao.pki.errors import PkiError

_MAX_LINE = 64 << 20
_MAX_VALUES = 100_000


class PayloadKind(StrEnum):
    """What an attribute of the PKD holds."""

    MASTER_LIST = "master list"
    CERTIFICATE = "certificate"
    CRL = "revocation list"
    DEVIATION_LIST = "deviation list"


_KINDS = {
    "pkdmasterlistcontent": PayloadKind.MASTER_LIST,
    "cscamasterlistdata": PayloadKind.MASTER_LIST,
    "pkdmasterlist": PayloadKind.MASTER_LIST,
    "usercertificate": PayloadKind.CERTIFICATE,
    "cacertificate": PayloadKind.CERTIFICATE,
    "certificaterevocationlist": PayloadKind.CRL,
    "authorityrevocationlist": PayloadKind.CRL,
    "pkddeviationlist": PayloadKind.DEVIATION_LIST,
    "pkddeviationlistcontent": PayloadKind.DEVIATION_LIST,
    "deviationlistdata": PayloadKind.DEVIATION_LIST,
}


@dataclass(frozen=True, slots=True)
class LdifEntry:
    """One record: its distinguished name and its attributes, names in lower case without options."""

    dn: str
    attributes: dict[str, tuple[bytes, ...]] = field(hash=False, repr=False)
    problems: tuple[str, ...] = ()
    """Why lines of the record were left out: a broken one does not spoil the rest of the file."""

    @property
    def country(self) -> str | None:
        """The two-letter country of the name's `c=` in upper case, which in the PKD says who published it."""
        for part in self.dn.split(","):
            key, _, value = part.partition("=")
            if key.strip().lower() == "c":
                return value.strip().upper() or None
        return None

    def payloads(self) -> Iterator[tuple[PayloadKind, bytes]]:
        """Yield the certificates and lists that the record holds."""
        for name, values in self.attributes.items():
            kind = _KINDS.get(name)
            if kind is not None:
                for value in values:
                    yield kind, value


def entries(lines: bytes | str | Iterable[bytes | str]) -> Iterator[LdifEntry]:
    """Yield the records of a file given whole or line by line.

    Raises `PkiError` only where a line or a record is too long to be one; other faults are told in the record.
    """
    if isinstance(lines, str):
        lines = lines.encode()
    if isinstance(lines, bytes):
        lines = lines.splitlines()
    record: list[bytes] = []
    for line in _unfolded(lines):
        if not line:
            yield from _entry(record)
            record = []
        elif len(record) == _MAX_VALUES:
            raise PkiError(f"an LDIF record of more than {_MAX_VALUES} lines")
        else:
            record.append(line)
    yield from _entry(record)


def _unfolded(lines: Iterable[bytes | str]) -> Iterator[bytes]:
    """Yield logical lines: continued ones joined, comments left out, a record's end as an empty one."""
    parts: list[bytes] = []
    size = 0
    for given in lines:
        line = (given.encode() if isinstance(given, str) else given).rstrip(b"\r\n")
        if line[:1] == b" " and parts:
            size += len(line)
            if size > _MAX_LINE:
                raise PkiError(f"an LDIF line of more than {_MAX_LINE} octets")
            parts.append(line[1:])
            continue
        if parts and parts[0][:1] != b"#":
            yield b"".join(parts)
        parts, size = [line], len(line)
        if not line:
            yield b""
            parts = []
    if parts and parts[0][:1] != b"#":
        yield b"".join(parts)


def _attribute(line: bytes) -> tuple[str, bytes]:
    name, colon, value = line.partition(b":")
    if not colon or not name.strip():
        raise PkiError("an LDIF line that is no attribute")
    key = name.strip().decode("latin-1").lower().partition(";")[0]
    if value[:1] == b":":
        try:
            return key, base64.b64decode(value[1:].strip(), validate=True)
        except binascii.Error as error:
            raise PkiError(f"an LDIF value of {key} that is not base64") from error
    if value[:1] == b"<":
        raise PkiError("an LDIF value that lies elsewhere")
    return key, value.strip()


def _entry(record: list[bytes]) -> Iterator[LdifEntry]:
    attributes: dict[str, list[bytes]] = {}
    problems: list[str] = []
    for line in record:
        try:
            name, value = _attribute(line)
            attributes.setdefault(name, []).append(value)
        except PkiError as error:
            problems.append(str(error))
    names = attributes.pop("dn", [b""])
    attributes.pop("version", None)
    if attributes or problems or names != [b""]:
        values = {key: tuple(found) for key, found in attributes.items()}
        yield LdifEntry(names[0].decode("utf-8", "replace"), values, tuple(problems))
