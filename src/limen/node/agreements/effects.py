"""What a change of an agreement does to records, before it is done: which become visible to whom, which stop being.

An agency is told of its own records alone: how many of another's will come into sight is that agency's to know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.functional import Promise

from limen.node.people.models import Agency, Officer
from limen.node.sharing import policy, rules
from limen.node.sharing.agreed import Agreement, Edition
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.kinds import kinds
from limen.node.sharing.models import Audience, State


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of one's own records of a kind, as one other agency sees them."""

    noun: str | Promise
    agency: Agency
    appear: int
    """Records that it does not see now, and will."""
    vanish: int
    """Records that it sees now, and will not."""
    more: int
    """Records of which it will see more."""
    less: int


def of_edition(edition: Edition, officer: Officer) -> list[Effect]:
    """What this edition would do in the place of what is in force now, were it in force today."""
    now = policy.in_force()
    others = [clause for clause in now if clause.agreement != edition.agreement_id]
    theirs = [
        rules.Clause(
            edition.agreement_id,
            each.giver_id,
            each.receiver_id,
            frozenset(each.kinds),
            FieldClass(each.classes),
            edition.onward,
        )
        for each in edition.clauses.all()
    ]
    return _effects(edition.agreement, officer, now, [*others, *theirs])


def of_stopping(agreement: Agreement, officer: Officer) -> list[Effect]:
    """What a halt, or the end, of this agreement does."""
    now = policy.in_force()
    return _effects(agreement, officer, now, [clause for clause in now if clause.agreement != agreement.pk])


def _effects(
    agreement: Agreement, officer: Officer, before: Iterable[rules.Clause], after: Iterable[rules.Clause]
) -> list[Effect]:
    before, after = list(before), list(after)
    concerned = {clause.receiver for clause in (*before, *after) if clause.giver == officer.agency_id}
    agencies = list(Agency.objects.filter(pk__in=concerned))
    found = []
    for kind in kinds():
        counted = _own(kind.rows, agreement, officer)
        for agency in agencies:
            effect = _effect(kind.noun, agency, counted, before, after)
            if effect.appear or effect.vanish or effect.more or effect.less:
                found.append(effect)
    return found


def _own(rows: Callable[[], Any], agreement: Agreement, officer: Officer) -> list[tuple[rules.Audience, int]]:
    """The agency's own released records under the agreement, by audience."""
    under = Audience.objects.filter(owner=officer.agency_id, agreements__contains=[agreement.pk])
    audiences = {row.pk: policy.described(row) for row in under}
    counts = rows().filter(state=State.RELEASED, audience__in=list(audiences)).order_by()
    return [(audiences[audience], n) for audience, n in counts.values_list("audience").annotate(n=Count("pk"))]


def _effect(
    noun: str | Promise,
    agency: Agency,
    counted: Iterable[tuple[rules.Audience, int]],
    before: list[rules.Clause],
    after: list[rules.Clause],
) -> Effect:
    appear = vanish = more = less = 0
    anybody = rules.Looker(0, agency.pk, ())
    for audience, n in counted:
        was = rules.granted(anybody, audience, before).classes
        will = rules.granted(anybody, audience, after).classes
        if not was and will:
            appear += n
        elif was and not will:
            vanish += n
        elif will & ~was:
            more += n
        elif was & ~will:
            less += n
    return Effect(noun, agency, appear, vanish, more, less)
