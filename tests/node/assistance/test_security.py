"""A request is seen by the two agencies alone, class by class, and each moves what is its own: raw SQL alike."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.http import Http404
from django.utils import timezone

from limen.node.assistance import acting, reading
from limen.node.assistance.models import SPANS, Message, Priority, Request, RequestBearer, RequestDocument, Stage
from limen.node.sharing import policy, releasing, rules
from limen.node.sharing.classes import ALL, FieldClass
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import Release
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid, Refused

pytestmark = pytest.mark.django_db

PRIVATE = {"number": "X1234567", "surname": "Doe"}


def counts(officer):
    """How many rows of each table the officer sees."""
    tables = ("request", "requestdocument", "requestbearer", "message")
    with viewing(officer.pk), connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM assistance_{table}")
            found.append(cursor.fetchone()[0])
    return found


def change(officer, sql, *values):
    """Run a statement as an officer; how many rows it changed."""
    with viewing(officer.pk), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def test_a_draft_is_its_own_agencys(draft, people):
    """The asked agency sees nothing of a draft; of one's own agency each role sees its classes, the author all."""
    draft(**PRIVATE)
    assert counts(people.a.counter) == [1, 1, 1, 0]
    assert counts(people.a.examiner) == [1, 1, 1, 0]
    assert counts(people.a.analyst) == [1, 1, 0, 0]
    assert counts(people.b.examiner) == counts(people.c.examiner) == [0, 0, 0, 0]


def test_what_is_sent_is_the_two_agencies(draft, send, people):
    """The asked agency sees the classes that were released, cut by role; a stranger sees nothing, whatever it knows."""
    request = send(draft(**PRIVATE), classes=FieldClass.STATISTICAL | FieldClass.DOCUMENT)
    with viewing(people.a.counter.pk):
        acting.say(request, people.a.counter, "Please look at the laminate.")
    assert counts(people.b.examiner) == [1, 1, 0, 1]
    assert counts(people.b.counter) == [1, 1, 0, 1]
    assert counts(people.c.coordinator) == [0, 0, 0, 0]
    with viewing(people.c.examiner.pk), pytest.raises(Http404):
        reading.find(request.reference)
    with viewing(None):
        assert not Request.objects.exists()


def test_a_recall_takes_everything_back(draft, send, people):
    """From the second of a recall the asked agency sees neither request nor parts nor what was said."""
    request = send(draft(**PRIVATE), classes=ALL)
    with viewing(people.b.examiner.pk):
        acting.take(request, people.b.examiner)
        acting.say(request, people.b.examiner, "Taken.")
    assert counts(people.b.examiner) == [1, 1, 1, 1]
    with viewing(people.a.counter.pk):
        releasing.recall(request, people.a.counter, "Sent by mistake")
    assert counts(people.b.examiner) == [0, 0, 0, 0]
    assert counts(people.a.counter) == [1, 1, 1, 1]


def test_a_third_agency_is_not_named(draft, send, people):
    """An audience of another agency than the asked one is refused, by the pages' rule and by the database."""
    request = draft()
    with pytest.raises(Invalid):
        send(request, agency=people.c.agency)
    with viewing(people.a.counter.pk):
        stray = rules.Audience(people.a.agency.pk, Marking.AMBER, agencies=frozenset({people.c.agency.pk}))
        audience = policy.intern(stray)
        known = {"kind": "assistance", "record": request.pk, "owner": people.a.agency, "audience_id": audience}
        now = {"decision": "approved", "decided_by": people.a.counter, "decided_at": timezone.now()}
        Release.objects.create(**known, proposed_by=people.a.counter, **now)
        with pytest.raises(ProgrammingError, match="for the agency that is asked"), transaction.atomic():
            Request.objects.filter(pk=request.pk).update(audience_id=audience)


def test_stage_and_clock_move_by_their_own_side(draft, send, people):
    """Raw SQL takes only for oneself, from open, as an examiner; it answers nothing for others and sets no clock."""
    request = send(draft())
    take = "UPDATE assistance_request SET stage = 'taken', taken_by_id = %s WHERE id = %s"
    assert change(people.b.counter, take, people.b.counter.pk, request.pk) == 0
    assert change(people.c.examiner, take, people.c.examiner.pk, request.pk) == 0
    for officer, sql, *values in (
        (people.b.examiner, take, people.b.second.pk),
        (people.a.examiner, take, people.a.examiner.pk),
        (people.b.examiner, "UPDATE assistance_request SET stage = %s WHERE id = %s", "answered"),
        (people.b.examiner, "UPDATE assistance_request SET question = %s WHERE id = %s", "Another"),
        (people.a.examiner, "UPDATE assistance_request SET question = %s WHERE id = %s", "Another"),
        (people.a.examiner, "UPDATE assistance_request SET asked_id = %s WHERE id = %s", people.c.agency.pk),
    ):
        with pytest.raises(ProgrammingError):
            change(officer, sql, *values, request.pk)
    assert change(people.b.examiner, take, people.b.examiner.pk, request.pk) == 1
    with pytest.raises(ProgrammingError):
        change(people.b.second, take, people.b.second.pk, request.pk)
    due = Request.objects.none()
    with viewing(people.a.counter.pk):
        due = Request.objects.get(pk=request.pk).due_at
    change(people.a.counter, "UPDATE assistance_request SET due_at = now() WHERE id = %s", request.pk)
    with viewing(people.a.counter.pk):
        assert Request.objects.get(pk=request.pk).due_at == due


