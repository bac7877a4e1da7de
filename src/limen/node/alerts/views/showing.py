"""An alert's page, read in seconds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.alerts import linking, points, reading, telling
from limen.node.alerts.fields import told
from limen.node.alerts.models import Alert
from limen.node.alerts.views.common import officer_of
from limen.node.notices.seeing import saw
from limen.node.reports.telling import headline
from limen.node.sharing import releasing
from limen.node.sharing.markings import MEANINGS, Marking
from limen.node.sharing.reasons import why


@never_cache
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """The alert, with what to look at and what to do."""
    alert = reading.alert_of(reference)
    officer = officer_of(request)
    saw(officer, "alerts", alert.reference)
    mine = alert.owner_id == officer.agency_id
    standing = reading.standing(alert)
    context = {
        "alert": alert,
        "mine": mine,
        "urgency": telling.URGENCIES[alert.urgency],
        "standing": telling.STANDINGS[standing],
        "successor": reading.successor_of(alert),
        "replaced": _replaced(alert),
        "facts": _facts(alert),
        "points": points.read(alert.points),
        "linked": [{"report": report, "headline": headline(report)} for report in linking.linked(alert)],
        "reason": why(alert, officer),
        "meaning": MEANINGS[Marking(alert.marking)],
        "may_copy": reading.may_copy(alert, officer),
        "history": releasing.history(alert) if mine else [],
        **releasing.rights(alert, officer),
    }
    return render(request, "alerts/show.html", context)


def _replaced(alert: Alert) -> Alert | None:
    """What it takes the place of, if the viewer sees that."""
    return reading.alerts().filter(pk=alert.supersedes_id).first() if alert.supersedes_id else None


NAMES = (
    *("issuers", "category", "model_name", "model_year", "fraud_class", "methods"),
    *("places", "countries", "route"),
)
"""What an alert is about, in the order of its page."""


def _facts(alert: Alert) -> list[tuple[str, str]]:
    """What it is about, in words, without what is not said."""
    meta = Alert._meta
    pairs = ((str(meta.get_field(name).verbose_name), told(name, getattr(alert, name))) for name in NAMES)
    return [(name, text) for name, text in pairs if text]
