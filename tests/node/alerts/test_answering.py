"""Acknowledgements and feedback: given once and in one's own name, told to whom they concern and to nobody else."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from limen.node.alerts import acknowledging, linking, matching, reading, recalling
from limen.node.alerts.models import Acknowledgement, Feedback, Link, Verdict
from limen.node.notices.subjects import still_open_to
from limen.node.reports.models import Report
from limen.node.sharing import releasing
from limen.node.sharing.viewer import viewing

from .conftest import community

pytestmark = pytest.mark.django_db


def post(service, role, name, alert, **values):
    return service.client(role).post(reverse(f"alerts:{name}", args=[alert.reference]), values)


def seen(service, role, alert):
    return service.client(role).get(reverse("alerts:show", args=[alert.reference])).content.decode()


def test_acknowledged_once(mine, theirs, released):
    """Acknowledging twice is acknowledging once; the button goes, and the alert waits for the officer no more."""
    alert = released(mine)
    with viewing(theirs.counter.pk):
        assert [each.pk for each in reading.waiting(theirs.counter)] == [alert.pk]
    assert "Read and understood" in seen(theirs, "counter", alert)
    for _again in range(2):
        assert post(theirs, "counter", "acknowledge", alert).status_code == 302
    assert "Read and understood" not in seen(theirs, "counter", alert)
    with viewing(theirs.counter.pk):
        assert Acknowledgement.objects.count() == 1
        assert reading.waiting(theirs.counter) == []
    assert "Read and understood" in seen(theirs, "examiner", alert)


def test_the_owner_reads_counts_and_no_names(mine, theirs, released):
    """The owner learns that one of six officers has; who, only a coordinator of that officer's agency."""
    alert = released(mine)
    post(theirs, "counter", "acknowledge", alert)
    post(mine, "examiner", "acknowledge", alert)
    with viewing(mine.coordinator.pk):
        counted = {each.agency.pk: (each.acknowledged, each.officers) for each in acknowledging.by_agency(alert)}
        assert counted == {mine.agency.pk: (1, 6), theirs.agency.pk: (1, 6)}
        assert [each.officer for each in acknowledging.names(alert, mine.coordinator)] == [mine.examiner]
    page = seen(mine, "coordinator", alert)
    assert theirs.counter.name not in page
    assert mine.examiner.name in page
    assert mine.examiner.name not in seen(mine, "analyst", alert)
    with viewing(theirs.coordinator.pk):
        assert [each.officer for each in acknowledging.names(alert, theirs.coordinator)] == [theirs.counter]


def test_others_read_no_counts(mine, theirs, released):
    """Nobody beyond the owner counts acknowledgements, past the code neither."""
    alert = released(mine)
    post(mine, "counter", "acknowledge", alert)
    with viewing(theirs.coordinator.pk):
        assert acknowledging.by_agency(alert) == []
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM alerts_acknowledged(%s)", [alert.pk])
            assert cursor.fetchall() == []
        assert Acknowledgement.objects.count() == 0
    assert "title-shares" not in seen(theirs, "coordinator", alert)


def test_a_new_edition_is_acknowledged_anew(mine, theirs, released):
    """After a recall the officer reads that it was recalled; released again, it waits for them again."""
    alert = released(mine)
    post(theirs, "counter", "acknowledge", alert)
    with viewing(mine.coordinator.pk):
        releasing.recall(alert, mine.coordinator, "A misprint.")
    listing = theirs.client("counter").get(reverse("alerts:list")).content.decode()
    assert alert.reference in listing
    assert alert.title not in listing
    assert alert.reference not in theirs.client("examiner").get(reverse("alerts:list")).content.decode()
    with viewing(mine.analyst.pk):
        made = releasing.propose(alert, mine.analyst, community(mine.agency))
    with viewing(mine.coordinator.pk):
        releasing.approve(alert, made, mine.coordinator)
    with viewing(theirs.counter.pk):
        assert [each.pk for each in reading.waiting(theirs.counter)] == [alert.pk]
        assert acknowledging.recalled_since(theirs.counter) == []


def test_nobody_acknowledges_for_another(mine, theirs, released, begun):
    """In another's name, of a draft, or changed afterwards: the database refuses."""
    alert, draft = released(mine), begun(mine.analyst)
    with viewing(theirs.counter.pk):
        for officer, agency in ((theirs.examiner, theirs.agency), (theirs.counter, mine.agency)):
            with pytest.raises(DatabaseError), transaction.atomic():
                Acknowledgement.objects.create(alert=alert, officer=officer, agency=agency)
        Acknowledgement.objects.create(alert=alert, officer=theirs.counter, agency=theirs.agency)
        assert Acknowledgement.objects.update(recalled_at=None) == 0
        assert Acknowledgement.objects.all()._raw_delete("default") == 0
    with viewing(mine.analyst.pk), pytest.raises(DatabaseError), transaction.atomic():
        Acknowledgement.objects.create(alert=draft, officer=mine.analyst, agency=mine.agency)


