"""Requests under agreements, in races, and at the end of their time."""

import datetime
import threading

import pytest
from django.db import connection, connections

from limen.node.agreements import acting as agreeing
from limen.node.agreements.acting import Tells
from limen.node.assistance import acting, reading, retention
from limen.node.assistance.models import Message, Request, Stage
from limen.node.exhibits.models import Exhibit
from limen.node.sharing import releasing, rules
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid, Refused


def agree(people, *others):
    """An agreement by which A tells others of requests, in force."""
    first = people.a.coordinator
    with viewing(first.pk):
        edition = agreeing.draw_up(first, "Memorandum on examinations")
        agreeing.write(edition, first, {"begins_on": "2026-01-01", "purposes": ["examination"], "onward": "no"})
        agreeing.set_parties(edition, first, [("a", "", ""), *((each.agency.code, "", "") for each in others)])
        kinds = frozenset({"assistance"})
        told = [Tells(people.a.agency.pk, each.agency.pk, kinds, FieldClass.STATISTICAL) for each in others]
        agreeing.set_clauses(edition, first, told)
        agreeing.propose(edition, first)
    for side in (people.a, *others):
        for officer in (side.coordinator, side.examiner):
            with viewing(officer.pk):
                agreeing.consent(edition, officer)
    return edition.agreement


def under(people, agreement):
    """The audience of an agreement."""
    return rules.Audience(
        people.a.agency.pk, Marking.AMBER_STRICT, agreements=frozenset({agreement.pk}), kind="assistance"
    )


def sees(officer, request):
    """Whether the officer sees the request, and whether its pictures."""
    with viewing(officer.pk):
        return (
            Request.objects.filter(pk=request.pk).exists(),
            Exhibit.objects.filter(kind="assistance", record=request.pk).exists(),
        )


@pytest.mark.django_db
def test_under_an_agreement_the_asked_party_alone_sees(people, draft, keeping):
    """Of three parties the third sees neither the request nor its pictures, by raw SQL either; a halt takes it back."""
    agreement = agree(people, people.b, people.c)
    request = draft()
    counter = people.a.counter
    known = {"kind": "assistance", "width": 10, "height": 10, "masks_confirmed": True, "masked": "x"}
    with viewing(counter.pk):
        Exhibit.objects.create(record=request.pk, owner=people.a.agency, **known)
        acting.write(request, counter, {"overruled": "A traveller waits."})
        releasing.propose(request, counter, under(people, agreement))
    assert sees(people.b.examiner, request) == (True, True)
    assert sees(people.c.examiner, request) == sees(people.c.coordinator, request) == (False, False)
    with viewing(people.b.coordinator.pk):
        agreeing.halt(agreement, people.b.coordinator, "To be looked into")
    assert sees(people.b.examiner, request) == (False, False)


@pytest.mark.django_db
def test_an_agreement_that_does_not_tell_the_asked_agency_is_refused(people, draft):
    """A clause for others does not reach the asked agency."""
    agreement = agree(people, people.c)
    request = draft()
    with viewing(people.a.counter.pk), pytest.raises(Invalid, match="tells the asked agency of no requests"):
        releasing.propose(request, people.a.counter, under(people, agreement))


@pytest.mark.django_db
def test_retention_deletes_with_all_that_was_said(people, draft, send, log, keeping):
    """A request past its time goes with parts and messages, and the log says so."""
    request = send(draft(number="X1234567"), classes=FieldClass.STATISTICAL | FieldClass.DOCUMENT)
    with viewing(people.a.counter.pk):
        acting.say(request, people.a.counter, "Please look.")
    with keeping():
        assert retention.delete_expired(request.retain_until) == 0
        assert retention.delete_expired(request.retain_until + datetime.timedelta(days=1)) == 1
        assert not Request.objects.exists()
        assert not Message.objects.exists()
    assert [subject for subject, _details in log("assistance.deleted")] == [f"request:{request.reference}"]


@pytest.mark.django_db
def test_only_what_was_never_sent_is_discarded(people, draft, send):
    """A draft goes; what was recalled stays until its time is over, and asks no other agency."""
    counter = people.a.counter
    request = send(draft())
    with viewing(counter.pk):
        acting.discard(draft(), counter)
        releasing.recall(request, counter, "Mistaken")
        with pytest.raises(Refused):
            acting.discard(request, counter)
        with pytest.raises(Refused):
            acting.write(request, counter, {"asked": "c"})
        other = acting.again(request, counter)
    assert (other.question, other.asked) == (request.question, None)
    with viewing(counter.pk):
        assert reading.in_sight().count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_one_has_it(people, draft, send):
    """Two examiners take the same request at once: exactly one succeeds, and the other is told."""
    request = send(draft())
    ready, outcomes = threading.Barrier(2), []

    def take(officer):
        try:
            with viewing(officer.pk):
                ready.wait(10)
                acting.take(request, officer)
                outcomes.append(officer.pk)
        except Refused:
            outcomes.append(None)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=take, args=(each,)) for each in (people.b.examiner, people.b.second)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    with viewing(people.b.examiner.pk):
        found = reading.find(request.reference)
    assert found.stage == Stage.TAKEN
    assert sorted(outcomes, key=str) == sorted([found.taken_by_id, None], key=str)
    assert connection.vendor == "postgresql"


@pytest.mark.django_db(transaction=True)
def test_a_recall_and_a_message_at_once(people, draft, send):
    """Whichever comes first: after both, the asked agency sees nothing of it."""
    request = send(draft())
    ready = threading.Barrier(2)

    def do(officer, action):
        try:
            with viewing(officer.pk):
                ready.wait(10)
                action()
        except Refused:
            pass
        finally:
            connections.close_all()

    examiner, counter = people.b.examiner, people.a.counter
    workers = [
        threading.Thread(target=do, args=(examiner, lambda: acting.say(request, examiner, "A word."))),
        threading.Thread(target=do, args=(counter, lambda: releasing.recall(request, counter, "Mistaken"))),
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    with viewing(examiner.pk):
        assert not Request.objects.exists()
        assert not Message.objects.exists()
    with viewing(counter.pk):
        assert reading.find(request.reference).state == "recalled"
