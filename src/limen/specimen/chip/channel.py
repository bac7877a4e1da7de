"""Secure messaging as the card does it: Doc 9303-11, 9.8."""

from __future__ import annotations

import hmac

from limen.icao.der import encode
from limen.specimen.chip.spec import Cipher
from limen.specimen.chip.symmetric import (
    AUTHENTICATION,
    ENCRYPTION,
    block_size,
    decrypt,
    derive,
    encrypt,
    mac,
    pad,
    unpad,
)
from limen.specimen.chip.wire import RefusedError, Request, Status, objects, status

_OVERHEAD = 4 + 10
"""Octets that stand beside the cryptogram in an answer: status and MAC objects."""


class Channel:
    """Session keys and a counter. Any error ends it, as the standard wants."""

    def __init__(self, cipher: Cipher, encryption: bytes, authentication: bytes, counter: int = 0) -> None:
        self.cipher = cipher
        self._encryption = encryption
        self._authentication = authentication
        self._counter = counter

    @classmethod
    def of_secret(cls, cipher: Cipher, secret: bytes) -> Channel:
        """The channel whose keys come of a shared secret, its counter at zero."""
        return cls(cipher, derive(cipher, secret, ENCRYPTION), derive(cipher, secret, AUTHENTICATION))

    def open(self, request: Request) -> Request:
        """Return the command inside a protected one. Raises `RefusedError`."""
        self._counter += 1
        parts = objects(request.data)
        if not parts.keys() <= {0x85, 0x87, 0x97, 0x8E}:
            raise RefusedError(Status.SM_WRONG)
        if 0x8E not in parts:
            raise RefusedError(Status.SM_MISSING)
        if not hmac.compare_digest(self._mac(self._authenticated(request)), parts[0x8E]):
            raise RefusedError(Status.SM_WRONG)
        return request.opened(self._plain(parts), _expected(parts.get(0x97)))

    def close(self, data: bytes, word: int, *, odd: bool, bare: bool = False) -> bytes:
        """Return an answer under protection; `odd` where it answers a command with an odd instruction.

        With `bare` the status word outside is 9000 whatever the one inside.
        """
        self._counter += 1
        body = b""
        if data:
            cryptogram = self._encrypt(pad(data, self._block))
            body = encode(0x85, cryptogram) if odd else encode(0x87, b"\x01", cryptogram)
        body += encode(0x99, status(word))
        return body + encode(0x8E, self._mac(body)) + status(Status.OK if bare else word)

    def most(self, room: int) -> int:
        """Return how many octets of plain data fit into an answer of `room` octets."""
        inner = room - _OVERHEAD - (5 if room > 0xFF + _OVERHEAD else 4)
        return max(inner // self._block * self._block - 1, 1)

    def _authenticated(self, request: Request) -> bytes:
        """What the MAC, which must come last, is over."""
        if request.data[-10:-8] != b"\x8e\x08":
            raise RefusedError(Status.SM_WRONG)
        return pad(bytes([request.cla, request.ins, request.p1, request.p2]), self._block) + request.data[:-10]

    def _plain(self, parts: dict[int, bytes]) -> bytes:
        cryptogram = parts.get(0x85, parts.get(0x87))
        if cryptogram is None:
            return b""
        if 0x87 in parts:
            if cryptogram[:1] != b"\x01":
                raise RefusedError(Status.SM_WRONG)
            cryptogram = cryptogram[1:]
        if not cryptogram or len(cryptogram) % self._block:
            raise RefusedError(Status.SM_WRONG)
        try:
            return unpad(decrypt(self.cipher, self._encryption, cryptogram, self._vector()))
        except ValueError:
            raise RefusedError(Status.SM_WRONG) from None

    @property
    def _block(self) -> int:
        return block_size(self.cipher)

    def _count(self) -> bytes:
        return (self._counter % (1 << 8 * self._block)).to_bytes(self._block, "big")

    def _vector(self) -> bytes:
        return bytes(8) if self.cipher is Cipher.TDES else encrypt(self.cipher, self._encryption, self._count())

    def _encrypt(self, data: bytes) -> bytes:
        return encrypt(self.cipher, self._encryption, data, self._vector())

    def _mac(self, data: bytes) -> bytes:
        text = self._count() + data
        return mac(self.cipher, self._authentication, text if self.cipher is Cipher.TDES else pad(text, 16))


def _expected(value: bytes | None) -> int | None:
    if value is None:
        return None
    if len(value) not in (1, 2):
        raise RefusedError(Status.SM_WRONG)
    return int.from_bytes(value, "big") or (256 if len(value) == 1 else 65536)
