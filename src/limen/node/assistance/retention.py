"""Deleting requests whose time is over, with what was said about them and their pictures."""

from __future__ import annotations

import datetime

from limen.node.assistance.models import Request, RequestOriginal
from limen.node.exhibits import deleting
from limen.node.files.rows import delete_when_done, named


def delete_expired(today: datetime.date) -> int:
    """Delete every request that was to be kept until a day before `today`; how many went.

    Originals are files of their own: they are gathered before their rows go, and deleted where those went.
    """
    due = Request.objects.filter(retain_until__lt=today)
    originals = list(RequestOriginal.objects.filter(request__in=due))
    deleted = deleting.delete_expired(Request, today, "assistance.deleted")
    kept = set(RequestOriginal.objects.filter(pk__in=[each.pk for each in originals]).values_list("pk", flat=True))
    delete_when_done(named([each.file for each in originals if each.pk not in kept]))
    return deleted
