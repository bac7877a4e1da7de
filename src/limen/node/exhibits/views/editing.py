"""Editing the exhibits of a record: a part of the page on which it is written, and a page of its own.

Each address answers htmx with the part that changed, and a form without scripts by leading back to the page.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from limen.node.exhibits import adding, changing, editing, reading
from limen.node.exhibits.holders import holder_of
from limen.node.exhibits.models import Exhibit
from limen.node.people.models import Officer
from limen.node.reports import reading as reports
from limen.node.reports.views.receiving import box_of, drawn_masks, json_of, uploaded
from limen.node.terms import choices
from limen.node.web.errors import Invalid, Refused


@never_cache
@require_safe
def page(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """The exhibits of a record, on a page of their own."""
    record = _record(request, kind, number)
    context = editing.editor_of(record, _officer(request), request.GET.get("reference", "").strip())
    if context["reference"]:
        context |= _offers(request, record)
    return render(request, "exhibits/page.html", context | {"back": holder_of(kind).edit_url(record)})


@never_cache
@require_safe
def offers(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """The pictures of the report whose reference was typed: a part of the page."""
    record = _record(request, kind, number)
    if not request.headers.get("HX-Request"):
        return redirect(f"{_address(kind, number)}?reference={request.GET.get('reference', '')[:20]}#add")
    return render(request, "exhibits/offers.html", {"record": record, "kind": kind, **_offers(request, record)})


@require_POST
def take(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Take a picture of a report."""
    record = _record(request, kind, number)
    exhibit = adding.take(record, _officer(request), reports.image_of(_uid(request, "image")))
    return _added(request, record, [exhibit])


@require_POST
def upload(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Take the pictures of a file in."""
    record = _record(request, kind, number)
    exhibits = adding.upload(record, _officer(request), uploaded(request), request.POST.get("light", "white"))
    return _added(request, record, exhibits)


@require_POST
def change(request: HttpRequest, uid: object) -> HttpResponse:
    """Describe an exhibit: light, subject, caption, purpose, what it is compared with."""
    exhibit = _exhibit(request, uid)
    values = {name: request.POST[name] for name in changing.DESCRIBED if name in request.POST}
    return _changed(request, changing.describe(exhibit, _officer(request), values), _("Saved."))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def masks(request: HttpRequest, uid: object) -> HttpResponse:
    """Draw what is hidden, over the original while there is one, and confirm it."""
    exhibit = _exhibit(request, uid)
    if request.method == "POST":
        done = changing.set_masks(exhibit, _officer(request), drawn_masks(request, exhibit.masks))
        return _changed(request, done, _("The masks were confirmed."))
    original = changing.original_row(exhibit)
    if original is None and not exhibit.masks_confirmed:
        raise Refused(changing.not_seen())
    drawn = json.dumps([box_of(mask) for mask in exhibit.masks] if original else [])
    context = {"exhibit": exhibit, "drawn": drawn, "original": original, "back": _back(exhibit)}
    return render(request, "exhibits/masks.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def regions(request: HttpRequest, uid: object) -> HttpResponse:
    """Mark places on the masked picture."""
    exhibit = _exhibit(request, uid)
    if request.method == "POST":
        done = changing.set_regions(exhibit, _officer(request), json_of(request, "regions", None))
        return _changed(request, done, _("The marked places were saved."))
    options = [{"value": code, "label": text} for code, text in choices("region_property")]
    context = {"drawn": json.dumps(exhibit.regions), "options": json.dumps(options), "back": _back(exhibit)}
    return render(request, "exhibits/regions.html", context | {"exhibit": exhibit})


@require_POST
def move(request: HttpRequest, uid: object) -> HttpResponse:
    """Move an exhibit towards the beginning, or the end."""
    exhibit = _exhibit(request, uid)
    changing.move(exhibit, _officer(request), later=request.POST.get("to") == "later")
    return _all(request, changing.record_of(exhibit))


@require_POST
def remove(request: HttpRequest, uid: object) -> HttpResponse:
    """Delete an exhibit."""
    return _all(request, changing.remove(_exhibit(request, uid), _officer(request)))


def _officer(request: HttpRequest) -> Officer:
    officer: Officer = request.user
    return officer


def _record(request: HttpRequest, kind: str, number: int) -> Any:
    """The record, whose exhibits the officer may change. Raises `Http404`, `Refused`."""
    holder = holder_of(kind)
    record = holder.find(number)
    if not holder.may_edit(record, _officer(request)):
        raise Refused(_("You cannot change these pictures: what was proposed or released stays as it is."))
    return record


def _exhibit(request: HttpRequest, uid: object) -> Exhibit:
    exhibit = reading.exhibit_of(uid)
    _record(request, exhibit.kind, exhibit.record)
    return exhibit


def _offers(request: HttpRequest, record: Any) -> dict[str, Any]:
    """What can be taken from the report that was asked for, or a sentence why nothing can."""
    reference = request.GET.get("reference", "").strip().upper()[:20]
    report = reports.reports().filter(reference=reference).first()
    if report is None:
        return {"reference": reference, "told": _("There is no report of this reference that you may see.")}
    found = editing.offers_of(record, report, _officer(request))
    told = "" if found else _("No picture can be taken from this report.")
    return {"reference": reference, "report": report, "offers": found, "told": told}


def _uid(request: HttpRequest, name: str) -> Any:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as error:
        raise Invalid(_("Choose a picture first."), field=name) from error


def _address(kind: str, number: int) -> str:
    return reverse("exhibits:edit", args=[kind, number])


def _back(exhibit: Exhibit) -> str:
    return f"{_address(exhibit.kind, exhibit.record)}#exhibit-{exhibit.uid}"


def _added(request: HttpRequest, record: Any, exhibits: list[Exhibit]) -> HttpResponse:
    if request.headers.get("HX-Request"):
        wanted = {each.pk for each in exhibits}
        context = {"cards": [each for each in editing.cards(record) if each.exhibit.pk in wanted], **editing.lists()}
        return _telling(render(request, "exhibits/cards.html", context))
    messages.success(request, _("The picture was added."))
    return redirect(f"{_address(exhibits[0].kind, exhibits[0].record)}#exhibit-{exhibits[0].uid}")


def _all(request: HttpRequest, record: Any) -> HttpResponse:
    kind = str(record._meta.app_label)
    if request.headers.get("HX-Request"):
        return _telling(render(request, "exhibits/list.html", {"cards": editing.cards(record), **editing.lists()}))
    return redirect(f"{_address(kind, record.pk)}#exhibits")


def _changed(request: HttpRequest, exhibit: Exhibit, sentence: str) -> HttpResponse:
    if "json" in request.headers.get("Accept", "") or request.content_type == "application/json":
        return JsonResponse({"detail": sentence, "masks": exhibit.masks, "regions": exhibit.regions})
    if request.headers.get("HX-Request"):
        card = editing.card(exhibit, changing.record_of(exhibit))
        return _telling(render(request, "exhibits/card.html", {"card": card, **editing.lists()}))
    messages.success(request, sentence)
    return redirect(_back(exhibit))


def _telling(response: HttpResponse) -> HttpResponse:
    """Let the page know that pictures changed, so that what stands beside the form is asked anew."""
    return trigger_client_event(response, "limen:pictures")
