"""The inputs of `limen verify`, told from each other: documents, photographs, saved copies of chips; copies judged."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from limen.devices import InputError, Listing, Source, list_sources
from limen.devices.dump import MAX_ENTRIES, file_name, read_dump
from limen.devices.grouping import Document, Part, chips_used, group, part_of
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
    """Whether this is a zip file, or a folder in which EF.COM, EF.SOD or DG1 lies.

    A folder that holds a white image, named as one, is a folder of documents, with their chips beside them.
    """
    try:
        if Path(path).is_dir():
            walked = (name for _, _, files in os.walk(path) for name in files)
            names = list(itertools.islice(walked, MAX_ENTRIES))
            pictured = any(is_image_name(name) and part_of(name)[1] is Part.WHITE for name in names)
            return not pictured and any(file_name(name) in _TELLING and not is_image_name(name) for name in names)
        return Path(path).is_file() and _is_zip(Path(path))
    except (OSError, ValueError):
        return False


def list_inputs(arguments: Sequence[str]) -> tuple[tuple[Document | Copy | Source | InputError, ...], int]:
    """Return the inputs in the order given, what belongs to one document together; and how many files are neither."""
    items: list[Document | Copy | Source | InputError] = []
    skipped = 0
    for copies, given in itertools.groupby(arguments, is_copy):
        if copies:
            items.extend(map(Copy, given))
        else:
            paths = tuple(given)
            listing: Listing = list_sources(paths)
            chips = [chip for path in paths if Path(path).is_dir() for chip in _chips_in(path)]
            found = group(_without(listing.items, chips), chips)
            items.extend(found)
            left = [chip for chip in chips if chip not in chips_used(found)]
            items.extend(map(Copy, left))
            skipped += max(0, listing.skipped - sum(map(_files_of, chips)))
    return tuple(items), skipped


def named_document(named: Mapping[str, str]) -> Document:
    """The document whose pictures were named one by one, by the names of the options."""
    parts = {Part(name.replace("_", "-")): next(iter(list_sources([path]).items)) for name, path in named.items()}
    sources = {part: item for part, item in parts.items() if isinstance(item, Source)}
    return Document(named.get("white") or next(iter(named.values())), sources)


def paths_of(items: Sequence[Document | Copy | Source | InputError]) -> list[Path]:
    """Every file that is an input."""
    found: list[Path] = []
    for item in items:
        sources = item.parts.values() if isinstance(item, Document) else [item] if isinstance(item, Source) else []
        found += [one.path for one in sources if one.path]
    return found


def _is_zip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(2) == b"PK"


def _chips_in(path: str) -> list[str]:
    """The folders and zip files below a folder of documents that hold the files of a chip."""
    found: list[str] = []
    for parent, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        whole = any(file_name(name) in _TELLING and not is_image_name(name) for name in files)
        pictured = any(is_image_name(name) and part_of(name)[1] is Part.WHITE for name in files)
        if whole and not pictured:
            found.append(parent)
            folders.clear()
            continue
        with suppress(OSError):
            zips = (Path(parent, name) for name in sorted(files) if name.lower().endswith(".zip"))
            found += [str(one) for one in zips if _is_zip(one)]
    return found


def _without(items: Sequence[Source | InputError], chips: Sequence[str]) -> list[Source | InputError]:
    """What does not lie in the folder of a chip: a saved portrait is part of the chip and no picture of its own."""
    folders = [Path(chip) for chip in chips]
    return [
        item
        for item in items
        if not (isinstance(item, Source) and item.path and any(folder in item.path.parents for folder in folders))
    ]


def _files_of(chip: str) -> int:
    """How many files of a chip were counted as no images."""
    if not Path(chip).is_dir():
        return 1
    return sum(not is_image_name(name) and not name.startswith(".") for _, _, names in os.walk(chip) for name in names)


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
