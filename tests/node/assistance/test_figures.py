"""Turnaround, load and how far opinions held: of the own agency alone, without the time in which the clock stood."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from limen.node.assistance import acting, answering, figures
from limen.node.assistance.answers import Answer
from limen.node.assistance.models import Request, Stage
from limen.node.assistance.views.figures import span
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
SAID = {"findings": "The laminate was lifted.", "methods": ["reference"]}


@pytest.fixture
def answered(draft, send, people, keeping):
    """A request that was answered after hours: `answered(3, "soon", issuer="THA", portrait=-2, truth="b")`."""

    def made(hours, priority="soon", issuer="UTO", portrait=-2, truth="", stood=0):
        request, examiner = send(draft(priority=priority, issuer=issuer)), people.b.examiner
        with viewing(examiner.pk):
            acting.take(request, examiner)
            answering.answer(request, examiner, SAID | {"conclusions": {"portrait": (portrait, "")}})
            request.refresh_from_db()
        if truth:
            with viewing(people.a.counter.pk):
                answering.feed_back(request, people.a.counter, {"truths": {"portrait": truth}})
        with keeping():
            sent = timezone.now() - (hours + stood) * HOUR
            due = sent + _span(request) + stood * HOUR
            Request.objects.filter(pk=request.pk).update(sent_at=sent, taken_at=sent + hours * HOUR / 2, due_at=due)
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE assistance_answer a SET took = assistance_took(r, now()) FROM assistance_request r"
                    " WHERE r.id = a.request_id AND r.id = %s",
                    [request.pk],
                )
        return request

    return made


def _span(request):
    return {"urgent": 4 * HOUR, "soon": 48 * HOUR, "routine": 240 * HOUR}[request.priority]


def side(officer, which="asked"):
    """The figures as an officer sees them."""
    with viewing(officer.pk):
        return figures.side(officer, which, 90)


def test_medians_and_shares(answered, people):
    """Half and nine of ten are computed over what was answered; in time is what was answered within its clock."""
    for hours in (1, 2, 3, 60, 100):
        answered(hours)
    found = side(people.b.examiner)
    assert (found.whole.asked, found.whole.answered, found.whole.in_time) == (5, 5, 3)
    median, ninth = found.whole.took
    assert abs(median - 3 * HOUR) < datetime.timedelta(minutes=1)
    assert abs(ninth - 84 * HOUR) < datetime.timedelta(minutes=1)
    assert abs(found.whole.taken[0] - 1.5 * HOUR) < datetime.timedelta(minutes=1)


def test_the_clock_stands_while_asked_back(answered, people):
    """Hours in which the asker was asked back are no hours of the examiner's."""
    answered(3, "urgent", stood=20)
    found = side(people.b.examiner)
    assert abs(found.whole.took[0] - 3 * HOUR) < datetime.timedelta(minutes=1)
    assert found.whole.in_time == 1


def test_the_database_measures_what_an_answer_took(draft, send, people, keeping):
    """A request sent three hours ago and asked back since one hour took two."""
    request, examiner = send(draft(priority="urgent")), people.b.examiner
    with viewing(examiner.pk):
        acting.take(request, examiner)
        acting.say(request, examiner, "Is there a picture in ultraviolet?", asks=True)
    with keeping():
        now = timezone.now()
        Request.objects.filter(pk=request.pk).update(
            sent_at=now - 3 * HOUR, due_at=now + HOUR, stopped_at=now - HOUR
        )  # fmt: skip
    with viewing(examiner.pk):
        answering.answer(request, examiner, SAID | {"conclusions": {"portrait": (1, "")}})
        took = Answer.objects.get().took
    assert abs(took - 2 * HOUR) < datetime.timedelta(minutes=1)


def test_by_priority_and_issuer(answered, people):
    """Each priority and issuer is counted by itself."""
    answered(1, "urgent", "UTO")
    answered(1, "soon", "UTO")
    answered(1, "soon", "THA")
    found = side(people.b.examiner)
    assert [(each.asked, each.answered) for each in found.by_priority] == [(1, 1), (2, 2)]
    assert [each.asked for each in found.by_issuer] == [2, 1]


def test_how_far_opinions_held(answered, people):
    """For each degree: how often it was given, is known, and held. A supplement takes the place of what it corrects."""
    answered(1, truth="b")
    answered(1, truth="b")
    answered(1, truth="a")
    answered(1)
    answered(1, portrait=2, truth="a")
    corrected = answered(1, portrait=2, truth="b")
    with viewing(people.b.examiner.pk):
        answering.answer(corrected, people.b.examiner, SAID | {"conclusions": {"portrait": (0, "")}})
    for officer, which in ((people.b.examiner, "asked"), (people.a.analyst, "asking")):
        held = {each.degree: (each.given, each.known, each.confirmed) for each in side(officer, which).held}
        assert held == {2: (1, 1, 1), 0: (1, 1, None), -2: (4, 3, 2)}


def test_the_last_outcome_counts(answered, people):
    """What is told later takes the place of what was told before."""
    request = answered(1, truth="a")
    with viewing(people.a.counter.pk):
        answering.feed_back(request, people.a.counter, {"truths": {"portrait": "b"}})
    (held,) = side(people.b.examiner).held
    assert (held.known, held.a, held.b) == (1, 0, 1)


def test_nobody_learns_of_others_traffic(answered, people, enter):
    """A third agency counts nothing, and each side only what it was asked, or asked."""
    answered(1, truth="b")
    for which in ("asked", "asking"):
        found = side(people.c.coordinator, which)
        assert (found.whole.asked, found.by_priority, found.by_issuer, found.held) == (0, [], [], [])
    assert side(people.b.examiner, "asking").whole.asked == 0
    assert side(people.a.examiner, "asked").whole.asked == 0
    assert b"No request in this time." in enter(people.c.coordinator).get("/assistance/figures/").content
    assert enter(people.b.counter).get("/assistance/figures/").status_code == 403


def test_load_is_of_the_own_examiners(draft, send, people, enter):
    """What waits at whom, and at nobody yet; a closed or answered request waits no more."""
    send(draft())
    with viewing(people.b.examiner.pk):
        acting.take(send(draft()), people.b.examiner)
        acting.take(asked := send(draft()), people.b.examiner)
        acting.say(asked, people.b.examiner, "Is there more light?", asks=True)
    with viewing(people.b.coordinator.pk):
        load = {each.name: (each.waiting, each.asked_back, each.overdue) for each in figures.load(people.b.coordinator)}
    assert load == {people.b.examiner.name: (2, 1, 0), "": (1, 0, 0)}
    with viewing(people.a.coordinator.pk):
        assert figures.load(people.a.coordinator) == []
        acting.close(asked, people.a.counter)
    with viewing(people.b.coordinator.pk):
        assert sum(each.waiting for each in figures.load(people.b.coordinator)) == 2
        assert Request.objects.get(pk=asked.pk).stage == Stage.CLOSED
    assert people.b.examiner.name in enter(people.b.coordinator).get("/assistance/figures/?days=30").content.decode()


@pytest.mark.parametrize(("minutes", "words"), [
    (0, "0 min"), (59, "59 min"), (60, "1 h 0 min"), (1440, "1 day"), (3000, "2 days 2 h")])  # fmt: skip
def test_spans_in_words(minutes, words):
    """A length of time is said by its two largest units."""
    assert span(datetime.timedelta(minutes=minutes)) == words
