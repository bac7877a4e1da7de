"""Writing an alert through its pages: begun from nothing or a report, saved as it is typed, kept for its time."""

import datetime

import pytest
from django.urls import reverse

from limen.node.alerts import linking
from limen.node.alerts.models import Acknowledgement, Alert, Feedback, Link
from limen.node.alerts.retention import delete_expired
from limen.node.sharing.models import Release
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db


def way(name, alert):
    return reverse(f"alerts:{name}", args=[alert.reference])


def stored(service, alert):
    with viewing(service.analyst.pk):
        return Alert.objects.get(pk=alert.pk)


def test_begun_from_a_report(mine, theirs, make):
    """Codes of the report are taken over and it is linked; its texts are not; a report that is not seen is absent."""
    report = make.report(mine.examiner, summary="Bought from a friend.", method="photo_substitution", place="THBKK")
    client = mine.client("analyst")
    page = client.get(reverse("alerts:new"), {"report": report.reference}).content.decode()
    assert report.reference in page
    answer = client.post(reverse("alerts:new"), {"report": report.reference})
    with viewing(mine.analyst.pk):
        alert = Alert.objects.get()
        assert (alert.issuers, alert.methods, alert.places) == (["UTO"], ["photo_substitution"], ["THBKK"])
        assert alert.summary == alert.title == ""
        assert linking.linked(alert) == [report]
    assert answer.url == way("edit", alert)
    assert theirs.client("analyst").get(reverse("alerts:new"), {"report": report.reference}).status_code == 404
    assert "Draft an alert" in client.get(reverse("reports:show", args=[report.reference])).content.decode()


def test_saved_field_by_field(mine, begun):
    """What is right is stored, what is wrong is told beside its field, and nothing else changes."""
    alert, client = begun(mine.analyst), mine.client("analyst")
    answer = client.post(way("field", alert), {"title": "Another", "issuers": "UTO,Thailand", "model_year": "soon"})
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["model_year"]
    now = stored(mine, alert)
    assert (now.title, now.issuers, now.model_year) == ("Another", ["UTO", "THA"], None)
    assert client.post(way("field", alert), {"urgency": "9"}).status_code == 422
    assert client.post(way("field", alert), {"supersedes": "A26-2222-2222"}).status_code == 422


def test_saved_as_a_whole(mine, begun):
    """Without scripts the form is sent whole, points too; buttons add, move and remove a point."""
    alert, client = begun(mine.analyst), mine.client("analyst")
    rows = {"point-0-look": "First", "point-1-look": "Second", "point-1-light": "uv", "point-sent": "1"}
    assert client.post(way("edit", alert), rows | {"title": "Whole"}).status_code == 302
    assert [point["look"] for point in stored(mine, alert).points] == ["First", "Second"]
    client.post(way("edit", alert), rows | {"point-up": "1"})
    assert [point["look"] for point in stored(mine, alert).points] == ["Second", "First"]
    client.post(way("edit", alert), rows | {"point-remove": "0"})
    assert [point["look"] for point in stored(mine, alert).points] == ["Second"]
    assert "?more=1" in client.post(way("edit", alert), rows | {"point-add": "1"}).url
    assert client.post(way("edit", alert), rows | {"release": "1"}).url == way("release", alert)


@pytest.mark.parametrize(
    "row",
    [
        {"point-0-right": "but where?"},
        {"point-0-look": "x" * 161},
        {"point-0-look": "x", "point-0-light": "no such light"},
        {"point-0-look": "x", "point-0-picture": "../../etc"},
        {f"point-{number}-look": "x" for number in range(9)},
    ],
)
def test_points_that_are_not_understood(mine, begun, row):
    """A point without a place to look, too long, in no light or in too many is told, and nothing is stored."""
    alert = begun(mine.analyst)
    answer = mine.client("analyst").post(way("points", alert), row | {"point-sent": "1"})
    assert answer.status_code == 422
    assert stored(mine, alert).points == alert.points


def test_linked_and_taken_off(mine, theirs, make, begun):
    """An officer links what they see; what they do not see is refused as what is not there."""
    alert, client = begun(mine.analyst), mine.client("analyst")
    own, hidden = make.report(mine.examiner), make.report(theirs.examiner)
    assert client.post(way("link", alert), {"report": own.reference.lower()}).status_code == 302
    assert client.post(way("link", alert), {"report": hidden.reference}).status_code == 422
    with viewing(mine.analyst.pk):
        assert linking.linked(alert) == [own]
    client.post(way("link", alert), {"remove": own.reference})
    with viewing(mine.analyst.pk):
        assert Link.objects.count() == 0


def test_every_step_is_in_the_log(mine, released, keeping):
    """Beginning, proposing, releasing and acknowledging an alert are recorded."""
    from limen.node.audit.models import Entry

    alert = released(mine)
    mine.client("counter").post(way("acknowledge", alert))
    mine.client("counter").post(way("answer", alert), {"verdict": "useful"})
    with keeping():
        actions = set(Entry.objects.filter(subject=f"alert:{alert.reference}").values_list("action", flat=True))
    assert actions >= {"alert.begun", "alerts.proposed", "alerts.released", "alert.acknowledged", "alert.answered"}


def test_deleted_when_its_time_is_over(mine, theirs, make, released, keeping):
    """An alert goes with all that hangs on it on the day after its last, and not on it; what replaced it stays."""
    alert = released(mine)
    other = released(mine, supersedes=alert.reference)
    report = make.report(mine.examiner)
    with viewing(mine.analyst.pk):
        linking.add(alert, mine.analyst, report)
    theirs.client("counter").post(way("acknowledge", alert))
    theirs.client("counter").post(way("answer", alert), {"verdict": "useful"})
    with keeping():
        Alert.objects.filter(pk=other.pk).update(retain_until=datetime.date(2100, 1, 1))
        assert delete_expired(alert.retain_until) == 0
        assert delete_expired(alert.retain_until + datetime.timedelta(days=1)) == 1
        assert list(Alert.objects.values_list("pk", "supersedes")) == [(other.pk, None)]
        assert [model.objects.count() for model in (Link, Acknowledgement, Feedback)] == [0, 0, 0]
        assert not Release.objects.filter(kind="alerts", record=alert.pk).exists()


def test_a_report_goes_though_a_hidden_alert_names_it(mine, theirs, released, make):
    """A draft of a sighting can be discarded after the alert that it belongs to was recalled."""
    from limen.node.reports import drafting as reports
    from limen.node.reports.models import Report
    from limen.node.sharing import releasing

    alert = released(mine)
    theirs.client("counter").post(way("sighting", alert))
    with viewing(mine.coordinator.pk):
        releasing.recall(alert, mine.coordinator, "A misprint.")
    with viewing(theirs.counter.pk):
        reports.discard(Report.objects.get(), theirs.counter)
        assert Report.objects.count() == 0
