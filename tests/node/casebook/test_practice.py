"""Practising through HTTP: asked, shown without a hint, answered once, solved, counted for that officer alone."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.db import connection
from PIL import Image as Pillow

from limen.node.audit.models import Entry
from limen.node.casebook.models import Question
from limen.node.casebook.practice import asking, progress
from limen.node.casebook.practice.scenes import scenes_of
from limen.node.sharing import releasing, rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing

from .pictures import REGION, exhibit, pair

pytestmark = pytest.mark.django_db

HIT = json.dumps({"picture": 0, "x": 0.7, "y": 0.6, "w": 0, "h": 0})
MISS = json.dumps({"picture": 0, "x": 0.1, "y": 0.1, "w": 0, "h": 0})


def release(case, officer, *agencies):
    """Release a case study to the community, or to agencies alone."""
    audience = rules.Audience(officer.agency_id, Marking("green"), community=True)
    if agencies:
        numbers = frozenset(agency.pk for agency in agencies)
        audience = rules.Audience(officer.agency_id, Marking("amber"), agencies=numbers)
    with viewing(officer.pk):
        releasing.propose(case, officer, audience, "MoU 1")


@pytest.fixture
def learner(make):
    """An officer of another agency who practises."""
    return make.officer(make.agency(), "counter")


@pytest.fixture
def case(write, examiner):
    """A case study with both sides, released to all."""
    case = write()
    with viewing(examiner.pk):
        pair(case)
    release(case, examiner)
    return case


@pytest.fixture
def toss(monkeypatch):
    """Decide which side the coin shows: `toss(fraud=True)`."""

    def tossed(fraud):
        monkeypatch.setattr(asking.secrets, "randbelow", lambda _sides: int(fraud))

    return tossed


def begin(client, **asked):
    """Ask for a question: its address."""
    response = client.post("/cases/practice/", asked)
    assert response.status_code == 302
    assert "/practice/q/" in response["Location"], response["Location"]
    return response["Location"].partition("?")[0]


def text(response, status=200) -> str:
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize(
    ("fraud", "sent", "right", "hit", "said"),
    [
        (True, {"objects": "yes", "mark": HIT}, True, True, "You marked the place"),
        (True, {"objects": "yes", "mark": MISS}, True, False, "It shows elsewhere"),
        (True, {"objects": "yes", "field": "0:E3"}, True, True, "You marked the place"),
        (True, {"objects": "yes", "field": "0:A1"}, True, False, "It shows elsewhere"),
        (True, {"objects": "no"}, False, None, "would have passed"),
        (False, {"objects": "no"}, True, None, "No objection was right"),
        (False, {"objects": "yes", "mark": HIT}, False, None, "without reason"),
    ],
)
def test_answers(enter, learner, case, toss, fraud, sent, right, hit, said):
    """Each answer to each side is judged on the question and on the place, and the solution says which it was."""
    toss(fraud)
    client = enter(learner)
    address = begin(client)
    assert client.post(address, sent).status_code == 302
    page = text(client.get(address))
    assert said in page
    assert "Edges cut by hand" in page
    assert f"/cases/{case.reference}/" in page
    with viewing(learner.pk):
        question = Question.objects.get()
        assert (question.right, question.hit) == (right, hit)


def test_an_answer_is_given_once(enter, learner, case, toss):
    """A second answer is refused and changes nothing; an incomplete one is no answer yet."""
    toss(True)
    client = enter(learner)
    address = begin(client)
    for incomplete in ({}, {"objects": "yes"}, {"objects": "yes", "mark": "x"}, {"objects": "yes", "field": "0:Z9"}):
        assert "error-summary" in text(client.post(address, incomplete), 422)
    client.post(address, {"objects": "no"})
    assert client.post(address, {"objects": "yes", "mark": HIT}).status_code == 403
    with viewing(learner.pk):
        assert Question.objects.get().objected is False


def _of(page: str) -> str:
    """A page without what differs from one request to the next."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|data-csrf="[^"]*"', "", page)
    return re.sub(r"/practice/q/[^/\"]+/", "/practice/q/-/", re.sub(r'content="[A-Za-z0-9]{64}"', "", page))


def test_nothing_tells_which_side(enter, learner, case, toss, make):
    """Page, addresses and measures are the same for both sides; captions, marks and uids of pictures are not there."""
    pages, sizes, seen = [], [], []
    for fraud in (True, False):
        toss(fraud)
        client = enter(learner)
        address = begin(client)
        page = text(client.get(address))
        picture = client.get(f"{address}0/")
        pages.append(re.search("<main.*</main>", _of(page), re.DOTALL)[0])
        opened = Pillow.open(io.BytesIO(picture.content))
        sizes.append((opened.size, opened.format, dict(opened.info)))
        seen.append(opened.getpixel((10, 10)))
        assert "no-store" in picture["Cache-Control"]
        assert not {"ETag", "Last-Modified"} & set(picture.headers)
        client.post(address, {"objects": "no"})
    assert pages[0] == pages[1]
    assert sizes[0] == sizes[1]
    assert seen[0] != seen[1]  # they are two pictures all the same
    uids = [str(uid) for uid in _uids(learner)]
    assert len(uids) == 2
    for hint in ("Fake", "Specimen", case.title, case.reference, "The edge is cut", "0.6", *uids):
        assert hint not in pages[0], hint


def _uids(officer):
    with viewing(officer.pk), connection.cursor() as cursor:
        cursor.execute("SELECT uid FROM exhibits_exhibit")
        return [row[0] for row in cursor.fetchall()]


def test_both_sides_are_asked_alike(enter, learner, case):
    """The coin is fair: of many questions about half show either side, so that always objecting does not pay."""
    shown = []
    with viewing(learner.pk):
        for _ in range(200):
            question = asking.ask(learner, asking.Search())
            shown.append(question.shows_fraud)
            question.delete()
    assert 60 < sum(shown) < 140  # a fair coin leaves this once in ten million times


def test_without_reference_place_only(enter, learner, write, examiner):
    """A case study without a reference is asked for place alone, and counts in no share of right answers."""
    case = write()
    with viewing(examiner.pk):
        exhibit(case, regions=[REGION])
    release(case, examiner)
    client = enter(learner)
    address = begin(client)
    page = text(client.get(address))
    assert "Something speaks against this document" in page
    assert 'name="objects"' not in page
    assert "error-summary" in text(client.post(address, {"objects": "no"}), 422)
    client.post(address, {"mark": MISS})
    assert "The place was another" in text(client.get(address))
    with viewing(learner.pk):
        whole = progress.of(learner).whole
        assert (whole.tried, whole.asked, whole.placed, whole.hit) == (1, 0, 1, 0)


def test_what_can_be_practised(write, examiner):
    """It takes a shown picture with a marked place; both sides only where a reference is seen in the same light."""
    with viewing(examiner.pk):
        bare, unmarked, other_light, both, lights = (write() for _ in range(5))
        exhibit(unmarked)
        exhibit(other_light, light="uv", regions=[REGION])
        exhibit(other_light, light="white", role="reference")
        pair(both)
        exhibit(both, light="ir")
        pair(lights)
        pair(lights, light="uv")
        found = scenes_of([bare, unmarked, other_light, both, lights])
        assert found.keys() == {other_light.pk, both.pk, lights.pk}
        assert not found[other_light.pk][0].two_sided
        assert [one.light for one, _other in found[both.pk][0].pairs] == ["white"]
        assert [one.light for one, _other in found[lights.pk][0].pairs] == ["white", "uv"]


def test_nobody_is_asked_what_they_may_not_see(enter, make, write, examiner, learner):
    """A draft, and a case study released to others, is neither offered nor asked, and its question opens to nobody."""
    friend = make.officer(make.agency(), "counter")
    secret = write()
    with viewing(examiner.pk):
        pair(secret)
    outside, inside = enter(learner), enter(friend)
    assert "/practice/q/" not in outside.post("/cases/practice/")["Location"]
    release(secret, examiner, friend.agency)
    assert "/practice/q/" not in outside.post("/cases/practice/")["Location"]
    assert "No case study" in text(outside.get("/cases/practice/"))
    address = begin(inside)
    assert inside.get(f"{address}0/").status_code == 200
    for client in (outside, enter(examiner)):
        for way in (address, f"{address}0/"):
            assert client.get(way).status_code == 404
        assert client.post(address, {"objects": "no"}).status_code == 404


def test_a_recall_takes_the_question_away(enter, learner, case, examiner, toss):
    """After a recall question, pictures, answer and solution are gone at once, and the case study is asked no more."""
    toss(True)
    client = enter(learner)
    answered = begin(client)
    client.post(answered, {"objects": "no"})
    waiting = begin(client)
    with viewing(examiner.pk):
        releasing.recall(case, examiner, "Sensitive.")
    for address in (waiting, f"{waiting}0/", answered, f"{answered}0/"):
        assert client.get(address).status_code == 404
    assert client.post(waiting, {"objects": "no"}).status_code == 404
    assert "/practice/q/" not in client.post("/cases/practice/")["Location"]
    page = text(client.get("/cases/practice/progress/"))
    assert "Utopia" not in page  # by issuer it is no longer counted
    with viewing(learner.pk):
        assert progress.of(learner).whole.tried == 1


def test_progress_is_ones_own(enter, make, learner, case, agency, toss):
    """By SQL too, nobody else reads an officer's answers: not the agency's coordinator, not its administrator."""
    toss(True)
    client = enter(learner)
    client.post(begin(client), {"objects": "no"})
    above = make.officer(learner.agency, "coordinator", "administrator")
    for officer, count in ((learner, 1), (above, 0)):
        with viewing(officer.pk), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM casebook_question")
            assert cursor.fetchone() == (count,)
            assert progress.of(officer).whole.tried == count
    with viewing(above.pk), connection.cursor() as cursor:
        cursor.execute("DELETE FROM casebook_question")
        assert cursor.rowcount == 0
        assert progress.of(learner).whole.tried == 0  # asked in the other's name, it is not told


def test_practising_stands_in_no_log(enter, learner, case, toss, keeping):
    """The agency's log, which coordinators read, says nothing of who practised."""
    toss(True)
    with keeping():
        before = Entry.objects.count()
    client = enter(learner)
    with keeping():
        signed_in = Entry.objects.count()
    client.post(begin(client), {"objects": "no"})
    client.post("/cases/practice/progress/delete/")
    with keeping():
        assert Entry.objects.count() == signed_in >= before


def test_progress_counts_and_is_forgotten(enter, learner, case, toss):
    """Right, false and missed are told apart, by issuer, method and difficulty; then the officer deletes it all."""
    client = enter(learner)
    for fraud, sent in (
        (True, {"objects": "yes", "mark": HIT}),
        (True, {"objects": "yes", "mark": MISS}),
        (True, {"objects": "no"}),
        (False, {"objects": "no"}),
        (False, {"objects": "yes", "mark": HIT}),
    ):
        toss(fraud)
        client.post(begin(client), sent)
    with viewing(learner.pk):
        found = progress.of(learner)
        for tally in (found.whole, *found.issuers, *found.methods, *found.difficulties, *found.months):
            counts = (tally.tried, tally.asked, tally.right, tally.false, tally.missed, tally.placed, tally.hit)
            assert counts == (5, 5, 3, 1, 1, 2, 1), tally.name
        assert [len(rows) for rows in (found.issuers, found.methods, found.difficulties)] == [1, 1, 1]
    assert "Utopia" in text(client.get("/cases/practice/progress/"))
    client.post("/cases/practice/progress/delete/")
    with viewing(learner.pk):
        assert not Question.objects.exists()
    assert "No answer yet" in text(client.get("/cases/practice/progress/"))


def test_the_question_that_waits_comes_first(enter, learner, case, write, examiner, toss):
    """Asking again without an answer gives the same question, unless the conditions leave it out."""
    toss(True)
    other = write(issuer="THA")
    with viewing(examiner.pk):
        pair(other)
    release(other, examiner)
    client = enter(learner)
    first = begin(client, issuer="THA")
    assert begin(client) == first
    assert begin(client, issuer="UTO") != first
    assert client.get(first).status_code == 404


def test_wrong_comes_before_right(learner, case, write, examiner, toss, keeping):
    """Of two case studies that are due, the one that was answered wrongly is asked first."""
    other = write()
    with viewing(examiner.pk):
        pair(other)
    release(other, examiner)
    with keeping():
        for number, right in ((case.pk, True), (other.pk, False)):
            Question.objects.create(
                officer=learner,
                case_id=number,
                two_sided=True,
                shows_fraud=False,
                objected=not right,
                right=right,
                answered_at="2026-01-01T12:00:00Z",
            )
    with viewing(learner.pk):
        assert asking.ask(learner, asking.Search()).case_id == other.pk


def test_the_picture_is_where_it_was_marked(enter, learner, write, examiner, toss):
    """Where the sides differ in shape, a place is held against the picture on its canvas, not against its margin."""
    toss(True)
    case = write()
    with viewing(examiner.pk):
        pair(case, (200, 400), (400, 200))  # upright on a canvas of 400 by 400: the middle half of its width
    release(case, examiner)
    client = enter(learner)
    centre = {"picture": 0, "x": 0.25 + 0.7 / 2, "y": 0.6, "w": 0, "h": 0}
    address = begin(client)
    client.post(address, {"objects": "yes", "mark": json.dumps(centre)})
    assert "You marked the place" in text(client.get(address))
    address = begin(client)
    client.post(address, {"objects": "yes", "mark": HIT})
    assert "You marked the place" not in text(client.get(address))
