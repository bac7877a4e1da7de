"""Plays a card to vsmartcard's virtual reader (vpcd), which stands in pcscd as a reader among others.

Each message is two octets of length, big-endian, and the payload. One octet is an order to the card: 0 power off,
1 power on, 2 reset, 4 tell the answer to reset. All else is a command, answered in the same form.
"""

from __future__ import annotations

import contextlib
import socket
import time
from types import TracebackType
from typing import Final

from limen.specimen.chip.card import Card

PORT: Final = 35963
"""Where vpcd listens unless told otherwise."""
_OFF, _ON, _RESET, _ATR = 0, 1, 2, 4


class VpcdPlayer:
    """A card in the virtual reader, from the call of `connect` to that of `stop`."""

    def __init__(
        self,
        card: Card,
        host: str = "127.0.0.1",
        port: int = PORT,
        *,
        delay: float = 0.0,
        leave_after: int | None = None,
    ) -> None:
        """With a `delay`, each answer waits that many seconds; the card leaves `leave_after` that many commands."""
        self.card = card
        self._delay = delay
        self._leave_after = leave_after
        self.commands = 0
        """How many commands were answered."""
        self._address = (host, port)
        self._socket: socket.socket | None = None

    def connect(self, timeout: float = 5.0) -> None:
        """Put the card into the reader. Raises OSError where no vpcd listens."""
        link = socket.create_connection(self._address, timeout)
        link.settimeout(None)
        # Else every command waits some 40 ms for a delayed acknowledgement.
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket = link

    def play(self) -> None:
        """Answer until `stop` is called, from another thread or by a signal, or the reader goes away."""
        link = self._socket
        if link is None:
            raise RuntimeError("connect comes first")
        with contextlib.suppress(OSError):
            while (message := self._receive(link)) is not None:
                if len(message) != 1 and self.commands == self._leave_after:
                    self.stop()
                    return
                answer = self._answer(message)
                if answer is not None:
                    link.sendall(len(answer).to_bytes(2, "big") + answer)

    def stop(self) -> None:
        """Take the card out of the reader; `play` ends."""
        link, self._socket = self._socket, None
        if link is not None:
            with contextlib.suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)
            link.close()

    def __enter__(self) -> VpcdPlayer:
        self.connect()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _answer(self, message: bytes) -> bytes | None:
        if len(message) != 1:
            self.commands += 1
            time.sleep(self._delay)
            return self.card.answer(message)
        if message[0] == _ATR:
            return self.card.atr
        if message[0] in (_OFF, _ON, _RESET):
            self.card.reset()
        return None

    @staticmethod
    def _receive(link: socket.socket) -> bytes | None:
        head = _exactly(link, 2)
        return None if head is None else _exactly(link, int.from_bytes(head, "big"))


def _exactly(link: socket.socket, count: int) -> bytes | None:
    """That many octets, or None where the other side has gone."""
    taken = b""
    while len(taken) < count:
        if hasattr(socket, "TCP_QUICKACK"):
            # The kernel takes it back after each acknowledgement.
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        part = link.recv(count - len(taken))
        if not part:
            return None
        taken += part
    return taken
