"""What officers add to a plan's chart: entities and ties that no record names, and that two entities are one."""

from __future__ import annotations

import datetime
import hmac
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from limen.node.audit import record as log
from limen.node.people.models import Officer
from limen.node.plans import rights
from limen.node.plans.graph.deriving import Derived, Event, derive
from limen.node.plans.graph.deriving import Entity as Known
from limen.node.plans.graph.deriving import Tie as Knot
from limen.node.plans.graph.facts import Told
from limen.node.plans.graph.joining import Node
from limen.node.plans.graph.kinds import CLASSES, Kind, Nature
from limen.node.plans.graph.models import Entered, Entity, Tie
from limen.node.plans.models import Plan
from limen.node.plans.tasking import acted
from limen.node.plans.wording import open_text
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.releasing import subject_of
from limen.node.terms import normalise
from limen.node.web.errors import Invalid, Refused

MOST = 300
"""Entities, and ties, that one agency adds to a plan."""
MERGED = (Kind.DOCUMENT, Kind.PERSON, Kind.ORGANISATION, Kind.PHONE)
"""Kinds of which two may turn out to be one; codes are what they are."""
SEEN_AT = 50
"""Records named as where an end of a tie was seen."""


@dataclass(frozen=True, slots=True)
class Additions:
    """What was added, as far as this viewer sees it."""

    plan: Plan
    entities: tuple[Entity, ...]
    ties: tuple[Tie, ...]
    has_names: bool
    """Whether some of class 2 were left out since names were not asked for."""

    def derived(self, told: Iterable[Told]) -> list[Derived]:
        """Entities and ties as a record would give them."""
        keys = self._keys(told)
        return [*map(_entity, self.entities), *(_tie(tie, keys) for tie in self.ties if not tie.same)]

    def same(self, told: Iterable[Told]) -> list[tuple[str, str]]:
        """Pairs of keys that are one."""
        keys = self._keys(told)
        pairs = [(keys.get(bytes(tie.one)), keys.get(bytes(tie.other))) for tie in self.ties if tie.same]
        return [(one, other) for one, other in pairs if one and other]

    def _keys(self, told: Iterable[Told]) -> dict[bytes, str]:
        known = {key for each in told for key in derive(each).entities} | {each.key for each in self.entities}
        return {digest(self.plan, key): key for key in known} if self.ties else {}


def entered(plan: Plan, *, names: bool) -> Additions:
    """Everything that the viewer sees of what was added; without names where they are not asked for."""
    entities, ties = list(Entity.objects.filter(plan=plan)), list(Tie.objects.filter(plan=plan))
    kept = tuple(each for each in entities if names or each.classes < FieldClass.BEARER)
    tied = tuple(each for each in ties if names or each.classes < FieldClass.BEARER)
    return Additions(plan, kept, tied, len(kept) + len(tied) < len(entities) + len(ties) or _any_names(kept, tied))


def _any_names(*rows: Iterable[Entered]) -> bool:
    return any(each.classes >= FieldClass.BEARER for some in rows for each in some)


