"""Turnaround, load, and how far opinions held: of what the own agency was asked, and of what it asked.

Every figure counts requests that the viewer sees; row-level security leaves the traffic of others out, so that no
figure tells of it. The clock stands while the asker was asked back: what counts is the time without (`Answer.took`).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from limen.node.assistance.models import Priority
from limen.node.people.models import Officer
from limen.node.terms import label

DAYS: Final = (30, 90, 365)
MOST_ISSUERS: Final = 20


@dataclass(frozen=True, slots=True)
class Turnaround:
    """How long one kind of requests took: medians and 90th percentiles."""

    name: str
    asked: int
    taken: tuple[datetime.timedelta, datetime.timedelta] | None
    answered: int
    took: tuple[datetime.timedelta, datetime.timedelta] | None
    in_time: int
    """Of those answered, how many within their time."""


@dataclass(frozen=True, slots=True)
class Load:
    """What waits now: at one examiner, or at nobody yet where the name is empty."""

    name: str
    waiting: int
    asked_back: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Held:
    """One degree of the scale, and how often what it favours turned out to be true."""

    degree: int
    given: int
    known: int
    a: int
    b: int

    @property
    def confirmed(self) -> int | None:
        """How many of those that are known held; None where the degree favours neither."""
        return None if self.degree == 0 else self.a if self.degree > 0 else self.b


@dataclass(frozen=True, slots=True)
class Side:
    """The figures of one side: what was asked of the agency, or by it."""

    whole: Turnaround
    by_priority: list[Turnaround]
    by_issuer: list[Turnaround]
    held: list[Held]


_MEASURED = """
    SELECT {by}, count(*),
           percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY extract(epoch FROM r.taken_at - r.sent_at)::float)
               FILTER (WHERE r.taken_at IS NOT NULL),
           count(a.id),
           percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY extract(epoch FROM a.took)::float)
               FILTER (WHERE a.took IS NOT NULL),
           count(*) FILTER (WHERE a.took <= assistance_span(r.priority))
    FROM assistance_request r
    LEFT JOIN assistance_answer a ON a.request_id = r.id AND a.number = 1 AND a.stage = 'signed'
    WHERE {side} = %(agency)s AND r.sent_at >= %(since)s
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %(most)s
"""

_HELD = """
    WITH held AS (
        SELECT DISTINCT ON (a.request_id, c.asked) a.request_id, c.asked, c.degree
        FROM assistance_conclusion c JOIN assistance_answer a ON a.id = c.answer_id
        JOIN assistance_request r ON r.id = a.request_id
        WHERE a.stage = 'signed' AND {side} = %(agency)s AND r.sent_at >= %(since)s
        ORDER BY a.request_id, c.asked, a.number DESC
    ), told AS (
        SELECT DISTINCT ON (request_id) request_id, truths FROM assistance_outcome
        WHERE request_id IN (SELECT request_id FROM held) ORDER BY request_id, at DESC, id DESC
    )
    SELECT h.degree, count(*), count(t.truths ->> h.asked),
           count(*) FILTER (WHERE t.truths ->> h.asked = 'a'), count(*) FILTER (WHERE t.truths ->> h.asked = 'b')
    FROM held h LEFT JOIN told t USING (request_id) WHERE h.degree IS NOT NULL GROUP BY 1 ORDER BY 1 DESC
"""

_LOAD = """
    SELECT coalesce(o.name, ''), count(*), count(*) FILTER (WHERE r.stage = 'asked_back'),
           count(*) FILTER (WHERE r.due_at < coalesce(r.stopped_at, now()))
    FROM assistance_request r LEFT JOIN people_officer o ON o.id = r.taken_by_id
    WHERE r.asked_id = %(agency)s AND r.state = 'released' AND r.stage IN ('open', 'taken', 'asked_back')
    GROUP BY o.id, o.name ORDER BY 2 DESC, 1
"""

_SIDES: Final = {"asked": "r.asked_id", "asking": "r.owner_id"}


def side(officer: Officer, which: str, days: int) -> Side:
    """The figures of the last days of one side: "asked" or "asking"."""
    column = _SIDES[which]
    given = {"agency": officer.agency_id, "since": timezone.now() - datetime.timedelta(days=days)}
    whole = _measured("''", column, given)
    by_priority = {each.name: each for each in _measured("r.priority", column, given)}
    by_issuer = _measured("r.issuer", column, given)
    return Side(
        whole=whole[0] if whole else _turnaround(("", 0, None, 0, None, 0), ""),
        by_priority=[_named(by_priority[code], str(text)) for code, text in Priority.choices if code in by_priority],
        by_issuer=[_named(each, label("issuer", each.name)) for each in by_issuer if each.name],
        held=_held(column, given),
    )


def load(officer: Officer) -> list[Load]:
    """What waits at each examiner of the own agency now, and at nobody yet."""
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, {"agency": officer.agency_id})
        return [Load(*row) for row in cursor.fetchall()]


def _measured(by: str, column: str, given: dict[str, object]) -> list[Turnaround]:
    with connection.cursor() as cursor:
        cursor.execute(_MEASURED.format(by=by, side=column), given | {"most": MOST_ISSUERS})
        return [_turnaround(row, row[0]) for row in cursor.fetchall()]


def _held(column: str, given: dict[str, object]) -> list[Held]:
    with connection.cursor() as cursor:
        cursor.execute(_HELD.format(side=column), given)
        return [Held(*row) for row in cursor.fetchall()]


def _turnaround(row: tuple[Any, ...], name: str) -> Turnaround:
    _by, asked, taken, answered, took, in_time = row
    return Turnaround(name, asked, _spans(taken), answered, _spans(took), in_time)


def _spans(seconds: Any) -> tuple[datetime.timedelta, datetime.timedelta] | None:
    if not isinstance(seconds, list) or any(each is None for each in seconds):
        return None
    median, ninth = (datetime.timedelta(seconds=round(each)) for each in seconds)
    return median, ninth


def _named(row: Turnaround, name: str) -> Turnaround:
    return Turnaround(name, row.asked, row.taken, row.answered, row.took, row.in_time)
