"""Acknowledging an alert: "read and understood", once for each time it is released.

The owner of an alert sees how many of how many officers have, by agency, and no names; coordinators see the names of
their own agency's officers.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from limen.node.alerts.models import Acknowledgement, Alert
from limen.node.audit import record as log
from limen.node.people.models import Agency, Officer, Role
from limen.node.sharing import policy
from limen.node.sharing.models import Audience, State
from limen.node.sharing.releasing import subject_of
from limen.node.web.errors import Refused


def acknowledge(alert: Alert, officer: Officer) -> None:
    """Say that this officer has read and understood the alert as it is out now. Raises `Refused`."""
    if officer.is_machine or alert.state != State.RELEASED:
        raise Refused(_("Only an alert that is released is acknowledged, and by a person."))
    try:
        with transaction.atomic():
            Acknowledgement.objects.create(alert=alert, officer=officer, agency=officer.agency)
            log("alert.acknowledged", subject=subject_of(alert))
    except IntegrityError:
        return  # once is enough


def has_acknowledged(alert: Alert, officer: Officer) -> bool:
    """Whether the officer has, as it is out now."""
    return Acknowledgement.objects.filter(alert=alert, officer=officer, edition=alert.released_at).exists()


@dataclass(frozen=True, slots=True)
class Share:
    """How many of an agency's officers who see an alert have acknowledged it."""

    agency: Agency
    acknowledged: int
    officers: int


def by_agency(alert: Alert) -> list[Share]:
    """How many of how many, by agency, for the alert's owner; empty for everybody else."""
    audience = Audience.objects.filter(pk=alert.audience_id).first()
    if audience is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT agency_id, n FROM alerts_acknowledged(%s)", [alert.pk])
        counted = dict(cursor.fetchall())
    return [
        Share(each.agency, min(counted.get(each.agency.pk, 0), each.officers), each.officers)
        for each in policy.preview(policy.described(audience))
    ]


def names(alert: Alert, officer: Officer) -> list[Acknowledgement]:
    """Who of the own agency has acknowledged it, for a coordinator."""
    if not officer.has_role(Role.COORDINATOR):
        return []
    rows = Acknowledgement.objects.filter(alert=alert, agency=officer.agency, edition=alert.released_at)
    return list(rows.select_related("officer").order_by("at")[:500])


def recalled_since(officer: Officer) -> list[Acknowledgement]:
    """What the officer acknowledged and its owner took back, the newest first, unless it is out again."""
    rows = Acknowledgement.objects.filter(officer=officer).exclude(recalled_at=None)
    again = Alert.objects.filter(state=State.RELEASED)
    return list(rows.exclude(alert__in=again).order_by("-recalled_at")[:20])
