"""Reading the emulated card: every protocol, every habit, and what a card can do wrong."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from limen.icao.chip import (
    AccessDenied,
    AnswerError,
    CanKey,
    CardRemoved,
    CardTimeout,
    ChipReading,
    MrzKey,
    NotSupportedError,
    ProofVerdict,
    ReadingOptions,
    SecureMessagingError,
    read_chip,
)
from limen.specimen.chip import Access, CardSpec, Cipher, Defect, IssuedDocument, Proof, Quirk

from .scripted import Emulated, can_key, document, mrz_key

SMALL = 3000
UNREAD = {"EF.DIR", "EF.CardSecurity"}
WRONG = MrzKey("X00000000", "700101", "300101")


def read(made: IssuedDocument, *keys: MrzKey | CanKey, options: ReadingOptions | None = None) -> ChipReading:
    """Read a document with its printed zone, or with these keys."""
    return read_chip(Emulated(made), keys or (mrz_key(made),), options=options)


def assert_whole(made: IssuedDocument, reading: ChipReading) -> None:
    """Everything that lies on the chip was read, octet for octet."""
    assert reading.failure is None
    wanted = {name: data for name, data in made.files.items() if name not in UNREAD}
    assert wanted == {name: data for name, data in reading.files.items() if name not in UNREAD}


@pytest.mark.parametrize("domain", [0, 1, 2, *range(8, 19)])
def test_pace_over_every_standardized_group(domain: int) -> None:
    """Generic mapping, then chip authentication in the same group, through whose channel a read works."""
    made = document(CardSpec(access=(Access.PACE_GM,), domain=domain, proofs=(Proof.CA,), portrait_octets=SMALL))
    reading = read(made)
    assert_whole(made, reading)
    assert reading.chip_authentication is not None
    assert reading.chip_authentication.verdict is ProofVerdict.SUCCESSFUL


@pytest.mark.parametrize("access", [Access.PACE_GM, Access.PACE_IM])
@pytest.mark.parametrize("cipher", list(Cipher))
def test_every_cipher(access: Access, cipher: Cipher) -> None:
    """Keys of every size, with the MRZ and with the CAN."""
    made = document(CardSpec(access=(access,), cipher=cipher, proofs=(Proof.CA,), portrait_octets=SMALL))
    for key in (mrz_key(made), can_key(made)):
        reading = read(made, key)
        assert_whole(made, reading)
        assert reading.access is not None
        assert reading.access.endswith(key.name)
        assert reading.chip_authentication is not None
        assert reading.chip_authentication.verdict is ProofVerdict.SUCCESSFUL


@pytest.mark.parametrize("access", [Access.PLAIN, Access.BAC])
def test_chips_without_pace(access: Access) -> None:
    """A chip that anybody may read, and one with BAC."""
    made = document(CardSpec(access=(access,), portrait_octets=SMALL))
    reading = read(made)
    assert_whole(made, reading)
    assert reading.access == {Access.PLAIN: "no access control", Access.BAC: "BAC with the MRZ"}[access]


@pytest.mark.parametrize("defects", [(), (Defect.CLONED_CA,)])
def test_pace_cam_tells_a_clone(defects: tuple[Defect, ...]) -> None:
    """The chip's key of EF.CardSecurity is there, or it is not; all files are read either way."""
    made = document(CardSpec(access=(Access.PACE_CAM,), proofs=(Proof.CA,), defects=defects, portrait_octets=SMALL))
    reading = read(made)
    assert_whole(made, reading)
    expected = ProofVerdict.FAILED if defects else ProofVerdict.SUCCESSFUL
    assert reading.pace_cam is not None
    assert reading.chip_authentication is not None
    assert (reading.pace_cam.verdict, reading.chip_authentication.verdict) == (expected, expected)


@pytest.mark.parametrize("proof", [Proof.AA_RSA, Proof.AA_ECDSA])
@pytest.mark.parametrize("defects", [(), (Defect.CLONED_AA,)])
def test_active_authentication_tells_a_clone(proof: Proof, defects: tuple[Defect, ...]) -> None:
    """The signature is the key's of DG15, or it is not."""
    reading = read(document(CardSpec(proofs=(proof,), defects=defects, portrait_octets=SMALL)))
    assert reading.active_authentication is not None
    assert reading.active_authentication.verdict == (ProofVerdict.FAILED if defects else ProofVerdict.SUCCESSFUL)


