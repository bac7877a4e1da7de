"""The way to the card: plain or protected, short or extended, every command traced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from limen.icao.chip.apdu import EXTENDED_LE, SHORT_LE, Command, Response, Transmit
from limen.icao.chip.errors import AnswerError, CardError, NotSupportedError
from limen.icao.chip.secure_messaging import SecureChannel

_GET_RESPONSE = 0xC0
_MAX_PARTS = 300
MAX_EXCHANGES = 20_000
"""One reading asks no more often: a chip that gave single octets of long files would be asked for hours."""

NAMES = {
    0x22: "MANAGE SECURITY ENVIRONMENT",
    0x2A: "PERFORM SECURITY OPERATION",
    0x82: "EXTERNAL AUTHENTICATE",
    0x84: "GET CHALLENGE",
    0x86: "GENERAL AUTHENTICATE",
    0x88: "INTERNAL AUTHENTICATE",
    0xA4: "SELECT",
    0xB0: "READ BINARY",
    0xB1: "READ BINARY",
    0xC0: "GET RESPONSE",
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One command and its answer, as a trace lists them; nothing of the contents."""

    step: str
    """What the reader was about: "PACE", "EF.DG2"."""
    ins: int
    sent: int
    """Octets of the command."""
    received: int
    """Octets of the answer, status word included."""
    sw: int
    milliseconds: float

    @property
    def name(self) -> str:
        """The command's name in ISO/IEC 7816-4."""
        return NAMES.get(self.ins, f"{self.ins:02X}")


def no_clock() -> float:
    """Stand still."""
    return 0.0


class Link:
    """Sends commands; `channel` is the present protection, None in plain."""

    def __init__(self, card: Transmit, clock: Callable[[], float] = no_clock) -> None:
        self._card = card
        self._clock = clock
        self.channel: SecureChannel | None = None
        self.extended = False
        """Whether commands and answers of extended length may be used."""
        self.step = ""
        self.trace: list[Exchange] = []

    def send(self, command: Command) -> Response:
        """Return the answer, whatever its status word. Raises `ChipError`s, but no `CardError`."""
        channel = self.channel
        if channel is None:
            return self._raw(command, command.must_extend)
        wide = self.extended and (command.must_extend or (command.le or 0) > channel.most(SHORT_LE))
        return channel.open(self._raw(channel.protect(command, wide), wide))

    def ask(self, command: Command, what: str) -> bytes:
        """Return the data of an answer that says 9000; raises `CardError`, which begins with `what`, for others."""
        response = self.send(command)
        if not response.ok:
            raise CardError(what, response.sw)
        return response.data

    def _raw(self, command: Command, wide: bool) -> Response:
        if command.must_extend and not self.extended and len(command.data) > 0xFF:
            raise NotSupportedError("The chip needs a command of extended length, which it does not offer.")
        response = self._exchange(command, wide)
        if response.sw >> 8 == 0x6C and self.channel is None and response.sw & 0xFF:
            again = Command(command.cla, command.ins, command.p1, command.p2, command.data, response.sw & 0xFF)
            return self._exchange(again, wide)
        data = response.data
        for _ in range(_MAX_PARTS):
            if response.sw >> 8 != 0x61:
                return Response(data, response.sw)
            more = Command(command.cla & ~0x1C, _GET_RESPONSE, 0, 0, b"", response.sw & 0xFF or SHORT_LE)
            response = self._exchange(more, False)
            data += response.data
            if len(data) > EXTENDED_LE or not (response.data or response.sw >> 8 != 0x61):
                break
        raise AnswerError("The chip's answer has no end.")

    def _exchange(self, command: Command, wide: bool) -> Response:
        if len(self.trace) >= MAX_EXCHANGES:
            raise AnswerError(f"The chip was asked {MAX_EXCHANGES} times, and there is still more to ask.")
        apdu = command.encode(wide)
        begun = self._clock()
        raw = self._card.transmit(apdu)
        spent = (self._clock() - begun) * 1000
        response = Response.parse(raw)
        self.trace.append(Exchange(self.step, command.ins, len(apdu), len(raw), response.sw, spent))
        return response
