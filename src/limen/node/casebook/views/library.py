"""The library of case studies: browsed by issuer, method, kind of document, difficulty, language and words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.casebook import fields, reading
from limen.node.casebook.finding import Search
from limen.node.casebook.models import CaseStudy, Difficulty
from limen.node.casebook.views.common import officer_of
from limen.node.exhibits.models import Exhibit
from limen.node.sharing import policy
from limen.node.terms import choices, label

PAGE = 24


@never_cache
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Cards of what answers; htmx asks for them alone."""
    search = Search.of(request.GET)
    page = Paginator(search.rows(), PAGE).get_page(request.GET.get("page"))
    context = {"search": search, "page": page, "cards": cards(page.object_list)}
    context["may_write"] = reading.may_write(officer_of(request))
    if request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request"):
        response = render(request, "casebook/results.html", context)
        response["HX-Push-Url"] = f"{request.path}?{search.query}" if search.query else request.path
        patch_vary_headers(response, ["HX-Request"])
        return response
    return render(request, "casebook/library.html", context | {"controls": controls(search, officer_of(request))})


def cards(cases: Iterable[CaseStudy]) -> list[dict[str, Any]]:
    """What the cards show, each with the first picture of what was found."""
    given = list(cases)
    rows = Exhibit.objects.filter(
        kind=CaseStudy._meta.app_label, record__in=[case.pk for case in given], masks_confirmed=True, withheld=False
    )
    first = policy.visible(rows).order_by("record", "-role", "position", "pk").distinct("record")
    pictures = {each.record: each for each in first}
    return [_card(case, pictures.get(case.pk)) for case in given]


def _card(case: CaseStudy, picture: Exhibit | None) -> dict[str, Any]:
    return {
        "case": case,
        "picture": picture,
        "issuer": label("issuer", case.issuer) if case.issuer else "",
        "category": label("document_category", case.category) if case.category else "",
        "method": label("method", case.methods[0])
        if case.methods
        else (label("fraud_class", case.fraud_class) if case.fraud_class else ""),
        "difficulty": str(Difficulty(case.difficulty).label) if case.difficulty else "",
        "language": fields.told(fields.BY_NAME["language"], case.language),
    }


def controls(search: Search, officer: Any) -> list[dict[str, Any]]:
    """The conditions of the filter, as `reports/filter_control.html` shows them."""
    states = [("", _("released")), ("draft", _("not released, of my agency")), ("any", _("any"))]
    given = [
        ("q", _("Search"), "text", "", []),
        ("issuer", _("Issuer"), "suggest", "issuer", []),
        ("method", _("Method"), "suggest", "method", []),
        ("category", _("Kind of document"), "select", "", choices("document_category")),
        ("difficulty", _("Difficulty"), "select", "", [(str(code), name) for code, name in Difficulty.choices]),
        ("language", _("Language"), "select", "", settings.LANGUAGES),
        ("state", _("State"), "select", "", states),
    ]
    return [
        {
            "name": name,
            "label": text,
            "kind": kind,
            "terms": terms,
            "value": (value := getattr(search, name)),
            "shown": label(terms, value) if terms and value else value,
            "options": options,
        }
        for name, text, kind, terms, options in given
        if name != "state" or reading.may_write(officer)
    ]
