"""Where what a search finds was detected: how many at each place, from the roll-ups where they can tell.

A spot is a place by its five-letter code, or the country by its three-letter one where a report names no place.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.expressions import Value
from django.db.models.functions import Coalesce, NullIf

from limen.node.reports.finding import NO_PLACE, Search, whole_months
from limen.node.reports.models import Rollup
from limen.node.sharing import policy
from limen.node.terms import country_centroid, label, place_position


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
    counts = _rolled(search)
    if counts is None:
        counts = _counted(search)
    found = [Spot(code, _name(code), n, _position(code)) for code, n in counts.items() if n]
    return sorted(found, key=lambda spot: (-spot.count, spot.name))


def _rolled(search: Search) -> dict[str, int] | None:
    """From the roll-ups: those of all time where nothing is asked, those of months for a span of whole months."""
    asked = search.asked()
    months = whole_months(search.since, search.until)
    if months is None or not asked.keys() <= {"since", "until"}:
        return None
    rows = policy.visible(Rollup.objects.filter(months, dimension="place") if asked else _of_all_time())
    return dict(rows.order_by().values_list("value").annotate(total=Sum("n")))


def _of_all_time() -> QuerySet[Rollup]:
    return Rollup.objects.filter(dimension="spot", month="0001-01-01")


def _counted(search: Search) -> dict[str, int]:
    spot = Coalesce(NullIf(F("place"), Value("")), F("detection_country"))
    return dict(search.rows().order_by().values_list(spot).annotate(total=Count("*")))


def _name(code: str) -> str:
    return label("country" if len(code) == 3 else "place", code) if code else ""


def _position(code: str) -> tuple[float, float] | None:
    if not code:
        return None
    return country_centroid(code) if len(code) == 3 else place_position(code)
