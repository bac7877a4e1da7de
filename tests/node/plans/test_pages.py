"""Plans by their pages: from the first draft to the archive, and what each agency sees on the way."""

import re

import pytest
from tests.node.plans.conftest import APPROVED, PHASE, SAID, join

from limen.node.plans.models import Plan, Stage
from limen.node.sharing.models import State
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db


def approve(client, plan, address):
    """Record an approval by its form; the answer's page names its number."""
    assert client.post(f"/plans/{plan.reference}/{address}", APPROVED).status_code == 302
    page = client.get(f"/plans/{plan.reference}/").content.decode()
    return re.search(rf"/plans/{plan.reference}/approval/([0-9a-f-]+)/take-back/", page)[1]


def confirm(client, plan, number):
    return client.post(f"/plans/{plan.reference}/approval/{number}/confirm/")


def test_whole_way(sides, enter):
    """Two agencies go from the draft to the archive by forms alone."""
    first, second = enter(sides.a.first), enter(sides.a.second)
    address = first.post("/plans/new/", {"title": SAID["title"]})["Location"]
    with viewing(sides.a.first.pk):
        plan = Plan.objects.get()
    said = SAID | {"language": "en", "partners": "b", "period": "", "agreement": "", "networks": ""}
    page = first.post(address, said)
    assert page.status_code == 302, page.content.decode()
    assert first.post(f"/plans/{plan.reference}/phases/", PHASE).status_code == 302
    assert confirm(second, plan, approve(first, plan, "approvals/basis/")).status_code == 302
    page = first.get(f"/plans/{plan.reference}/").content.decode()
    put = re.search(r'href="(/plans/[^"]+/release/\?[^"]+)"', page)[1].replace("&amp;", "&")
    form = first.get(put).content.decode()
    assert "Agency B" in form
    sent = {"marking": "amber_strict", "agencies": "b", "basis": ""}
    assert first.post(f"/plans/{plan.reference}/release/", sent).status_code == 302
    number = re.search(
        r'name="release" value="(\d+)"', second.get(f"/plans/{plan.reference}/release/").content.decode()
    )
    assert enter(sides.b.first).get(f"/plans/{plan.reference}/").status_code == 404
    assert second.post(f"/plans/{plan.reference}/release/approve/", {"release": number[1]}).status_code == 302
    guest, other = enter(sides.b.first), enter(sides.b.second)
    assert "waits for your agency" in guest.get("/plans/").content.decode()
    confirm(other, plan, approve(guest, plan, "approvals/joining/"))
    with viewing(sides.b.first.pk):
        plan.refresh_from_db()
        phase = plan.phases.get()
    assert plan.stage == Stage.RUNNING
    confirm(other, plan, approve(guest, plan, f"approvals/phase/{phase.uid}/"))
    task = {"title": "Compare the agents' adverts", "agency": "b", "phase": phase.uid, "due_on": "2026-10-20"}
    assert first.post(f"/plans/{plan.reference}/tasks/", task).status_code == 302
    with viewing(sides.b.first.pk):
        number = plan.tasks.get().uid
    moved = {"state": "done", "note": "Two patterns.", "officer": sides.b.second.pk}
    assert guest.post(f"/plans/{plan.reference}/tasks/{number}/", moved).status_code == 302
    search = {"name": "The same method", "query": "https://node/reports/?issuer=UTO&q=AB1234567"}
    assert guest.post(f"/plans/{plan.reference}/series/", search).status_code == 302
    page = first.get(f"/plans/{plan.reference}/").content.decode()
    assert "Two patterns." in page
    assert "Second of B" not in page
    assert "issuer=UTO" in page
    assert "AB1234567" not in page
    closing = {"arrests": "3", "refusals": "12", "referrals": "2", "outcome": "Two methods known, one agent stopped."}
    assert first.post(f"/plans/{plan.reference}/do/close/", closing).status_code == 302
    assert first.post(f"/plans/{plan.reference}/do/archive/").status_code == 302
    assert "Two methods known" in guest.get(f"/plans/{plan.reference}/").content.decode()
    assert guest.get(f"/plans/{plan.reference}/do/leave/").status_code == 404


def test_asked_sees_the_plan_and_not_its_partners(sides, asked, enter):
    """Before it has joined, a partner reads objective, scope, legal basis and lead, and learns of no other partner."""
    plan = asked("b", "c")
    page = enter(sides.b.first).get(f"/plans/{plan.reference}/").content.decode()
    assert SAID["objective"] in page.replace("&#x27;", "'")
    assert "DG 17/2026" in page
    assert "Agency A" in page
    assert "Agency C" not in page


