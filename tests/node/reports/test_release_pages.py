"""The whole way of a report through its pages: proposed, decided by a second person, seen as granted, recalled."""

from __future__ import annotations

import re

import pytest

from limen.node.reports import picturing
from limen.node.reports.models import Report
from limen.node.sharing.models import Release

pytestmark = pytest.mark.django_db

AMBER = {"marking": "amber", "agencies": "friend", "classes": ["1", "2"], "basis": "Memorandum of 2024, article 3"}
COMMUNITY = {"marking": "green", "community": "1"}


@pytest.fixture
def pictured(people, draft, seen_by, picture):
    """The draft with a picture whose masks a person confirmed."""
    with seen_by(people.counter):
        (image,) = picturing.attach(draft, people.counter, picture())
        return picturing.set_masks(image, people.counter, [{"kind": "data", "x": 0, "y": 0, "w": 0.5, "h": 0.5}])


def propose(people, draft, form=AMBER, by="counter"):
    return people.sign_in(getattr(people, by)).post(f"/reports/{draft.reference}/release/", form)


def waiting(people, seen_by) -> Release:
    with seen_by(people.coordinator):
        return Release.objects.get(decision="open")


def decide(people, draft, release, by="coordinator", how="approve", **more):
    client = people.sign_in(getattr(people, by))
    return client.post(f"/reports/{draft.reference}/release/{how}/", {"release": release.pk, **more})


def status(people, by, address) -> int:
    return people.sign_in(getattr(people, by)).get(address).status_code


def test_the_whole_way(people, draft, pictured, seen_by):
    """Draft, proposal, a second person's approval, the other agency's sight by class, nobody else's, and recall."""
    address = f"/reports/{draft.reference}/"
    assert status(people, "friendly", address) == 404
    assert propose(people, draft)["Location"] == address
    assert status(people, "friendly", address) == 404
    assert decide(people, draft, waiting(people, seen_by)).status_code == 302

    friend = people.sign_in(people.friendly)
    page = friend.get(address).content.decode()
    assert "L898902C3" in page  # class 1 was granted
    assert "Eriksson" not in page  # class 2 comes when asked for
    assert "Eriksson" in friend.get(f"{address}bearer/").content.decode()
    assert friend.get(f"/reports/images/{pictured.uid}/").status_code == 200
    assert friend.get(f"/reports/images/{pictured.uid}/original/").status_code == 404  # class 3 was not
    assert "original" not in page
    for inside in (address, f"{address}bearer/", f"/reports/images/{pictured.uid}/"):
        assert status(people, "stranger", inside) == 404

    assert people.sign_in(people.coordinator).post(f"{address}recall/", {"reason": "Wrong person."}).status_code == 302
    for inside in (address, f"{address}bearer/", f"/reports/images/{pictured.uid}/"):
        assert friend.get(inside).status_code == 404
    assert status(people, "analyst", address) == 200


def test_what_is_not_granted_is_not_hinted_at(people, draft, pictured, seen_by):
    """Who sees class 0 reads a page that would be the same without numbers, bearer and original."""
    propose(people, draft, COMMUNITY)
    page = people.sign_in(people.stranger).get(f"/reports/{draft.reference}/").content.decode()
    assert "The laminate was lifted" in page
    for hint in (
        "L898902C3",
        "Eriksson",
        "bearer/",
        "original",
        "Class 1",
        "Class 2",
        "counter of mine",
        "Releases</h2>",
    ):
        assert hint not in page
    assert "community of this platform" in page


def test_the_bearer_of_a_report_is_absent_for_whom_it_is_not(people, draft):
    """Class 0 for the community says nothing of class 2."""
    propose(people, draft, COMMUNITY)
    assert status(people, "stranger", f"/reports/{draft.reference}/") == 200
    assert status(people, "stranger", f"/reports/{draft.reference}/bearer/") == 404


def test_an_analyst_sees_no_names_of_their_own_agency(people, draft):
    """Their role's ceiling."""
    assert status(people, "analyst", f"/reports/{draft.reference}/") == 200
    assert status(people, "analyst", f"/reports/{draft.reference}/bearer/") == 404


def test_reading_the_bearer_is_recorded(people, draft, seen_by):
    """In the reader's own chain."""
    from limen.node.audit.models import Entry

    assert status(people, "examiner", f"/reports/{draft.reference}/bearer/") == 200
    with seen_by(people.coordinator):
        assert Entry.objects.get(action="report.bearer_seen").actor == people.examiner.pk


