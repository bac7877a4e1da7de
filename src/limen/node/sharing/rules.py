"""Who may see which fields of a record, and why: the rule itself, without a database.

The steps, in their order:

1. Nobody sees anything but an active officer of an active agency.
2. The owner is granted every class: all its officers, or, where the marking is TLP:RED, its coordinators and those of
   its officers who are named.
3. An agency that is named is granted the classes of the audience; where the marking is TLP:RED, only those of its
   officers who are named.
4. Every other agency of the community is granted class 0 where the audience is the community, which TLP:AMBER and
   above forbid. Where the community asks who sees to contribute, that is those which did (`contributing.py`); a warning
   of imminent danger (`Audience.floor`) reaches all.
5. An agency that receives by a clause in force, from the owner, of an agreement under which the record was released, is
   granted the classes that clause and audience have in common, and class 0.
6. Whatever was granted is cut to what the officer's roles may see (`classes.CEILINGS`).

An audience without recipients is therefore nobody beyond the owner. PostgreSQL enforces the same: steps 2 to 5 as rows
of `sharing_grant`, steps 1 and 6 in `sharing_audiences` (migrations/sql). Tests hold the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from limen.node.sharing.classes import ALL, FieldClass, ceiling
from limen.node.sharing.markings import Marking


class Basis(StrEnum):
    """Why something may be seen."""

    OWNER = "owner"
    NAMED = "named"
    COMMUNITY = "community"
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True)
class Looker:
    """What the rule must know of an officer."""

    officer: int
    agency: int
    roles: tuple[str, ...]
    active: bool = True
    agency_active: bool = True
    contributes: bool = True
    """Whether the agency gave what the community asks of those who see, if it asks anything."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a record is for. `classes` is what the agencies or persons named receive; the community receives class 0."""

    owner: int
    marking: Marking
    community: bool = False
    agencies: frozenset[int] = frozenset()
    officers: frozenset[int] = frozenset()
    classes: FieldClass = FieldClass.STATISTICAL
    agreements: frozenset[int] = frozenset()
    """Agreements under which it is released."""
    kind: str = ""
    """Of which kind of records, where agreements are named: a clause tells some kinds and not others; or `floor`."""
    floor: bool = False
    """Whether its records warn of imminent danger: then the community is everybody, whatever they gave."""

    @classmethod
    def private(cls, owner: int) -> Audience:
        """Nobody beyond the owner: what a draft has, and a record that was recalled."""
        return cls(owner, Marking.AMBER_STRICT)

    @property
    def is_private(self) -> bool:
        """Whether nobody beyond the owner is meant."""
        return not (self.community or self.agencies - {self.owner} or self.officers or self.agreements)

    @property
    def fault(self) -> str:
        """Name what contradicts the marking; empty where nothing does."""
        persons = self.marking.for_persons
        faults = {
            "community": self.community and not self.marking.for_community,
            "agencies": self.agencies and persons,
            "officers": self.officers and not persons,
            "agreements": self.agreements and (persons or not self.kind),
            "floor": self.floor and not (self.community and self.kind),
            "classes": not self.classes & FieldClass.STATISTICAL,
        }
        return next((name for name, wrong in faults.items() if wrong), "")


@dataclass(frozen=True, slots=True)
class Clause:
    """One direction of an agreement: what the giver tells the receiver of what it releases under it."""

    agreement: int
    giver: int
    receiver: int
    kinds: frozenset[str]
    classes: FieldClass
    onward: str = "no"


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody sees of a record, and on which ground."""

    classes: FieldClass = FieldClass.NONE
    bases: tuple[Basis, ...] = field(default=())


def granted(looker: Looker, audience: Audience, clauses: Iterable[Clause] = ()) -> Sight:
    """Steps 2 to 5: what the officer's place grants, whatever their roles; `clauses` are those in force."""
    if looker.agency == audience.owner:
        named = looker.officer in audience.officers or "coordinator" in looker.roles
        return Sight(ALL, (Basis.OWNER,)) if named or not audience.marking.for_persons else Sight()
    classes, bases = FieldClass.NONE, []
    if looker.agency in audience.agencies or looker.officer in audience.officers:
        classes |= audience.classes | FieldClass.STATISTICAL
        bases.append(Basis.NAMED)
    if audience.community and (looker.contributes or audience.floor):
        classes |= FieldClass.STATISTICAL
        bases.append(Basis.COMMUNITY)
    for clause in clauses:
        if tells(clause, audience) and clause.receiver == looker.agency:
            classes |= (clause.classes & audience.classes) | FieldClass.STATISTICAL
            bases.append(Basis.AGREEMENT)
    return Sight(classes, tuple(dict.fromkeys(bases)))


def tells(clause: Clause, audience: Audience) -> bool:
    """Whether a clause tells its receiver of records with this audience."""
    return (
        clause.agreement in audience.agreements
        and clause.giver == audience.owner
        and clause.receiver != audience.owner
        and audience.kind in clause.kinds
    )


def sees(looker: Looker, audience: Audience, clauses: Iterable[Clause] = ()) -> Sight:
    """All six steps: what this officer sees of a record with this audience, while these clauses are in force."""
    if not (looker.active and looker.agency_active) or audience.fault:
        return Sight()
    place = granted(looker, audience, clauses)
    classes = place.classes & ceiling(list(looker.roles), own=looker.agency == audience.owner)
    return Sight(classes, place.bases) if classes else Sight()
