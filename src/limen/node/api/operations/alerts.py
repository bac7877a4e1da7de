"""Reading alerts: those in force, one, and its pictures."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from limen.node.alerts import reading
from limen.node.alerts.finding import Search
from limen.node.alerts.models import Alert as Row
from limen.node.api.alert_shapes import Alert, Alerts, FindAlerts, alert_told, alerts_told
from limen.node.api.copying import copies
from limen.node.api.operations.answers import answers
from limen.node.api.operations.images import BYTES, picture
from limen.node.exhibits.reading import exhibits_of
from limen.node.people.models import Officer
from limen.node.sharing.copying import may_copy

router = Router(tags=["alerts"])


@router.get(
    "", response=answers({200: Alerts}, 422), operation_id="listAlerts", summary="Alerts in force", exclude_unset=True
)
def list_alerts(request: HttpRequest, find: Query[FindAlerts]) -> dict[str, Any]:
    """List the alerts in force that the caller sees and may copy, the most urgent first.

    Alerts of other agencies that are marked TLP:AMBER+STRICT or TLP:RED are read on the site alone.
    """
    officer = request.caller.officer
    asked = Search.read(find.model_dump(exclude_none=True))
    rows = copies(asked.rows(officer)).order_by("-urgency", "-released_at", "-pk")
    found = list(rows[: find.limit + 1])
    return {"items": alerts_told(found[: find.limit], officer), "more": len(found) > find.limit}


@router.get(
    "/{reference}",
    response=answers({200: Alert}, 404),
    operation_id="getAlert",
    summary="Read an alert",
    exclude_unset=True,
)
def get_alert(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Read an alert of whatever standing that the caller sees and may copy."""
    return alert_told(_alert_of(reference, request.caller.officer))


@router.get(
    "/{reference}/pictures/{uid}",
    response=answers({}, 404),
    operation_id="getAlertPicture",
    summary="A picture of an alert",
    openapi_extra=BYTES,
)
def get_alert_picture(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    """Read a masked picture of an alert."""
    alert = _alert_of(reference, request.caller.officer)
    try:
        found = exhibits_of(alert).filter(uid=uuid.UUID(uid), withheld=False).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return picture(found.masked)


def _alert_of(reference: str, officer: Officer) -> Row:
    """The alert with this reference. Raises `Http404` where there is none that the officer may see and copy."""
    if not reference.isascii() or not 8 <= len(reference) <= 16:
        raise Http404
    alert = reading.alert_of(reference)
    if not may_copy(alert, officer):
        raise Http404
    return alert
