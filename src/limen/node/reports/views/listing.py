"""The list of reports: searched, filtered, paged by key; and by a picture that is like another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from limen.node.audit import record as log
from limen.node.reports import likeness
from limen.node.reports.finding import COUNTED
from limen.node.reports.models import Image, Report
from limen.node.reports.paging import Page
from limen.node.reports.views import filters
from limen.node.sharing import policy
from limen.node.terms import label


@dataclass(frozen=True, slots=True)
class Row:
    """A report as the list shows it: codes in words, and its first picture."""

    report: Report
    image: Image | None
    issuer: str
    category: str
    method: str
    place: str
    likeness: int | None
    """How like the picture asked for, in per cent."""


def rows_of(reports: Sequence[Report]) -> list[Row]:
    """Put reports into words, with one query for the first picture of each."""
    first = first_images(reports)
    return [
        Row(
            report,
            first.get(report.pk),
            label("issuer", report.issuer) if report.issuer else "",
            label("document_category", report.category) if report.category else "",
            method_of(report),
            place_of(report),
            round(100 * (1 - report.distance)) if hasattr(report, "distance") else None,
        )
        for report in reports
    ]


def first_images(reports: Sequence[Report]) -> dict[int, Image]:
    """The first picture of each report that the viewer sees."""
    pictures = policy.visible(Image.objects.filter(report__in=[report.pk for report in reports]))
    ordered = pictures.order_by("report_id", "position", "id").distinct("report_id")
    return {image.report_id: image for image in ordered}


def method_of(report: Report) -> str:
    """The principal method, or the class of fraud where none is named."""
    if report.method:
        return label("method", report.method)
    return label("fraud_class", report.fraud_class) if report.fraud_class else ""


def place_of(report: Report) -> str:
    """Where it was detected: the place, or the country where no place is named."""
    if report.place:
        return label("place", report.place)
    return label("country", report.detection_country) if report.detection_country else ""


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Show one page of what the search finds. The address holds the whole search; htmx asks for the results alone."""
    asked = filters.asked_of(request.GET, request.user)
    context = results(asked, request.user)
    nothing = context["exact"] and not context["count"]
    page = Page([]) if nothing else asked.search.page(request.GET.get("page", ""), few=context["exact"])
    context |= {"rows": rows_of(page.rows), "page": page}
    if asked.search.name:
        log("report.names_searched", details={"found": len(page.rows)})
    if is_part(request):
        return pushed(render(request, "reports/results.html", context), request, asked)
    context |= filters.bar(asked.search, request.user)
    return render(request, "reports/list.html", context)


def is_part(request: HttpRequest) -> bool:
    """Whether htmx asks for the results alone; going back in the history asks for the whole page."""
    history = request.headers.get("HX-History-Restore-Request") == "true"
    return request.headers.get("HX-Request") == "true" and not history


def pushed(response: HttpResponse, request: HttpRequest, asked: filters.Asked) -> HttpResponse:
    """Let the browser's address hold the whole search, and nothing that is empty."""
    response["HX-Push-Url"] = f"{request.path}?{asked.query}" if asked.query else request.path
    patch_vary_headers(response, ["HX-Request"])
    return response


def results(asked: filters.Asked, officer: Any, address: str = "reports:list") -> dict[str, Any]:
    """What list, map and exports say of a search: how many, the conditions in words, and what was not understood."""
    count, exact = asked.search.count()
    return {
        "search": asked.search,
        "query": asked.query,
        "faults": asked.faults,
        "chips": filters.chips(asked.search, reverse(address)),
        "count": count,
        "exact": exact,
        "counted": COUNTED,
    }


@require_POST
def similar(request: HttpRequest) -> HttpResponse:
    """Find reports with a picture like the one sent, which is not stored: the address keeps its fingerprint alone."""
    return redirect(f"{reverse('reports:list')}?similar={likeness.of_file(request.FILES.get('image'))}")
