"""An alert's way to others takes two people, whatever its audience and whoever asks, past the code too."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from limen.node.alerts import drafting, release
from limen.node.alerts.models import Alert
from limen.node.sharing import releasing
from limen.node.sharing.models import Decision, Release, State
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid, Refused

from .conftest import community

pytestmark = pytest.mark.django_db

TO_ALL = {"marking": "green", "community": "1"}


def ways(alert):
    names = ("release", "approve", "recall", "show", "edit")
    return {name: reverse(f"alerts:{name}", args=[alert.reference]) for name in names}


def waiting(alert):
    return releasing.open_release(alert)


def state_of(alert, officer):
    with viewing(officer.pk):
        return Alert.objects.get(pk=alert.pk).state


def test_two_people_through_the_pages(mine, theirs, begun):
    """An analyst proposes, a coordinator approves, another agency reads; a recall with a reason ends that."""
    alert = begun(mine.analyst)
    way = ways(alert)
    assert theirs.client("counter").get(way["show"]).status_code == 404
    assert mine.client("analyst").post(way["release"], TO_ALL).status_code == 302
    assert state_of(alert, mine.analyst) == State.PROPOSED
    assert theirs.client("counter").get(way["show"]).status_code == 404
    with viewing(mine.coordinator.pk):
        number = waiting(alert).pk
    answer = mine.client("coordinator").post(way["approve"], {"release": number})
    assert answer.status_code == 302
    page = theirs.client("counter").get(way["show"]).content.decode()
    assert "flat watermark" in page
    assert mine.client("coordinator").post(way["recall"], {"reason": ""}).status_code == 422
    assert mine.client("coordinator").post(way["recall"], {"reason": "It was a misprint."}).status_code == 302
    assert theirs.client("counter").get(way["show"]).status_code == 404
    assert mine.client("counter").get(way["show"]).status_code == 200


@pytest.mark.parametrize("role", ["examiner", "coordinator"])
def test_nobody_approves_their_own(mine, begun, role):
    """Who proposed an alert cannot approve it, not even a coordinator to the whole community."""
    officer = getattr(mine, role)
    alert = begun(officer)
    way, client = ways(alert), mine.client(role)
    client.post(way["release"], TO_ALL)
    with viewing(officer.pk):
        number = waiting(alert).pk
    assert client.post(way["approve"], {"release": number}).status_code == 403
    assert state_of(alert, officer) == State.PROPOSED


@pytest.mark.parametrize("role", ["counter", "analyst", "administrator"])
def test_only_releasers_approve(mine, begun, role):
    """A counter officer, an analyst or an administrator is no second person."""
    alert = begun(mine.examiner)
    way = ways(alert)
    mine.client("examiner").post(way["release"], TO_ALL)
    with viewing(mine.examiner.pk):
        number = waiting(alert).pk
    assert mine.client(role).post(way["approve"], {"release": number}).status_code == 403
    assert state_of(alert, mine.examiner) == State.PROPOSED


def test_a_counter_officer_suggests(mine, begun):
    """A counter officer begins a draft and cannot propose it; an examiner takes it over."""
    alert = begun(mine.counter)
    way = ways(alert)
    assert mine.client("counter").post(way["release"], TO_ALL).status_code == 403
    assert mine.client("examiner").get(reverse("alerts:edit", args=[alert.reference])).status_code == 200
    assert mine.client("examiner").post(way["release"], TO_ALL).status_code == 302
    assert state_of(alert, mine.counter) == State.PROPOSED


def test_strangers_and_administrators_write_none(mine, theirs, begun, make):
    """An administrator, a machine and another agency neither begin nor change nor release an alert."""
    alert = begun(mine.analyst)
    machine = make.officer(mine.agency, "write", "read3", is_machine=True)
    for officer in (mine.administrator, machine):
        with viewing(officer.pk), pytest.raises(Refused):
            drafting.begin(officer)
    stranger = theirs.client("coordinator")
    for way in (ways(alert)[name] for name in ("edit", "release", "recall")):
        assert stranger.get(way).status_code == 404
        assert stranger.post(way).status_code == 404
    with viewing(machine.pk), pytest.raises(Refused):
        releasing.propose(alert, machine, community(mine.agency))


def test_a_machine_does_not_approve(mine, begun, make):
    """A token with every role, in an agency whose machines may release reports, is no second person."""
    mine.agency.machine_release = True
    machine = make.officer(mine.agency, "write", "read3", is_machine=True)
    alert = begun(mine.analyst)
    with viewing(mine.analyst.pk):
        made = releasing.propose(alert, mine.analyst, community(mine.agency))
    with viewing(machine.pk), pytest.raises(Refused):
        releasing.approve(alert, made, machine)


def test_the_database_asks_for_two(mine, begun):
    """Raw SQL of the proposer cannot approve, nor give the alert an audience, nor change what waits."""
    alert = begun(mine.coordinator)
    with viewing(mine.coordinator.pk):
        made = releasing.propose(alert, mine.coordinator, community(mine.agency))
        with pytest.raises(DatabaseError, match="Two people"), transaction.atomic():
            Release.objects.filter(pk=made.pk).update(decision=Decision.APPROVED, decided_by=mine.coordinator)
        with pytest.raises(DatabaseError, match="Nobody released"), transaction.atomic():
            Alert.objects.filter(pk=alert.pk).update(audience=made.audience, state=State.RELEASED)
        with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
            Alert.objects.filter(pk=alert.pk).update(title="Something else")


def test_what_is_out_does_not_change(mine, released):
    """The text of a released alert stays as two people agreed on it, by the code and by the database."""
    alert = released(mine)
    with viewing(mine.analyst.pk):
        with pytest.raises(Refused):
            drafting.change(alert, mine.analyst, {"title": "Something else"})
        with pytest.raises(Refused):
            drafting.set_points(alert, mine.analyst, [])
        for column in ("title", "action", "points", "valid_until", "urgency"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE alerts_alert SET {column} = {column}, summary = summary || 'x'")


def test_an_alert_replaces_only_its_own_agencys(mine, theirs, released, begun):
    """No agency says of another's alert that it was replaced, by the code and by the database."""
    foreign = released(theirs)
    alert = begun(mine.analyst)
    with viewing(mine.analyst.pk):
        with pytest.raises(Invalid):
            drafting.change(alert, mine.analyst, {"supersedes": foreign.reference})
        with pytest.raises(DatabaseError, match="its own agency"), transaction.atomic():
            Alert.objects.filter(pk=alert.pk).update(supersedes=foreign)


