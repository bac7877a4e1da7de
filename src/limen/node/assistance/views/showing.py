"""A request to read, for both sides: what is asked, its bundle, where it stands, what was said."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from limen.node.assistance import fields, reading
from limen.node.assistance.models import Message, Request, Stage
from limen.node.assistance.results import results_of
from limen.node.assistance.views import answering
from limen.node.assistance.views.common import officer_of
from limen.node.exhibits.reading import exhibits_of
from limen.node.reports.views.giving import send_file
from limen.node.sharing import releasing
from limen.node.sharing.copying import may_copy
from limen.node.sharing.markings import MEANINGS, Marking
from limen.node.sharing.models import State
from limen.node.sharing.reasons import why
from limen.node.terms import label

LONGEST_TALK = 200
"""Messages that a page shows, the newest."""


@never_cache
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """The request, as far as the viewer may see it."""
    return page(request, reading.find(reference), {})


@never_cache
@require_POST
def bearer(request: HttpRequest, reference: str) -> HttpResponse:
    """The same with the bearer's data, and an entry in the log."""
    found = reading.find(reference)
    return page(request, found, {"bearer": _facts(reading.bearer_of(found), "bearer"), "bearer_read": True})


@never_cache
@require_POST
def unmasked(request: HttpRequest, reference: str) -> HttpResponse:
    """The same with the pictures as they were taken; each that is loaded is an entry in the log."""
    found = reading.find(reference)
    lights = {each.uid: each.light for each in exhibits_of(found)}
    shown = [
        {"uid": each.uid, "light": lights.get(each.exhibit, ""), "name": label("image_light", lights[each.exhibit])}
        for each in reading.originals_of(found)
        if each.exhibit in lights
    ]
    return page(request, found, {"unmasked": shown})


@require_safe
def original(request: HttpRequest, reference: str, uid: object) -> HttpResponse:
    """A picture as it was taken (class 3); recorded, and kept by no browser."""
    return send_file(request, reading.original_of(reading.find(reference), uid).file, keep=False)


def page(request: HttpRequest, found: Request, more: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page of a request; `more` is what one answer adds to it."""
    officer = officer_of(request)
    mine = found.owner_id == officer.agency_id
    sight = reading.sight(found, officer)
    about = [each for each in _facts(found, "") if each[0] not in ("question", "overruled")]
    context = {
        "asked": found,
        "facts": about,
        "document": _facts(reading.document_of(found), "document"),
        "has_bearer": reading.has_bearer(found),
        "originals": reading.originals_of(found).count(),
        "headline": reading.headline(found),
        "results": results_of(found),
        "report": reading.report_of(found),
        "talk": _talk(found),
        "mine": mine,
        "reason": why(found, officer, sight),
        "meaning": MEANINGS[Marking(found.marking)],
        "may_copy": may_copy(found, officer),
        "history": releasing.history(found) if mine else [],
        **releasing.rights(found, officer),
        **rights(found, officer),
        **answering.section(found, officer),
    }
    return render(request, "assistance/show.html", context | more, status=status)


def rights(found: Request, officer: Any) -> dict[str, bool]:
    """Which steps its page offers; the steps themselves ask again."""
    out = found.state == State.RELEASED and found.stage != Stage.CLOSED
    examines = reading.examines(found, officer)
    took = found.taken_by_id == officer.pk or officer.has_role("coordinator")
    asks = found.owner_id == officer.agency_id and reading.may_ask(officer)
    return {
        "may_edit": reading.may_edit(found, officer),
        "examines": examines,
        "may_take": examines and out and found.stage == Stage.OPEN,
        "may_give_back": examines and out and took and found.stage in (Stage.TAKEN, Stage.ASKED_BACK),
        "may_ask_back": examines and out and found.stage == Stage.TAKEN,
        "may_say": out and (asks or examines),
        "may_close": asks and out,
        "may_ask_again": asks and found.sent_at is not None,
    }


def _talk(found: Request) -> list[Message]:
    newest = Message.objects.filter(request=found).select_related("officer", "agency").order_by("-at", "-pk")
    return list(newest[:LONGEST_TALK])[::-1]


def _facts(row: Any, part: str) -> list[tuple[str, str, str]]:
    """Name, label and value of each field that says something."""
    if row is None:
        return []
    told = [
        (field, fields.told(field, getattr(row, field.name)))
        for field in fields.FIELDS
        if field.part == part and field.kind != "agency"
    ]
    return [(field.name, field.label[:1].upper() + field.label[1:], value) for field, value in told if value]
