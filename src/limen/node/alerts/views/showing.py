"""An alert's page, read in seconds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from limen.node.alerts import acknowledging, answering, linking, points, reading, telling
from limen.node.alerts.fields import told
from limen.node.alerts.models import Alert, Verdict
from limen.node.alerts.views.common import officer_of
from limen.node.notices.seeing import saw
from limen.node.people.models import Officer
from limen.node.reports.drafting import WRITERS as REPORTERS
from limen.node.reports.telling import headline
from limen.node.sharing import releasing
from limen.node.sharing.copying import may_copy
from limen.node.sharing.markings import MEANINGS, Marking
from limen.node.sharing.models import State
from limen.node.sharing.reasons import why
from limen.node.web.errors import Invalid


@never_cache
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """The alert, with what to look at and what to do."""
    return page(request, reading.alert_of(reference))


def page(
    request: HttpRequest, alert: Alert, *, typed: Mapping[str, str] | None = None, wrong: Invalid | None = None
) -> HttpResponse:
    """The page of an alert; an answer that was not understood stands in it again."""
    officer = officer_of(request)
    saw(officer, "alerts", alert.reference)
    mine = alert.owner_id == officer.agency_id
    context = {
        "alert": alert,
        "mine": mine,
        "urgency": telling.URGENCIES[alert.urgency],
        "standing": telling.STANDINGS[reading.standing(alert)],
        "successor": reading.successor_of(alert),
        "replaced": _replaced(alert),
        "facts": _facts(alert),
        "points": points.read(alert.points),
        "linked": [{"report": report, "headline": headline(report)} for report in linking.linked(alert)],
        "reason": why(alert, officer),
        "meaning": MEANINGS[Marking(alert.marking)],
        "may_copy": may_copy(alert, officer),
        "history": releasing.history(alert) if mine else [],
        **releasing.rights(alert, officer),
        **_answers(alert, officer),
        "typed": typed or {},
        "wrong": wrong,
    }
    return render(request, "alerts/show.html", context, status=422 if wrong else 200)


def _answers(alert: Alert, officer: Officer) -> dict[str, Any]:
    """What became of it: for the owner by agency, for everybody one's own."""
    if alert.state != State.RELEASED:
        return {"answers": _told(alert)}
    mine = alert.owner_id == officer.agency_id
    return {
        "is_out": True,
        "acknowledged": acknowledging.has_acknowledged(alert, officer),
        "shares": acknowledging.by_agency(alert) if mine else [],
        "names": acknowledging.names(alert, officer),
        "answers": _told(alert),
        "verdicts": [(code, word) for code, word in Verdict.choices],
        "may_report": officer.has_role(*REPORTERS),
        "today": timezone.localdate(),
    }


def _told(alert: Alert) -> list[dict[str, Any]]:
    return [{"given": each, "where": answering.where(each)} for each in answering.answers(alert)]


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
