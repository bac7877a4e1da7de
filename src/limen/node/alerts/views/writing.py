"""Writing an alert: begun, saved field by field as it is typed or as a whole, discarded."""

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

from limen.node.alerts import drafting, fields, holding, linking, points, reading, release
from limen.node.alerts.models import Alert
from limen.node.alerts.views.common import draft_of, officer_of, own_alert
from limen.node.reports import reading as reports
from limen.node.reports.telling import headline
from limen.node.sharing.releasing import may_edit
from limen.node.terms import choices
from limen.node.web.errors import Invalid


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a draft, from a report where one is named, and lead to its form."""
    report = reports.report_of(named) if (named := request.GET.get("report") or request.POST.get("report")) else None
    if request.method != "POST":
        return render(request, "alerts/new.html", {"report": report})
    officer = officer_of(request)
    alert = drafting.begin(officer, drafting.known_of(report) if report else None)
    if report is not None:
        linking.add(alert, officer, report)
    return redirect("alerts:edit", alert.reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """The form; without scripts it is sent as a whole."""
    if request.method == "POST":
        return _save(request, draft_of(request, reference))
    alert = reading.alert_of(reference)
    if not may_edit(alert, officer_of(request)):
        return redirect("alerts:show", alert.reference)
    return _form(request, alert)


@require_POST
def field(request: HttpRequest, reference: str) -> JsonResponse:
    """Save the fields that were changed; a field in error is told beside it, and the rest is saved."""
    _typed, errors = _store(request, draft_of(request, reference))
    detail = _("Saved, but for what is marked.") if errors else _("Saved.")
    return JsonResponse({"errors": errors, "detail": detail}, status=422 if errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listed_points(request: HttpRequest, reference: str) -> HttpResponse:
    """Save the points; with a button, add, move or take away a row and show them anew, as when pictures changed."""
    alert = draft_of(request, reference)
    if request.method != "POST":
        return render(request, "alerts/points.html", _points(alert, list(alert.points) or [{}]))
    shown = _with_buttons(request.POST)
    wrong = _store_points(request, alert, shown or points.posted(request.POST))
    if shown is None:
        return render(request, "reports/rows_status.html", {"wrong": wrong}, status=422 if wrong else 200)
    return render(request, "alerts/points.html", _points(alert, shown, wrong, focus=True))


@never_cache
@require_safe
def beside(request: HttpRequest, reference: str) -> HttpResponse:
    """What a release still lacks."""
    alert = draft_of(request, reference)
    context = {"alert": alert, "missing": release.missing(alert), "may_propose": _proposes(request)}
    template = "alerts/missing.html" if request.headers.get("HX-Request") else "alerts/beside_page.html"
    return render(request, template, context)


@require_POST
def link(request: HttpRequest, reference: str) -> HttpResponse:
    """Link a report, or take a link away."""
    alert = own_alert(request, reference)
    if gone := request.POST.get("remove", ""):
        linking.remove(alert, officer_of(request), gone)
    else:
        linking.add_named(alert, officer_of(request), request.POST.get("report", ""))
    back = "alerts:edit" if may_edit(alert, officer_of(request)) else "alerts:show"
    return redirect(f"{reverse(back, args=[alert.reference])}#linked")


@require_POST
def discard(request: HttpRequest, reference: str) -> HttpResponse:
    """Delete a draft."""
    alert = draft_of(request, reference)
    drafting.discard(alert, officer_of(request))
    messages.success(request, _("The draft %(reference)s was deleted.") % {"reference": alert.reference})
    return redirect("alerts:list")


def _save(request: HttpRequest, alert: Alert) -> HttpResponse:
    typed, errors = _store(request, alert)
    wrong, shown = "", _with_buttons(request.POST)
    if "point-sent" in request.POST:
        wrong = _store_points(request, alert, shown or points.posted(request.POST))
    if errors or wrong:
        return _form(request, reading.alert_of(alert.reference), typed=typed, errors=errors, wrong=wrong)
    if "release" in request.POST:
        return redirect("alerts:release", alert.reference)
    address = reverse("alerts:edit", args=[alert.reference])
    if shown is not None:
        return redirect(f"{address}{'?more=1' if 'point-add' in request.POST else ''}#points")
    messages.success(request, _("Saved."))
    return redirect(address)


def _store(request: HttpRequest, alert: Alert) -> tuple[dict[str, Any], dict[str, str]]:
    """Store what can be, and give back what could not, with the reasons."""
    sent = _sent(request.POST)
    errors: dict[str, str] = {}
    for name, value in sent.items():
        try:
            fields.clean({name: value})
        except Invalid as error:
            errors[name] = error.message
    if good := {name: value for name, value in sent.items() if name not in errors}:
        try:
            drafting.change(alert, officer_of(request), good)
        except Invalid as error:
            errors[error.field or "title"] = error.message
    return {name: sent[name] for name in errors if name in sent}, errors


def _store_points(request: HttpRequest, alert: Alert, rows: list[dict[str, str]]) -> str:
    """Store the points; answers with what was wrong, empty where nothing was."""
    try:
        drafting.set_points(alert, officer_of(request), rows)
    except Invalid as error:
        return error.message
    return ""


def _sent(data: QueryDict) -> dict[str, Any]:
    """The values of fields in what was sent; points are sent apart, and unknown names are not ours."""
    return {
        name: [code for value in data.getlist(name) for code in value.split(",") if code.strip()]
        if field.kind == "terms"
        else data[name]
        for name, field in fields.BY_NAME.items()
        if name in data
    }


def _form(
    request: HttpRequest,
    alert: Alert,
    *,
    typed: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    wrong: str = "",
) -> HttpResponse:
    shown = points.posted(request.POST) if wrong else list(alert.points)
    if not shown or request.GET.get("more"):
        shown = [*shown, {}]
    context = {
        "alert": alert,
        "blocks": fields.filled(alert, typed, errors),
        "missing": release.missing(alert),
        "may_propose": _proposes(request),
        "linked": [{"report": report, "headline": headline(report)} for report in linking.linked(alert)],
        "errors": errors or {},
        **_points(alert, shown, wrong),
    }
    return render(request, "alerts/edit.html", context, status=422 if errors or wrong else 200)


def _points(alert: Alert, rows: list[dict[str, str]], wrong: str = "", *, focus: bool = False) -> dict[str, Any]:
    return {
        "alert": alert,
        "rows": rows,
        "lights": choices("image_light"),
        "shown_in": holding.shown_in(alert),
        "longest": points.LONGEST,
        "on_card": points.ON_CARD,
        "wrong": wrong,
        "focus": len(rows) - 1 if focus else None,
        "is_full": len(rows) >= points.MOST,
    }


def _with_buttons(data: QueryDict) -> list[dict[str, str]] | None:
    """The rows after a button was pressed; None where none was."""
    shown = points.posted(data)
    if "point-add" in data:
        return [*shown, {}][: points.MOST]
    if (number := data.get("point-remove", "")).isdecimal():
        return [row for at, row in enumerate(shown) if at != int(number)] or [{}]
    if (number := data.get("point-up", "")).isdecimal() and 0 < (at := int(number)) < len(shown):
        return [*shown[: at - 1], shown[at], shown[at - 1], *shown[at + 1 :]]
    return None


def _proposes(request: HttpRequest) -> bool:
    return officer_of(request).has_role(*drafting.PROPOSERS)
