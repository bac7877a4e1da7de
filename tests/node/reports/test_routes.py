"""A report's route: where it began, the last transit, where it led; kept by the database whatever writes the legs."""

import datetime

import pytest

from limen.node.demo.inventing import Invented, Stop
from limen.node.demo.storing import _ends
from limen.node.reports.drafting import set_legs
from limen.node.reports.finding import Search
from limen.node.reports.models import Leg, Report
from limen.node.sharing.markings import Marking
from limen.node.sharing.rules import Audience
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db

ROUTES = [
    ([], ("", "", "")),
    ([("embarkation", "LKA", "LKCMB"), ("destination", "THA", "THBKK")], ("LKCMB", "", "THBKK")),
    (
        [("embarkation", "LKA", "LKCMB"), ("transit", "MYS", "MYKUL"), ("transit", "THA", ""),
         ("final", "AUS", "AUSYD")],
        ("LKCMB", "THA", "AUSYD"),
    ),
    (
        [("transit", "MYS", "MYKUL"), ("destination", "THA", "THBKK"), ("final", "AUS", "AUSYD")],
        ("", "MYKUL", "THBKK"),
    ),
    (
        [("embarkation", "LKA", ""), ("embarkation", "MYS", "MYKUL"), ("destination", "THA", "THBKK"),
         ("destination", "VNM", "VNHAN")],
        ("LKA", "", "VNHAN"),
    ),
    ([("final", "AUS", ""), ("transit", "", "")], ("", "", "AUS")),
]  # fmt: skip


def ends(report):
    return Report.objects.values_list("route_origin", "route_via", "route_end").get(pk=report.pk)


def legs_of(rows):
    return [{"role": role, "country": country, "place": place} for role, country, place in rows]


@pytest.mark.parametrize(("rows", "expected"), ROUTES)
def test_legs_say_the_route(make, rows, expected):
    """First embarkation, last transit, last destination or else the final one intended; a country where no place is."""
    officer = make.officer(None, "counter")
    report = make.report(officer)
    with viewing(officer.pk):
        set_legs(report, officer, legs_of(rows))
        assert ends(report) == expected
        set_legs(report, officer, [])
        assert ends(report) == ("", "", "")


@pytest.mark.parametrize(("rows", "expected"), ROUTES)
def test_the_demo_writes_the_same(rows, expected):
    """What the demonstration writes by COPY is what the database would derive."""
    day = datetime.date(2026, 11, 1)
    one = Invented("site", day, "THA", legs=[Stop(role, country, place, "", "", day) for role, country, place in rows])
    assert _ends(one) == expected


def test_each_leg_moves_it(make, keeping):
    """Adding, changing and deleting single legs, by anybody, keeps the route right."""
    officer = make.officer(None, "counter")
    report = make.report(officer)
    with viewing(officer.pk):
        set_legs(report, officer, legs_of(ROUTES[1][0]))
    with keeping():
        Leg.objects.create(report=report, position=5, role="transit", country="SGP", place="SGSIN")
        assert ends(report) == ("LKCMB", "SGSIN", "THBKK")
        Leg.objects.filter(report=report, position=1).update(place="", country="VNM")
        assert ends(report) == ("LKCMB", "SGSIN", "VNM")
        Leg.objects.filter(report=report, role="embarkation").delete()
        assert ends(report) == ("", "SGSIN", "VNM")


def test_nobody_writes_another(make, keeping):
    """A stale row that is saved as a whole, or a route that was typed into SQL, does not stand."""
    officer = make.officer(None, "counter")
    stale = make.report(officer)
    with viewing(officer.pk):
        set_legs(stale, officer, legs_of(ROUTES[1][0]))
        stale.save()
        assert ends(stale) == ROUTES[1][1]
        Report.objects.filter(pk=stale.pk).update(route_end="AUSYD")
        assert ends(stale) == ROUTES[1][1]
    with keeping():
        Report.objects.filter(pk=stale.pk).update(route_origin="AUSYD")
        assert ends(stale) == ROUTES[1][1]


def test_found_by_its_ends(make):
    """A route is found by place, by country with all its places, by country alone, and by what it lacks."""
    officer = make.officer(None, "counter")
    to_all = Audience(officer.agency_id, Marking.GREEN, community=True)
    routes = [
        [("embarkation", "LKA", "LKCMB"), ("destination", "THA", "THBKK")],
        [("embarkation", "LKA", ""), ("transit", "MYS", "MYKUL"), ("destination", "THA", "THBKK")],
        [],
    ]
    for rows in routes:
        report = make.report(officer)
        with viewing(officer.pk):
            set_legs(report, officer, legs_of(rows))
            from limen.node.reports.release import propose

            propose(report, officer, to_all)
    with viewing(officer.pk):
        for asked, n in [
            ({"route_from": "LKCMB"}, 1),
            ({"route_from": "LKA"}, 2),
            ({"route_from": "LKA-"}, 1),
            ({"route_from": "Sri Lanka"}, None),
            ({"route_from": "-"}, 1),
            ({"route_via": "-"}, 2),
            ({"route_via": "-", "route_to": "THBKK"}, 1),
            ({"route_to": "THA"}, 2),
            ({"route_to": "THA-"}, 0),
            ({"route_via": "MYKUL", "route_from": "LKA-", "route_to": "THBKK"}, 1),
        ]:
            search, faults = Search.read(asked)
            assert bool(faults) == (n is None)
            if n is not None:
                assert search.count() == (n, True), asked
                assert Search.of(search.asked()) == search


def test_site_begins_without_route(make):
    """A report that the site inserts with a route and no legs has none."""
    officer = make.officer(None, "counter")
    report = make.report(officer)
    with viewing(officer.pk):
        report.pk, report.uid, report.reference = None, "5" * 32, "R26-2222-2222"
        report.route_end = "THBKK"
        report.save(force_insert=True)
        assert ends(report) == ("", "", "")