def test_names_of_linked_reports_are_found_by_who_sees_them(mine, make, begun):
    """An analyst sees no names, so the coordinator's approval holds the texts against them, and fails."""
    from limen.node.alerts import linking

    report = make.report(mine.examiner, surname="Eriksson", number="L898902C3")
    alert = begun(mine.analyst, summary="Carried by Eriksson.")
    with viewing(mine.analyst.pk):
        linking.add(alert, mine.analyst, report)
        made = releasing.propose(alert, mine.analyst, community(mine.agency))
    with viewing(mine.coordinator.pk), pytest.raises(Invalid, match="name"):
        releasing.approve(alert, made, mine.coordinator)
    assert state_of(alert, mine.analyst) == State.PROPOSED


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": ""}, "title"),
        ({"points": []}, "point"),
        ({"issuers": [], "methods": [], "fraud_class": ""}, "about"),
        ({"valid_until": "2020-01-01"}, "ends before"),
        ({"valid_until": "2099-01-01"}, "at most a year"),
        ({"action": "Refuse entry."}, "Refuse"),
        ({"action": "It is not genuine."}, "genuine"),
        ({"summary": "P<UTOERIKSSON<<ANNA<MARIA<<<<<<"}, "machine readable zone"),
    ],
)
def test_what_keeps_it_from_release(mine, begun, values, said):
    """What is missing, holds too long, decides for the officer or tells of a person is named and not released."""
    alert = begun(mine.analyst, **values)
    with viewing(mine.analyst.pk):
        assert any(said in sentence for sentence in release.missing(alert))
        with pytest.raises(Invalid):
            releasing.propose(alert, mine.analyst, community(mine.agency))


def test_it_is_kept_from_the_end_of_its_validity(mine, released):
    """Retention counts from the last day that an alert holds."""
    alert = released(mine)
    kept, ends = alert.retain_until, alert.valid_until
    assert (kept.year - ends.year) * 12 + kept.month - ends.month == mine.agency.retention_months
