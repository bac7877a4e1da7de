"""Requests and plans in a random world, as the keeper sets them, and what the rule lets each officer see of them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from limen.node.assistance.models import Message, Request, RequestBearer, RequestDocument, RequestOriginal
from limen.node.people.models import Officer
from limen.node.plans.models import Partner, Phase, Plan, PlanLink, Task
from limen.node.sharing import policy, rules
from limen.node.sharing.classes import ALL, FieldClass
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import State

from .world import World

STANDINGS = ("named", "asked", "asked", "joined", "joined", "refused", "left")
DAYS = {"first_day": "2026-10-01", "last_day": "2026-12-15"}


@dataclass(slots=True)
class Together:
    """What agencies ask each other and do together."""

    world: World
    rng: random.Random
    requests: list[Request] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    audiences: dict[tuple[str, int], rules.Audience] = field(default_factory=dict)
    standings: dict[tuple[int, int], str] = field(default_factory=dict)
    """By plan and agency."""
    tasks: list[tuple[int, int, int]] = field(default_factory=list)
    """Task, plan and agency."""
    links: list[tuple[int, int, int]] = field(default_factory=list)
    """Link, plan and report."""

    def _seen(self, officer: Officer, kind: str, record: Any) -> FieldClass:
        return rules.sees(policy.looker(officer), self.audiences[kind, record.pk], self.world.clauses).classes

    def of_request(self, officer: Officer, request: Request) -> FieldClass:
        """The classes of a request that the officer sees: of its two agencies alone; its author sees all."""
        if officer.agency_id not in (request.owner_id, request.asked_id):
            return FieldClass.NONE
        seen = self._seen(officer, "assistance", request)
        return ALL if seen and request.author_id == officer.pk else seen

    def of_plan(self, officer: Officer, plan: Plan) -> str:
        """How far the officer is in a plan: not at all, asked, or inside."""
        standing = self.standings.get((plan.pk, officer.agency_id), "")
        leads = plan.owner_id == officer.agency_id
        if not self._seen(officer, "plans", plan) or not (leads or standing in ("asked", "joined")):
            return ""
        return "inside" if leads or standing == "joined" else "asked"

    def requests_seen(self, officer: Officer, mask: int = 1) -> set[int]:
        """The requests of which the officer sees a class."""
        return {each.pk for each in self.requests if self.of_request(officer, each) & mask}

    def plans_seen(self, officer: Officer, *how: str) -> set[int]:
        """The plans in which the officer is so far."""
        return {each.pk for each in self.plans if self.of_plan(officer, each) in (how or ("asked", "inside"))}

    def change(self) -> None:
        """A request is recalled, sent again or moves on; a partner joins, refuses or leaves; a plan is recalled."""
        if self.rng.random() < 0.5:
            request = self.rng.choice(self.requests)
            if self.rng.random() < 0.5:
                self._tell(request, "assistance", self._for(request, {request.asked_id}))
            else:
                self._tell(request, "assistance", rules.Audience.private(request.owner_id), State.RECALLED)
            return
        plan = self.rng.choice(self.plans)
        match self.rng.choice(["stand", "stand", "stand", "recall", "put"]):
            case "stand":
                for row in Partner.objects.filter(plan=plan):
                    row.standing = self.rng.choice(STANDINGS)
                    row.save()
            case "put":
                self._tell(plan, "plans", self._for(plan, self._others(plan.owner_id)))
            case _:
                self._tell(plan, "plans", rules.Audience.private(plan.owner_id), State.RECALLED)
        self._look(plan)

    def _look(self, plan: Plan) -> None:
        """A release asks partners and a recall names them again; what stands then is taken as given, not as seen."""
        self.standings = {key: value for key, value in self.standings.items() if key[0] != plan.pk}
        rows = Partner.objects.filter(plan=plan).values_list("plan", "agency", "standing")
        self.standings |= {(number, agency): standing for number, agency, standing in rows}

    def _others(self, owner: int) -> set[int]:
        return {each.pk for each in self.rng.sample(self.world.agencies, 3)} - {owner}

    def _for(self, record: Any, agencies: set[int]) -> rules.Audience:
        kind = record._meta.app_label
        offered = self.world.pacts.of(record.owner)
        under = frozenset(self.rng.sample(offered, 1)) if offered and self.rng.random() < 0.5 else frozenset()
        return rules.Audience(
            record.owner_id,
            self.rng.choice([Marking.AMBER, Marking.AMBER_STRICT]),
            agencies=frozenset(agencies if not under or self.rng.random() < 0.5 else ()),
            classes=FieldClass(1 | self.rng.choice([0, 2, 6, 14])),
            agreements=under,
            kind=kind if under else "",
        )

    def _tell(self, record: Any, kind: str, audience: rules.Audience, state: State = State.RELEASED) -> None:
        record.audience_id, record.state = policy.intern(audience), state
        record.save()
        self.audiences[kind, record.pk] = audience

    def ask(self) -> None:
        """A request of one agency to another, with parts of every class, a draft or sent."""
        author = self.rng.choice(self.world.officers)
        asked = self.rng.choice([each for each in self.world.agencies if each.pk != author.agency_id])
        private = rules.Audience.private(author.agency_id)
        request = Request.objects.create(
            owner=author.agency, author=author, audience_id=policy.intern(private), asked=asked, issuer="UTO"
        )
        request.question = f"zqq{request.pk}z"
        number = f"zqq{request.pk}z"
        RequestDocument.objects.create(request=request, number=number, number_key=number)
        RequestBearer.objects.create(request=request, surname=number)
        RequestOriginal.objects.create(request=request, exhibit=request.uid, file="x", sha256="0" * 64)
        officer = self.rng.choice([author, *(each for each in self.world.officers if each.agency_id == asked.pk)])
        Message.objects.create(request=request, agency=officer.agency, officer=officer, text=number)
        self.requests.append(request)
        sent = self.rng.random() < 0.75
        self._tell(
            request, "assistance", self._for(request, {asked.pk}) if sent else private,
            State.RELEASED if sent else State.DRAFT,
        )  # fmt: skip

    def plan(self) -> None:
        """A plan with partners of any standing, a phase, tasks and linked reports."""
        author = self.rng.choice(self.world.officers)
        private = rules.Audience.private(author.agency_id)
        plan = Plan.objects.create(owner=author.agency, author=author, audience_id=policy.intern(private))
        plan.title = plan.objective = f"zqp{plan.pk}z"
        self.plans.append(plan)
        partners = self._others(plan.owner_id)
        put = self.rng.random() < 0.8
        self._tell(plan, "plans", self._for(plan, partners) if put else private, State.RELEASED if put else State.DRAFT)
        for agency in partners:
            standing = self.rng.choice(STANDINGS) if put else "named"
            Partner.objects.update_or_create(plan=plan, agency_id=agency, defaults={"standing": standing})
        self._look(plan)
        Phase.objects.create(plan=plan, name=plan.title, **DAYS)
        for agency in (plan.owner_id, *partners):
            task = Task.objects.create(plan=plan, title=plan.title, agency_id=agency, set_by=plan.owner)
            self.tasks.append((task.pk, plan.pk, agency))
        for report in self.rng.sample(self.world.reports, 3):
            link = PlanLink.objects.create(
                plan=plan, kind="reports", record=report.pk, agency=plan.owner, added_by=author
            )
            self.links.append((link.pk, plan.pk, report.pk))


def build(world: World, keeping: Any, seed: int, *, number: int = 30) -> Together:
    """Fill a world with them."""
    made = Together(world, random.Random(seed))
    with keeping():
        for _ in range(number):
            made.ask()
            made.plan()
    return made
