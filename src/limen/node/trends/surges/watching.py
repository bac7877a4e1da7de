"""The surges that a viewer sees now: from the reports that this viewer may see, and from no others.

What was found is kept for some minutes, in the memory of the process, for everybody who is in exactly the same
audiences, and only as long as their roll-ups have not changed: a recall takes effect with the next request here too.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.cache import caches
from django.db import connection
from django.utils import timezone

from limen.node.reports.finding import Search
from limen.node.sharing import policy
from limen.node.trends.surges.baseline import Settings
from limen.node.trends.surges.statistic import FALSE_ALARMS, Found, find
from limen.node.trends.surges.statistic import Surge as Statistic
from limen.node.trends.surges.streams import Counted, Stream, count

MINUTES = 10
SHOWN = 52
"""Weeks of the chart of a surge."""
MOST = 60
"""Surges that are looked at further, the rarest first; more at once is no list that anybody reads."""
_SAME = 0.5
"""Two surges that share this part of the smaller one's reports are one."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a surge's stream."""

    monday: datetime.date
    count: int
    expected: float
    usual: int
    """The highest count of this week alone that is not out of the ordinary."""
    marked: bool
    """Whether it is one of the weeks of the surge."""


@dataclass(frozen=True, slots=True)
class Surge:
    """A stream that runs higher than chance explains, and since when."""

    stream: Stream
    count: int
    expected: float
    usual: int
    chance: float
    yearly: float
    """How many surges as unlikely as this chance alone brings in a year, over all streams that the viewer sees."""
    since: datetime.date
    until: datetime.date
    weeks: tuple[Week, ...]
    reports: frozenset[int]
    also: tuple[Surge, ...] = ()
    """Other streams that the same reports make surge."""

    @property
    def search(self) -> Search:
        """The search that shows exactly its reports."""
        return Search.of(self.stream.conditions | {"since": str(self.since), "until": str(self.until)})

    @property
    def query(self) -> str:
        """The same as a query string of the list."""
        return urlencode(self.search.asked())

    @property
    def length(self) -> int:
        """How many weeks it is of."""
        return sum(week.marked for week in self.weeks)


@dataclass(frozen=True, slots=True)
class Watched:
    """What a look at everything brought."""

    surges: tuple[Surge, ...]
    """The rarest first, those of the same reports as one."""
    streams: int
    """How many streams were watched."""
    weeks: int
    """How many weeks were learned from."""
    total: int
    """Reports in them."""


def watch(false_alarms: float = FALSE_ALARMS) -> Watched:
    """Find the surges that the viewer sees. Without a viewer there are none."""
    audiences = sorted(policy.audiences())
    if not audiences:
        return Watched((), 0, 0, 0)
    key = _key(audiences, false_alarms)
    found: Watched | None = caches["local"].get(key)
    if found is None:
        found = _look(false_alarms)
        caches["local"].set(key, found, 60 * MINUTES)
    return found


def _key(audiences: Iterable[int], false_alarms: float) -> str:
    """Name what the viewer may see, as it stands: which audiences, and the state of the roll-ups that count them.

    A row of a roll-up that was written anew has a higher transaction number, even where its figure came back to what it
    was.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), sum(n), sum(xmin::text::bigint) FROM reports_rollup"
            " WHERE dimension = 'all' AND audience_id = ANY ((SELECT sharing_audiences(1))::bigint[])"
        )
        state = cursor.fetchone()
    told = repr((list(audiences), state, false_alarms, timezone.localdate(), connection.settings_dict["NAME"]))
    return f"limen.surges.{hashlib.sha256(told.encode()).hexdigest()}"


def _look(false_alarms: float) -> Watched:
    settings = Settings()
    counted = count(settings)
    found = find(
        counted.counts, counted.total, counted.seen, counted.rest, false_alarms=false_alarms, settings=settings
    )
    surges = [_told(one, found, counted) for one in found.surges[:MOST]]
    streams = len(counted.streams) + int((counted.rest > 0).sum())
    return Watched(tuple(_grouped(surges)), streams, len(counted.total), int(counted.total.sum()))


def _told(one: Statistic, found: Found, counted: Counted) -> Surge:
    mondays = counted.mondays
    since, until = mondays[-one.weeks], mondays[-1] + datetime.timedelta(days=6)
    expected, usual = found.baseline.expected[one.stream], found.band(one.stream)
    weeks = tuple(
        Week(
            mondays[at], int(counted.counts[one.stream, at]), float(expected[at]), int(usual[at]), mondays[at] >= since
        )
        for at in range(max(0, len(mondays) - SHOWN), len(mondays))
    )
    surge = Surge(
        counted.streams[one.stream], one.count, one.expected, one.usual, one.chance, one.yearly, since, until, weeks,
        frozenset(),
    )  # fmt: skip
    return replace(surge, reports=frozenset(surge.search.rows().order_by().values_list("pk", flat=True)))


def _grouped(surges: list[Surge]) -> list[Surge]:
    """Put surges of the same reports together, under the rarest."""
    heads: list[Surge] = []
    for surge in surges:
        for at, head in enumerate(heads):
            shared = len(surge.reports & head.reports)
            if shared and shared >= _SAME * min(len(surge.reports), len(head.reports)):
                heads[at] = replace(head, also=(*head.also, surge))
                break
        else:
            heads.append(surge)
    return heads
