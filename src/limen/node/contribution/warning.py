"""Warned an agency's coordinators, thirty and seven days before it stops seeing what is for the community."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from limen.node.contribution.models import Warned
from limen.node.contribution.standing import standing
from limen.node.notices import tell
from limen.node.people.models import Agency, Officer

DAYS = (7, 30)


def warn() -> int:
    """Send what is due and was not sent, once for each agency, day and distance; the keeper does it. Say how many."""
    told = 0
    for agency in Agency.objects.filter(is_active=True).order_by("pk"):
        found = standing(agency.pk)
        if found.sees and found.stops is not None:
            told += _warn(agency, found.stops)
    return told


def _warn(agency: Agency, stops: datetime.datetime) -> int:
    left = stops - timezone.now()
    due = next((days for days in DAYS if left <= datetime.timedelta(days=days)), None)
    if due is None:
        return 0
    with transaction.atomic():
        _made, new = Warned.objects.get_or_create(agency=agency, stops_on=stops.date(), days=due)
        if not new:
            return 0
        coordinators = Officer.objects.filter(agency=agency, is_active=True, roles__contains=["coordinator"])
        return tell(coordinators, Warned._meta.app_label, stops.date().isoformat(), reverse("contribution:asked"))
