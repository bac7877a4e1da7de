"""Exports: the current search as CSV, JSON or PDF, and one report as PDF. Each is recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from limen.node.audit import record as log
from limen.node.reports import filtering, reading
from limen.node.reports.exporting import as_csv, as_json, as_pdf, gathering
from limen.node.reports.exporting.gathering import Gathered
from limen.node.reports.views import filters, listing
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Invalid, Refused

WRITERS: dict[str, tuple[Callable[[Gathered], bytes], str]] = {
    "csv": (as_csv.write, "text/csv; charset=utf-8; header=present"),
    "json": (as_json.write, "application/json"),
    "pdf": (as_pdf.write, "application/pdf"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """Say what an export of the search would hold, and make it."""
    if request.method == "POST":
        return _export(request)
    asked = filters.asked_of(request.GET, request.user)
    context: dict[str, Any] = listing.results(asked, request.user)
    context |= {"most": gathering.MOST, "most_named": gathering.MOST_NAMED}
    context["may_names"] = filtering.may_search_names(request.user)
    return render(request, "reports/export.html", context)


def _export(request: HttpRequest) -> HttpResponse:
    form = request.POST.get("format", "csv")
    gathering.check(form)
    asked = filters.asked_of(request.POST, request.user)
    if asked.faults:
        raise Invalid(" ".join(asked.faults))
    gathered = gathering.gather(asked.search, request.user, form, with_names=request.POST.get("names") == "on")
    response = _file(gathered, form, f"limen-reports-{gathered.at:%Y%m%d-%H%M}")
    details: dict[str, Any] = {
        "count": len(gathered.records),
        "format": form,
        "search": asked.search.without("name").asked(),
        "names": gathered.with_names,
    }
    if gathered.with_names:
        details["references"] = [record.report.reference for record in gathered.records if "bearer" in record.parts]
    if asked.search.name:
        log("report.names_searched", details={"found": len(gathered.records)})
    log("reports.exported", details=details)
    return response


@never_cache
@require_safe
def pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """One report as PDF; the bearer's data only when asked for, which is recorded as their being seen."""
    report = reading.report_of(reference)
    with_names = request.GET.get("names") == "1" and filtering.may_search_names(request.user)
    if request.GET.get("names") == "1" and not with_names:
        raise Refused(_("Your role sees no names, so it exports none."))
    gathered = gathering.gather_one(report, request.user, with_names=with_names)
    response = _file(gathered, "pdf", report.reference)
    if "bearer" in gathered.records[0].parts:
        log("report.bearer_seen", subject=subject_of(report))
    log("reports.exported", subject=subject_of(report), details={"count": 1, "format": "pdf", "names": with_names})
    return response


def _file(gathered: Gathered, form: str, name: str) -> HttpResponse:
    """The file itself, complete: nothing of it is read after the viewer is gone."""
    write, kind = WRITERS[form]
    response = HttpResponse(write(gathered), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
