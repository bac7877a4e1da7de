"""An answer: drafted, signed by one examiner or by two, read by whoever asked, and never changed again."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from limen.node.assistance import acting, answering, reading
from limen.node.assistance.answers import Answer, Conclusion, Outcome
from limen.node.assistance.models import Stage
from limen.node.notices.models import Notice
from limen.node.people.models import Agency
from limen.node.sharing import releasing
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid, Refused

pytestmark = pytest.mark.django_db

OPINION = {
    "findings": "The laminate of the data page was lifted and laid again.",
    "methods": ["reference", "lights"],
    "conclusions": {"portrait": (-2, "The edge cuts the guilloche."), "chip": (None, "The chip itself, or its trace.")},
}
FORM = {
    "findings": "The laminate was lifted.",
    "methods": ["reference"],
    "portrait": "-2",
    "chip": "cannot",
    "chip_note": "A trace of the chip.",
    "language": "en",
}


@pytest.fixture
def taken(draft, send, people):
    """A request that B's first examiner has taken: `taken(priority="urgent")`."""

    def made(**values):
        request = send(draft(**values))
        with viewing(people.b.examiner.pk):
            acting.take(request, people.b.examiner)
            request.refresh_from_db()
        return request

    return made


@pytest.fixture
def signed(taken, people):
    """An answer that is signed: `signed(conclusions={...})`."""

    def made(request=None, priority="soon", **values):
        request = request or taken(priority=priority)
        with viewing(people.b.examiner.pk):
            answer = answering.answer(request, people.b.examiner, OPINION | values)
            request.refresh_from_db()
        return answer

    return made


def refused(officer, statement, values=()):
    """Whether the database refuses a statement to the site, for this officer."""
    with viewing(officer.pk), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement, values)
    return True


def touched(officer, statement, values=()):
    """How many rows a statement of this officer changes."""
    with viewing(officer.pk), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def test_an_answer_goes_from_draft_to_the_asker(taken, people, enter):
    """The taker writes and signs; the asker sees nothing before, everything after, and is told."""
    request = taken()
    page = f"/assistance/{request.reference}/"
    asker, examiner = enter(people.a.counter), enter(people.b.examiner)
    assert b"Write the answer" in examiner.get(page).content
    examiner.post(f"{page}answer/begin/")
    assert examiner.post(f"{page}answer/", FORM).status_code == 302
    assert b"lifted" in examiner.get(f"{page}answer/").content
    before = asker.get(page).content.decode()
    assert "lifted" not in before
    assert "is being written" not in before
    assert "is being written" in enter(people.b.coordinator).get(page).content.decode()
    with viewing(people.a.counter.pk):
        told = Notice.objects.filter(officer=people.a.counter).count()
    examiner.post(f"{page}answer/", FORM | {"sign": "1"})
    shown = asker.get(page).content.decode()
    for text in ("The laminate was lifted.", "strong support for B", "A trace of the chip.", "cannot be examined"):
        assert text in shown
    with viewing(people.a.counter.pk):
        assert Notice.objects.filter(officer=people.a.counter).count() == told + 1
        assert reading.find(request.reference).stage == Stage.ANSWERED
        answer = Answer.objects.get()
    assert (answer.signed_by, answer.second_by, answer.took is not None) == (people.b.examiner, None, True)


def test_a_form_that_lacks_something_says_so(taken, people, enter):
    """Without findings, methods or a reason why it cannot be examined nothing is signed, and what was typed stays."""
    page = f"/assistance/{taken().reference}/"
    examiner = enter(people.b.examiner)
    examiner.post(f"{page}answer/begin/")
    lacking = examiner.post(f"{page}answer/", FORM | {"chip_note": "", "sign": "1"})
    assert (lacking.status_code, b"Say what would be needed" in lacking.content) == (422, True)
    assert b"The laminate was lifted." in lacking.content
    lacking = examiner.post(f"{page}answer/", FORM | {"findings": "", "methods": [], "sign": "1"})
    assert lacking.status_code == 422
    assert b"Say what was found." in lacking.content
    assert b"Say how it was examined." in lacking.content
    assert examiner.post(f"{page}answer/", FORM | {"portrait": "9"}).status_code == 422
    assert examiner.post(f"{page}answer/", FORM | {"portrait": "x"}).status_code == 422


