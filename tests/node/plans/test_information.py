"""One partner asks one other: what each side sees, when, and that two people release an answer."""

import datetime
import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.http import Http404

from limen.node.files.storage import inner_storage
from limen.node.notices.models import Notice
from limen.node.plans import acting
from limen.node.plans.information import answering, asking, reading
from limen.node.plans.information.asking import Wanted
from limen.node.plans.information.models import (
    InformationItem,
    InformationReply,
    InformationRequest,
    ItemDetail,
    ReplyContent,
    ReplyItem,
    ReplyLink,
    ReplyStage,
    RequestStage,
)
from limen.node.plans.models import Plan
from limen.node.plans.retention import delete_expired
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid, Refused

pytestmark = pytest.mark.django_db

TABLES = (InformationRequest, InformationItem, ItemDetail, InformationReply, ReplyItem, ReplyContent, ReplyLink)
OPEN = Wanted("passengers", "The passenger list of the flight of that evening.", "To see who travelled together.")
NUMBER = Wanted("document", "Reports on this passport.", "It was shown to us.", 1, "L898902C3")
NAME = Wanted("person", "What is known of this person.", "To see whether they need protection.", 2, "ERIKSSON ANNA")
SAID = {"subject": "Who travelled together", "basis": "MoU, article 4"}
WITHHELD = {"verdict": "withheld", "ground": "investigation", "words": "An investigation is under way."}


@pytest.fixture
def plan(running):
    return running("b", "c")


@pytest.fixture
def ask(sides, plan):
    """A request of A's to B, sent: `ask(OPEN, NUMBER)`."""

    def asked(*wanted):
        with viewing(sides.a.first.pk):
            request = asking.begin(sides.a.first, plan, sides.b.agency, SAID, wanted or (OPEN, NUMBER, NAME))
            sent = asking.send(request, sides.a.first)
        if not sent:
            with viewing(sides.a.second.pk):
                asking.confirm(request, sides.a.second)
        return request

    return asked


@pytest.fixture
def prepare(sides):
    """A reply of B's to a request, put forward by its second: the first item told, the others as given."""

    def prepared(request, *values):
        with viewing(sides.b.second.pk):
            reply = answering.begin(reading.find(request.reference), sides.b.second)
            answering.write(reply, sides.b.second, "Aliens Act, section 12", "")
            for item, each in zip(request.items.all(), values, strict=True):
                answering.decide(reply, sides.b.second, item, each)
            answering.propose(reply, sides.b.second)
        return reply

    return prepared


def told(text, field_class="1"):
    return {"verdict": "released", "text": text, "field_class": field_class}


def release(reply, officer):
    with viewing(officer.pk):
        answering.release(reply, officer)


def rows(officer):
    """How many rows of each table this officer sees, by raw SQL as the site."""
    with viewing(officer.pk), connection.cursor() as cursor:
        found = []
        for model in TABLES:
            cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")
            found.append(cursor.fetchone()[0])
        return found


def page(enter, officer, request, status=200):
    answer = enter(officer).get(f"/plans/information/{request.reference}/")
    assert answer.status_code == status
    return answer.content.decode()


def test_class_0_is_sent_by_its_author(sides, plan, ask):
    """What tells no number and no name goes out at once."""
    with viewing(sides.a.first.pk):
        assert ask(OPEN).items.count() == 1
        assert InformationRequest.objects.get().stage == RequestStage.SENT


def test_numbers_are_sent_by_two(sides, plan):
    """A request that names a number waits for a second person, who decides and is another."""
    first, counter = sides.a.first, sides.a.counter
    with viewing(first.pk):
        request = asking.begin(first, plan, sides.b.agency, SAID, [NUMBER])
        assert not asking.send(request, first)
        with pytest.raises(Refused):
            asking.confirm(request, first)
        with pytest.raises(DatabaseError), transaction.atomic():
            InformationRequest.objects.filter(pk=request.pk).update(stage="sent")
    with viewing(counter.pk), pytest.raises(Refused):
        asking.confirm(request, counter)
    with viewing(sides.b.first.pk), pytest.raises(Http404):
        reading.find(request.reference)