def test_feedback_is_the_owners_and_the_givers(mine, theirs, make, released):
    """What one agency answers is read by it and by the owner, and by no third."""
    from .conftest import Service

    third = Service(make)
    alert = released(mine)
    answer = {"verdict": "seen", "count": "3", "on": "2026-11-01", "place": "THBKK", "comment": "All on one flight."}
    assert post(theirs, "counter", "answer", alert, **answer).status_code == 302
    for service in (mine, theirs):
        page = seen(service, "analyst", alert)
        assert "All on one flight." in page
        assert "Suvarnabhumi" in page
    assert "All on one flight." not in seen(third, "coordinator", alert)
    with viewing(third.coordinator.pk):
        assert Feedback.objects.count() == 0
    with viewing(theirs.counter.pk):
        assert Feedback.objects.update(comment="x") == 0


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"verdict": "guilty"},
        {"verdict": "comment"},
        {"verdict": "seen", "count": "0"},
        {"verdict": "seen", "count": "many"},
        {"verdict": "seen", "on": "2999-01-01"},
        {"verdict": "seen", "on": "yesterday"},
        {"verdict": "seen", "place": "Nowhere at all"},
        {"verdict": "comment", "comment": "P<UTOERIKSSON<<ANNA<MARIA<<<<<<"},
        {"verdict": "useful", "comment": "x" * 1001},
    ],
)
def test_answers_that_are_not_understood(mine, released, values):
    """Nothing is kept of an answer that is not understood or tells of a person, and the page says why."""
    alert = released(mine)
    answer = post(mine, "counter", "answer", alert, **values)
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    with viewing(mine.counter.pk):
        assert Feedback.objects.count() == 0


@pytest.mark.parametrize("verdict", Verdict.values)
def test_each_answer_can_be_given(mine, released, verdict):
    """Every answer of the page is kept; what is asked of sightings is kept of sightings alone."""
    alert = released(mine)
    assert post(mine, "counter", "answer", alert, verdict=verdict, count="2", comment="So it is.").status_code == 302
    with viewing(mine.counter.pk):
        given = Feedback.objects.get()
    assert (given.verdict, given.count) == (verdict, 2 if verdict == "seen" else None)


def test_a_sighting_begins_a_report(mine, theirs, released):
    """The report knows what the alert says of the document, is linked, and is seen with the alert once released."""
    alert = released(mine)
    answer = post(theirs, "counter", "sighting", alert)
    with viewing(theirs.counter.pk):
        report = Report.objects.get()
        assert (report.issuer, report.method, report.fraud_class) == ("UTO", "whole_counterfeit", "counterfeit")
        assert report.owner_id == theirs.agency.pk
        assert [each.pk for each in linking.linked(alert)] == [report.pk]
    assert answer.url == reverse("reports:edit", args=[report.reference])
    with viewing(mine.coordinator.pk):
        assert linking.linked(alert) == []
        assert Link.objects.count() == 0
    page = theirs.client("counter").get(reverse("reports:show", args=[report.reference]))
    assert alert.reference in page.content.decode()


def test_alerts_beside_a_document(mine, theirs, released, begun):
    """A document meets alerts in force about its issuer and kind: not drafts, other issuers, kinds, or lapsed ones."""
    about = released(mine)
    released(mine, issuers=["THA"])
    released(mine, category="identity_card")
    released(mine, valid_from="2020-01-01", valid_until="2020-02-01")
    begun(mine.analyst)
    general = released(mine, issuers=[], urgency="1")
    with viewing(theirs.counter.pk):
        assert [each.pk for each in matching.of("UTO", "passport")] == [about.pk, general.pk]
        assert matching.of("", "") == []
        assert [each.pk for each in matching.of("", "passport")] == [general.pk]
        assert [each.pk for each in matching.of("UTO", "passport", country="VNM")] == []


def test_who_acknowledged_is_told_of_the_recall(mine, theirs, released, keeping, monkeypatch):
    """The worker tells those who acknowledged, and nobody else, by a notice that opens to them alone."""
    told = []
    monkeypatch.setattr(recalling, "tell", lambda officers, *about, **how: told.append((list(officers), *about)))
    alert = released(mine)
    post(theirs, "counter", "acknowledge", alert)
    with viewing(mine.coordinator.pk):
        releasing.recall(alert, mine.coordinator, "A misprint.")
    with keeping():
        recalling.tell_readers(alert.pk)
    assert told == [([theirs.counter.pk], "recall", alert.reference, f"/alerts/#recalled-{alert.reference}")]
    assert still_open_to(theirs.counter.pk, "recall", alert.reference)
    assert not still_open_to(theirs.examiner.pk, "recall", alert.reference)
