"""Figures that tell nothing of anybody: published once a month, never a count below five, never two that overlap.

A *stream* is one agency, country and outcome. Its months are added up until they hold five or more; then the sum is
published for all those months together, and adding begins anew. So no count of fewer than five is ever told, and since
no two figures have a month of a stream in common, and no sum over streams is published, there is nothing to subtract.
What a figure leaves open: each month in it but the last had 0 to 4, and any of these is possible. Totals on the page
are sums of published figures, which say no more than those.

Only months that are over are counted, each once, so that no two looks a day apart tell of the person between.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Min, QuerySet

from limen.node.protection.models import Figure, Pending, Referral, Screening, Stage, Step, Tallied

LEAST = 5
REFERRED = "referred"
"""The stream of referrals; the others are the results of screenings."""

Stream = tuple[int, str, str]
"""Agency, country, outcome."""


def spans(counts: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """Add up a stream's months, from the first: (first, last, sum) of each row of months that holds five or more."""
    first = total = 0
    for month, count in enumerate(counts):
        total += count
        if total >= LEAST:
            yield first, month, total
            first, total = month + 1, 0


def publish(today: datetime.date) -> int:
    """Count every month that is over and was not counted yet, the oldest first. How many figures were published."""
    return sum(_publish_month(month) for month in _due(today))


def _due(today: datetime.date) -> list[datetime.date]:
    last = Tallied.objects.aggregate(last=Max("month"))["last"]
    if last is None:
        began = Screening.objects.filter(stage=Stage.HANDED).aggregate(first=Min("handed_at"))["first"]
        month = began.date().replace(day=1) if began else today.replace(day=1)
    else:
        month = _next(last)
    months = []
    while month < today.replace(day=1):
        months.append(month)
        month = _next(month)
    return months


def _next(month: datetime.date) -> datetime.date:
    return (month.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)


@transaction.atomic
def _publish_month(month: datetime.date) -> int:
    Tallied.objects.create(month=month)
    published = 0
    for (agency, country, outcome), count in _counted(month).items():
        row, _new = Pending.objects.get_or_create(
            agency_id=agency, country=country, outcome=outcome, defaults={"count": 0}
        )
        row.count += count
        if row.count < LEAST:
            row.save(update_fields=["count"])
            continue
        first = _first((agency, country, outcome))
        Figure.objects.create(
            agency_id=agency, country=country, outcome=outcome, first=first, last=month, count=row.count
        )
        row.delete()
        published += 1
    return published


def _first(stream: Stream) -> datetime.date:
    """The month after the stream's last figure, or the first month that was ever counted: it tells nothing."""
    agency, country, outcome = stream
    same = Figure.objects.filter(agency_id=agency, country=country, outcome=outcome)
    last: datetime.date | None = same.aggregate(last=Max("last"))["last"]
    if last is not None:
        return _next(last)
    first: datetime.date = Tallied.objects.aggregate(first=Min("month"))["first"]
    return first


def _counted(month: datetime.date) -> dict[Stream, int]:
    within = (_midnight(month), _midnight(_next(month)))
    screened = Screening.objects.filter(stage=Stage.HANDED, handed_at__gte=within[0], handed_at__lt=within[1])
    referred = Referral.objects.exclude(step=Step.WITHDRAWN).filter(made_at__gte=within[0], made_at__lt=within[1])
    found: dict[Stream, int] = {}
    for row in _grouped(screened.exclude(result=""), "agency", "country", "result"):
        found[row["agency"], row["country"], row["result"]] = row["count"]
    for row in _grouped(referred, "agency", "screening__country"):
        found[row["agency"], row["screening__country"], REFERRED] = row["count"]
    return found


def _grouped(rows: QuerySet[Any], *by: str) -> Iterable[dict[str, Any]]:
    return rows.order_by().values(*by).annotate(count=Count("pk")).order_by(*by)


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)
