"""Pictures of a report: given out by class, taken in, masked and marked."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from limen.node.images import reading as page_reading
from limen.node.reports import picturing, prefilling, reading
from limen.node.reports.blocks import label_of
from limen.node.reports.models import Image, Report
from limen.node.reports.pictures import take
from limen.node.reports.sentences import said
from limen.node.reports.views.common import draft_image_of, draft_of, officer_of
from limen.node.reports.views.giving import send_file
from limen.node.reports.views.receiving import box_of, drawn_masks, json_of, uploaded
from limen.node.terms import choices


@require_safe
def image(request: HttpRequest, uid: object) -> HttpResponse:
    """The masked picture (class 0)."""
    return send_file(request, reading.image_of(uid).masked)


@require_safe
def thumb(request: HttpRequest, uid: object) -> HttpResponse:
    """The masked picture, small (class 0)."""
    found = reading.image_of(uid)
    return send_file(request, found.thumbnail or found.masked)


@require_safe
def original(request: HttpRequest, uid: object) -> HttpResponse:
    """The picture as it was taken (class 3); recorded, and kept by no browser."""
    return send_file(request, reading.original_of(reading.image_of(uid)).file, keep=False)


@require_POST
def attach(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a file in: mask its pictures, read the machine readable zone, and fill in what is still empty."""
    report = draft_of(request, reference)
    officer = officer_of(request)
    taken = take(uploaded(request))
    light = request.POST.get("light", "white")
    images = picturing.attach(report, officer, taken, light, request.POST.get("subject", ""))
    read = next((one for one in taken if one.zone), taken[0])
    found = page_reading.prefill(read.picture.image, on=report.detected_on, zone=read.zone)
    names = prefilling.fill(report, officer, found)
    context = {"report": report, "images": [_card(each) for each in images], "read": found}
    context |= {"filled": label_of(names), "names": ",".join(names)}
    if request.headers.get("HX-Request"):
        return render(request, "reports/attached.html", context)
    messages.success(request, _("The picture was added."))
    if names:
        messages.info(
            request, _("Filled in from the picture, change what is wrong: %(names)s.") % {"names": label_of(names)}
        )
    for irregularity in found.irregularities:
        messages.warning(request, f"{said(irregularity.title)}: {said(irregularity.message)}")
    return redirect(f"{reverse('reports:edit', args=[report.reference])}#pictures")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def masks(request: HttpRequest, uid: object) -> HttpResponse:
    """Draw what is hidden, over the original, and confirm it; the original's view is recorded as it is loaded."""
    found = draft_image_of(request, uid)
    if request.method == "POST":
        done = picturing.set_masks(found, officer_of(request), drawn_masks(request, found.masks))
        return _answer(request, done, _("The masks were set; this is what others see."))
    whole = [{"x": 0, "y": 0, "w": 1, "h": 1}]
    boxes = [box_of(mask) for mask in found.masks]
    context = {"image": found, "report": found.report, "drawn": json.dumps([] if boxes == whole else boxes)}
    return render(request, "reports/masks.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def regions(request: HttpRequest, uid: object) -> HttpResponse:
    """Mark places on the masked picture, and say what each shows."""
    found = draft_image_of(request, uid)
    if request.method == "POST":
        done = picturing.set_regions(found, officer_of(request), json_of(request, "regions", None))
        return _answer(request, done, _("The marked places were saved."))
    options = [{"value": code, "label": text} for code, text in choices("region_property")]
    context = {"drawn": json.dumps(found.regions), "options": json.dumps(options)}
    return render(request, "reports/regions.html", context | {"image": found, "report": found.report})


@require_POST
def change(request: HttpRequest, uid: object) -> HttpResponse:
    """Set a picture's light and what it shows."""
    found = draft_image_of(request, uid)
    done = picturing.set_light(found, officer_of(request), request.POST.get("light", ""), request.POST.get("subject"))
    return _answer(request, done, _("Saved."))


@require_POST
def move(request: HttpRequest, uid: object) -> HttpResponse:
    """Move a picture towards the beginning, or the end."""
    found = draft_image_of(request, uid)
    uids = [str(each.uid) for each in found.report.images.all()]
    at = uids.index(str(found.uid))
    to = at + (1 if request.POST.get("to") == "later" else -1)
    if 0 <= to < len(uids):
        uids[at], uids[to] = uids[to], uids[at]
        picturing.reorder(found.report, officer_of(request), uids)
    return _all(request, found.report)


@require_POST
def detach(request: HttpRequest, uid: object) -> HttpResponse:
    """Delete a picture."""
    found = draft_image_of(request, uid)
    picturing.detach(found, officer_of(request))
    return _all(request, found.report)


def cards(report: Report) -> list[dict[str, Any]]:
    """What the form shows of each picture."""
    return [_card(each) for each in report.images.all()]


def _card(found: Image) -> dict[str, Any]:
    lights, subjects = choices("image_light"), choices("image_subject")
    return {"image": found, "lights": lights, "subjects": subjects}


def _all(request: HttpRequest, report: Report) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return _telling(render(request, "reports/images.html", {"report": report, "images": cards(report)}))
    return redirect(f"{reverse('reports:edit', args=[report.reference])}#pictures")


def _answer(request: HttpRequest, found: Image, sentence: str) -> HttpResponse:
    if "json" in request.headers.get("Accept", "") or request.content_type == "application/json":
        return JsonResponse({"detail": sentence, "masks": found.masks, "regions": found.regions})
    if request.headers.get("HX-Request"):
        return _telling(render(request, "reports/image_card.html", {"card": _card(found), "report": found.report}))
    messages.success(request, sentence)
    return redirect(f"{reverse('reports:edit', args=[found.report.reference])}#pictures")


def _telling(response: HttpResponse) -> HttpResponse:
    """Let the page know that pictures changed, so that what stands beside the form is asked anew."""
    return trigger_client_event(response, "limen:pictures")
