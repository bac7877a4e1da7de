"""Random plans: each officer's chart is what an independent function makes of what the rule lets them see."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest

from limen.node.plans import linking
from limen.node.plans.graph import annotating
from limen.node.plans.graph.gathering import gather
from limen.node.plans.graph.models import Entity, Tie
from limen.node.plans.models import Partner, Plan, PlanLink
from limen.node.reports.models import BearerDetail, Leg
from limen.node.sharing import policy, rules
from limen.node.sharing.classes import FieldClass, ceiling
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing
from limen.node.terms import label

from ..sharing.world import as_site, build

pytestmark = pytest.mark.django_db
ADDED = re.compile(r"zx(\d+)k")
FILES = ("chart.svg", "timeline.svg", "entities.csv", "ties.csv", "timeline.csv")


class Scene:
    """A world with a plan, to which every report is linked, with additions of officers."""

    def __init__(self, make, keeping, seed):
        self.rng = random.Random(seed)
        self.world = build(make, keeping, seed, reports=36)
        lead, *others = (agency for agency in self.world.agencies if agency.is_active)
        self.partners = others[:3]
        self.marking = Marking("amber" if seed % 2 else "amber_strict")
        self.copied = self.marking.may_be_copied
        with keeping():
            self.audience = rules.Audience(lead.pk, self.marking, agencies=frozenset(each.pk for each in self.partners))
            author = next(each for each in self.world.officers if each.agency_id == lead.pk)
            self.plan = Plan.objects.create(
                owner=lead, author=author, audience_id=policy.intern(self.audience), title="Visas"
            )
            Plan.objects.filter(pk=self.plan.pk).update(state="released", stage="running")
            self.joined = {lead.pk, *(each.pk for each in self.partners[:2])}
            for agency in self.partners:
                standing = "joined" if agency.pk in self.joined else "asked"
                Partner.objects.create(plan=self.plan, agency=agency, standing=standing)
            for report in self.world.reports:
                self._tell(report)
                PlanLink.objects.create(plan=self.plan, kind="reports", record=report.pk, agency=lead, added_by=author)
            self.entities = [self._entity() for _ in range(12)]
            self.pairs = self._pairs(author)
            self.plan.refresh_from_db()

    def _tell(self, report):
        """A carrier, a second leg, a facilitator with a telephone."""
        Leg.objects.filter(report=report).update(carrier=self.rng.choice(["", "TG", "VN"]))
        Leg.objects.create(report=report, position=1, role="destination", country="IDN", place="")
        helper = f"zq{report.pk}c2 Travel +66 8{report.pk:08d}"
        BearerDetail.objects.filter(report=report).update(facilitator=helper, narrative="")

    def _entity(self):
        """An addition of any class, of an agency in the plan, confirmed or not."""
        officer = self.rng.choice([each for each in self.world.officers if each.agency_id in self.joined])
        classes = self.rng.choice([1, 2, 4])
        row = Entity.objects.create(
            plan=self.plan, agency=officer.agency, added_by=officer, classes=classes, source="known to the agency",
            kind={1: "place", 2: "document", 4: "person"}[classes], name="-",
        )  # fmt: skip
        if self.rng.random() < 0.5:
            Entity.objects.filter(pk=row.pk).update(confirmed_by=officer, confirmed_at=self.plan.created_at)
        Entity.objects.filter(pk=row.pk).update(name=f"zx{row.pk}k", source=f"zx{row.pk}k")
        row.refresh_from_db()
        return row

    def _pairs(self, author):
        """Documents of which it is said that they are one, two reports each."""
        reports = self.rng.sample(self.world.reports, 16)
        for one, other in zip(reports[::2], reports[1::2], strict=True):
            Tie.objects.create(
                plan=self.plan, agency=author.agency, added_by=author, classes=2, source="compared", same=True,
                one=annotating.digest(self.plan, f"document:{one.issuer}:ZQ{one.pk}C1"), one_at=[f"reports:{one.pk}"],
                other=annotating.digest(self.plan, f"document:{other.issuer}:ZQ{other.pk}C1"), one_class=2,
                other_at=[f"reports:{other.pk}"], other_class=2,
            )  # fmt: skip
        Tie.objects.update(confirmed_by=author, confirmed_at=self.plan.created_at)
        return list(zip(reports[::2], reports[1::2], strict=True))

    def is_inside(self, officer):
        """Whether the officer's agency is in the plan, and the officer sees it."""
        return officer.agency_id in self.joined and bool(rules.sees(policy.looker(officer), self.audience).classes)

    def sees_entity(self, officer, row):
        """The rule on additions."""
        own = row.agency_id == officer.agency_id
        if officer.pk == row.added_by_id:
            return True
        allowed = FieldClass(row.classes) & ceiling(list(officer.roles), own=own)
        return bool(allowed) and (own or row.classes == 1 or row.confirmed_at is not None)

    def sees_tie(self, officer, pair):
        """The rule on what two documents are one: both numbers, and additions of class 1."""
        own = officer.agency_id == self.plan.owner_id
        mine = officer.pk == self.plan.author_id
        allowed = mine or FieldClass.DOCUMENT & ceiling(list(officer.roles), own=own)
        return bool(allowed) and all(self.world.classes(officer, each) & FieldClass.DOCUMENT for each in pair)

    def naive(self, officer):
        """The chart by hand: what the rule says that the officer sees, report by report, as words."""
        nodes, edges = set(), set()
        for report in self.world.reports:
            seen = self.world.classes(officer, report)
            if not seen:
                continue
            issuer, place = ("country", label("issuer", report.issuer)), ("place", label("place", report.place))
            last = ("country", label("issuer", "IDN"))
            nodes |= {issuer, place, last}
            edges.add(frozenset({place, last}))
            if carrier := Leg.objects.get(report=report, position=0).carrier:
                nodes.add(("carrier", label("carrier", carrier)))
                edges.add(frozenset({place, ("carrier", label("carrier", carrier))}))
            document, person = ("document", f"ZQ{report.pk}C1"), ("person", f"zq{report.pk}c2")
            helper, phone = ("organisation", f"zq{report.pk}c2 Travel"), ("phone", f"+668{report.pk:08d}")
            subject = issuer
            if seen & FieldClass.BEARER:
                nodes |= {person, helper, phone}
                edges |= {frozenset({person, helper}), frozenset({helper, phone})}
                subject = person
            if seen & FieldClass.DOCUMENT:
                nodes.add(document)
                subject = document
            if seen & FieldClass.BEARER and seen & FieldClass.DOCUMENT:
                edges.add(frozenset({document, person}))
            edges |= {frozenset({subject, end}) for end in (issuer, place) if end != subject}
        nodes |= {(row.kind, row.name) for row in self.entities if self.sees_entity(officer, row)}
        return nodes, edges


