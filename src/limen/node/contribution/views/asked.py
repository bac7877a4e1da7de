"""What the community asks of those who see its records: read by all, decided by who operates the node."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from limen.node.contribution import asking
from limen.node.contribution.standing import standing, unstated_months
from limen.node.people.models import Officer
from limen.node.sharing.conditions import WARNED_DAYS
from limen.node.sharing.models import Condition, ConditionStage, Statement
from limen.node.web.errors import Invalid

SIGNED_SHOWN = 12


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest) -> HttpResponse:
    """What is asked, where the own agency stands; a coordinator's post signs for a month."""
    officer: Officer = request.user
    if request.method == "POST":
        asking.sign(officer, _month(request.POST.get("month", "")))
        messages.success(request, _("Signed for your agency."))
        return redirect("contribution:asked")
    signs = officer.has_role("coordinator")
    context = {
        "standing": standing(officer.agency_id),
        "signs": signs,
        "months": unstated_months(officer.agency_id, timezone.now().date()) if signs else [],
        "signed": Statement.objects.filter(agency=officer.agency_id).select_related("signed_by")[:SIGNED_SHOWN],
        "conditions": _conditions(),
        "operates": officer.operates_node,
        "waiting": Condition.objects.filter(stage=ConditionStage.PROPOSED).select_related("proposed_by").first(),
    }
    return render(request, "contribution/asked.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Propose what shall be asked."""
    officer: Officer = request.user
    if not officer.operates_node:
        raise Http404
    wrong, values = "", {"is_on": "1", "least": "3", "months": "6", "grace": "6", "reason": ""}
    if request.method == "POST":
        values = {name: request.POST.get(name, "") for name in values}
        try:
            asking.propose(officer, **_values(values))
        except Invalid as error:
            wrong = error.message
        else:
            messages.success(request, _("Proposed; a second administrator of your agency now confirms it."))
            return redirect("contribution:asked")
    context = {"values": values, "wrong": wrong, "days": WARNED_DAYS}
    return render(request, "contribution/propose.html", context, status=422 if wrong else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm a proposal, or take it back; says first what follows."""
    officer: Officer = request.user
    if not officer.operates_node:
        raise Http404
    condition = get_object_or_404(Condition.objects.select_related("proposed_by"), pk=number)
    if request.method == "POST":
        if request.POST.get("doing") == "confirm":
            asking.confirm(condition, officer)
            messages.success(request, _("Confirmed."))
        else:
            asking.withdraw(condition, officer)
            messages.success(request, _("The proposal was taken back."))
        return redirect("contribution:asked")
    if condition.stage != ConditionStage.PROPOSED:
        raise Http404
    context = {"condition": condition, "own": condition.proposed_by_id == officer.pk, "days": WARNED_DAYS}
    return render(request, "contribution/decide.html", context)


def _conditions() -> list[Condition]:
    """What was, is and will be asked, the last first; who decided it is the operator's to know."""
    return list(Condition.objects.filter(stage=ConditionStage.CONFIRMED).order_by("-decided_at")[:SIGNED_SHOWN])


def _month(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Invalid(_("Choose a month."), field="month") from error


def _values(values: dict[str, str]) -> dict[str, Any]:
    if values["is_on"] != "1":
        return {"is_on": False, "reason": values["reason"]}
    numbers = {name: values[name] for name in ("least", "months", "grace")}
    if not all(text.isascii() and text.isdigit() and len(text) < 5 for text in numbers.values()):
        raise Invalid(asking.limits())
    return {name: int(text) for name, text in numbers.items()} | {"reason": values["reason"]}
