"""A report's page offers screening to officers of its own agency; the report itself knows nothing of any."""

from __future__ import annotations

from django.http import HttpRequest

from limen.node.protection import prompting
from limen.node.reports import extras
from limen.node.reports.models import Report

PROMPTING = frozenset({"impostor", "counterfeit", "forgery", "fraudulently_obtained", "pseudo_document"})
"""Classes of fraud that are a reason to think of it: the bearer may have been given the papers."""


def _offer(request: HttpRequest, report: Report) -> str:
    if report.owner_id != request.user.agency_id:
        return ""
    return prompting.part(request, "reports", report.reference, prompted=report.fraud_class in PROMPTING)


def attach() -> None:
    """Stand on the page of every report."""
    extras.report_parts.append(_offer)
