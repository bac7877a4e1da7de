"""The one place that is asked: who may see which fields of this record, and why.

Rows: `visible` narrows a query to what the viewer sees. Fields: `sight` tells the classes. Reasons: `reasons`.
Before a release: `preview`. All of them ask PostgreSQL, whose row-level security holds even where nobody asks here.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from limen.node.people.models import Agency, Officer, Role
from limen.node.sharing import rules
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import Audience


def audiences(mask: FieldClass = FieldClass.STATISTICAL) -> list[int]:
    """List the audiences in which the viewer sees at least one of these classes."""
    return list(_scalar("SELECT sharing_audiences(%s)", [int(mask)]))


def visible(rows: QuerySet[Any], mask: FieldClass = FieldClass.STATISTICAL) -> QuerySet[Any]:
    """Narrow records, or parts of them, to those of which the viewer sees at least one of these classes.

    The rows' table must carry `audience_id`. Written as a sub-select, so that it is asked once a statement, and as IN,
    of which the planner expects half the rows and not a handful: it then walks the newest first. Of other classes than
    0 the table must carry `author_id` too: who entered a record sees its parts, if they see the record.
    """
    if mask == FieldClass.STATISTICAL:
        return rows.filter(_in_audiences(mask))
    authors = Q(author=RawSQL("(SELECT sharing_viewer())", [])) & _in_audiences(FieldClass.STATISTICAL)
    return rows.filter(_in_audiences(mask) | authors)


def _in_audiences(mask: FieldClass) -> Q:
    return Q(audience__in=RawSQL("SELECT unnest(sharing_audiences(%s))", [int(mask)]))


def sight(audience_id: int) -> FieldClass:
    """Say which classes the viewer sees of records with this audience."""
    return FieldClass(_scalar("SELECT sharing_sight(%s)", [audience_id]))


def intern(audience: rules.Audience) -> int:
    """Find or make the row for these recipients. Raises ValueError where they contradict the marking."""
    if audience.fault:
        raise ValueError(f"{audience.fault} contradict {audience.marking.label}")
    return int(
        _scalar(
            "SELECT sharing_intern(%s, %s, %s, %s::bigint[], %s::bigint[], %s, %s::bigint[], %s, %s)",
            [
                audience.owner,
                audience.marking.value,
                audience.community,
                sorted(audience.agencies),
                sorted(audience.officers),
                int(audience.classes),
                sorted(audience.agreements),
                audience.kind,
                audience.floor,
            ],
        )
    )


def read_here() -> frozenset[int]:
    """The audiences that the viewer sees by agreements alone that forbid copies."""
    return frozenset(_scalar("SELECT sharing_read_here()", []))


def in_force() -> list[rules.Clause]:
    """List the clauses in force now between the viewer's agency and others; for the keeper, all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agreement_id, giver_id, receiver_id, kinds, classes, onward FROM sharing_clauses()")
        rows = cursor.fetchall()
    return [
        rules.Clause(agreement, giver, receiver, frozenset(kinds), FieldClass(classes), onward)
        for agreement, giver, receiver, kinds, classes, onward in rows
    ]


def needs_two(audience: rules.Audience, owner: Agency) -> bool:
    """Whether a release to this audience takes a second person."""
    reaches_others = bool(audience.agencies - {audience.owner} or audience.officers or audience.agreements)
    return owner.second_person_always or (reaches_others and audience.classes != FieldClass.STATISTICAL)


def described(row: Audience) -> rules.Audience:
    """Turn a stored audience into the rule's own."""
    return rules.Audience(
        row.owner_id,
        Marking(row.marking),
        row.community,
        frozenset(row.agencies),
        frozenset(row.officers),
        FieldClass(row.classes),
        frozenset(row.agreements),
        row.kind,
        row.floor,
    )


@dataclass(frozen=True, slots=True)
class Recipient:
    """One agency that would see, or sees, a record: what, on which ground, and how many of its officers."""

    agency: Agency
    classes: FieldClass
    bases: tuple[rules.Basis, ...]
    officers: int
    roles: tuple[tuple[str, FieldClass, int], ...]
    """Role, what it sees, and how many officers hold it, for the roles that see something."""


def asks(audience: rules.Audience) -> bool:
    """Whether only those of the community see it now who contribute what it asks."""
    asked = "SELECT FROM sharing_asked() WHERE is_on AND since <= now() AND (until IS NULL OR now() < until)"
    return audience.community and not audience.floor and bool(_scalar(f"SELECT EXISTS ({asked})", []))


def preview(audience: rules.Audience) -> list[Recipient]:
    """Say who would see what of a record with this audience: the owner first, then by name.

    Of the community all are named, whether or not they contribute now: that is theirs to know, and may change.
    """
    clauses = in_force() if audience.agreements else []
    officers: dict[int, list[Officer]] = {}
    for officer in Officer.objects.filter(is_active=True, agency__is_active=True).select_related("agency"):
        officers.setdefault(officer.agency_id, []).append(officer)
    found = [
        recipient
        for members in officers.values()
        if (recipient := _recipient(members[0].agency, members, audience, clauses)) is not None
    ]
    return sorted(found, key=lambda recipient: (recipient.agency.pk != audience.owner, recipient.agency.name))


def looker(officer: Officer, shut_out: Container[int] = ()) -> rules.Looker:
    """Say of an officer what the rule must know; `shut_out` are the agencies that do not contribute (`closed`)."""
    return rules.Looker(
        officer.pk,
        officer.agency_id,
        tuple(officer.roles),
        officer.is_active,
        officer.agency.is_active,
        officer.agency_id not in shut_out,
    )


def closed() -> frozenset[int]:
    """The agencies that do not see now what is for the community; the viewer is told of their own alone."""
    return frozenset(_scalar("SELECT sharing_closed()", []))


def _recipient(
    agency: Agency, members: Iterable[Officer], audience: rules.Audience, clauses: Sequence[rules.Clause]
) -> Recipient | None:
    union, bases, count = FieldClass.NONE, set(), 0
    held: dict[str, list[FieldClass]] = {}
    for officer in members:
        seen = rules.sees(looker(officer), audience, clauses)
        if not seen.classes:
            continue
        count += 1
        union |= seen.classes
        bases |= set(seen.bases)
        for role in officer.roles:
            held.setdefault(role, []).append(seen.classes)
    if not count:
        return None
    ordered = [role for role in (*Role.values, *sorted(held.keys() - set(Role.values))) if role in held]
    roles = tuple((role, _union(held[role]), len(held[role])) for role in ordered)
    return Recipient(agency, union, tuple(sorted(bases)), count, roles)


def _union(classes: Iterable[FieldClass]) -> FieldClass:
    union = FieldClass.NONE
    for each in classes:
        union |= each
    return union


def _scalar(statement: str, values: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]
