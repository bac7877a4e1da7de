"""People who exist nowhere: names put together from syllables, dates and looks drawn from a seed."""

from __future__ import annotations

import datetime
import unicodedata
from dataclasses import dataclass
from typing import Final

import numpy as np

EPOCH: Final = datetime.date(2026, 6, 1)
"""Ages and validity are counted from here, for nothing in this package reads a clock."""

_HEADS: Final = (
    "Bral Cor Dev El Fal Gor Hal Il Jor Kes Lor Mar Nav Or Pel Quin Ros Sol Tar Ul Vel Wyn Xan Yar Zel "
    "Öst Ång Bür Çel Šim Núñ Løv"
).split()
_MIDDLES: Final = "a an ar e en er i in o on or u ul ya the mi ro".split()
_TAILS: Final = "beck dahl den fort gard ko lund man mere nov quist ra ric sen ska son stra va vik wold".split()
_WOMEN: Final = (
    "Anna Beatriz Chidinma Daria Elif Fatou Greta Hana Ines Jana Kavya Lea Maria Nour Olga Priya Rosa Sara "
    "Tuuli Uma Vera Wanda Ximena Yuki Zoé Amélie Désirée"
).split()
_MEN: Final = (
    "Adam Bruno Chen David Emre Felix Goran Hugo Ivan Jonas Kofi Luca Marek Nils Omar Pavel Quentin Rafael "
    "Samuel Tomas Umar Viktor Wim Xavier Yusuf Zoran Jürgen Søren"
).split()
_PARTICLES: Final = ("van der", "de la", "Al-", "O'", "Mac", "von")

# Doc 9303-3, 6.A: what the zone writes for national letters, where it is not the plain letter.
_LETTERS: Final = {
    "Ä": "AE",
    "Ö": "OE",
    "Ü": "UE",
    "Å": "AA",
    "Ø": "OE",
    "Æ": "AE",
    "ß": "SS",
    "Ñ": "N",
}


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

    @property
    def age(self) -> int:
        """In full years, at `EPOCH`."""
        before = (EPOCH.month, EPOCH.day) < (self.birth.month, self.birth.day)
        return EPOCH.year - self.birth.year - before


def person(rng: np.random.Generator, towns: tuple[str, ...]) -> Person:
    """Draws a person of 18 to 85 years, born in one of `towns`."""
    sex = str(rng.choice(["F", "M", "X"], p=[0.485, 0.485, 0.03]))
    return Person(
        primary=_surname(rng).upper(),
        secondary=_given(rng, sex).upper(),
        sex=sex,
        birth=EPOCH - datetime.timedelta(days=int(rng.integers(18 * 366, 85 * 365))),
        birthplace=str(rng.choice(towns)),
        face=int(rng.integers(2**31)),
    )


def _surname(rng: np.random.Generator) -> str:
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


def zone_spelling(text: str) -> str:
    """A name in the letters of the machine readable zone, a space between components.

    Doc 9303-3, 4.6 and 6.A: the apostrophe is left out, a hyphen becomes a space.
    """
    written = "".join(_LETTERS.get(char, char) for char in text.upper().replace("'", "").replace("-", " "))
    plain = unicodedata.normalize("NFD", written)
    return " ".join("".join(char for char in plain if "A" <= char <= "Z" or char == " ").split())


def shortened(primary: str, secondary: str, room: int) -> tuple[str, str]:
    """Both identifiers cut so that they fit into `room` characters (Doc 9303-4, 4.2.3).

    The surname's components are cut first, evenly, only as far as leaves room for a letter of a given name;
    the given names lose their end.
    """
    if not secondary:
        return primary[:room].rstrip(), ""
    if len(primary) + 2 + len(secondary) <= room:
        return primary, secondary
    longest = max(len(part) for part in primary.split())
    while len(primary) > room - 7 and longest > 1:
        longest -= 1
        primary = " ".join(part[:longest] for part in primary.split())
    primary = primary[: room - 3].rstrip()
    return primary, secondary[: room - 2 - len(primary)].rstrip()
