"""Values of fields as people read them."""

from __future__ import annotations

import datetime
import decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from limen.node.reports.fields import Field
from limen.node.terms import label


def told(field: Field, value: Any) -> str:
    """Say a field's value in words; empty where there is none."""
    if value in ("", None, []):
        return ""
    if field.kind == "companions":
        return "; ".join(companion(item) for item in value)
    if isinstance(value, list):
        return ", ".join(label(field.terms, code) for code in value)
    if isinstance(value, datetime.date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, decimal.Decimal):
        return str(
            number_format(value, 0 if value == value.to_integral_value() else 2, use_l10n=True, force_grouping=True)
        )
    return label(field.terms, str(value)) if field.terms else str(value)


def coded(field: Field, value: Any) -> str:
    """Say a value in words with its code behind it, where the code is one that officers know (issuers, places)."""
    words = told(field, value)
    known = field.kind in ("issuer", "country", "place") and words and words != value
    return f"{words} ({value})" if known else words


def companion(item: dict[str, str]) -> str:
    """Say of one more document what it was."""
    category, issuer = item.get("category", ""), item.get("issuer", "")
    parts = (category and label("document_category", category), issuer and label("issuer", issuer), item.get("note"))
    return ", ".join(part for part in parts if part)


def leg(row: Any) -> dict[str, str]:
    """Say of one leg of a route where, what it was to the journey, and how one got there."""
    return {
        "role": label("leg_role", row.role) if row.role else "",
        "where": label("place", row.place)
        if row.place
        else label("country", row.country)
        if row.country
        else _("unknown"),
        "country": label("country", row.country) if row.place and row.country else "",
        "code": row.place,
        "by": " ".join(part for part in (label("carrier", row.carrier) if row.carrier else "", row.service) if part),
        "on": date_format(row.on, "DATE_FORMAT") if row.on else "",
    }


def headline(report: Any) -> str:
    """Say in a line what a report is of."""
    parts = (
        report.issuer and label("issuer", report.issuer),
        report.category and label("document_category", report.category),
        (report.method and label("method", report.method))
        or (report.fraud_class and label("fraud_class", report.fraud_class)),
        (report.place and label("place", report.place))
        or (report.detection_country and label("country", report.detection_country)),
        date_format(report.detected_on, "DATE_FORMAT"),
    )
    return " · ".join(part for part in parts if part)
