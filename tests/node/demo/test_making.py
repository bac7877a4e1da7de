"""What officers made of the reports: alerts, case studies, practice; all by the functions that pages call."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from limen.node.alerts.models import Acknowledgement, Alert, Feedback
from limen.node.alerts.reading import Standing, standing
from limen.node.alerts.subscriptions.models import Subscription
from limen.node.casebook.finding import Search
from limen.node.casebook.models import CaseStudy, Question
from limen.node.casebook.practice.scenes import scenes_of
from limen.node.demo import lessons, making, picturing, tasks
from limen.node.demo.acting import acting, officer_at
from limen.node.exhibits.models import Exhibit
from limen.node.exhibits.showing import pictures
from limen.node.sharing import policy
from limen.node.sharing.models import Decision, Release
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db


def _jobs() -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [tasks.tell.name])
        return [row[0] if isinstance(row[0], dict) else json.loads(row[0]) for row in cursor.fetchall()]


@pytest.fixture
def told(filled, monkeypatch) -> None:
    """All of it told, as the worker would, with smaller pictures."""
    monkeypatch.setattr(picturing, "PPI", 130.0)
    for job in _jobs():
        making.tell(job["part"], job["report"])


def test_the_worker_tells_every_part():
    """Each part that is put off can be told, in the same order."""
    assert list(tasks.PARTS) == list(making._PARTS)
    assert set(lessons.SMALLER) < set(tasks.PARTS)


def test_all_of_it(told, keeping):
    """One long test, since drawing takes its time: each record is there, released by two, and seen elsewhere."""
    alerts = list(Alert.objects.order_by("pk"))
    with acting("coordinator@thailand"):
        standings = [(alert.owner.code, standing(alert)) for alert in alerts]
    assert standings == [
        ("demo-thailand", Standing.REPLACED),
        ("demo-thailand", Standing.IN_FORCE),
        ("demo-vietnam", Standing.IN_FORCE),
        ("demo-srilanka", Standing.LAPSED),
        ("demo-thailand", Standing.PROPOSED),
    ]
    _two_people_released(alerts[:4])
    _urgent_alert(alerts[1])
    assert Acknowledgement.objects.filter(alert=alerts[2]).count() >= 4
    assert Subscription.objects.count() == len(making.SUBSCRIBED)
    cases = list(CaseStudy.objects.order_by("pk"))
    assert {case.state for case in cases} == {"released"}
    assert [case.title for case in cases[:2]] == [lessons.OUTBREAK.fields["title"], lessons.LABEL.fields["title"]]
    assert {case.language for case in cases} == {"en", "th", "vi"}
    _two_people_released(cases)
    _pictures(alerts, cases)
    _practice()
    before = [table.objects.count() for table in (Alert, CaseStudy, Exhibit, Question)]
    for job in _jobs():
        making.tell(job["part"], job["report"])
    assert [table.objects.count() for table in (Alert, CaseStudy, Exhibit, Question)] == before


def _two_people_released(records) -> None:
    for record in records:
        release = Release.objects.get(kind=record._meta.app_label, record=record.pk)
        assert release.decision == Decision.APPROVED
        assert record._meta.app_label != "alerts" or release.proposed_by_id != release.decided_by_id


def _urgent_alert(alert: Alert) -> None:
    """The alert on the passport was read, answered from two countries, and shows where to look."""
    assert alert.urgency == 3
    agencies = set(Acknowledgement.objects.filter(alert=alert).values_list("agency__code", flat=True))
    assert agencies >= {"demo-malaysia", "demo-srilanka", "demo-australia", "demo-thailand"}
    seen = Feedback.objects.filter(alert=alert, verdict="seen").values_list("agency__code", flat=True)
    assert set(seen) == {"demo-malaysia", "demo-srilanka"}
    with acting("counter@singapore"):
        uids = {str(picture.exhibit.uid): len(picture.regions) for picture in pictures(alert)}
    for point in alert.points:
        uid, _hash, number = point["picture"].partition("#")
        assert 1 <= int(number) <= uids[uid]


def _pictures(alerts, cases) -> None:
    """Every picture is masked and confirmed, has a reference of the same size, and its file exists."""
    assert {"alerts", "assistance", "casebook"} == set(Exhibit.objects.values_list("kind", flat=True))
    for exhibit in Exhibit.objects.select_related("compared_with"):
        assert exhibit.masks_confirmed
        assert exhibit.masked.storage.exists(exhibit.masked.name)
        if exhibit.kind == "assistance":  # taken from a report as they are, with nothing beside them
            assert exhibit.source_image
            continue
        assert exhibit.caption
        if not exhibit.is_reference:
            other = exhibit.compared_with
            assert other.is_reference
            assert (other.width, other.height, other.light) == (exhibit.width, exhibit.height, exhibit.light)
    with acting("counter@cambodia"):
        for record in (alerts[1], alerts[2], *cases):
            assert pictures(record), record


def _practice() -> None:
    """An officer elsewhere finds at least eight case studies to practise with; one has practised."""
    with viewing(officer_at("counter@cambodia").pk):
        scenes = scenes_of(Search().rows())
        assert len(scenes) >= 8
        assert all(any(scene.two_sided for scene in each) for each in scenes.values())
        assert not Question.objects.filter(officer=officer_at("counter@cambodia"), answered_at__isnull=False).exists()
    answered = Question.objects.filter(officer=officer_at("counter@thailand"), answered_at__isnull=False)
    assert answered.count() == 7
    assert {question.is_good for question in answered} == {True, False}
    assert policy.visible(CaseStudy.objects.all()).model is CaseStudy
