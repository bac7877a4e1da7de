"""Saved copies of chips among the inputs of `limen verify`: told from images, read, and judged."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from limen.devices import InputError, Listing, Source, list_sources
from limen.devices.dump import MAX_ENTRIES, file_name, read_dump
from limen.devices.kinds import is_image_name

if TYPE_CHECKING:
    from limen.cli.examine import Examined
    from limen.inspection import ChipEvidence, Inspection

_TELLING = frozenset({"EF.COM", "EF.SOD", "EF.DG1"})


@dataclass(frozen=True, slots=True)
class Copy:
    """A folder or zip file of the files of one chip."""

    path: str


def is_copy(path: str) -> bool:
    """Whether this is a zip file, or a folder in which EF.COM, EF.SOD or DG1 lies."""
    try:
        if Path(path).is_dir():
            names = itertools.islice((name for _, _, files in os.walk(path) for name in files), MAX_ENTRIES)
            return any(file_name(name) in _TELLING and not is_image_name(name) for name in names)
        if not Path(path).is_file():
            return False
        with Path(path).open("rb") as stream:
            return stream.read(2) == b"PK"
    except (OSError, ValueError):
        return False


def list_inputs(arguments: Sequence[str]) -> tuple[tuple[Copy | Source | InputError, ...], int]:
    """Return the inputs in the order given, and how many files of folders are neither."""
    items: list[Copy | Source | InputError] = []
    skipped = 0
    for copies, group in itertools.groupby(arguments, is_copy):
        if copies:
            items.extend(map(Copy, group))
        else:
            listing: Listing = list_sources(group)
            items.extend(listing.items)
            skipped += listing.skipped
    return tuple(items), skipped


def examine_copy(copy: Copy, inspect: Callable[[ChipEvidence], Inspection]) -> Examined | InputError:
    """Read and judge one copy."""
    from limen.cli.examine import Examined, Timing, milliseconds  # noqa: PLC0415
    from limen.inspection import ChipEvidence  # noqa: PLC0415

    started = time.perf_counter()
    try:
        dump = read_dump(copy.path)
    except InputError as error:
        return error
    read = milliseconds(started)
    started = time.perf_counter()
    inspection = inspect(ChipEvidence(dump.files, live=False, problems=dump.notes))
    return Examined(None, inspection, Timing(0.0, 0.0, milliseconds(started), read), dump.source)
