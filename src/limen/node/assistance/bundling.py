"""What goes with a request: fields and pictures of a report or an inspection, as far as the officer includes them."""

from __future__ import annotations

from typing import Any

from limen.node.assistance import fields, measuring
from limen.node.assistance.captured import Inspection
from limen.node.assistance.models import Request, RequestOriginal
from limen.node.audit import record as log
from limen.node.exhibits import adding
from limen.node.exhibits.models import Exhibit
from limen.node.exhibits.models import Original as Uploaded
from limen.node.exhibits.reading import exhibits_of
from limen.node.files.rows import delete_when_done, files_of_rows, named
from limen.node.images import intake
from limen.node.people.models import Officer
from limen.node.reports import pictures
from limen.node.reports import reading as reports
from limen.node.reports.models import BearerDetail, Image, Original, Report
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Invalid

SAME = ("issuer", "category", "model_name", "fraud_class")
_DOCUMENT = ("number", "personal_number", "mrz")
_BEARER = ("surname", "given_names", "birth_date", "narrative")


def of_report(report: Report, include: FieldClass) -> dict[str, Any]:
    """The fields that a report gives. Reading the bearer's data is recorded, as on the report's page."""
    known: dict[str, Any] = {name: getattr(report, name) for name in SAME}
    if include & FieldClass.DOCUMENT and (document := reports.document_of(report)):
        known |= {name: getattr(document, name) for name in _DOCUMENT}
    if include & FieldClass.BEARER and BearerDetail.objects.filter(report=report).exists():
        bearer = reports.bearer_of(report)
        known |= {name: getattr(bearer, name) for name in _BEARER}
    return known


def of_inspection(inspection: Inspection, include: FieldClass) -> dict[str, Any]:
    """The fields that an inspection gives."""
    known: dict[str, Any] = dict(inspection.about)
    if include & FieldClass.DOCUMENT:
        known |= inspection.document
    if include & FieldClass.BEARER:
        known |= inspection.bearer
    return {name: value for name, value in known.items() if _understood(name, value)}


def _understood(name: str, value: str) -> bool:
    """Whether the form would take it: a fantasy issuer, or a date that is none, is left to the officer."""
    try:
        fields.clean({name: value})
    except Invalid:
        return False
    return True


def take_pictures(request: Request, officer: Officer, report: Report, include: FieldClass) -> list[dict[str, Any]]:
    """Copy the pictures of a report whose masks are confirmed; the originals too, where they are included.

    How well each was captured is measured where the officer sees it as it was taken, and given back.
    """
    if not adding.may_take(report, officer):
        return []
    measured = []
    for image in report.images.filter(masks_confirmed=True)[: adding.MOST]:
        exhibit = adding.take(request, officer, image)
        measured += _from_original(request, exhibit, image, include)
    return measured


def add_pictures(
    request: Request, officer: Officer, inspection: Inspection, include: FieldClass
) -> list[dict[str, Any]]:
    """Add the pictures of an inspection, masked as far as they are understood; a person confirms the masks."""
    measured = []
    for picture in inspection.pictures[: adding.MOST]:
        exhibits = adding.upload(request, officer, picture.data, picture.light, picture.subject)
        for exhibit, taken in zip(exhibits, intake.take(picture.data), strict=False):
            measured += measuring.measured(exhibit, taken.image)
            if include & FieldClass.BIOMETRIC:
                _store(request, exhibit, intake.encode(taken.image), taken.sha256)
    return measured


def include_originals(request: Request) -> int:
    """Copy the pictures as they were taken, of each masked one, as far as the officer still sees them. How many."""
    have = set(RequestOriginal.objects.filter(request=request).values_list("exhibit", flat=True))
    wanted = [each for each in exhibits_of(request) if each.uid not in have]
    return sum(_include(request, each) for each in wanted)


def leave_originals(request: Request) -> int:
    """Take them out again; the masked pictures stay. How many."""
    rows = RequestOriginal.objects.filter(request=request)
    delete_when_done(named([each.file for each in rows]))
    return rows.delete()[0]


def _include(request: Request, exhibit: Exhibit) -> bool:
    original: Any = Original.objects.filter(image__uid=exhibit.source_image).first() if exhibit.source_image else None
    original = original or Uploaded.objects.filter(exhibit=exhibit).first()
    if original is None:
        return False
    _store(request, exhibit, intake.encode(pictures.pixels_of(original.file)), original.sha256)
    return True


def _from_original(request: Request, exhibit: Exhibit, image: Image, include: FieldClass) -> list[dict[str, Any]]:
    original = Original.objects.filter(image=image).first()
    if original is None:  # the officer does not see it
        return []
    pixels = pictures.pixels_of(original.file)
    if include & FieldClass.BIOMETRIC:
        log("report.original_seen", subject=subject_of(image.report), details={"image": str(image.uid)})
        _store(request, exhibit, intake.encode(pixels), original.sha256)
    return measuring.measured(exhibit, pixels)


def _store(request: Request, exhibit: Exhibit, encoded: intake.Encoded, sha256: str) -> None:
    with files_of_rows() as written:
        row = RequestOriginal(request=request, exhibit=exhibit.uid, sha256=sha256)
        pictures.write(row.file, encoded, written)
        row.save(force_insert=True)
