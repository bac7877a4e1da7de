"""Deleting exhibits with their records: by retention, and where a draft is discarded."""

from __future__ import annotations

from collections.abc import Iterable

from limen.node.exhibits.holders import kind_of
from limen.node.exhibits.models import Exhibit, Original
from limen.node.files.rows import delete_when_done, named
from limen.node.sharing.models import Shareable


def go_with(records: Iterable[Shareable]) -> int:
    """Say that these records are deleted in this transaction: their files go when it is through. How many files.

    The rows go with the records' own, by a trigger; so call this before, while they still say which files there are.
    """
    by_kind: dict[str, list[int]] = {}
    for record in records:
        by_kind.setdefault(kind_of(record), []).append(record.pk)
    files = []
    for kind, numbers in by_kind.items():
        exhibits = Exhibit.objects.filter(kind=kind, record__in=numbers)
        files += [file for each in exhibits for file in (each.masked, each.thumbnail)]
        files += [each.file for each in Original.objects.filter(exhibit__in=exhibits)]
    names = named(files)
    delete_when_done(names)
    return len(names)
