"""Reports that may be of the same document, or of the same hand: offered while one writes, never decided.

Only what the viewer may see is compared: numbers where the viewer sees numbers (class 1), pictures by what their masks
leave open (class 0).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from limen.node.reports import finding, reading
from limen.node.reports.models import DocumentDetail, Image, Report
from limen.node.sharing import policy
from limen.node.sharing.classes import FieldClass

DAYS = 3
"""How far apart two detections of one method at one place are still held to be the same."""

MOST = 6


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another report, why it is offered, and a picture of it."""

    report: Report
    reason: str
    image: Image | None


def of(report: Report) -> list[Duplicate]:
    """List reports that may be the same case, the surest reason first."""
    reasons: dict[int, str] = {}
    for found, reason in (
        (_same_number(report), _("The same document number.")),
        (_similar_picture(report), _("A picture that looks alike.")),
        (_same_place(report), _("The same issuer, method and place within three days.")),
    ):
        for pk in found:
            reasons.setdefault(pk, reason)
    reasons.pop(report.pk, None)
    rows = {row.pk: row for row in reading.reports().filter(pk__in=list(reasons))}
    ordered = [rows[pk] for pk in reasons if pk in rows][:MOST]
    pictures = _pictures(ordered)
    return [Duplicate(row, reasons[row.pk], pictures.get(row.pk)) for row in ordered]


def _same_number(report: Report) -> Iterator[int]:
    mine = reading.document_of(report)
    if mine is None or len(mine.number_key) < 5:
        return iter(())
    rows = policy.visible(DocumentDetail.objects.filter(number_key=mine.number_key), FieldClass.DOCUMENT)
    return iter(rows.order_by("-report_id").values_list("report_id", flat=True)[: 2 * MOST])


def _similar_picture(report: Report) -> Iterator[int]:
    fingerprints = report.images.filter(fingerprint__isnull=False).values_list("fingerprint", flat=True)
    for fingerprint in fingerprints[:3]:
        yield from (pk for pk, _distance in finding.similar_to(fingerprint, MOST))


def _same_place(report: Report) -> Iterator[int]:
    if not (report.issuer and report.method and report.place):
        return iter(())
    days = datetime.timedelta(days=DAYS)
    rows = reading.reports().filter(
        issuer=report.issuer,
        method=report.method,
        place=report.place,
        detected_on__range=(report.detected_on - days, report.detected_on + days),
    )
    return iter(rows.order_by("-detected_on").values_list("pk", flat=True)[: 2 * MOST])


def _pictures(rows: Iterable[Report]) -> dict[int, Image]:
    found: dict[int, Image] = {}
    for image in policy.visible(Image.objects.filter(report__in=list(rows))).order_by("position", "id"):
        found.setdefault(image.report_id, image)
    return found
