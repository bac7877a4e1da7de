"""Surges as officers meet them: of the reports that they may see and of no others, put aside, and taken further."""

from __future__ import annotations

import datetime

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from django.utils.http import urlencode

from limen.node.alerts.models import Alert, Link
from limen.node.audit.models import Entry
from limen.node.reports.finding import Search
from limen.node.reports.models import Report
from limen.node.sharing import releasing, rules
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing
from limen.node.trends.models import Dismissal
from limen.node.trends.surges import dismissing, drafting, telling, watching

pytestmark = pytest.mark.django_db

PAGE = "/trends/surges/"
STREAM = "kind|UTO|passport|counterfeit"


@pytest.fixture(autouse=True)
def _nothing_kept():
    """What an earlier test found is forgotten."""
    caches["local"].clear()
    yield
    caches["local"].clear()


class World:
    """Agencies with reports of everyday, and an outbreak that one of them tells to all, or to a third alone."""

    def __init__(self, make, keeping) -> None:
        self.make, self.keeping = make, keeping
        self.ours, self.theirs, self.third = make.agency(), make.agency(), make.agency()
        self.author, self.second = make.officer(self.ours, "examiner"), make.officer(self.ours, "coordinator")
        self.analyst, self.stranger = make.officer(self.ours, "analyst"), make.officer(self.theirs, "analyst")
        self.counter = make.officer(self.theirs, "counter")

    def everyday(self) -> None:
        """A report a month, of three issuers."""
        for month in range(10):
            self.report(30 * month + 20, issuer=("FRA", "ITA", "UTO")[month % 3], method="photo_substitution")

    def outbreak(self, number: int = 8, marking: str = "green", **values) -> list[Report]:
        """So many counterfeit passports of Utopia in the days of this week, up to this one."""
        known = {"method": "whole_counterfeit", "fraud_class": "counterfeit", "place": "THBKK"} | values
        days = timezone.localdate().weekday() + 1
        return [self.report(number % days, marking=marking, **known) for number in range(number)]

    def report(self, days: int, marking: str = "green", **values) -> Report:
        """A report that was detected so many days ago."""
        community = Marking(marking).for_community
        named = frozenset() if community else frozenset([self.third.pk])
        audience = rules.Audience(self.ours.pk, Marking(marking), community, named, classes=FieldClass.STATISTICAL)
        day = timezone.localdate() - datetime.timedelta(days=days)
        filled = {"issuer": "UTO", "category": "passport", "fraud_class": "forgery", "place": "VNHAN"} | values
        with self.keeping():
            return self.make.released(self.author, audience, self.second, detected_on=day, **filled)


@pytest.fixture
def world(make, keeping) -> World:
    world = World(make, keeping)
    world.everyday()
    return world


def seen_by(officer, false_alarms: float = 6.0) -> dict[str, watching.Surge]:
    with viewing(officer.pk):
        found = watching.watch(false_alarms)
        return {each.stream.token: each for surge in found.surges for each in (surge, *surge.also)}


