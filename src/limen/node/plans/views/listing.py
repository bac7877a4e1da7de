"""The list of plans and the page of one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.plans import parts, reading, rights, series, telling
from limen.node.plans.models import Of, Phase, Plan, Stage, TaskState
from limen.node.plans.release import missing, put_query
from limen.node.plans.views.common import child_of, officer_of
from limen.node.sharing import releasing
from limen.node.sharing.copying import may_copy
from limen.node.sharing.markings import MEANINGS, Marking
from limen.node.sharing.reasons import why
from limen.node.sharing.releasing import subject_of

PAGE = 50


@never_cache
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """The plans that the officer's agency leads or was asked into, newest first; archived ones on request."""
    archived = request.GET.get("archived") == "1"
    rows = reading.plans()
    rows = rows.filter(stage=Stage.ARCHIVED) if archived else rows.exclude(stage=Stage.ARCHIVED)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    officer = officer_of(request)
    context = {
        "page": page,
        "rows": [_row(plan, officer) for plan in page.object_list],
        "archived": archived,
        "may_write": rights.may_write(officer),
    }
    return render(request, "plans/list.html", context)


@never_cache
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """A plan, as far as the viewer may see what hangs on it."""
    return page(request, reading.find(reference))


@never_cache
@require_safe
def document(request: HttpRequest, reference: str, uid: UUID) -> HttpResponse:
    """The signed text of an approval, as it was attached; recorded."""
    plan = reading.find(reference)
    found = child_of(plan.approvals.filter(void=False), uid)
    if not found.document:
        raise Http404
    log("plan.approval_read", subject=subject_of(plan), details={"approval": found.pk})
    return FileResponse(found.document.open(), as_attachment=True, filename=f"{plan.reference}-{found.decided_on}.pdf")


def page(request: HttpRequest, plan: Plan, wrong: str = "", field: str | None = None, form: str = "") -> HttpResponse:
    """The page of a plan; where a form on it was not understood, with what was wrong."""
    officer = officer_of(request)
    mine = plan.owner_id == officer.agency_id
    allowed = rights.rights(plan, officer)
    context = {
        "plan": plan,
        "standing": telling.standing(plan, inside=allowed["inside"]),
        "facts": telling.facts(plan),
        "agreement": reading.agreement(plan),
        "partners": telling.partners(plan),
        "approvals": telling.approvals(plan, officer),
        "phases": telling.phases(plan, officer, acts=allowed["may_approve"]),
        "tasks": _tasks(plan, officer),
        "series": series.counted(plan),
        "parts": parts.rendered(request, plan),
        "aside": parts.rendered(request, plan, aside=True),
        "missing": missing(plan) if mine and plan.stage == Stage.DRAFT and allowed["may_propose"] else [],
        "put": put_query(plan) if allowed["may_propose"] else "",
        "setters": _setters(plan, officer) if allowed["may_act"] else [],
        "states": TaskState.choices,
        "mine": mine,
        "joining": Of.JOINING,
        "waits": reading.is_waiting(plan),
        "reason": why(plan, officer),
        "meaning": MEANINGS[Marking(plan.marking)],
        "may_copy": may_copy(plan, officer),
        "history": releasing.history(plan) if mine else [],
        "wrong": wrong,
        "field": field,
        "form": form,
        "typed": request.POST if wrong else {},
        "phase": Phase(),
        **allowed,
    }
    return render(request, "plans/show.html", context, status=422 if wrong else 200)


def _row(plan: Plan, officer: Officer) -> dict[str, Any]:
    allowed = rights.rights(plan, officer)
    return {
        "plan": plan,
        "standing": telling.standing(plan, inside=allowed["inside"]),
        "leads": plan.owner_id == officer.agency_id,
        "waits": allowed["may_join"],
    }


def _tasks(plan: Plan, officer: Officer) -> list[dict[str, Any]]:
    rows = plan.tasks.select_related("agency", "officer", "phase", "set_by")
    return [
        {
            "task": task,
            "word": str(TaskState(task.state).label),
            "mine": task.agency_id == officer.agency_id,
            "may_remove": task.set_by_id == officer.agency_id and task.state == TaskState.OPEN,
        }
        for task in rows
    ]


def _setters(plan: Plan, officer: Officer) -> list[Any]:
    """The agencies for which the officer may set a task."""
    if plan.owner_id != officer.agency_id:
        return [officer.agency]
    return [
        plan.owner,
        *(each.agency for each in reading.partners(plan) if each.standing in ("named", "asked", "joined")),
    ]
