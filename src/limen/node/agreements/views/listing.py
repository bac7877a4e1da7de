"""Looking at agreements, and at who sees a record under which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.agreements import reading
from limen.node.agreements.acting import missing, subject_of
from limen.node.audit import record as log
from limen.node.people.models import Agency, Officer
from limen.node.sharing import policy
from limen.node.sharing.agreed import Agreement, Edition, Onward, Purpose
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.copying import may_copy
from limen.node.sharing.kinds import RELEASERS, kind_of, kinds
from limen.node.sharing.markings import MEANINGS, Marking
from limen.node.sharing.models import State
from limen.node.sharing.pages import recipients_of
from limen.node.sharing.reasons import why
from limen.node.sharing.recipients import classes_in_words


@never_cache
@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """List those that the officer's agency is a party to, what waits for its consent first."""
    officer: Officer = request.user
    rows = [_row(each, officer) for each in reading.agreements()]
    rows.sort(key=lambda row: (not row["waits"], not row["standing"].in_force))
    return render(request, "agreements/list.html", {"rows": rows, "decides": officer.has_role(*RELEASERS)})


@never_cache
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """One agreement: what it says now, what waits, what was."""
    officer: Officer = request.user
    agreement = reading.agreement_of(reference)
    waiting, current = reading.open_edition(agreement), reading.current(agreement)
    editions = reading.editions(agreement)
    context = {
        "agreement": agreement,
        "standing": reading.standing(agreement),
        "current": said(current) if current else None,
        "waiting": said(waiting) if waiting else None,
        "consents": reading.consented(waiting) if waiting else [],
        "missing": missing(waiting) if waiting and waiting.stage == "draft" else [],
        "editions": editions,
        "halts": reading.halts(agreement),
        "mine": officer.agency_id,
        **reading.rights(agreement, waiting, officer),
    }
    return render(request, "agreements/show.html", context)


@never_cache
@require_safe
def text(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The signed text, as it was attached; recorded."""
    agreement = reading.agreement_of(reference)
    edition = agreement.editions.filter(number=number).first()
    if edition is None or not edition.document:
        raise Http404
    log("agreement.text_read", subject=subject_of(agreement), details={"edition": number})
    return FileResponse(edition.document.open(), as_attachment=True, filename=f"{agreement.reference}-{number}.pdf")


@never_cache
@require_safe
def access(request: HttpRequest, label: str, reference: str) -> HttpResponse:
    """Who sees a record, of what, and on which ground; to others than its owner, why they see it themselves."""
    officer: Officer = request.user
    try:
        kind = kind_of(label)
    except KeyError as error:
        raise Http404 from error
    record = kind.find(reference)
    mine = record.owner_id == officer.agency_id
    seen = policy.sight(record.audience_id)
    context: dict[str, Any] = {
        "record": record,
        "noun": kind.noun,
        "show": kind.url("show", record),
        "mine": mine,
        "reason": why(record, officer, seen),
        "classes": classes_in_words(seen),
        "meaning": MEANINGS[Marking(record.marking)],
        "may_copy": may_copy(record, officer),
        "released": record.state == State.RELEASED,
    }
    if mine:
        audience = policy.described(record.audience)
        context["recipients"], context["asks"] = recipients_of(audience), policy.asks(audience)
        context["under"] = [_under(each) for each in Agreement.objects.filter(pk__in=audience.agreements)]
    else:
        context["grounds"] = [_ground(each) for each in reading.grounds(record)]
    return render(request, "agreements/access.html", context)


def said(edition: Edition) -> dict[str, Any]:
    """What an edition says, in words."""
    nouns = {kind.label: kind.noun for kind in kinds()}
    purposes = dict(Purpose.choices)
    return {
        "edition": edition,
        "parties": list(edition.parties.select_related("agency")),
        "purposes": [purposes.get(each, each) for each in edition.purposes],
        "onward": dict(Onward.choices)[edition.onward],
        "clauses": _directions(edition, nouns),
    }


def _directions(edition: Edition, nouns: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Who tells whom what, a row for each giver and what it tells: most agreements tell all their parties alike."""
    rows: dict[tuple[Any, ...], list[Agency]] = {}
    for each in edition.clauses.select_related("giver", "receiver"):
        rows.setdefault((each.giver, tuple(each.kinds), each.classes), []).append(each.receiver)
    return [
        {
            "giver": giver,
            "receivers": receivers,
            "kinds": [nouns.get(kind, kind) for kind in told],
            "classes": classes_in_words(FieldClass(classes)),
        }
        for (giver, told, classes), receivers in rows.items()
    ]


def _row(agreement: Agreement, officer: Officer) -> dict[str, Any]:
    waiting, current = reading.open_edition(agreement), reading.current(agreement)
    shown = current or waiting or next(iter(reading.editions(agreement)), None)
    rights = reading.rights(agreement, waiting, officer)
    return {
        "agreement": agreement,
        "standing": reading.standing(agreement),
        "edition": shown,
        "parties": [party.agency for party in shown.parties.all()] if shown else [],
        "waits": rights["may_consent"],
    }


def _ground(ground: reading.Ground) -> dict[str, Any]:
    edition = reading.current(ground.agreement) if ground.agreement else None
    return {
        "basis": ground.basis,
        "agreement": ground.agreement,
        "said": said(edition) if edition else None,
        "classes": classes_in_words(ground.classes),
    }


def _under(agreement: Agreement) -> dict[str, Any]:
    current = reading.current(agreement)
    return {
        "agreement": agreement,
        "standing": reading.standing(agreement),
        "said": said(current) if current else None,
    }
