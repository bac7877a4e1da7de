"""Whom to ask: by what agencies state themselves, with every active agency offered, and nothing told of their load."""

import pytest
from django.db import ProgrammingError, connection, transaction

from limen.node.assistance import acting, expertise, routing
from limen.node.assistance.models import Expertise
from limen.node.sharing import releasing, rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid, Refused

pytestmark = pytest.mark.django_db


def suggested(people, request):
    """Code and reasons of each suggestion, in their order."""
    with viewing(people.a.counter.pk):
        return [(each.agency.code, each.reasons) for each in routing.suggest(request)]


def state(officer, whole=False, **values):
    """State what an officer, or the agency as a whole, knows."""
    with viewing(officer.pk):
        return expertise.state(officer, values, whole=whole)


def test_what_is_stated_ranks_and_is_said(people, draft, make):
    """Issuer before kind, language and duty; each reason is said; who states nothing is offered all the same."""
    request = draft(issuer="THA", category="visa_label")
    assert suggested(people, request) == [("b", ()), ("c", ())]
    state(people.b.coordinator, whole=True, categories=["visa_label"], languages=["en"])
    state(people.c.examiner, issuers=["THA"])
    found = suggested(people, request)
    assert [code for code, _reasons in found] == ["c", "b"]
    assert [len(reasons) for _code, reasons in found] == [1, 2]
    with viewing(people.b.examiner.pk):
        expertise.set_duty(people.b.examiner, on_duty=True)
    assert "on duty" in " ".join(dict(suggested(people, request))["b"])
    make.agency(code="gone", is_active=False)
    assert "gone" not in dict(suggested(people, request))


def test_what_an_examiner_states_stays_within_the_agency(people):
    """Others read an agency's own row and the directory, never a row with a name; one writes for oneself alone."""
    state(people.b.examiner, issuers=["UTO"])
    state(people.b.coordinator, whole=True, issuers=["THA"])
    with viewing(people.c.examiner.pk):
        assert [each.officer_id for each in Expertise.objects.all()] == [None]
        assert routing.directory()[people.b.agency.pk].issuers == {"THA", "UTO"}
        assert Expertise.objects.update(on_duty=True) == 0
    with viewing(people.b.second.pk):
        assert Expertise.objects.filter(officer=people.b.examiner).update(on_duty=True) == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            Expertise.objects.create(agency=people.b.agency, officer=people.b.examiner)
    with viewing(None):
        assert routing.directory() == {}


def test_who_left_counts_no_more(people, draft, keeping):
    """What an examiner stated goes with the examiner."""
    state(people.b.examiner, issuers=["UTO"])
    with viewing(people.b.examiner.pk):
        expertise.set_duty(people.b.examiner, on_duty=True)
    assert suggested(people, draft())[0][0] == "b"
    with keeping():
        people.b.examiner.is_active = False
        people.b.examiner.save()
    with viewing(people.a.counter.pk):
        assert not routing.directory()[people.b.agency.pk].on_duty
        assert not routing.directory()[people.b.agency.pk].issuers


def test_load_is_not_told(people, draft, send, make):
    """What others ask of an agency changes nothing that one sees; what one's own agency asks there does."""
    request = draft(issuer="D")
    before = suggested(people, request)
    other, to_b = people.c.counter, frozenset({people.b.agency.pk})
    with viewing(other.pk):
        for _each in range(3):
            asked = acting.begin(other, values={"asked": "b", "question": "?", "issuer": "D", "category": "passport"})
            releasing.propose(asked, other, rules.Audience(other.agency_id, Marking.AMBER, agencies=to_b))
    assert suggested(people, request) == before
    send(draft())
    assert [code for code, _reasons in suggested(people, request)] == ["c", "b"]


def test_on_duty_is_told_first(people, draft, send):
    """Of the asked agency those on duty are told, all examiners where none is; nobody else asks who that is."""
    with viewing(people.b.second.pk):
        expertise.set_duty(people.b.second, on_duty=True)
    request = send(draft())

    def watch(officer):
        with viewing(officer.pk), connection.cursor() as cursor:
            cursor.execute("SELECT assistance_watch(%s)", [request.pk])
            return set(cursor.fetchone()[0])

    assert watch(people.a.counter) == {people.b.second.pk}
    assert watch(people.c.counter) == watch(people.b.counter) == set()
    with viewing(people.b.second.pk):
        expertise.set_duty(people.b.second, on_duty=False)
    assert watch(people.a.counter) == {people.b.examiner.pk, people.b.second.pk}


def test_the_page_keeps_what_is_known(people, enter):
    """An examiner's and the agency's own are kept apart; what is no term is told, and nothing is stored."""
    client = enter(people.b.examiner)
    assert client.get("/assistance/expertise/").status_code == 200
    sent = {"of": "agency", "issuers": "UTO,THA", "categories": ["passport"], "languages": ["th", "xx"]}
    assert client.post("/assistance/expertise/", sent).status_code == 302
    with viewing(people.b.examiner.pk):
        row = Expertise.objects.get()
    assert (row.officer, row.issuers, row.categories, row.languages) == (None, ["UTO", "THA"], ["passport"], ["th"])
    assert client.post("/assistance/expertise/", {"of": "officer", "issuers": "Atlantis"}).status_code == 422
    assert enter(people.b.counter).get("/assistance/expertise/").status_code == 403
    with viewing(people.b.counter.pk), pytest.raises(Refused):
        expertise.set_duty(people.b.counter, on_duty=True)
    with viewing(people.b.examiner.pk), pytest.raises(Invalid):
        expertise.state(people.b.examiner, {"issuers": ["Atlantis"]}, whole=True)
    client.post("/assistance/duty/", {"on_duty": "1"})
    assert "You are on duty" in client.get("/assistance/").content.decode()
