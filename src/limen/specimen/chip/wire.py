"""Commands as a card takes them apart, and its status words: ISO/IEC 7816-4."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from limen.icao.der import encode


class Status(IntEnum):
    """Status words that the emulated card answers."""

    OK = 0x9000
    END_OF_FILE = 0x6282
    FAILED = 0x6300
    WRONG_LENGTH = 0x6700
    SECURITY = 0x6982
    CONDITIONS = 0x6985
    NO_FILE_SELECTED = 0x6986
    SM_MISSING = 0x6987
    SM_WRONG = 0x6988
    WRONG_DATA = 0x6A80
    NOT_FOUND = 0x6A82
    WRONG_PARAMETERS = 0x6A86
    INCONSISTENT = 0x6A87
    NO_REFERENCE = 0x6A88
    WRONG_OFFSET = 0x6B00
    UNKNOWN_INS = 0x6D00
    UNKNOWN_CLA = 0x6E00
    ERROR = 0x6F00


class RefusedError(Exception):
    """The card answers with a status word and nothing else."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(f"{status:04X}")


@dataclass(frozen=True, slots=True)
class Request:
    """A command. `le` is how many octets are expected at most, None where none are."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes
    le: int | None
    extended: bool
    protected: bool = False
    """Whether it came by secure messaging."""

    def opened(self, data: bytes, le: int | None) -> Request:
        """The command that secure messaging held."""
        return replace(self, cla=self.cla & ~0x0C, data=data, le=le, protected=True)


def take_apart(apdu: bytes) -> Request:
    """Return the parts of a command of short or extended length. Raises `RefusedError`."""
    if len(apdu) < 4:
        raise RefusedError(Status.WRONG_LENGTH)
    body = apdu[4:]
    extended = len(body) >= 3 and body[0] == 0
    data, le = _extended(body) if extended else _short(body)
    return Request(apdu[0], apdu[1], apdu[2], apdu[3], data, le, extended)


def _short(body: bytes) -> tuple[bytes, int | None]:
    if not body:
        return b"", None
    if len(body) == 1:
        return b"", body[0] or 256
    data, rest = body[1 : 1 + body[0]], body[1 + body[0] :]
    if not body[0] or len(data) < body[0] or len(rest) > 1:
        raise RefusedError(Status.WRONG_LENGTH)
    return data, (rest[0] or 256) if rest else None


def _extended(body: bytes) -> tuple[bytes, int | None]:
    count = int.from_bytes(body[1:3], "big")
    if len(body) == 3:
        return b"", count or 65536
    data, rest = body[3 : 3 + count], body[3 + count :]
    if not count or len(data) < count or len(rest) not in (0, 2):
        raise RefusedError(Status.WRONG_LENGTH)
    return data, (int.from_bytes(rest, "big") or 65536) if rest else None


def objects(data: bytes) -> dict[int, bytes]:
    """Return the values of simple TLV objects by tag, in their order. Raises `RefusedError`."""
    found: dict[int, bytes] = {}
    while data:
        tag, length, head = data[0], data[1] if len(data) > 1 else -1, 2
        if length in (0x81, 0x82):
            head = 2 + (length & 0x7F)
            length = int.from_bytes(data[2:head], "big")
        value = data[head : head + length]
        if length < 0 or len(value) != length or tag in found:
            raise RefusedError(Status.WRONG_DATA)
        found[tag] = value
        data = data[head + length :]
    return found


def status(word: int) -> bytes:
    """Return a status word's two octets."""
    return word.to_bytes(2, "big")


def dynamic(tag: int, value: bytes) -> bytes:
    """Return Dynamic Authentication Data with one object."""
    return encode(0x7C, encode(tag, value))
