"""PACE on the card's side: Doc 9303-11, 4.4."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from limen.icao.der import encode, oid
from limen.specimen.chip.agreement import Group, Random, draw, public_key_object
from limen.specimen.chip.channel import Channel
from limen.specimen.chip.mapping import mapped_generator, nonce_size
from limen.specimen.chip.spec import Access, Cipher
from limen.specimen.chip.symmetric import (
    AUTHENTICATION,
    ENCRYPTION,
    PASSWORD,
    derive,
    encrypt,
    mac,
    pad,
)
from limen.specimen.chip.wire import RefusedError, Status, dynamic, objects

_BASE: Final = "0.4.0.127.0.7.2.2.4"
_BRANCHES: Final = {
    ("DH", Access.PACE_GM): 1,
    ("ECDH", Access.PACE_GM): 2,
    ("DH", Access.PACE_IM): 3,
    ("ECDH", Access.PACE_IM): 4,
    ("ECDH", Access.PACE_CAM): 6,
}
CIPHER_NUMBERS: Final = {Cipher.TDES: 1, Cipher.AES_128: 2, Cipher.AES_192: 3, Cipher.AES_256: 4}
"""The last arc of the identifiers of PACE and of chip authentication."""


@dataclass(frozen=True, slots=True)
class PaceProfile:
    """One way of PACE that the card offers."""

    mapping: Access
    group: Group
    domain: int
    cipher: Cipher

    @property
    def protocol(self) -> str:
        """Object identifier, dotted."""
        branch = _BRANCHES[self.group.family, self.mapping]
        return f"{_BASE}.{branch}.{CIPHER_NUMBERS[self.cipher]}"


class Pace:
    """One run of the protocol; any error ends it."""

    def __init__(self, profile: PaceProfile, password: bytes, random: Random, own: int | None) -> None:
        """`password` is the octets of the CAN, or the hash of the MRZ; `own` the key for PACE-CAM."""
        self._profile = profile
        self._random = random
        self._own = own
        self._key = derive(profile.cipher, password, PASSWORD)
        self._nonce = random(nonce_size(profile.cipher))
        self._generator: Any = None
        self._mapping_secret = 0
        self._channel: Channel | None = None
        self._tokens = (b"", b"")
        self._session = b""
        self.compressed = b""
        """The card's ephemeral key, as terminal authentication names the card by it."""
        self._next: Callable[[bytes], bytes] = self._send_nonce

    @property
    def channel(self) -> Channel | None:
        """Secure messaging, once the terminal has proved that it knows the password."""
        return self._channel

    def step(self, data: bytes) -> bytes:
        """Return the answer to one GENERAL AUTHENTICATE. Raises `RefusedError`."""
        outer = objects(data)
        if list(outer) != [0x7C]:
            raise RefusedError(Status.WRONG_DATA)
        return self._next(outer[0x7C])

    def _send_nonce(self, inner: bytes) -> bytes:
        if inner:
            raise RefusedError(Status.WRONG_DATA)
        self._next = self._map
        return dynamic(0x80, encrypt(self._profile.cipher, self._key, self._nonce))

    def _map(self, inner: bytes) -> bytes:
        group, other = self._profile.group, _only(inner, 0x81)
        self._next = self._agree
        if self._profile.mapping is Access.PACE_IM:
            if len(other) < len(self._key):
                raise RefusedError(Status.WRONG_DATA)
            self._generator = mapped_generator(group, self._profile.cipher, self._nonce, other)
            return dynamic(0x82, b"")
        self._mapping_secret = draw(group, self._random)
        shared = group.times(self._mapping_secret, group.decode(other))
        nonce = int.from_bytes(self._nonce, "big")
        self._generator = group.plus(group.times(nonce, group.generator), shared)
        return dynamic(0x82, group.encode(group.times(self._mapping_secret, group.generator)))

    def _agree(self, inner: bytes) -> bytes:
        group, cipher = self._profile.group, self._profile.cipher
        other = _only(inner, 0x83)
        secret = draw(group, self._random)
        public = group.encode(group.times(secret, self._generator))
        if other == public:
            raise RefusedError(Status.WRONG_DATA)
        shared = group.secret(group.times(secret, group.decode(other)))
        code = derive(cipher, shared, AUTHENTICATION)
        protocol = oid(self._profile.protocol)
        self._tokens = (
            mac(cipher, code, public_key_object(group, protocol, public)),
            mac(cipher, code, public_key_object(group, protocol, other)),
        )
        self._session = shared
        self.compressed = group.compressed(public)
        self._next = self._confirm
        return dynamic(0x84, public)

    def _confirm(self, inner: bytes) -> bytes:
        self._next = _finished
        theirs, ours = self._tokens
        if not hmac.compare_digest(_only(inner, 0x85), theirs):
            raise RefusedError(Status.FAILED)
        self._channel = Channel.of_secret(self._profile.cipher, self._session)
        proof = encode(0x8A, self._chip_proof()) if self._profile.mapping is Access.PACE_CAM else b""
        return encode(0x7C, encode(0x86, ours), proof)

    def _chip_proof(self) -> bytes:
        """The encrypted chip authentication data (4.4.3.5)."""
        group, cipher = self._profile.group, self._profile.cipher
        order = group.order
        ratio = pow(self._own or 1, -1, order) * self._mapping_secret % order
        key = derive(cipher, self._session, ENCRYPTION)
        vector = encrypt(cipher, key, b"\xff" * 16)
        return encrypt(cipher, key, pad(ratio.to_bytes((order.bit_length() + 7) // 8, "big"), 16), vector)


def _finished(_inner: bytes) -> bytes:
    raise RefusedError(Status.CONDITIONS)


def _only(inner: bytes, tag: int) -> bytes:
    parts = objects(inner)
    if list(parts) != [tag]:
        raise RefusedError(Status.WRONG_DATA)
    return parts[tag]
