"""The map of where reports were detected, with the table of the same figures."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.audit import record as log
from limen.node.reports import placing
from limen.node.reports.finding import Search
from limen.node.reports.views import filters
from limen.node.reports.views.listing import is_part, pushed

MOST_ROWS = 200
"""Rows of the table; the map shows every place."""


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """Show the map and its table; htmx asks for these alone."""
    asked = filters.asked_of(request.GET, request.user)
    spots = placing.spots(asked.search)
    if asked.search.name:
        log("report.names_searched", details={"found": sum(spot.count for spot in spots)})
    total = sum(spot.count for spot in spots)
    partial = total == placing.limit(asked.search)
    context = {
        "search": asked.search,
        "query": asked.query,
        "faults": asked.faults,
        "chips": filters.chips(asked.search, reverse("reports:map")),
        "count": total,
        "exact": not partial,
        "counted": total,
        "partial": partial,
        "rows": [_row(spot, asked.search, total) for spot in spots[:MOST_ROWS]],
        "hidden_places": max(0, len(spots) - MOST_ROWS),
        "places": len(spots),
        "unplaced": sum(spot.count for spot in spots if spot.position is None),
    }
    if is_part(request):
        return pushed(render(request, "reports/map_results.html", context), request, asked)
    return render(request, "reports/map.html", context | filters.bar(asked.search, request.user))


@never_cache
@require_safe
def data(request: HttpRequest) -> JsonResponse:
    """The figures of the map: one bubble a place."""
    asked = filters.asked_of(request.GET, request.user)
    spots = placing.spots(asked.search)
    if asked.search.name:
        log("report.names_searched", details={"found": sum(spot.count for spot in spots)})
    return JsonResponse(
        {
            "count": sum(spot.count for spot in spots),
            "faults": asked.faults,
            "points": [_point(spot, asked.search) for spot in spots if spot.position is not None],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _row(spot: placing.Spot, search: Search, total: int) -> dict[str, Any]:
    return {"spot": spot, "url": _address(spot, search), "share": 100 * spot.count / total if total else 0}


def _point(spot: placing.Spot, search: Search) -> dict[str, Any]:
    latitude, longitude = spot.position or (0.0, 0.0)
    return {
        "code": spot.code,
        "label": spot.name,
        "value": spot.count,
        "lon": longitude,
        "lat": latitude,
        "url": _address(spot, search),
    }


def _address(spot: placing.Spot, search: Search) -> str:
    return f"{reverse('reports:list')}?{urlencode(spot.within(search))}" if spot.code else ""
