"""Whom each invented report is for: audiences, proposals and decisions, as officers would have made them."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from limen.node.demo.agencies import OPERATOR, Staffed
from limen.node.demo.inventing import Draw, Invented
from limen.node.sharing import policy, rules
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import Decision, State
from limen.node.sharing.retention import months_after

BASIS: Final = "Invented agreement on the exchange of information on document fraud (demo), article 4"
RECENT_DAYS: Final = 30
EVERY: Final = 10
"""Of so many reports of the last days, one is still written and one waits for its release."""
RECALLED_SHARE: Final = 0.004

DRAFT, PROPOSED, RELEASED, RECALLED = (
    str(state) for state in (State.DRAFT, State.PROPOSED, State.RELEASED, State.RECALLED)
)
OPEN, APPROVED, TAKEN_BACK = (str(one) for one in (Decision.OPEN, Decision.APPROVED, Decision.RECALLED))

_PLANS = Draw({"green": 70, "clear": 7, "green_named": 6, "amber": 13, "strict": 3, "red": 1})
_NAMED_CLASSES = Draw({1: 20, 3: 46, 7: 27, 15: 7})
_RECALL_REASONS: Final = (
    "The document was found to be as issued.",
    "Entered twice; see the other report.",
    "The issuer asked to wait for the result of the laboratory.",
)


class Proposal(NamedTuple):
    """What a row of `sharing_release` holds besides its record."""

    audience: int
    basis: str
    proposed_by: int
    proposed_at: datetime.datetime
    decision: str
    decided_by: int | None = None
    decided_at: datetime.datetime | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a report stands: whose it is, in which state, for whom, since when."""

    owner: int
    author: int
    audience: int
    marking: str
    state: str
    created_at: datetime.datetime
    released_at: datetime.datetime | None
    retain_until: datetime.date
    proposals: tuple[Proposal, ...]


@dataclass(slots=True)
class Desk:
    """Decides for one report after another; audiences are interned once."""

    agencies: Mapping[str, Staffed]
    now: datetime.datetime
    _interned: dict[rules.Audience, int] = field(default_factory=dict)
    _recent: int = -1

    def place(self, rng: random.Random, one: Invented) -> Placed:
        """Say where this report stands."""
        here = self.agencies[one.site]
        author = rng.choice(here.writers)
        state = self._state(rng, one)
        begun = self._after(self._morning(one.detected_on), rng.uniform(0.2, 30))
        placed = Placed(
            owner=here.agency.pk,
            author=author.pk,
            audience=self._intern(rules.Audience.private(here.agency.pk)),
            marking=str(Marking.AMBER_STRICT),
            state=state,
            created_at=begun,
            released_at=None,
            retain_until=months_after(begun.date(), here.agency.retention_months),
            proposals=(),
        )
        if state == DRAFT:
            return placed
        audience = self._audience(rng, one, here, state)
        proposal = self._proposal(rng, here, placed, audience)
        if state != RELEASED:
            return replace(placed, proposals=(proposal,))
        return replace(
            placed,
            proposals=(proposal,),
            audience=proposal.audience,
            marking=audience.marking.value,
            released_at=proposal.decided_at,
            retain_until=months_after((proposal.decided_at or begun).date(), here.agency.retention_months),
        )

    def _state(self, rng: random.Random, one: Invented) -> str:
        if one.story:
            return RELEASED
        if (self.now.date() - one.detected_on).days < RECENT_DAYS:
            self._recent += 1
            if self._recent % EVERY < 2:
                return (DRAFT, PROPOSED)[self._recent % EVERY]
        return RECALLED if rng.random() > 1 - RECALLED_SHARE else RELEASED

    def _audience(self, rng: random.Random, one: Invented, here: Staffed, state: str) -> rules.Audience:
        plan = _PLANS(rng)
        if one.story:
            plan = "green" if rng.random() < 0.7 else "green_named"
        elif state == PROPOSED:
            plan = "amber" if rng.random() < 0.6 else "green_named"  # what one person may release waits for nobody
        owner = here.agency.pk
        if plan in ("green", "clear"):
            return rules.Audience(owner, Marking(plan), community=True)
        if plan == "red":
            return self._for_persons(rng, here)
        marking = {"green_named": Marking.GREEN, "amber": Marking.AMBER, "strict": Marking.AMBER_STRICT}[plan]
        classes = FieldClass(_NAMED_CLASSES(rng))
        if state == PROPOSED or plan == "green_named":
            classes |= FieldClass.DOCUMENT
        return rules.Audience(
            owner,
            marking,
            community=marking is Marking.GREEN,
            agencies=frozenset(self._partners(rng, here)),
            classes=classes,
        )

    def _partners(self, rng: random.Random, here: Staffed) -> list[int]:
        """Draw one of the few groups with which an agency shares: so audiences stay few."""
        codes = list(self.agencies)
        at = codes.index(here.site.code)
        groups = ((at + 1, at + 2), (at + 2, at + 5, at + 7), (codes.index(OPERATOR),))
        chosen = [codes[number % len(codes)] for number in rng.choice(groups)]
        others = [code for code in chosen if code != here.site.code] or [codes[(at + 1) % len(codes)]]
        return [self.agencies[code].agency.pk for code in others]

    def _for_persons(self, rng: random.Random, here: Staffed) -> rules.Audience:
        codes = list(self.agencies)
        other = self.agencies[codes[(codes.index(here.site.code) + 1) % len(codes)]]
        named = frozenset(
            other.officers[name].pk for name in rng.choice((("coordinator",), ("coordinator", "examiner")))
        )
        return rules.Audience(here.agency.pk, Marking.RED, officers=named, classes=FieldClass(7))

    def _proposal(self, rng: random.Random, here: Staffed, placed: Placed, audience: rules.Audience) -> Proposal:
        proposed = self._after(placed.created_at, rng.uniform(0.1, 20))
        basis = BASIS if audience.classes != FieldClass.STATISTICAL else ""
        waiting = Proposal(self._intern(audience), basis, placed.author, proposed, OPEN)
        if placed.state == PROPOSED:
            return waiting
        two = policy.needs_two(audience, here.agency)
        others = [officer.pk for officer in here.approvers if officer.pk != placed.author]
        decider = rng.choice(others) if two else placed.author
        decided = self._after(proposed, rng.uniform(0.2, 40)) if two else proposed
        done = waiting._replace(decision=APPROVED, decided_by=decider, decided_at=decided)
        if placed.state == RELEASED:
            return done
        return done._replace(
            decision=TAKEN_BACK,
            decided_by=rng.choice(here.approvers).pk,
            decided_at=self._after(decided, rng.uniform(5, 200)),
            comment=rng.choice(_RECALL_REASONS),
        )

    def _intern(self, audience: rules.Audience) -> int:
        if audience not in self._interned:
            self._interned[audience] = policy.intern(audience)
        return self._interned[audience]

    def _morning(self, day: datetime.date) -> datetime.datetime:
        return datetime.datetime.combine(day, datetime.time(1), datetime.UTC)

    def _after(self, time: datetime.datetime, hours: float) -> datetime.datetime:
        return min(time + datetime.timedelta(hours=hours), self.now)
