"""Where what a search finds was detected: how many at each place, from the roll-ups where they can tell.

A spot is a place by its five-letter code, or the country by its three-letter one where a report names no place.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db import connection
from django.db.models import F, Q, Sum, Value
from django.db.models.functions import Coalesce, NullIf

from limen.node.people.models import Agency
from limen.node.reports.finding import NO_PLACE, Search, whole_months
from limen.node.reports.models import Rollup
from limen.node.sharing import policy
from limen.node.terms import country_centroid, label, place_position

COVERED = 100_000
"""How many reports, the newest, are counted by place where an index holds all that is asked; else `NEWEST`."""

NEWEST = 1_000

_COVERED = frozenset(
    ["issuer", "category", "fraud_class", "method", "country", "place", "setting", "outcome", "marking", "agency"]
)
"""Conditions of which one, with dates, is answered from an index alone."""

_ALL_TIME = {"spot": ("country", "place", "marking", "agency"), "spot_class": ("country", "place", "fraud_class")}
"""Roll-ups of all time, and the conditions that the parts of their values answer (migrations/sql/0004_counted.sql)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map, and how many of the reports were detected there."""

    code: str
    name: str
    count: int
    position: tuple[float, float] | None
    """Latitude and longitude in degrees; None where they are not known."""

    @property
    def is_country(self) -> bool:
        """Whether only the country is known."""
        return len(self.code) == 3

    def within(self, search: Search) -> dict[str, str]:
        """The conditions of the list that holds exactly these reports."""
        asked = search.asked()
        if not self.code:
            return asked
        return asked | ({"country": self.code, "place": NO_PLACE} if self.is_country else {"place": self.code})


def spots(search: Search) -> list[Spot]:
    """Every place of what is found, the one with most first."""
    months, dimension = _months(search), _dimension(search)
    if months is not None:
        counts = _of_months(months)
    else:
        counts = _of_all_time(search, dimension) if dimension else _counted(search)
    found = [Spot(code, _name(code), n, _position(code)) for code, n in counts.items() if n]
    return sorted(found, key=lambda spot: (-spot.count, spot.name))


def limit(search: Search) -> int | None:
    """How many reports `spots` counts at most, the newest; None where it counts all, however many."""
    if _months(search) is not None or _dimension(search):
        return None
    asked = search.asked().keys() - {"since", "until"}
    return COVERED if len(asked) < 2 and asked <= _COVERED else NEWEST


def _months(search: Search) -> Q | None:
    """Which roll-ups of months answer the search: for a span of whole months and nothing else."""
    asked = search.asked().keys()
    return whole_months(search.since, search.until) if asked and asked <= {"since", "until"} else None


def _of_months(months: Q) -> dict[str, int]:
    rows = policy.visible(Rollup.objects.filter(months, dimension="place"))
    return dict(rows.order_by().values_list("value").annotate(total=Sum("n")))


def _dimension(search: Search) -> str:
    """The roll-up of all time that answers the search; empty where none does."""
    asked = search.asked()
    if NO_PLACE in asked.values():
        return ""
    return next((name for name, parts in _ALL_TIME.items() if asked.keys() <= set(parts)), "")


def _of_all_time(search: Search, dimension: str) -> dict[str, int]:
    """The parts of each value are held against the search here, which is quicker than a condition on them there."""
    rows = policy.visible(Rollup.objects.filter(dimension=dimension, month="0001-01-01"))
    wanted = [_stored(name, getattr(search, name)) for name in _ALL_TIME[dimension]]
    found: Counter[str] = Counter()
    for value, n in rows.order_by().values_list("value").annotate(total=Sum("n")):
        parts = value.split("|")
        if all(asked in ("", part) for asked, part in zip(wanted, parts, strict=True)):
            found[parts[1] or parts[0]] += n
    return found


def _stored(name: str, wanted: str) -> str:
    """A condition's value as the roll-up holds it: an agency by its number."""
    if name != "agency" or not wanted:
        return wanted
    return str(Agency.objects.filter(code=wanted).values_list("pk", flat=True).first() or 0)


def _counted(search: Search) -> dict[str, int]:
    """By reading reports, from an index alone where one holds what is asked."""
    spot = Coalesce(NullIf(F("place"), Value("")), F("detection_country"))
    newest = search.rows().values_list(spot)[: limit(search) or 0]
    statement, values = newest.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT spot, count(*) FROM ({statement}) AS found(spot) GROUP BY spot",  # noqa: S608 - the search's own
            values,
        )
        return dict(cursor.fetchall())


def _name(code: str) -> str:
    return label("country" if len(code) == 3 else "place", code) if code else ""


def _position(code: str) -> tuple[float, float] | None:
    if not code:
        return None
    return country_centroid(code) if len(code) == 3 else place_position(code)
