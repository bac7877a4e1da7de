"""Deleting exhibits with their records: by retention, and where a draft is discarded."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction

from limen.node.audit import record as log
from limen.node.exhibits.holders import kind_of
from limen.node.exhibits.models import Exhibit, Original
from limen.node.files.rows import delete_when_done, named
from limen.node.sharing.models import Release, Shareable
from limen.node.sharing.releasing import subject_of

BATCH = 200


def delete_expired(model: type[Shareable], today: datetime.date, action: str) -> int:
    """Delete every record of a kind that was to be kept until a day before `today`; how many went.

    A batch a transaction, with their pictures and proposals, each deletion in the log as `action`. The keeper does it:
    the site may not delete what was ever released.
    """
    deleted = 0
    while True:
        with transaction.atomic():
            due = model._default_manager.filter(retain_until__lt=today)
            batch = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("retain_until", "pk")[:BATCH])
            _delete(model, batch, action)
        deleted += len(batch)
        if len(batch) < BATCH:
            return deleted


def _delete(model: type[Shareable], batch: list[Shareable], action: str) -> None:
    keys = [record.pk for record in batch]
    go_with(batch)
    Release.objects.filter(kind=model._meta.app_label, record__in=keys).delete()
    model._default_manager.filter(pk__in=keys).delete()
    for record in batch:
        details = {"reason": "retention", "kept_until": record.retain_until}
        log(action, subject=subject_of(record), agency=record.owner_id, details=details)


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
