"""Filling in a draft from what was read in its picture: only what is still empty, and saying what."""

from __future__ import annotations

import datetime
from typing import Any

from limen.node.images.reading import Prefill
from limen.node.people.models import Officer
from limen.node.reports import drafting
from limen.node.reports.fields import BY_NAME
from limen.node.reports.models import BearerDetail, DocumentDetail, Report
from limen.node.web.errors import Invalid

_CATEGORIES = {
    "passport": "passport",
    "passport_diplomatic": "official_passport",
    "passport_service": "official_passport",
    "passport_military": "official_passport",
    "passport_emergency": "emergency_travel_document",
    "passport_refugee": "convention_travel_document",
    "passport_stateless": "convention_travel_document",
    "passport_alien": "alien_passport",
    "laissez_passer": "laissez_passer",
    "crew_certificate": "crew_certificate",
    "visa": "visa_label",
    "identity_card": "identity_card",
}
"""Categories that the reading tells, as the taxonomy has them."""

_BANDS = ((12, "under_12"), (18, "12_17"), (25, "18_24"), (35, "25_34"), (45, "35_44"), (60, "45_59"), (200, "60_over"))
"""The age below which a band ends, and its code."""

_SOURCES = {
    "issuer": "issuer",
    "document_type": "document_type",
    "nationality_claimed": "nationality",
    "sex": "sex",
    "number": "number",
    "personal_number": "personal_number",
    "expires_on": "expires_on",
    "surname": "surname",
    "given_names": "given_names",
    "birth_date": "birth_date",
}


def fill(report: Report, officer: Officer, read: Prefill) -> list[str]:
    """Fill in the empty fields of a draft, and name them. Raises `Refused`.

    A value that the form would not take (a fantasy issuer, a date that is none) is left to the officer.
    """
    values = {name: getattr(read, source) for name, source in _SOURCES.items()}
    values |= {"category": _CATEGORIES.get(read.document_category, ""), "mrz": "\n".join(read.mrz)}
    values["age_band"] = _age_band(read.birth_date, report.detected_on)
    empty = {name: value for name, value in values.items() if value and _is_empty(report, name)}
    understood = {name: value for name, value in empty.items() if _understood(name, value)}
    if understood:
        drafting.change(report, officer, understood)
    return [name for name in BY_NAME if name in understood]


def _is_empty(report: Report, name: str) -> bool:
    part = BY_NAME[name].part
    row: Any = report
    if part:
        model = DocumentDetail if part == "document" else BearerDetail
        row = model.objects.filter(report=report).first()
    return row is None or getattr(row, name) in ("", None)


def _understood(name: str, value: str) -> bool:
    try:
        drafting.clean({name: value})
    except Invalid:
        return False
    return True


def _age_band(birth: str, on: datetime.date) -> str:
    """The band of ages that somebody born then was in on that day; empty where the date of birth is not known."""
    if not birth:
        return ""
    born = datetime.date.fromisoformat(birth)
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return next((band for end, band in _BANDS if 0 <= age < end), "")
