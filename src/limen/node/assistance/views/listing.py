"""The list of requests: what others ask of one's agency, and what it asks."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.assistance import reading
from limen.node.assistance.expertise import of_officer
from limen.node.assistance.models import WAITING, Request, Stage
from limen.node.assistance.views.common import officer_of
from limen.node.people.models import Officer
from limen.node.sharing.models import State

PAGE = 30

SHOWN = (
    ("mine", _("to me")),
    ("open", _("to be taken")),
    ("others", _("taken by others")),
    ("done", _("answered")),
    ("asked", _("asked by my agency")),
)


@never_cache
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """One of five lists; the one that an officer needs first is shown first."""
    officer = officer_of(request)
    examines = officer.has_role(*reading.EXAMINERS)
    known = [key for key, _name in SHOWN if examines or key == "asked"]
    chosen = request.GET.get("show", "")
    if chosen not in known:
        chosen = _first(officer) if examines else "asked"
    page = Paginator(rows(officer, chosen), PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": [(key, name, key == chosen) for key, name in SHOWN if key in known],
        "chosen": chosen,
        "page": page,
        "rows": [_row(each, officer) for each in page.object_list],
        "may_ask": reading.may_ask(officer),
        "examines": examines,
        "on_duty": examines and of_officer(officer).on_duty,
        "query": f"show={chosen}",
    }
    return render(request, "assistance/list.html", context)


def rows(officer: Officer, chosen: str) -> QuerySet[Request]:
    """The requests of one list, those that are due first."""
    found = reading.in_sight()
    if chosen == "asked":
        return found.filter(owner=officer.agency_id).order_by(F("due_at").desc(nulls_first=True), "-pk")
    found = found.filter(asked=officer.agency_id, state=State.RELEASED)
    if chosen == "done":
        return found.exclude(stage__in=WAITING).order_by("-answered_at", "-pk")
    found = found.filter(stage__in=WAITING).order_by("due_at", "pk")
    if chosen == "open":
        return found.filter(stage=Stage.OPEN)
    taken = found.exclude(stage=Stage.OPEN)
    return taken.filter(taken_by=officer) if chosen == "mine" else taken.exclude(taken_by=officer)


def _first(officer: Officer) -> str:
    """What this officer took, or may take; else what the own agency asks."""
    return next((key for key in ("mine", "open") if rows(officer, key).exists()), "asked")


def _row(found: Request, officer: Officer) -> dict[str, Any]:
    own = found.owner_id == officer.agency_id
    return {"request": found, "headline": reading.headline(found), "agency": found.asked if own else found.owner}
