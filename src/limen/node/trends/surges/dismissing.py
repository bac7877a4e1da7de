"""Putting a surge aside, with a reason, for the whole agency; it comes back when it grows."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.trends.models import Dismissal
from limen.node.trends.surges.watching import Surge
from limen.node.web.errors import Invalid, Refused

ROLES = ("analyst", "examiner", "coordinator")
"""Roles that put a surge aside."""
GROWN = 2
"""A surge comes back when it has so many times the reports that it had."""
LASTS = datetime.timedelta(days=182)
"""It comes back after this, too."""
KEPT = datetime.timedelta(days=365)
LONGEST = 300


def may_dismiss(officer: Officer) -> bool:
    """Whether the officer puts surges aside for the agency."""
    return not officer.is_machine and officer.has_role(*ROLES)


def dismiss(officer: Officer, surge: Surge, reason: str) -> Dismissal:
    """Put a surge aside for the officer's agency. Raises `Refused`, `Invalid`."""
    _may(officer)
    reason = " ".join(reason.split())
    if not reason:
        raise Invalid(_("Say why the surge is put aside; your colleagues will read it."), field="reason")
    if len(reason) > LONGEST:
        raise Invalid(_("The reason has at most %(most)d characters.") % {"most": LONGEST}, field="reason")
    with transaction.atomic():
        Dismissal.objects.filter(owner=officer.agency, created_at__lt=timezone.now() - KEPT).delete()
        row = Dismissal.objects.create(
            owner=officer.agency,
            officer=officer,
            stream=surge.stream.token,
            since=surge.since,
            count=surge.count,
            reason=reason,
        )
        log("surge.dismissed", details={"stream": row.stream, "count": row.count})
    return row


def restore(officer: Officer, number: int) -> None:
    """Take it back: the surge is listed again. Raises `Refused`, `Http404`."""
    _may(officer)
    with transaction.atomic():
        row = Dismissal.objects.filter(owner=officer.agency, pk=number).first()
        if row is None:
            raise Http404
        Dismissal.objects.filter(owner=officer.agency, stream=row.stream).delete()
        log("surge.restored", details={"stream": row.stream})


def dismissed(officer: Officer, surges: Iterable[Surge]) -> dict[str, Dismissal]:
    """Say which of these surges are put aside, by the names of their streams."""
    since = timezone.now() - LASTS
    rows = Dismissal.objects.filter(owner_id=officer.agency_id, created_at__gte=since)
    newest = {row.stream: row for row in rows.select_related("officer").order_by("created_at", "pk")}
    found = {}
    for surge in surges:
        for each in (surge, *surge.also):
            row = newest.get(each.stream.token)
            if row is not None and not grown(row, each):
                found[surge.stream.token] = row
                break
    return found


def grown(row: Dismissal, surge: Surge) -> bool:
    """Whether there are so many more reports that one should look again."""
    now = sum(week.count for week in surge.weeks if week.monday >= row.since)
    return now >= max(GROWN * row.count, row.count + 3)


def _may(officer: Officer) -> None:
    if not may_dismiss(officer):
        raise Refused(_("Analysts, examiners and coordinators put surges aside for their agency."))
