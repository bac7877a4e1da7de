"""A node out of a backup, in an empty folder."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, BinaryIO

import psycopg

from limen.node.backup.making import FORMAT, SECRETS
from limen.node.backup.sealed import is_sealed, unseal
from limen.node.backup.tools import load
from limen.node.config import Config
from limen.node.database.embedded import EmbeddedServer
from limen.node.database.lock import locked
from limen.node.errors import BackupError, FilesError, NodeError
from limen.node.home import Home, write_private


def restore_backup(config: Config, source: Path, ask: Callable[[], str]) -> dict[str, Any]:
    """Restore; give the backup's manifest. A restore that is cut off leaves a folder that no node starts on."""
    with _opened(source) as file, _archive(file, source, ask) as archive:
        manifest = _manifest(archive)
        _refuse_used(config.home)
        if config.external:
            _refuse_filled(config.database_url)
        config.home.prepare(restoring=True)
        with locked(config.home, "limen node restore"):
            _restore(config, archive, source)
            config.home.restored()
    return manifest


def _restore(config: Config, archive: zipfile.ZipFile, source: Path) -> None:
    """Take out all parts; each piece of a sealed backup, and each file of a plain one, is checked as it is read."""
    try:
        _restore_secrets(config, archive)
        _restore_files(config, archive)
        _restore_database(config, archive)
    except (FilesError, zipfile.BadZipFile, zlib.error, KeyError):
        raise BackupError(f"{source} is damaged: take another backup, and empty {config.home.path} first.") from None
    except OSError as error:
        raise BackupError(f"The backup cannot be restored: {error.strerror or error}.") from error


def _opened(source: Path) -> BinaryIO:
    try:
        return source.open("rb")
    except OSError as error:
        raise BackupError(f"The backup {source} cannot be read: {error.strerror}.") from error


def _archive(file: BinaryIO, source: Path, ask: Callable[[], str]) -> zipfile.ZipFile:
    plain: IO[bytes] = file
    if is_sealed(file):
        plain = unseal(file, source.stat().st_size, ask())
    try:
        return zipfile.ZipFile(plain)
    except (zipfile.BadZipFile, FilesError):
        raise BackupError(f"{source} is no backup of a node, or was cut.") from None


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        manifest = json.loads(archive.read("manifest.json"))
        known = manifest["format"] == FORMAT
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile, FilesError):
        raise BackupError("The file is no backup of a node, or is damaged.") from None
    if not known:
        raise BackupError("The backup was made by a later Limen than this: install that one.")
    return dict(manifest)


def _refuse_used(home: Home) -> None:
    if home.path.exists() and {entry.name for entry in home.path.iterdir()} - {"lost+found"}:
        raise BackupError(f"The folder {home.path} is not empty: restore into an empty one with --home.")


def _restore_secrets(config: Config, archive: zipfile.ZipFile) -> None:
    for name in SECRETS:
        write_private(config.home.secrets / name, archive.read(f"secrets/{name}").decode() + "\n")


def _restore_files(config: Config, archive: zipfile.ZipFile) -> None:
    """Copy the files, in the folder or the bucket. Names are taken from the archive and may not lead out of it."""
    keep = _bucket_keeper() if config.bucket else _folder_keeper(config.home.files)
    for entry in archive.infolist():
        if entry.filename.startswith("files/") and not entry.is_dir():
            name = entry.filename.removeprefix("files/")
            if not name or name.startswith("/") or ".." in name.split("/"):
                raise BackupError("The backup holds a file whose name leads out of the folder; it is not restored.")
            with archive.open(entry) as source:
                keep(name, source)


def _folder_keeper(folder: Path) -> Callable[[str, IO[bytes]], None]:
    def keep(name: str, source: IO[bytes]) -> None:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            shutil.copyfileobj(source, file, 1 << 20)

    return keep


def _bucket_keeper() -> Callable[[str, IO[bytes]], None]:
    import django  # noqa: PLC0415
    from django.core.files.base import File  # noqa: PLC0415

    from limen.node.files.storage import inner_storage  # noqa: PLC0415

    django.setup()
    storage = inner_storage()

    def keep(name: str, source: IO[bytes]) -> None:
        if not storage.exists(name):
            storage.save(name, File(source, name))

    return keep


def _restore_database(config: Config, archive: zipfile.ZipFile) -> None:
    if config.external:
        with archive.open("database.dump") as source:
            load(config.database_url, source)
        return
    server = EmbeddedServer(config.home)
    try:
        server.start()
        with archive.open("database.dump") as source:
            load(config.database_url, source)
    finally:
        server.stop()


def _refuse_filled(address: str) -> None:
    try:
        with psycopg.connect(address) as connection:
            row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    except psycopg.Error as error:
        raise NodeError(f"The database does not answer: {' '.join(str(error).split())[:300]}") from error
    if row and row[0]:
        raise BackupError("The database of DATABASE_URL is not empty: restore into an empty one.")