def test_no_text_names_a_person(taken, people):
    """An answer with a machine readable zone in a note is not signed."""
    request = taken()
    zone = {"conclusions": {"portrait": (-1, "P<UTOSPECIMEN<<ANNA<<<<<<<<<<<<<<<<<<<<<<<<<")}}
    with viewing(people.b.examiner.pk), pytest.raises(Invalid, match="machine readable zone"):
        answering.answer(request, people.b.examiner, OPINION | zone)


def test_only_who_took_it_answers(taken, people):
    """Others of the agency, coordinators, the asker and strangers write no answer; a stranger learns of none."""
    request = taken()
    for officer in (people.b.second, people.b.coordinator, people.b.counter, people.a.examiner):
        with viewing(officer.pk), pytest.raises(Refused):
            answering.begin(request, officer)
    with viewing(people.c.examiner.pk), pytest.raises((Refused, Http404)):
        answering.begin(request, people.c.examiner)
    with viewing(people.b.examiner.pk):
        answering.begin(request, people.b.examiner)
    insert = (
        "INSERT INTO assistance_answer (request_id, number, agency_id, author_id, language, findings, methods,"
        " equipment, limits, stage, comment, created_at)"
        " VALUES (%s, 1, %s, %s, 'en', '', '{}', '', '', 'draft', '', now())"
    )
    for officer in (people.b.second, people.b.coordinator, people.a.examiner, people.c.examiner):
        assert refused(officer, insert, [request.pk, officer.agency_id, officer.pk])


def test_what_was_signed_does_not_change(signed, people):
    """Neither texts, nor conclusions, nor marked places, nor signatures; nor can it be deleted. By no statement."""
    answer = signed()
    for officer in (people.b.examiner, people.b.second, people.b.coordinator):
        for statement in (
            "UPDATE assistance_answer SET findings = 'other' WHERE id = %s",
            "UPDATE assistance_answer SET stage = 'draft' WHERE id = %s",
            "UPDATE assistance_answer SET second_by_id = signed_by_id WHERE id = %s",
            "UPDATE assistance_answer SET signed_at = now() - interval '1 day' WHERE id = %s",
        ):
            assert refused(officer, statement, [answer.pk])
        assert refused(
            officer,
            "INSERT INTO assistance_conclusion (answer_id, asked, degree, note) VALUES (%s, 'document', 3, '')",
            [answer.pk],
        )
        assert touched(officer, "UPDATE assistance_conclusion SET degree = 3 WHERE answer_id = %s", [answer.pk]) == 0
        assert touched(officer, "DELETE FROM assistance_conclusion WHERE answer_id = %s", [answer.pk]) == 0
        assert touched(officer, "DELETE FROM assistance_answer WHERE id = %s", [answer.pk]) == 0
    assert touched(people.a.coordinator, "UPDATE assistance_answer SET findings = 'x' WHERE id = %s", [answer.pk]) == 0
    with viewing(people.b.examiner.pk):
        assert Conclusion.objects.get(asked="portrait").degree == -2
        with pytest.raises(Refused):
            answering.write(answer, people.b.examiner, {"findings": "other"})


def test_a_supplement_adds_and_leaves_what_was(signed, people):
    """Any examiner of the agency adds a supplement; the last opinion on a question is the one that holds."""
    answer = signed()
    request, second = answer.request, people.b.second
    with viewing(second.pk):
        added = answering.answer(
            request,
            second,
            {
                "findings": "The issuer sent a specimen.",
                "methods": ["reference"],
                "conclusions": {"portrait": (-1, "")},
            },
        )
        assert (added.number, added.is_signed) == (2, True)
        assert answering.concluded(request) == {"portrait": -1, "chip": None}
    with viewing(people.a.counter.pk):
        assert [each.findings for each in Answer.objects.filter(request=request)] == [
            OPINION["findings"], "The issuer sent a specimen."]  # fmt: skip
        assert reading.find(request.reference).stage == Stage.ANSWERED