def client_of(officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def test_an_outbreak_is_found_as_one_surge(world):
    """The streams that the same reports make surge are one, and each says exactly the reports that its list shows."""
    world.outbreak()
    with viewing(world.stranger.pk):
        found = watching.watch().surges
        assert len(found) == 1
        streams = (found[0], *found[0].also)
        assert STREAM in {each.stream.token for each in streams}
        for each in streams:
            assert Search.of(dict(each.search.asked())).count() == (each.count, True)
            assert len(each.reports) == each.count


def test_without_an_outbreak_there_is_none(world):
    """The everyday brings no surge."""
    assert seen_by(world.stranger) == {}


def test_what_is_not_shown_is_no_surge(world):
    """An outbreak that was not released to an agency is no surge for it, nor to anybody who is not signed in."""
    world.outbreak(marking="amber")
    assert STREAM in seen_by(world.analyst)
    assert seen_by(world.stranger) == {}
    with viewing(None):
        assert watching.watch() == watching.Watched((), 0, 0, 0)


def test_no_figure_holds_what_is_not_shown(world):
    """Where some of an outbreak's reports are for the own agency alone, others' surge counts the others alone."""
    world.outbreak(7)
    world.outbreak(5, marking="amber")
    assert seen_by(world.analyst)[STREAM].count == 12
    assert seen_by(world.stranger)[STREAM].count == 7


def test_a_recall_takes_effect_at_once(world):
    """What was found is not kept when a report was recalled in between, even where another came in its place."""
    reports = world.outbreak(7)
    before = seen_by(world.stranger)[STREAM]
    with viewing(world.second.pk):
        releasing.recall(reports[0], world.second, "it was none")
    world.outbreak(1)
    after = seen_by(world.stranger)[STREAM]
    assert after.count == before.count
    assert reports[0].pk in before.reports
    assert reports[0].pk not in after.reports


def test_what_was_found_is_kept_a_while(world, django_assert_max_num_queries):
    """A second look with nothing changed asks for the audiences and the state of the roll-ups alone."""
    world.outbreak()
    seen_by(world.stranger)
    with viewing(world.stranger.pk), django_assert_max_num_queries(2):
        watching.watch()


def test_the_page(world):
    """The page says what, how many and how rare, with table, list and file; each opens."""
    world.outbreak()
    client = client_of(world.stranger)
    page = client.get(PAGE).content.decode()
    surge = seen_by(world.stranger)[STREAM]
    assert telling.figures(surge) in page or "8 reports" in page
    assert "less than once in 1,000 years" in page or "about once in" in page
    assert client.get(f"/reports/?{surge.query}").status_code == 200


def test_the_page_without_surges(world):
    """Where nothing is unusual, the page says so."""
    assert "No surge now" in client_of(world.stranger).get(PAGE).content.decode()


def test_file(world):
    """The file has a line for each week, says whose figures they are, and is recorded."""
    world.outbreak()
    head = _head(world.stranger)
    answer = client_of(world.stranger).get(f"{PAGE}csv/?{urlencode({'stream': head})}")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2 + len(seen_by(world.stranger)[head].weeks)
    assert world.theirs.name in lines[0]
    with world.keeping():
        assert Entry.objects.filter(action="trends.exported").count() == 1


@pytest.mark.parametrize("way", ["csv/?stream=kind|ZZZ|passport|counterfeit", "csv/", "csv/?stream=%00"])
def test_no_such_surge(world, way):
    """A stream that is no surge for the officer is not there."""
    world.outbreak(marking="amber")
    assert client_of(world.stranger).get(PAGE + way).status_code == 404
    assert client_of(world.stranger).get(f"{PAGE}csv/?{urlencode({'stream': STREAM})}").status_code == 404


def test_a_rate_that_is_not_offered(world):
    """Only the rates of false alarms that are offered are accepted."""
    assert client_of(world.stranger).get(f"{PAGE}?alarms=1000000").status_code == 422
    assert client_of(world.stranger).get(f"{PAGE}?alarms=26").status_code == 200


def test_put_aside(world):
    """Who put a surge aside, when and why is shown to the agency, and to no other; it can be listed again."""
    world.outbreak()
    client = client_of(world.stranger)
    head = _head(world.stranger)
    answer = client.post(f"{PAGE}put-aside/", {"stream": head, "reason": "one group, known"}, follow=True)
    page = answer.content.decode()
    assert "one group, known" in page
    assert "No surge now" in page
    assert "one group, known" not in client_of(world.analyst).get(PAGE).content.decode()
    with viewing(world.stranger.pk):
        row = Dismissal.objects.get()
    client.post(f"{PAGE}put-aside/{row.pk}/again/", follow=True)
    assert "No surge now" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_put_aside_with_no_reason(world, reason):
    """Without a reason, or with one that is too long, nothing is put aside."""
    world.outbreak()
    answer = client_of(world.stranger).post(f"{PAGE}put-aside/", {"stream": _head(world.stranger), "reason": reason})
    assert answer.status_code == 422
    with world.keeping():
        assert not Dismissal.objects.exists()


def test_who_puts_aside(world):
    """A counter officer does not put surges aside, nor lists again what the agency put aside."""
    world.outbreak()
    client = client_of(world.counter)
    assert client.post(f"{PAGE}put-aside/", {"stream": _head(world.stranger), "reason": "x"}).status_code == 403
    client_of(world.stranger).post(f"{PAGE}put-aside/", {"stream": _head(world.stranger), "reason": "x"})
    with world.keeping():
        row = Dismissal.objects.get()
    assert client.post(f"{PAGE}put-aside/{row.pk}/again/").status_code == 403
    assert client_of(world.analyst).post(f"{PAGE}put-aside/{row.pk}/again/").status_code == 404


def test_it_comes_back_when_it_grows(world):
    """What was put aside is listed again when there are twice as many reports, and not before."""
    world.outbreak(6)
    head = seen_by(world.stranger)[_head(world.stranger)]
    with viewing(world.stranger.pk):
        dismissing.dismiss(world.stranger, head, "known")
    world.outbreak(3)
    assert "No surge now" in client_of(world.stranger).get(PAGE).content.decode()
    world.outbreak(6)
    assert "No surge now" not in client_of(world.stranger).get(PAGE).content.decode()


def test_dismissals_are_the_agencys(world):
    """Row-level security gives dismissals to their agency alone, and lets nobody write in another's name."""
    world.outbreak()
    surge = seen_by(world.stranger)[_head(world.stranger)]
    with viewing(world.stranger.pk):
        dismissing.dismiss(world.stranger, surge, "known")
        assert Dismissal.objects.count() == 1
    with viewing(world.analyst.pk):
        assert Dismissal.objects.count() == 0
        assert Dismissal.objects.all().delete()[0] == 0
    with viewing(None):
        assert Dismissal.objects.count() == 0


def test_a_bulletin_is_begun(world):
    """The draft holds issuer, kind, method and place, and its reports are linked."""
    world.outbreak()
    answer = client_of(world.stranger).post(f"{PAGE}draft/", {"stream": _head(world.stranger)})
    assert answer.status_code == 302
    with viewing(world.stranger.pk):
        alert = Alert.objects.get()
        assert answer["Location"].endswith(f"/alerts/{alert.reference}/edit/")
        assert (alert.issuers, alert.category, alert.fraud_class) == (["UTO"], "passport", "counterfeit")
        assert (alert.methods, alert.places) == (["whole_counterfeit"], ["THBKK"])
        assert "8" in alert.summary
        assert Link.objects.filter(alert=alert).count() == 8


def test_a_bulletin_tells_only_what_the_community_sees(world):
    """Reports that were not for the community leave no trace in the draft: it is going to others."""
    world.outbreak(6)
    world.outbreak(6, marking="amber", place="LAVTE", method="data_page_counterfeit")
    surge = seen_by(world.analyst)[STREAM]
    with viewing(world.analyst.pk):
        known = drafting.known(surge)
    assert known["places"] == ["THBKK"]
    assert known["methods"] == ["whole_counterfeit"]
    assert "12" not in known["summary"]
    assert "6 reports" in known["summary"]


def test_a_bulletin_of_what_nobody_else_sees(world):
    """Where none of the reports is for the community, the draft is begun empty."""
    world.outbreak(marking="amber")
    with viewing(world.analyst.pk):
        assert drafting.known(watching.watch().surges[0]) == {}


def _head(officer) -> str:
    with viewing(officer.pk):
        return watching.watch().surges[0].stream.token
