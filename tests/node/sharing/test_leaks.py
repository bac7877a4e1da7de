"""No way through the site shows what the policy denies: random worlds, random viewers, random questions.

The rule (`limen.node.sharing.rules`) is pure Python and says what each officer may see; every channel is asked and held
against it. `LEAK_ACCESSES` sets how many accesses are tried (README: `make leaks` tries 100,000).
"""

import os
import random
from collections import Counter

import pytest
from django.http import Http404

from limen.node.reports import reading
from limen.node.reports.finding import Search, similar_to
from limen.node.reports.models import Image, Rollup
from limen.node.sharing import policy, rules
from limen.node.sharing.models import State
from limen.node.sharing.viewer import viewing

from .world import ISSUERS, METHODS, PLACES, as_site, build

pytestmark = pytest.mark.django_db

ACCESSES = int(os.environ.get("LEAK_ACCESSES", "6000"))
CHANGES = 15
"""After so many accesses something happens to an agreement."""
TABLES = {
    "reports_report": (1, "id"),
    "reports_leg": (1, "report_id"),
    "reports_image": (1, "report_id"),
    "reports_documentdetail": (2, "report_id"),
    "reports_bearerdetail": (4, "report_id"),
    "reports_original": (8, "report_id"),
}


class Access:
    """One officer, one report perhaps, one channel."""

    def __init__(self, world, rng):
        self.world, self.rng = world, rng
        self.officer = rng.choice(world.officers)
        self.report = rng.choice(world.reports)
        self.allowed = world.classes(self.officer, self.report)

    def every(self, keep=lambda report: True):
        """The reports that the officer may find and that `keep` wants, as row numbers."""
        return {report.pk for report in self.world.reports if keep(report) and self.world.classes(self.officer, report)}


def raw_row(access):
    """Raw SQL by the site's role for one row of any protected table."""
    table, (mask, column) = access.rng.choice(list(TABLES.items()))
    rows = as_site(f"SELECT count(*) FROM {table} WHERE {column} = %s", (access.report.pk,))
    assert rows[0][0] == bool(access.allowed & mask), table


def raw_table(access):
    """Raw SQL by the site's role for a whole table, its text searched for what should not be there."""
    table, (mask, column) = access.rng.choice(list(TABLES.items()))
    rows = as_site(f"SELECT {column}, t::text FROM {table} t")
    assert not access.world.leaks(access.officer, " ".join(text for _, text in rows if table != "reports_original"))
    expected = {report.pk for report in access.world.reports if access.world.classes(access.officer, report) & mask}
    assert {key for key, _ in rows} == expected


def raw_rollup(access):
    """Raw SQL by the site's role for the roll-ups: the sums are those of the reports seen."""
    rows = as_site("SELECT value, sum(n) FROM reports_rollup WHERE dimension = 'issuer' GROUP BY value")
    counted = Counter(
        report.issuer
        for report in access.world.reports
        if report.state == State.RELEASED and access.world.classes(access.officer, report)
    )
    assert {value: int(n) for value, n in rows if n} == dict(counted)


def raw_closed(access):
    """Raw SQL by the site's role for grants, audiences and proposals of others."""
    owned = {
        row[0] for row in as_site("SELECT owner_id FROM sharing_audience UNION SELECT owner_id FROM sharing_release")
    }
    assert owned <= {access.officer.agency_id}


def open_report(access):
    """The report by its reference: absent and forbidden alike."""
    try:
        found = reading.report_of(access.report.reference)
    except Http404:
        assert not access.allowed
    else:
        assert access.allowed
        assert found.pk == access.report.pk
        assert reading.sight(found, access.officer) == access.allowed


def open_parts(access):
    """Document, bearer and picture, each by its class."""
    assert bool(reading.document_of(access.report)) == bool(access.allowed & 2)
    assert bool(reading.bearer_of(access.report)) == bool(access.allowed & 4)
    try:
        image = reading.image_of(Image.objects.get(report=access.report).uid)
        reading.original_of(image)
    except (Http404, Image.DoesNotExist):
        assert not access.allowed & 8
    else:
        assert access.allowed & 8


