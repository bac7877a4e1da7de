"""Deleting case studies whose time is over: rows, parts, proposals and pictures, each deletion in the log.

The keeper does this (`tasks.py`, every night); the site may not delete one that was ever released. Links to what is no
more go too: nobody sees them.
"""

from __future__ import annotations

import datetime

from django.db import transaction

from limen.node.alerts.models import Alert
from limen.node.audit import record as log
from limen.node.casebook.models import CaseStudy, Link, Linked
from limen.node.exhibits import deleting
from limen.node.reports.models import Report
from limen.node.sharing.models import Release
from limen.node.sharing.releasing import subject_of

BATCH = 200


def delete_expired(today: datetime.date) -> int:
    """Delete every case study that was to be kept until a day before `today`, a batch a transaction. How many."""
    deleted = 0
    while True:
        with transaction.atomic():
            due = CaseStudy.objects.filter(retain_until__lt=today).select_for_update(skip_locked=True, of=("self",))
            batch = list(due.order_by("retain_until", "pk")[:BATCH])
            _delete(batch)
        deleted += len(batch)
        if len(batch) < BATCH:
            return deleted


def delete_dangling() -> int:
    """Delete links to reports and alerts that are no more. How many."""
    models = ((Linked.REPORTS, Report), (Linked.ALERTS, Alert))
    return sum(
        Link.objects.filter(kind=kind).exclude(record__in=model._default_manager.values("pk")).delete()[0]
        for kind, model in models
    )


def _delete(batch: list[CaseStudy]) -> None:
    keys = [case.pk for case in batch]
    deleting.go_with(batch)
    Release.objects.filter(kind=CaseStudy._meta.app_label, record__in=keys).delete()
    CaseStudy.objects.filter(pk__in=keys).delete()
    for case in batch:
        log(
            "casebook.deleted",
            subject=subject_of(case),
            agency=case.owner_id,
            details={"reason": "retention", "kept_until": case.retain_until},
        )
