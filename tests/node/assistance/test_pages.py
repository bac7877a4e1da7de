"""From a report's page to an answer's question, through the pages of both sides."""

import pytest

from limen.node.assistance import reading
from limen.node.assistance.models import Request, Stage
from limen.node.notices.models import Notice
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db


def find(officer, reference):
    """The request as an officer sees it."""
    with viewing(officer.pk):
        return reading.find(reference)


def the_one(officer):
    """The one request that the officer sees."""
    with viewing(officer.pk):
        return Request.objects.get()


def main(response):
    """What stands on a page, without tokens and nonces."""
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def test_a_request_is_begun_written_sent_and_taken(people, make, enter):
    """A counter officer asks from a report; class 0 is sent at once; the examiner takes it, asks back, is told."""
    report = make.report(people.a.counter, summary="The laminate lifts.")
    asker, examiner = enter(people.a.counter), enter(people.b.examiner)
    assert b"Ask an examiner" in asker.get(f"/reports/{report.reference}/").content
    assert report.reference in asker.get(f"/assistance/new/?report={report.reference}").content.decode()
    assert asker.post("/assistance/new/", {"report": report.reference}).status_code == 302
    request = the_one(people.a.counter)
    assert (request.issuer, request.report) == ("UTO", report.pk)
    edit = f"/assistance/{request.reference}/edit/"
    assert b"Agency B" in asker.get(edit).content
    asker.post(edit, {"question": "Is the laminate right?", "priority": "traveller_waits", "language": "th"})
    asker.post(f"/assistance/{request.reference}/asked/", {"asked": "b"})
    form = asker.get(f"/assistance/{request.reference}/release/")
    assert b"amber_strict" in form.content
    sent = asker.post(
        f"/assistance/{request.reference}/release/", {"marking": "amber_strict", "agencies": "b"}, follow=True
    )
    assert b"was released" in sent.content
    shown = examiner.get("/assistance/")
    assert request.reference in shown.content.decode()
    with viewing(people.b.examiner.pk):
        notice = Notice.objects.get()
    assert (notice.urgent, notice.number) == (True, request.reference)
    page = f"/assistance/{request.reference}/"
    assert b"Take it" in examiner.get(page).content
    examiner.post(f"{page}take/")
    examiner.post(f"{page}say/", {"text": "Is there a picture in ultraviolet light?", "asks": "1"})
    taken = find(people.a.counter, request.reference)
    assert (taken.stage, taken.taken_by) == (Stage.ASKED_BACK, people.b.examiner)
    assert b"ultraviolet light?" in asker.get(page).content
    with viewing(people.a.counter.pk):
        assert Notice.objects.filter(number=request.reference).count() == 2
    asker.post(f"{page}say/", {"text": "No."})
    assert find(people.a.counter, request.reference).stage == Stage.TAKEN
    asker.post(f"{page}close/")
    assert find(people.b.examiner, request.reference).stage == Stage.CLOSED


def test_strangers_get_what_a_wrong_number_gets(people, draft, send, enter):
    """Every address of a request answers a third agency, and the asked one before sending, as a wrong one does."""
    request = draft()
    outsiders = [people.b.examiner]
    for _again in range(2):
        for officer in outsiders:
            client = enter(officer)
            for path in ("", "edit/", "release/", "recall/"):
                found = client.get(f"/assistance/{request.reference}/{path}")
                wrong = client.get(f"/assistance/Q26-2222-2222/{path}")
                assert (found.status_code, wrong.status_code) == (404, 404)
                assert main(found).replace(request.reference, "") == main(wrong).replace("Q26-2222-2222", "")
            for path in ("take/", "give-back/", "say/", "close/", "asked/", "discard/", "bearer/"):
                assert client.post(f"/assistance/{request.reference}/{path}").status_code == 404
            assert request.reference not in client.get("/assistance/?show=open").content.decode()
        if request.state == "draft":
            send(request)
            outsiders = [people.c.examiner, people.c.coordinator]


def test_nothing_is_copied_that_was_not_chosen(people, make, enter):
    """Numbers and names of the report go along only where the officer includes them."""
    report = make.report(people.a.counter, number="X1234567", surname="Doe")
    asker = enter(people.a.counter)
    asker.post("/assistance/new/", {"report": report.reference})
    plain = the_one(people.a.counter)
    with viewing(people.a.counter.pk):
        assert reading.document_of(plain) is None
        assert not reading.has_bearer(plain)
    asker.post("/assistance/new/", {"report": report.reference, "include": ["1"]})
    with viewing(people.a.counter.pk):
        second = Request.objects.latest("pk")
        assert reading.document_of(second).number == "X1234567"
        assert not reading.has_bearer(second)
