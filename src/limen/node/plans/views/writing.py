"""Writing a plan: begun, changed, its partners named, discarded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from limen.node.plans import drafting, fields, reading, rights, telling
from limen.node.plans.models import Phase, Plan
from limen.node.plans.release import missing, put_query
from limen.node.plans.views.common import officer_of, own_of
from limen.node.web.errors import Invalid

LISTS = ("offences", "issuers", "nationalities")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a draft with a title, and lead to its form."""
    officer = officer_of(request)
    drafting.may_begin(officer)
    wrong, title = "", request.POST.get("title", "").strip()
    if request.method == "POST":
        try:
            if not title:
                raise Invalid(_("Give the plan a title."), field="title")
            plan = drafting.begin(officer, {"title": title})
        except Invalid as error:
            wrong = error.message
        else:
            return redirect("plans:edit", plan.reference)
    return render(request, "plans/new.html", {"wrong": wrong, "title": title}, status=422 if wrong else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """The form of a draft; a post saves what is understood, and says what is not."""
    plan = own_of(request, reference)
    if request.method == "POST":
        return _save(request, plan)
    if not rights.may_edit(plan, officer_of(request)):
        return redirect("plans:show", plan.reference)
    return _form(request, plan)


@require_POST
def discard(request: HttpRequest, reference: str) -> HttpResponse:
    """Delete a draft."""
    plan = own_of(request, reference)
    drafting.discard(plan, officer_of(request))
    messages.success(request, _("The draft %(reference)s was deleted.") % {"reference": plan.reference})
    return redirect("plans:list")


def _save(request: HttpRequest, plan: Plan) -> HttpResponse:
    officer = officer_of(request)
    sent: dict[str, Any] = {
        name: _codes(request.POST.getlist(name)) if name in LISTS else request.POST[name]
        for name in fields.BY_NAME
        if name in request.POST or name in LISTS
    }
    errors: dict[str, str] = {}
    for name, value in sent.items():
        try:
            fields.clean({name: value})
        except Invalid as error:
            errors[name] = error.message
    try:
        if good := {name: value for name, value in sent.items() if name not in errors}:
            plan = drafting.change(plan, officer, good)
        if "partners" in request.POST:
            drafting.set_partners(plan, officer, _codes(request.POST.getlist("partners")))
    except Invalid as error:
        errors[error.field or "title"] = error.message
    if errors:
        typed = {name: sent[name] for name in errors if name in sent}
        return _form(request, plan, typed, errors)
    messages.success(request, _("Saved."))
    return redirect("plans:edit", plan.reference)


def _codes(values: list[str]) -> list[str]:
    """Several codes come apart, or with commas between them where there are no scripts."""
    return [code.strip() for value in values for code in value.split(",") if code.strip()]


def _form(
    request: HttpRequest, plan: Plan, typed: dict[str, Any] | None = None, errors: dict[str, str] | None = None
) -> HttpResponse:
    officer = officer_of(request)
    context = {
        "plan": plan,
        "controls": fields.controls(plan, typed, errors),
        "partners": drafting.chosen(plan),
        "partners_typed": ",".join(_codes(request.POST.getlist("partners"))) if errors else "",
        "errors": errors or {},
        "missing": missing(plan),
        "phases": telling.phases(plan, officer, acts=rights.decides(officer)),
        "approvals": telling.approvals(plan, officer),
        "agreement": reading.agreement(plan),
        "put": put_query(plan),
        "phase": Phase(),
        **rights.rights(plan, officer),
    }
    return render(request, "plans/edit.html", context, status=422 if errors else 200)
