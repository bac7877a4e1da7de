"""The emulated card: commands in, answers out, by Doc 9303-10 section 3.6 and 9303-11.

Written apart from the reader, on purpose: each finds the other's misreading of the standard.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from limen.icao.der import encode, oid
from limen.specimen.chip.agreement import Random
from limen.specimen.chip.bac import authenticate
from limen.specimen.chip.channel import Channel
from limen.specimen.chip.pace import Pace, PaceProfile
from limen.specimen.chip.proofs import Answering, ChipKey, signed_challenge
from limen.specimen.chip.spec import Quirk
from limen.specimen.chip.terminal import PROTECTED, CvHolder, TerminalCheck
from limen.specimen.chip.wire import RefusedError, Request, Status, objects, status, take_apart

APPLICATION: Final = bytes.fromhex("A0000002471001")
"""Identifier of the eMRTD application."""
MASTER_FILE: Final = 0x3F00
COM: Final = 0x011E
SOD: Final = 0x011D
CARD_ACCESS: Final = 0x011C
CARD_SECURITY: Final = 0x011D
DIRECTORY: Final = 0x2F00
CARD_INFORMATION: Final = 0x2F01
_OPEN: Final = frozenset({CARD_ACCESS, DIRECTORY, CARD_INFORMATION})
"""Files of the master file that anybody may read."""
_MASTER_SHORT: Final = {0x01: CARD_INFORMATION, 0x1C: CARD_ACCESS, 0x1D: CARD_SECURITY, 0x1E: DIRECTORY}
_LIMIT: Final = 112
_SHORT_ROOM: Final = 256
_EXTENDED_ROOM: Final = 0xFFFF
_MASTER = 0
_EMRTD = 1


@dataclass(frozen=True, slots=True)
class Contents:
    """What is on a card: files by identifier, and keys."""

    master: Mapping[int, bytes]
    groups: Mapping[int, bytes]
    """Files of the application: EF.COM, EF.SOD, data groups."""
    bac_secret: bytes | None = None
    """Hash of the MRZ information where BAC is offered."""
    pace: tuple[PaceProfile, ...] = ()
    passwords: Mapping[int, bytes] = field(default_factory=dict)
    """Of PACE: 1 the hash of the MRZ information, 2 the CAN."""
    plain: bool = False
    """Whether the application may be read by anybody."""
    answering: Answering | None = None
    chip_keys: tuple[ChipKey, ...] = ()
    """Of chip authentication; the first is used where a terminal names none."""
    cam_secret: int | None = None
    terminal: CvHolder | None = None
    """The authority under which a terminal must prove itself before it may read DG3 and DG4."""
    identity: bytes = b""
    """The document number with its check digit, which a terminal signs after BAC."""
    quirks: frozenset[Quirk] = frozenset()
    room: int = 0x1000
    """The most octets of an answer to a command of extended length."""
    atr: bytes = bytes.fromhex("3B80800101")

    @property
    def chip_key(self) -> ChipKey | None:
        """The first key of chip authentication."""
        return next(iter(self.chip_keys), None)


Inner = Callable[[Request, bytes, int], tuple[bytes, int]]
"""Takes a command without its protection, and the data and status word of the answer; gives what to answer instead."""
Outer = Callable[[bytes, bytes], bytes]
"""Takes a command and its answer as they go over the air; gives what to answer instead."""


class Card:
    """One card, and the state it is in since power came on.

    For tests that need a card to misbehave in a way that no specification foresees, `inner` changes answers before
    secure messaging protects them, `outer` afterwards.
    """

    def __init__(self, contents: Contents, random: Random = secrets.token_bytes) -> None:
        self.contents = contents
        self.atr = contents.atr
        self.inner: Inner | None = None
        self.outer: Outer | None = None
        self._random = random
        self._commands: dict[int, Callable[[Request], bytes]] = {
            0xA4: self._select,
            0xB0: self._read,
            0xB1: self._read_odd,
            0x84: self._challenge,
            0x82: self._external,
            0x22: self._manage,
            0x86: self._general,
            0x88: self._internal,
            0x2A: self._security_operation,
        }
        self.reset()

    def reset(self) -> None:
        """Forget everything, as without power."""
        self._place = _MASTER
        self._file: int | None = None
        self._open = self.contents.plain
        self._channel: Channel | None = None
        self._next: Channel | None = None
        self._word = int(Status.OK)
        self._nonce: bytes | None = None
        self._pace: Pace | None = None
        self._agreeing: ChipKey | None = None
        self._identity = self.contents.identity
        self._terminal_key: bytes | None = None
        self._terminal: TerminalCheck | None = None

    def answer(self, apdu: bytes) -> bytes:
        """Return the answer to a command: data and status word. Never raises of itself."""
        answer = self._answered(apdu)
        return answer if self.outer is None else self.outer(apdu, answer)

    def _answered(self, apdu: bytes) -> bytes:
        self._next = None
        try:
            request = take_apart(apdu)
            if request.extended and Quirk.NO_EXTENDED in self.contents.quirks:
                raise RefusedError(Status.WRONG_LENGTH)
            answer = self._protected(request) if request.cla & 0x0C == 0x0C else self._plain(request)
        except RefusedError as refused:
            return status(refused.status)
        if self._next is not None:
            self._channel = self._next
        return answer

    def _plain(self, request: Request) -> bytes:
        if self._channel is not None:
            # A command without protection ends the session (part 11, 9.8.1).
            self._end_session()
        data, word = self._done(request)
        return data + status(word)

    def _protected(self, request: Request) -> bytes:
        channel = self._channel
        if channel is None:
            raise RefusedError(Status.SM_MISSING if request.data else Status.SECURITY)
        try:
            inner = channel.open(request)
        except RefusedError:
            self._end_session()
            raise
        data, word = self._done(inner)
        return channel.close(data, word, odd=bool(request.ins & 1), bare=Quirk.BARE_STATUS in self.contents.quirks)

    def _end_session(self) -> None:
        self._channel = None
        self._open = self.contents.plain
        self._pace = None
        self._agreeing = None
        self._terminal_key = None
        self._terminal = None

    def _done(self, request: Request) -> tuple[bytes, int]:
        """Data and status word of a command without its protection."""
        data, word = self._obeyed(request)
        return (data, word) if self.inner is None else self.inner(request, data, word)

    def _obeyed(self, request: Request) -> tuple[bytes, int]:
        if request.cla & ~0x10:
            return b"", Status.UNKNOWN_CLA
        command = self._commands.get(request.ins)
        if command is None:
            return b"", Status.UNKNOWN_INS
        if request.ins != 0x82:
            # A challenge holds for the very next command alone.
            self._nonce = None
        self._word = int(Status.OK)
        try:
            return command(request), self._word
        except RefusedError as refused:
            return b"", refused.status

    def _select(self, request: Request) -> bytes:
        if request.p1 == 0x04:
            return self._select_application(request.data)
        identifier = int.from_bytes(request.data, "big") if request.data else MASTER_FILE
        if request.p1 == 0 and identifier == MASTER_FILE:
            if Quirk.NO_MASTER_FILE in self.contents.quirks:
                raise RefusedError(Status.INCONSISTENT)
            self._place, self._file = _MASTER, None
            return b""
        if request.p1 not in (0, 2) or len(request.data) != 2:
            raise RefusedError(Status.WRONG_PARAMETERS)
        self._file = None
        self._check_access(identifier)
        self._file = identifier
        return b""

    def _select_application(self, name: bytes) -> bytes:
        if name != APPLICATION:
            raise RefusedError(Status.NOT_FOUND)
        self._place, self._file = _EMRTD, None
        return b""

    @property
    def _files(self) -> Mapping[int, bytes]:
        return self.contents.groups if self._place == _EMRTD else self.contents.master

    def _check_access(self, identifier: int) -> None:
        if self._place == _EMRTD and not self._open:
            raise RefusedError(Status.SECURITY)
        if identifier not in self._files:
            raise RefusedError(Status.NOT_FOUND)
        proved = self._terminal is not None and self._terminal.passed
        if self._place == _EMRTD and identifier in PROTECTED and self.contents.terminal is not None and not proved:
            raise RefusedError(Status.SECURITY)
        if self._place == _MASTER and identifier not in _OPEN and not self._open:
            raise RefusedError(Status.SECURITY)

    def _read(self, request: Request) -> bytes:
        offset = request.p1 << 8 | request.p2
        if request.p1 & 0x80:
            if Quirk.NO_SHORT_IDENTIFIERS in self.contents.quirks:
                raise RefusedError(Status.WRONG_PARAMETERS)
            self._select_short(request.p1 & 0x1F)
            offset = request.p2
        return self._part(offset, request, lambda octets: octets)

    def _read_odd(self, request: Request) -> bytes:
        if request.p1 or request.p2 & 0xE0:
            raise RefusedError(Status.WRONG_PARAMETERS)
        offset = objects(request.data).get(0x54)
        if offset is None or not 1 <= len(offset) <= 4:
            raise RefusedError(Status.WRONG_DATA)
        if request.p2:
            self._select_short(request.p2)
        return encode(0x53, self._part(int.from_bytes(offset, "big"), request, _inside))

    def _select_short(self, number: int) -> None:
        if self._place == _EMRTD:
            identifier = {0x1E: COM, 0x1D: SOD}.get(number, 0x0100 + number)
        else:
            identifier = _MASTER_SHORT.get(number, 0)
        self._check_access(identifier)
        self._file = identifier

    def _part(self, offset: int, request: Request, inside: Callable[[int], int]) -> bytes:
        """Octets of the current file from an offset, as many as asked for, there and fit `inside` so many octets."""
        if self._file is None:
            raise RefusedError(Status.NO_FILE_SELECTED)
        self._check_access(self._file)
        if self._file == DIRECTORY and Quirk.NO_DIRECTORY in self.contents.quirks:
            raise RefusedError(Status.ERROR)
        content = self._files[self._file]
        if request.le is None:
            raise RefusedError(Status.WRONG_LENGTH)
        if offset >= len(content):
            raise RefusedError(Status.WRONG_OFFSET)
        wanted = inside(request.le)
        there = len(content) - offset
        if wanted > there and Quirk.EXACT_LE in self.contents.quirks and request.le != 256:
            raise RefusedError(0x6C00 | there if there < 256 else Status.WRONG_LENGTH)
        # An expected length of 256 or 65536 is coded as zero: all that there is, and no warning at the end.
        asked = request.le not in (256, 65536)
        self._word = Status.END_OF_FILE if asked and wanted > there else Status.OK
        return content[offset : offset + min(wanted, inside(self._room(request)))]

    def _room(self, request: Request) -> int:
        room = self.contents.room if request.extended else _SHORT_ROOM
        if Quirk.LIMITED_LE in self.contents.quirks:
            room = _LIMIT
        elif request.protected and self._channel is not None:
            room = self._channel.most(room)
        return room

    def _challenge(self, request: Request) -> bytes:
        if (self.contents.bac_secret is None and self._terminal is None) or self._place != _EMRTD:
            raise RefusedError(Status.CONDITIONS)
        if request.le not in (8, 256):
            raise RefusedError(Status.WRONG_LENGTH)
        self._nonce = self._random(8)
        return self._nonce

    def _external(self, request: Request) -> bytes:
        nonce, self._nonce = self._nonce, None
        if self._terminal is not None and nonce is not None:
            return self._terminal.external(self._identity + nonce + (self._terminal_key or b""), request.data)
        if self.contents.bac_secret is None or nonce is None:
            raise RefusedError(Status.CONDITIONS)
        answer, channel = authenticate(self.contents.bac_secret, nonce, request.data, self._random)
        self._begin(channel)
        return answer

    def _begin(self, channel: Channel) -> None:
        """The next command comes by this channel; the answer to this one still by the present one."""
        self._next = channel
        self._open = True

    def _manage(self, request: Request) -> bytes:
        self._pace, self._agreeing = None, None
        parts = objects(request.data)
        use = request.p1 << 8 | request.p2
        if use == 0xC1A4:
            return self._set_pace(parts)
        if use == 0x41A6 and self._channel is not None:
            return self._set_key_agreement(parts)
        if use == 0x41A4 and self._channel is not None:
            return self._set_chip_authentication(parts)
        if use in (0x81B6, 0x81A4) and self._terminal_key is not None and self.contents.terminal is not None:
            self._terminal = self._terminal or TerminalCheck(self.contents.terminal)
            return self._terminal.choose(parts.get(0x83, b""))
        raise RefusedError(Status.WRONG_PARAMETERS if self._channel is not None else Status.CONDITIONS)

    def _set_pace(self, parts: dict[int, bytes]) -> bytes:
        number = int.from_bytes(parts.get(0x83, b""), "big")
        offered = [profile for profile in self.contents.pace if _oid_value(profile.protocol) == parts.get(0x80)]
        if 0x84 in parts:
            offered = [profile for profile in offered if profile.domain == int.from_bytes(parts[0x84], "big")]
        if not offered:
            raise RefusedError(Status.WRONG_DATA)
        if number not in self.contents.passwords:
            raise RefusedError(Status.NO_REFERENCE)
        self._pace = Pace(offered[0], self.contents.passwords[number], self._random, self.contents.cam_secret)
        return b""

    def _set_key_agreement(self, parts: dict[int, bytes]) -> bytes:
        key = self._chip_key(parts)
        if 0x91 not in parts:
            raise RefusedError(Status.WRONG_DATA)
        self._begin(key.agree(parts[0x91]))
        self._terminal_key = key.compressed(parts[0x91])
        return b""

    def _set_chip_authentication(self, parts: dict[int, bytes]) -> bytes:
        key = self._chip_key(parts)
        if parts.get(0x80) != _oid_value(key.protocol):
            raise RefusedError(Status.WRONG_DATA)
        self._agreeing = key
        return b""

    def _chip_key(self, parts: dict[int, bytes]) -> ChipKey:
        wanted = int.from_bytes(parts[0x84], "big") if 0x84 in parts else None
        keys = [key for key in self.contents.chip_keys if wanted is None or key.number in (wanted, None)]
        if not keys:
            raise RefusedError(Status.NO_REFERENCE)
        return keys[0]

    def _general(self, request: Request) -> bytes:
        if self._pace is not None:
            return self._pace_step(self._pace, request)
        key, self._agreeing = self._agreeing, None
        if key is None:
            raise RefusedError(Status.CONDITIONS)
        public = objects(objects(request.data).get(0x7C, b"")).get(0x80)
        if public is None:
            raise RefusedError(Status.WRONG_DATA)
        if key.version == 1:
            self._begin(key.agree(public))
            self._terminal_key = key.compressed(public)
            return encode(0x7C)
        answer, channel = key.agree_second(public, self._random)
        self._begin(channel)
        self._terminal_key = key.compressed(public)
        return answer

    def _pace_step(self, pace: Pace, request: Request) -> bytes:
        try:
            answer = pace.step(request.data)
        except RefusedError:
            self._pace = None
            raise
        if pace.channel is not None and Quirk.PACE_REFUSED in self.contents.quirks:
            self._pace = None
            raise RefusedError(Status.FAILED)
        if pace.channel is not None:
            self._begin(pace.channel)
            self._identity = pace.compressed
            self._pace = None
        return answer

    def _security_operation(self, request: Request) -> bytes:
        if (request.p1, request.p2) != (0x00, 0xBE) or self._terminal is None:
            raise RefusedError(Status.CONDITIONS)
        return self._terminal.certificate(request.data)

    def _internal(self, request: Request) -> bytes:
        if not self._open or self._place != _EMRTD:
            raise RefusedError(Status.SECURITY)
        return signed_challenge(self.contents.answering, request.data, self._random)


def _inside(room: int) -> int:
    """How many octets a data object of one octet's tag holds in a room."""
    if room <= 0x7F + 2:
        return max(room - 2, 0)
    return max(room - 3, 0x7F) if room <= 0xFF + 3 else max(room - 4, 0xFF)


def _oid_value(dotted: str) -> bytes:
    return oid(dotted)[2:]
