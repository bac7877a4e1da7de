"""Writing a case study: begun, saved field by field as it is typed or as a whole, discarded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limen.node.casebook import drafting, fields, reading, release
from limen.node.casebook.models import CaseStudy
from limen.node.casebook.views import stepping
from limen.node.casebook.views.common import draft_of, officer_of
from limen.node.reports import reading as reports
from limen.node.web.errors import Invalid


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a draft, from the report that `report` names or from nothing, and lead to its form."""
    officer = officer_of(request)
    reference = request.POST.get("report", request.GET.get("report", "")).strip()
    if request.method != "POST":
        drafting.may_begin(officer)
        return render(request, "casebook/new.html", {"report": reports.report_of(reference) if reference else None})
    report = reports.report_of(reference) if reference else None
    case = drafting.from_report(officer, report) if report else drafting.begin(officer)
    return redirect("casebook:edit", case.reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """The form; without scripts it is sent as a whole."""
    if request.method == "POST":
        return _save(request, draft_of(request, reference))
    case = reading.case_of(reference)
    if not reading.may_edit(case, officer_of(request)):
        return redirect("casebook:show", case.reference)
    return _form(request, case)


@require_POST
def field(request: HttpRequest, reference: str) -> JsonResponse:
    """Save the fields that were changed; one in error is told beside it, and the rest is saved."""
    case = draft_of(request, reference)
    _typed, errors = _store(request, case)
    detail = _("Saved, but for what is marked.") if errors else _("Saved.")
    return JsonResponse({"errors": errors, "detail": detail}, status=422 if errors else 200)


@never_cache
@require_safe
def beside(request: HttpRequest, reference: str) -> HttpResponse:
    """What a release still lacks."""
    return render(request, "casebook/missing.html", _missing(request, draft_of(request, reference)))


@require_POST
def discard(request: HttpRequest, reference: str) -> HttpResponse:
    """Delete a draft."""
    case = draft_of(request, reference)
    drafting.discard(case, officer_of(request))
    messages.success(request, _("The draft %(reference)s was deleted.") % {"reference": case.reference})
    return redirect("casebook:list")


def _save(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    typed, errors = _store(request, case)
    if errors:
        return _form(request, reading.case_of(case.reference), typed, errors)
    messages.success(request, _("Saved."))
    return redirect("casebook:edit", case.reference)


def _store(request: HttpRequest, case: CaseStudy) -> tuple[dict[str, Any], dict[str, str]]:
    """Store what can be, and give back what could not, with the reasons."""
    sent = {
        name: _codes(request.POST.getlist(name)) if known.kind == "terms" else request.POST[name]
        for name, known in fields.BY_NAME.items()
        if name in request.POST
    }
    errors: dict[str, str] = {}
    for name, value in sent.items():
        try:
            fields.clean({name: value})
        except Invalid as error:
            errors[name] = error.message
    if good := {name: value for name, value in sent.items() if name not in errors}:
        drafting.change(case, officer_of(request), good)
    return {name: sent[name] for name in errors}, errors


def _codes(values: list[str]) -> list[str]:
    """Several codes come apart, or with commas between them where there are no scripts."""
    return [code.strip() for value in values for code in value.split(",") if code.strip()]


def _form(
    request: HttpRequest, case: CaseStudy, typed: dict[str, Any] | None = None, errors: dict[str, str] | None = None
) -> HttpResponse:
    shown = fields.controls(case, typed, errors)
    context = {
        "case": case,
        "about": [control for control in shown if control.name not in ("features", "lesson")],
        "told": [control for control in shown if control.name in ("features", "lesson")],
        "errors": errors or {},
        **_missing(request, case),
        **stepping.context(case),
    }
    return render(request, "casebook/edit.html", context, status=422 if errors else 200)


def _missing(request: HttpRequest, case: CaseStudy) -> dict[str, Any]:
    proposes = officer_of(request).has_role(*release.KIND.proposers)
    return {"case": case, "missing": release.missing(case), "may_propose": proposes}
