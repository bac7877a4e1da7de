"""Places on the map, for the days of a chart."""

from __future__ import annotations

from dataclasses import dataclass

from limen.node.terms import country_centroid, place_position
from limen.node.trends.counting.asked import Asked
from limen.node.trends.counting.dimensions import DIMENSIONS
from limen.node.trends.counting.heads import heads
from limen.node.trends.counting.sources import fetched, source


@dataclass(frozen=True, slots=True)
class Spot:
    """A place, or a country where no place is stated, and how many of the reports were detected there."""

    code: str
    name: str
    count: int
    position: tuple[float, float] | None
    """Latitude and longitude in degrees; None where they are not known."""
    query: str

    @property
    def is_country(self) -> bool:
        """Whether only the country is known."""
        return len(self.code) == 3


def places(asked: Asked) -> list[Spot]:
    """Every place of what is asked for, the one with most first."""
    by = DIMENSIONS["place"]
    found = dict(fetched(*source(asked, [by])))
    names = heads(by, found)
    search = asked.found
    spots = [
        Spot(code, names[code].label, n, _position(code), names[code].query(search)) for code, n in found.items() if n
    ]
    return sorted(spots, key=lambda spot: (-spot.count, spot.name))


def _position(code: str) -> tuple[float, float] | None:
    if not code:
        return None
    return country_centroid(code) if len(code) == 3 else place_position(code)
