"""Reports as the interface tells them: of each, the classes that this caller sees."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from limen.node.people.models import Agency, Officer
from limen.node.reports import reading
from limen.node.reports.fields import of_part
from limen.node.reports.models import BearerDetail, DocumentDetail, Image, Leg, Report
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.copying import leaving

PREFIX = "/api/v1"
_CLASSES = (FieldClass.STATISTICAL, FieldClass.DOCUMENT, FieldClass.BEARER, FieldClass.BIOMETRIC)


def reports_told(found: Iterable[Report], officer: Officer) -> list[dict[str, Any]]:
    """Tell reports without bearer data, in as many statements for a page as for one."""
    with leaving():
        return _all_told(list(found), officer)


def _all_told(found: list[Report], officer: Officer) -> list[dict[str, Any]]:
    keys = [report.pk for report in found]
    documents = DocumentDetail.objects.in_bulk(keys)
    legs, images = _grouped(Leg.objects.filter(report__in=keys)), _grouped(Image.objects.filter(report__in=keys))
    sights: dict[int | None, FieldClass] = {}
    told = []
    for report in found:
        key = None if report.author_id == officer.pk else report.audience_id
        if key not in sights:
            sights[key] = reading.sight(report, officer)
        one = _told(report, officer, sights[key]) | {
            "legs": [_leg(leg) for leg in legs.get(report.pk, [])],
            "images": [image_told(image, sights[key]) for image in images.get(report.pk, [])],
        }
        if sights[key] & FieldClass.DOCUMENT:
            one |= _part("document", documents.get(report.pk) or DocumentDetail())
        told.append(one)
    return told


def report_told(report: Report, officer: Officer, *, bearer: bool = False) -> dict[str, Any]:
    """Tell one report; with the bearer's data, where they are asked for and seen, which is recorded."""
    [told] = reports_told([report], officer)
    if bearer and FieldClass.BEARER.number in told["classes"]:
        with leaving():
            told |= _part("bearer", reading.bearer_of(report) or BearerDetail())
    return told


def agency_told(agency: Agency) -> dict[str, str]:
    """Tell an agency."""
    return {"code": agency.code, "name": agency.name, "country": agency.country, "kind": agency.kind}


def image_told(image: Image, seen: FieldClass) -> dict[str, Any]:
    """Tell of a picture, and where it can be fetched."""
    names = ("light", "subject", "position", "width", "height", "masks_confirmed", "regions")
    told = {name: getattr(image, name) for name in names}
    told |= {"uid": str(image.uid), "masked": f"{PREFIX}/images/{image.uid}/masked"}
    if seen & FieldClass.BIOMETRIC:
        told["original"] = f"{PREFIX}/images/{image.uid}/original"
    return told


def moment(at: datetime.datetime | None) -> str | None:
    """Write a time in UTC, to the second."""
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def _told(report: Report, officer: Officer, seen: FieldClass) -> dict[str, Any]:
    told = _part("", report) | {
        "reference": report.reference,
        "uid": str(report.uid),
        "agency": report.owner.code,
        "state": report.state,
        "marking": report.marking,
        "classes": [each.number for each in _CLASSES if seen & each],
        "created_at": moment(report.created_at),
        "updated_at": moment(report.updated_at),
        "released_at": moment(report.released_at),
    }
    if report.owner_id == officer.agency_id:
        told["client_key"] = report.client_key
    return told


def _part(part: str, row: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(row, field.name)) for field in of_part(part)}


def _leg(leg: Leg) -> dict[str, Any]:
    return {name: _plain(getattr(leg, name)) for name in ("role", "country", "place", "carrier", "service", "on")}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal | datetime.date) else value


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.report_id, []).append(row)
    return found
