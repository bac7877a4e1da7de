"""What an agency gave, what it received, and what others made of it, month by month, as tables.

Given are its own releases in force, of every kind that is shared. Received is what this officer sees of others now, by
the month of its release; so it tells of no record that they could not open. Others are told apart only there, by
name and in the order of names: who gave more is nobody's question here, and what
others gave to others is not known. To ask for assistance is not to give: of requests, those count that were answered.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from limen.node.assistance.models import Request
from limen.node.people.models import Agency, Officer
from limen.node.sharing.kinds import kinds
from limen.node.sharing.models import Decision, Release, State
from limen.node.trends.tables import Cell, Name, Row, Table

MONTHS = 12
TO = {
    "": pgettext_lazy("recipients", "anybody"),
    "community": gettext_lazy("the community"),
    "named": gettext_lazy("agencies or officers by name"),
    "agreement": gettext_lazy("parties to agreements"),
}
"""To whom a record was given: it counts once, for the community, else under an agreement, else by name."""

USES = {
    "acknowledged": gettext_lazy("Alerts acknowledged"),
    "seen": gettext_lazy("Alerts answered “seen here”"),
    "useful": gettext_lazy("Alerts called useful"),
    "sighting": gettext_lazy("Reports of sightings"),
}
ANSWERED = Request._meta.app_label
Counts = Mapping[tuple[datetime.date, str], int]


def months(today: datetime.date) -> list[datetime.date]:
    """The months that are shown, as their first days, the last one running."""
    number = today.year * 12 + today.month - 1
    return [datetime.date(each // 12, each % 12 + 1, 1) for each in range(number - MONTHS + 1, number + 1)]


def given(officer: Officer, shown: list[datetime.date], to: str = "") -> Table:
    """What the agency released, by kind."""
    rows = Release.objects.filter(owner=officer.agency_id, decision=Decision.APPROVED, decided_at__gte=_begin(shown))
    rows = rows.exclude(kind=ANSWERED)
    if to == "community":
        rows = rows.filter(audience__community=True)
    elif to == "agreement":
        rows = rows.filter(audience__community=False).exclude(audience__agreements=[])
    elif to == "named":
        rows = rows.filter(audience__community=False, audience__agreements=[])
    counted = rows.order_by().annotate(month=TruncMonth("decided_at", tzinfo=datetime.UTC))
    told = counted.values_list("month", "kind").annotate(n=Count("pk"))
    counts = {(month.date(), kind): n for month, kind, n in told}
    if to in ("", "named"):
        answers = _answered(shown).filter(asked=officer.agency_id)
        counts |= {(month.date(), ANSWERED): n for month, n in answers.values_list("month").annotate(n=Count("pk"))}
    return _by_month(shown, _nouns(), counts)


def received(officer: Officer, shown: list[datetime.date]) -> tuple[Table, list[tuple[Agency, list[str]]]]:
    """What others released and this officer sees, by month; and the agencies that it is from, with the kinds of it."""
    by_month: Counter[tuple[datetime.date, str]] = Counter()
    sources: defaultdict[int, list[str]] = defaultdict(list)
    columns = _nouns()
    for label, rows in _received(officer, shown):
        for month, owner, n in rows:
            by_month[month.date(), label] += n
            if columns[label] not in sources[owner]:
                sources[owner].append(columns[label])
    agencies = Agency.objects.filter(pk__in=sources).order_by("name")
    return _by_month(shown, columns, by_month), [(agency, sources[agency.pk]) for agency in agencies]


def _received(officer: Officer, shown: list[datetime.date]) -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
    """Of each kind, how many this officer sees of each month and agency."""
    for kind in kinds():
        if kind.label == ANSWERED:
            answers = _answered(shown).filter(owner=officer.agency_id)
            yield kind.label, answers.values_list("month", "asked").annotate(n=Count("pk"))
            continue
        rows = kind.rows().exclude(owner=officer.agency_id).filter(state=State.RELEASED, released_at__gte=_begin(shown))
        counted = rows.order_by().annotate(month=TruncMonth("released_at", tzinfo=datetime.UTC))
        yield kind.label, counted.values_list("month", "owner").annotate(n=Count("pk"))


def used(shown: list[datetime.date]) -> Table:
    """What others, all together, made of the agency's alerts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT month, use, n FROM contribution_used(%s)", [shown[0]])
        told = {(month, use): n for month, use, n in cursor.fetchall()}
    return _by_month(shown, USES, told)


def _begin(shown: list[datetime.date]) -> datetime.datetime:
    return datetime.datetime.combine(shown[0], datetime.time(), datetime.UTC)


def _answered(shown: list[datetime.date]) -> QuerySet[Request, Any]:
    """Requests, asked or answered by the own agency, that were answered in these months."""
    rows = Request.objects.filter(answered_at__gte=_begin(shown)).order_by()
    return rows.annotate(month=TruncMonth("answered_at", tzinfo=datetime.UTC))


def _nouns() -> dict[str, str]:
    return {kind.label: str(_("Answered request") if kind.label == ANSWERED else kind.noun) for kind in kinds()}


def _names(labels: Iterable[Any]) -> tuple[Name, ...]:
    return tuple(Name(capfirst(str(label))) for label in labels)


def _by_month(shown: list[datetime.date], columns: Mapping[str, Any], counted: Counts) -> Table:
    rows = tuple(
        Row(
            (Name(date_format(month, "M Y"), month.strftime("%Y-%m")),),
            tuple(Cell(counted.get((month, each), 0)) for each in columns),
        )
        for month in shown
    )
    return Table((_("Month"),), _names(columns.values()), rows)
