"""Deciding on a plan: joined, refused, left, approved, closed, archived. Each has a page that says what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from limen.node.plans import acting, reading, rights
from limen.node.plans.models import Of, Phase, Plan
from limen.node.plans.views.common import child_of, officer_of
from limen.node.sharing import papers
from limen.node.web.errors import Invalid


@dataclass(frozen=True, slots=True)
class Doing:
    """One decision: its words, the right it takes (`rights.rights`), what it asks for."""

    title: str | Promise
    lead: str | Promise
    right: str
    reason: bool = False
    outcome: bool = False
    danger: bool = False


DOINGS = {
    "refuse": Doing(
        gettext_lazy("Refuse"),
        gettext_lazy("Your agency does not join. The plan is gone for it; its lead reads why."),
        "may_refuse",
        reason=True,
        danger=True,
    ),
    "leave": Doing(
        gettext_lazy("Leave the plan"),
        gettext_lazy("From this second on the plan is gone for your agency. Who is in it reads why."),
        "may_leave",
        reason=True,
        danger=True,
    ),
    "close": Doing(
        gettext_lazy("Close the plan"),
        gettext_lazy("The work ends, and nothing of it changes any more. Say what came of it."),
        "may_close",
        outcome=True,
    ),
    "correct": Doing(
        gettext_lazy("Correct the outcome"),
        gettext_lazy("Say what came of it, until the plan is archived."),
        "may_correct",
        outcome=True,
    ),
    "archive": Doing(
        gettext_lazy("Archive the plan"),
        gettext_lazy("It can be read from then on and no more; it is deleted when its time is over."),
        "may_archive",
    ),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, reference: str, doing: str) -> HttpResponse:
    """Say what a decision does; a post does it."""
    plan = reading.find(reference)
    what = DOINGS.get(doing)
    if what is None or not rights.rights(plan, officer_of(request))[what.right]:
        raise Http404
    wrong, field = "", None
    if request.method == "POST":
        try:
            return _done(request, plan, doing)
        except Invalid as error:
            wrong, field = error.message, error.field
    said = request.POST if wrong else plan
    counts = [
        (name, Plan._meta.get_field(name).verbose_name, said[name] if wrong else getattr(plan, name))
        for name in acting.COUNTS
        if not wrong or name in said
    ]
    context = {
        "plan": plan,
        "doing": what,
        "wrong": wrong,
        "field": field,
        "counts": counts,
        "outcome": request.POST.get("outcome", "") if wrong else plan.outcome,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "plans/decide.html", context, status=422 if wrong else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def approve_of(request: HttpRequest, reference: str, of: str, phase: UUID | None = None) -> HttpResponse:
    """Record an approval: of joining, of the legal basis, of a phase."""
    plan, officer = reading.find(reference), officer_of(request)
    right = "may_join" if of == "joining" else "may_approve"
    if of not in Of.values or (of == "phase") != (phase is not None) or not rights.rights(plan, officer)[right]:
        raise Http404
    about: Phase | None = child_of(plan.phases.all(), phase) if phase is not None else None
    wrong, field = "", None
    if request.method == "POST":
        upload = request.FILES.get("document")
        document = (upload.name, upload.read(papers.MOST_BYTES + 1)) if upload else None
        try:
            acting.record(plan, officer, Of(of), request.POST.dict(), phase=about, document=document)
        except Invalid as error:
            wrong, field = error.message, error.field
        else:
            messages.success(request, _("Recorded; a second officer of your agency now confirms it."))
            return redirect("plans:show", plan.reference)
    waiting = (
        plan.approvals.filter(of=of, phase=about, agency=officer.agency_id, void=False).exclude(of=Of.BASIS).first()
    )
    context = {
        "plan": plan,
        "of": of,
        "words": Of(of).label,
        "phase": about,
        "wrong": wrong,
        "field": field,
        "waiting": waiting,
        "typed": request.POST if wrong else {},
    }
    return render(request, "plans/approve.html", context, status=422 if wrong else 200)


@require_POST
def approval(request: HttpRequest, reference: str, uid: UUID, doing: str) -> HttpResponse:
    """Confirm an approval of one's agency, or take it back."""
    plan = reading.find(reference)
    found = child_of(plan.approvals.filter(agency=officer_of(request).agency_id, void=False), uid)
    actions: dict[str, Callable[[], Any]] = {
        "confirm": lambda: acting.confirm(found, officer_of(request)),
        "take-back": lambda: acting.take_back(found, officer_of(request)),
    }
    if doing not in actions:
        raise Http404
    actions[doing]()
    joined = doing == "confirm" and found.of == Of.JOINING
    words = {"confirm": _("The approval is confirmed."), "take-back": _("The approval was taken back.")}
    messages.success(request, _("Your agency has joined the plan.") if joined else words[doing])
    return redirect("plans:show", plan.reference)


def _done(request: HttpRequest, plan: Plan, doing: str) -> HttpResponse:
    officer = officer_of(request)
    reason, values = request.POST.get("reason", ""), request.POST.dict()
    actions: dict[str, Callable[[], Any]] = {
        "refuse": lambda: acting.refuse(plan, officer, reason),
        "leave": lambda: acting.leave(plan, officer, reason),
        "close": lambda: acting.close(plan, officer, values),
        "correct": lambda: acting.close(plan, officer, values),
        "archive": lambda: acting.archive(plan, officer),
    }
    actions[doing]()
    words = {
        "refuse": _("Your agency does not join."),
        "leave": _("Your agency has left the plan."),
        "close": _("The plan is closed."),
        "correct": _("Saved."),
        "archive": _("The plan is archived."),
    }
    messages.success(request, words[doing])
    return redirect("plans:list") if doing in ("refuse", "leave") else redirect("plans:show", plan.reference)
