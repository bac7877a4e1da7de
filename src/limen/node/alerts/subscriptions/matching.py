"""Whether an alert is one that somebody subscribed to: a pure function.

Each condition of a subscription is a set; an empty one asks for nothing. An alert fits a condition

- if it names one of what is asked for, or what contains it or lies within it: a place lies within its country, a method
  within its class of fraud;
- or if it names nothing of the kind: an alert without a place concerns every place.

All conditions must fit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A country or a place in it, a class of fraud or a method of it."""

    whole: str
    part: str = ""
    """Empty where all of it is meant."""

    def meets(self, other: Part) -> bool:
        """Whether one is the other, contains it, or lies within it."""
        return self.whole == other.whole and (not self.part or not other.part or self.part == other.part)


@dataclass(frozen=True, slots=True)
class Matter:
    """What an alert is about, or what somebody wants to be told of."""

    issuers: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    frauds: frozenset[Part] = frozenset()
    places: frozenset[Part] = frozenset()


def matches(wanted: Matter, about: Matter) -> bool:
    """Whether somebody who wants the one is told of the other."""
    return (
        _share(wanted.issuers, about.issuers)
        and _share(wanted.categories, about.categories)
        and _meet(wanted.frauds, about.frauds)
        and _meet(wanted.places, about.places)
    )


def _share(wanted: frozenset[str], named: frozenset[str]) -> bool:
    return not wanted or not named or not wanted.isdisjoint(named)


def _meet(wanted: Iterable[Part], named: frozenset[Part]) -> bool:
    return not wanted or not named or any(one.meets(other) for one in wanted for other in named)


def own_country(country: str) -> tuple[Matter, ...]:
    """What an officer is told of without having said anything: alerts of the own country's documents, and in it."""
    if not country:
        return ()
    return Matter(issuers=frozenset({country})), Matter(places=frozenset({Part(country)}))
