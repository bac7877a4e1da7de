"""What came of holding an entry of the visual zone against what the machine readable zone or the chip says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """Whether two writings can mean the same."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNCLEAR = "unclear"
    """The text is in a form or a script that is not understood, or says something else than is asked."""


@dataclass(frozen=True, slots=True)
class Compared:
    """An entry as read, against a value."""

    relation: Relation
    text: str
    """The entry as read."""
    nearest: str = ""
    """The text, changed at as few characters as possible so that it agrees; empty where that makes no sense."""
    edits: int = 0
    """How many characters that changes."""
    places: tuple[int, ...] = ()
    """The characters of `text` that differ, counted from 0; for one that is missing, the character behind it."""

    @property
    def agrees(self) -> bool:
        """Whether both can mean the same."""
        return self.relation is Relation.AGREES

    @property
    def differs(self) -> bool:
        """Whether they cannot."""
        return self.relation is Relation.DIFFERS


def agreeing(text: str) -> Compared:
    """Both can mean the same."""
    return Compared(Relation.AGREES, text, text)


def unclear(text: str) -> Compared:
    """There is nothing to be said."""
    return Compared(Relation.UNCLEAR, text)


def differing(text: str, nearest: str, edits: int, places: tuple[int, ...]) -> Compared:
    """They cannot mean the same; `nearest` could."""
    return Compared(Relation.DIFFERS, text, nearest, edits, places)


def best(compared: list[Compared], text: str) -> Compared:
    """The one that agrees, or else the one that differs least; unclear where there is none of either."""
    order = {Relation.AGREES: 0, Relation.DIFFERS: 1, Relation.UNCLEAR: 2}
    return min(compared, key=lambda one: (order[one.relation], one.edits), default=unclear(text))
