"""Pictures of a report: given out by class, taken in, masked and marked."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from limen.node.images import reading as page_reading
from limen.node.images.masks import Kind, Mask
from limen.node.reports import picturing, prefilling, reading
from limen.node.reports.blocks import label_of
from limen.node.reports.models import Image, Report
from limen.node.reports.sentences import said
from limen.node.reports.views.common import draft_image_of, draft_of, officer_of
from limen.node.reports.views.giving import send_file
from limen.node.terms import choices
from limen.node.web.errors import Invalid


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
    taken = picturing.take(_upload(request))
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
        done = picturing.set_masks(found, officer_of(request), _drawn(request, found))
        return _answer(request, done, _("The masks were set; this is what others see."))
    whole = [{"x": 0, "y": 0, "w": 1, "h": 1}]
    boxes = [_box(mask) for mask in found.masks]
    context = {"image": found, "report": found.report, "drawn": json.dumps([] if boxes == whole else boxes)}
    return render(request, "reports/masks.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def regions(request: HttpRequest, uid: object) -> HttpResponse:
    """Mark places on the masked picture, and say what each shows."""
    found = draft_image_of(request, uid)
    if request.method == "POST":
        done = picturing.set_regions(found, officer_of(request), _json(request, "regions", None))
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


def _upload(request: HttpRequest) -> bytes:
    file = request.FILES.get("image")
    if file is None:
        raise Invalid(_("Choose a picture first."), field="image")
    most = settings.UPLOAD_MAX_BYTES
    if file.size > most:
        raise Invalid(
            _("The file has more than %(most)d MB; save a smaller copy.") % {"most": most >> 20}, field="image"
        )
    return bytes(file.read())


def _json(request: HttpRequest, name: str, otherwise: Any) -> Any:
    """What the marker sent: a JSON body, or a field of that name in a form."""
    whole = request.content_type == "application/json"
    text = request.body.decode("utf-8", "replace") if whole else request.POST.get(name, "")
    try:
        found = json.loads(text) if text else otherwise
    except (ValueError, RecursionError) as error:
        raise Invalid(_("What was drawn did not arrive whole; try again."), field=name) from error
    return found.get(name) if isinstance(found, dict) else found


def _drawn(request: HttpRequest, found: Image) -> Any:
    """The masks that a person drew, or keeps. Raises `Invalid` where there are none, unexplained.

    Drawing none opens the whole picture, so it is asked twice.
    """
    if "keep" in request.POST:
        return found.masks
    drawn = _json(request, "masks", [])
    if not drawn and "none" not in request.POST:
        raise Invalid(_("Draw at least one mask, or say that nothing in the picture tells of a person."), field="masks")
    return [_mask(each) for each in drawn] if isinstance(drawn, list) else drawn


def _mask(drawn: Any) -> Any:
    """A mask as the marker sends it: rounded, and without a kind where it is new."""
    if not isinstance(drawn, dict):
        return drawn
    mask = {"kind": Kind.DATA.value, "source": "hand", **drawn}
    for side, corner in (("w", "x"), ("h", "y")):
        if isinstance(mask.get(side), int | float) and isinstance(mask.get(corner), int | float):
            mask[side] = min(mask[side], 1 - mask[corner])
    return mask


def _box(mask: dict[str, Any]) -> dict[str, Any]:
    """The upright rectangle around a stored mask, which the marker can move."""
    x, y, w, h = Mask.from_json(mask).box
    return {"x": x, "y": y, "w": w, "h": h}
