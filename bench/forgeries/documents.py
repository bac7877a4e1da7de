"""The documents of the evaluation: models, genuine or falsified, as a full-page reader takes them in three lights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from bench import unseen
from limen.specimen import (
    FRAUDS,
    Capture,
    Light,
    Recipe,
    Side,
    capture_lights,
    draft,
    falsified,
    render,
    with_tolerance,
)
from limen.verifier import Picture

GENUINE: Final = "genuine"
"""The family of documents that nobody touched."""
LEARNED_FROM: Final = 5
"""Genuine captures that a reference is learned from."""
_STRETCH: Final = 110
"""Jobs that are put in order of their models."""
_PICTURES: Final = {
    (Side.FRONT, Light.WHITE): Picture.WHITE,
    (Side.FRONT, Light.IR): Picture.IR,
    (Side.FRONT, Light.UV): Picture.UV,
    (Side.BACK, Light.WHITE): Picture.BACK,
    (Side.BACK, Light.IR): Picture.BACK_IR,
    (Side.BACK, Light.UV): Picture.BACK_UV,
}


@dataclass(frozen=True, slots=True)
class Source:
    """One model of document and who generates it."""

    issuer: str
    format: str
    unseen: bool = False
    """Whether the second generator makes it."""

    @property
    def name(self) -> str:
        """For tables and files."""
        return f"{self.issuer} {self.format}"

    @property
    def sides(self) -> tuple[Side, ...]:
        """What is shown of it."""
        return (Side.FRONT, Side.BACK) if self.format == "TD1" else (Side.FRONT,)

    def recipes(self, seed: int, fraud: str = GENUINE) -> Iterator[Recipe]:
        """Each side, with the fraud where it is possible; its seeds have nothing to do with the document's."""
        for side in self.sides:
            made = unseen.drafted(self.issuer, seed, side) if self.unseen else draft(
                self.format, seed, self.issuer, side=side
            )  # fmt: skip
            recipe = with_tolerance(made, seed)
            yield falsified(recipe, fraud, seed) if fraud != GENUINE and FRAUDS[fraud].possible(recipe) else recipe

    def taken(self, seed: int, fraud: str = GENUINE) -> dict[Picture, Capture]:
        """The document before the reader."""
        pictures = {}
        for recipe in self.recipes(seed, fraud):
            made = unseen.rendered(recipe) if self.unseen else render(recipe)
            captures = unseen.captured(made, seed) if self.unseen else capture_lights(made, seed)
            pictures.update({_PICTURES[recipe.side, light]: one for light, one in captures.items()})
        return pictures


DEVELOPMENT: Final = (
    Source("UTO", "TD3"), Source("QVA", "TD3"), Source("QNR", "TD3"), Source("UTO", "TD1"), Source("QVA", "TD2"),
    Source("QNR", "MRV-A"),
)  # fmt: skip
"""Models that thresholds are chosen on."""
HELD_OUT: Final = (
    Source("QZE", "TD3"), Source("QTM", "TD3"), Source("QSK", "TD1"), Source("QZE", "TD2"), Source("QTM", "MRV-A"),
    *(Source(code, design.format.value, unseen=True) for code, design in unseen.DESIGNS.items()),
)  # fmt: skip
"""Models that no threshold was chosen on: other issuers of the first generator, and all of the second."""


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be made and examined."""

    source: Source
    family: str
    seed: int

    @property
    def key(self) -> str:
        """What tells it from all other jobs of a run."""
        return f"{self.source.name}/{self.family}/{self.seed}"


def learning_seeds(first: int) -> range:
    """The seeds of the documents that a reference is learned from; no job has one of them."""
    return range(first, first + LEARNED_FROM)


def jobs(sources: tuple[Source, ...], first: int, *, genuine: int, each: int) -> list[Job]:
    """All documents of a run in an order in which every family and model is met early; `first` is the lowest seed.

    Models take turns, so that each family is spread over all of them; those of a stretch of jobs come one after the
    other, so that their artwork is drawn once.
    """
    families = [(GENUINE, genuine), *((name, each) for name in FRAUDS)]
    made = [
        Job(sources[(index + shift) % len(sources)], family, first + 1000 * (shift + 1) + index)
        for shift, (family, count) in enumerate(families)
        for index in range(count)
    ]
    order = np.argsort([(k + 0.5) / count for _, count in families for k in range(count)], kind="stable")
    mixed = [made[index] for index in order]
    stretches = [mixed[start : start + _STRETCH] for start in range(0, len(mixed), _STRETCH)]
    return [job for part in stretches for job in sorted(part, key=lambda job: job.source.name)]
