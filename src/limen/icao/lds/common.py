"""EF.COM and DG1: what is on the chip, and its machine readable zone. Doc 9303-10 sections 4.6.1 and 4.7.1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from limen.icao import mrz
from limen.icao.lds.errors import LdsError, reading
from limen.icao.lds.files import file_by_tag
from limen.icao.lds.tlv import children, open_file, tags_of

_LDS_VERSIONS = {"1.7", "1.8"}
_UNICODE_VERSION = "4.0.0"
_LINES = {90: (3, 30), 72: (2, 36), 88: (2, 44)}


@dataclass(frozen=True, slots=True)
class Com:
    """EF.COM, which is not signed: a hint at what there is, no more."""

    raw: bytes
    lds_version: str
    """1.7 or 1.8; empty where the chip does not say."""
    unicode_version: str
    """Such as 4.0.0; empty where the chip does not say."""
    tags: tuple[int, ...]
    """As listed, known or not."""
    notes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read EF.COM; raises `LdsError`."""
        notes: list[str] = []
        with reading("EF.COM"):
            found = {child.tag: child.value for child in children(open_file(data, 0x60, notes))}
            if 0x5C not in found:
                raise LdsError("EF.COM: there is no list of the data groups")
            tags = tags_of(found[0x5C])
        lds = _version(found.get(0x5F01, b""), 1, "The LDS version", notes)
        text = _version(found.get(0x5F36, b""), 2, "The Unicode version", notes)
        if lds and lds not in _LDS_VERSIONS:
            notes.append(f"The LDS version {lds} is not known; 1.7 and 1.8 are.")
        if text and text != _UNICODE_VERSION:
            notes.append(f"The Unicode version is {text} instead of {_UNICODE_VERSION}.")
        notes.extend(f"EF.COM lists tag {tag:02X}, which is no data group." for tag in tags if file_by_tag(tag) is None)
        return cls(data, lds, text, tags, tuple(notes))

    @property
    def data_groups(self) -> tuple[int, ...]:
        """Numbers of the data groups that the list names, in its order, without the tags that are none."""
        files = (file_by_tag(tag) for tag in self.tags)
        return tuple(file.number for file in files if file is not None and file.number is not None)


@dataclass(frozen=True, slots=True)
class Dg1:
    """DG1, the machine readable zone."""

    raw: bytes
    lines: tuple[str, ...]
    """As printed: 3 of 30, 2 of 36 or 2 of 44 characters."""
    notes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read DG1; raises `LdsError`."""
        notes: list[str] = []
        with reading("EF.DG1"):
            found = {child.tag: child.value for child in children(open_file(data, 0x61, notes))}
        if 0x5F1F not in found:
            raise LdsError("EF.DG1: there is no machine readable zone")
        printed = found[0x5F1F].decode("latin-1")
        text = "".join(printed.split())
        if text != printed:
            notes.append("The machine readable zone has line breaks or spaces.")
        if len(text) not in _LINES or not text.isascii():
            raise LdsError(f"EF.DG1: a machine readable zone of {len(found[0x5F1F])} bytes, which no layout has")
        count, width = _LINES[len(text)]
        return cls(data, tuple(text[width * line : width * (line + 1)] for line in range(count)), tuple(notes))

    def mrz(self) -> mrz.Mrz:
        """Take the lines apart; raises `limen.icao.mrz.MrzError` where they fit no layout."""
        return mrz.parse(self.lines)


def _version(value: bytes, width: int, what: str, notes: list[str]) -> str:
    """Return `0107` as 1.7 and `040000` as 4.0.0."""
    text = value.decode("latin-1")
    if not value:
        notes.append(f"{what} is missing.")
        return ""
    if len(text) % 2 or not (text.isascii() and text.isdigit()) or len(text) != 2 * (width + 1):
        notes.append(f"{what} is written as {value[:16].hex().upper()}.")
        return ""
    return ".".join(str(int(text[at : at + 2])) for at in range(0, len(text), 2))
