"""What the pages of requests share."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from limen.node.assistance import reading
from limen.node.assistance.drafting import lock_draft
from limen.node.assistance.models import Request
from limen.node.people.models import Officer


def officer_of(request: HttpRequest) -> Officer:
    """Who asks; the door lets nobody else in."""
    officer: Officer = request.user
    return officer


def draft_of(request: HttpRequest, reference: str) -> Request:
    """The request, which the officer may change. Raises `Http404`, `Refused`."""
    found = reading.find(reference)
    if found.owner_id != officer_of(request).agency_id:
        raise Http404
    if not reading.may_edit(found, officer_of(request)):
        lock_draft(found, officer_of(request))  # says why
    return found
