"""Deleting screenings whose time is over, and taking over what was forgotten open: the worker does both by night."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from limen.node.audit import record as log
from limen.node.protection import reading, telling
from limen.node.protection.models import Screening, Stage
from limen.node.sharing.retention import months_after

FORGOTTEN = datetime.timedelta(days=7)
"""After which an open screening goes to the protection officers by itself."""

BATCH = 200


def delete_expired(today: datetime.date) -> int:
    """Delete every screening that was to be kept until a day before `today`, with all that is its own. How many."""
    deleted = 0
    while True:
        with transaction.atomic():
            due = Screening.objects.filter(retain_until__lt=today).order_by("retain_until", "pk")
            batch = list(due.select_for_update(skip_locked=True)[:BATCH])
            Screening.objects.filter(pk__in=[each.pk for each in batch]).delete()
            for each in batch:
                subject = f"screening:{each.reference}"
                log("screening.deleted", subject=subject, agency=each.agency_id, details={"reason": "retention"})
        deleted += len(batch)
        if len(batch) < BATCH:
            return deleted


def take_over_forgotten(now: datetime.datetime) -> int:
    """Hand over what was left open for a week, where there is somebody to hand it to. How many."""
    taken = 0
    for each in Screening.objects.select_related("agency").filter(stage=Stage.OPEN, opened_at__lt=now - FORGOTTEN):
        if not reading.protection_officers(each.agency_id).exists():
            continue
        with transaction.atomic():
            each.stage, each.handed_at = Stage.HANDED, now
            each.retain_until = months_after(timezone.localdate(now), each.agency.protection_months)
            each.save(update_fields=["stage", "handed_at", "retain_until"])
            telling.handed_over(each)
            log("screening.handed_over", subject=f"screening:{each.reference}", agency=each.agency_id)
        taken += 1
    return taken
