"""What may leave through the interface: what comes out of it is a copy, and some markings forbid others to copy."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.http import Http404

from limen.node.people.models import Officer
from limen.node.reports import reading
from limen.node.reports.models import Image, Report
from limen.node.sharing.copying import may_copy


def report_of(reference: str, officer: Officer) -> Report:
    """The report with this reference. Raises `Http404` where there is none that the officer may see and copy."""
    if not reference.isascii() or not 8 <= len(reference) <= 16:
        raise Http404
    return _may_leave(reading.report_of(reference), officer)


def image_of(uid: str, officer: Officer) -> Image:
    """The picture with this identifier. Raises `Http404` as `report_of` does."""
    try:
        image = reading.image_of(uuid.UUID(uid))
    except ValueError:
        raise Http404 from None
    _may_leave(image.report, officer)
    return image


def copies(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Narrow rows that carry an audience to those that the viewer may copy (`api_copies` in migrations/sql)."""
    return rows.filter(audience__in=RawSQL("SELECT unnest(api_copies())", []))


def _may_leave(report: Report, officer: Officer) -> Report:
    if not may_copy(report, officer):
        raise Http404
    return report
