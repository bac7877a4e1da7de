"""What a client needs to know: who it is, the words of reports, places, agencies; and how many reports there are."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db.models import Sum
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from limen.node.api.copying import copies
from limen.node.api.operations.answers import answers
from limen.node.api.presenting import agency_told, moment
from limen.node.api.schemas import Agencies, CountBy, Counts, FindPlaces, Me, Places, Terms
from limen.node.people.models import Agency
from limen.node.reports.models import Rollup
from limen.node.terms import alpha2, alpha3
from limen.node.terms.catalogue import LANGUAGES
from limen.node.terms.countries import country_name
from limen.node.terms.gazetteer import Spot, gazetteer
from limen.node.terms.registry import ISSUER_KINDS, carriers, words
from limen.node.web.errors import Invalid

router = Router(tags=["knowledge"])


@router.get("/me", response=answers({200: Me}), operation_id="getMe", summary="Who calls")
def get_me(request: HttpRequest) -> dict[str, Any]:
    """Say who the token or session belongs to, and what it may do."""
    caller = request.caller
    return {
        "name": caller.officer.name,
        "agency": agency_told(caller.officer.agency),
        "is_machine": caller.officer.is_machine,
        "roles": caller.officer.roles,
        "expires_at": moment(caller.expires_at),
        "requests_per_minute": settings.LIMEN_API_PER_MINUTE if caller.token else None,
        "machine_release": caller.officer.agency.machine_release,
    }


@router.get("/terms/{kind}", response=answers({200: Terms}, 404), operation_id="listTerms", summary="Words of a kind")
def list_terms(request: HttpRequest, kind: str) -> dict[str, Any]:
    """List the words of one kind, with labels in all languages and what other schemes call them.

    Kinds besides those of the taxonomy: `issuer`, `nationality`, `country`, `carrier`. Places: `GET /places`.
    """
    if not (items := list(_words(kind))):
        raise Http404
    return {"kind": kind, "items": items}


@router.get("/places", response=answers({200: Places}, 422), operation_id="listPlaces", summary="Find places")
def list_places(request: HttpRequest, find: Query[FindPlaces]) -> dict[str, Any]:
    """Find places, the best first."""
    spots = gazetteer().suggest(find.q, alpha2(find.country or ""), find.limit)
    return {"items": [_place(spot) for spot in spots]}


@router.get("/agencies", response=answers({200: Agencies}), operation_id="listAgencies", summary="Agencies")
def list_agencies(request: HttpRequest) -> dict[str, Any]:
    """List the active agencies of this node."""
    return {"items": [agency_told(agency) for agency in Agency.objects.filter(is_active=True)]}


@router.get("/counts", response=answers({200: Counts}, 422), operation_id="countReports", summary="Numbers of reports")
def count_reports(request: HttpRequest, asked: Query[CountBy]) -> dict[str, Any]:
    """Count the released reports that the caller sees and may copy, by one dimension."""
    monthly = asked.by == "month"
    rows = copies(Rollup.objects.filter(dimension="all" if monthly else asked.by))
    if asked.since:
        rows = rows.filter(month__gte=_month(asked.since, "since"))
    if asked.until:
        rows = rows.filter(month__lte=_month(asked.until, "until"))
    counted = rows.order_by().values_list("month" if monthly else "value").annotate(total=Sum("n")).filter(total__gt=0)
    found = [(f"{key:%Y-%m}" if monthly else key, int(n)) for key, n in counted]
    found.sort(key=lambda pair: (0 if monthly else -pair[1], pair[0]))
    items = [{"value": value, "n": n} for value, n in found]
    return {"by": asked.by, "total": sum(n for _value, n in found), "items": items}


def _words(kind: str) -> Any:
    """Make the words of a kind; none for a kind that nobody knows."""
    nothing: dict[str, Any] = {"parent": None, "definition": "", "mappings": {}, "active": True}
    if kind in ISSUER_KINDS:
        for code in ISSUER_KINDS[kind]:
            yield nothing | {"code": code, "labels": {each: country_name(code, each) for each in LANGUAGES}}
    elif kind == "carrier":
        for carrier in carriers().values():
            yield nothing | {"code": carrier.code, "labels": {"en": carrier.name}, "active": carrier.active}
    for word in words(kind).values():
        yield {
            "code": word.code,
            "parent": word.parent or None,
            "labels": dict(word.labels),
            "definition": word.definition,
            "mappings": {scheme: mapping["value"] for scheme, mapping in word.mappings.items()},
            "active": word.active,
        }


def _place(spot: Spot) -> dict[str, Any]:
    told = {name: getattr(spot, name) for name in ("code", "iata", "name", "lat", "lon")}
    return told | {"country": alpha3(spot.country) or ""}


def _month(month: str, field: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise Invalid(_("“%(value)s” is no month; write 2026-11.") % {"value": month}, field=field) from error
