"""The parts of the form that are lists: the steps, and what the case study is linked to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from limen.node.casebook import reading, stepping, telling
from limen.node.casebook.fields import STEP_BY_NAME
from limen.node.casebook.models import CaseStudy
from limen.node.casebook.views.common import draft_of, officer_of
from limen.node.terms import choices
from limen.node.web.errors import Invalid


def context(case: CaseStudy) -> dict[str, Any]:
    """What the form shows of steps and links."""
    return {
        "case": case,
        "steps": [(step, telling.value_of(step)) for step in case.steps.all()],
        "places": telling.places(case),
        "most_steps": stepping.MOST_STEPS,
        "lights": choices("image_light"),
        "tools": choices("detection_means"),
        "links": reading.links_of(case),
    }


@require_POST
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a step at the end."""
    case = draft_of(request, reference)
    step = stepping.add_step(case, officer_of(request))
    return _steps(request, case, focus=step.pk)


@require_POST
def change(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Save what was changed of a step."""
    case = draft_of(request, reference)
    sent = {name: request.POST[name] for name in (*STEP_BY_NAME, "place") if name in request.POST}
    errors: dict[str, str] = {}
    try:
        stepping.change_step(case, officer_of(request), number, sent)
    except Invalid as error:
        if not request.headers.get("X-Autosave"):
            raise
        errors = {error.field or "text": error.message}
    if request.headers.get("X-Autosave"):
        return JsonResponse({"errors": errors}, status=422 if errors else 200)
    return _steps(request, case)


@never_cache
@require_safe
def places(request: HttpRequest, reference: str) -> HttpResponse:
    """What each step may point at, anew: after the pictures have changed."""
    return render(request, "casebook/step_places.html", context(draft_of(request, reference)))


@require_POST
def remove(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Delete a step."""
    case = draft_of(request, reference)
    stepping.remove_step(case, officer_of(request), number)
    return _steps(request, case)


@require_POST
def move(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Move a step towards the beginning, or the end."""
    case = draft_of(request, reference)
    stepping.move_step(case, officer_of(request), number, 1 if request.POST.get("to") == "later" else -1)
    return _steps(request, case)


@require_POST
def link(request: HttpRequest, reference: str) -> HttpResponse:
    """Lead to a report."""
    case = draft_of(request, reference)
    wrong = ""
    try:
        stepping.link(case, officer_of(request), request.POST.get("reference", ""))
    except Invalid as error:
        if not request.headers.get("HX-Request"):
            raise
        wrong = error.message
    return _links(request, case, wrong)


@require_POST
def unlink(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take a link away."""
    case = draft_of(request, reference)
    stepping.unlink(case, officer_of(request), number)
    return _links(request, case)


def _steps(request: HttpRequest, case: CaseStudy, focus: int | None = None) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "casebook/steps.html", context(case) | {"focus": focus})
    return redirect(f"{reverse('casebook:edit', args=[case.reference])}#steps")


def _links(request: HttpRequest, case: CaseStudy, wrong: str = "") -> HttpResponse:
    if request.headers.get("HX-Request"):
        given = {"case": case, "links": reading.links_of(case), "wrong": wrong, "typed": request.POST.get("reference")}
        return render(request, "casebook/links.html", given, status=422 if wrong else 200)
    return redirect(f"{reverse('casebook:edit', args=[case.reference])}#links")
