"""Commands and answers: ISO/IEC 7816-4 (2020) section 5, as Doc 9303-10 section 3.6 uses them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from limen.icao.chip.errors import AnswerError

SHORT_LE = 256
EXTENDED_LE = 65536
_SHORT_DATA = 255
_EXTENDED_DATA = 65535


class StatusWord(IntEnum):
    """Status words that this reader tells apart."""

    OK = 0x9000
    END_OF_FILE = 0x6282
    FAILED = 0x6300
    WRONG_LENGTH = 0x6700
    SECURITY_NOT_SATISFIED = 0x6982
    BLOCKED = 0x6983
    CONDITIONS_NOT_SATISFIED = 0x6985
    NO_FILE_SELECTED = 0x6986
    SM_MISSING = 0x6987
    SM_INCORRECT = 0x6988
    WRONG_DATA = 0x6A80
    FILE_NOT_FOUND = 0x6A82
    WRONG_PARAMETERS = 0x6A86
    INCONSISTENT_LENGTH = 0x6A87
    REFERENCE_NOT_FOUND = 0x6A88
    WRONG_OFFSET = 0x6B00
    UNKNOWN_INSTRUCTION = 0x6D00
    UNKNOWN_CLASS = 0x6E00
    UNKNOWN_ERROR = 0x6F00


class Transmit(Protocol):
    """A card that answers."""

    def transmit(self, apdu: bytes) -> bytes:
        """Return the answer to a command, status word included. Raises `TransmitError`."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `le` is how many octets are expected at most (1 to 65536); None where none are."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = b""
    le: int | None = None

    @property
    def header(self) -> bytes:
        """CLA INS P1 P2."""
        return bytes((self.cla, self.ins, self.p1, self.p2))

    @property
    def must_extend(self) -> bool:
        """Whether the short form has no room for the lengths."""
        return len(self.data) > _SHORT_DATA or (self.le or 0) > SHORT_LE

    def encode(self, extended: bool = False) -> bytes:
        """Return the octets, in the extended form where that is asked for or needed. Raises `ValueError`."""
        if len(self.data) > _EXTENDED_DATA or not (self.le is None or 1 <= self.le <= EXTENDED_LE):
            raise ValueError("a command that no form has room for")
        if extended or self.must_extend:
            return self.header + self._extended()
        lc = bytes((len(self.data),)) + self.data if self.data else b""
        return self.header + lc + (b"" if self.le is None else bytes((self.le % SHORT_LE,)))

    def _extended(self) -> bytes:
        le = b"" if self.le is None else (self.le % EXTENDED_LE).to_bytes(2, "big")
        if self.data:
            return b"\x00" + len(self.data).to_bytes(2, "big") + self.data + le
        return b"\x00" + le if le else b""


@dataclass(frozen=True, slots=True)
class Response:
    """One answer: data and status word."""

    data: bytes
    sw: int

    @classmethod
    def parse(cls, raw: bytes) -> Response:
        """Take an answer apart. Raises `AnswerError` where it is too short or too long."""
        if not 2 <= len(raw) <= EXTENDED_LE + 2:
            raise AnswerError(f"The chip answered {len(raw)} octets, which is no answer.")
        return cls(bytes(raw[:-2]), int.from_bytes(raw[-2:], "big"))

    @property
    def ok(self) -> bool:
        """Whether the command was carried out to the full."""
        return self.sw == StatusWord.OK

    @property
    def has_data(self) -> bool:
        """Whether the data is good: carried out, with the warning of a file's end, or with more to come."""
        return self.sw in {StatusWord.OK, StatusWord.END_OF_FILE} or self.sw >> 8 == 0x61
