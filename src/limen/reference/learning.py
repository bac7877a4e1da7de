"""A reference is learned: from captures of genuine documents, each side by itself; nothing of bearers is kept."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from limen import __version__
from limen.icao.mrz import Mrz
from limen.reference.errors import RefusedError
from limen.reference.learned import Learning, Reference
from limen.reference.lights import learned_features
from limen.reference.masking import masked
from limen.reference.model import Model, key_of
from limen.vision.artwork import CannotLearn, learn
from limen.vision.page import Page, Side

LEAST: Final = 3
"""Documents that a reference can be learned from; five are better."""


@dataclass(frozen=True, slots=True, eq=False)
class Captured:
    """One document as it was captured: its sides under the lights that were shown."""

    name: str
    """Of its files, for messages."""
    pages: tuple[Page, ...]
    files: tuple[str, ...]
    """SHA-256 of the images' files."""
    mrz: Mrz | None = None

    def side(self, side: Side) -> Page | None:
        """The page of that side; None where it was not shown."""
        return next((one for one in self.pages if one.side is side), None)


def learn_reference(model: Model, captures: Sequence[Captured], by: str, on: datetime.datetime) -> Reference:
    """The reference that genuine captures of one model teach. Raises RefusedError with what to do instead."""
    _check(model, captures)
    artworks, features = {}, {}
    for side in Side:
        pages = [page for one in captures if (page := one.side(side)) is not None]
        if not pages:
            continue
        if len(pages) < LEAST:
            raise RefusedError(f"Only {len(pages)} captures show the {side}: show it of at least {LEAST}, or of none.")
        try:
            artworks[side] = learn(pages, finish=masked).to_bytes()
        except CannotLearn as error:
            raise RefusedError(f"The {side} cannot be learned: {str(error).rstrip('.')}.") from error
        features[side] = learned_features(pages)
    learning = Learning(on, by, f"limen {__version__}", tuple(one.files for one in captures))
    return Reference(model, learning, artworks, features={side: found for side, found in features.items() if found})


def _check(model: Model, captures: Sequence[Captured]) -> None:
    """Refuse what would teach the wrong thing."""
    if len(captures) < LEAST:
        raise RefusedError(f"A reference is learned from at least {LEAST} documents, here are {len(captures)}.")
    for one in captures:
        if any(page.format is not model.format for page in one.pages):
            raise RefusedError(f"{one.name} is no {model.format} document: leave it out.")
        if one.mrz is not None and not model.fits(one.mrz):
            said = " ".join(key_of(one.mrz))
            raise RefusedError(f"{one.name} is of {said} by its zone, not of {model.name}: leave it out.")
    twice = [digest for digest, count in Counter(file for one in captures for file in one.files).items() if count > 1]
    if twice:
        raise RefusedError("The same file was given twice: each capture must show another document.")
    numbers = Counter(one.mrz.document_number for one in captures if one.mrz is not None)
    if numbers and max(numbers.values()) > 1:
        name = next(one.name for one in captures if one.mrz and numbers[one.mrz.document_number] > 1)
        raise RefusedError(
            f"Two captures show the same document, {name} is one of them: what is its bearer's would be taken for "
            "artwork. Give each document once."
        )
