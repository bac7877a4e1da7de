"""Chips in PC/SC readers: which readers there are, waiting for a card, and carrying APDUs to it.

PC/SC specification part 5 by pyscard, whose C library is loaded only when a reader is asked for. What goes
wrong before a card answers is a `ReaderError`; what goes wrong while it is talked to is one of the
`TransmitError`s of `limen.icao.chip`, which `Card.transmit` raises.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from limen.devices.errors import DeviceError
from limen.icao.chip.errors import CardRemoved, CardTimeout, ReaderGone, TransmitError

_CONTACTLESS = ("contactless", "picc", "nfc", "rfid", " cl", "-cl", "virtual pcd", "acr122", "omnikey 5x21-cl")
_CONTACT = ("sam", "contact", "icc")
_POLL_MS = 500

_REMOVED = {
    "SCARD_W_REMOVED_CARD",
    "SCARD_E_NO_SMARTCARD",
    "SCARD_W_RESET_CARD",
    "SCARD_W_UNPOWERED_CARD",
    "SCARD_W_UNRESPONSIVE_CARD",
}
_GONE = {
    "SCARD_E_READER_UNAVAILABLE",
    "SCARD_E_UNKNOWN_READER",
    "SCARD_E_NO_READERS_AVAILABLE",
    "SCARD_E_NO_SERVICE",
    "SCARD_E_SERVICE_STOPPED",
    "SCARD_E_INVALID_HANDLE",
}
_TIMED_OUT = {"SCARD_E_TIMEOUT"}
_NO_SERVICE = {"SCARD_E_NO_SERVICE", "SCARD_E_SERVICE_STOPPED"}


class ReaderError(DeviceError):
    """No card can be talked to; the text is one sentence that says what to do.

    ReaderError
    ├── NoPcsc       pyscard or the PC/SC service is missing
    ├── NoReader     no reader is plugged in, or none of that name
    ├── NoCard       no card came within the time
    └── CardRefused  there is a card, and it cannot be connected to
    """


class NoPcsc(ReaderError):  # noqa: N818 - the names say what is missing
    """pyscard or the PC/SC service is missing."""


class NoReader(ReaderError):  # noqa: N818
    """No reader is plugged in, or none of that name."""


class NoCard(ReaderError):  # noqa: N818
    """No card came within the time."""


class CardRefused(ReaderError):  # noqa: N818
    """There is a card, and it cannot be connected to: another program has it, or it does not answer."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One slot, as PC/SC names it."""

    name: str
    present: bool
    """Whether a card lies on it."""
    contactless: bool
    """Whether its name says that it reads without contacts."""
    atr: bytes = b""
    """Answer to reset of the card, as PC/SC tells it; empty without one."""


def list_readers(scard: Any = None) -> tuple[Reader, ...]:
    """Return the readers, contactless ones first. Raises `NoPcsc`; without a reader the tuple is empty."""
    session = _Session(scard)
    try:
        return session.readers()
    finally:
        session.close()


def connect(
    reader: str | None = None,
    *,
    timeout: float = 30.0,
    waiting: Callable[[str], None] = lambda name: None,
    scard: Any = None,
) -> Card:
    """Wait for a card and connect to it.

    `reader` is a reader's name or a part of it; without one any reader will do, a contactless one before
    another. `timeout` is in seconds. `waiting` is told once, with the readers' names, if no card is there yet.
    Raises `NoPcsc`, `NoReader`, `NoCard`, `CardRefused`.
    """
    session = _Session(scard)
    try:
        return Card(session, session.wait(reader, timeout, waiting))
    except BaseException:
        session.close()
        raise


class Card:
    """A card that answers: the `Transmit` of `limen.icao.chip`. Close it, or use it in a `with`."""

    def __init__(self, session: _Session, reader: Reader) -> None:
        self._session = session
        self.reader = reader
        self._handle, self._protocol = session.open(reader.name)

    def transmit(self, apdu: bytes) -> bytes:
        """Return the answer to a command, status word included. Raises `TransmitError`."""
        scard = self._session.scard
        code, answer = scard.SCardTransmit(self._handle, self._protocol, list(apdu))
        name = self._session.name_of(code)
        if not name:
            return bytes(octet & 0xFF for octet in answer)
        raise self._explain(name)

    def close(self) -> None:
        """Let go of the card, which is reset, and of the service."""
        scard = self._session.scard
        scard.SCardDisconnect(self._handle, scard.SCARD_RESET_CARD)
        self._session.close()

    def __enter__(self) -> Card:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _explain(self, name: str) -> TransmitError:
        """A broken transmission that PC/SC does not explain is explained by what the reader says now."""
        if name not in _REMOVED | _GONE | _TIMED_OUT:
            now = {one.name: one for one in self._session.readers()}.get(self.reader.name)
            if now is None:
                name = "SCARD_E_READER_UNAVAILABLE"
            elif not now.present:
                name = "SCARD_W_REMOVED_CARD"
        if name in _GONE:
            return ReaderGone("The reader was unplugged or its service stopped: plug it in and begin again.")
        if name in _REMOVED:
            return CardRemoved("The document was taken away too early: lay it on the reader again and hold it still.")
        if name in _TIMED_OUT:
            return CardTimeout("The chip did not answer in time: lay the document on the reader again.")
        return TransmitError(f"The chip could not be talked to ({name}): lay the document on the reader again.")


