"""Sending what is due, by the worker: nothing is lost, and nothing goes to who may no longer see what it is about.

1. `plan` turns new notices into deliveries, by what each officer chose (`planning.py`).
2. `claim` takes those that are due, the urgent ones first, and sets each due again some minutes later: a worker that
   dies in between leaves them to the next.
3. Whoever was deactivated, chose otherwise meanwhile, or may no longer see the record is not told.
4. What was sent is deleted. What was not is tried again, later each time; after a day and a half it is given up and
   logged. The notice itself stays in the officer's list in any case.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone

from limen.node.notices import mail, pushing
from limen.node.notices.models import Delivery, Device, Notice, Way, Ways
from limen.node.notices.outcomes import Outcome
from limen.node.notices.planning import steps
from limen.node.notices.subjects import still_open_to

_LOG = logging.getLogger(__name__)

PLANNED_AT_ONCE = 1000
CLAIMED_AT_ONCE = 200
LEASE = datetime.timedelta(minutes=15)
LONGEST_WAIT = datetime.timedelta(hours=6)
MOST_TRIES = 10
"""1, 4, 16, 64, 256 minutes, then every six hours: a day and a half in all."""


def plan(now: datetime.datetime) -> int:
    """Decide how and when new notices are sent; say how many there were."""
    with transaction.atomic():
        found = list(
            Notice.objects.select_for_update(skip_locked=True).filter(planned=False).order_by("id")[:PLANNED_AT_ONCE]
        )
        officers = {notice.officer_id for notice in found}
        ways = {row.officer_id: row for row in Ways.objects.filter(officer__in=officers)}
        devices: dict[int, list[int]] = {}
        for officer, device in Device.objects.filter(officer__in=officers).values_list("officer", "pk"):
            devices.setdefault(officer, []).append(device)
        Delivery.objects.bulk_create(
            Delivery(notice=notice, way=step.way, device_id=step.device, urgent=notice.urgent, due_at=step.due)
            for notice in found
            for step in steps(notice, ways.get(notice.officer_id) or Ways(), devices.get(notice.officer_id, ()), now)
        )
        Notice.objects.filter(pk__in=[notice.pk for notice in found]).update(planned=True)
    return len(found)


_CLAIM = """
    WITH taken AS (
        SELECT id FROM notices_delivery WHERE due_at <= %(now)s
        ORDER BY urgent DESC, due_at LIMIT %(most)s FOR UPDATE SKIP LOCKED
    ), with_their_digests AS (
        SELECT id FROM taken
        UNION
        SELECT d.id FROM notices_delivery d JOIN notices_notice n ON n.id = d.notice_id
        WHERE d.way = 'digest' AND d.due_at <= %(now)s AND n.officer_id IN (
            SELECT m.officer_id FROM taken JOIN notices_delivery e ON e.id = taken.id AND e.way = 'digest'
            JOIN notices_notice m ON m.id = e.notice_id)
    )
    UPDATE notices_delivery SET due_at = %(until)s, tries = tries + 1
    WHERE id IN (SELECT id FROM with_their_digests) RETURNING id
"""


def claim(now: datetime.datetime) -> list[Delivery]:
    """Take some deliveries that are due, of a daily message all parts."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"now": now, "most": CLAIMED_AT_ONCE, "until": now + LEASE})
        numbers = [number for (number,) in cursor.fetchall()]
    rows = Delivery.objects.filter(pk__in=numbers).select_related("notice__officer__agency")
    return list(rows.order_by("-urgent", "notice_id", "pk"))


def send_due() -> bool:
    """Plan and send one batch; say whether there may be more."""
    now = timezone.now()
    planned = plan(now)
    claimed = claim(now)
    wanted = [delivery for delivery in claimed if _still_wanted(delivery.notice)]
    _forget(set(claimed) - set(wanted))
    _send([delivery for delivery in wanted if delivery.way == Way.PUSH], now)
    _send([delivery for delivery in wanted if delivery.way != Way.PUSH], now)
    return planned == PLANNED_AT_ONCE or len(claimed) >= CLAIMED_AT_ONCE


def _still_wanted(notice: Notice) -> bool:
    """Whether the officer has not looked yet, may act, and may see what it is about."""
    return (
        notice.seen_at is None
        and notice.officer.may_act
        and still_open_to(notice.officer_id, notice.kind, notice.number)
    )


def _send(deliveries: list[Delivery], now: datetime.datetime) -> None:
    if not deliveries:
        return
    outcomes = pushing.send(deliveries) if deliveries[0].way == Way.PUSH else mail.send(deliveries)
    for outcome in outcomes:
        settle(outcome, now)


def settle(outcome: Outcome, now: datetime.datetime) -> None:
    """Write down what became of a delivery, as soon as it is known."""
    delivery = outcome.delivery
    if outcome.sent:
        _forget([delivery])
    elif not outcome.again or delivery.tries >= MOST_TRIES:
        if outcome.reason:
            _LOG.warning("Notice %s could not be sent (%s): %s", delivery.notice_id, delivery.way, outcome.reason)
        _forget([delivery])
    else:
        wait = max(outcome.wait or datetime.timedelta(), datetime.timedelta(minutes=4 ** min(delivery.tries - 1, 5)))
        Delivery.objects.filter(pk=delivery.pk).update(due_at=now + min(wait, LONGEST_WAIT))


def _forget(deliveries: Iterable[Delivery]) -> None:
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries]).delete()
