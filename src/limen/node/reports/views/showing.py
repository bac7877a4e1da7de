"""A report's page: what the viewer's classes allow, and no hint of the rest."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.reports import blocks, extras, reading, telling
from limen.node.reports.models import Image, Original, Report
from limen.node.reports.views.common import officer_of
from limen.node.sharing import releasing
from limen.node.sharing.copying import may_copy
from limen.node.sharing.markings import MEANINGS, Marking
from limen.node.sharing.reasons import why
from limen.node.terms import label


@never_cache
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """The report. The bearer's data come when they are asked for (`bearer`), since their reading is recorded."""
    report = reading.report_of(reference)
    officer = officer_of(request)
    mine = report.owner_id == officer.agency_id
    images = _images(report)
    context = {
        "report": report,
        "headline": telling.headline(report),
        "mine": mine,
        "blocks": _facts(report),
        "has_bearer": reading.has_bearer(report),
        "legs": [telling.leg(leg) for leg in report.legs.all()],
        "companions": [telling.companion(item) for item in report.companions],
        "images": images,
        "originals": [each for each in images if each["has_original"]],
        "reason": why(report, officer, reading.sight(report, officer)),
        "meaning": MEANINGS[Marking(report.marking)],
        "may_copy": may_copy(report, officer),
        "history": releasing.history(report) if mine else [],
        "actions": [action for each in extras.report_actions for action in each(report, officer)],
        **releasing.rights(report, officer),
    }
    return render(request, "reports/show.html", context)


@never_cache
@require_safe
def bearer(request: HttpRequest, reference: str) -> HttpResponse:
    """The bearer's data (class 2): recorded, and absent for whoever may not see them."""
    report = reading.report_of(reference)
    row = reading.bearer_of(report)
    if row is None:
        raise Http404
    (filled,) = (each for each in blocks.filled({"bearer": row}))
    template = "reports/bearer.html" if request.headers.get("HX-Request") else "reports/bearer_page.html"
    return render(request, template, {"report": report, "filled": filled})


def _facts(report: Report) -> list[blocks.Filled]:
    """The filled fields by block; numbers only for whom they were released to."""
    rows: dict[str, Any] = {"": report}
    if (document := reading.document_of(report)) is not None:
        rows["document"] = document
    return [filled for filled in blocks.filled(rows) if filled.shown]


def _images(report: Report) -> list[dict[str, Any]]:
    """The pictures, and for which of them the viewer may see the original."""
    images: list[Image] = list(report.images.all())
    unmasked = set(Original.objects.filter(image__in=images).values_list("image_id", flat=True))
    return [
        _image(number, image) | {"has_original": image.pk in unmasked} for number, image in enumerate(images, start=1)
    ]


def _image(number: int, image: Image) -> dict[str, Any]:
    light = label("image_light", image.light)
    subject = label("image_subject", image.subject) if image.subject else _("Picture %(number)d") % {"number": number}
    regions = [_region(region) for region in image.regions]
    alt = _("%(subject)s, %(light)s, masked") % {"subject": subject, "light": light}
    return {"image": image, "light": light, "alt": alt, "regions": regions, "regions_json": json.dumps(regions)}


def _region(region: dict[str, Any]) -> dict[str, Any]:
    return region | {"label": label("region_property", region["label"]) if region["label"] else ""}