@pytest.mark.parametrize("proposer", ["examiner", "coordinator"])
def test_nobody_approves_their_own_proposal(people, draft, seen_by, proposer):
    """Not by a button, which is not there, and not by posting what the button would."""
    propose(people, draft, by=proposer)
    page = people.sign_in(getattr(people, proposer)).get(f"/reports/{draft.reference}/release/").content.decode()
    assert "release/approve/" not in page
    assert "a second person must approve it" in page
    assert decide(people, draft, waiting(people, seen_by), by=proposer).status_code == 403
    with seen_by(people.counter):
        assert Report.objects.get().state == "proposed"


def test_who_does_not_decide_cannot(people, draft, seen_by):
    """The counter officer proposes; the analyst does not even that; other agencies find nothing."""
    propose(people, draft)
    release = waiting(people, seen_by)
    assert decide(people, draft, release, by="counter").status_code == 403
    assert decide(people, draft, release, by="analyst").status_code == 403
    assert decide(people, draft, release, by="friendly").status_code == 404
    assert propose(people, draft, by="friendly").status_code == 404


def test_class_0_for_the_community_takes_one_person(people, draft, seen_by):
    """It is released at once."""
    propose(people, draft, COMMUNITY)
    with seen_by(people.counter):
        assert Report.objects.get().state == "released"


def test_a_proposal_that_changed_meanwhile_is_not_approved(people, draft, seen_by):
    """One approves what one looked at."""
    propose(people, draft)
    first = waiting(people, seen_by)
    decide(people, draft, first, how="refuse", comment="Name the laminate.")
    propose(people, draft, AMBER | {"classes": ["1", "2", "3"]})
    assert decide(people, draft, first).status_code == 403
    with seen_by(people.counter):
        assert Report.objects.get().state == "proposed"


def test_a_proposal_is_sent_back_with_a_reason(people, draft, seen_by):
    """Without one it stays; with one the report is a draft again, and its owner reads why."""
    propose(people, draft)
    release = waiting(people, seen_by)
    assert decide(people, draft, release, how="refuse", comment=" ").status_code == 422
    assert decide(people, draft, release, how="refuse", comment="Name the laminate.").status_code == 302
    assert "Name the laminate." in people.sign_in(people.counter).get(f"/reports/{draft.reference}/").content.decode()


def test_a_proposal_is_taken_back_by_its_author(people, draft, seen_by):
    """And the report can be changed again."""
    propose(people, draft)
    assert status(people, "counter", f"/reports/{draft.reference}/edit/") == 302
    assert decide(people, draft, waiting(people, seen_by), by="counter", how="withdraw").status_code == 302
    assert status(people, "counter", f"/reports/{draft.reference}/edit/") == 200


def test_a_recall_takes_a_reason(people, draft):
    """And a right: its author, a coordinator or an examiner."""
    propose(people, draft, COMMUNITY)
    address = f"/reports/{draft.reference}/recall/"
    assert people.sign_in(people.counter).post(address, {"reason": ""}).status_code == 422
    assert people.sign_in(people.analyst).post(address, {"reason": "Because."}).status_code == 403
    assert people.sign_in(people.stranger).post(address, {"reason": "Because."}).status_code == 404
    assert people.sign_in(people.counter).get(address).status_code == 200


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"marking": "green"}, "an empty audience is nobody"),
        ({"marking": "amber"}, "an empty audience is nobody"),
        ({"marking": "purple"}, "one of the five markings"),
        ({"marking": "amber", "agencies": "nowhere"}, "Nobody on this platform is known as “nowhere”"),
        ({"marking": "red", "officers": "x@y.example"}, "Nobody on this platform"),
        ({"marking": "amber", "agencies": "friend", "classes": "1"}, "Name the agreement"),
    ],
)
def test_an_audience_that_is_none_is_told(people, draft, seen_by, form, told):
    """One sentence, and nothing was proposed."""
    response = propose(people, draft, form)
    assert response.status_code == 422
    assert told in response.content.decode()
    with seen_by(people.counter):
        assert not Release.objects.exists()


def test_an_empty_audience_is_nobody(people, draft):
    """The preview says so, too."""
    page = (
        people.sign_in(people.counter)
        .get(f"/reports/{draft.reference}/release/preview/?marking=amber")
        .content.decode()
    )
    assert "Nobody beyond your agency" in page


