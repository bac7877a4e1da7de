"""Exhibits given out by class."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from limen.node.exhibits import reading
from limen.node.reports.views.giving import send_file


@require_safe
def image(request: HttpRequest, uid: object) -> HttpResponse:
    """The masked picture (class 0)."""
    return send_file(request, reading.picture_of(uid).masked)


@require_safe
def thumb(request: HttpRequest, uid: object) -> HttpResponse:
    """The masked picture, small (class 0)."""
    found = reading.picture_of(uid)
    return send_file(request, found.thumbnail or found.masked)


@require_safe
def original(request: HttpRequest, uid: object) -> HttpResponse:
    """The picture as it was taken (class 3), while its masks are not confirmed; recorded, and kept by no browser."""
    return send_file(request, reading.original_of(reading.exhibit_of(uid)).file, keep=False)
