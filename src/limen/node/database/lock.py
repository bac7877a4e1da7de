"""One node a folder: who works on it holds a lock that the kernel lets go of, however the process ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from limen.node.errors import HomeError
from limen.node.home import Home


class InUseError(HomeError):
    """Another process works on this folder."""

    def __init__(self, home: Home, holder: str) -> None:
        super().__init__(
            f"The folder {home.path} is in use by another node ({holder}): stop it, or choose another folder."
        )


@contextmanager
def locked(home: Home, purpose: str) -> Iterator[None]:
    """Hold the folder until the block ends, or raise `InUseError`. Children do not inherit it."""
    place = home.path / "lock"
    descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(descriptor, place, home)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{purpose}, process {os.getpid()}".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, place: Path, home: Home) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InUseError(home, place.read_text().strip() or "its process is just starting") from None
    except OSError as error:
        raise HomeError(f"The folder {home.path} cannot be locked: {error.strerror}.") from error
