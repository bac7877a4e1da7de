"""Filling in a draft from what was read in its picture: only what is still empty, and saying what."""

from __future__ import annotations

from typing import Any

from limen.node.images.reading import Prefill
from limen.node.people.models import Officer
from limen.node.reports import drafting
from limen.node.reports.fields import BY_NAME
from limen.node.reports.models import BearerDetail, DocumentDetail, Report
from limen.node.web.errors import Invalid

_SOURCES = {
    "issuer": "issuer",
    "category": "document_category",
    "document_type": "document_type",
    "nationality_claimed": "nationality",
    "sex": "sex",
    "age_band": "age_band",
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
    values["mrz"] = "\n".join(read.mrz)
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
