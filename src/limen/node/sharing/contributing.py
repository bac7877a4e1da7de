"""Contribute to see: until when an agency sees what is for the community, in plain Python.

The community may ask of those who see its records that they give. An agency has given enough until the latest of

1. the end of its time of grace, counted from its entry;
2. so many months after the last but so many of the reports that it released: with three asked in six months, six months
   after the third newest;
3. so many months after the end of a month for which a coordinator signed that there was nothing to report.

All of it lies in the past, so that one moment tells who sees from which second on: nothing has to run for it to come.
PostgreSQL reckons the same (`sharing_enough_until` in migrations/sql/0008_conditions.sql); tests hold the two together.
"""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """What the community asks, and between which moments; `until` is None where nothing follows."""

    since: datetime.datetime
    until: datetime.datetime | None
    is_on: bool
    least: int = 1
    months: int = 1
    grace: int = 0

    def holds(self, at: datetime.datetime) -> bool:
        """Whether it is what is asked at this moment."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Given:
    """What an agency gave: when it entered, when it released its reports, for which months it had none."""

    entered: datetime.datetime
    released: tuple[datetime.datetime, ...] = ()
    empty_months: tuple[datetime.date, ...] = ()


def enough_until(asked: Asked, given: Given, now: datetime.datetime) -> datetime.datetime:
    """The moment until which what was given by now is enough; it may have passed."""
    moments = [later(given.entered, asked.grace)]
    newest = sorted((at for at in given.released if at <= now), reverse=True)
    if len(newest) >= asked.least:
        moments.append(later(newest[asked.least - 1], asked.months))
    for month in given.empty_months:
        first = datetime.datetime(month.year, month.month, 1, tzinfo=datetime.UTC)
        moments.append(later(first, 1 + asked.months))
    return max(moments)


def contributes(conditions: Iterable[Asked], given: Given, now: datetime.datetime) -> bool:
    """Whether an agency that gave this sees what is for the community now."""
    return all(now < enough_until(each, given, now) for each in conditions if each.is_on and each.holds(now))


def stops_at(prospect: Sequence[tuple[Asked, datetime.datetime]], now: datetime.datetime) -> datetime.datetime | None:
    """The first moment, now or later, at which an agency that gives nothing more does not see; None if none comes.

    `prospect` holds what is and will be asked, in its order, each with the moment until which what was given is enough.
    """
    for asked, enough in prospect:
        begins = max(asked.since, enough, now)
        if asked.is_on and (asked.until is None or begins < asked.until):
            return begins
    return None


def later(at: datetime.datetime, months: int) -> datetime.datetime:
    """The same time some months later, on the last day of a month that is too short: as PostgreSQL adds months."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))
