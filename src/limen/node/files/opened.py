"""A stored file, opened: plain to whoever reads it, without ever lying plain anywhere."""

from __future__ import annotations

import io
from typing import Any, BinaryIO, cast

from limen.node.files.cipher import PIECE, Reader


class PlainFile(io.RawIOBase):
    """Reads an encrypted file as the plain one."""

    def __init__(self, stored: BinaryIO, reader: Reader) -> None:
        self._stored = stored
        self._reader = reader
        self._place = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be read anywhere."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read on, up to the end of a piece."""
        some = self._reader.read(self._place, min(len(buffer), PIECE))
        buffer[: len(some)] = some
        self._place += len(some)
        return len(some)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go elsewhere."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._reader.size}[whence]
        if base + offset < 0:
            raise ValueError("a place before the file's beginning")
        self._place = base + offset
        return self._place

    def tell(self) -> int:
        """Say where it is."""
        return self._place

    def close(self) -> None:
        """Close the stored file too."""
        if not self.closed:
            self._stored.close()
        super().close()


def buffered(file: PlainFile) -> BinaryIO:
    """Read it a piece at a time, whatever little is asked for."""
    return cast(BinaryIO, io.BufferedReader(cast(Any, file), PIECE))
