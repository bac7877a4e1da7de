"""PC/SC readers: choosing one, waiting for a card, and saying what went wrong. The service is played here."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from limen.devices import pcsc
from limen.icao.chip.errors import CardRemoved, CardTimeout, ReaderGone, TransmitError

CONTACT = "ACME Dual Reader [Contact] 00 00"
PICC = "ACME Dual Reader [PICC] 00 01"
ATR = bytes.fromhex("3B8880010000000000000000 09".replace(" ", ""))


class Service:
    """A PC/SC service with what a test wants to happen, in pyscard's own words."""

    SCARD_S_SUCCESS = 0
    SCARD_E_TIMEOUT = 0x8010000A
    SCARD_E_NO_SERVICE = 0x8010001D
    SCARD_E_READER_UNAVAILABLE = 0x80100017
    SCARD_E_NO_READERS_AVAILABLE = 0x8010002E
    SCARD_E_SHARING_VIOLATION = 0x8010000B
    SCARD_E_NOT_TRANSACTED = 0x80100016
    SCARD_W_REMOVED_CARD = 0x80100069
    SCARD_W_UNRESPONSIVE_CARD = 0x80100066
    SCARD_SCOPE_USER = 0
    SCARD_SHARE_EXCLUSIVE = 1
    SCARD_PROTOCOL_T0 = 1
    SCARD_PROTOCOL_T1 = 2
    SCARD_RESET_CARD = 1
    SCARD_STATE_UNAWARE = 0
    SCARD_STATE_EMPTY = 0x10
    SCARD_STATE_PRESENT = 0x20
    SCARD_STATE_MUTE = 0x200

    def __init__(self, *names: str, cards: tuple[str, ...] = (), fails: dict[str, int] | None = None) -> None:
        self.names, self.cards, self.fails = list(names), set(cards), fails or {}
        self.later: list[str] = []
        self.open_contexts = 0
        self.sent: list[bytes] = []

    def SCardEstablishContext(self, scope: int) -> tuple[int, int]:  # noqa: N802
        self.open_contexts += 1
        return self.fails.get("establish", 0), 1

    def SCardReleaseContext(self, context: int) -> int:  # noqa: N802
        self.open_contexts -= 1
        return 0

    def SCardListReaders(self, context: int, groups: list[str]) -> tuple[int, list[str]]:  # noqa: N802
        return (0 if self.names else self.SCARD_E_NO_READERS_AVAILABLE), self.names

    def SCardGetStatusChange(  # noqa: N802
        self, context: int, milliseconds: int, states: list[tuple[str, int]]
    ) -> tuple[int, list[tuple[str, int, list[int]]]]:
        told = [
            (name, self.SCARD_STATE_PRESENT if name in self.cards else self.SCARD_STATE_EMPTY, list(ATR))
            for name, _ in states
        ]
        if milliseconds and self.later:
            self.cards.add(self.later.pop())
        return 0, told

    def SCardConnect(self, context: int, name: str, share: int, protocols: int) -> tuple[int, int, int]:  # noqa: N802
        return self.fails.get("connect", 0), 7, self.SCARD_PROTOCOL_T1

    def SCardDisconnect(self, handle: int, how: int) -> int:  # noqa: N802
        return 0

    def SCardTransmit(self, handle: int, protocol: int, apdu: list[int]) -> tuple[int, list[int]]:  # noqa: N802
        self.sent.append(bytes(apdu))
        return self.fails.get("transmit", 0), [0x90, 0x00]


def test_readers_are_listed_contactless_first() -> None:
    """Each slot with whether a card lies on it; the service is let go again."""
    service = Service(CONTACT, PICC, cards=(PICC,))
    assert pcsc.list_readers(service) == (
        pcsc.Reader(PICC, True, True, ATR),
        pcsc.Reader(CONTACT, False, False, ATR),
    )
    assert service.open_contexts == 0


def test_without_a_reader_the_list_is_empty() -> None:
    """No reader is no error of the list."""
    assert pcsc.list_readers(Service()) == ()


def test_a_contactless_reader_is_taken_before_another() -> None:
    """With a card on both, the passport is the one on the contactless slot."""
    with pcsc.connect(scard=Service(CONTACT, PICC, cards=(CONTACT, PICC))) as card:
        assert card.reader.name == PICC


