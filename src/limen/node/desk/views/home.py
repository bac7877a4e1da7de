"""The first page: what waits for this officer."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.alerts.models import Urgency
from limen.node.alerts.reading import waiting
from limen.node.alerts.telling import URGENCIES
from limen.node.assistance.reading import EXAMINERS, waiting_for
from limen.node.desk.views.queue import open_releases
from limen.node.people.models import Invitation, Officer, Role
from limen.node.reports import reading
from limen.node.reports.drafting import WRITERS
from limen.node.reports.finding import Search
from limen.node.reports.models import Rollup
from limen.node.reports.views.listing import rows_of
from limen.node.sharing import policy
from limen.node.sharing.kinds import RELEASERS
from limen.node.sharing.models import State
from limen.node.terms import label

SHOWN = 6
NEWEST = 8
TOP = 5


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show alerts to read, drafts, proposals to decide, what is new, figures; to an administrator the people."""
    officer: Officer = request.user
    context: dict[str, Any] = {"writes": officer.has_role(*WRITERS)}
    context |= figures()
    unread = waiting(officer, Urgency.ROUTINE)[:SHOWN]
    context["alerts"] = [{"alert": each, "urgency": URGENCIES[Urgency(each.urgency)]} for each in unread]
    context["newest"] = rows_of(Search().page(size=NEWEST).rows)
    if context["writes"]:
        context |= _drafts(officer)
    if officer.has_role(*EXAMINERS):
        context["requests"] = list(waiting_for(officer)[:SHOWN])
    if officer.has_role(*RELEASERS):
        context |= _waiting(officer)
    if officer.has_role(Role.ADMINISTRATOR):
        context |= _people(officer)
    return render(request, "desk/home.html", context)


def _drafts(officer: Officer) -> dict[str, Any]:
    mine = reading.reports().filter(author=officer, state__in=(State.DRAFT, State.RECALLED))
    found = list(mine.order_by("-updated_at")[: SHOWN + 1])
    return {"drafts": rows_of(found[:SHOWN]), "more_drafts": len(found) > SHOWN}


def _waiting(officer: Officer) -> dict[str, Any]:
    """Proposals of the own agency that somebody else made."""
    found = open_releases(officer, SHOWN + 1, of_others=True)
    return {"waiting": found[:SHOWN], "more_waiting": len(found) > SHOWN, "releases": True}


def _people(officer: Officer) -> dict[str, Any]:
    """Who of the own agency needs an administrator: invited and not here yet, or never signed in."""
    invitations = Invitation.objects.filter(agency=officer.agency_id, accepted_at=None, withdrawn_at=None)
    people = Officer.objects.filter(agency=officer.agency_id, is_machine=False)
    return {
        "administers": True,
        "invitations": list(invitations.order_by("expires_at")[:SHOWN]),
        "never": list(people.filter(is_active=True, last_login=None).order_by("created_at")[:SHOWN]),
        "active_officers": people.filter(is_active=True).count(),
        "now": timezone.now(),
    }


def figures() -> dict[str, Any]:
    """What was detected this month and the month before, from the roll-ups, which are kept by month."""
    month = timezone.localdate().replace(day=1)
    before = (month - datetime.timedelta(days=1)).replace(day=1)
    rows = policy.visible(Rollup.objects.filter(month__in=(month, before), dimension="all"))
    totals = dict(rows.order_by().values_list("month").annotate(n=Sum("n")))
    return {
        "month": month,
        "month_before": before,
        "this_month": totals.get(month, 0),
        "last_month": totals.get(before, 0),
        "top_issuers": _top("issuer", before),
        "top_classes": _top("fraud_class", before),
    }


def _top(dimension: str, since: datetime.date) -> list[dict[str, Any]]:
    rows = policy.visible(Rollup.objects.filter(month__gte=since, dimension=dimension)).exclude(value="")
    counted = rows.order_by().values_list("value").annotate(total=Sum("n")).filter(total__gt=0)
    most = counted.order_by("-total", "value")[:TOP]
    return [
        {"name": label(dimension, value), "n": n, "query": f"{dimension}={value}&since={since.isoformat()}"}
        for value, n in most
    ]
