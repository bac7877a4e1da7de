"""Searches of reports that a plan follows: everybody in it reads what is searched for, and counts what oneself sees."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.plans.models import Plan, Series
from limen.node.plans.tasking import acted
from limen.node.reports.finding import Search
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Invalid, Refused

MOST = 30
PRIVATE = ("q", "name", "similar", "mine", "state", "marking", "agency", "model_name")
"""Conditions that are not kept: they can hold a number or a name, or mean something else to each who looks."""


def follow(plan: Plan, officer: Officer, name: str, query: str) -> Series:
    """Follow a search of reports, as the address of the list says it. Raises `Refused`, `Invalid`."""
    name = " ".join(name.replace("\x00", "").split())[:120]
    typed = query.strip()[:4000]
    search = Search.of(dict(parse_qsl(typed.partition("?")[2] or typed)))
    for each in PRIVATE:
        search = search.without(each)
    asked = urlencode(search.asked())
    if not name or not asked or len(asked) > 1000:
        raise Invalid(
            _("Give it a name, and the address of a search of reports by issuer, method, place or the like."),
            field="query",
        )
    with transaction.atomic():
        plan = acted(plan, officer)
        if plan.series.count() >= MOST:
            raise Invalid(_("A plan follows at most %(most)d searches.") % {"most": MOST}, field="query")
        made = Series.objects.create(plan=plan, name=name, query=asked, agency=officer.agency, added_by=officer)
        log("plan.series_added", subject=subject_of(plan), details={"series": made.pk})
    return made


def unfollow(series: Series, officer: Officer) -> None:
    """Take a search off a plan: who added it, or the lead. Raises `Refused`."""
    with transaction.atomic():
        plan = acted(series.plan, officer)
        if officer.agency_id not in (series.agency_id, plan.owner_id):
            raise Refused(_("Only the agency that added it, or the lead, takes it off."))
        number = series.pk
        series.delete()
        log("plan.series_removed", subject=subject_of(plan), details={"series": number})


def counted(plan: Plan) -> list[dict[str, Any]]:
    """Each search with how many reports answer it, of those that the viewer sees."""
    return [_counted(each) for each in plan.series.select_related("agency")]


def _counted(series: Series) -> dict[str, Any]:
    search, _faults = Search.read(dict(parse_qsl(series.query)))
    number, exact = search.count()
    return {"series": series, "count": number, "exact": exact, "url": f"{reverse('reports:list')}?{series.query}"}
