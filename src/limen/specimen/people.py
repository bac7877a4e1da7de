"""People who exist nowhere: names put together from syllables, dates and looks drawn from a seed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

import numpy as np

EPOCH: Final = datetime.date(2026, 6, 1)
"""Ages and validity are counted from here, for nothing in this package reads a clock."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_HEADS: Final = _words(
    "Bral Cor Dev El Fal Gor Hal Il Jor Kes Lor Mar Nav Or Pel Quin Ros Sol Tar Ul Vel Wyn Xan Yar "
    "Zel Öst Ång Bür Çel Šim Núñ Løv"
)
_MIDDLES: Final = _words("a an ar e en er i in o on or u ul ya the mi ro")
_TAILS: Final = _words("beck dahl den fort gard ko lund man mere nov quist ra ric sen ska son stra va vik wold")
_WOMEN: Final = _words(
    "Anna Beatriz Chidinma Daria Elif Fatou Greta Hana Ines Jana Kavya Lea Maria Nour Olga Priya Rosa "
    "Sara Tuuli Uma Vera Wanda Ximena Yuki Zoé Amélie Désirée"
)
_MEN: Final = _words(
    "Adam Bruno Chen David Emre Felix Goran Hugo Ivan Jonas Kofi Luca Marek Nils Omar Pavel Quentin "
    "Rafael Samuel Tomas Umar Viktor Wim Xavier Yusuf Zoran Jürgen Søren"
)
_PARTICLES: Final = ("van der", "de la", "Al-", "O'", "Mac", "von")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who exists nowhere."""

    primary: str
    """Surname as the visual zone has it, capitals."""
    secondary: str
    """Given names, capitals."""
    sex: str
    """F, M or X."""
    birth: datetime.date
    birthplace: str
    face: int
    """Seed of the portrait."""
    age: int
    """In years, as the portrait shows it."""


def person(rng: np.random.Generator, towns: tuple[str, ...]) -> Person:
    """Draws a person of 18 to 85 years, born in one of `towns`."""
    sex = str(rng.choice(["F", "M", "X"], p=[0.485, 0.485, 0.03]))
    birth = EPOCH - datetime.timedelta(days=int(rng.integers(18 * 366, 85 * 365)))
    return Person(
        primary=surname(rng).upper(),
        secondary=_given(rng, sex).upper(),
        sex=sex,
        birth=birth,
        birthplace=str(rng.choice(towns)),
        face=int(rng.integers(2**31)),
        age=(EPOCH - birth).days * 100 // 36525,
    )


def surname(rng: np.random.Generator) -> str:
    """Draws a surname that nobody has."""
    name = _word(rng)
    kind = rng.random()
    if kind < 0.08:
        particle = str(rng.choice(_PARTICLES))
        return particle + ("" if particle[-1] in "-'c" else " ") + name
    if kind < 0.2:
        return f"{name}{rng.choice(['-', ' '])}{_word(rng)}"
    if kind < 0.23:
        return " ".join(_word(rng) + _word(rng).lower() for _ in range(3))
    return name


def _word(rng: np.random.Generator) -> str:
    middle = str(rng.choice(_MIDDLES)) if rng.random() < 0.7 else ""
    return str(rng.choice(_HEADS)) + middle + str(rng.choice(_TAILS))


def _given(rng: np.random.Generator, sex: str) -> str:
    pool = {"F": _WOMEN, "M": _MEN}.get(sex, _WOMEN + _MEN)
    count = int(rng.choice([0, 1, 2, 3, 4], p=[0.02, 0.43, 0.43, 0.09, 0.03]))
    return " ".join(str(name) for name in rng.choice(pool, count, replace=False))