def test_asked_is_not_told_that_others_have_joined(sides, asked, enter):
    """A plan that runs looks to a partner that was asked as one that waits; when it ends, it is gone for them."""
    plan = join(asked("b", "c"), sides.c)
    client = enter(sides.b.first)
    for address in ("/plans/", f"/plans/{plan.reference}/"):
        page = client.get(address).content.decode()
        assert "asked to join" in page
        assert "running" not in page.lower()
    closing = {"arrests": "0", "refusals": "0", "referrals": "0", "outcome": "Nothing was found."}
    assert enter(sides.a.first).post(f"/plans/{plan.reference}/do/close/", closing).status_code == 302
    assert client.get(f"/plans/{plan.reference}/").status_code == 404
    assert "Nothing was found" in enter(sides.c.first).get(f"/plans/{plan.reference}/").content.decode()


def test_outsiders_get_what_a_wrong_number_gets(sides, running, enter):
    """To an agency that is in no plan, each address of one is answered as that of a plan that does not exist."""
    plan = running()
    client = enter(sides.d.first)
    wrong = plan.reference[:-1] + ("2" if plan.reference[-1] != "2" else "3")
    for rest in (
        "",
        "edit/",
        "release/",
        "recall/",
        "do/close/",
        "do/leave/",
        "approvals/joining/",
        "approvals/basis/",
    ):
        seen, absent = (client.get(f"/plans/{each}/{rest}") for each in (plan.reference, wrong))
        assert seen.status_code == absent.status_code == 404, rest
        token = re.compile(rb"csrf[^>]+>|nonce=\"[^\"]+\"")
        same = [
            token.sub(b"", each.content).replace(plan.reference.encode(), wrong.encode()) for each in (seen, absent)
        ]
        assert same[0] == same[1], rest
    assert plan.reference not in client.get("/plans/").content.decode()


def test_a_partner_finds_no_page_of_the_leads(sides, running, enter):
    """Editing, releasing, recalling and closing are the lead's pages: to a partner they are not there."""
    plan = running()
    client = enter(sides.b.first)
    for rest in ("edit/", "release/", "recall/", "do/close/", "do/archive/", "do/correct/"):
        assert client.get(f"/plans/{plan.reference}/{rest}").status_code == 404, rest


def test_leaving_takes_it_away(sides, running, enter):
    """From the second in which a partner leaves, the plan is gone for it; the others read why."""
    plan = running()
    client = enter(sides.b.first)
    assert client.post(f"/plans/{plan.reference}/do/leave/", {"reason": "Another priority."}).status_code == 302
    assert client.get(f"/plans/{plan.reference}/").status_code == 404
    assert plan.reference not in client.get("/plans/").content.decode()
    assert "Another priority." in enter(sides.c.first).get(f"/plans/{plan.reference}/").content.decode()


def test_a_recall_takes_it_away(sides, running, enter):
    """From the second in which the lead recalls it, the plan is gone for its partners."""
    plan = running()
    assert enter(sides.a.first).post(f"/plans/{plan.reference}/recall/", {"reason": "Changed."}).status_code == 302
    assert enter(sides.b.first).get(f"/plans/{plan.reference}/").status_code == 404
    with viewing(sides.a.first.pk):
        assert Plan.objects.get(pk=plan.pk).state == State.RECALLED


def test_what_is_wrong_is_said(sides, running, enter):
    """Forms that are not understood answer with a sentence, and store nothing."""
    plan = running()
    client = enter(sides.a.first)
    for rest, sent in (
        ("tasks/", {"title": ""}),
        ("tasks/", {"title": "x", "agency": "d"}),
        ("phases/", PHASE | {"last_day": "2026-09-01"}),
        ("series/", {"name": "All", "query": "https://node/reports/"}),
        ("do/close/", {"arrests": "many", "refusals": "0", "referrals": "0", "outcome": "x"}),
        ("approvals/basis/", APPROVED | {"decided_on": "2099-01-01"}),
    ):
        answer = client.post(f"/plans/{plan.reference}/{rest}", sent)
        assert answer.status_code == 422, rest
        assert "error-summary" in answer.content.decode(), rest


def test_a_plan_is_not_for_the_community(sides, write, enter):
    """No marking for the community, no agency beyond the partners named, and not one of them less."""
    plan = write()
    client = enter(sides.a.first)
    for sent in (
        {"marking": "green", "community": "1"},
        {"marking": "green", "agencies": "b,c"},
        {"marking": "amber", "agencies": "b,c,d"},
        {"marking": "amber", "agencies": "b"},
    ):
        assert client.post(f"/plans/{plan.reference}/release/", sent).status_code == 422, sent
    with viewing(sides.a.first.pk):
        assert Plan.objects.get(pk=plan.pk).state == State.DRAFT
