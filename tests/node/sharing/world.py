"""A random world of agencies, officers, audiences and reports, and what the rule allows each officer to see in it.

Every field holds a token, `zq<report>c<class>`, so that whatever text comes out of the site, the tokens in it tell what
was shown, and `World.leaks` what should not have been.
"""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.db import connection

from limen.node.people.models import Agency, Officer
from limen.node.reports.models import BearerDetail, DocumentDetail, Image, Leg, Original, Report
from limen.node.sharing import policy, rules
from limen.node.sharing.classes import ALL, FieldClass
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import State

from .pacts import Pacts

TOKEN = re.compile(r"zq(\d+)c([0-3])", re.IGNORECASE)
ROLES = ("counter", "examiner", "analyst", "coordinator", "administrator", "read0", "read1", "read2", "read3", "write")
ISSUERS = ("UTO", "THA", "VNM", "LKA", "IDN")
METHODS = ("counterfeit_whole", "photo_substitution", "data_altered", "look_alike")
PLACES = (("THA", "THBKK"), ("VNM", "VNSGN"), ("LKA", "LKCMB"), ("SGP", "SGSIN"))


@dataclass(slots=True)
class World:
    """Who there is, what there is, and for whom."""

    agencies: list[Agency]
    officers: list[Officer]
    reports: list[Report] = field(default_factory=list)
    audiences: dict[int, rules.Audience] = field(default_factory=dict)
    uids: dict[int, uuid.UUID] = field(default_factory=dict)
    """Each report's picture."""
    pacts: Pacts | None = None
    clauses: list[rules.Clause] = field(default_factory=list)
    """Those in force."""
    shut_out: frozenset[int] = frozenset()
    """The agencies that do not contribute what the community asks, if it asks anything."""

    def change(self) -> None:
        """Something happens to one of the agreements; the keeper does it."""
        self.pacts.change()
        self.clauses = self.pacts.in_force()

    def audience(self, rng: random.Random, owner: Agency, kind: str = "reports") -> rules.Audience:
        """Any audience that this agency can release a record of this kind to."""
        return random_audience(rng, owner, self.agencies, self.officers, self.pacts.of(owner), kind)

    def classes(self, officer: Officer, report: Report) -> FieldClass:
        """What the rule lets the officer see of the report; its author sees all of its details."""
        looker = policy.looker(officer, self.shut_out)
        seen = rules.sees(looker, self.audiences[report.pk], self.clauses).classes
        alive = looker.active and looker.agency_active
        return ALL if seen and alive and report.author_id == officer.pk else seen

    def visible(self, officer: Officer) -> set[int]:
        """The reports that the officer may find."""
        return {report.pk for report in self.reports if self.classes(officer, report)}

    def copied(self, officer: Officer, report: Report) -> FieldClass:
        """What the officer may take off the screen: an owner all that it sees, others as marking and agreement let."""
        audience = self.audiences[report.pk]
        if audience.owner == officer.agency_id:
            return self.classes(officer, report)
        onward = [clause for clause in self.clauses if clause.onward != "no"]
        may = audience.marking in (Marking.CLEAR, Marking.GREEN, Marking.AMBER)
        looker = policy.looker(officer, self.shut_out)
        return rules.sees(looker, audience, onward).classes if may else FieldClass.NONE

    def leaks(self, officer: Officer, text: str, *, copied: bool = False) -> list[str]:
        """The tokens in a text that the officer should not have seen, or not have taken off the screen."""
        allowed = self.copied if copied else self.classes
        by_number = {report.pk: report for report in self.reports}
        return [
            f"{officer.roles} of {officer.agency.code} {'copied' if copied else 'saw'} class {number} of report {key}"
            for key, number in {(int(key), int(number)) for key, number in TOKEN.findall(text)}
            if not allowed(officer, by_number[key]) & FieldClass(1 << number)
        ]


