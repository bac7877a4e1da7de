"""The Verifier on a page: a picture in, what was read and found out. Nothing is kept unless a report is made of it."""

from __future__ import annotations

import base64
import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from limen.node.images import intake
from limen.node.images.reading import Prefill, prefill
from limen.node.people.models import Officer
from limen.node.reports import drafting, extras, picturing, prefilling
from limen.node.reports.pictures import take
from limen.node.reports.sentences import said
from limen.node.terms import label
from limen.node.web.errors import Invalid

SHOWN_LONGEST = 1600
"""Longest side of the picture that goes back to who sent it."""

VERDICTS: dict[str, tuple[str, str, str | Promise]] = {
    "successful": ("good", "success", _later("No irregularity found")),
    "failed": ("bad", "danger", _later("Refer to second line")),
    "undetermined": ("warn", "help", _later("Could not be decided")),
    "aborted": ("warn", "help", _later("Could not be decided")),
}
"""Look, icon and words, by verdict. None of them vouches for a document."""

_FIELDS: tuple[tuple[str, str | Promise, str], ...] = (
    ("issuer", _later("Issuer"), "issuer"),
    ("document_category", _later("Kind of document"), "document_category"),
    ("number", _later("Document number"), ""),
    ("surname", _later("Surname"), ""),
    ("given_names", _later("Given names"), ""),
    ("nationality", _later("Nationality"), "issuer"),
    ("birth_date", _later("Date of birth"), ""),
    ("sex", _later("Sex"), "sex"),
    ("expires_on", _later("Date of expiry"), ""),
    ("personal_number", _later("Personal number"), ""),
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Take a picture, and answer with what was found; a dropped one is answered by the result alone."""
    officer: Officer = request.user
    context: dict[str, Any] = {"may_report": officer.has_role(*drafting.WRITERS)}
    if request.method == "POST":
        context |= _result(request, _upload(request))
        if request.headers.get("HX-Request") == "true":
            return render(request, "reports/verify_result.html", context)
    return render(request, "reports/verify.html", context)


@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """Begin a draft with the picture attached, and its fields filled as far as they were read."""
    officer: Officer = request.user
    taken = take(_upload(request))
    found = prefill(taken[0].picture.image, zone=taken[0].zone)
    draft = drafting.begin(officer)
    picturing.attach(draft, officer, taken)
    prefilling.fill(draft, officer, found)
    messages.success(request, _("A draft was begun from the picture; look at what was filled in."))
    return redirect("reports:edit", draft.reference)


def _upload(request: HttpRequest) -> bytes:
    file: UploadedFile | None = request.FILES.get("image")
    if file is None or not file.size:
        raise Invalid(_("Choose a picture first."), field="image")
    if file.size > settings.UPLOAD_MAX_BYTES:
        most = settings.UPLOAD_MAX_BYTES >> 20
        raise Invalid(_("The file is larger than the %(most)d MB that are taken.") % {"most": most}, field="image")
    data: bytes = file.read()
    return data


def _result(request: HttpRequest, data: bytes) -> dict[str, Any]:
    try:
        image = intake.take(data)[0].image
    except intake.IntakeError as error:
        raise Invalid(said(error.message), field="image") from error
    found = prefill(image)
    shown = intake.thumbnail(image, SHOWN_LONGEST)
    look, icon, words = VERDICTS[found.verdict]
    return {
        "result": found,
        "parts": [part for each in extras.verified_parts if (part := each(request, found))],
        "look": look,
        "icon": icon,
        "verdict": words,
        "picture": f"data:{shown.media_type};base64,{base64.b64encode(shown.data).decode()}",
        "size": (shown.width, shown.height),
        "regions": json.dumps(_regions(found)),
        "fields": _fields(found),
    }


def _regions(found: Prefill) -> list[dict[str, Any]]:
    """The places of what was found; of what stayed open where nothing was."""
    numbered = enumerate(found.irregularities or found.open_questions, start=1)
    return [
        {"x": place.x, "y": place.y, "w": place.w, "h": place.h, "label": str(number), "text": said(one.title)}
        for number, one in numbered
        for place in one.regions
    ]


def _fields(found: Prefill) -> list[tuple[str, str]]:
    rows = []
    for name, title, kind in _FIELDS:
        if value := getattr(found, name):
            rows.append((str(title), label(kind, value) if kind else value))
    return rows
