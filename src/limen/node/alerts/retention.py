"""Deleting alerts whose time is over, with all that hangs on them; each deletion in the log.

The keeper does this (`tasks.py`, every night); the site may not delete an alert that was ever released.
"""

from __future__ import annotations

import datetime

from django.db import transaction

from limen.node.alerts.models import Alert
from limen.node.audit import record as log
from limen.node.exhibits import deleting
from limen.node.sharing.models import Release
from limen.node.sharing.releasing import subject_of

BATCH = 200


def delete_expired(today: datetime.date) -> int:
    """Delete every alert that was to be kept until a day before `today`, a batch a transaction; how many went."""
    deleted = 0
    while True:
        with transaction.atomic():
            due = Alert.objects.filter(retain_until__lt=today).select_for_update(skip_locked=True, of=("self",))
            batch = list(due.order_by("retain_until", "pk")[:BATCH])
            _delete(batch)
        deleted += len(batch)
        if len(batch) < BATCH:
            return deleted


def _delete(batch: list[Alert]) -> None:
    keys = [alert.pk for alert in batch]
    deleting.go_with(batch)
    Release.objects.filter(kind=Alert._meta.app_label, record__in=keys).delete()
    Alert.objects.filter(pk__in=keys).delete()
    for alert in batch:
        details = {"reason": "retention", "kept_until": alert.retain_until}
        log("alert.deleted", subject=subject_of(alert), agency=alert.owner_id, details=details)
