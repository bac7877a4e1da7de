"""A reference: what genuine documents of one model look like, how that was learned, and what it is held to be worth."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from limen.reference import lights
from limen.reference.canonical import canonical
from limen.reference.errors import FileError
from limen.reference.model import Model
from limen.reference.signing import Origin, Seal, Signer
from limen.reference.standing import Standing
from limen.reference.trial import DIGEST
from limen.reference.values import Members
from limen.vision.artwork import Artwork, BadArtwork
from limen.vision.lighting import LightFeature
from limen.vision.page import Side

KIND = "limen-reference"
SCHEMA = 2
"""Of a statement with features; one without is written in schema 1, as before there were any."""
SCHEMAS = (1, SCHEMA)
"""Those that can be read."""


@dataclass(frozen=True, slots=True)
class Learning:
    """How a reference was learned. It names the captures by digest and holds none of them."""

    on: datetime.datetime
    by: str
    """The person or post."""
    software: str
    captures: tuple[tuple[str, ...], ...]
    """For each document shown, the SHA-256 of its images' files."""

    @property
    def files(self) -> frozenset[str]:
        """All digests."""
        return frozenset(one for capture in self.captures for one in capture)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        captures = [{"files": list(one)} for one in self.captures]
        return {"on": self.on.isoformat(), "by": self.by, "software": self.software, "captures": captures}

    @classmethod
    def from_json(cls, members: Members) -> Self:
        """Raises FileError."""

        def files(one: Members) -> tuple[str, ...]:
            digests = one.texts("files", DIGEST, 12)
            one.done()
            return digests

        learning = cls(
            members.moment("on"), members.text("by"), members.text("software"), members.each("captures", files, 10_000)
        )
        members.done()
        return learning


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """What is known of one model."""

    model: Model
    learning: Learning
    artworks: Mapping[Side, bytes] = field(repr=False)
    """By side, as `Artwork.to_bytes` writes it; `artwork` opens it."""
    claim: Standing | None = None
    """What its origin held it to be worth when it signed; None where nobody has signed."""
    seal: Seal | None = None
    """Its origin's signature; None where it was learned here."""
    standing: Standing = field(default_factory=Standing)
    """What it is worth here."""
    features: Mapping[Side, tuple[LightFeature, ...]] = field(default_factory=dict, repr=False)
    """By side, what the light checks ask of a document of the model; a side without any is left out."""
    _opened: dict[Side, Artwork] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """Of its model."""
        return self.model.name

    @property
    def origin(self) -> Origin | None:
        """Who signed it; None where it was learned here."""
        return self.seal.origin if self.seal else None

    def artwork(self, side: Side) -> Artwork | None:
        """The artwork of a side, opened once; None where that side was not learned. Raises FileError."""
        if side not in self.artworks:
            return None
        if side not in self._opened:
            try:
                self._opened[side] = Artwork.from_bytes(self.artworks[side])
            except BadArtwork as error:
                said = str(error).rstrip(".")
                raise FileError(f"The {side} of the reference {self.name} cannot be used: {said}.") from error
        return self._opened[side]

    def with_standing(self, standing: Standing) -> Self:
        """The same, held to be worth something else here."""
        return replace(self, standing=standing)

    def sealed(self, signer: Signer) -> Self:
        """The same, signed, with today's standing as its origin's claim."""
        unsigned = replace(self, claim=self.standing, seal=None)
        return replace(unsigned, seal=signer.seal(canonical_statement(unsigned)))


def canonical_statement(reference: Reference) -> bytes:
    """What an origin signs: all but the artwork's bytes themselves, which it names by their digest."""
    return canonical(statement(reference))


def statement(reference: Reference) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "kind": KIND,
        "schema": schema_of(reference.features),
        "model": reference.model.to_json(),
        "learning": reference.learning.to_json(),
        "sides": [_side(reference, side) for side in sorted(reference.artworks)],
        "standing": reference.claim.to_json() if reference.claim else None,
    }


def schema_of(features: Mapping[Side, tuple[LightFeature, ...]]) -> int:
    """The schema that its statement is written in."""
    return SCHEMA if any(features.values()) else 1


def _side(reference: Reference, side: Side) -> dict[str, Any]:
    data = reference.artworks[side]
    said: dict[str, Any] = {"side": side.value, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    if any(reference.features.values()):
        said["features"] = [lights.to_json(one) for one in reference.features.get(side, ())]
    return said
