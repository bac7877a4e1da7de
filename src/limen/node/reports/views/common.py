"""What the pages of reports share."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from limen.node.people.models import Officer
from limen.node.reports import reading
from limen.node.reports.models import Image, Report
from limen.node.sharing.releasing import may_edit
from limen.node.web.errors import Refused


def officer_of(request: HttpRequest) -> Officer:
    """Who asks; the door lets nobody else in."""
    officer: Officer = request.user
    return officer


def draft_of(request: HttpRequest, reference: str) -> Report:
    """The report, which the officer may change. Raises `Http404`, `Refused`."""
    report = reading.report_of(reference)
    _allow(report, officer_of(request))
    return report


def draft_image_of(request: HttpRequest, uid: object) -> Image:
    """The picture of a report that the officer may change. Raises `Http404`, `Refused`."""
    image = reading.image_of(uid)
    _allow(image.report, officer_of(request))
    return image


def _allow(report: Report, officer: Officer) -> None:
    if report.owner_id != officer.agency_id:
        raise Http404
    if not may_edit(report, officer):
        raise Refused(
            _("Only its author, an examiner or a coordinator of the agency changes a report, before it is released.")
        )
