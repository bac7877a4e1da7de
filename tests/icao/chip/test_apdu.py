"""Commands in their four forms, answers, and files' sizes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.icao.chip import AnswerError, Command, Response, SecureChannel, SecureMessagingError
from limen.icao.chip.files import extended_room
from limen.icao.lds.security_infos import Cipher


@pytest.mark.parametrize(
    ("command", "extended", "octets"),
    [
        (Command(0, 0x84, 0, 0), False, "00840000"),
        (Command(0, 0x84, 0, 0, b"", 8), False, "0084000008"),
        (Command(0, 0xB0, 0, 0, b"", 256), False, "00b0000000"),
        (Command(0, 0xB0, 0, 0, b"", 257), False, "00b00000000101"),
        (Command(0, 0xB0, 0, 0, b"", 65536), False, "00b00000000000"),
        (Command(0, 0xA4, 2, 12, b"\x01\x1e"), False, "00a4020c02011e"),
        (Command(0, 0xA4, 2, 12, b"\x01\x1e"), True, "00a4020c000002011e"),
        (Command(0, 0x88, 0, 0, b"\x01", 256), True, "008800000000010101" + "00"),
    ],
)
def test_the_forms_of_a_command(command: Command, extended: bool, octets: str) -> None:
    """ISO/IEC 7816-4 section 5.1: cases 1 to 4, short and extended."""
    assert command.encode(extended).hex() == octets


def test_an_answer_without_status_word() -> None:
    """Less than two octets are no answer."""
    for raw in (b"", b"\x90"):
        with pytest.raises(AnswerError):
            Response.parse(raw)


def test_what_no_form_has_room_for() -> None:
    """It is refused before it is sent."""
    for command in (Command(0, 0, 0, 0, bytes(65536)), Command(0, 0, 0, 0, b"", 0)):
        with pytest.raises(ValueError, match="no form"):
            command.encode()


def test_the_room_of_ef_atr_info() -> None:
    """The second number of 7F66 counts; what is short, odd or away offers no extended length."""
    assert extended_room(bytes.fromhex("7f6608020203e802020400")) == 1024
    for other in ("", "7f66", "7f6600", "7f6604020203e8", "7f66080202010002020100", "430100"):
        assert extended_room(bytes.fromhex(other)) is None


@given(st.binary(max_size=60), st.sampled_from(list(Cipher)), st.sampled_from([0x9000, 0x6282, 0x6988]))
def test_no_unprotected_answer_passes(data: bytes, cipher: Cipher, status: int) -> None:
    """Any answer without the right code ends the channel, and then no command goes out."""
    channel = SecureChannel.of_secret(cipher, b"secret")
    channel.protect(Command(0, 0xB0, 0, 0, b"", 4))
    with pytest.raises(SecureMessagingError):
        channel.open(Response(data, status))
    with pytest.raises(SecureMessagingError):
        channel.protect(Command(0, 0xB0, 0, 0, b"", 4))