def digest(plan: Plan, key: str) -> bytes:
    """A key as it is stored: whoever reads it learns neither number nor name, nor finds it in another plan."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"limen.plans\0{plan.uid}\0{key}".encode(), sha256)


def token(plan: Plan, officer: Officer, node: Node) -> str:
    """What an entity is called in addresses: it means nothing in another plan, and nothing to another officer."""
    return digest(plan, f"{officer.pk}\0{node.keys[0]}").hex()[:16]


def add_entity(plan: Plan, officer: Officer, values: Mapping[str, Any]) -> Entity:
    """Add an entity with its class and source. Raises `Refused`, `Invalid`."""
    kind = _kind(str(values.get("kind", "")))
    name = _named(kind, _text(values, "name", 120))
    if not name:
        raise Invalid(_("Say the name or number of the entity."), field="name")
    given = _entered(values, CLASSES[kind])
    if given["classes"] == FieldClass.STATISTICAL:
        open_text(f"{name}\n{given['source']}", "name")
    with transaction.atomic():
        plan = acted(plan, officer)
        _room(Entity.objects.filter(plan=plan, agency=officer.agency).count())
        made = Entity.objects.create(plan=plan, agency=officer.agency, added_by=officer, kind=kind, name=name, **given)
        log("plan.entity_added", subject=subject_of(plan), details={"entity": made.pk, "kind": str(kind)})
    return made


def add_tie(plan: Plan, officer: Officer, one: Node, other: Node, values: Mapping[str, Any]) -> Tie:
    """Tie two entities that the officer sees, with class and source. Raises `Refused`, `Invalid`."""
    words = _text(values, "words", 120)
    if not words:
        raise Invalid(_("Say how the two are tied."), field="words")
    given = _entered(values, max(highest(one), highest(other)))
    if given["classes"] == FieldClass.STATISTICAL:
        open_text(f"{words}\n{given['source']}", "words")
    return _join(plan, officer, one, other, given | {"words": words})


def merge(plan: Plan, officer: Officer, one: Node, other: Node, values: Mapping[str, Any]) -> Tie:
    """Say that two entities of a kind are one, for all in the plan who see both. Raises `Refused`, `Invalid`."""
    if one.kind != other.kind or one.kind not in MERGED:
        raise Invalid(_("Two documents, persons, organisations or telephones may be one; others are not."), "other")
    given = _entered(values, max(highest(one), highest(other)))
    return _join(plan, officer, one, other, given | {"same": True})


def confirm(row: Entity | Tie, officer: Officer) -> None:
    """Let the partners see what a colleague entered. Raises `Refused`."""
    with transaction.atomic():
        plan = acted(row.plan, officer)
        if row.agency_id != officer.agency_id or row.added_by_id == officer.pk or not rights.decides(officer):
            raise Refused(_("A second officer of the agency, an examiner or coordinator, confirms it."))
        if row.confirmed_at is None:
            row.confirmed_by = officer
            row.save(update_fields=["confirmed_by"])
            log("plan.entry_confirmed", subject=subject_of(plan), details={row._meta.model_name: row.pk})


def remove(row: Entity | Tie, officer: Officer) -> None:
    """Take away what the own agency entered. Raises `Refused`."""
    with transaction.atomic():
        plan = acted(row.plan, officer)
        if row.agency_id != officer.agency_id:
            raise Refused(_("Only the agency that entered it takes it away."))
        details = {row._meta.model_name: row.pk}
        row.delete()
        log("plan.entry_removed", subject=subject_of(plan), details=details)


def row_of(plan: Plan, what: str, uid: uuid.UUID) -> Entity | Tie:
    """One row that the viewer sees. Raises `Http404`."""
    found: Entity | Tie | None = None
    if what == "entity":
        found = Entity.objects.filter(plan=plan, uid=uid).first()
    elif what == "tie":
        found = Tie.objects.filter(plan=plan, uid=uid).first()
    if found is None:
        raise Http404
    return found


def highest(node: Node) -> FieldClass:
    """The highest class that an entity tells."""
    return max((each for each in FieldClass if each in node.classes), default=FieldClass.STATISTICAL)


def _join(plan: Plan, officer: Officer, one: Node, other: Node, given: dict[str, Any]) -> Tie:
    if one.number == other.number:
        raise Invalid(_("Choose two entities."), field="other")
    with transaction.atomic():
        plan = acted(plan, officer)
        ends = {"one": digest(plan, one.keys[0]), "other": digest(plan, other.keys[0])}
        if known := Tie.objects.filter(plan=plan, same=given.get("same", False), words=given.get("words", ""), **ends):
            return known[0]
        _room(Tie.objects.filter(plan=plan, agency=officer.agency).count())
        made = Tie.objects.create(
            plan=plan,
            agency=officer.agency,
            added_by=officer,
            one_at=list(one.seen_at[:SEEN_AT]),
            other_at=list(other.seen_at[:SEEN_AT]),
            one_class=int(one.first_class),
            other_class=int(other.first_class),
            **ends,
            **given,
        )
        log("plan.tie_added", subject=subject_of(plan), details={"tie": made.pk, "same": made.same})
    return made


def _entity(row: Entity) -> Derived:
    kind = Kind(row.kind)
    made = Derived(None, f"entities:{row.pk}", {row.key: Known(row.key, row.name, kind, FieldClass(row.classes))})
    if row.on:
        made.events.append(Event(row.on, row.key, Nature.ENTERED, row.source))
    return made


def _tie(row: Tie, keys: Mapping[bytes, str]) -> Derived:
    one, other = keys.get(bytes(row.one)), keys.get(bytes(row.other))
    made = Derived(None)
    if one and other:
        made.ties.append(Knot(one, other, Nature.ENTERED, row.words))
        if row.on:
            made.events += [Event(row.on, key, Nature.ENTERED, row.words) for key in (one, other)]
    return made


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError:
        raise Invalid(_("Choose the kind of the entity."), field="kind") from None


def _named(kind: Kind, name: str) -> str:
    """Codes are checked where there are lists of them."""
    lists = {Kind.COUNTRY: "issuer", Kind.CARRIER: "carrier"}
    if kind not in lists or not name:
        return name
    try:
        return normalise.code(lists[kind], name)
    except normalise.Unknown as error:
        raise Invalid(str(error), field="name") from error


def _entered(values: Mapping[str, Any], least: FieldClass) -> dict[str, Any]:
    """Class, source and day: the class at least that of what is told."""
    source = _text(values, "source", 200)
    if not source:
        raise Invalid(_("Say the source: who knows it, and from where."), field="source")
    text = str(values.get("classes", ""))
    chosen = FieldClass(int(text)) if text in ("1", "2", "4") else least
    day = str(values.get("on", "")).strip()
    try:
        on = datetime.date.fromisoformat(day) if day else None
    except ValueError:
        raise Invalid(_("The day is not understood; write it as 2026-11-30."), field="on") from None
    return {"source": source, "classes": int(max(chosen, least)), "on": on}


def _text(values: Mapping[str, Any], name: str, most: int) -> str:
    return " ".join(str(values.get(name, "")).replace("\x00", "").split())[:most]


def _room(count: int) -> None:
    if count >= MOST:
        raise Invalid(_("An agency adds at most %(most)d of these to a plan.") % {"most": MOST})
