"""Writing a report: begun, saved field by field as it is typed or as a whole, discarded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from limen.node.reports import blocks, drafting, duplicates, reading, release, rows
from limen.node.reports.fields import BY_NAME
from limen.node.reports.models import Report
from limen.node.reports.views.common import draft_of, officer_of
from limen.node.reports.views.pictures import cards
from limen.node.sharing.kinds import kind_of
from limen.node.sharing.releasing import may_edit
from limen.node.terms.registry import words
from limen.node.web.errors import Invalid

LISTS = {"legs": rows.LEGS, "companions": rows.COMPANIONS}
AFTER = {"legs": "detail", "companions": "supply"}
"""Behind which block of the form each list stands."""


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a draft, and lead to its form."""
    if request.method != "POST":
        return render(request, "reports/new.html")
    report = drafting.begin(officer_of(request))
    return redirect("reports:edit", report.reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """The form; without scripts it is sent as a whole."""
    report = reading.report_of(reference)
    if request.method == "POST":
        return _save(request, draft_of(request, reference))
    if not may_edit(report, officer_of(request)):
        return redirect("reports:show", report.reference)
    return _form(request, report)


@require_POST
def field(request: HttpRequest, reference: str) -> JsonResponse:
    """Save the fields that were changed; a field in error is told beside it, and the rest is saved."""
    report = draft_of(request, reference)
    _typed, errors = _store(request, report)
    detail = _("Saved, but for what is marked.") if errors else _("Saved.")
    return JsonResponse({"errors": errors, "detail": detail}, status=422 if errors else 200)


@require_POST
def row_list(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Save the route or the companion documents; with a button, add or take away a row and show them anew."""
    report = draft_of(request, reference)
    kind = LISTS[name]
    wrong = rows.store(kind, report, officer_of(request), request.POST)
    shown = _with_buttons(kind, request.POST)
    if shown is None:
        context = {"wrong": wrong}
        return render(request, "reports/rows_status.html", context, status=422 if wrong else 200)
    if not wrong:
        rows.store(kind, report, officer_of(request), _as_post(kind, shown))
    return render(request, "reports/rows.html", _list(report, name, shown, wrong, focus=True))


@never_cache
@require_safe
def controls(request: HttpRequest, reference: str) -> HttpResponse:
    """Some fields of the form anew, to take the place of those on the page: what a picture has filled in."""
    report = draft_of(request, reference)
    names = [name for name in request.GET.get("names", "").split(",") if name in BY_NAME]
    stored = _rows(report, any(BY_NAME[name].part == "bearer" for name in names))
    changed = [block for block in blocks.filled(stored) if set(block.block.names) & set(names)]
    shown = [each for block in changed for each in block.controls if each.name in names]
    address = reverse("reports:controls", args=[report.reference])
    return render(request, "reports/controls.html", {"controls": shown, "changed": changed, "address": address})


@never_cache
@require_safe
def beside(request: HttpRequest, reference: str) -> HttpResponse:
    """What stands beside the form: what a release still lacks, and reports that may be of the same case."""
    report = draft_of(request, reference)
    context = {
        "report": report,
        "missing": release.missing(report),
        "may_propose": _proposes(request),
        "duplicates": duplicates.of(report),
        "blocks": blocks.filled(_rows(report, False)),
    }
    template = "reports/beside.html" if request.headers.get("HX-Request") else "reports/beside_page.html"
    return render(request, template, context)


@require_POST
def discard(request: HttpRequest, reference: str) -> HttpResponse:
    """Delete a draft."""
    report = draft_of(request, reference)
    drafting.discard(report, officer_of(request))
    messages.success(request, _("The draft %(reference)s was deleted.") % {"reference": report.reference})
    return redirect("/")


def _save(request: HttpRequest, report: Report) -> HttpResponse:
    typed, errors = _store(request, report)
    wrong: dict[str, str] = {}
    for name, kind in LISTS.items():
        if kind.was_posted(request.POST):
            wrong[name] = rows.store(kind, report, officer_of(request), request.POST)
    if errors or any(wrong.values()):
        report = reading.report_of(report.reference)
        return _form(request, report, typed=typed, errors=errors, wrong=wrong)
    if "release" in request.POST:
        return redirect("reports:release", report.reference)
    more = next((name for name, kind in LISTS.items() if f"{kind.prefix}-add" in request.POST), "")
    if more:
        return redirect(f"{reverse('reports:edit', args=[report.reference])}?more={more}#{more}")
    messages.success(request, _("Saved."))
    return redirect("reports:edit", report.reference)


def _store(request: HttpRequest, report: Report) -> tuple[dict[str, Any], dict[str, str]]:
    """Store what can be, and give back what could not, with the reasons."""
    sent = _sent(request.POST)
    errors: dict[str, str] = {}
    for name, value in sent.items():
        try:
            drafting.clean({name: value})
        except Invalid as error:
            errors[name] = error.message
    good = {name: value for name, value in sent.items() if name not in errors}
    if good:
        drafting.change(report, officer_of(request), good | _deduced(report, good))
    return {name: sent[name] for name in errors}, errors


def _deduced(report: Report, good: Mapping[str, Any]) -> dict[str, str]:
    """The class of fraud, where the method that was chosen tells it and nobody else has."""
    if not good.get("method") or good.get("fraud_class", report.fraud_class):
        return {}
    word = words("method").get(drafting.clean({"method": good["method"]})["method"])
    return {"fraud_class": word.parent} if word else {}


def _sent(data: QueryDict) -> dict[str, Any]:
    """The values of fields in what was sent; rows are sent apart, and unknown names are not ours."""
    return {
        name: _codes(data.getlist(name)) if field.kind == "terms" else data[name]
        for name, field in BY_NAME.items()
        if name in data and name not in blocks.ROWS
    }


def _codes(values: list[str]) -> list[str]:
    """Several codes come apart, or with commas between them where there are no scripts."""
    return [code.strip() for value in values for code in value.split(",") if code.strip()]


def _form(
    request: HttpRequest,
    report: Report,
    *,
    typed: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
) -> HttpResponse:
    context = {
        "report": report,
        "blocks": blocks.filled(_rows(report, True), typed, errors),
        "lists": _lists(request, report, wrong or {}),
        "images": cards(report),
        "missing": release.missing(report),
        "may_propose": _proposes(request),
        "errors": errors or {},
    }
    return render(request, "reports/edit.html", context, status=422 if errors or any((wrong or {}).values()) else 200)


def _rows(report: Report, bearer: object) -> dict[str, Any]:
    """The rows behind the form. Reading the bearer's data is recorded, so they are read where they are shown alone."""
    found: dict[str, Any] = {"": report, "document": reading.document_of(report)}
    if bearer:
        found["bearer"] = reading.bearer_of(report)
    return found


def _proposes(request: HttpRequest) -> bool:
    return officer_of(request).has_role(*kind_of("reports").proposers)


def _lists(request: HttpRequest, report: Report, wrong: Mapping[str, str]) -> list[dict[str, Any]]:
    found = []
    for name, kind in LISTS.items():
        shown = kind.posted(request.POST) if wrong.get(name) else kind.read(report)
        if not shown or request.GET.get("more") == name:
            shown = [*shown, {}]
        opened = {"open": request.GET.get("more") == name}
        found.append(_list(report, name, shown, wrong.get(name, "")) | opened)
    return found


def _list(
    report: Report, name: str, shown: list[dict[str, str]], wrong: str = "", *, focus: bool = False
) -> dict[str, Any]:
    kind = LISTS[name]
    return {
        "report": report,
        "name": name,
        "after": AFTER[name],
        "list": kind,
        "rows": kind.cells(shown),
        "wrong": wrong,
        "focus": len(shown) - 1 if focus else None,
        "filled": sum(1 for row in shown if any(row.values())),
        "is_full": len(shown) >= kind.most,
    }


def _with_buttons(kind: rows.List, data: QueryDict) -> list[dict[str, str]] | None:
    """The rows after a button was pressed; None where none was."""
    shown = kind.posted(data)
    if f"{kind.prefix}-add" in data:
        return [*shown, {}][: kind.most]
    if (number := data.get(f"{kind.prefix}-remove", "")).isdecimal():
        return [row for at, row in enumerate(shown) if at != int(number)] or [{}]
    return None


def _as_post(kind: rows.List, shown: list[dict[str, str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for number, row in enumerate(shown):
        for name, value in row.items():
            data[f"{kind.prefix}-{number}-{name}"] = value
    return data
