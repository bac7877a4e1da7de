"""Stored files that no row names: what is left where a process was killed between writing a file and its row."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.core.files.storage import Storage

from limen.node.backup.rows import stored_names
from limen.node.files.storage import inner_storage

AGE = datetime.timedelta(days=1)
"""A younger file may belong to a row that is just being written."""


def orphans(age: datetime.timedelta = AGE) -> list[str]:
    """List files older than this that no row names. Rows are read last, so a file that comes meanwhile has its row."""
    storage = inner_storage()
    before = datetime.datetime.now(datetime.UTC) - age
    stored = set(_walk(storage, ""))
    stored.difference_update(stored_names())
    return sorted(name for name in stored if storage.get_modified_time(name) < before)


def remove(names: list[str]) -> None:
    """Remove files for good."""
    storage = inner_storage()
    for name in names:
        storage.delete(name)


def _walk(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" if folder else name for name in files if name)
    for name in folders:
        yield from _walk(storage, f"{folder}/{name}" if folder else name)
