"""A counterfeit signature: what one press gets wrong, as a rule that other posts can import.

The language is that of references with its logic turned round: a reference says what genuine documents show, a
signature what the documents of one counterfeit press show. It holds details of print alone.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Self

from limen.reference.canonical import canonical
from limen.reference.errors import UnknownError
from limen.reference.learned import Learning
from limen.reference.signatures.marks import Mark
from limen.reference.signatures.scope import Scope
from limen.reference.signing import Origin, Seal, Signer
from limen.reference.standing import Standing
from limen.reference.values import Members
from limen.vision.page import Side

KIND = "limen-signature"
SCHEMA = 1
MOST_MARKS = 40
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._-]{0,58}[A-Za-z0-9])?")
_LONGEST = 500


class Marking(StrEnum):
    """To whom it may be handed on: Traffic Light Protocol 2.0 (FIRST, 2022)."""

    CLEAR = "clear"
    GREEN = "green"
    AMBER = "amber"
    AMBER_STRICT = "amber+strict"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many captures showed at least the marks needed, when the signature was made."""

    captures: int
    hits: int

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"captures": self.captures, "hits": self.hits}

    @classmethod
    def from_json(cls, members: Members) -> Self:
        """Raises FileError."""
        captures = members.whole("captures", 0, 1_000_000)
        counted = cls(captures, members.whole("hits", 0, captures))
        members.done()
        return counted


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """What one counterfeit press gets wrong."""

    name: str
    """Of the press: "press 12 of 2026"."""
    scope: Scope
    side: Side
    marks: tuple[Mark, ...]
    needed: int
    """How many marks must be met."""
    advice: str
    """What the officer is told beside the name: one sentence, or nothing."""
    source: str
    """Where the marks are known from."""
    marking: Marking
    made: Learning
    """When and by whom, and the digests of all captures that it was made with."""
    press: Counted
    """Of the press's documents."""
    genuine: Counted
    """Of genuine documents."""
    claim: Standing | None = None
    """What its origin held it to be worth when it signed."""
    seal: Seal | None = None
    """Its origin's signature; None where it was made here."""
    standing: Standing = field(default_factory=Standing)
    """What it is worth here."""

    @property
    def stem(self) -> str:
        """The name as that of a file."""
        return stem_of(self.name)

    @property
    def origin(self) -> Origin | None:
        """Who signed it; None where it was made here."""
        return self.seal.origin if self.seal else None

    def with_standing(self, standing: Standing) -> Self:
        """The same, held to be worth something else here."""
        return replace(self, standing=standing)

    def sealed(self, signer: Signer) -> Self:
        """The same, signed, with today's standing as its origin's claim."""
        unsigned = replace(self, claim=self.standing, seal=None)
        return replace(unsigned, seal=signer.seal(canonical(unsigned.statement())))

    def statement(self) -> dict[str, Any]:
        """What an origin signs, as plain values."""
        return {
            "kind": KIND,
            "schema": SCHEMA,
            "name": self.name,
            "model": self.scope.to_json(),
            "side": self.side.value,
            "marks": [one.to_json() for one in self.marks],
            "needed": self.needed,
            "advice": self.advice,
            "source": self.source,
            "tlp": self.marking.value,
            "made": self.made.to_json(),
            "press": self.press.to_json(),
            "genuine": self.genuine.to_json(),
            "standing": self.claim.to_json() if self.claim else None,
        }

    @classmethod
    def of_statement(cls, said: Members) -> Self:
        """The signature of such a statement, whose kind and schema were looked at. Raises FileError."""
        marks = said.each("marks", Mark.from_json, MOST_MARKS)
        signature = cls(
            said.text("name", _NAME.pattern),
            Scope.from_json(said.object("model")),
            said.choice("side", Side),
            marks,
            said.whole("needed", 1, max(1, len(marks))),
            said.text("advice", most=_LONGEST),
            said.text("source", most=_LONGEST),
            said.choice("tlp", Marking),
            Learning.from_json(said.object("made")),
            Counted.from_json(said.object("press")),
            Counted.from_json(said.object("genuine")),
            Standing.from_json(said.object("standing")) if said.has("standing") else None,
        )
        said.done()
        return signature


def checked_name(name: str) -> str:
    """The name of a press. Raises UnknownError where it can be none."""
    if not _NAME.fullmatch(name):
        raise UnknownError(f"{name!r} cannot be the name of a signature: take letters, digits, spaces, . _ and -.")
    return name


def stem_of(name: str) -> str:
    """The name of a signature's file."""
    return re.sub(r"[ _]+", "_", checked_name(name)).casefold()


def now() -> datetime.datetime:
    """The time, in whole seconds of UTC."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def named(names: Sequence[str], most: int = 8) -> str:
    """A list for a sentence."""
    return ", ".join(names[:most]) + (", ..." if len(names) > most else "")
