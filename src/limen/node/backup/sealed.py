"""A backup under a passphrase: the file encryption of `limen.node.files.cipher`, its key from scrypt (RFC 7914).

    header   8 bytes "LIMENB1\\n", 16 bytes salt; then a file as `limen.node.files.cipher` has it

scrypt with N = 2^17, r = 8, p = 1: 128 MiB and some tenths of a second for each guess.
"""

from __future__ import annotations

import io
import secrets
from typing import BinaryIO

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from limen.node.errors import BackupError, FilesError
from limen.node.files.cipher import Reader, Sealer
from limen.node.files.opened import PlainFile, buffered

MAGIC = b"LIMENB1\n"
_SALT = 16
_NAME = b"backup\0\0"


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**17, r=8, p=1).derive(passphrase.encode())


class SealedWriter(io.RawIOBase):
    """Takes a plain stream and writes the encrypted one; `close` writes its end, without which it does not open."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        salt = secrets.token_bytes(_SALT)
        self._target = target
        self._sealer = Sealer(_NAME, _key(passphrase, salt))
        target.write(MAGIC + salt + self._sealer.header)

    def writable(self) -> bool:
        """It can be written."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take a part."""
        self._target.write(self._sealer.update(bytes(data)))
        return len(data)

    def close(self) -> None:
        """Write the end."""
        if not self.closed:
            self._target.write(self._sealer.finish())
        super().close()


class _Rest(io.RawIOBase):
    """A file without its first bytes."""

    def __init__(self, file: BinaryIO, skipped: int) -> None:
        self._file, self._skipped = file, skipped

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset + self._skipped) - self._skipped

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size)


def is_sealed(file: BinaryIO) -> bool:
    """Whether a backup needs a passphrase."""
    file.seek(0)
    sealed = file.read(len(MAGIC)) == MAGIC
    file.seek(0)
    return sealed


def unseal(file: BinaryIO, size: int, passphrase: str) -> BinaryIO:
    """Open a backup with its passphrase."""
    file.seek(0)
    head = file.read(len(MAGIC) + _SALT)
    key = _key(passphrase, head[len(MAGIC) :])
    rest: BinaryIO = _Rest(file, len(head))  # type: ignore[assignment]
    rest.seek(0)
    try:
        reader = Reader(rest, size - len(head), lambda _: key)
    except FilesError:
        raise BackupError("The passphrase is wrong, or the backup was changed or cut.") from None
    return buffered(PlainFile(rest, reader))
