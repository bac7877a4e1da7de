"""A folder of files that are replaced whole or not at all, so that whoever reads meanwhile sees no half of one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from limen.reference.errors import StoreError

Stamp = tuple[int, int]
"""Size and time of modification: another one says that the file is another."""


def default_folder() -> Path:
    """Where references are kept if nobody says otherwise: $LIMEN_REFERENCES, else the user's data folder (XDG)."""
    named = os.environ.get("LIMEN_REFERENCES")
    if named:
        return Path(named)
    data = os.environ.get("XDG_DATA_HOME")
    return Path(data or Path.home() / ".local" / "share") / "limen" / "references"


class Folder:
    """The files of one ending in a folder. Names are those of files without it. It need not be there to be read."""

    def __init__(self, path: Path, ending: str) -> None:
        self.path = path
        self._ending = ending

    def names(self) -> Iterator[tuple[str, Stamp]]:
        """Every file with its stamp, by name. Raises StoreError where the folder cannot be read."""
        try:
            with os.scandir(self.path) as found:
                entries = sorted((one for one in found if self._is_one(one)), key=lambda one: one.name)
        except FileNotFoundError:
            return
        except OSError as error:
            raise StoreError(f"The folder {self.path} cannot be read: {error.strerror}.") from error
        for entry in entries:
            with suppress(OSError):  # taken away since
                told = entry.stat()
                yield entry.name.removesuffix(self._ending), (told.st_size, told.st_mtime_ns)

    def _is_one(self, entry: os.DirEntry[str]) -> bool:
        return entry.name.endswith(self._ending) and not entry.name.startswith(".") and entry.is_file()

    def has(self, name: str) -> bool:
        """Whether a file of that name is there."""
        return self._file(name).is_file()

    def stamp(self, name: str) -> Stamp | None:
        """The file's stamp; None where there is none."""
        try:
            told = self._file(name).stat()
        except OSError:
            return None
        return told.st_size, told.st_mtime_ns

    def read(self, name: str, most: int) -> bytes:
        """The file's bytes, at most one more than `most`. Raises StoreError."""
        try:
            with self._file(name).open("rb") as file:
                return file.read(most + 1)
        except OSError as error:
            raise StoreError(f"{self._file(name)} cannot be read: {error.strerror}.") from error

    def write(self, name: str, data: bytes) -> None:
        """Put a file in the place of an earlier one of its name. Raises StoreError."""
        replace_file(self._file(name), data)

    def remove(self, name: str) -> None:
        """Take a file away. Raises StoreError."""
        try:
            self._file(name).unlink()
        except OSError as error:
            raise StoreError(f"{self._file(name)} cannot be removed: {error.strerror}.") from error

    def _file(self, name: str) -> Path:
        return self.path / f"{name}{self._ending}"


def replace_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; its folder is made. Raises StoreError."""
    part: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A name of its own, lest two that write at once write into one file.
        handle, part = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(part, 0o644)  # noqa: PTH101
        os.replace(part, path)  # noqa: PTH105
        part = None
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        if part is not None:
            with suppress(OSError):
                os.unlink(part)  # noqa: PTH108
