"""When a notice is sent, and by which ways: pure functions of what the officer chose."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from limen.node.notices.models import ByEmail, Notice, Way, Ways


@dataclass(frozen=True, slots=True)
class Step:
    """One sending of a notice."""

    way: Way
    due: datetime.datetime
    device: int | None = None


def zone_of(name: str) -> datetime.tzinfo:
    """The time zone of this name; UTC where this machine does not know it (any more)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return datetime.UTC


def next_at(now: datetime.datetime, time: datetime.time, zone: datetime.tzinfo) -> datetime.datetime:
    """The next moment, later than now, at which clocks in the zone show this time; in UTC."""
    today = now.astimezone(zone).date()
    days = (today + datetime.timedelta(days=ahead) for ahead in range(3))
    moments = (datetime.datetime.combine(day, time, zone).astimezone(datetime.UTC) for day in days)
    return next(moment for moment in moments if moment > now)


def is_quiet(now: datetime.datetime, ways: Ways) -> bool:
    """Whether it is one of the officer's quiet hours, which may go over midnight."""
    if ways.quiet_from is None or ways.quiet_until is None:
        return False
    clock = now.astimezone(zone_of(ways.zone)).time()
    if ways.quiet_from <= ways.quiet_until:
        return ways.quiet_from <= clock < ways.quiet_until
    return clock >= ways.quiet_from or clock < ways.quiet_until


def earliest(now: datetime.datetime, ways: Ways, *, urgent: bool) -> datetime.datetime:
    """When something may be sent at once: now, or at the end of the quiet hours where it is not urgent."""
    if urgent or not is_quiet(now, ways) or ways.quiet_until is None:
        return now
    return next_at(now, ways.quiet_until, zone_of(ways.zone))


def steps(notice: Notice, ways: Ways, devices: Iterable[int], now: datetime.datetime) -> Iterator[Step]:
    """Say what is sent, and when."""
    at_once = earliest(now, ways, urgent=notice.urgent)
    if notice.by_email and ways.email == ByEmail.DAILY and not notice.urgent:
        yield Step(Way.DIGEST, next_at(now, ways.digest_at, zone_of(ways.zone)))
    elif notice.by_email and ways.email != ByEmail.NEVER:
        yield Step(Way.EMAIL, at_once)
    if notice.by_push:
        yield from (Step(Way.PUSH, at_once, device) for device in devices)
