"""The readers that are compared, one small module each, all behind the same two functions.

Each module has `NAME`, and `load(tessdata)` that gives a `Reader` or raises `NotAvailableError` with the reason.
`tessdata` is a folder with `mrz.traineddata`, or None.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""H x W x 3, RGB."""

READERS = ("limen_reader", "rapid", "passport_eye", "fast_mrz", "tesseract")
"""The modules, in the order of the tables."""


class NotAvailableError(Exception):
    """The reader cannot be used here; the text says why."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The zone's lines as read (none where the reader reports no zone), and its least confidence where it gives one."""

    lines: tuple[str, ...]
    confidence: float | None = None


def _as_is(image: Image) -> Image:
    return image


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader ready for use."""

    title: str
    """With version and models, as it stands in the tables."""
    read: Callable[[Any], Reading]
    """Timed."""
    prepare: Callable[[Image], Any] = _as_is
    """Puts the decoded image into the form that the reader asks for; not timed."""


def load(name: str, tessdata: Path | None) -> Reader:
    """The reader of that module; raises `NotAvailableError`."""
    try:
        module = importlib.import_module(f"bench.peers.{name}")
        reader: Reader = module.load(tessdata)
    except ImportError as error:
        raise NotAvailableError(f"does not import: {error}") from error
    return reader