def test_the_end_of_the_scale_takes_two_on_urgent_questions(taken, people, enter):
    """Somebody waits, and the opinion is very strong: a second examiner signs, and nobody sees it before."""
    request = taken(priority="traveller_waits")
    page = f"/assistance/{request.reference}/"
    with viewing(people.b.examiner.pk):
        answer = answering.answer(request, people.b.examiner, OPINION | {"conclusions": {"portrait": (-3, "")}})
        assert answer.stage == "waiting"
        with pytest.raises(Refused):
            answering.countersign(answer, people.b.examiner)
    assert b"laminate of the data page" not in enter(people.a.counter).get(page).content
    with viewing(people.b.second.pk):
        assert Notice.objects.filter(officer=people.b.second, number=request.reference).count() == 2
    for officer in (people.b.examiner, people.b.coordinator):
        refused(
            officer, "UPDATE assistance_answer SET stage = 'signed', second_by_id = %s WHERE id = %s",
            [officer.pk, answer.pk],
        )  # fmt: skip
    refused(people.b.examiner, "UPDATE assistance_answer SET stage = 'signed', second_by_id = %s WHERE id = %s",
            [people.b.second.pk, answer.pk])  # fmt: skip
    coordinator = enter(people.b.coordinator)
    assert coordinator.post(f"{page}answer/countersign/").status_code == 403
    enter(people.b.second).post(f"{page}answer/countersign/")
    assert b"laminate of the data page" in enter(people.a.counter).get(page).content
    with viewing(people.a.counter.pk):
        assert Answer.objects.get().second_by == people.b.second


@pytest.mark.parametrize(("priority", "degree", "always", "two"), [
    ("soon", 3, False, False), ("urgent", 2, False, False), ("urgent", 3, False, True),
    ("traveller_waits", -3, False, True), ("routine", 0, True, True),
])  # fmt: skip
def test_pages_and_database_agree_on_who_signs(taken, people, keeping, priority, degree, always, two):
    """Of each case the function behind pages says what the database says, and the database alone holds it."""
    with keeping():
        Agency.objects.filter(pk=people.b.agency.pk).update(second_person_always=always)
    request, examiner = taken(priority=priority), people.b.examiner
    with viewing(examiner.pk):
        draft = answering.begin(request, examiner)
        draft = answering.write(draft, examiner, OPINION | {"conclusions": {"portrait": (degree, "")}})
        draft.agency.refresh_from_db()
        assert answering.needs_two(draft) is two
        with connection.cursor() as cursor:
            cursor.execute("SELECT assistance_two_sign(%s)", [draft.pk])
            assert cursor.fetchone()[0] is two
    alone = "UPDATE assistance_answer SET stage = 'signed', signed_by_id = %s WHERE id = %s"
    if two:
        assert refused(examiner, alone, [examiner.pk, draft.pk])
    else:
        assert touched(examiner, alone, [examiner.pk, draft.pk]) == 1


def test_the_second_sends_back_and_the_first_signs_anew(taken, people, enter):
    """A second examiner says what must change; then it is a draft of the first, with that sentence."""
    request = taken(priority="urgent")
    page = f"/assistance/{request.reference}/"
    with viewing(people.b.examiner.pk):
        answering.answer(request, people.b.examiner, OPINION | {"conclusions": {"portrait": (3, "")}})
    second = enter(people.b.second)
    assert second.post(f"{page}answer/send-back/", {"comment": ""}).status_code in (400, 422)
    second.post(f"{page}answer/send-back/", {"comment": "Strong is enough."})
    first = enter(people.b.examiner)
    assert b"Strong is enough." in first.get(f"{page}answer/").content
    first.post(f"{page}answer/", FORM | {"sign": "1"})
    with viewing(people.b.examiner.pk):
        answer = Answer.objects.get()
    assert (answer.stage, answer.second_by) == ("signed", None)


