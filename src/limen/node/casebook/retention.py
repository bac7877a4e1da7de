"""Deleting case studies whose time is over, and links to what is no more, which nobody sees."""

from __future__ import annotations

import datetime

from limen.node.alerts.models import Alert
from limen.node.casebook.models import CaseStudy, Link, Linked
from limen.node.exhibits import deleting
from limen.node.reports.models import Report


def delete_expired(today: datetime.date) -> int:
    """Delete every case study that was to be kept until a day before `today`; how many went."""
    return deleting.delete_expired(CaseStudy, today, "casebook.deleted")


def delete_dangling() -> int:
    """Delete links to reports and alerts that are no more. How many."""
    models = ((Linked.REPORTS, Report), (Linked.ALERTS, Alert))
    return sum(
        Link.objects.filter(kind=kind).exclude(record__in=model._default_manager.values("pk")).delete()[0]
        for kind, model in models
    )