def test_parts_do_not_change_once_sent(draft, send, people):
    """What the asked agency was given stays as it was."""
    request = send(draft(**PRIVATE), classes=ALL)
    for table in ("requestdocument", "requestbearer"):
        with pytest.raises(ProgrammingError):
            change(people.a.counter, f"DELETE FROM assistance_{table} WHERE request_id = %s", request.pk)
    with viewing(people.a.counter.pk), pytest.raises(ProgrammingError), transaction.atomic():
        RequestDocument.objects.filter(request=request).update(number="Y1")
    with viewing(people.b.examiner.pk):
        assert RequestBearer.objects.filter(request=request).update(surname="Roe") == 0


def test_messages_are_of_ones_own_name(draft, send, people):
    """Nobody speaks for another, strangers and the asked agency's counters not at all; nothing said changes."""
    request = send(draft())
    insert = (
        "INSERT INTO assistance_message (request_id, agency_id, officer_id, text, asks, at)"
        " VALUES (%s, %s, %s, 'x', false, now())"
    )
    for officer, agency, named in (
        (people.b.examiner, people.b.agency, people.b.second),
        (people.b.examiner, people.a.agency, people.b.examiner),
        (people.b.counter, people.b.agency, people.b.counter),
        (people.c.examiner, people.c.agency, people.c.examiner),
    ):
        with pytest.raises(ProgrammingError):
            change(officer, insert, request.pk, agency.pk, named.pk)
    with viewing(people.b.examiner.pk):
        message = acting.say(request, people.b.examiner, "A word.")
    with pytest.raises(ProgrammingError):
        change(people.b.examiner, "UPDATE assistance_message SET text = 'other'")
    assert change(people.b.examiner, "DELETE FROM assistance_message WHERE id = %s", message.pk) == 0


def test_asking_back_stops_the_clock(draft, send, people):
    """While the asking agency is asked back the clock stands; with its word it goes on."""
    request = send(draft())
    examiner, counter = people.b.examiner, people.a.counter
    with viewing(examiner.pk):
        acting.take(request, examiner)
        acting.say(request, examiner, "Is there a picture in ultraviolet light?", asks=True)
        stopped = reading.find(request.reference)
    assert (stopped.stage, stopped.stopped_at is not None) == (Stage.ASKED_BACK, True)
    with viewing(counter.pk):
        acting.say(request, counter, "There is none.")
        going = reading.find(request.reference)
    assert (going.stage, going.stopped_at) == (Stage.TAKEN, None)
    assert going.due_at >= stopped.due_at
    with viewing(counter.pk), pytest.raises(Refused):
        acting.say(request, counter, "May I ask back?", asks=True)


def test_a_message_names_nobody(draft, send, people):
    """Whoever sees the request reads its messages: the document's number is refused in them."""
    request = send(draft(**PRIVATE))
    with viewing(people.a.counter.pk):
        with pytest.raises(Invalid):
            acting.say(request, people.a.counter, "It is X 123 4567.")
        assert not Message.objects.exists()


def test_sent_again_it_begins_anew(draft, send, people):
    """Recalled and sent again, a request is open again and its clock begins anew; what was said is still there."""
    request = send(draft())
    examiner = people.b.examiner
    with viewing(examiner.pk):
        acting.take(request, examiner)
        acting.say(request, examiner, "Which laminate?", asks=True)
    with viewing(people.a.counter.pk):
        releasing.recall(request, people.a.counter, "To be put better")
        acting.write(request, people.a.counter, {"priority": "routine"})
        request.refresh_from_db()
    send(request)
    with viewing(examiner.pk):
        found = reading.find(request.reference)
        assert (found.stage, found.taken_by, found.stopped_at) == (Stage.OPEN, None, None)
        assert found.due_at - found.sent_at == SPANS[Priority.ROUTINE]
        assert Message.objects.filter(request=found).count() == 1


@pytest.mark.parametrize(("marking", "community"), [("green", True), ("amber", False), ("red", False)])
def test_a_request_is_for_no_other_audience(draft, people, marking, community):
    """Not the community, not a third agency besides, not persons."""
    request = draft()
    others = frozenset({people.b.agency.pk, people.c.agency.pk}) if marking == "amber" else frozenset()
    persons = frozenset({people.b.examiner.pk}) if marking == "red" else frozenset()
    audience = rules.Audience(people.a.agency.pk, Marking(marking), community, others, persons)
    with viewing(people.a.counter.pk), pytest.raises(Invalid):
        releasing.propose(request, people.a.counter, audience)


@pytest.mark.parametrize("priority", list(Priority))
def test_the_database_and_the_code_have_one_clock(priority):
    """The spans of priorities are the same in both."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT assistance_span(%s)", [str(priority)])
        assert cursor.fetchone()[0] == priority.span
