"""Reading one report, class by class.

A report that does not exist and one that the viewer may not see are both `Http404`. Reading the bearer's data or an
unmasked picture is recorded, in the reader's own agency too.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.reports.models import BearerDetail, DocumentDetail, Image, Original, Report
from limen.node.sharing import policy
from limen.node.sharing.classes import ALL, FieldClass
from limen.node.sharing.releasing import subject_of


def reports() -> QuerySet[Report]:
    """All reports that the viewer sees, of whatever state."""
    return policy.visible(Report.objects.select_related("owner"))


def report_of(reference: str) -> Report:
    """The report with this reference. Raises `Http404` where there is none for this viewer."""
    found = reports().filter(reference=reference.upper()).first()
    if found is None:
        raise Http404
    return found


def sight(report: Report, officer: Officer) -> FieldClass:
    """Say which classes of this report the officer, who looks now, sees; who entered it sees all."""
    if report.author_id == officer.pk and report.owner_id == officer.agency_id:
        return ALL
    return policy.sight(report.audience_id)


def document_of(report: Report) -> DocumentDetail | None:
    """Numbers and machine readable zone (class 1); None where there are none for this viewer."""
    return DocumentDetail.objects.filter(report=report).first()


def has_bearer(report: Report) -> bool:
    """Whether there is bearer data that this viewer could ask for."""
    return BearerDetail.objects.filter(report=report).exists()


def bearer_of(report: Report) -> BearerDetail | None:
    """The bearer's data (class 2), and an entry in the log that they were read."""
    found = BearerDetail.objects.filter(report=report).first()
    if found is not None:
        log("report.bearer_seen", subject=subject_of(report))
    return found


def image_of(uid: Any) -> Image:
    """A picture by its number. Raises `Http404` where there is none for this viewer."""
    found = Image.objects.select_related("report").filter(uid=uid).first()
    if found is None or not policy.visible(Report.objects.filter(pk=found.report_id)).exists():
        raise Http404
    return found


def original_of(image: Image) -> Original:
    """The picture as it was taken (class 3), and an entry in the log. Raises `Http404`."""
    found = Original.objects.filter(image=image).first()
    if found is None:
        raise Http404
    log("report.original_seen", subject=subject_of(image.report), details={"image": str(image.uid)})
    return found
