"""Making a backup: database, files and the keys they need, while the node serves.

The file is a ZIP, as it is or encrypted under a passphrase:

    manifest.json     what made it, when
    secrets/          secret-key, files.key
    database.dump     PostgreSQL's custom format, as of one moment
    files/            encrypted as they lie

Files are listed before the dump and again after it. They are never changed, so each that the dump names was there at
one of the two moments; one deleted in between is held by a link until the end.
"""

from __future__ import annotations

import datetime
import io
import json
import os
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from limen import __version__
from limen.node.backup.sealed import SealedWriter
from limen.node.backup.tools import dump
from limen.node.config import Config
from limen.node.database.binaries import MAJOR
from limen.node.errors import BackupError
from limen.node.files.keys import new_key

FORMAT = 1
SECRETS = ("secret-key", "files.key")


def make_backup(config: Config, target: Path, passphrase: str = "") -> Path:
    """Write a backup to a file, or into a folder under the name of the moment; give its path.

    It is written beside and moved there when it is whole.
    """
    if target.is_dir():
        target = target / f"limen-{datetime.datetime.now(datetime.UTC):%Y%m%d-%H%M%S}.limen"
    if target.exists():
        raise BackupError(f"{target} exists already: choose another name.")
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            _write(config, file, passphrase)
            file.flush()
            os.fsync(file.fileno())
        beside.rename(target)
    except OSError as error:
        raise BackupError(f"The backup cannot be written to {target}: {error.strerror or error}.") from error
    finally:
        beside.unlink(missing_ok=True)
    return target


def _write(config: Config, file: BinaryIO, passphrase: str) -> None:
    with ExitStack() as stack:
        sink: IO[bytes] = file
        if passphrase:
            sealed = stack.enter_context(SealedWriter(file, passphrase))
            sink = stack.enter_context(io.BufferedWriter(cast(Any, sealed), 1 << 20))
        archive = stack.enter_context(zipfile.ZipFile(_Forward(sink), "w", zipfile.ZIP_STORED))
        archive.writestr("manifest.json", json.dumps(_manifest()))
        for name, value in _secrets(config):
            archive.writestr(f"secrets/{name}", value)
        with _held(config.home.files) as held:
            with archive.open("database.dump", "w", force_zip64=True) as entry:
                dump(config.database_url, entry)
            _add_files(config, archive, held)


class _Forward(io.RawIOBase):
    """Writes on and never back: so the archive can pass through encryption."""

    def __init__(self, sink: IO[bytes]) -> None:
        self._sink = sink

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        return self._sink.write(data)


def _manifest() -> dict[str, object]:
    made = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    return {"format": FORMAT, "limen": __version__, "postgresql": MAJOR, "made": made}


def _secrets(config: Config) -> Iterator[tuple[str, str]]:
    yield "secret-key", config.secret_key
    yield "files.key", config.environment.text("LIMEN_FILES_KEY") or config.home.secret("files.key", new_key)


@contextmanager
def _held(folder: Path) -> Iterator[Path]:
    """Hold every file of now by a link; on a disk without links there is only what is left after the dump."""
    held = folder.with_name(f"files.held-{secrets.token_hex(4)}")
    try:
        if folder.exists():
            try:
                shutil.copytree(folder, held, copy_function=os.link)
            except (OSError, shutil.Error):
                shutil.rmtree(held, ignore_errors=True)
        yield held
    finally:
        shutil.rmtree(held, ignore_errors=True)


def _add_files(config: Config, archive: zipfile.ZipFile, held: Path) -> None:
    if config.bucket is not None:
        _add_bucket(archive)
        return
    done = set()
    for folder in (config.home.files, held):
        for place in sorted(folder.rglob("*")):
            name = place.relative_to(folder).as_posix()
            if name not in done and place.is_file():
                done.add(name)
                with place.open("rb") as source:
                    _add(archive, name, source)


def _add_bucket(archive: zipfile.ZipFile) -> None:
    from limen.node.backup.rows import stored_names  # noqa: PLC0415 - needs the apps
    from limen.node.files.storage import inner_storage  # noqa: PLC0415

    storage = inner_storage()
    for name in stored_names():
        if storage.exists(name):
            with storage.open(name, "rb") as source:
                _add(archive, name, cast(IO[bytes], source))


def _add(archive: zipfile.ZipFile, name: str, source: IO[bytes]) -> None:
    with archive.open(f"files/{name}", "w", force_zip64=True) as entry:
        shutil.copyfileobj(source, entry, 1 << 20)
