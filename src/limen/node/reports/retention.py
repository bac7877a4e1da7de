"""Deleting reports whose time is over: rows, parts and files, each deletion in the log.

The keeper does this (`tasks.py`, every night); the site may not delete a report that was ever released.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from limen.node.audit import record as log
from limen.node.reports.models import Image, Original, Report
from limen.node.sharing.models import Release
from limen.node.sharing.releasing import subject_of

BATCH = 200


@dataclass(frozen=True, slots=True)
class Deleted:
    """How much went."""

    reports: int
    files: int


def delete_expired(today: datetime.date) -> Deleted:
    """Delete every report that was to be kept until a day before `today`, a batch a transaction."""
    reports = files = 0
    while True:
        with transaction.atomic():
            due = Report.objects.filter(retain_until__lt=today).select_for_update(skip_locked=True, of=("self",))
            batch = list(due.order_by("retain_until", "pk")[:BATCH])
            names = _delete(batch)
        for storage, name in names:
            storage.delete(name)
        reports += len(batch)
        files += len(names)
        if len(batch) < BATCH:
            return Deleted(reports, files)


def _delete(batch: list[Report]) -> list[tuple[Any, str]]:
    keys = [report.pk for report in batch]
    names = [
        (file.storage, file.name)
        for image in Image.objects.filter(report__in=keys)
        for file in (image.masked, image.thumbnail)
        if file
    ]
    names += [(original.file.storage, original.file.name) for original in Original.objects.filter(report__in=keys)]
    Release.objects.filter(kind=Report._meta.app_label, record__in=keys).delete()
    Report.objects.filter(pk__in=keys).delete()
    for report in batch:
        log(
            "report.deleted",
            subject=subject_of(report),
            agency=report.owner_id,
            details={"reason": "retention", "kept_until": report.retain_until},
        )
    return names
