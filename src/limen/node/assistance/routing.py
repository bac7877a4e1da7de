"""Whom to ask: active agencies and centres, those first that know the document, speak the language and are on duty.

Every active agency is offered, with and without stated expertise, to everybody alike; what is told of one is what it
states itself, and whether somebody is on duty. How much it has to do is not told. The own agency's requests that wait
there, which it knows, let one that has fewer go before another.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from limen.node.assistance.models import WAITING, Request
from limen.node.people.models import Agency, AgencyKind
from limen.node.sharing.models import State
from limen.node.terms import label


@dataclass(frozen=True, slots=True)
class Known:
    """What an agency and its examiners state, and whether one of them is on duty."""

    issuers: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    on_duty: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One agency, and why it is suggested: a sentence for each reason, none where nothing is stated."""

    agency: Agency
    points: int
    on_duty: bool
    reasons: tuple[str, ...]


def suggest(request: Request) -> list[Suggestion]:
    """Every active agency but the own one, the fittest first."""
    own = _own_waiting(request)
    known = directory()
    agencies = Agency.objects.filter(is_active=True).exclude(pk=request.owner_id)
    found = [_suggestion(request, agency, known.get(agency.pk, Known())) for agency in agencies]
    return sorted(found, key=lambda each: (-each.points, own[each.agency.pk], each.agency.name))


def directory() -> dict[int, Known]:
    """What each agency states."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agency_id, issuers, categories, languages, on_duty FROM assistance_directory()")
        return {
            agency: Known(frozenset(issuers), frozenset(categories), frozenset(languages), on_duty)
            for agency, issuers, categories, languages, on_duty in cursor.fetchall()
        }


def _suggestion(request: Request, agency: Agency, known: Known) -> Suggestion:
    points, reasons = 0, []
    if request.issuer and request.issuer in known.issuers:
        points += 8
        reasons.append(_("knows documents of %(issuer)s") % {"issuer": label("issuer", request.issuer)})
    elif request.issuer and request.issuer == agency.country:
        points += 7
        reasons.append(_("is of the country that issues the document"))
    if request.category and request.category in known.categories:
        points += 4
        reasons.append(_("knows this kind: %(kind)s") % {"kind": label("document_category", request.category)})
    if request.language in known.languages:
        points += 2
        language = dict(settings.LANGUAGES).get(request.language, request.language)
        reasons.append(_("answers in %(language)s") % {"language": language})
    if known.on_duty:
        points += 2
        reasons.append(_("an examiner is on duty"))
    if agency.kind == AgencyKind.CENTRE:
        points += 1
        reasons.append(_("is a support centre for examinations"))
    return Suggestion(agency, points, known.on_duty, tuple(reasons))


def _own_waiting(request: Request) -> Counter[int]:
    """How many of the own agency's requests wait at each."""
    rows = Request.objects.filter(owner=request.owner_id, state=State.RELEASED, stage__in=WAITING)
    return Counter(rows.values_list("asked", flat=True))
