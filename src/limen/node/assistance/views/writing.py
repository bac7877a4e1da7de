"""Writing a request: begun, saved as a whole, its agency chosen, discarded."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from limen.node.assistance import drafting, fields, quality, reading, release, routing
from limen.node.assistance.models import Request
from limen.node.assistance.receiving import receive
from limen.node.assistance.views.common import draft_of, officer_of
from limen.node.reports import reading as reports
from limen.node.sharing.classes import PROTECTED, FieldClass
from limen.node.sharing.recipients import classes_in_words
from limen.node.web.errors import Invalid, Refused

_INCLUDED = {"1": FieldClass.DOCUMENT, "2": FieldClass.BEARER, "3": FieldClass.BIOMETRIC}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a draft, from the report that `report` names or from nothing, and lead to its form."""
    officer = officer_of(request)
    if not reading.may_ask(officer):
        raise Refused(_("Counter officers, examiners and coordinators ask for assistance; ask one of your agency."))
    if again := request.POST.get("again", "").strip():
        return redirect("assistance:edit", drafting.again(reading.find(again), officer).reference)
    reference = request.POST.get("report", request.GET.get("report", "")).strip()
    report = reports.report_of(reference) if reference else None
    if request.method != "POST":
        return render(request, "assistance/new.html", {"report": report, "sight": _sight(report, officer)})
    made = drafting.begin(officer, report, include=_included(request))
    return redirect("assistance:edit", made.reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inspection(request: HttpRequest) -> HttpResponse:
    """Begin a draft from what `limen verify --json` wrote, and the pictures."""
    officer = officer_of(request)
    if not reading.may_ask(officer):
        raise Refused(_("Counter officers, examiners and coordinators ask for assistance; ask one of your agency."))
    context: dict[str, Any] = {"classes": classes_in_words(PROTECTED)}
    if request.method == "POST":
        try:
            found = receive(_uploaded(request))
            made = drafting.begin(officer, inspection=found, include=_included(request))
        except Invalid as error:
            context |= {"wrong": error.message, "included": request.POST.getlist("include")}
            return render(request, "assistance/inspection.html", context, status=422)
        return redirect("assistance:edit", made.reference)
    return render(request, "assistance/inspection.html", context)


def _uploaded(request: HttpRequest) -> list[tuple[str, bytes]]:
    files = request.FILES.getlist("file")
    if not files:
        raise Invalid(_("Send the result that “limen verify --json” writes, as a .json file."), field="file")
    if any((file.size or 0) > settings.UPLOAD_MAX_BYTES for file in files):
        most = settings.UPLOAD_MAX_BYTES >> 20
        raise Invalid(_("The file is larger than the %(most)d MB that are taken.") % {"most": most}, field="file")
    return [(file.name or "", file.read()) for file in files]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """The form, sent as a whole."""
    if request.method == "POST":
        return _save(request, draft_of(request, reference))
    found = reading.find(reference)
    if not reading.may_edit(found, officer_of(request)):
        return redirect("assistance:show", found.reference)
    return _form(request, found)


@require_POST
def choose(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose whom to ask."""
    found = draft_of(request, reference)
    drafting.write(found, officer_of(request), {"asked": request.POST.get("asked", "")})
    return redirect("assistance:edit", found.reference)


@require_POST
def originals(request: HttpRequest, reference: str) -> HttpResponse:
    """Include the pictures as they were taken, or leave them out."""
    found = draft_of(request, reference)
    included = request.POST.get("include") == "1"
    count = drafting.set_originals(found, officer_of(request), included=included)
    if included and not count:
        messages.warning(
            request,
            _("There is none to include: once its masks are confirmed, an uploaded picture is kept masked alone."),
        )
    return redirect("assistance:edit", found.reference)


@require_POST
def discard(request: HttpRequest, reference: str) -> HttpResponse:
    """Delete a draft."""
    found = draft_of(request, reference)
    drafting.discard(found, officer_of(request))
    messages.success(request, _("The draft %(reference)s was deleted.") % {"reference": found.reference})
    return redirect("assistance:list")


def _included(request: HttpRequest) -> FieldClass:
    included = FieldClass.NONE
    for number in request.POST.getlist("include"):
        included |= _INCLUDED.get(number, FieldClass.NONE)
    return included


def _sight(report: Any, officer: Any) -> list[tuple[int, str]]:
    """Number and name of each protected class of which the officer sees something in the report."""
    if report is None:
        return []
    held = reports.sight(report, officer)
    there = {
        FieldClass.DOCUMENT: reports.document_of(report) is not None,
        FieldClass.BEARER: reports.has_bearer(report),
        FieldClass.BIOMETRIC: report.originals.exists(),
    }
    return classes_in_words(FieldClass(sum(each for each, exists in there.items() if exists and held & each)))


def _save(request: HttpRequest, found: Request) -> HttpResponse:
    sent = {name: request.POST[name] for name in fields.BY_NAME if name in request.POST}
    errors: dict[str, str] = {}
    for name, value in sent.items():
        try:
            fields.clean({name: value})
        except Invalid as error:
            errors[name] = error.message
    if good := {name: value for name, value in sent.items() if name not in errors}:
        found = drafting.write(found, officer_of(request), good)
    if errors:
        return _form(request, found, {name: sent[name] for name in errors}, errors)
    messages.success(request, _("Saved."))
    return redirect("assistance:edit", found.reference)


def _form(
    request: HttpRequest, found: Request, typed: dict[str, Any] | None = None, errors: dict[str, str] | None = None
) -> HttpResponse:
    advice = quality.advice(found)
    context = {
        "asked": found,
        "about": fields.controls(found, "", typed, errors),
        "document": fields.controls(reading.document_of(found), "document", typed, errors),
        "bearer": fields.controls(reading.bearer_of(found), "bearer", typed, errors),
        "errors": errors or {},
        "suggestions": routing.suggest(found),
        "originals": reading.originals_of(found).count(),
        "advice": advice,
        "gated": any(each.counts for each in advice),
        "missing": release.missing(found),
        "may_discard": found.state == "draft",
    }
    return render(request, "assistance/edit.html", context, status=422 if errors else 200)
