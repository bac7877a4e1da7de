"""The Verifier as the package hands it out, with the references of one run.

References are learned here as `limen reference learn` does and stored as promoted, so that their findings count.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from bench.forgeries.documents import Source, learning_seeds
from limen.icao.mrz import Format
from limen.reference import Model, Reference, ReferenceStore, RefusedError, Standing, Status
from limen.reference.learning import Captured, learn_reference
from limen.specimen import Capture
from limen.specimen.people import EPOCH
from limen.verifier import Picture, Shown, Tool, Verifier, all_tools

_CODES = {"TD1": ("I", "ID"), "TD2": ("I", "ID"), "TD3": ("P",), "MRV-A": ("V",), "MRV-B": ("V",)}
"""Codes of document under which one design goes with the generators, which have no series."""


def verifier(references: Path) -> Verifier:
    """With every tool there is, and the references in that folder."""
    return Verifier(all_tools(references=references), on=EPOCH)


@lru_cache(maxsize=1)
def _plain(references: Path) -> Verifier:
    """Without text and faces, which nothing is learned from."""
    return Verifier(
        replace(
            all_tools(references=references),
            text=Tool.absent("text reader", "not needed"),
            faces=Tool.absent("face reader", "not needed"),
        ),
        on=EPOCH,
    )


def learned(source: Source, first: int, references: Path) -> str:
    """Learns a model from genuine captures, found as the Verifier finds them; gives what went wrong."""
    captures = []
    for seed in learning_seeds(first):
        evidence = _plain(references).examine(shown(source.taken(seed))).evidence
        pages = tuple(found.page for found in evidence.pages)
        captures.append(Captured(f"{source.name} {seed}", pages, (f"{seed:064x}",)))
    codes = _CODES[source.format]
    on = datetime.datetime(EPOCH.year, EPOCH.month, EPOCH.day, tzinfo=datetime.UTC)
    try:
        first_model = Model(source.issuer, codes[0], Format(source.format))
        made = learn_reference(first_model, captures, "the evaluation", on)
    except RefusedError as error:
        return str(error)
    store = ReferenceStore.open(references)
    standing = Standing(Status.PROMOTED, "the evaluation", on, why="held as promoted, to be measured")
    for code in codes:
        store.put(Reference(replace(made.model, document_code=code), made.learning, made.artworks, standing=standing))
    return ""


def known(source: Source, references: Path) -> bool:
    """Whether that model was learned."""
    return ReferenceStore.open(references).has(Model(source.issuer, _CODES[source.format][0], Format(source.format)))


def shown(pictures: Mapping[Picture, Capture]) -> Shown:
    """The captures as a Verifier takes them."""
    return Shown({picture: one.image for picture, one in pictures.items()})