@pytest.fixture(params=[71, 72])
def scene(request, make, keeping):
    """A plan in a random world."""
    return Scene(make, keeping, request.param)


def shown(graph):
    """A graph as words; of what officers said to be one, each way in which it is written stands for itself."""
    named = {node.number: {(str(node.kind), name) for name in (node.name, *node.also)} for node in graph.nodes}
    nodes = set().union(*named.values())
    edges = {(edge.one, edge.other) for edge in graph.edges}
    return nodes, {frozenset({one, other}) for a, b in edges for one in named[a] for other in named[b]}


def test_equals_what_the_rule_says(scene, keeping):
    """Nodes, ties and what is said to be one, for every officer; outside the plan there is nothing."""
    inside = merged = 0
    for officer in scene.world.officers:
        with keeping():
            nodes, edges = scene.naive(officer)
            pairs = [pair for pair in scene.pairs if scene.sees_tie(officer, pair)]
        with viewing(officer.pk):
            rows = {key for (key,) in as_site("SELECT id FROM plans_entity")}
            links = as_site("SELECT count(*) FROM plans_planlink")
            ties = as_site("SELECT count(*) FROM plans_tie")
            if not scene.is_inside(officer):
                assert (rows, links, ties) == (set(), [(0,)], [(0,)])
                continue
            inside += 1
            seen = gather(scene.plan, officer, names=True)
            assert len(linking.visible(scene.plan)) == links[0][0] == len(scene.world.visible(officer))
        assert rows == {row.pk for row in scene.entities if scene.sees_entity(officer, row)}
        assert ties == [(len(pairs),)]
        found, tied = shown(seen.graph)
        assert found == nodes
        assert tied >= edges
        extra = {tuple(sorted(edge)) for edge in tied - edges if len(edge) == 2}
        one = {frozenset(f"ZQ{each.pk}C1" for each in pair) for pair in pairs}
        assert all(any(end[1] in name for name in one for end in edge) for edge in extra)
        assert len(seen.graph.nodes) == len(nodes) - len(pairs)
        assert [node.number for node in seen.graph.nodes] == list(range(len(seen.graph.nodes)))
        merged += len(pairs)
    assert inside >= 5
    assert merged > 2


def test_pages_and_files_leak_nothing(scene, enter):
    """No token of a class that an officer does not see stands in page, part, SVG or CSV; names only where asked for."""
    address, told = f"/plans/{scene.plan.reference}/", 0
    for officer in scene.world.officers:
        if not officer.may_act:
            continue
        client = enter(officer)
        for names in ("", "?names=1"):
            for page in ("chart/", "timeline/", *(f"chart/{name}" for name in FILES)):
                answer = client.get(f"{address}{page}{names}")
                copied = page.endswith("/") or officer.agency_id == scene.plan.owner_id or scene.copied
                assert answer.status_code == (404 if not scene.is_inside(officer) else 200 if copied else 403)
                text = answer.content.decode()
                assert not scene.world.leaks(officer, text)
                allowed = {row.pk for row in scene.entities if scene.sees_entity(officer, row)}
                assert {int(key) for key in ADDED.findall(text)} <= (allowed if scene.is_inside(officer) else set())
                told += len(text) if scene.is_inside(officer) else 0
                if not names:
                    assert not re.search(r"zq\d+c2", text, re.IGNORECASE)
    assert told


def test_neighbours_do_not_shift(scene, keeping):
    """What one does not see leaves no trace: without it, the chart is drawn exactly the same."""
    officer = next(
        each for each in scene.world.officers
        if scene.is_inside(each) and 0 < len(scene.world.visible(each)) < len(scene.world.reports)
    )  # fmt: skip
    with viewing(officer.pk):
        before = gather(scene.plan, officer, names=True).graph
    hidden = {report.pk for report in scene.world.reports} - scene.world.visible(officer)
    with keeping():
        PlanLink.objects.filter(record__in=hidden).delete()
    with viewing(officer.pk):
        assert gather(scene.plan, officer, names=True).graph == before
    assert all(a.number + 1 == b.number for a, b in pairwise(before.nodes))
