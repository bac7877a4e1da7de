"""The emulated card through pcscd, as any PC/SC program sees a document on a reader."""

from __future__ import annotations

from typing import Any

import pytest

from limen.icao.chip import MrzKey, read_chip
from limen.specimen.chip import Access, CardSpec, Proof, Quirk
from limen.specimen.chip.bac import mrz_secret

from ..specimen.chip.terminal import Terminal
from .conftest import VirtualReader

SELECT = [0x00, 0xA4, 0x04, 0x0C, 7, 0xA0, 0, 0, 2, 0x47, 0x10, 1]


class OverPcsc:
    """A card behind a connection, as the tests' own terminal talks to it."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def answer(self, apdu: bytes) -> bytes:
        """Data and status word."""
        data, first, second = self.connection.transmit(list(apdu))
        return bytes([*data, first, second])

    def transmit(self, apdu: bytes) -> bytes:
        """The same, as Limen's reader calls it."""
        return self.answer(apdu)


def test_plain_card_is_read(virtual_reader: VirtualReader) -> None:
    """The answer to reset, EF.COM by short and DG2 by extended length are the card's."""
    document = virtual_reader.insert(CardSpec(access=(Access.PLAIN,)))
    connection = virtual_reader.connection()
    try:
        assert bytes(connection.getATR()) == document.card.atr
        assert connection.transmit(SELECT) == ([], 0x90, 0x00)
        assert connection.transmit([0, 0xB0, 0x9E, 0, 0]) == (list(document.files["EF.COM"]), 0x90, 0x00)
        assert connection.transmit([0, 0xA4, 0x02, 0x0C, 2, 1, 2])[1:] == (0x90, 0x00)
        data, *word = connection.transmit([0, 0xB0, 0, 0, 0, 0x0F, 0xA0])
        assert (bytes(data), word) == (document.files["EF.DG2"][:4000], [0x90, 0x00])
    finally:
        connection.disconnect()
        connection.release()


def test_cards_come_and_go(virtual_reader: VirtualReader) -> None:
    """With another card in, another document is read; with none, there is none to connect to."""
    from smartcard.Exceptions import NoCardException

    answers = []
    for seed in (1, 2):
        document = virtual_reader.insert(CardSpec(seed=seed, access=(Access.PLAIN,)))
        connection = virtual_reader.connection()
        connection.transmit(SELECT)
        answers.append(bytes(connection.transmit([0, 0xB0, 0x81, 0, 0])[0]))
        assert answers[-1] == document.files["EF.DG1"]
        connection.disconnect()
        connection.release()
    assert answers[0] != answers[1]
    virtual_reader.remove()
    with pytest.raises(NoCardException):
        virtual_reader.connection()


def test_locked_card_stays_shut(virtual_reader: VirtualReader) -> None:
    """Without its key, a card with BAC gives nothing away."""
    virtual_reader.insert(CardSpec(access=(Access.BAC,)))
    connection = virtual_reader.connection()
    try:
        connection.transmit(SELECT)
        assert connection.transmit([0, 0xB0, 0x9E, 0, 0]) == ([], 0x69, 0x82)
    finally:
        connection.disconnect()
        connection.release()


def test_locked_card_opens_with_its_key(virtual_reader: VirtualReader) -> None:
    """After BAC, chip authentication and active authentication, a portrait of 20,000 octets comes as it was issued."""
    document = virtual_reader.insert(
        CardSpec(access=(Access.BAC,), proofs=(Proof.CA, Proof.AA_RSA), portrait_octets=20_000)
    )
    connection = virtual_reader.connection()
    try:
        terminal = Terminal(OverPcsc(connection))
        terminal.select()
        assert terminal.bac(mrz_secret(document.mrz)) == 0x9000
        assert terminal.read(0x011E) == document.files["EF.COM"]
        assert len(terminal.ok("00880000", bytes(8), 256)) == 160
        chip = document.card.contents.chip_key
        assert chip is not None
        public = chip.group.encode(chip.group.times(chip.secret, chip.group.generator))
        terminal.chip_authentication(chip.group, chip.protocol, "aes-128", public)
        assert terminal.read(0x0102) == document.files["EF.DG2"]
    finally:
        connection.disconnect()
        connection.release()


@pytest.mark.parametrize(
    "spec",
    [
        CardSpec(access=(Access.PACE_CAM, Access.PACE_GM), proofs=(Proof.CA, Proof.AA_ECDSA), portrait_octets=20_000),
        CardSpec(access=(Access.BAC,), proofs=(Proof.CA, Proof.AA_RSA), quirks=(Quirk.NO_EXTENDED,)),
    ],
    ids=["pace-cam", "bac"],
)
def test_reader_reads_everything(virtual_reader: VirtualReader, spec: CardSpec) -> None:
    """Limen's reader gets every file that it asks for as it was issued, and both proofs."""
    document = virtual_reader.insert(spec)
    line = document.mrz[1]
    connection = virtual_reader.connection()
    try:
        reading = read_chip(OverPcsc(connection), [MrzKey(line[:9], line[13:19], line[21:27])])
    finally:
        connection.disconnect()
        connection.release()
    assert reading.failure is None
    groups = {name: data for name, data in document.files.items() if name.startswith("EF.DG")}
    assert {name: reading.files.get(name) for name in groups} == groups
    assert reading.files["EF.SOD"] == document.files["EF.SOD"]
    assert reading.chip_authentication is not None
    assert reading.active_authentication is not None
    assert (str(reading.chip_authentication.verdict), str(reading.active_authentication.verdict)) == ("successful",) * 2
