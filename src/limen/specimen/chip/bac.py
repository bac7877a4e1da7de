"""Basic Access Control on the card's side: Doc 9303-11, 4.3."""

from __future__ import annotations

import hashlib
import hmac

from limen.specimen.chip.agreement import Random
from limen.specimen.chip.channel import Channel
from limen.specimen.chip.spec import Cipher
from limen.specimen.chip.symmetric import AUTHENTICATION, ENCRYPTION, decrypt, derive, encrypt, mac
from limen.specimen.chip.wire import RefusedError, Status

_LENGTH = 40


def mrz_information(lines: tuple[str, ...]) -> bytes:
    """Return number, birth and expiry with their check digits, as the printed zone has them (4.3.2 and appendix D).

    A number of more than nine characters is taken whole, without its filler.
    """
    if len(lines) == 3:
        head, optional = lines[0][5:15], lines[0][15:30]
        dates = lines[1][:7] + lines[1][8:15]
    else:
        head, optional = lines[1][:10], lines[1][28:35]
        dates = lines[1][13:20] + lines[1][21:28]
    if head[-1] == "<" and len(lines[0]) < 44:
        head = head[:9] + optional.split("<")[0]
    return (head + dates).encode("ascii")


def mrz_secret(lines: tuple[str, ...]) -> bytes:
    """Return the hash of the MRZ information, 20 octets: the password of PACE, and 16 of it the seed of BAC."""
    return hashlib.sha1(mrz_information(lines), usedforsecurity=False).digest()


def authenticate(secret: bytes, challenge: bytes, data: bytes, random: Random) -> tuple[bytes, Channel]:
    """Return the answer to EXTERNAL AUTHENTICATE and the channel. Raises `RefusedError`."""
    if len(data) != _LENGTH:
        raise RefusedError(Status.WRONG_LENGTH)
    seed = secret[:16]
    encryption, code = derive(Cipher.TDES, seed, ENCRYPTION), derive(Cipher.TDES, seed, AUTHENTICATION)
    if not hmac.compare_digest(mac(Cipher.TDES, code, data[:32]), data[32:]):
        raise RefusedError(Status.FAILED)
    plain = decrypt(Cipher.TDES, encryption, data[:32])
    theirs, echoed, their_key = plain[:8], plain[8:16], plain[16:]
    if echoed != challenge:
        raise RefusedError(Status.FAILED)
    own_key = random(16)
    answer = encrypt(Cipher.TDES, encryption, challenge + theirs + own_key)
    shared = bytes(a ^ b for a, b in zip(their_key, own_key, strict=True))
    counter = int.from_bytes(challenge[4:] + theirs[4:], "big")
    channel = Channel(
        Cipher.TDES, derive(Cipher.TDES, shared, ENCRYPTION), derive(Cipher.TDES, shared, AUTHENTICATION), counter
    )
    return answer + mac(Cipher.TDES, code, answer), channel
