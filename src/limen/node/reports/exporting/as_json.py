"""Reports as JSON, after `export.schema.json`: codes as they are stored, dates as ISO 8601, amounts as text."""

from __future__ import annotations

import datetime
import decimal
import json
from importlib import resources
from typing import Any

from limen import __version__
from limen.node.reports.exporting.gathering import Gathered, Record
from limen.node.reports.models import Leg

SCHEMA = "limen-reports-1"


def schema() -> dict[str, Any]:
    """The schema that every file follows."""
    text = resources.files(__package__).joinpath("export.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def write(gathered: Gathered) -> bytes:
    """Write the file."""
    officer = gathered.officer
    document = {
        "schema": SCHEMA,
        "limen": __version__,
        "marking": gathered.marking.value,
        "exported_by": {"name": officer.name, "agency": officer.agency.code},
        "exported_at": gathered.at.isoformat(timespec="seconds"),
        "search": gathered.search.without("name").asked(),
        "count": len(gathered.records),
        "left_out": {"marking": gathered.forbidden, "limit": bool(gathered.beyond), "names": not gathered.with_names},
        "reports": [_report(record, gathered) for record in gathered.records],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _report(record: Record, gathered: Gathered) -> dict[str, Any]:
    report = record.report
    shown: dict[str, Any] = {
        "uid": str(report.uid),
        "reference": report.reference,
        "state": report.state,
        "marking": report.marking,
        "agency": report.owner.code,
        "released_at": report.released_at.isoformat(timespec="seconds") if report.released_at else None,
    }
    for each in gathered.fields:
        if (value := record.value(each)) not in (None, "", []):
            holder = shown.setdefault(each.part, {}) if each.part else shown
            holder[each.name] = _plain(value)
    if record.legs:
        shown["legs"] = [_leg(leg) for leg in record.legs]
    return shown


def _leg(leg: Leg) -> dict[str, Any]:
    names = ("role", "country", "place", "carrier", "service", "on")
    return {name: _plain(value) for name in names if (value := getattr(leg, name))}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, decimal.Decimal) else value
