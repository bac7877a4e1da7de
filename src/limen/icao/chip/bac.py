"""Basic Access Control: Doc 9303-11 (8th edition) section 4.3."""

from __future__ import annotations

import hmac
from collections.abc import Callable

from limen.icao.chip.apdu import Command, StatusWord
from limen.icao.chip.errors import AccessDenied, AnswerError, CardError
from limen.icao.chip.keys import MrzKey
from limen.icao.chip.link import Link
from limen.icao.chip.secure_messaging import SecureChannel
from limen.icao.chip.symmetric import AUTHENTICATION, ENCRYPTION, decrypt, derive_key, encrypt, mac
from limen.icao.lds.security_infos import Cipher

Random = Callable[[int], bytes]

_ANSWER = 40
_WRONG_KEY = frozenset(
    {
        StatusWord.FAILED,
        StatusWord.SECURITY_NOT_SATISFIED,
        StatusWord.CONDITIONS_NOT_SATISFIED,
        StatusWord.BLOCKED,
        StatusWord.SM_INCORRECT,
        StatusWord.WRONG_DATA,
    }
)


def says_wrong_key(status: int) -> bool:
    """Say whether a status word, given to an authentication, means that the key is wrong."""
    return status in _WRONG_KEY or status >> 8 == 0x63


def basic_access_control(link: Link, key: MrzKey, random: Random) -> None:
    """Open the protected channel of `link` with the printed zone. Raises `AccessDenied` and other `ChipError`s."""
    link.step = "BAC"
    link.channel = None
    challenge = link.ask(Command(0, 0x84, 0, 0, b"", 8), "The chip gives no challenge for BAC")
    if len(challenge) != 8:
        raise AnswerError("The chip's challenge for BAC is not of 8 octets.")
    encryption = derive_key(Cipher.DES3, key.seed[:16], ENCRYPTION)
    authentication = derive_key(Cipher.DES3, key.seed[:16], AUTHENTICATION)
    own, own_key = random(8), random(16)
    token = encrypt(Cipher.DES3, encryption, own + challenge + own_key)
    token += mac(Cipher.DES3, authentication, token)
    answer = link.send(Command(0, 0x82, 0, 0, token, _ANSWER))
    if says_wrong_key(answer.sw):
        raise AccessDenied("The chip does not accept the MRZ as its key", answer.sw)
    if not answer.ok:
        raise CardError("The chip breaks BAC off", answer.sw)
    code = mac(Cipher.DES3, authentication, answer.data[:32])
    if len(answer.data) != _ANSWER or not hmac.compare_digest(code, answer.data[32:]):
        raise AnswerError("The chip does not show that it knows the key of BAC.")
    plain = decrypt(Cipher.DES3, encryption, answer.data[:32])
    if plain[:16] != challenge + own:
        raise AnswerError("The chip does not show that it knows the key of BAC.")
    shared = bytes(a ^ b for a, b in zip(own_key, plain[16:], strict=True))
    counter = int.from_bytes(challenge[4:] + own[4:], "big")
    link.channel = SecureChannel.of_secret(Cipher.DES3, shared, counter)
