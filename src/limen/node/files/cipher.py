"""Encryption of files at rest, in pieces, so that memory does not grow with a file and nothing is believed unread.

After the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár (2015), with AES-256-GCM:

    header   8 bytes "LIMENF1\\n", 8 bytes identifier of the node's key, 32 bytes salt
    piece    up to 64 KiB of the file, encrypted, and 16 bytes tag; all but the last are full

The key of one file is HKDF-SHA256 of the node's key with the file's salt, its info the header's first 16 bytes. A
piece's nonce is 7 zero bytes, its number in 4 bytes, and 1 for the last piece or 0. So a piece that was changed, moved,
left out, added, or taken from another file or another version is found, and so is a file that was cut.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from limen.node.errors import FilesError

MAGIC = b"LIMENF1\n"
PIECE = 64 * 1024
TAG = 16
HEADER = len(MAGIC) + 8 + 32
_MOST = 1 << 32


class Sealer:
    """Encrypts a file that comes in parts of any size."""

    def __init__(self, identifier: bytes, key: bytes) -> None:
        salt = secrets.token_bytes(32)
        self.header = MAGIC + identifier + salt
        self._cipher = _cipher(identifier, key, salt)
        self._number = 0
        self._kept = bytearray()

    def update(self, some: bytes) -> bytes:
        """Take a part; give the pieces that became full. One piece is always kept: it may be the last."""
        self._kept += some
        sealed = bytearray()
        while len(self._kept) > PIECE:
            sealed += self._seal(bytes(self._kept[:PIECE]), last=False)
            del self._kept[:PIECE]
        return bytes(sealed)

    def finish(self) -> bytes:
        """Give the last piece."""
        return self._seal(bytes(self._kept), last=True)

    def _seal(self, piece: bytes, *, last: bool) -> bytes:
        sealed = self._cipher.encrypt(_nonce(self._number, last=last), piece, None)
        self._number += 1
        return sealed


def encrypt(source: Iterable[bytes], identifier: bytes, key: bytes) -> Iterator[bytes]:
    """Give the encrypted file, part by part, of a plain one that comes in parts."""
    sealer = Sealer(identifier, key)
    yield sealer.header
    for some in source:
        yield sealer.update(some)
    yield sealer.finish()


def _cipher(identifier: bytes, key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, MAGIC + identifier).derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    if number >= _MOST:
        raise FilesError("The file is too large to be stored.")
    return bytes(7) + number.to_bytes(4, "big") + bytes([last])


def plain_size(stored: int) -> int:
    """Give the size of the file that is stored in so many bytes."""
    body = max(stored - HEADER, TAG)
    return body - TAG * -(-body // (PIECE + TAG))


class Reader:
    """An encrypted file as a plain one that can be read anywhere; what does not hold raises `FilesError`."""

    def __init__(self, stored: BinaryIO, size: int, key_of: Callable[[bytes], bytes]) -> None:
        header = _exactly(stored, HEADER)
        if len(header) < HEADER or not header.startswith(MAGIC):
            raise FilesError("A stored file is not one that this node encrypted.")
        identifier, salt = header[len(MAGIC) : len(MAGIC) + 8], header[len(MAGIC) + 8 :]
        self._stored = stored
        self._cipher = _cipher(identifier, key_of(identifier), salt)
        self._pieces = max(1, -(-(size - HEADER) // (PIECE + TAG)))
        self._at: tuple[int, bytes] | None = None
        self.size = plain_size(size)
        # The last piece says that it is the last: read first, it vouches for the size before anything else is read.
        self.piece(self._pieces - 1)

    def piece(self, number: int) -> bytes:
        """Read one piece. The one that was read last is kept."""
        if self._at is None or self._at[0] != number:
            self._stored.seek(HEADER + number * (PIECE + TAG))
            sealed = _exactly(self._stored, PIECE + TAG)
            try:
                plain = self._cipher.decrypt(_nonce(number, last=number == self._pieces - 1), sealed, None)
            except InvalidTag:
                raise FilesError("A stored file was changed or cut since this node wrote it.") from None
            self._at = number, plain
        return self._at[1]

    def read(self, start: int, most: int) -> bytes:
        """Read up to so many bytes from a place on, within one piece; nothing at the end."""
        if start >= self.size:
            return b""
        number, offset = divmod(start, PIECE)
        return self.piece(number)[offset : offset + most]


def _exactly(source: BinaryIO, size: int) -> bytes:
    """Read so many bytes, or all that are left: one call to a network's file may give less."""
    parts = bytearray()
    while len(parts) < size and (some := source.read(size - len(parts))):
        parts += some
    return bytes(parts)
