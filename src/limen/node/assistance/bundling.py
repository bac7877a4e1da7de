"""What goes with a request: fields and pictures of a report or an inspection, as far as the officer includes them."""

from __future__ import annotations

from typing import Any

from limen.node.assistance.captured import Inspection
from limen.node.assistance.models import Request, RequestOriginal
from limen.node.audit import record as log
from limen.node.exhibits import adding
from limen.node.exhibits.models import Exhibit
from limen.node.files.rows import files_of_rows
from limen.node.images import intake
from limen.node.people.models import Officer
from limen.node.reports import pictures
from limen.node.reports import reading as reports
from limen.node.reports.models import BearerDetail, Image, Original, Report
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.releasing import subject_of

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
    return known


def take_pictures(request: Request, officer: Officer, report: Report, include: FieldClass) -> list[Exhibit]:
    """Copy the pictures of a report whose masks are confirmed; the originals too, where they are included."""
    if not adding.may_take(report, officer):
        return []
    taken = []
    for image in report.images.filter(masks_confirmed=True)[: adding.MOST]:
        exhibit = adding.take(request, officer, image)
        taken.append(exhibit)
        if include & FieldClass.BIOMETRIC:
            _take_original(request, exhibit, image)
    return taken


def add_pictures(request: Request, officer: Officer, inspection: Inspection, include: FieldClass) -> list[Exhibit]:
    """Add the pictures of an inspection, masked as far as they are understood; a person confirms the masks."""
    added = []
    for picture in inspection.pictures[: adding.MOST]:
        exhibits = adding.upload(request, officer, picture.data, picture.light, picture.subject)
        added += exhibits
        if include & FieldClass.BIOMETRIC and len(exhibits) == 1:
            _keep_original(request, exhibits[0], intake.take(picture.data)[0])
    return added


def _take_original(request: Request, exhibit: Exhibit, image: Image) -> None:
    original = Original.objects.filter(image=image).first()
    if original is None:  # the officer does not see it
        return
    pixels = pictures.pixels_of(original.file)
    log("report.original_seen", subject=subject_of(image.report), details={"image": str(image.uid)})
    _store(request, exhibit, intake.encode(pixels), original.sha256)


def _keep_original(request: Request, exhibit: Exhibit, picture: intake.Picture) -> None:
    _store(request, exhibit, intake.encode(picture.image), picture.sha256)


def _store(request: Request, exhibit: Exhibit, encoded: intake.Encoded, sha256: str) -> None:
    with files_of_rows() as written:
        row = RequestOriginal(request=request, exhibit=exhibit.uid, sha256=sha256)
        pictures.write(row.file, encoded, written)
        row.save(force_insert=True)