def test_a_request_is_answered_by_a_signed_answer_alone(taken, people):
    """Nobody moves a request to answered without one, and nobody signs in another's name."""
    request = taken()
    assert refused(people.b.examiner, "UPDATE assistance_request SET stage = 'answered' WHERE id = %s", [request.pk])
    with viewing(people.b.examiner.pk):
        draft = answering.write(answering.begin(request, people.b.examiner), people.b.examiner, OPINION)
    sign = "UPDATE assistance_answer SET stage = 'signed', signed_by_id = %s WHERE id = %s"
    assert refused(people.b.examiner, sign, [people.b.second.pk, draft.pk])
    assert refused(people.b.second, sign, [people.b.second.pk, draft.pk])


def test_a_draft_and_its_parts_show_to_the_asked_agency_alone(taken, people):
    """Raw SQL shows a draft to its examiners and coordinators, a signed answer to both agencies, nothing to a third."""
    request = taken()
    with viewing(people.b.examiner.pk):
        draft = answering.write(answering.begin(request, people.b.examiner), people.b.examiner, OPINION)
    counts = "SELECT (SELECT count(*) FROM assistance_answer), (SELECT count(*) FROM assistance_conclusion)"

    def seen(officer):
        with viewing(officer.pk), connection.cursor() as cursor:
            cursor.execute(counts)
            return cursor.fetchone()

    asked, asking, third = people.b, people.a, people.c
    assert seen(asked.second) == seen(asked.coordinator) == (1, 2)
    for officer in (asked.counter, asked.analyst, asking.counter, asking.coordinator, third.examiner):
        assert seen(officer) == (0, 0)
    with viewing(people.b.examiner.pk):
        answering.sign(draft, people.b.examiner)
    for officer in (asked.counter, asking.counter, asking.coordinator):
        assert seen(officer) == (1, 2)
    assert seen(third.coordinator) == (0, 0)


def test_the_outcome_is_the_askers_to_tell(signed, people, enter, log):
    """The asking agency says what became of it; the examiners see it and are told; nobody else tells."""
    answer = signed()
    page = f"/assistance/{answer.request.reference}/"
    told = {"document": "laboratory", "bearer": "protected", "source": "laboratory", "truth_portrait": "b",
            "text": "The laboratory found glue."}  # fmt: skip
    asker = enter(people.a.counter)
    assert b"which statement turned out to be true?" in asker.get(f"{page}outcome/").content
    assert asker.post(f"{page}outcome/", told).status_code == 302
    shown = enter(people.b.second).get(page).content.decode()
    assert "The laboratory found glue." in shown
    assert "was referred to protection" in shown
    with viewing(people.b.examiner.pk):
        assert Notice.objects.filter(officer=people.b.examiner, number=answer.request.reference).exists()
    assert log("answer.outcome")[0][0] == f"request:{answer.request.reference}"
    for client in (enter(people.b.examiner), enter(people.c.examiner)):
        assert client.post(f"{page}outcome/", told).status_code == 404
    insert = (
        "INSERT INTO assistance_outcome (request_id, author_id, document, bearer, source, truths, text, at)"
        " VALUES (%s, %s, 'kept', 'unknown', 'none', '{}', '', now())"
    )
    for officer in (people.b.examiner, people.c.examiner):
        assert refused(officer, insert, [answer.request_id, officer.pk])
    assert refused(people.a.counter, "UPDATE assistance_outcome SET text = 'x'")
    assert touched(people.a.counter, "DELETE FROM assistance_outcome") == 0
    assert asker.post(f"{page}outcome/", told | {"document": "eaten"}).status_code == 422
    with viewing(people.a.counter.pk):
        assert Outcome.objects.get().truths == {"portrait": "b"}


