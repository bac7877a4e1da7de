"""What the pages of alerts share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from limen.node.alerts import reading, telling
from limen.node.alerts.models import Alert
from limen.node.people.models import Officer
from limen.node.sharing.releasing import may_edit
from limen.node.web.errors import Refused


def officer_of(request: HttpRequest) -> Officer:
    """Who asks; the door lets nobody else in."""
    officer: Officer = request.user
    return officer


def own_alert(request: HttpRequest, reference: str) -> Alert:
    """An alert of the officer's own agency. Raises `Http404`."""
    alert = reading.alert_of(reference)
    if alert.owner_id != officer_of(request).agency_id:
        raise Http404
    return alert


def draft_of(request: HttpRequest, reference: str) -> Alert:
    """The alert, which the officer may change. Raises `Http404`, `Refused`."""
    alert = own_alert(request, reference)
    if not may_edit(alert, officer_of(request)):
        raise Refused(
            _("Only its author, an examiner or a coordinator of the agency changes an alert, before it is released.")
        )
    return alert


@dataclass(frozen=True, slots=True)
class Row:
    """An alert as lists show it: codes in words."""

    alert: Any
    urgency: telling.Look
    subject: str
    places: str


def rows_of(alerts: Iterable[Alert]) -> list[Row]:
    """Put alerts into words."""
    return [
        Row(alert, telling.URGENCIES[alert.urgency], telling.subject(alert), telling.places(alert)) for alert in alerts
    ]
