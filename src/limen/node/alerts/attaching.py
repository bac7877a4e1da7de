"""What alerts add to the pages of reports: a draft of one, those it belongs to, those beside a result."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from limen.node.alerts import drafting, linking, matching
from limen.node.alerts.views.common import rows_of
from limen.node.images.reading import Prefill
from limen.node.people.models import Officer
from limen.node.reports import extras
from limen.node.sharing.extras import record_parts


def register() -> None:
    """Add them, once, as the app is loaded."""
    extras.report_actions.append(_actions)
    record_parts.append(_linked)
    extras.verified_parts.append(_matching)


def _actions(report: Any, officer: Officer) -> list[extras.Action]:
    if not officer.has_role(*drafting.WRITERS):
        return []
    return [extras.Action(_("Draft an alert"), f"{reverse('alerts:new')}?report={report.reference}", "alerts")]


def _linked(request: HttpRequest, record: Any) -> str:
    rows = rows_of(linking.alerts_of(record)) if record.kind_label == "reports" else []
    return render_to_string("alerts/of_report.html", {"rows": rows}, request) if rows else ""


def _matching(request: HttpRequest, found: Prefill) -> str:
    rows = rows_of(matching.of(found.issuer, found.document_category))
    return render_to_string("alerts/beside_result.html", {"rows": rows}, request) if rows else ""
