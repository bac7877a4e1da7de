"""Shared helpers of the device tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from limen.devices import Frame, InputError, read_files


@pytest.fixture
def one(tmp_path: Path) -> Callable[[bytes, str], Frame | InputError]:
    """Write the bytes to a file and return the only thing that reading it yields."""

    def read(data: bytes, name: str) -> Frame | InputError:
        path = tmp_path / name
        path.write_bytes(data)
        (item,) = read_files([path])
        return item

    return read
