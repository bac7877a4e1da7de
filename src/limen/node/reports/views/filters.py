"""The filter bar that list, map and exports share: what was asked, in words, and searches kept under a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_POST

from limen.node.people.models import Agency, Officer
from limen.node.reports import filtering
from limen.node.reports.finding import NOT_STATED, Search
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import State
from limen.node.terms import choices, label
from limen.node.web.errors import Invalid


@dataclass(frozen=True, slots=True)
class Control:
    """One condition: how it is called, set, and read."""

    name: str
    label: Any
    kind: str
    """How it is set: suggest, select, date, check or text."""
    terms: str = ""
    """The kind of code that it holds."""
    more: bool = True
    """Whether it stands behind "more conditions"."""


CONTROLS = (
    Control("q", _later("Search"), "text", more=False),
    Control("issuer", _later("Issuer"), "suggest", "issuer", more=False),
    Control("fraud_class", _later("Class of fraud"), "select", "fraud_class", more=False),
    Control("place", _later("Place"), "suggest", "place", more=False),
    Control("since", _later("Detected from"), "date"),
    Control("until", _later("Detected until"), "date"),
    Control("category", _later("Kind of document"), "select", "document_category"),
    Control("method", _later("Method"), "suggest", "method"),
    Control("country", _later("Country of detection"), "suggest", "country"),
    Control("setting", _later("Setting"), "select", "detection_setting"),
    Control("nationality", _later("Nationality"), "suggest", "issuer"),
    Control("outcome", _later("Outcome"), "select", "outcome"),
    Control("via", _later("Place on the route"), "suggest", "place"),
    Control("via_country", _later("Country on the route"), "suggest", "country"),
    Control("carrier", _later("Carrier"), "suggest", "carrier"),
    Control("route_from", _later("Route from"), "suggest", "place"),
    Control("route_via", _later("Last transit"), "suggest", "place"),
    Control("route_to", _later("Route to"), "suggest", "place"),
    Control("means", _later("Detected by"), "select", "detection_means"),
    Control("line", _later("Line of inspection"), "select", "line"),
    Control("sex", _later("Sex"), "select", "sex"),
    Control("age_band", _later("Age band"), "select", "age_band"),
    Control("facilitated", _later("Facilitated"), "select", "facilitated"),
    Control("supply_country", _later("Country of supply"), "suggest", "country"),
    Control("document_type", _later("Document code"), "text"),
    Control("source_reliability", _later("Reliability of the source"), "select", "source_reliability"),
    Control("information_credibility", _later("Credibility of the information"), "select", "information_credibility"),
    Control("marking", _later("Marking"), "select"),
    Control("agency", _later("Agency"), "select"),
    Control("state", _later("State"), "select"),
    Control("mine", _later("Entered by me"), "check"),
    Control("name", _later("Name of a person"), "text"),
    Control("principal", _later("Principal method"), "hidden", "method"),
    Control("nationality_claimed", _later("Nationality claimed"), "hidden", "issuer"),
    Control("nationality_established", _later("Nationality established"), "hidden", "issuer"),
    Control("model_name", _later("Model"), "hidden"),
    Control("model_year", _later("Model of the year"), "hidden"),
    Control("similar", _later("Similar picture"), "hidden"),
)
_BY_NAME = {control.name: control for control in CONTROLS}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for."""

    search: Search
    faults: tuple[str, ...]

    @property
    def query(self) -> str:
        """The search as a query string, in one order whatever way it was typed."""
        return urlencode(self.search.asked())


def asked_of(values: Mapping[str, Any], officer: Officer) -> Asked:
    """Read a search. What is not understood, or not offered to this officer, is left out, with a sentence."""
    search, faults = Search.read(values)
    sentences = [fault.message for fault in faults]
    if search.name and not filtering.may_search_names(officer):
        search = search.without("name")
        sentences.append(_("Your role sees no names, so it searches for none."))
    return Asked(search, tuple(sentences))


