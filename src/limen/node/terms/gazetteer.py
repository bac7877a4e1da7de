"""Places, kept in the process so that every letter typed is answered in a few milliseconds.

All names lie folded in one long string, one line a place, which CPython searches at the speed of memory. A line is
`\\nho chi minh city tan son nhat saigon`, other names last: what is found after a line's beginning or a blank begins a
word.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from limen.node.terms.catalogue import aliases
from limen.node.terms.editions import Kept
from limen.node.terms.fold import fold
from limen.node.terms.models import Place

MOST_FOUND = 2_000
"""So many hits are ranked at most; who typed one letter gets those that begin with it."""


class Spot(NamedTuple):
    """A place as it is kept."""

    code: str
    iata: str
    icao: str
    name: str
    country: str
    functions: str
    lat: float
    lon: float
    weight: int

    @property
    def is_gate(self) -> bool:
        """Whether travellers enter the country here: by air, or over a land border."""
        return "4" in self.functions or "B" in self.functions


class Gazetteer:
    """All active places, and how to find them."""

    def __init__(self, spots: list[Spot], aliases: Mapping[str, str]) -> None:
        self.spots = sorted(spots, key=lambda spot: -spot.weight)
        self.by_code = {spot.code: spot for spot in self.spots}
        self.by_iata = {spot.iata: spot for spot in reversed(self.spots) if spot.iata}
        self.by_icao = {spot.icao: spot for spot in reversed(self.spots) if spot.icao}
        self.also = {fold(name): code for name, code in aliases.items() if code in self.by_code}
        self.folded = [fold(spot.name) for spot in self.spots]
        self.text, self.starts = self._lay_out()
        self.codes_at = {spot.code: at for at, spot in enumerate(self.spots)}
        self.codes = sorted(self.codes_at.items())

    def _lay_out(self) -> tuple[str, list[int]]:
        others: dict[str, str] = {}
        for name, code in self.also.items():
            others[code] = f"{others.get(code, '')} {name}"
        lines = [f"\n{name}{others.get(spot.code, '')}" for name, spot in zip(self.folded, self.spots, strict=True)]
        return "".join(lines), [0, *accumulate(map(len, lines))]

    def exact(self, asked: str) -> Spot | None:
        """The place that a code means: UN/LOCODE or ours, IATA, ICAO."""
        code = asked.strip().upper().replace(" ", "")
        return self.by_iata.get(code) or self.by_code.get(code) or self.by_icao.get(code)

    def named(self, name: str, country: str | None = None) -> list[Spot]:
        """The places of exactly that name, the most important first."""
        folded = fold(name)
        if (code := self.also.get(folded)) is not None:
            return [self.by_code[code]]
        at_these = self._places_of(f"\n{folded}") if folded else iter(())
        found = (at for at in at_these if self.folded[at] == folded)
        return [self.spots[at] for at in found if country in (None, self.spots[at].country)]

    def suggest(self, asked: str, country: str | None = None, most: int = 12) -> list[Spot]:
        """The best places for what was typed so far; airports and crossings of the asker's country come early."""
        folded = fold(asked)
        if not folded:
            return []
        code = asked.strip().upper()
        exact = self.by_iata.get(code) or self.by_code.get(code)
        ranked: dict[int, tuple[int, int, int]] = {}
        for tier, at in self._found(folded):
            if at not in ranked:
                ranked[at] = self._rank(tier, at, folded, country)
        best = heapq.nsmallest(most, ranked, key=lambda at: (ranked[at], at))
        spots = [self.spots[at] for at in best]
        return [exact, *(spot for spot in spots if spot.code != exact.code)][:most] if exact else spots

    def _rank(self, tier: int, at: int, folded: str, country: str | None) -> tuple[int, int, int]:
        spot = self.spots[at]
        same = 0 if self.folded[at] == folded else 1
        near = 2 if spot.country != country else 0 if spot.is_gate else 1
        worth = spot.weight + (20 if spot.is_gate else 0)
        return (tier // 3, near, 30 * same + 15 * tier - worth)

    def _found(self, folded: str) -> Iterator[tuple[int, int]]:
        """Places with how they were found: by code or the name's beginning 0, a word's beginning 1, within a word 3."""
        if (pilots := self.by_icao.get(folded.upper())) is not None:
            yield 0, self.codes_at[pilots.code]
        if " " not in folded:
            yield from ((0, at) for at in self._coded(folded.upper()))
        yield from ((0, at) for at in self._places_of(f"\n{folded}"))
        if len(folded) > 1:
            yield from ((1, at) for at in self._places_of(f" {folded}"))
        if len(folded) > 2:
            yield from ((3, at) for at in self._places_of(folded))

    def _coded(self, prefix: str) -> Iterator[int]:
        """Places whose code begins so, where the country is followed by at least one more letter."""
        if len(prefix) < 3:
            return
        at = bisect_right(self.codes, (prefix,))
        while at < len(self.codes) and self.codes[at][0].startswith(prefix):
            yield self.codes[at][1]
            at += 1

    def _places_of(self, needle: str) -> Iterator[int]:
        at = self.text.find(needle)
        for _ in range(MOST_FOUND):
            if at < 0:
                return
            yield bisect_right(self.starts, at) - 1
            at = self.text.find(needle, at + 1)


def _read() -> Gazetteer:
    rows = Place.objects.filter(active=True).order_by("code").values_list(*Spot._fields)
    return Gazetteer([Spot(*row) for row in rows], aliases("place"))


_gazetteer = Kept(_read)


def gazetteer() -> Gazetteer:
    """The places of this process."""
    return _gazetteer.get()


def place_position(code: str) -> tuple[float, float] | None:
    """Latitude and longitude of a place, for a map; None where no list has it."""
    spot = gazetteer().by_code.get(code)
    return (spot.lat, spot.lon) if spot else None
