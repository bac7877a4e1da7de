"""The pages of case studies through HTTP: written without scripts, released, read elsewhere, recalled."""

from __future__ import annotations

import re

import pytest

from limen.node.alerts import drafting as alerts
from limen.node.casebook import stepping
from limen.node.casebook.models import CaseStudy
from limen.node.sharing import rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing

from .conftest import WRITTEN
from .pictures import pair

pytestmark = pytest.mark.django_db
COMMUNITY = {"marking": "green", "community": "1"}


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def body(response) -> str:
    return re.search("<main.*</main>", response.content.decode(), re.DOTALL)[0]


def test_written_without_scripts(enter, examiner):
    """A case study is begun, filled in, given steps and links, released, and found in the library, by forms alone."""
    client = enter(examiner)
    address = client.post("/cases/new/")["Location"]
    assert client.post(address, WRITTEN)["Location"] == address
    home = address.removesuffix("edit/")
    assert client.post(f"{home}steps/").status_code == 302
    (number,) = set(re.findall(r"steps/(\d+)/remove/", text(client.get(address))))
    assert (
        client.post(f"{home}steps/{number}/", {"text": "Turned under ultraviolet.", "tool": "light"}).status_code == 302
    )
    page = text(client.get(address))
    assert "Turned under ultraviolet." in page
    assert client.post(f"{home}release/", COMMUNITY)["Location"] == home
    assert WRITTEN["title"] in text(client.get("/cases/"))


def test_read_elsewhere_until_recalled(enter, write, examiner, stranger):
    """After its release another agency finds and opens it; after its recall it is absent there, at once."""
    case, friend = write(), enter(stranger)
    address = f"/cases/{case.reference}/"
    absent = friend.get("/cases/C26-AAAA-AAAA/")
    assert (friend.get(address).status_code, absent.status_code) == (404, 404)
    assert body(friend.get(address)) == body(absent)
    enter(examiner).post(f"{address}release/", COMMUNITY)
    page = text(friend.get(address))
    assert "Turned under ultraviolet." in page
    assert "Edges cut by hand" in page
    assert case.reference in text(friend.get("/cases/"))
    assert friend.get(f"{address}edit/")["Location"] == address
    assert enter(examiner).post(f"{address}recall/", {"reason": "The method is sensitive."}).status_code == 302
    assert friend.get(address).status_code == 404
    assert case.reference not in text(friend.get("/cases/?state=any"))


def test_links_are_for_those_who_may_open_them(enter, make, write, agency, examiner, stranger):
    """A reader who may not open a linked report is told neither its reference nor that there is one."""
    case = write()
    counter = make.officer(agency, "counter")
    secret = make.report(counter)
    shared = make.released(counter, rules.Audience(agency.pk, Marking("green"), community=True))
    with viewing(examiner.pk):
        stepping.link(case, examiner, secret.reference)
    owner, friend = enter(examiner), enter(stranger)
    owner.post(f"/cases/{case.reference}/release/", COMMUNITY)
    page = text(friend.get(f"/cases/{case.reference}/"))
    assert secret.reference not in page
    assert "title-links" not in page
    assert secret.reference in text(owner.get(f"/cases/{case.reference}/"))
    owner.post(f"/cases/{case.reference}/recall/", {"reason": "One more link."})
    assert owner.post(f"/cases/{case.reference}/links/", {"reference": shared.reference}).status_code == 302
    owner.post(f"/cases/{case.reference}/release/", COMMUNITY)
    page = text(friend.get(f"/cases/{case.reference}/"))
    assert (shared.reference in page, secret.reference in page) == (True, False)


def test_alerts_are_linked_like_reports(enter, write, examiner, stranger):
    """A link to an alert shows to those who may open the alert, and to nobody else."""
    case = write()
    with viewing(examiner.pk):
        secret = alerts.begin(examiner)
    owner = enter(examiner)
    assert owner.post(f"/cases/{case.reference}/links/", {"reference": secret.reference}).status_code == 302
    owner.post(f"/cases/{case.reference}/release/", COMMUNITY)
    assert secret.reference in text(owner.get(f"/cases/{case.reference}/"))
    assert secret.reference not in text(enter(stranger).get(f"/cases/{case.reference}/"))
    other = write(stranger)
    refused = enter(stranger).post(f"/cases/{other.reference}/links/", {"reference": secret.reference})
    assert refused.status_code == 422


def test_a_report_becomes_one_by_a_click(enter, make, agency, examiner, stranger):
    """The page of one's own agency's report offers it to writers, and one post makes the draft."""
    counter = make.officer(agency, "counter")
    report = make.released(counter, rules.Audience(agency.pk, Marking("green"), community=True))
    address = f"/reports/{report.reference}/"
    offered = 'action="/cases/new/"'
    assert offered in text(enter(examiner).get(address))
    assert offered not in text(enter(counter).get(address))
    assert offered not in text(enter(stranger).get(address))
    made = enter(examiner).post("/cases/new/", {"report": report.reference})["Location"]
    assert report.reference in text(enter(examiner).get(made))
    assert enter(stranger).post("/cases/new/", {"report": report.reference}).status_code == 403
    assert enter(counter).post("/cases/new/").status_code == 403


def test_saved_as_it_is_typed(enter, write, examiner):
    """A field is saved by itself; one that is not understood is told beside it, and the rest is saved."""
    case, client = write(), enter(examiner)
    sent = {"title": "Other", "model_year": "1492"}
    answer = client.post(f"/cases/{case.reference}/field/", sent, headers={"X-Autosave": "1"})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["model_year"])
    with viewing(examiner.pk):
        assert CaseStudy.objects.get(pk=case.pk).title == "Other"
        step = case.steps.get()
    address = f"/cases/{case.reference}/steps/{step.pk}/"
    answer = client.post(address, {"light": "moonlight"}, headers={"X-Autosave": "1"})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["light"])


def test_steps_learn_of_new_pictures(enter, write, examiner):
    """After a picture was added, each step may point at it and at its marked places."""
    case, client = write(), enter(examiner)
    address = f"/cases/{case.reference}/places/"
    assert '<option value=""></option></select>' in text(client.get(address))
    with viewing(examiner.pk):
        found, _reference = pair(case)
    assert f'value="{found.uid}:0"' in text(client.get(address))


@pytest.mark.parametrize("way", ["edit/", "field/", "told/", "discard/", "steps/", "links/", "release/"])
def test_nothing_of_anothers_is_changed(enter, write, examiner, stranger, way):
    """What posts to another agency's case study is answered as if there were none, before its release and after."""
    case, friend = write(), enter(stranger)
    address = f"/cases/{case.reference}/{way}"
    assert friend.post(address, WRITTEN).status_code == 404
    enter(examiner).post(f"/cases/{case.reference}/release/", COMMUNITY)
    assert friend.post(address, WRITTEN).status_code == 404


def test_who_proposes(enter, make, agency, write):
    """An analyst writes; an examiner or coordinator, who sees the bearer that no text may tell of, proposes."""
    analyst = make.officer(agency, "analyst")
    case = write(analyst)
    assert enter(analyst).post(f"/cases/{case.reference}/release/", COMMUNITY).status_code == 403
    coordinator = enter(make.officer(agency, "coordinator"))
    assert coordinator.post(f"/cases/{case.reference}/release/", COMMUNITY).status_code == 302
    assert "Author" in text(coordinator.get(f"/cases/{case.reference}/"))