def test_the_preview_tells_before_anything_happens(people, draft, seen_by):
    """Which agencies, which classes, how many officers, and that a second person is needed."""
    address = f"/reports/{draft.reference}/release/preview/"
    page = people.sign_in(people.counter).get(address, AMBER).content.decode()
    assert "Immigration of Vietnam" in page
    assert "Border Guard of Utopia" not in page
    assert "a second person must approve it" in page
    with seen_by(people.counter):
        assert not Release.objects.exists()


@pytest.mark.parametrize("key", ["pk", "email"])
def test_persons_are_named_for_red(people, draft, seen_by, key):
    """And the agency that owns the report keeps its coordinators alone."""
    form = {
        "marking": "red",
        "officers": getattr(people.friendly, key),
        "classes": "1",
        "basis": "Approved by the director",
    }
    assert propose(people, draft, form).status_code == 302
    decide(people, draft, waiting(people, seen_by))
    address = f"/reports/{draft.reference}/"
    assert [status(people, who, address) for who in ("friendly", "stranger", "coordinator", "analyst")] == [
        200,
        404,
        200,
        404,
    ]


def test_a_report_that_lacks_something_is_not_proposed(people, draft, seen_by, picture):
    """What is missing is said on the page, and posting does not lead past it."""
    with seen_by(people.counter):
        picturing.attach(draft, people.counter, picture())
    page = people.sign_in(people.counter).get(f"/reports/{draft.reference}/release/").content.decode()
    assert "Look at the masks" in page
    assert propose(people, draft, COMMUNITY).status_code == 422


def test_the_queue_shows_what_waits_for_whom(people, draft, seen_by):
    """One's own proposals apart, and no other agency's."""
    propose(people, draft)
    pages = {
        name: people.sign_in(getattr(people, name)).get("/releases/").content.decode()
        for name in ("counter", "coordinator", "friendly")
    }
    assert [draft.reference in pages[name] for name in pages] == [True, True, False]
    assert "Waiting for your decision" in pages["coordinator"]
    assert "Waiting for a coordinator" in pages["counter"]


def test_recipients_are_suggested_to_who_proposes(people):
    """By name or country; an administrator has nobody to name."""
    client = people.sign_in(people.counter)
    assert [each["value"] for each in client.get("/releases/recipients/agency/?q=viet").json()] == ["friend"]
    assert [each["value"] for each in client.get("/releases/recipients/officer/?q=examiner").json()] != []
    assert client.get("/releases/recipients/officer/?q=e").json() == []
    assert ".example" not in client.get("/releases/recipients/officer/?q=examiner").content.decode()  # no addresses
    assert status(people, "administrator", "/releases/recipients/agency/?q=viet") == 404
    assert status(people, "counter", "/releases/recipients/report/?q=viet") == 404


def test_a_released_report_is_not_written_any_more(people, draft):
    """Its form leads to its page."""
    propose(people, draft, COMMUNITY)
    client = people.sign_in(people.counter)
    assert client.get(f"/reports/{draft.reference}/edit/")["Location"] == f"/reports/{draft.reference}/"
    assert client.post(f"/reports/{draft.reference}/field/", {"issuer": "VNM"}).status_code == 403
    assert client.post(f"/reports/{draft.reference}/discard/").status_code == 403


def test_a_forbidden_report_answers_as_an_absent_one(people, draft):
    """On each of its addresses."""
    client = people.sign_in(people.friendly)
    for page in ("", "edit/", "bearer/", "release/", "release/preview/", "recall/", "beside/", "controls/"):
        forbidden, absent = (
            client.get(f"/reports/{draft.reference}/{page}"),
            client.get(f"/reports/R26-ZZZZ-ZZZZ/{page}"),
        )
        assert forbidden.status_code == absent.status_code == 404
        bodies = [re.sub(r'"[\w-]{64}"|R26-\w{4}-\w{4}', "", each.content.decode()) for each in (forbidden, absent)]
        assert bodies[0] == bodies[1]


def test_who_is_not_signed_in_is_led_to_the_door(client, draft):
    """Whatever the address."""
    for address in (f"/reports/{draft.reference}/", "/releases/", "/reports/new/"):
        assert "/account/login/" in client.get(address)["Location"]