def test_a_reader_is_named_by_a_part_of_its_name() -> None:
    """`--reader contact` is enough, in any case of letters."""
    with pcsc.connect("[CONTACT]", scard=Service(CONTACT, PICC, cards=(CONTACT, PICC))) as card:
        assert card.reader.name == CONTACT


def test_an_unknown_reader_is_refused_with_those_there_are() -> None:
    """The sentence lists the names to choose from."""
    with pytest.raises(pcsc.NoReader, match=r"no reader 'nowhere': there is .*PICC"):
        pcsc.connect("nowhere", scard=Service(CONTACT, PICC))


def test_a_card_is_waited_for() -> None:
    """The caller is told once that it waits; the card laid down later is connected to."""
    service, told = Service(CONTACT, PICC), []
    service.later = [PICC]
    with pcsc.connect(timeout=5, waiting=told.append, scard=service) as card:
        assert card.transmit(bytes.fromhex("00A4040C")) == b"\x90\x00"
    assert told == [f"{PICC}, {CONTACT}"]
    assert service.sent == [bytes.fromhex("00A4040C")]
    assert service.open_contexts == 0


def test_no_card_in_time_is_said() -> None:
    """Waiting ends, and the service is let go."""
    service = Service(PICC)
    with pytest.raises(pcsc.NoCard, match="within 0 s"):
        pcsc.connect(timeout=0, scard=service)
    assert service.open_contexts == 0


def test_no_reader_is_said() -> None:
    """Nothing is plugged in."""
    with pytest.raises(pcsc.NoReader, match="plug in a contactless"):
        pcsc.connect(scard=Service())


def test_a_service_that_does_not_run_is_said() -> None:
    """The sentence tells how to start it."""
    with pytest.raises(pcsc.NoPcsc, match=r"SCARD_E_NO_SERVICE.*start"):
        pcsc.list_readers(Service(fails={"establish": Service.SCARD_E_NO_SERVICE}))


def test_missing_pyscard_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback of an import, but what to install."""

    def absent(name: str) -> Any:
        raise ImportError(f"No module named {name!r}")

    monkeypatch.setattr(importlib, "import_module", absent)
    with pytest.raises(pcsc.NoPcsc, match="pip install pyscard"):
        pcsc.list_readers()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (Service.SCARD_E_SHARING_VIOLATION, "Another program"),
        (Service.SCARD_W_UNRESPONSIVE_CARD, "does not answer"),
        (0x80101234, "0x80101234"),
    ],
)
def test_a_card_that_cannot_be_connected_to_is_said(code: int, said: str) -> None:
    """Each reason has its sentence, and the service is let go."""
    service = Service(PICC, cards=(PICC,), fails={"connect": code})
    with pytest.raises(pcsc.CardRefused, match=said):
        pcsc.connect(scard=service)
    assert service.open_contexts == 0


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (Service.SCARD_W_REMOVED_CARD, CardRemoved),
        (Service.SCARD_W_REMOVED_CARD - (1 << 32), CardRemoved),  # signed, as some systems have it
        (Service.SCARD_E_READER_UNAVAILABLE, ReaderGone),
        (Service.SCARD_E_NO_SERVICE, ReaderGone),
        (Service.SCARD_E_TIMEOUT, CardTimeout),
        (Service.SCARD_E_NOT_TRANSACTED, TransmitError),
    ],
)
def test_a_broken_transmission_is_of_its_kind(code: int, kind: type[Exception]) -> None:
    """The protocol learns whether the card, the reader or the time is gone."""
    service = Service(PICC, cards=(PICC,), fails={"transmit": code})
    with pcsc.connect(scard=service) as card, pytest.raises(TransmitError) as caught:
        card.transmit(b"\x00")
    assert type(caught.value) is kind


@pytest.mark.parametrize(("left", "kind"), [("card", CardRemoved), ("reader", ReaderGone)])
def test_an_unexplained_break_is_explained_by_the_reader(left: str, kind: type[Exception]) -> None:
    """PC/SC often says no more than that it was not transacted; what is still there tells."""
    service = Service(PICC, cards=(PICC,), fails={"transmit": Service.SCARD_E_NOT_TRANSACTED})
    with pcsc.connect(scard=service) as card:
        service.cards.clear()
        if left == "reader":
            service.names.clear()
        with pytest.raises(kind):
            card.transmit(b"\x00")
