"""What a report already says of a case study that is begun from it: class 0 alone."""

from __future__ import annotations

from typing import Any

from limen.node.people.models import Officer
from limen.node.reports.models import Report
from limen.node.terms import label

SAME = ("issuer", "category", "model_name", "model_year", "fraud_class")


def values(report: Report, officer: Officer) -> dict[str, Any]:
    """The fields of the case study, with a title to be made better and what was marked in the pictures."""
    known: dict[str, Any] = {name: getattr(report, name) for name in SAME}
    methods = [report.method, *report.other_methods] if report.method else report.other_methods
    known["methods"] = list(dict.fromkeys(methods))
    known["title"] = _title(report, officer.language)
    known["features"] = "\n".join(_features(report, officer.language))
    return known


def steps(report: Report) -> list[dict[str, Any]]:
    """A step for each means of detection; the first tells what the report says was found."""
    means = report.means or ([""] if report.summary else [])
    return [{"tool": tool, "text": "" if number else report.summary[:4000]} for number, tool in enumerate(means)]


def _title(report: Report, language: str) -> str:
    parts = (
        report.issuer and label("issuer", report.issuer, language),
        report.category and label("document_category", report.category, language),
        (report.method and label("method", report.method, language))
        or (report.fraud_class and label("fraud_class", report.fraud_class, language)),
    )
    return ", ".join(part for part in parts if part)[:120]


def _features(report: Report, language: str) -> list[str]:
    """The marked places of the report's pictures, in words, each once."""
    found: dict[str, None] = {}
    for regions in report.images.values_list("regions", flat=True):
        for region in regions:
            shown = region.get("label", "")
            words = (shown and label("region_property", shown, language), region.get("text", ""))
            if line := ": ".join(part for part in words if part):
                found[line] = None
    return list(found)[:12]
