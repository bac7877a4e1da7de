"""Files of the master file that say what the card can do: EF.ATR/INFO and EF.DIR.

Doc 9303-10 sections 3.11.1 and 3.11.2; ISO/IEC 7816-4:2013 sections 8.1.1.2.7 (card capabilities), 12.7.1 and
12.8.1 (extended lengths).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from limen.icao.der import DerError, Element, as_int, parse_first
from limen.icao.lds.errors import LdsError, reading
from limen.icao.lds.files import LDS1_AID
from limen.icao.lds.tlv import MAX_FIELDS, children

_CAPABILITIES = 0x47
_EXTENDED_LENGTHS = 0x7F66
_MAX_LENGTH = 0x10000
_PADDING = (0x00, 0xFF)


@dataclass(frozen=True, slots=True)
class AtrInfo:
    """EF.ATR/INFO."""

    raw: bytes
    objects: tuple[tuple[int, bytes], ...]
    """Tag and value of every object."""
    max_command: int | None = None
    """Bytes of the longest command APDU, header included; None where the card does not say."""
    max_response: int | None = None
    """Bytes of the longest response APDU, status word included; None where the card does not say."""
    capabilities: bytes = b""
    """The value of the card capabilities, up to three bytes."""
    notes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read EF.ATR/INFO, a series of objects which padding may follow; raises `LdsError`."""
        notes: list[str] = []
        with reading("EF.ATR/INFO"):
            found = _series(data, notes)
            lengths = next((element for element in found if element.tag == _EXTENDED_LENGTHS), None)
            command, response = (None, None) if lengths is None else _lengths(lengths, notes)
        capabilities = next((element.value for element in found if element.tag == _CAPABILITIES), b"")
        objects = tuple((element.tag, element.value) for element in found)
        return cls(data, objects, command, response, capabilities, tuple(notes))

    @property
    def selects_by_short_identifier(self) -> bool | None:
        """Whether short file identifiers are understood; None where the card does not say."""
        return bool(self.capabilities[0] & 0x04) if self.capabilities else None

    @property
    def chains_commands(self) -> bool | None:
        """Whether commands may be chained; None where the card does not say."""
        return bool(self.capabilities[2] & 0x80) if len(self.capabilities) >= 3 else None

    @property
    def extended_length(self) -> bool | None:
        """Whether extended length fields are understood; None where the card does not say."""
        return bool(self.capabilities[2] & 0x40) if len(self.capabilities) >= 3 else None


@dataclass(frozen=True, slots=True)
class Directory:
    """EF.DIR, the applications on the card."""

    raw: bytes
    applications: tuple[bytes, ...]
    """Application identifiers, in order."""
    notes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read EF.DIR, a series of application templates (61) or bare identifiers (4F); raises `LdsError`."""
        notes: list[str] = []
        found: list[bytes] = []
        with reading("EF.DIR"):
            for element in _series(data, notes):
                inside = children(element) if element.tag == 0x61 else [element]
                found.extend(child.value for child in inside if child.tag == 0x4F)
        if not found:
            raise LdsError("EF.DIR: no application is named")
        return cls(data, tuple(found), tuple(notes))

    @property
    def has_travel_document(self) -> bool:
        """Whether the eMRTD application is among them."""
        return LDS1_AID in self.applications


def _series(data: bytes, notes: list[str]) -> list[Element]:
    """Return the objects of a file without a template, up to its padding."""
    found: list[Element] = []
    source = bytes(data)
    at = 0
    if source[:1] in {b"\0", b"\x80"} and source[1:2] not in {b"", b"\0"}:
        at = 1  # a category indicator, which belongs into historical bytes, stands before the objects
        notes.append("A category indicator stands before the objects.")
    while at < len(source):
        if source[at] in _PADDING:
            if source[at:].strip(source[at : at + 1]):
                raise DerError(f"no object at offset {at}")
            notes.append(f"{len(source) - at} bytes of padding follow the objects.")
            break
        if len(found) == MAX_FIELDS:
            raise DerError(f"more than {MAX_FIELDS} objects")
        element = parse_first(source[at:], lenient=True)
        found.append(element)
        at += element.end
    return found


def _lengths(element: Element, notes: list[str]) -> tuple[int | None, int | None]:
    """Return the two numbers; one without sense is as good as none."""
    numbers: list[int | None] = []
    for child in children(element):
        number = as_int(child)
        if 0 < number <= _MAX_LENGTH + 16:
            numbers.append(number)
        else:
            notes.append(f"A longest APDU of {number} bytes makes no sense.")
            numbers.append(None)
    if len(numbers) != 2:
        notes.append(f"The extended length information has {len(numbers)} numbers.")
        return None, None
    return numbers[0], numbers[1]
