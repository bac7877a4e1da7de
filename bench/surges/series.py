"""Weekly counts as many streams of reports might bring them, with outbreaks put in.

Two sets of worlds. `DEVELOPMENT` is what parameters and thresholds were chosen on. `HELD_OUT` was written at the same
time and never looked at for that: other seeds, wider ranges, and shapes of season, dispersion and outbreak that the
development worlds do not have.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

YEAR: Final = 365.25 / 7
TESTED: Final = 104
"""The last weeks, in which outbreaks are looked for."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What worlds of one kind are like."""

    name: str
    first_seed: int
    streams: int = 150
    weeks: int = 312
    median_rate: float = 0.15
    spread_of_rates: float = 1.4
    trend: float = 0.15
    season: float = 0.3
    own_season: float = 0.15
    square_season: bool = False
    """A season that begins and ends abruptly, which no wave of a year fits."""
    dispersion: float = 1.0
    """The mean surplus of variance over mean; of each stream its own."""
    batches: bool = False
    """Reports that come in parties of two to five, as families and groups travel; else negative binomial."""
    shared: float = 0.1
    """How much the weeks of all streams waver together."""
    holidays: float = 0.5
    """To what share of reports a holiday takes its week; three weeks a year, one of which moves."""
    young: float = 0.25
    """Share of streams that begin within the series, and grow for a year to what they are then."""
    drift: float = 0.0
    """How far levels wander in a year."""
    shapes: tuple[str, ...] = ("spike", "steady", "rising", "bell")
    outbreaks: int = 40
    past_outbreaks: int = 30


DEVELOPMENT: Final = (
    Kind("sparse", 1_000),
    Kind("busy", 2_000, median_rate=2.0, spread_of_rates=1.0, streams=100),
    Kind("wavering", 3_000, shared=0.25, season=0.5, dispersion=2.0, trend=0.3),
    Kind("calm", 4_000, dispersion=0.2, shared=0.0, holidays=1.0, trend=0.0, own_season=0.0),
)


def _held_out(name: str, first_seed: int, **differing: Any) -> Kind:
    """Smaller than those of development, since R needs minutes for each."""
    return Kind(name, first_seed, **{"streams": 80, "outbreaks": 24, "past_outbreaks": 16} | differing)


HELD_OUT: Final = (
    _held_out("sparse", 901_000, median_rate=0.1, spread_of_rates=1.6),
    _held_out("busy", 902_000, median_rate=4.0, spread_of_rates=0.8, dispersion=1.5),
    _held_out("parties", 903_000, batches=True, season=0.2),
    _held_out("own seasons", 904_000, season=0.1, own_season=0.6, trend=0.25),
    _held_out("abrupt season", 905_000, square_season=True, season=0.5, holidays=0.3),
    _held_out("drifting", 906_000, drift=0.3, shared=0.2, shapes=("steady", "bell", "two waves", "plateau")),
    _held_out("young node", 907_000, weeks=156, young=0.4, trend=0.5, shapes=("spike", "rising", "plateau")),
)


@dataclass(frozen=True, slots=True)
class Outbreak:
    """Reports that came beside those that were expected."""

    stream: int
    start: int
    end: int
    """The last week."""
    size: int
    shape: str
    rate: float
    """What a week of the stream brings without it."""
    new: bool
    """Whether the stream had no report before."""


@dataclass(frozen=True, slots=True)
class World:
    """One generated node."""

    kind: Kind
    seed: int
    counts: NDArray[np.float64]
    outbreaks: tuple[Outbreak, ...] = field(repr=False)
    growing: NDArray[np.bool_] = field(repr=False)
    """Where a young stream grows to its level: an alarm there is neither right nor wrong."""


def make(kind: Kind, number: int, *, quiet: bool = False) -> World:
    """Make a world; a quiet one has its outbreaks before the tested weeks alone."""
    seed = kind.first_seed + number + (500 if quiet else 0)
    rng = np.random.default_rng(seed)
    rates, growing = _rates(kind, rng)
    counts = _draw(kind, rng, rates)
    began = kind.weeks - TESTED
    for _ in range(kind.past_outbreaks):
        _put(kind, rng, counts, rates, int(rng.integers(kind.streams)), int(rng.integers(10, began - 20)))
    found = []
    if not quiet:
        for stream in rng.choice(kind.streams, kind.outbreaks, replace=False):
            if (
                one := _put(kind, rng, counts, rates, int(stream), began + int(rng.integers(0, TESTED - 16)))
            ) is not None:
                found.append(one)
    return World(kind, seed, counts, tuple(found), growing)