def test_the_database_wants_two_for_a_number(sides, plan):
    """A draft that names a number is not sent past the second person by a statement either."""
    with viewing(sides.a.first.pk):
        request = asking.begin(sides.a.first, plan, sides.b.agency, SAID, [NUMBER])
        with pytest.raises(DatabaseError, match="Two people"), transaction.atomic():
            InformationRequest.objects.filter(pk=request.pk).update(stage="sent")


def test_open_words_hold_no_number(sides, plan):
    """What everybody of the two agencies reads holds no number and no zone: it has a field of its own."""
    for text in ("Reports on L898902C3.", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<", "Holder of AB1234567"):
        wanted = Wanted("document", text, "It was shown.", 1, "L898902C3")
        with viewing(sides.a.first.pk), pytest.raises(Invalid):
            asking.begin(sides.a.first, plan, sides.b.agency, SAID, [wanted])


def test_only_the_two_sides_learn_of_it(sides, ask, prepare, enter):
    """The third partner and the outsider find nothing in any table, nor on the plan's page, nor by the address."""
    request = ask()
    reply = prepare(request, told("None known.", "0"), told("Two reports: L898902C3."), WITHHELD)
    release(reply, sides.b.first)
    for other in (sides.c.first, sides.d.first):
        assert rows(other) == [0] * len(TABLES)
        page(enter, other, request, 404)
    assert request.reference not in enter(sides.c.first).get(f"/plans/{request.plan.reference}/").content.decode()
    for side in (sides.a.first, sides.b.first):
        assert request.reference in enter(side).get(f"/plans/{request.plan.reference}/").content.decode()


def test_of_a_draft_the_asker_learns_nothing(sides, ask, prepare, enter):
    """Before its release not a row of a reply is seen by the asker, and the page is what it was."""
    request = ask()
    before, seen = page(enter, sides.a.second, request), rows(sides.a.second)
    reply = prepare(request, told("None known.", "0"), told("Two reports: L898902C3."), WITHHELD)
    assert rows(sides.a.second) == seen == [1, 3, 2, 0, 0, 0, 0]
    assert _plain(page(enter, sides.a.second, request)) == _plain(before)
    release(reply, sides.b.first)
    assert rows(sides.a.second) == [1, 3, 2, 1, 3, 2, 0]
    shown = page(enter, sides.a.second, request)
    assert "Two reports: L898902C3." in shown
    assert "An investigation is under way." in shown
    assert "an ongoing investigation" in shown


def _plain(text):
    return re.sub(r'name="csrf[^>]*>|content="[^"]{40,}"|nonce="[^"]*"', "", text)


def test_classes_are_cut_to_roles(sides, ask, prepare, enter, make):
    """A counter officer reads the decision, and neither name asked nor name told; an examiner reads both."""
    analyst = make.officer(sides.a.agency, "analyst")
    request = ask(NAME)
    reply = prepare(request, told("ERIKSSON ANNA, twice refused.", "2"))
    release(reply, sides.b.first)
    for officer, sees in ((sides.a.second, True), (analyst, False), (sides.a.counter, False), (sides.b.counter, False)):
        shown = page(enter, officer, request)
        assert ("ERIKSSON" in shown) is sees
        assert "released as asked" in shown
        with viewing(officer.pk), connection.cursor() as cursor:
            cursor.execute("SELECT d::text FROM plans_itemdetail d UNION ALL SELECT c::text FROM plans_replycontent c")
            assert any("ERIKSSON" in text for (text,) in cursor.fetchall()) is sees


def test_two_people_answer(sides, ask, prepare):
    """Who prepared it does not release it, nor who wrote some of it; a counter officer and an analyst do not."""
    request = ask(OPEN)
    with viewing(sides.b.third.pk):
        reply = answering.begin(reading.find(request.reference), sides.b.third)
        answering.decide(reply, sides.b.third, request.items.get(), told("None.", "0"))
    with viewing(sides.b.second.pk):
        answering.propose(reply, sides.b.second)
    for officer in (sides.b.second, sides.b.third, sides.b.counter):
        with viewing(officer.pk):
            with pytest.raises(Refused):
                answering.release(reply, officer)
            with pytest.raises(DatabaseError), transaction.atomic():
                InformationReply.objects.filter(pk=reply.pk).update(stage="released")
    release(reply, sides.b.first)


def test_the_asker_does_not_answer_itself(sides, ask, prepare):
    """Nobody of the asker's, nor of another partner's, reaches a reply that waits."""
    reply = prepare(ask(OPEN), told("None.", "0"))
    for officer in (sides.a.first, sides.c.first, sides.d.first):
        with viewing(officer.pk):
            with pytest.raises(Http404):
                answering.release(reply, officer)
            assert InformationReply.objects.filter(pk=reply.pk).update(stage="released") == 0
            assert ReplyItem.objects.update(words="Changed.") == 0
            with pytest.raises(DatabaseError), transaction.atomic():
                InformationReply.objects.create(request_id=reply.request_id, begun_by=officer)


def test_a_preparer_who_left_is_nobody(sides, ask, prepare, keeping):
    """A reply whose preparer is not active any more is not released: two active officers are needed."""
    reply = prepare(ask(OPEN), told("None.", "0"))
    with keeping():
        type(sides.b.second).objects.filter(pk=sides.b.second.pk).update(is_active=False)
    with viewing(sides.b.first.pk), pytest.raises(DatabaseError, match="Two people"), transaction.atomic():
        InformationReply.objects.filter(pk=reply.pk).update(stage="released")


STATEMENTS = (
    "UPDATE plans_replyitem SET verdict = 'released', ground = '', words = '' WHERE verdict = 'withheld'",
    "UPDATE plans_replycontent SET text = 'Changed.'",
    "DELETE FROM plans_replycontent",
    "DELETE FROM plans_replyitem WHERE verdict = 'withheld'",
    "UPDATE plans_informationreply SET note = 'Changed.'",
    "UPDATE plans_informationreply SET prepared_by_id = {third}, stage = 'released'",
    "INSERT INTO plans_replylink (reply_item_id, kind, record)"
    " SELECT id, 'reports', {report} FROM plans_replyitem LIMIT 1",
)


@pytest.mark.parametrize("stage", ["proposed", "released", "recalled"])
def test_what_was_put_forward_does_not_change(sides, ask, prepare, make, stage):
    """No statement of the site's changes a reply that waits, or was released, or was taken back."""
    report = make.report(sides.b.first)
    reply = prepare(ask(OPEN, NUMBER), told("None.", "0"), WITHHELD | {"text": "L898902C3"})
    if stage != "proposed":
        release(reply, sides.b.first)
    if stage == "recalled":
        with viewing(sides.b.first.pk):
            answering.recall(reply, sides.b.first, "It was wrong.")
    with viewing(sides.b.first.pk):
        for statement in STATEMENTS:
            said = statement.format(third=sides.b.third.pk, report=report.pk)
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(said)


def test_the_second_person_withholds_more_and_never_less(sides, ask, prepare, enter, log):
    """The approving officer withholds an item of what waits; the asker reads why, and nothing of what was prepared."""
    request = ask(OPEN, NUMBER)
    reply = prepare(request, told("None.", "0"), told("Two reports: L898902C3."))
    first = sides.b.first
    item = _item(sides.b.first, request, 1)
    with viewing(sides.b.second.pk), pytest.raises(Refused):
        answering.withhold(reply, sides.b.second, item, {"ground": "law", "words": "The law does not allow it."})
    with viewing(first.pk):
        with pytest.raises(Invalid):
            answering.withhold(reply, first, item, {"ground": "law", "words": ""})
        answering.withhold(reply, first, item, {"ground": "law", "words": "The law does not allow it."})
        with pytest.raises(DatabaseError), transaction.atomic():
            ReplyItem.objects.filter(item=item).update(verdict="released", ground="", words="")
    release(reply, first)
    shown = page(enter, sides.a.second, request)
    assert "The law does not allow it." in shown
    assert "Two reports" not in shown
    assert rows(sides.a.second)[5] == 1
    assert [json.loads(details) for _subject, details in log("information.withheld")] == [{"item": 2}]


def _item(officer, request, position):
    with viewing(officer.pk):
        return request.items.get(position=position)


def test_a_recall_takes_it_back_at_once(sides, ask, prepare, enter):
    """After the recall the asker reads why, and nothing of the reply; a new reply can be prepared."""
    request = ask(OPEN)
    reply = prepare(request, told("Forty passengers.", "0"))
    release(reply, sides.b.first)
    client = enter(sides.a.second)
    assert "Forty passengers." in client.get(f"/plans/information/{request.reference}/").content.decode()
    with viewing(sides.b.second.pk):
        answering.recall(reply, sides.b.second, "It was another flight.")
    shown = client.get(f"/plans/information/{request.reference}/").content.decode()
    assert "Forty passengers." not in shown
    assert "It was another flight." in shown
    assert rows(sides.a.second)[3:] == [1, 0, 0, 0]
    again = prepare(request, told("Fifty passengers.", "0"))
    release(again, sides.b.first)
    assert "Fifty passengers." in page(enter, sides.a.second, request)


def test_what_was_taken_back_is_the_askers_alone(sides, ask):
    """A request that is taken back tells the asked side no number and no name any more."""
    request = ask(NUMBER)
    with viewing(sides.b.second.pk):
        assert ItemDetail.objects.count() == 1
    with viewing(sides.a.first.pk):
        asking.end(request, sides.a.first, RequestStage.WITHDRAWN, "No longer needed.")
        assert ItemDetail.objects.count() == 1
    with viewing(sides.b.second.pk):
        assert ItemDetail.objects.count() == 0
        with pytest.raises(Refused):
            answering.begin(reading.find(request.reference), sides.b.second)


def test_a_file_is_kept_encrypted_and_read_by_role(sides, ask, enter, stored):
    """A file of class 1 opens for the asker once it is released, and never for a third; its bytes lie encrypted."""
    request = ask(NUMBER)
    with viewing(sides.b.second.pk):
        reply = answering.begin(reading.find(request.reference), sides.b.second)
        answering.write(reply, sides.b.second, "Aliens Act", "")
        file = SimpleUploadedFile("list.csv", b"number;name\nL898902C3;...")
        answering.decide(reply, sides.b.second, request.items.get(), {"verdict": "part", "ground": "source",
                         "words": "One column is left out.", "field_class": "1"}, file)  # fmt: skip
        content = ReplyContent.objects.get()
        with inner_storage().open(content.file.name) as kept:
            assert b"L898902C3" not in kept.read()
        answering.propose(reply, sides.b.second)
    address = f"/plans/information/{request.reference}/file/{content.uid}/"
    assert enter(sides.a.second).get(address).status_code == 404
    release(reply, sides.b.first)
    answer = enter(sides.a.second).get(address)
    assert b"".join(answer.streaming_content) == b"number;name\nL898902C3;..."
    assert enter(sides.c.first).get(address).status_code == 404
    assert len(stored) == 1


def test_a_dropped_file_is_deleted(sides, ask, stored, django_capture_on_commit_callbacks):
    """What is withheld is not kept: its file goes with the decision; and so does that of a discarded reply."""
    request = ask(OPEN, OPEN)
    with viewing(sides.b.second.pk):
        reply = answering.begin(reading.find(request.reference), sides.b.second)
        for item in request.items.all():
            answering.decide(reply, sides.b.second, item, told("", "0"), SimpleUploadedFile("a.txt", b"text"))
        assert len(stored) == 2
        with django_capture_on_commit_callbacks(execute=True):
            answering.decide(reply, sides.b.second, request.items.first(), WITHHELD)
        assert len(stored) == 1
        with django_capture_on_commit_callbacks(execute=True):
            answering.discard(reply, sides.b.second)
        assert len(stored) == 0


def test_links_lead_where_the_asker_may_go(sides, ask, make, audience, enter):
    """A linked report shows to the asker if it is released to it, and not otherwise; the asked side is told which."""
    shared = make.released(sides.b.first, audience(sides.b.agency, "green"))
    private = make.report(sides.b.first)
    request = ask(OPEN)
    with viewing(sides.b.second.pk):
        reply = answering.begin(reading.find(request.reference), sides.b.second)
        item = request.items.get()
        for report in (shared, private):
            answering.link(reply, sides.b.second, item, report.reference)
        shown = enter(sides.b.second).get(f"/plans/information/{request.reference}/reply/").content.decode()
        assert shown.count("the asker does not see this record") == 1
        with pytest.raises(Invalid):
            answering.link(reply, sides.b.second, item, "R26-2222-2222")
        answering.propose(reply, sides.b.second)
    release(reply, sides.b.first)
    shown = page(enter, sides.a.second, request)
    assert shared.reference in shown
    assert private.reference not in shown
    assert rows(sides.a.second)[6] == 1


def test_another_agencys_record_is_not_linked(sides, ask, make, audience):
    """Only records of one's own are led to: what others released is theirs to show."""
    theirs = make.released(sides.c.first, audience(sides.c.agency, "green"))
    request = ask(OPEN)
    with viewing(sides.b.second.pk):
        reply = answering.begin(reading.find(request.reference), sides.b.second)
        with pytest.raises(Invalid):
            answering.link(reply, sides.b.second, request.items.get(), theirs.reference)


def test_both_sides_are_told(sides, ask, prepare):
    """The asked side is told of the request, the asker of the reply; a third is told nothing."""
    request = ask(OPEN)
    told_of = lambda officer: _notices(officer, request)  # noqa: E731
    assert [told_of(each) for each in (sides.b.first, sides.b.second, sides.c.first, sides.d.first)] == [1, 1, 0, 0]
    release(prepare(request, told("None.", "0")), sides.b.first)
    assert [told_of(each) for each in (sides.a.first, sides.c.first)] == [1, 0]


def _notices(officer, request):
    with viewing(officer.pk):
        return Notice.objects.filter(kind="information", number=request.reference).count()


def test_who_leaves_or_closes_ends_it(sides, plan, ask, prepare, keeping):
    """Once the plan is closed nobody asks or answers; what was released can still be taken back."""
    request = ask(OPEN)
    reply = prepare(request, told("None.", "0"))
    release(reply, sides.b.first)
    with keeping():
        type(plan).objects.filter(pk=plan.pk).update(stage="closed")
    with viewing(sides.a.first.pk):
        plan = reading.find(request.reference).plan
        with pytest.raises(Refused):
            asking.begin(sides.a.first, plan, sides.b.agency, SAID, [OPEN])
        with pytest.raises(DatabaseError), transaction.atomic():
            InformationRequest.objects.create(
                plan=plan, asker=sides.a.agency, author=sides.a.first, asked=sides.b.agency, subject="Once more"
            )
    with viewing(sides.b.second.pk):
        answering.recall(reply, sides.b.second, "It was wrong.")


def test_by_pages_alone(sides, plan, enter):
    """A request and its reply go their whole way by forms, without scripts."""
    a, second, b, chief = (enter(each) for each in (sides.a.third, sides.a.second, sides.b.second, sides.b.first))
    form = {
        "asked": "b", "subject": "Who travelled together", "basis": "MoU", "wanted_by": "",
        "sort": ["document", "other"], "item": ["Reports on this passport.", ""], "why": ["It was shown to us.", ""],
        "field_class": ["1", "0"], "detail": ["L898902C3", ""],
    }  # fmt: skip
    assert "Agency B" in a.get(f"/plans/{plan.reference}/information/new/").content.decode()
    wrong = a.post(f"/plans/{plan.reference}/information/new/", form | {"item": ["Reports on L898902C3.", ""]})
    assert wrong.status_code == 422
    address = a.post(f"/plans/{plan.reference}/information/new/", form)["Location"]
    assert "L898902C3" in a.get(f"{address}edit/").content.decode()
    assert a.post(f"{address}edit/", form | {"subject": "Who went together"})["Location"] == address
    for client, doing in ((a, "send"), (second, "confirm"), (b, "answer")):
        assert client.post(f"{address}do/{doing}/").status_code == 302
    number = re.search(r"/reply/(\d+)/", b.get(f"{address}reply/").content.decode())[1]
    assert b.post(f"{address}reply/{number}/", {"verdict": "part"}).status_code == 422
    decided = told("Two reports.", "1") | {"verdict": "part", "ground": "law", "words": "The rest is closed by law."}
    assert b.post(f"{address}reply/{number}/", decided).status_code == 302
    assert b.post(f"{address}do/propose/").status_code == 422
    assert b.post(f"{address}reply/", {"basis": "Aliens Act", "note": "With regards."}).status_code == 302
    assert b.post(f"{address}do/propose/").status_code == 302
    assert b.post(f"{address}do/release/").status_code == 403
    assert a.post(f"{address}do/release/").status_code == 404
    assert "Release to Agency A" in chief.get(address).content.decode()
    assert chief.post(f"{address}do/unpropose/", {"reason": "Say which law."}).status_code == 302
    assert "Say which law." in b.get(f"{address}reply/").content.decode()
    assert b.post(f"{address}do/propose/").status_code == 302
    assert chief.post(f"{address}do/release/").status_code == 302
    shown = a.get(address).content.decode()
    assert "Two reports." in shown
    assert "The rest is closed by law." in shown
    assert "Say which law." not in shown
    assert a.post(f"{address}do/close/", {"reason": "Answered."}).status_code == 302


def test_absent_and_forbidden_are_alike(sides, ask, enter):
    """To whom it is not open, a request answers as one that does not exist, on every address."""
    request = ask(OPEN)
    client = enter(sides.c.first)
    for path in ("", "edit/", "reply/", "file/00000000-0000-0000-0000-000000000000/"):
        answers = [client.get(f"/plans/information/{name}/{path}") for name in (request.reference, "N26-2222-2222")]
        assert [each.status_code for each in answers] == [404, 404]
        absent, forbidden = (_plain(each.content.decode()) for each in answers)
        assert absent.replace(request.reference, "N26-2222-2222") == forbidden


@pytest.mark.django_db(transaction=True)
def test_of_two_who_race_one_releases(sides, ask, prepare):
    """A release and a withholding at once: either the item was told before, or it is withheld; never half of both."""
    request = ask(OPEN)
    reply = prepare(request, told("Forty passengers.", "0"))
    item = _item(sides.b.first, request, 0)

    def act(work, officer):
        try:
            with viewing(officer.pk):
                work()
        except (Refused, DatabaseError) as error:
            return type(error).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(act, lambda: answering.release(reply, sides.b.first), sides.b.first)
        two = pool.submit(
            act,
            lambda: answering.withhold(reply, sides.b.third, item, {"ground": "law", "words": "The law forbids it."}),
            sides.b.third,
        )
        outcomes = [one.result(), two.result()]
    assert outcomes[0] == "done"
    with viewing(sides.a.second.pk):
        verdict = ReplyItem.objects.get().verdict
        assert InformationReply.objects.get().stage == ReplyStage.RELEASED
    assert verdict == ("withheld" if outcomes[1] == "done" else "released")


def test_files_go_with_their_plan(sides, ask, stored, keeping, django_capture_on_commit_callbacks):
    """When the time of a plan is over, its requests, their replies and the files in them are gone."""
    request = ask(OPEN)
    with viewing(sides.b.second.pk):
        reply = answering.begin(reading.find(request.reference), sides.b.second)
        answering.decide(
            reply, sides.b.second, request.items.get(), told("", "0"), SimpleUploadedFile("a.txt", b"text")
        )
    assert len(stored) == 1
    with keeping(), viewing(None), django_capture_on_commit_callbacks(execute=True):
        Plan.objects.update(retain_until="2026-01-01")
        assert delete_expired(datetime.date(2026, 1, 2)) == 1
        assert [model.objects.count() for model in TABLES] == [0] * len(TABLES)
    assert len(stored) == 0


def test_who_left_sees_nothing(sides, plan, ask, prepare, enter):
    """An agency that leaves the plan sees neither what it was asked nor what it answered; the asker still does."""
    request = ask(OPEN)
    release(prepare(request, told("Forty passengers.", "0")), sides.b.first)
    with viewing(sides.b.first.pk):
        acting.leave(plan, sides.b.first, "The period is over for us.")
    assert rows(sides.b.first) == [0] * len(TABLES)
    page(enter, sides.b.first, request, 404)
    assert "Forty passengers." in page(enter, sides.a.second, request)


def test_nobody_asks_the_database_who_is_in_a_plan(sides, plan):
    """The functions that tell who is in a plan are for triggers: the site may not call them."""
    for call in (f"plans_runs_for({plan.pk}, {sides.b.agency.pk})", f"plans_acts_for({sides.b.first.pk}, 1)"):
        with (
            viewing(sides.d.first.pk),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"SELECT {call}")
