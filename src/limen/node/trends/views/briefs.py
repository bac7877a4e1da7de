"""The page of briefs: what one would hold, and the file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from limen.node.reports.views.listing import is_part
from limen.node.sharing.copying import COPIED
from limen.node.sharing.markings import MEANINGS
from limen.node.terms import label
from limen.node.trends.briefing import wording
from limen.node.trends.briefing.asking import ABOUT, LENGTHS, Wanted, last_month, months_back
from limen.node.trends.briefing.making import counted, make
from limen.node.web.errors import Invalid

OFFERED = 60
"""Months that the form offers."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def brief(request: HttpRequest) -> HttpResponse:
    """Ask for a brief, say what it would hold, and make it."""
    if request.method == "POST":
        return _made(request)
    if is_part(request):
        return render(request, "trends/brief_preview.html", _preview(request.GET))
    return _form(request, request.GET)


def _made(request: HttpRequest) -> HttpResponse:
    try:
        made = make(Wanted.of(request.POST), request.user)
    except Invalid as error:
        return _form(request, request.POST, error)
    response = HttpResponse(made.pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _form(request: HttpRequest, asked: QueryDict, fault: Invalid | None = None) -> HttpResponse:
    chosen = {
        "month": asked.get("month") or f"{last_month():%Y-%m}",
        "months": asked.get("months") or str(LENGTHS[0]),
        "marking": asked.get("marking") or str(COPIED[-1]),
    }
    context: dict[str, Any] = {
        "asked": asked,
        "fault": fault,
        "conditions": [_condition(name, asked.get(name, "")) for name in ABOUT],
        "months": [(f"{month:%Y-%m}", wording.month_name(month)) for month in months_back(OFFERED)],
        "lengths": [(str(length), length) for length in LENGTHS],
        "markings": [(marking.value, MEANINGS[marking]) for marking in COPIED],
        "chosen": chosen,
    }
    return render(request, "trends/brief.html", context | _preview(asked), status=422 if fault else 200)


def _condition(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value, "label": label(name, value) if value else ""}


def _preview(asked: QueryDict) -> dict[str, Any]:
    """What the brief would hold, or what is wrong."""
    try:
        wanted = Wanted.of(asked)
    except Invalid as error:
        return {"wrong": error.message}
    held, left_out = counted(wanted)
    return {
        "title": wording.title(wanted),
        "subtitle": wording.subtitle(wanted),
        "period": wording.period(wanted),
        "days": wording.days(wanted.span),
        "held": held,
        "left_out": left_out,
        "marking": wanted.marking.value,
    }
