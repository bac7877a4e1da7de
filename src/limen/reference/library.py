"""Everything that a post knows of documents: its references and its signatures, held against one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from limen.icao.mrz import Mrz
from limen.reference.folder import default_folder
from limen.reference.model import Model
from limen.reference.recognising import recognise
from limen.reference.signatures import SignatureStore, match
from limen.reference.signatures.store import FOLDER
from limen.reference.store import ReferenceStore
from limen.vision.artwork import Comparison, Field, compare
from limen.vision.lighting import LightFeature
from limen.vision.page import Page
from limen.vision.press import Hit


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """What came of holding one page against all that is known; the fields are those of `PageEvidence`."""

    comparison: Comparison | None
    unrecognised: str
    hits: tuple[Hit, ...]
    model: Model | None
    """The model that was recognised."""
    features: tuple[LightFeature, ...] = ()
    """What its reference asks of the lights."""
    features_count: bool = False
    """Whether findings by them count: the reference was promoted."""


class Library:
    """The references and signatures of one folder; each file is opened once, and again when it changed."""

    def __init__(self, references: ReferenceStore, signatures: SignatureStore) -> None:
        self.references = references
        self.signatures = signatures

    @classmethod
    def open(cls, path: Path | None = None) -> Self:
        """Those in a folder, else in `default_folder()`; one that is not there yet is empty."""
        place = path or default_folder()
        return cls(ReferenceStore.open(place), SignatureStore.open(place / FOLDER))

    def hold(self, page: Page, mrz: Mrz | None, fields: Sequence[Field] = ()) -> Held:
        """Recognise the page's model and compare it; look for every press whose signature applies.

        Raises StoreError where the folder cannot be read, FileError where the reference is damaged.
        """
        found = recognise(page, mrz, self.references)
        comparison, model, counts = None, None, False
        features: tuple[LightFeature, ...] = ()
        if found.reference is not None and (artwork := found.reference.artwork(page.side)) is not None:
            model = found.reference.model
            counts = found.reference.standing.counts
            features = found.reference.features.get(page.side, ())
            comparison = compare(
                page, artwork, model=model.name, counts=counts, fields=fields, placement=found.placement
            )
        hits = match(page, self.signatures.all(), mrz, model)
        return Held(comparison, found.why, hits, model, features, counts)
