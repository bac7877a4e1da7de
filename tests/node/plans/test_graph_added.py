"""What officers add to a chart: entities, ties and that two are one; two people where others' data are told."""

import re

import pytest
from django.db import ProgrammingError, connection, transaction

from limen.node.plans import linking
from limen.node.plans.graph import annotating
from limen.node.plans.graph.gathering import gather
from limen.node.plans.graph.kinds import Kind
from limen.node.plans.graph.models import Entity, Tie
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid, Refused

pytestmark = pytest.mark.django_db
GUESTS = {"kind": "organisation", "name": "Riverside guest house", "source": "police of the province"}
ALL = FieldClass.STATISTICAL | FieldClass.DOCUMENT | FieldClass.BEARER


def names(plan, officer, kind):
    with viewing(officer.pk):
        graph = gather(plan, officer, names=True).graph
    return [(node.name, *node.also) for node in graph.nodes if node.kind == kind]


def test_seen_by_partners_when_confirmed(enter, sides, running, log):
    """Of class 2, it is the own agency's until a second officer, who decides, has confirmed it; by the page."""
    plan = running("b", "c")
    author, second = enter(sides.a.second), enter(sides.a.first)
    assert author.post(f"/plans/{plan.reference}/chart/add/", GUESTS).status_code == 302
    assert names(plan, sides.b.second, Kind.ORGANISATION) == []
    assert names(plan, sides.a.third, Kind.ORGANISATION) == [("Riverside guest house",)]
    assert "Riverside" not in author.get(f"/plans/{plan.reference}/chart/").content.decode()
    assert 'name="confirm"' not in author.get(f"/plans/{plan.reference}/chart/?names=1").content.decode()
    page = second.get(f"/plans/{plan.reference}/chart/?names=1").content.decode()
    address = re.search(rf'action="(/plans/{plan.reference}/chart/entity/[^"]+)"', page)[1]
    assert second.post(address, {"confirm": "1"}).status_code == 302
    assert names(plan, sides.b.second, Kind.ORGANISATION) == [("Riverside guest house",)]
    assert names(plan, sides.b.counter, Kind.ORGANISATION) == []
    assert len(log("plan.entry_confirmed")) == 1
    assert enter(sides.b.first).post(address, {"remove": "1"}).status_code == 403
    assert enter(sides.d.first).post(address, {"remove": "1"}).status_code == 404


def test_nobody_confirms_alone(sides, running):
    """Neither by the action nor by a statement does one person confirm what that person entered, or change a word."""
    plan = running("b", "c")
    with viewing(sides.a.first.pk):
        row = annotating.add_entity(plan, sides.a.first, GUESTS)
        with pytest.raises(Refused):
            annotating.confirm(row, sides.a.first)
        for change in (f"confirmed_by_id = {sides.a.first.pk}", "name = 'another'", "classes = 1, kind = 'place'"):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE plans_entity SET {change} WHERE id = {row.pk}")
    with viewing(sides.b.first.pk), connection.cursor() as cursor:
        cursor.execute("UPDATE plans_entity SET name = 'another'")
        assert cursor.rowcount == 0


def test_what_is_asked_of_an_entity(sides, running):
    """A source is always said; a class is never lower than the kind's; class 0 holds nothing of a person."""
    plan = running("b", "c")
    with viewing(sides.a.first.pk):
        with pytest.raises(Invalid):
            annotating.add_entity(plan, sides.a.first, GUESTS | {"source": " "})
        assert annotating.add_entity(plan, sides.a.first, GUESTS | {"classes": "1"}).classes == FieldClass.BEARER
        with pytest.raises(Invalid):
            annotating.add_entity(plan, sides.a.first, {"kind": "place", "name": "P<UTODOE<<JANE", "source": "x"})
        assert annotating.add_entity(
            plan, sides.a.first, {"kind": "country", "name": "Thailand", "source": "x"}
        ).key == ("country:THA")
    with viewing(sides.a.counter.pk), pytest.raises(Refused):
        annotating.add_entity(plan, sides.a.counter, GUESTS)


def test_merged_for_whoever_sees_both(make, audience, enter, sides, running):
    """Two persons that are one stay two for a partner who sees one of them, whom nothing tells of the other."""
    plan = running("b", "c")
    wide = audience(sides.a.agency, "amber", sides.b.agency, sides.c.agency, classes=ALL)
    narrow = audience(sides.a.agency, "amber", sides.b.agency, classes=ALL)
    for seen_by, surname in ((wide, "DOE"), (narrow, "ROE")):
        report = make.released(
            sides.a.first, seen_by, second=sides.a.second, surname=surname, given_names="JANE", birth_date="1980-01-02"
        )
        with viewing(sides.a.first.pk):
            linking.link(plan, sides.a.first, report)
    client = enter(sides.a.first)
    page = client.get(f"/plans/{plan.reference}/chart/?names=1").content.decode()
    at = re.search(r'href="(\?[^"]*)#about" data-node="\d+" data-kind="person"', page)[1].replace("&amp;", "&")
    part = client.get(f"/plans/{plan.reference}/chart/{at}", headers={"HX-Request": "true"}).content.decode()
    one = re.search(r'name="one" value="([0-9a-f]+)"', part)[1]
    other = re.search(r'<option value="([0-9a-f]+)">Person', part)[1]
    said = {"one": one, "other": other, "same": "1", "source": "faces compared", "names": "1"}
    assert client.post(f"/plans/{plan.reference}/chart/tie/", said).status_code == 302
    with viewing(sides.a.second.pk):
        annotating.confirm(Tie.objects.get(), sides.a.second)
    assert names(plan, sides.a.first, Kind.PERSON) == [("DOE, JANE", "ROE, JANE")]
    assert names(plan, sides.b.first, Kind.PERSON) == [("DOE, JANE", "ROE, JANE")]
    assert names(plan, sides.c.first, Kind.PERSON) == [("DOE, JANE",)]
    with viewing(sides.c.first.pk):
        assert not Tie.objects.exists()
    assert "ROE" not in enter(sides.c.first).get(f"/plans/{plan.reference}/chart/?names=1").content.decode()
    assert enter(sides.c.first).post(f"/plans/{plan.reference}/chart/tie/", said).status_code == 404


def test_looks_and_copies_are_recorded(make, enter, sides, running, log):
    """Names are shown where they are asked for, and both that and each file stand in the log."""
    plan = running("b", "c")
    report = make.report(sides.a.first, surname="DOE", given_names="JANE", birth_date="1980-01-02")
    with viewing(sides.a.first.pk):
        linking.link(plan, sides.a.first, report)
    client = enter(sides.a.first)
    page = client.get(f"/plans/{plan.reference}/chart/").content.decode()
    assert "DOE" not in page
    assert "?names=1" in page
    assert log("plan.names_seen") == []
    assert "DOE, JANE" in client.get(f"/plans/{plan.reference}/timeline/?names=1").content.decode()
    assert report.reference in str(log("plan.names_seen"))
    text = client.get(f"/plans/{plan.reference}/chart/entities.csv?names=1").content.decode()
    assert "DOE, JANE" in text
    assert len(log("plan.chart_exported")) == 1
    assert "?names=1" not in enter(sides.a.counter).get(f"/plans/{plan.reference}/chart/").content.decode()


def test_gone_with_its_plan(sides, write):
    """A draft that is discarded takes along what was added to it."""
    from limen.node.plans import drafting

    plan = write("b")
    with viewing(sides.a.first.pk):
        annotating.add_entity(plan, sides.a.first, GUESTS)
        drafting.discard(plan, sides.a.first)
        assert not Entity.objects.exists()
