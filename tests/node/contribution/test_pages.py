"""Pages of giving and receiving: whose they are, what they count, and what they warn of."""

import csv
import datetime
import io

import pytest
from django.utils import timezone

from limen.node.agreements import reading
from limen.node.contribution.models import Warned
from limen.node.contribution.standing import standing
from limen.node.contribution.warning import warn
from limen.node.notices.models import Notice
from limen.node.sharing import rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import Audience, Condition, Release
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db
BANNER = "does not see now what others release to the community"
AHEAD = "does not see what others release to the community unless"


@pytest.fixture
def giver(make):
    return make.officer(make.agency(name="Giver"), "coordinator", "analyst")


@pytest.fixture
def taker(make, entered):
    officer = make.officer(make.agency(name="Taker"), "coordinator", "analyst")
    entered(officer.agency, 400)
    return officer


def rows(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def totals(response):
    head, *lines = rows(response)
    return {column: sum(int(line[at]) for line in lines) for at, column in enumerate(head) if at > 1}


def test_what_is_counted_as_given(giver, taker, make, audience, enter):
    """Releases of the own agency in force, by to whom: each once, for the community first, recalled ones not at all."""
    make.released(giver, audience(giver.agency, "green"))
    make.released(giver, audience(giver.agency, "amber", taker.agency))
    both = make.released(giver, audience(giver.agency, "green"))
    make.released(taker, audience(taker.agency, "green"))
    from limen.node.sharing.releasing import recall

    with viewing(giver.pk):
        recall(both, giver, "Wrong.")
    client = enter(giver)
    counted = {
        to: totals(client.get(f"/contribution/given.csv?to={to}"))["Report"] for to in ("", "community", "named")
    }
    assert counted == {"": 2, "community": 1, "named": 1}
    assert totals(client.get("/contribution/given.csv?to=agreement"))["Report"] == 0


def test_received_is_what_one_sees(giver, taker, make, audience, enter):
    """Of others' records those that this officer can open, with the names of whose they are; nothing of the rest."""
    stranger = make.officer(make.agency(name="Another"), "coordinator")
    make.released(giver, audience(giver.agency, "green"))
    make.released(giver, audience(giver.agency, "amber", stranger.agency))
    make.released(stranger, audience(stranger.agency, "amber", giver.agency))
    client = enter(taker)
    assert totals(client.get("/contribution/received.csv"))["Report"] == 1
    page = client.get("/contribution/").content.decode()
    assert "Giver" in page
    assert "Another" not in page
    page = enter(giver).get("/contribution/").content.decode()
    assert ("Another" in page, "Taker" in page) == (True, False)


def test_use_by_others(giver, taker, make, enter, keeping, green_alert):
    """Acknowledgements and answers of others to the own alerts, not the own; others do not read them."""
    from limen.node.alerts.models import Acknowledgement, Feedback

    alert = green_alert(giver)
    for officer in (taker, giver):
        with viewing(officer.pk):
            Acknowledgement.objects.create(alert=alert, officer=officer, agency=officer.agency)
            for verdict in ("seen", "useful", "not_seen"):
                Feedback.objects.create(alert=alert, officer=officer, agency=officer.agency, verdict=verdict)
    assert list(totals(enter(giver).get("/contribution/used.csv")).values()) == [1, 1, 1, 0]
    assert list(totals(enter(taker).get("/contribution/used.csv")).values()) == [0, 0, 0, 0]


@pytest.fixture
def green_alert(make, audience):
    from limen.node.alerts import drafting
    from limen.node.sharing import releasing

    from ..alerts.conftest import FILLED

    def released(officer, **values):
        with viewing(officer.pk):
            alert = drafting.begin(officer, FILLED | values)
            release = releasing.propose(alert, officer, audience(officer.agency, "green"))
        second = make.officer(officer.agency, "coordinator")
        with viewing(second.pk):
            releasing.approve(alert, release, second)
            alert.refresh_from_db()
        return alert

    return released


def test_whose_page_it_is(make, enter):
    """Coordinators and analysts read figures; others are led to what is asked, and get no file."""
    for role, status in (("coordinator", 200), ("analyst", 200), ("counter", 302), ("administrator", 302)):
        client = enter(make.officer(None, role))
        assert client.get("/contribution/").status_code == status
        assert client.get("/contribution/given.csv").status_code == (200 if status == 200 else 404)
        assert client.get("/contribution/asked/").status_code == 200
    assert client.get("/contribution/nothing.csv").status_code == 404
    assert client.get("/contribution/asked/propose/").status_code == 404


def test_two_administrators_by_pages(make, enter, taker):
    """One proposes, the same cannot confirm, another does; then every agency reads it."""
    operator = make.agency(operates_node=True)
    first, second = (enter(make.officer(operator, "administrator")) for _ in range(2))
    asked = {"is_on": "1", "least": "2", "months": "3", "grace": "1", "reason": "Give and take."}
    assert first.post("/contribution/asked/propose/", asked | {"least": "x"}).status_code == 422
    assert first.post("/contribution/asked/propose/", asked).status_code == 302
    number = Condition.objects.values_list("pk", flat=True).first()
    assert number is None
    page = first.get("/contribution/asked/").content.decode()
    [way] = {part for part in page.split('"') if part.startswith("/contribution/asked/") and part[-2].isdigit()}
    assert first.post(way, {"doing": "confirm"}).status_code == 403
    assert enter(taker).post(way, {"doing": "confirm"}).status_code == 404
    assert "Give and take." not in enter(taker).get("/contribution/asked/").content.decode()
    assert second.get(way).status_code == 200
    assert second.post(way, {"doing": "confirm"}).status_code == 302
    assert second.get(way).status_code == 404
    assert "Give and take." in enter(taker).get("/contribution/asked/").content.decode()


def test_below_and_back(giver, taker, make, audience, enter, ask, keeping, now):
    """Who gave nothing does not find the community's reports anywhere, and finds them with its first release."""
    report = make.released(giver, audience(giver.agency, "green"))
    named = make.released(giver, audience(giver.agency, "amber", taker.agency))
    client = enter(taker)
    assert client.get(f"/reports/{report.reference}/").status_code == 200
    ask()
    page = client.get("/reports/").content.decode()
    assert BANNER in page
    assert report.reference not in page
    assert named.reference in page
    assert client.get(f"/reports/{report.reference}/").status_code == 404
    assert client.get(f"/api/v1/reports/{report.reference}").status_code == 404
    assert client.get("/api/v1/counts?by=issuer").json()["total"] == 1
    assert totals(client.get("/contribution/received.csv"))["Report"] == 1
    make.released(taker, audience(taker.agency, "amber", giver.agency))
    with keeping():  # the database's clock stands still in a test, behind that of the release
        Release.objects.filter(owner=taker.agency).update(decided_at=now)
    page = client.get("/reports/").content.decode()
    assert BANNER not in page
    assert report.reference in page
    assert client.get("/api/v1/counts?by=issuer").json()["total"] == 3


def test_a_signature_brings_them_back(giver, taker, make, audience, enter, ask):
    """A coordinator signs, by the page, that last month brought nothing; from then on the agency sees."""
    report = make.released(giver, audience(giver.agency, "green"))
    ask()
    client = enter(taker)
    assert client.get(f"/reports/{report.reference}/").status_code == 404
    last = timezone.now().date().replace(day=1) - datetime.timedelta(days=1)
    assert client.post("/contribution/asked/", {"month": "nonsense"}).status_code == 422
    assert client.post("/contribution/asked/", {"month": f"{last:%Y-%m}"}).status_code == 302
    assert client.get(f"/reports/{report.reference}/").status_code == 200
    analyst = enter(make.officer(taker.agency, "analyst"))
    assert analyst.post("/contribution/asked/", {"month": f"{last:%Y-%m}"}).status_code == 403


def test_the_safety_floor(giver, taker, make, enter, ask, green_alert):
    """An agency that gave nothing reads alerts on imminent danger, and acknowledges them; others it does not find."""
    urgent, important = green_alert(giver, urgency="3"), green_alert(giver, urgency="2")
    ask()
    client = enter(make.officer(taker.agency, "counter"))
    assert client.get(f"/alerts/{urgent.reference}/").status_code == 200
    assert client.get(f"/alerts/{important.reference}/").status_code == 404
    page = client.get("/alerts/").content.decode()
    assert urgent.reference in page
    assert important.reference not in page
    assert client.post(f"/alerts/{urgent.reference}/acknowledge/").status_code in (200, 302)


def test_who_is_told_of_an_alert(giver, taker, keeping, ask, green_alert):
    """Who does not contribute is not told of what it does not see, and is told of imminent danger."""
    from limen.node.alerts.subscriptions.publishing import subscribers_of

    alerts = [green_alert(giver, urgency=urgency, issuers=["UTO"]) for urgency in ("2", "3")]
    told = lambda: [taker.pk in {each.officer for each in subscribers_of(alert)} for alert in alerts]  # noqa: E731
    with keeping():
        assert told() == [True, True]
        ask()
        assert told() == [False, True]


def test_grounds_that_hold(giver, taker, make, ask, keeping):
    """Who sees what the community sees by its name alone is told of that ground, and not of the other."""
    everybody = rules.Audience(giver.agency_id, Marking.GREEN, community=True, agencies=frozenset([taker.agency_id]))
    report = make.released(giver, everybody)
    told = lambda: {ground.basis for ground in reading.grounds(report)}  # noqa: E731
    with viewing(taker.pk):
        before = told()
    ask()
    with viewing(taker.pk):
        assert (before, told()) == ({"named", "community"}, {"named"})


def test_a_floor_is_for_warnings_alone(giver, green_alert, keeping):
    """No statement gives a routine alert, or a report, the audience of warnings."""
    from django.db import DatabaseError, transaction

    from limen.node.alerts.models import Alert

    urgent, routine = green_alert(giver, urgency="3"), green_alert(giver, urgency="1")
    with viewing(giver.pk):
        floor = Audience.objects.get(pk=urgent.audience_id)
        assert (floor.floor, Audience.objects.get(pk=routine.audience_id).floor) == (True, False)
        with pytest.raises(DatabaseError), transaction.atomic():
            Alert.objects.filter(pk=routine.pk).update(audience=floor)
        with pytest.raises(DatabaseError), transaction.atomic():
            Alert.objects.filter(pk=urgent.pk).update(audience_id=routine.audience_id)


def test_the_preview_tells_nothing(giver, taker, make, enter, ask):
    """Who would see a release names all of the community alike: whether they contribute is not told."""
    report = make.report(giver)
    before = enter(giver).get(f"/reports/{report.reference}/release/").content.decode()
    ask()
    after = enter(giver).get(f"/reports/{report.reference}/release/").content.decode()
    assert ("Taker" in before, "Taker" in after) == (True, True)
    said = "those see it who contribute what it asks"
    assert (said in before, said in after) == (False, True)


def test_warned_ahead(giver, taker, keeping, ask, gave, now, enter, make):
    """A month and a week before, its coordinators are told once each, and pages say so; others are not."""
    ask(months=2)
    left = datetime.timedelta(days=20)
    release = gave(taker, now - datetime.timedelta(days=61) + left)
    for officer in (giver, taker):
        gave(officer, now)
    with keeping():
        Release.objects.filter(owner=taker.agency).exclude(pk=release.pk).delete()
        found = standing(taker.agency_id)
        assert (found.sees, found.missing) == (True, 1)
        assert abs(found.stops - now - left) < datetime.timedelta(days=4)
        assert [warn(), warn()] == [1, 0]
        release.decided_at -= datetime.timedelta(days=15)
        release.save()
        assert [warn(), warn()] == [1, 0]
        assert set(Warned.objects.filter(agency=taker.agency).values_list("days", flat=True)) == {7, 30}
        told = Notice.objects.filter(kind="contribution")
        assert set(told.values_list("officer", flat=True)) == {taker.pk}
    assert AHEAD in enter(taker).get("/").content.decode()
    assert AHEAD not in enter(make.officer(taker.agency, "counter")).get("/").content.decode()
    assert AHEAD not in enter(giver).get("/").content.decode()


def test_a_warning_that_no_longer_holds(taker, keeping, ask, gave, now):
    """Once the agency has given, its notice is sent to nobody."""
    from limen.node.notices.subjects import still_open_to

    ask(months=1)
    gave(taker, now - datetime.timedelta(days=20))
    with keeping():
        stops = standing(taker.agency_id).stops.date().isoformat()
        assert still_open_to(taker.pk, "contribution", stops)
        gave(taker, now)
        assert not still_open_to(taker.pk, "contribution", stops)


def test_before_it_begins(taker, make, audience, enter, keeping, ask, giver):
    """What is confirmed and not begun withholds nothing, and is announced."""
    report = make.released(giver, audience(giver.agency, "green"))
    ask(days_ago=-20)
    client = enter(taker)
    assert client.get(f"/reports/{report.reference}/").status_code == 200
    assert AHEAD in client.get("/").content.decode()
    assert "Missing: 1 more released report" in client.get("/contribution/asked/").content.decode()