def chips(search: Search, address: str) -> list[dict[str, str]]:
    """Each condition in words, and the address of the same search without it."""
    found = []
    for name, value in search.asked().items():
        control = _BY_NAME[name]
        rest = urlencode(search.without(name).asked())
        found.append(
            {
                "label": str(control.label),
                "value": shown(control, value),
                "without": f"{address}?{rest}" if rest else address,
            }
        )
    return found


def shown(control: Control, value: str) -> str:
    """Say a condition's value in words."""
    match control.name:
        case "place" if value == NOT_STATED:
            words = _("no place given")
        case "route_via" if value == NOT_STATED:
            words = _("no transit")
        case "route_from" | "route_via" | "route_to" if value != NOT_STATED:
            words = _end(value)
        case _ if value == NOT_STATED:
            words = _("not stated")
        case "similar":
            words = _("one picture")
        case "marking":
            words = str(Marking(value).label)
        case "state":
            words = str(State(value).label) if value in State.values else _("any")
        case "agency":
            words = str(Agency.objects.filter(code=value).values_list("name", flat=True).first() or value)
        case "mine":
            words = _("yes")
        case _:
            words = label(control.terms, value) if control.terms else value
    return words


def _end(value: str) -> str:
    """Say an end of a route: a place, a country, or the country where no place is given."""
    if len(value) == 4 and value.endswith(NOT_STATED):
        return _("%(country)s, no place given") % {"country": label("country", value[:3])}
    return label("country" if len(value) == 3 else "place", value)


def bar(search: Search, officer: Officer) -> dict[str, Any]:
    """What the template of the filter bar needs."""
    values = search.asked()
    controls = [
        _drawn(control, values.get(control.name, ""))
        for control in CONTROLS
        if control.name != "name" or filtering.may_search_names(officer)
    ]
    return {
        "controls": [one for one in controls if not one["more"] and one["kind"] != "hidden"],
        "more_controls": [one for one in controls if one["more"] and one["kind"] != "hidden"],
        "more_open": any(one["value"] for one in controls if one["more"] and one["kind"] != "hidden"),
        "hidden": [one for one in controls if one["kind"] == "hidden" and one["value"]],
        "saved_filters": filtering.saved(officer),
    }


def _drawn(control: Control, value: str) -> dict[str, Any]:
    return {
        "name": control.name,
        "label": control.label,
        "kind": control.kind,
        "terms": control.terms,
        "more": control.more,
        "value": value,
        "shown": shown(control, value) if value else "",
        "options": [*_options(control), *_unstated(value)] if control.kind == "select" else [],
    }


def _unstated(value: str) -> Iterable[tuple[str, Any]]:
    """Offer "not stated" where it was asked for: charts lead there."""
    return [(NOT_STATED, _("not stated"))] if value == NOT_STATED else []


def _options(control: Control) -> Iterable[tuple[str, Any]]:
    if control.name == "marking":
        return Marking.choices
    if control.name == "state":
        words = dict(State.choices)
        return [("", words.pop("released")), *words.items(), ("any", _("any"))]
    if control.name == "agency":
        return Agency.objects.order_by("name").values_list("code", "name")
    return choices(control.terms)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the search that the form carries, under the name given."""
    asked = asked_of(request.POST, request.user)
    name, for_agency = request.POST.get("filter_name", ""), request.POST.get("for_agency") == "on"
    try:
        found = filtering.save(request.user, name, asked.search, for_agency=for_agency)
        messages.success(request, _("The search “%(name)s” is kept.") % {"name": found.name})
        if asked.search.name:
            messages.info(request, _("The person's name that it asked for is not: it tells of a person."))
    except Invalid as error:
        messages.error(request, error.message)
    return redirect(f"{reverse('reports:list')}?{asked.query}")


@require_POST
def forget(request: HttpRequest, number: int) -> HttpResponse:
    """Delete one of the officer's own searches."""
    filtering.forget(request.user, number)
    messages.success(request, _("The search was deleted."))
    return redirect("reports:list")
