"""What the pages of case studies share."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from limen.node.casebook import reading
from limen.node.casebook.drafting import lock_draft
from limen.node.casebook.models import CaseStudy
from limen.node.people.models import Officer


def officer_of(request: HttpRequest) -> Officer:
    """Who asks; the door lets nobody else in."""
    officer: Officer = request.user
    return officer


def draft_of(request: HttpRequest, reference: str) -> CaseStudy:
    """The case study, which the officer may change. Raises `Http404`, `Refused`."""
    case = reading.case_of(reference)
    if case.owner_id != officer_of(request).agency_id:
        raise Http404
    if not reading.may_edit(case, officer_of(request)):
        lock_draft(case, officer_of(request))  # says why
    return case