class _Session:
    """A context of the PC/SC service."""

    def __init__(self, scard: Any = None) -> None:
        self.scard = scard or _load()
        code, self._context = self.scard.SCardEstablishContext(self.scard.SCARD_SCOPE_USER)
        if name := self.name_of(code):
            raise NoPcsc(
                f"The PC/SC service does not run ({name}): install and start it "
                "(Debian: apt install pcscd, systemctl start pcscd.socket)."
            )

    def close(self) -> None:
        self.scard.SCardReleaseContext(self._context)

    def readers(self) -> tuple[Reader, ...]:
        """What is plugged in now; empty, too, where the service has gone in the meantime."""
        code, names = self.scard.SCardListReaders(self._context, [])
        if self.name_of(code) or not names:
            return ()
        unaware = [(name, self.scard.SCARD_STATE_UNAWARE) for name in names]
        code, states = self.scard.SCardGetStatusChange(self._context, 0, unaware)
        known = {} if self.name_of(code) else {name: (state, bytes(atr)) for name, state, atr in states}
        found = [self._reader(name, *known.get(name, (0, b""))) for name in names]
        return tuple(sorted(found, key=lambda one: not one.contactless))

    def wait(self, wanted: str | None, timeout: float, waiting: Callable[[str], None]) -> Reader:
        """The first suitable reader with a card. Raises `NoReader`, `NoCard`."""
        end, told = time.monotonic() + timeout, False
        while True:
            suitable = _suitable(self.readers(), wanted)
            ready = next((one for one in suitable if one.present), None)
            if ready:
                return ready
            names = ", ".join(one.name for one in suitable)
            if not told:
                waiting(names)
                told = True
            left = end - time.monotonic()
            if left <= 0:
                raise NoCard(f"No document was laid on the reader within {timeout:.0f} s ({names}).")
            self._pause([one.name for one in suitable], min(_POLL_MS, int(left * 1000) + 1))

    def open(self, name: str) -> tuple[Any, int]:
        scard = self.scard
        protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        code, handle, protocol = scard.SCardConnect(self._context, name, scard.SCARD_SHARE_EXCLUSIVE, protocols)
        failed = self.name_of(code)
        if failed == "SCARD_E_SHARING_VIOLATION":
            raise CardRefused("Another program uses the document on the reader: close it and begin again.")
        if failed in _REMOVED:
            raise CardRefused("The chip does not answer: lay the document on the reader again and hold it still.")
        if failed:
            raise CardRefused(f"The chip cannot be connected to ({failed}): lay the document on the reader again.")
        return handle, protocol

    def name_of(self, code: int) -> str:
        """The name of a result in PC/SC's words; empty for success. Some systems give signed numbers."""
        code &= 0xFFFFFFFF
        if code == self.scard.SCARD_S_SUCCESS:
            return ""
        names = (name for name in dir(self.scard) if name.startswith(("SCARD_E_", "SCARD_W_", "SCARD_F_")))
        return next((name for name in names if getattr(self.scard, name) & 0xFFFFFFFF == code), f"0x{code:08X}")

    def _reader(self, name: str, state: int, atr: bytes) -> Reader:
        present = bool(state & self.scard.SCARD_STATE_PRESENT) and not state & self.scard.SCARD_STATE_MUTE
        return Reader(name, present, _is_contactless(name), atr)

    def _pause(self, names: Iterable[str], milliseconds: int) -> None:
        """Until something changes at a reader, or the time is over."""
        empty = [(name, self.scard.SCARD_STATE_EMPTY) for name in names]
        self.scard.SCardGetStatusChange(self._context, milliseconds, empty)


def _suitable(readers: tuple[Reader, ...], wanted: str | None) -> tuple[Reader, ...]:
    if not readers:
        raise NoReader("No chip reader is plugged in: plug in a contactless PC/SC reader.")
    if wanted is None:
        return readers
    exact = tuple(one for one in readers if one.name == wanted)
    named = exact or tuple(one for one in readers if wanted.casefold() in one.name.casefold())
    if not named:
        there = ", ".join(one.name for one in readers)
        raise NoReader(f"There is no reader {wanted!r}: there is {there}.")
    return named


def _is_contactless(name: str) -> bool:
    """By the words that makers use; a SAM slot and a contact slot of the same device are told apart."""
    small = name.casefold()
    if any(word in small for word in _CONTACTLESS):
        return True
    return not any(word in small for word in _CONTACT) and small.endswith("01 00")


def _load() -> Any:
    try:
        return importlib.import_module("smartcard.scard")
    except ImportError as error:
        raise NoPcsc(
            f"Chips cannot be read, because pyscard is missing or broken ({error}): install it with the PC/SC "
            "library (Debian: apt install libpcsclite1; pip install pyscard)."
        ) from error