def _rates(kind: Kind, rng: Generator) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    week = np.arange(kind.weeks)
    level = np.log(kind.median_rate) + kind.spread_of_rates * rng.standard_normal((kind.streams, 1))
    trend = (kind.trend / 2 + kind.trend / 2 * rng.standard_normal((kind.streams, 1))) * (week - kind.weeks) / YEAR
    drift = np.cumsum(rng.standard_normal((kind.streams, kind.weeks)), 1) * kind.drift / np.sqrt(YEAR)
    phase = 2 * np.pi * week / YEAR
    together = _season(kind, rng, phase)
    own = (
        kind.own_season
        * rng.standard_normal((kind.streams, 1))
        * np.cos(phase - rng.uniform(0, 2 * np.pi, (kind.streams, 1)))
    )
    weekly = np.log(rng.gamma(1 / max(kind.shared, 1e-3) ** 2, max(kind.shared, 1e-3) ** 2, kind.weeks))
    rates = np.exp(level + trend + drift + together + own + weekly)
    rates[:, _holidays(kind, rng)] *= kind.holidays
    young = rng.random(kind.streams) < kind.young
    begins = rng.integers(0, kind.weeks - TESTED // 2, kind.streams)
    ripe = np.where(young[:, None], np.clip((week[None] - begins[:, None]) / YEAR, 0.0, 1.0), 1.0)
    growing = young[:, None] & (week >= begins[:, None]) & (week < begins[:, None] + 60)
    return np.minimum(rates * ripe, 200.0), growing


def _season(kind: Kind, rng: Generator, phase: NDArray[np.float64]) -> NDArray[np.float64]:
    turn = rng.uniform(0, 2 * np.pi)
    if kind.square_season:
        return kind.season * np.sign(np.cos(phase - turn))
    return kind.season * np.cos(phase - turn) + kind.season / 3 * np.cos(2 * phase - rng.uniform(0, 2 * np.pi))


def _holidays(kind: Kind, rng: Generator) -> list[int]:
    years = range(int(kind.weeks / YEAR) + 1)
    fixed = [int(year * YEAR) + week for year in years for week in (15, 51)]
    moving = [int(year * YEAR) + 5 + int(rng.integers(0, 5)) for year in years]
    return [week for week in fixed + moving if week < kind.weeks]


def _draw(kind: Kind, rng: Generator, rates: NDArray[np.float64]) -> NDArray[np.float64]:
    surplus = kind.dispersion * rng.gamma(2.0, 0.5, (len(rates), 1))
    if kind.batches:
        parties = rng.poisson(rates / (1 + 0.2 * surplus * 1.5))
        more = rng.binomial(parties, np.clip(0.2 * surplus, 0, 1) * np.ones_like(rates))
        return (parties + rng.binomial(4 * more, 0.375)).astype(float)
    size = np.maximum(rates, 1e-9) / np.maximum(surplus, 1e-6)
    return rng.poisson(rng.gamma(size, np.maximum(surplus, 1e-6))).astype(float)


def _put(  # noqa: PLR0917
    kind: Kind, rng: Generator, counts: NDArray[np.float64], rates: NDArray[np.float64], stream: int, start: int
) -> Outbreak | None:
    """Add an outbreak to a stream; None where chance made it empty."""
    shape = str(rng.choice(kind.shapes))
    profile = _profile(shape, rng)
    length = len(profile)
    mean = float(rates[stream, start : start + length].mean())
    size = max(5.0, float(rng.uniform(1.5, 8.0)) * np.sqrt(2.0 * mean * length))
    extra = rng.poisson(size * profile / profile.sum())[: counts.shape[1] - start]
    if extra.sum() < 3:
        return None
    new = not counts[stream, :start].any()
    counts[stream, start : start + len(extra)] += extra
    came = np.flatnonzero(extra)
    return Outbreak(stream, start + int(came[0]), start + int(came[-1]), int(extra.sum()), shape, mean, new)


def _profile(shape: str, rng: Generator) -> NDArray[np.float64]:
    if shape == "spike":
        return np.ones(int(rng.integers(1, 3)))
    if shape == "steady":
        return np.ones(int(rng.integers(6, 13)))
    if shape == "rising":
        return np.arange(1.0, int(rng.integers(6, 11)))
    if shape == "plateau":
        return np.concatenate([[0.5], np.ones(int(rng.integers(10, 15)))])
    week = np.arange(1.0, int(rng.integers(6, 15)))
    bell = np.exp(-((np.log(week) - np.log(len(week) / 2.5)) ** 2) / 0.5)
    return np.concatenate([bell, bell * 0.7]) if shape == "two waves" else bell