def test_there_is_no_outcome_without_an_answer(taken, people, enter):
    """Before it is signed the form does not exist, and the database takes none."""
    request = taken()
    asker = enter(people.a.counter)
    assert asker.get(f"/assistance/{request.reference}/outcome/").status_code == 404
    insert = (
        "INSERT INTO assistance_outcome (request_id, author_id, document, bearer, source, truths, text, at)"
        " VALUES (%s, %s, 'kept', 'unknown', 'none', '{}', '', now())"
    )
    assert refused(people.a.counter, insert, [request.pk, people.a.counter.pk])


def test_strangers_find_no_address_of_an_answer(signed, people, enter):
    """A third agency gets from every address what it gets for a wrong reference."""
    reference = signed().request.reference
    stranger = enter(people.c.examiner)
    for path in ("answer/", "answer/pdf/", "outcome/"):
        assert stranger.get(f"/assistance/{reference}/{path}").status_code == 404
        assert stranger.get(f"/assistance/Q26-2222-2222/{path}").status_code == 404
    for path in ("answer/begin/", "answer/countersign/", "answer/discard/", "onward/report/", "onward/captures/"):
        assert stranger.post(f"/assistance/{reference}/{path}").status_code == 404


def test_a_draft_is_discarded(taken, people, enter):
    """A draft that was not signed goes, with its parts."""
    request = taken()
    page = f"/assistance/{request.reference}/"
    examiner = enter(people.b.examiner)
    examiner.post(f"{page}answer/begin/")
    examiner.post(f"{page}answer/", FORM)
    examiner.post(f"{page}answer/discard/")
    with viewing(people.b.examiner.pk):
        assert (Answer.objects.count(), Conclusion.objects.count()) == (0, 0)


def test_retention_takes_answers_and_outcomes_along(signed, people, keeping):
    """A request whose time is over is deleted with its answers."""
    answer = signed()
    with viewing(people.a.counter.pk):
        answering.feed_back(answer.request, people.a.counter, {"document": "kept"})
    with keeping():
        answer.request.delete()
        assert (Answer.objects.count(), Outcome.objects.count(), Conclusion.objects.count()) == (0, 0, 0)


def test_what_waits_for_a_second_signature_is_not_given_back(taken, people):
    """While an answer waits, its request stays with who took it, for pages and statements alike."""
    request = taken(priority="urgent")
    with viewing(people.b.examiner.pk):
        answering.answer(request, people.b.examiner, OPINION | {"conclusions": {"portrait": (3, "")}})
        with pytest.raises(Refused):
            acting.give_back(request, people.b.examiner)
    back = "UPDATE assistance_request SET stage = 'open', taken_by_id = NULL WHERE id = %s"
    assert refused(people.b.examiner, back, [request.pk])


def test_nothing_is_signed_while_nobody_has_taken_it(taken, people, send):
    """A request that was recalled and sent anew is open: what waited for a second signature waits until it is taken."""
    request, second = taken(priority="urgent"), people.b.second
    with viewing(people.b.examiner.pk):
        answer = answering.answer(request, people.b.examiner, OPINION | {"conclusions": {"portrait": (3, "")}})
    with viewing(people.a.counter.pk):
        releasing.recall(request, people.a.counter, "A mistake.")
    send(request)
    sign = "UPDATE assistance_answer SET stage = 'signed', second_by_id = %s WHERE id = %s"
    assert refused(second, sign, [second.pk, answer.pk])
    with viewing(second.pk):
        with pytest.raises(Refused):
            answering.countersign(answer, second)
        acting.take(request, second)
        answering.countersign(answer, second)
        assert reading.find(request.reference).stage == Stage.ANSWERED


def test_a_signature_in_a_demonstration_answers_too(taken, people, keeping):
    """What the keeper signs has its moment, what it took, and answers its request."""
    request = taken()
    with viewing(people.b.examiner.pk):
        draft = answering.write(answering.begin(request, people.b.examiner), people.b.examiner, OPINION)
    with keeping():
        answering.sign(draft, people.b.examiner)
        draft.refresh_from_db()
        request.refresh_from_db()
    assert (request.stage, request.answered_at) == (Stage.ANSWERED, draft.signed_at)
    assert draft.took is not None