def random_audience(
    rng: random.Random,
    owner: Agency,
    agencies: list[Agency],
    officers: list[Officer],
    under: Sequence[int] = (),
    kind: str = "reports",
) -> rules.Audience:
    """Any audience that does not contradict its marking, the empty one among them."""
    marking = rng.choice(list(Marking))
    classes = FieldClass(1 | rng.choice([0, 0, 2, 4, 6, 8, 14]))
    if marking.for_persons:
        named = frozenset(officer.pk for officer in rng.sample(officers, rng.randint(0, 3)))
        return rules.Audience(owner.pk, marking, officers=named, classes=classes)
    named = frozenset(agency.pk for agency in rng.sample(agencies, rng.choice([0, 0, 1, 2, 3])))
    community = marking.for_community and rng.random() < 0.5
    agreements = frozenset(rng.sample(list(under), min(len(under), rng.choice([0, 1, 1, 2]))))
    return rules.Audience(
        owner.pk,
        marking,
        community,
        named,
        classes=classes,
        agreements=agreements,
        kind=kind if agreements else "",
    )


def build(make, keeping, seed: int, *, reports: int = 120) -> World:
    """Make a world; records are set where releases would have brought them, which other tests show."""
    rng = random.Random(seed)
    agencies = [make.agency(code=f"w{seed}-{n}", is_active=n != 5) for n in range(7)]
    officers = [
        make.officer(agency, *rng.sample(ROLES, rng.choice([1, 1, 1, 2, 3])), is_active=rng.random() > 0.08)
        for agency in agencies
        for _ in range(4)
    ]
    world = World(agencies, officers)
    with keeping():
        world.pacts = Pacts(rng, agencies, officers)
        for _ in range(6):
            world.pacts.begin()
        for _ in range(reports):
            _add(world, rng)
        world.clauses = world.pacts.in_force()
    return world


def _add(world: World, rng: random.Random) -> None:
    author = rng.choice(world.officers)
    owner = author.agency
    country, place = rng.choice(PLACES)
    private = rules.Audience.private(owner.pk)
    report = Report.objects.create(
        owner=owner,
        author=author,
        audience_id=policy.intern(private),
        issuer=rng.choice(ISSUERS),
        category="passport",
        fraud_class="counterfeit",
        method=rng.choice(METHODS),
        detection_country=country,
        place=place,
        detected_on=f"2026-{rng.randint(1, 10):02}-{rng.randint(1, 28):02}",
    )
    statistical = f"zq{report.pk}c0"
    report.summary = report.supply_place = report.model_name = statistical
    report.words = f"counterfeit {statistical} {report.reference.lower()}"
    state = rng.choice([State.RELEASED] * 4 + [State.DRAFT, State.PROPOSED, State.RECALLED])
    audience = private
    if state == State.RELEASED:
        audience = world.audience(rng, owner)
    report.state, report.audience_id = state, policy.intern(audience)
    report.save()
    report.refresh_from_db()
    Leg.objects.create(report=report, position=0, role="transit", country=country, place=place, service=statistical)
    number = f"ZQ{report.pk}C1"
    DocumentDetail.objects.create(report=report, number=number, number_key=number, series=number, mrz=f"P<{number}")
    name = f"zq{report.pk}c2"
    BearerDetail.objects.create(report=report, surname=name, narrative=name, words=f"{name} doe")
    vector = [rng.random() for _ in range(Image._meta.get_field("fingerprint").dimensions)]
    image = Image(report=report, width=1, height=1, fingerprint=vector, regions=[], masks_confirmed=True)
    image.masked.save("x.webp", ContentFile(statistical.encode()), save=False)
    image.thumbnail.save("x.webp", ContentFile(statistical.encode()), save=False)
    image.save()
    original = Original(image=image, report=report, sha256="0" * 64)
    original.file.save("x.webp", ContentFile(f"zq{report.pk}c3".encode()), save=False)
    original.save()
    world.reports.append(report)
    world.audiences[report.pk] = audience


def as_site(sql: str, values: tuple = ()) -> list[tuple]:
    """Run raw SQL by the site's role."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