def _random_search(access):
    rng = access.rng
    asked, keep = {"state": rng.choice(["released", "any", "draft"])}, []
    if asked["state"] != "any":
        keep.append(lambda report: report.state == asked["state"])
    if rng.random() < 0.4:
        asked["issuer"] = rng.choice(ISSUERS)
        keep.append(lambda report: report.issuer == asked["issuer"])
    if rng.random() < 0.3:
        asked["method"] = rng.choice(METHODS)
        keep.append(lambda report: report.method == asked["method"])
    if rng.random() < 0.3:
        asked["place"] = rng.choice(PLACES)[1]
        keep.append(lambda report: report.place == asked["place"])
    if rng.random() < 0.2:
        asked["q"] = f"zq{access.report.pk}c0"
        keep.append(lambda report: report.pk == access.report.pk)
    return Search(**asked), lambda report: all(each(report) for each in keep)


def search(access):
    """A search: its rows, its count, and its counts by place."""
    asked, keep = _random_search(access)
    expected = access.every(keep)
    assert set(asked.rows().values_list("pk", flat=True)) == expected
    assert asked.count() == (len(expected), True)
    assert sum(asked.by_place().values()) == len(expected)


def search_number(access):
    """A document number finds its report where the viewer sees numbers, and nothing elsewhere."""
    found = set(Search(q=f"ZQ{access.report.pk}C1", state="any").rows().values_list("pk", flat=True))
    assert found == ({access.report.pk} if access.allowed & 2 else set())


def search_name(access):
    """A name finds its report where the viewer sees names."""
    found = set(Search(name=f"zq{access.report.pk}c2", state="any").rows().values_list("pk", flat=True))
    assert found == ({access.report.pk} if access.allowed & 4 else set())


def similar(access):
    """Pictures like this one: none of a report that the viewer does not see."""
    near = similar_to([access.rng.random() for _ in range(Image._meta.get_field("fingerprint").dimensions)])
    assert {report for report, _ in near} <= access.every()


def sight(access):
    """What the database grants is what the rule says, the author's own view apart."""
    granted = policy.sight(access.report.audience_id)
    assert granted == (access.allowed if access.report.author_id != access.officer.pk else granted)


def rolled(access):
    """The roll-ups through the policy."""
    total = sum(policy.visible(Rollup.objects.filter(dimension="all")).values_list("n", flat=True))
    assert total == len(access.every(lambda report: report.state == State.RELEASED))


CHANNELS = [
    *[raw_row] * 8,
    *(raw_table, raw_rollup, raw_closed),
    *(open_report, open_report, open_parts),
    *(search, search_number, search_name, similar),
    *(sight, sight, rolled),
]
"""Each as often as it stands here; the cheap ones more often."""


@pytest.mark.parametrize("seed", range(4))
def test_nothing_leaks(make, keeping, seed):
    """Whatever is asked, by whom, through whichever channel, the answer is what the rule allows."""
    world = build(make, keeping, seed)
    rng = random.Random(1000 + seed)
    for number in range(ACCESSES // 4):
        if number % CHANGES == 0:
            with keeping():
                world.change()
        access = Access(world, rng)
        channel = rng.choice(CHANNELS)
        with viewing(access.officer.pk):
            channel(access)


def test_the_world_is_worth_asking(make, keeping):
    """The random world holds what leaks could be about: reports seen, half seen and unseen, by many audiences."""
    world = build(make, keeping, 9)
    seen = Counter(world.classes(officer, report) for officer in world.officers for report in world.reports)
    assert len(seen) >= 5
    assert 0.2 < seen[0] / seen.total() < 0.9
    assert len(set(world.audiences.values())) > 30
    lookers = [policy.looker(officer) for officer in world.officers]
    by_agreement = sum(
        rules.sees(looker, audience, world.clauses) != rules.sees(looker, audience)
        for looker in lookers
        for audience in world.audiences.values()
    )
    assert by_agreement > 20
