"""Terminal authentication on the emulated card: who may read DG3, and who may not."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from limen.devices import DeviceError
from limen.devices.terminal_key import load_terminal_key
from limen.icao.chip import ChipReading, MrzKey, ReadingOptions, TerminalKey, read_chip
from limen.icao.mrz import parse
from limen.specimen.chip import Access, CardSpec, Proof, make_card
from limen.specimen.chip.terminal import InspectionSystem, inspection_system

OURS = inspection_system("UT")


class InMemory:
    def __init__(self, card):
        self._card = card

    def transmit(self, apdu: bytes) -> bytes:
        return self._card.answer(apdu)


def read(spec: CardSpec, key: TerminalKey | None) -> ChipReading:
    document = make_card(spec)
    zone = parse(document.mrz)
    opening = MrzKey(zone.document_number, zone.birth_date.raw, zone.expiry_date.raw)
    reading = read_chip(InMemory(document.card), [opening], options=ReadingOptions(terminal_key=key))
    if "EF.DG3" in reading.files:
        assert reading.files["EF.DG3"] == document.files["EF.DG3"]
    return reading


def card(access: Access = Access.PACE_GM, domain: int = 13, proof: Proof = Proof.CA) -> CardSpec:
    return CardSpec(access=(access,), proofs=(proof,), terminal=True, domain=domain)


def key(system: InspectionSystem) -> TerminalKey:
    return TerminalKey(system.certificates, system.sign)


@pytest.mark.parametrize("proof", [Proof.CA, Proof.CA_V2])
@pytest.mark.parametrize("domain", [0, 2, 12, 13])
@pytest.mark.parametrize("access", [Access.BAC, Access.PACE_GM, Access.PACE_IM])
def test_a_known_inspection_system_reads_dg3(access: Access, domain: int, proof: Proof) -> None:
    """After BAC and PACE, over curves and numbers, after either version of chip authentication."""
    reading = read(card(access, domain, proof), key(OURS))
    assert "EF.DG3" in reading.files
    assert str(reading.terminal_authentication.verdict) == "successful"


def test_without_a_key_dg3_is_left_alone() -> None:
    """The rest is read; nothing is told as missing."""
    reading = read(card(), None)
    assert "EF.DG3" not in reading.files
    assert "EF.DG2" in reading.files
    assert reading.terminal_authentication is None


@pytest.mark.parametrize("who", ["forged", "foreign", "wrong key", "no certificates"])
def test_an_unknown_inspection_system_reads_all_but_dg3(who: str) -> None:
    """A chain that the authority did not sign, another country's, another's key: the chip says no, the rest stays."""
    keys = {
        "forged": key(inspection_system("UT", forged=True)),
        "foreign": key(inspection_system("QZ")),
        "wrong key": TerminalKey(OURS.certificates, inspection_system("QZ").sign),
        "no certificates": TerminalKey((), OURS.sign),
    }
    reading = read(card(), keys[who])
    assert "EF.DG3" not in reading.files
    assert "EF.DG2" in reading.files
    assert str(reading.terminal_authentication.verdict) == "failed"
    assert reading.aborted is None


def folder(path, system: InspectionSystem = OURS, *, names=("b.cvcert", "a.cvcert")):
    """The system's certificates, in no order, and its key."""
    for name, data in zip(names, system.certificates, strict=True):
        (path / name).write_bytes(data)
    secret = ec.derive_private_key(system.own.key.secret, ec.BrainpoolP256R1())
    pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (path / "key.pem").write_bytes(secret.private_bytes(*pem))
    return path


def test_a_key_from_a_folder(tmp_path) -> None:
    """Certificates are put in their order whatever their names."""
    loaded = load_terminal_key(folder(tmp_path))
    assert loaded.certificates == OURS.certificates
    assert "EF.DG3" in read(card(), loaded).files


def test_a_folder_that_is_none_is_told(tmp_path) -> None:
    """No folder, no key, no chain, a key of another kind: one sentence each."""
    with pytest.raises(DeviceError, match="cannot be read"):
        load_terminal_key(tmp_path / "gone")
    with pytest.raises(DeviceError, match=r"there is no key\.pem"):
        load_terminal_key(tmp_path)
    folder(tmp_path)
    (tmp_path / "a.cvcert").unlink()
    (tmp_path / "b.cvcert").unlink()
    with pytest.raises(DeviceError, match="no one chain"):
        load_terminal_key(tmp_path)
    folder(tmp_path)
    (tmp_path / "key.pem").write_text("nothing")
    with pytest.raises(DeviceError, match="cannot be used"):
        load_terminal_key(tmp_path)
