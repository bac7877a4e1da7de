"""Biometric templates of DG2, DG3 and DG4: CBEFF as Doc 9303-10 section 4.7.2 and ISO/IEC 7816-11 nest it.

75 (or 63, 76) { 7F61 { 02 count, 7F60 { A1 header, 5F2E or 7F2E record } ... } }. Chips of two countries have lengths
in that chain that are up to eight bytes off; those are read to where the bytes end, and noted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from limen.icao.der import DerError, Element, parse_first, read_header
from limen.icao.lds.errors import reading
from limen.icao.lds.tlv import unsigned

SLACK = 8
"""Bytes that a length may be off (seen in the field: GB, NZ)."""

MAX_TEMPLATES = 64
"""Biometric records in one file; more are refused."""

_HEADER_TEMPLATE = 0xA1
_RECORDS = {0x5F2E, 0x7F2E}


@dataclass(frozen=True, slots=True)
class BiometricHeader:
    """The biometric header template; every part but the format is optional, and kept as read."""

    biometric_type: bytes | None
    """02 face, 08 finger, 10 iris (ISO/IEC 19785-3)."""
    subtype: bytes | None
    format_owner: int | None
    """0101 is ISO/IEC JTC 1/SC 37."""
    format_type: int | None
    created: bytes | None = None
    validity: bytes | None = None
    creator: bytes | None = None


@dataclass(frozen=True, slots=True)
class BiometricRecord:
    """One biometric information template."""

    header: BiometricHeader
    data: bytes
    """The biometric data block, as read."""


@dataclass(frozen=True, slots=True)
class Biometrics:
    """DG3 or DG4 (fingers, irises), or the outer half of DG2: the records are counted and kept, not opened."""

    raw: bytes
    name: str
    records: tuple[BiometricRecord, ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, name: str, tag: int, data: bytes) -> Self:
        """Read the file called `name`, which begins with `tag`; raises `LdsError`."""
        notes: list[str] = []
        with reading(name):
            records = _records(_Chain(bytes(data), notes), tag)
        return cls(data, name, records, tuple(notes))


class _Chain:
    """Reads elements whose lengths may be a little wrong."""

    def __init__(self, data: bytes, notes: list[str]) -> None:
        self._data = data
        self._notes = notes

    def note(self, text: str) -> None:
        """Add a note."""
        self._notes.append(text)

    def at(self, start: int, parent_end: int) -> Element:
        """Return the element at `start`, cut or stretched to where its bytes really end."""
        header = read_header(self._data[start : start + 16])
        if header is None or start >= parent_end:
            raise DerError(f"the data ends at offset {len(self._data)}, where a tag should be")
        tag, body, length = header
        end = start + body + length
        if end > parent_end:
            over = end - min(len(self._data), parent_end)
            if over > SLACK:
                raise DerError(f"tag {tag:02X} at offset {start} claims {over} bytes more than there are")
            self._notes.append(f"The length of tag {tag:02X} is {over} bytes off.")
            end = min(end, len(self._data))
        return Element(self._data, start, min(start + body, end), end, end, tag, 1, lenient=True)

    def inside(self, parent: Element) -> list[Element]:
        """Return the elements inside."""
        found: list[Element] = []
        at = parent.body
        while at < parent.body_end:
            if len(found) > MAX_TEMPLATES:
                raise DerError(f"more than {MAX_TEMPLATES} objects in tag {parent.tag:02X}")
            if found and not any(self._data[at : parent.body_end]):
                self._notes.append(f"{parent.body_end - at} zero bytes end tag {parent.tag:02X}.")
                break
            found.append(self.at(at, parent.body_end))
            at = found[-1].end
        return found

    def outer(self, tag: int) -> Element:
        """Return the file's template."""
        element = self.at(0, len(self._data))
        if element.tag != tag:
            raise DerError(f"expected tag {tag:02X}, found {element.tag:02X}")
        left = len(self._data) - element.end
        if left > SLACK:
            self._notes.append(f"{left} bytes follow the content.")
        elif left:
            self._notes.append(f"{left} bytes follow the content; they are read as part of it.")
            element = replace(element, body_end=len(self._data), end=len(self._data))
        return element


def _records(chain: _Chain, tag: int) -> tuple[BiometricRecord, ...]:
    groups = [element for element in chain.inside(chain.outer(tag)) if element.tag == 0x7F61]
    if len(groups) != 1:
        raise DerError(f"expected one group of biometric templates, found {len(groups)}")
    count: int | None = None
    found: list[BiometricRecord] = []
    for element in chain.inside(groups[0]):
        if element.tag == 0x02:
            count = unsigned(element)
        elif element.tag == 0x7F60:
            found.append(_record(chain.inside(element)))
        else:
            chain.note(f"Tag {element.tag:02X} beside the biometric templates was passed over.")
    if count != len(found):
        chain.note(f"{count} biometric templates are announced, {len(found)} are there.")
    return tuple(found)


def _record(parts: list[Element]) -> BiometricRecord:
    header = next((part for part in parts if part.tag == _HEADER_TEMPLATE), None)
    records = [part for part in parts if part.tag in _RECORDS]
    if len(records) != 1:
        raise DerError(f"a biometric template with {len(records)} records")
    return BiometricRecord(_header(header), records[0].value)


def _header(template: Element | None) -> BiometricHeader:
    if template is None:
        return BiometricHeader(None, None, None, None)
    found = {part.tag: part.value for part in parse_first(template.raw, lenient=True)}
    owner, kind = found.get(0x87), found.get(0x88)
    return BiometricHeader(
        biometric_type=found.get(0x81),
        subtype=found.get(0x82),
        format_owner=None if owner is None else int.from_bytes(owner[:4], "big"),
        format_type=None if kind is None else int.from_bytes(kind[:4], "big"),
        created=found.get(0x83),
        validity=found.get(0x85) or found.get(0x84),
        creator=found.get(0x86),
    )
