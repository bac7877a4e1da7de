"""How the card proves that it is no copy: active and chip authentication, Doc 9303-11, 6.1 and 6.2."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric import rsa

from limen.icao.der import encode, oid
from limen.specimen.chip.agreement import Group, Random, public_key_object
from limen.specimen.chip.channel import Channel
from limen.specimen.chip.signing import EcSigningKey
from limen.specimen.chip.spec import Cipher
from limen.specimen.chip.symmetric import AUTHENTICATION, ENCRYPTION, derive, mac
from limen.specimen.chip.wire import RefusedError, Status

Answering = Callable[[bytes, Random], bytes]
"""Signs a challenge of eight octets."""

_TRAILERS: Final = {
    "sha1": b"\xbc",
    "sha224": b"\x38\xcc",
    "sha256": b"\x34\xcc",
    "sha384": b"\x36\xcc",
    "sha512": b"\x35\xcc",
}
_CHALLENGE: Final = 8
_NONCE: Final = 8


@dataclass(frozen=True, slots=True)
class RsaAnswer:
    """Signs by ISO/IEC 9796-2, scheme 1, with partial recovery of the message (6.1.2.2)."""

    key: rsa.RSAPrivateKey
    hash: str = "sha1"

    def __call__(self, challenge: bytes, random: Random) -> bytes:
        """Return the signature, as long as the modulus."""
        numbers = self.key.private_numbers()
        modulus = numbers.public_numbers.n
        size = (modulus.bit_length() + 7) // 8
        trailer = _TRAILERS[self.hash]
        own = random(size - 1 - hashlib.new(self.hash).digest_size - len(trailer))
        digest = hashlib.new(self.hash, own + challenge).digest()
        message = int.from_bytes(b"\x6a" + own + digest + trailer, "big")
        return pow(message, numbers.d, modulus).to_bytes(size, "big")


@dataclass(frozen=True, slots=True)
class EcAnswer:
    """Signs by ECDSA, r and s side by side (6.1.2.3), or wrongly as a SEQUENCE."""

    key: EcSigningKey
    as_sequence: bool = False

    def __call__(self, challenge: bytes, _random: Random) -> bytes:
        """Return the signature."""
        return self.key.sign(challenge) if self.as_sequence else self.key.sign_plain(challenge)


def signed_challenge(answering: Answering | None, challenge: bytes, random: Random) -> bytes:
    """Return the answer to INTERNAL AUTHENTICATE. Raises `RefusedError`."""
    if answering is None:
        raise RefusedError(Status.UNKNOWN_INS)
    if len(challenge) != _CHALLENGE:
        raise RefusedError(Status.WRONG_LENGTH)
    return answering(challenge, random)


@dataclass(frozen=True, slots=True)
class ChipKey:
    """The static key of chip authentication."""

    group: Group
    secret: int
    cipher: Cipher
    protocol: str
    """Object identifier, dotted."""
    version: int = 1
    number: int | None = None

    def agree(self, public: bytes) -> Channel:
        """Return the channel of version 1 that the terminal's ephemeral key leads to. Raises `RefusedError`."""
        return Channel.of_secret(self.cipher, self._shared(public))

    def agree_second(self, public: bytes, random: Random) -> tuple[bytes, Channel]:
        """Return the answer of version 2, a nonce and a token, and its channel (TR-03110-2, 3.4.2)."""
        nonce = random(_NONCE)
        shared = self._shared(public) + nonce
        code = derive(self.cipher, shared, AUTHENTICATION)
        token = mac(self.cipher, code, public_key_object(self.group, oid(self.protocol), public))
        channel = Channel(self.cipher, derive(self.cipher, shared, ENCRYPTION), code)
        return encode(0x7C, encode(0x81, nonce), encode(0x82, token)), channel

    def compressed(self, public: bytes) -> bytes:
        """Return the terminal's key as terminal authentication signs it (TR-03110-3, A.2.2.3)."""
        return self.group.compressed(public)

    def _shared(self, public: bytes) -> bytes:
        return self.group.secret(self.group.times(self.secret, self.group.decode(public)))
