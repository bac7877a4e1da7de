"""Files that rows name: written before their rows, deleted when the transaction that deletes the rows is through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models.fields.files import FieldFile

Named = tuple[Any, str]
"""A storage, and the name of a file in it."""


@contextmanager
def files_of_rows() -> Iterator[list[FieldFile]]:
    """Collect the files that a block writes, and delete them where it fails."""
    written: list[FieldFile] = []
    try:
        yield written
    except BaseException:
        for file in written:
            file.storage.delete(file.name)
        raise


def named(files: Iterable[FieldFile]) -> list[Named]:
    """Say where files lie, before their rows name others."""
    return [(file.storage, file.name) for file in files if file]


def delete_when_done(files: Sequence[Named]) -> None:
    """Delete files once the transaction that took them from their rows is through."""

    def delete() -> None:
        for storage, name in files:
            storage.delete(name)

    transaction.on_commit(delete)
