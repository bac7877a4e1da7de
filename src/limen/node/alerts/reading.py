"""Reading alerts: which the viewer sees, and where each stands today.

An alert that does not exist and one that the viewer may not see are both `Http404`.
"""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from limen.node.alerts.models import Acknowledgement, Alert, Urgency
from limen.node.people.models import Officer
from limen.node.sharing import policy
from limen.node.sharing.models import State


class Standing(StrEnum):
    """Where an alert stands: on its way to release, or in time."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    RECALLED = "recalled"
    COMING = "coming"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    LAPSED = "lapsed"


def alerts() -> QuerySet[Alert]:
    """All alerts that the viewer sees, of whatever state."""
    return policy.visible(Alert.objects.select_related("owner"))


def alert_of(reference: str) -> Alert:
    """The alert with this reference. Raises `Http404` where there is none for this viewer."""
    found = alerts().filter(reference=reference.upper()).first()
    if found is None:
        raise Http404
    return found


def _replacements() -> Exists:
    return Exists(Alert.objects.filter(supersedes=OuterRef("pk"), state=State.RELEASED))


def standing_as(rows: QuerySet[Alert], standing: Standing, today: datetime.date | None = None) -> QuerySet[Alert]:
    """Narrow alerts to those that stand so. An alert is replaced where the viewer sees what replaces it."""
    today = today or timezone.localdate()
    if standing in (Standing.DRAFT, Standing.PROPOSED, Standing.RECALLED):
        return rows.filter(state=standing.value)
    released = rows.filter(state=State.RELEASED)
    if standing == Standing.LAPSED:
        return released.filter(valid_until__lt=today)
    lasting = released.filter(Q(valid_until__gte=today) | Q(valid_until=None))
    if standing == Standing.REPLACED:
        return lasting.filter(_replacements())
    lasting = lasting.filter(~_replacements())
    if standing == Standing.COMING:
        return lasting.filter(valid_from__gt=today)
    return lasting.filter(Q(valid_from__lte=today) | Q(valid_from=None))


def in_force(today: datetime.date | None = None) -> QuerySet[Alert]:
    """The alerts that hold today, for this viewer."""
    return standing_as(alerts(), Standing.IN_FORCE, today)


def successor_of(alert: Alert) -> Alert | None:
    """What took its place, if the viewer sees that."""
    return alerts().filter(supersedes=alert, state=State.RELEASED).order_by("-released_at").first()


def standing(alert: Alert, today: datetime.date | None = None) -> Standing:
    """Say where an alert stands; the same as `standing_as` narrows to."""
    today = today or timezone.localdate()
    if alert.state != State.RELEASED:
        return Standing(alert.state)
    if alert.valid_until and alert.valid_until < today:
        return Standing.LAPSED
    if successor_of(alert) is not None:
        return Standing.REPLACED
    return Standing.COMING if alert.valid_from and alert.valid_from > today else Standing.IN_FORCE


def acknowledged_by(officer: Officer) -> Exists:
    """A condition on alerts: the officer has acknowledged them as they are out now."""
    rows = Acknowledgement.objects.filter(officer=officer, alert=OuterRef("pk"), edition=OuterRef("released_at"))
    return Exists(rows)


def waiting(officer: Officer, least: Any = Urgency.URGENT) -> list[Alert]:
    """The alerts in force of this urgency that the officer has not acknowledged, the newest first; not one's own."""
    if officer.is_machine:
        return []
    rows = in_force().filter(~acknowledged_by(officer), urgency__gte=least).exclude(author=officer)
    return list(rows.order_by("-urgency", "-released_at", "-pk")[:20])