@pytest.mark.parametrize(
    "quirk",
    [
        Quirk.NO_MASTER_FILE,
        Quirk.LIMITED_LE,
        Quirk.NO_EXTENDED,
        Quirk.EXACT_LE,
        Quirk.DER_SIGNATURE,
        Quirk.NO_SHORT_IDENTIFIERS,
    ],
)
def test_habits_of_the_field(quirk: Quirk) -> None:
    """None of them keeps a file from being read, nor a proof from being played."""
    made = document(CardSpec(quirks=(quirk,), proofs=(Proof.AA_ECDSA,), portrait_octets=SMALL))
    reading = read(made)
    assert_whole(made, reading)
    assert reading.active_authentication is not None
    assert reading.active_authentication.verdict is ProofVerdict.SUCCESSFUL


def test_a_long_file() -> None:
    """Beyond 32767 octets READ BINARY has an odd instruction, with extended length and without."""
    made = document(CardSpec(portrait_octets=40_000))
    assert_whole(made, read(made))
    assert_whole(made, read(made, options=ReadingOptions(extended=False)))


@pytest.mark.parametrize("access", [Access.BAC, Access.PACE_GM, Access.PACE_IM])
def test_a_wrong_key_is_told_apart(access: Access) -> None:
    """It is `AccessDenied`, and the next key is tried."""
    made = document(CardSpec(access=(access,), portrait_octets=SMALL))
    assert isinstance(read(made, WRONG).failure, AccessDenied)
    assert_whole(made, read(made, WRONG, mrz_key(made)))


def test_no_fall_back_to_bac_after_pace() -> None:
    """A key that PACE refuses is never shown to BAC, unless that is allowed."""
    made = document(CardSpec(access=(Access.PACE_GM, Access.BAC), portrait_octets=SMALL))
    assert "BAC" not in {exchange.step for exchange in read(made, WRONG).trace}
    allowed = read(made, WRONG, options=ReadingOptions(allow_bac_after_pace=True))
    assert "BAC" in {exchange.step for exchange in allowed.trace}


def test_the_can_does_not_open_bac() -> None:
    """That is said, and is not called a wrong key."""
    made = document(CardSpec(access=(Access.BAC,), portrait_octets=SMALL))
    assert isinstance(read(made, can_key(made)).failure, NotSupportedError)


@pytest.mark.parametrize("error", [CardRemoved, CardTimeout])
@pytest.mark.parametrize("moment", [0, 5, 12, 20])
def test_a_card_that_goes_away(error: type[Exception], moment: int) -> None:
    """The reading ends with that error, and has what was got until then."""

    def gone(count: int, answer: bytes) -> bytes:
        if count >= moment:
            raise error("gone")
        return answer

    made = document(CardSpec(portrait_octets=SMALL))
    reading = read_chip(Emulated(made, gone), [mrz_key(made)])
    assert type(reading.failure) is error
    assert len(reading.trace) == moment


@pytest.mark.parametrize("changed", ["9000", "6282", "6A82"])
def test_a_status_word_changed_on_the_way(changed: str) -> None:
    """The protected status word counts: any other beside it ends the reading."""
    word = bytes.fromhex(changed)

    def spoil(count: int, answer: bytes) -> bytes:
        other = answer[-2:] != word and len(answer) > 2 and count > 14
        return answer[:-2] + word if other else answer

    made = document(CardSpec(portrait_octets=SMALL))
    assert isinstance(read_chip(Emulated(made, spoil), [mrz_key(made)]).failure, SecureMessagingError)


def test_a_chip_that_does_not_know_the_key() -> None:
    """A token of the chip's that is wrong is no wrong key of ours."""

    def spoil(_count: int, answer: bytes) -> bytes:
        return answer[:4] + bytes(8) + answer[12:] if answer[:4].hex() == "7c0a8608" else answer

    made = document(CardSpec(access=(Access.PACE_GM,), portrait_octets=SMALL))
    assert isinstance(read_chip(Emulated(made, spoil), [mrz_key(made)]).failure, AnswerError)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_answer_raises(data: st.DataObject) -> None:
    """Whatever a card answers, the reading returns."""
    made = document(
        CardSpec(access=(Access.PACE_CAM, Access.BAC), proofs=(Proof.CA, Proof.AA_RSA), portrait_octets=500)
    )
    moment = data.draw(st.integers(0, 34))
    junk = data.draw(st.binary(max_size=40))
    at = data.draw(st.integers(0, 60))

    def spoil(count: int, answer: bytes) -> bytes:
        if count != moment:
            return answer
        return answer[:at] + junk + answer[at + len(junk) :]

    reading = read_chip(Emulated(made, spoil), [mrz_key(made)])
    assert len(reading.trace) <= 400
