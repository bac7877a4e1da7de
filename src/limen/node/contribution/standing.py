"""Where an agency stands: what the community asks, whether it gave enough, until when it sees, what is missing.

Nothing here tells of another agency: PostgreSQL answers for the viewer's own, and for any to the keeper alone.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from limen.node.sharing.contributing import Asked, later, stops_at
from limen.node.sharing.models import Decision, Release, Statement

AHEAD = datetime.timedelta(days=30)
"""So long before, pages warn."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is asked of an agency, and what follows."""

    asked: Asked | None
    """What is asked now, or else from the next beginning on; None where nothing is."""
    begun: bool = False
    """Whether it is asked already."""
    sees: bool = True
    """Whether the agency sees now what is for the community."""
    stops: datetime.datetime | None = None
    """From when on it does not, if it gives nothing more; None while none is in sight."""
    missing: int = 0
    """How many more released reports it takes to see beyond that moment, or again."""

    @property
    def warns(self) -> bool:
        """Whether that moment is near, and not yet there."""
        return self.sees and self.stops is not None and self.stops - timezone.now() <= AHEAD


NOTHING = Standing(None)


def standing(agency: int) -> Standing:
    """Say where an agency stands: the viewer's own, or, for the keeper, any."""
    now, prospect = _prospect(agency)
    wanted = [asked for asked, _enough in prospect if asked.is_on]
    if not wanted:
        return NOTHING
    stops = stops_at(prospect, now)
    asked = next((each for each in wanted if stops and each.holds(stops)), wanted[0])
    sees = stops is None or stops > now
    missing = max(0, asked.least - _given(agency, asked, stops)) if stops else 0
    return Standing(asked, asked.holds(now), sees, stops, missing)


def unstated_months(agency: int, today: datetime.date, most: int = 12) -> list[datetime.date]:
    """The months that are over and for which nobody signed that they brought nothing, the last first."""
    signed = set(Statement.objects.filter(agency=agency).values_list("month", flat=True))
    first = today.replace(day=1)
    months = []
    for _ in range(most):
        first = (first - datetime.timedelta(days=1)).replace(day=1)
        months.append(first)
    return [month for month in months if month not in signed]


def _prospect(agency: int) -> tuple[datetime.datetime, list[tuple[Asked, datetime.datetime]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT now(), p.since, p.until, p.is_on, p.at_least, p.months, p.grace, p.enough"
            " FROM (SELECT) one LEFT JOIN sharing_prospect(%s) p ON true ORDER BY p.since",
            [agency],
        )
        rows = cursor.fetchall()
    told = [(Asked(*row[1:7]), row[7]) for row in rows if row[1] is not None and row[7] is not None]
    return rows[0][0], told


def _given(agency: int, asked: Asked, at: datetime.datetime) -> int:
    """How many of the reports released by now still count at a moment."""
    released = Release.objects.filter(owner=agency, kind="reports", decision=Decision.APPROVED)
    dates = released.order_by("-decided_at").values_list("decided_at", flat=True)[: asked.least]
    return sum(at < later(each, asked.months) for each in dates if each)
