"""The list of alerts: what is in force first, filtered, paged by key."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.alerts import acknowledging, drafting, finding, telling
from limen.node.alerts.finding import Search
from limen.node.alerts.reading import Standing
from limen.node.alerts.views.common import officer_of, rows_of
from limen.node.terms import label


@never_cache
@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """Show one page of what is asked for. The address holds the whole search; htmx asks for the results alone."""
    officer = officer_of(request)
    search = Search.read(request.GET)
    page = finding.page(search, officer, request.GET.get("page", ""))
    query = urlencode(search.asked())
    context: dict[str, Any] = {"search": search, "query": query, "page": page, "rows": rows_of(page.rows)}
    context |= {"standing": telling.STANDINGS[Standing(search.state)], "by_urgency": search.by_urgency}
    if request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true":
        response = render(request, "alerts/results.html", context)
        response["HX-Push-Url"] = f"{request.path}?{query}" if query else request.path
        patch_vary_headers(response, ["HX-Request"])
        return response
    context |= {"states": _states(search), "writes": officer.has_role(*drafting.WRITERS) and not officer.is_machine}
    context |= {"urgencies": _urgencies(search), "shown": _shown(search), "more": _more(search)}
    context["recalled"] = acknowledging.recalled_since(officer)
    return render(request, "alerts/list.html", context)


def _states(search: Search) -> list[tuple[str, Any, bool]]:
    order = (Standing.IN_FORCE, Standing.COMING, Standing.LAPSED, Standing.REPLACED, Standing.DRAFT, Standing.PROPOSED)
    return [(each.value, telling.STANDINGS[each].word, each == search.state) for each in (*order, Standing.RECALLED)]


def _urgencies(search: Search) -> list[tuple[str, Any, bool]]:
    return [(name, telling.URGENCIES[code].word, name == search.urgency) for name, code in finding.URGENCIES.items()]


def _more(search: Search) -> bool:
    """Whether a condition is set that stands behind "more conditions"."""
    return bool(search.urgency or search.issuer or search.method or search.place)


def _shown(search: Search) -> dict[str, str]:
    return {name: label(name, code) for name in ("issuer", "method", "place") if (code := getattr(search, name))}
