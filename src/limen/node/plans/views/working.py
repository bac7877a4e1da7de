"""Working in a plan: phases, tasks, the searches that it follows. Each post answers with the plan's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from limen.node.people.models import Officer
from limen.node.plans import reading, rights, series, tasking
from limen.node.plans.models import Phase, Plan, TaskState
from limen.node.plans.views.common import child_of, officer_of, own_of
from limen.node.plans.views.listing import page
from limen.node.web.errors import Invalid


@require_POST
def add_phase(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a phase."""
    plan = own_of(request, reference)
    return _done(request, plan, "phase", lambda: tasking.add_phase(plan, officer_of(request), request.POST.dict()))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phase(request: HttpRequest, reference: str, uid: UUID) -> HttpResponse:
    """Change a phase, or remove it."""
    plan = own_of(request, reference)
    found: Phase = child_of(plan.phases.all(), uid)
    officer, wrong = officer_of(request), ""
    if request.method == "POST":
        try:
            if "remove" in request.POST:
                tasking.remove_phase(found, officer)
            else:
                tasking.change_phase(found, officer, request.POST.dict())
        except Invalid as error:
            wrong = error.message
        else:
            messages.success(request, _("Saved."))
            return redirect("plans:show", plan.reference)
    elif not rights.may_lead(plan, officer):
        return redirect("plans:show", plan.reference)
    context = {"plan": plan, "phase": found, "wrong": wrong, "typed": request.POST if wrong else {}}
    return render(request, "plans/phase.html", context, status=422 if wrong else 200)


@require_POST
def add_task(request: HttpRequest, reference: str) -> HttpResponse:
    """Set a task."""
    plan = reading.find(reference)
    return _done(request, plan, "task", lambda: tasking.add_task(plan, officer_of(request), request.POST.dict()))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, reference: str, uid: UUID) -> HttpResponse:
    """Say how far a task of one's agency is, or remove one that one's agency set."""
    plan = reading.find(reference)
    found = child_of(plan.tasks.select_related("agency", "officer", "phase"), uid)
    officer, wrong = officer_of(request), ""
    if request.method == "POST":
        try:
            if "remove" in request.POST:
                tasking.remove_task(found, officer)
            else:
                tasking.move_task(found, officer, request.POST.dict())
        except Invalid as error:
            wrong = error.message
        else:
            messages.success(request, _("Saved."))
            return redirect("plans:show", plan.reference)
    elif found.agency_id != officer.agency_id or not rights.may_act(plan, officer):
        return redirect("plans:show", plan.reference)
    colleagues = Officer.objects.filter(agency=officer.agency, is_active=True, is_machine=False).order_by("name")
    context = {"plan": plan, "task": found, "states": TaskState.choices, "colleagues": colleagues, "wrong": wrong}
    return render(request, "plans/task.html", context, status=422 if wrong else 200)


@require_POST
def follow(request: HttpRequest, reference: str) -> HttpResponse:
    """Follow a search of reports."""
    plan = reading.find(reference)
    name, query = request.POST.get("name", ""), request.POST.get("query", "")
    return _done(request, plan, "series", lambda: series.follow(plan, officer_of(request), name, query))


@require_POST
def unfollow(request: HttpRequest, reference: str, uid: UUID) -> HttpResponse:
    """Take a search off the plan."""
    plan = reading.find(reference)
    found = child_of(plan.series.all(), uid)
    return _done(request, plan, "series", lambda: series.unfollow(found, officer_of(request)))


def _done(request: HttpRequest, plan: Plan, form: str, action: Callable[[], Any]) -> HttpResponse:
    try:
        action()
    except Invalid as error:
        return page(request, plan, error.message, error.field, form)
    messages.success(request, _("Saved."))
    return redirect("plans:show", plan.reference)
