"""Images from files, folders and standard input, one in memory at a time.

What a file is, its first bytes decide, not its name. Of a folder every image and PDF file is taken, at any
depth, in the order of the names; names that begin with a dot are not looked at, symbolic links to folders not
followed, and everything that is neither an image by its bytes nor by its name is left out and counted.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from limen.devices.errors import InputError
from limen.devices.frame import Frame
from limen.devices.kinds import HEAD_BYTES, Kind, is_image_name, sniff
from limen.devices.limits import PIPED_BYTES

STANDARD_INPUT = "-"
_COPY_AGAIN = "Copy it again from where it was taken."
_WHAT_CAN_BE = "Give a JPEG, PNG, TIFF, WebP, BMP, GIF or PDF file."


@dataclass(frozen=True, slots=True)
class Source:
    """One file that is to be opened, or standard input."""

    name: str
    """As given, printable as UTF-8: bytes that are not are written \\xNN."""
    path: Path | None
    """None for standard input."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The files that arguments stand for, in order, and what is already known to be wrong."""

    items: tuple[Source | InputError, ...]
    skipped: int
    """Files in folders that are no images."""


def list_sources(arguments: Iterable[str | os.PathLike[str]]) -> Listing:
    """Look up what is there. Folders are walked; no image is opened; nothing is raised."""
    items: list[Source | InputError] = []
    skipped = 0
    for argument in arguments:
        path = os.fspath(argument)
        if path == STANDARD_INPUT:
            items.append(Source(STANDARD_INPUT, None))
        elif Path(path).is_dir():
            found, others = _walk(Path(path))
            items.extend(found)
            skipped += others
        else:
            items.append(Source(printable(path), Path(path)))
    return Listing(tuple(items), skipped)


def read_source(source: Source, stdin: BinaryIO | None = None) -> Iterator[Frame | InputError]:
    """Yield the image of a file, or each page it has, or the one `InputError` that says why there is none.

    An error is yielded, not raised, so that the pages after a bad one still come. `stdin` stands in for
    standard input. Each frame is decoded when it is asked for; keep no earlier one if memory matters.
    """
    if source.path is None:
        yield from _read_stdin(stdin or sys.stdin.buffer)
        return
    try:
        with source.path.open("rb") as file:
            seekable: BinaryIO = file if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else _held(file, source.name)
            yield from _read(seekable, source.name)
    except InputError as error:
        yield error
    except (OSError, ValueError) as error:
        yield InputError(source.name, _why_not_opened(error))


def read_files(arguments: Iterable[str | os.PathLike[str]]) -> Iterator[Frame | InputError]:
    """Yield every image that the arguments stand for: `list_sources`, then `read_source` of each."""
    for item in list_sources(arguments).items:
        if isinstance(item, InputError):
            yield item
        else:
            yield from read_source(item)


def printable(path: str) -> str:
    """Turn a path into text that any encoder takes; undecodable bytes become \\xNN."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _read_stdin(stdin: BinaryIO) -> Iterator[Frame | InputError]:
    with suppress(AttributeError, ValueError):
        if stdin.isatty():
            yield InputError(STANDARD_INPUT, f"is a terminal. {_WHAT_CAN_BE}")
            return
    try:
        yield from _read(_held(stdin, STANDARD_INPUT), STANDARD_INPUT)
    except InputError as error:
        yield error
    except (OSError, ValueError) as error:
        yield InputError(STANDARD_INPUT, _why_not_opened(error))


def _held(stream: BinaryIO, name: str) -> BinaryIO:
    """Keep a stream that cannot be read at any place in memory."""
    data = stream.read(PIPED_BYTES + 1)
    if len(data) > PIPED_BYTES:
        raise InputError(name, f"brings more than {PIPED_BYTES // 1_000_000} MB. Save it as a file and give its name.")
    return io.BytesIO(data)


def _read(file: BinaryIO, name: str) -> Iterator[Frame | InputError]:
    head = file.read(HEAD_BYTES)
    kind = sniff(head)
    if not head:
        yield InputError(name, f"is empty. {_COPY_AGAIN}")
    elif kind is Kind.RASTER:
        from limen.devices.raster import read_raster  # noqa: PLC0415  (no decoder is loaded before it is needed)

        yield from read_raster(file, name)
    elif kind is Kind.PDF:
        from limen.devices.pdf import read_pdf  # noqa: PLC0415

        file.seek(0)
        yield from read_pdf(file, name)
    elif kind is Kind.FOREIGN:
        yield InputError(name, "is an image of a kind that is not read (HEIC, AVIF or JPEG 2000). Save it as JPEG.")
    else:
        yield InputError(name, f"is not an image. {_WHAT_CAN_BE}")


def _why_not_opened(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "does not exist. Check the name."
        case PermissionError():
            return "may not be read by you. Ask for permission, or copy it elsewhere."
        case OSError() if error.strerror:
            return f"cannot be read: {error.strerror}. Copy it to another disk and try again."
        case _:
            return "is not a name that a file can have. Check the name."


def _walk(folder: Path) -> tuple[list[Source | InputError], int]:
    """Collect the images below a folder, in the order of their names, and count the other files."""
    items: list[Source | InputError] = []
    failures: list[OSError] = []
    skipped = 0
    for parent, folders, names in os.walk(folder, onerror=failures.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if name.startswith(".") or not path.is_file():
                continue  # hidden, or a pipe, socket or dangling link, which would block or fail
            if _wanted(path):
                items.append(Source(printable(str(path)), path))
            else:
                skipped += 1
    items.extend(InputError(printable(str(error.filename)), _why_not_opened(error)) for error in failures)
    if not items:
        items.append(InputError(printable(str(folder)), f"is a folder without images. {_WHAT_CAN_BE}"))
    return items, skipped


def _wanted(path: Path) -> bool:
    """Whether a file in a folder is an image by its name, or else by its first bytes."""
    if is_image_name(path.name):
        return True
    with suppress(OSError), path.open("rb") as file:
        return sniff(file.read(HEAD_BYTES)) is not None
    return False
