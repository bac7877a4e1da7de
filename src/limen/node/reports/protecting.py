"""A report's page offers screening to officers of its own agency; the report itself knows nothing of any."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from limen.node.protection import prompting
from limen.node.reports.models import Report
from limen.node.sharing.extras import record_parts

PROMPTING = frozenset({"impostor", "counterfeit", "forgery", "fraudulently_obtained", "pseudo_document"})
"""Classes of fraud that are a reason to think of it: the bearer may have been given the papers."""


def _offer(request: HttpRequest, record: Any) -> str:
    if not isinstance(record, Report) or record.owner_id != request.user.agency_id:
        return ""
    return prompting.part(request, "reports", record.reference, prompted=record.fraud_class in PROMPTING)


def attach() -> None:
    """Stand on the page of every report."""
    record_parts.append(_offer)
