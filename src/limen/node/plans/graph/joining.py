"""What records and officers tell, put together: each entity once, numbered as this viewer sees them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from limen.node.plans.graph.deriving import Derived
from limen.node.plans.graph.facts import Record
from limen.node.plans.graph.kinds import ORDER, Kind, Nature
from limen.node.sharing.classes import FieldClass
from limen.node.terms import label

_CODED = {Kind.PLACE: "place", Kind.COUNTRY: "issuer", Kind.CARRIER: "carrier"}


@dataclass(frozen=True, slots=True)
class Node:
    """An entity of the chart."""

    number: int
    keys: tuple[str, ...]
    """Several where officers said that they are one."""
    kind: Kind
    name: str
    code: str
    """The code, where the name is that of a code."""
    also: tuple[str, ...]
    """Other ways in which it is written."""
    classes: FieldClass
    records: tuple[Record, ...]
    entered: bool
    """Whether an officer entered it, or part of it."""
    seen_at: tuple[str, ...]
    """Where the first of its keys was seen: "reports:12", "entities:3"."""
    first_class: FieldClass
    """The class of the first of its keys."""


@dataclass(frozen=True, slots=True)
class Strand:
    """One reason why two entities are tied."""

    nature: Nature
    words: str
    records: tuple[Record, ...]
    forward: bool
    """Whether it leads from the first to the other."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Everything that ties two entities."""

    one: int
    other: int
    strands: tuple[Strand, ...]

    @property
    def weight(self) -> int:
        """How many records tie them, what officers entered counting as one."""
        return len({record for strand in self.strands for record in strand.records or (None,)})


@dataclass(frozen=True, slots=True)
class Moment:
    """That an entity was somewhere on a day, as a record tells."""

    day: datetime.date
    node: int
    nature: Nature
    words: str
    record: Record | None


@dataclass(frozen=True, slots=True)
class Graph:
    """All of it."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    moments: tuple[Moment, ...]

    def edges_of(self, number: int) -> list[Edge]:
        """What ties an entity to others."""
        return [edge for edge in self.edges if number in (edge.one, edge.other)]

    def without(self, hidden: Collection[Kind]) -> Graph:
        """The same, but for what tells of some kinds over time."""
        return replace(self, moments=tuple(each for each in self.moments if self.nodes[each.node].kind not in hidden))

    def degrees(self) -> dict[int, int]:
        """To how many others each entity is tied."""
        counted = dict.fromkeys(range(len(self.nodes)), 0)
        for edge in self.edges:
            counted[edge.one] += 1
            counted[edge.other] += 1
        return counted


def join(derived: Iterable[Derived], same: Iterable[tuple[str, str]] = ()) -> Graph:
    """Put together what was derived; `same` are pairs of keys that officers say are one."""
    parts = list(derived)
    heads = _heads({key for part in parts for key in part.entities}, same)
    nodes = _nodes(parts, heads)
    number = {key: node.number for node in nodes for key in node.keys}
    return Graph(nodes, _edges(parts, number), _moments(parts, number))


def _heads(known: set[str], same: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each key the first of those that are one with it."""
    head = {key: key for key in known}

    def find(key: str) -> str:
        while head[key] != key:
            head[key] = head[head[key]]
            key = head[key]
        return key

    for one, other in same:
        if one in head and other in head:
            first, second = sorted((find(one), find(other)))
            head[second] = first
    return {key: find(key) for key in known}


def _nodes(parts: list[Derived], heads: dict[str, str]) -> tuple[Node, ...]:
    found: dict[str, list[tuple[Derived, str]]] = defaultdict(list)
    for part in parts:
        for key in part.entities:
            found[heads[key]].append((part, key))
    made = [_node(told) for told in found.values()]
    made.sort(key=lambda node: (ORDER[node.kind], node.name.casefold(), node.keys))
    return tuple(replace(node, number=at) for at, node in enumerate(made))


def _node(told: list[tuple[Derived, str]]) -> Node:
    entities = [part.entities[key] for part, key in told]
    first = min(entity.key for entity in entities)
    kind = entities[0].kind
    written = sorted({entity.name for entity in entities if entity.name})
    code = written[0] if kind in _CODED and written and not _entered(entities[0].key) else ""
    name = label(_CODED[kind], code) if code else (written[0] if written else "")
    classes = FieldClass.NONE
    for entity in entities:
        classes |= entity.classes
    return Node(
        number=0,
        keys=tuple(sorted({key for _part, key in told})),
        kind=kind,
        name=name,
        code=code if code != name else "",
        also=tuple(written[1:]),
        classes=classes,
        records=tuple(sorted({part.record for part, _key in told if part.record is not None})),
        entered=any(part.record is None for part, _key in told),
        seen_at=tuple(sorted({part.source for part, key in told if key == first})),
        first_class=next(entity.classes for entity in entities if entity.key == first),
    )


def _entered(key: str) -> bool:
    return key.split(":", 2)[1] == "#"


def _edges(parts: list[Derived], number: dict[str, int]) -> tuple[Edge, ...]:
    """One edge for each pair, its strands in the order of their natures."""
    found: dict[tuple[int, int], dict[tuple[Nature, str, bool], set[Record | None]]] = defaultdict(dict)
    for part in parts:
        for tie in part.ties:
            one, other = number.get(tie.one, -1), number.get(tie.other, -1)
            if one == other or min(one, other) < 0:
                continue
            pair, forward = ((one, other), True) if one < other else ((other, one), False)
            found[pair].setdefault((tie.nature, tie.words, forward), set()).add(part.record)
    return tuple(
        Edge(*pair, tuple(_strand(*of, records) for of, records in sorted(found[pair].items())))
        for pair in sorted(found)
    )


def _strand(nature: Nature, words: str, forward: bool, records: set[Record | None]) -> Strand:
    return Strand(nature, words, tuple(sorted(record for record in records if record is not None)), forward)


def _moments(parts: list[Derived], number: dict[str, int]) -> tuple[Moment, ...]:
    found = {
        Moment(event.day, number[event.key], event.nature, event.words, part.record)
        for part in parts
        for event in part.events
        if event.key in number
    }
    return tuple(sorted(found, key=_when))


def _when(moment: Moment) -> tuple[datetime.date, int, str, str, str]:
    record = moment.record.reference if moment.record else ""
    return moment.day, moment.node, moment.nature, moment.words, record
