"""Deleting plans whose time is over, with all that hangs on them, and periods that no plan lies in any more."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import F

from limen.node.alerts.models import Alert
from limen.node.audit import record as log
from limen.node.casebook.models import CaseStudy
from limen.node.files.rows import delete_when_done, named
from limen.node.plans.information.models import ReplyContent, ReplyLink
from limen.node.plans.models import Approval, Linked, Period, Plan, PlanLink
from limen.node.reports.models import Report
from limen.node.sharing.models import Release
from limen.node.sharing.releasing import subject_of
from limen.node.sharing.retention import months_after

BATCH = 100
LEADS_TO = ((Linked.REPORTS, Report), (Linked.ALERTS, Alert), (Linked.CASES, CaseStudy))


def delete_expired(today: datetime.date) -> int:
    """Delete every plan that was to be kept until a day before `today`; how many went.

    A batch a transaction, with their files and proposals, each deletion in the log. The keeper does it: the site may
    not delete what was ever put to anybody.
    """
    deleted = 0
    while True:
        with transaction.atomic():
            due = Plan.objects.filter(retain_until__lt=today).select_for_update(skip_locked=True, of=("self",))
            batch = list(due.order_by("retain_until", "pk")[:BATCH])
            _delete(batch)
        deleted += len(batch)
        if len(batch) < BATCH:
            return deleted


def delete_dangling() -> int:
    """Delete links to records that are no more. How many."""
    return sum(
        link._default_manager.filter(kind=kind).exclude(record__in=model._default_manager.values("pk")).delete()[0]
        for link in (PlanLink, ReplyLink)
        for kind, model in LEADS_TO
    )


def delete_past(today: datetime.date) -> int:
    """Delete periods of action that no plan lies in, once their makers' months of keeping are over. How many."""
    rows = Period.objects.filter(plans=None, last_day__lt=today).annotate(months=F("maker__retention_months"))
    past = [each.pk for each in rows if months_after(each.last_day, each.months) < today]
    with transaction.atomic():
        Period.objects.filter(pk__in=past, plans=None).delete()
    return len(past)


def _delete(batch: list[Plan]) -> None:
    keys = [plan.pk for plan in batch]
    delete_when_done(named(each.document for each in Approval.objects.filter(plan__in=keys)))
    told = ReplyContent.objects.filter(reply_item__reply__request__plan__in=keys)
    delete_when_done(named(each.file for each in told))
    Release.objects.filter(kind="plans", record__in=keys).delete()
    Plan.objects.filter(pk__in=keys).delete()
    for plan in batch:
        details = {"reason": "retention", "kept_until": plan.retain_until}
        log("plans.deleted", subject=subject_of(plan), agency=plan.owner_id, details=details)
