"""Who is told of an alert: subscriptions, the own country, agencies by name, urgency; and never who may not see it."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from limen.node.alerts.subscriptions import keeping
from limen.node.alerts.subscriptions.models import OwnCountry, Subscription
from limen.node.alerts.subscriptions.publishing import subscribers_of, tell_subscribers
from limen.node.notices import sending
from limen.node.notices.models import Notice
from limen.node.sharing import releasing, rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db

ROUTINE = {"urgency": "1"}
ELSEWHERE = {"urgency": "1", "issuers": ["UTO"], "countries": ["SGP"], "places": ["SGSIN"]}


@pytest.fixture
def told(keeping):
    """Let the worker tell of an alert; the officers who then have a notice."""

    def tell_of(alert):
        with keeping():
            tell_subscribers(alert.pk)
            return {notice.officer_id: notice for notice in Notice.objects.filter(number=alert.reference)}

    return tell_of


@pytest.fixture
def subscribe():
    def subscribe(officer, email=True, push=True, **values):
        with viewing(officer.pk):
            return keeping.keep(officer, {"by_email": email, "by_push": push} | values)

    return subscribe


def ids(service, *roles):
    return {getattr(service, role).pk for role in roles}


EVERYBODY = ("counter", "analyst", "examiner", "coordinator", "administrator", "second")


def test_releasing_leaves_it_to_the_worker(mine, released):
    """The release itself writes no notice; a job names the alert, once the transaction is done."""
    alert = released(mine, **ROUTINE)
    job = ProcrastinateJob.objects.get(task_name="limen.node.alerts.tell_of")
    assert job.args == {"alert": alert.pk}
    for officer in (mine.counter, mine.coordinator):
        with viewing(officer.pk):
            assert not Notice.objects.exists()


def test_the_own_country_by_default(mine, theirs, released, told):
    """Who said nothing is told of what is about their country, but who wrote and who released it."""
    found = told(released(mine, **ROUTINE))
    assert found.keys() == ids(mine, "counter", "examiner", "administrator", "second")
    assert found[mine.counter.pk].url == f"/alerts/{found[mine.counter.pk].number}/"
    assert not found[mine.counter.pk].urgent


def test_the_own_country_can_be_declined(mine, released, told):
    """And wished for again."""
    with viewing(mine.counter.pk):
        keeping.want_own_country(mine.counter, False)
    assert mine.counter.pk not in told(released(mine, **ROUTINE))
    with viewing(mine.counter.pk):
        keeping.want_own_country(mine.counter, True)
    assert mine.counter.pk in told(released(mine, **ROUTINE))


def test_an_urgent_alert_reaches_everybody_who_sees_it(mine, theirs, released, told):
    """Whatever they subscribed to or declined."""
    with viewing(theirs.counter.pk):
        keeping.want_own_country(theirs.counter, False)
    found = told(released(mine, **ELSEWHERE | {"urgency": "3"}))
    assert found.keys() == ids(mine, "counter", "examiner", "administrator", "second") | ids(theirs, *EVERYBODY)
    assert all(notice.urgent and notice.by_email and notice.by_push for notice in found.values())


def test_an_agency_that_is_named_is_told(mine, theirs, make, released, told):
    """All its officers; nobody of an agency that is not named sees or is told of it."""
    outsider = make.officer(make.agency(country="SGP"))
    audience = rules.Audience(mine.agency.pk, Marking.AMBER, agencies=frozenset({theirs.agency.pk}))
    found = told(released(mine, audience, **ELSEWHERE))
    assert found.keys() == ids(theirs, *EVERYBODY)
    assert outsider.pk not in found


@pytest.mark.parametrize(
    ("conditions", "fits"),
    [
        ({"issuers": ["UTO"]}, True),
        ({"issuers": ["THA"]}, False),
        ({"countries": ["SGP"]}, True),
        ({"places": ["SGSIN"]}, True),
        ({"places": ["MYKUL"]}, False),
        ({"fraud_classes": ["counterfeit"]}, True),
        ({"fraud_classes": ["impostor"]}, False),
        ({"categories": ["passport"], "issuers": ["UTO", "THA"]}, True),
        ({"categories": ["visa"], "issuers": ["UTO"]}, False),
    ],
)
def test_a_subscription_by_any_condition(mine, theirs, released, told, subscribe, conditions, fits):
    """Issuer, place or its country, method or its class, kind of document; all that are set must fit."""
    subscribe(theirs.counter, **conditions)
    assert (theirs.counter.pk in told(released(mine, **ELSEWHERE))) == fits


def test_a_place_fits_its_country(mine, theirs, released, told, subscribe):
    """Where the alert names a place alone: its country is known; by default, too, for who works there."""
    subscribe(theirs.counter, countries=["SGP"])
    subscribe(theirs.examiner, countries=["MYS"])
    assert theirs.counter.pk in told(released(mine, **ELSEWHERE | {"countries": []}))
    here = told(released(mine, **ELSEWHERE | {"countries": [], "places": ["VNSGN"]}))
    assert here.keys() == ids(theirs, *EVERYBODY)


def test_a_method_fits_its_class(mine, theirs, released, told, subscribe):
    """Who asks for the class is told of the method; who asks for another method of it is not."""
    from limen.node.terms.registry import words

    known = words("method")
    method = next(code for code, word in known.items() if word.parent == "counterfeit")
    other = next(code for code, word in known.items() if word.parent == "counterfeit" and code != method)
    subscribe(theirs.counter, fraud_classes=["counterfeit"])
    subscribe(theirs.examiner, methods=[method])
    subscribe(theirs.analyst, methods=[other])
    found = told(released(mine, **ELSEWHERE | {"methods": [method]}))
    assert found.keys() == ids(theirs, "counter", "examiner")


def test_ways_of_subscriptions_add_up(mine, theirs, released, told, subscribe):
    """One notice, by every way that any of the fitting subscriptions has; without one, in the list alone."""
    subscribe(theirs.counter, issuers=["UTO"], push=False)
    subscribe(theirs.counter, places=["SGSIN"], email=False)
    subscribe(theirs.examiner, issuers=["UTO"], email=False, push=False)
    found = told(released(mine, **ELSEWHERE))
    assert (found[theirs.counter.pk].by_email, found[theirs.counter.pk].by_push) == (True, True)
    assert (found[theirs.examiner.pk].by_email, found[theirs.examiner.pk].by_push) == (False, False)


def test_who_may_not_see_it_is_not_told(mine, theirs, released, told, subscribe, keeping):
    """An alert for the own agency alone, or for one more, whatever others subscribed to; nor who was deactivated."""
    for officer in (theirs.counter, mine.counter, mine.examiner):
        subscribe(officer, issuers=["UTO"])
    with keeping():
        type(mine.examiner).objects.filter(pk=mine.examiner.pk).update(is_active=False)
    audience = rules.Audience(mine.agency.pk, Marking.AMBER, agencies=frozenset({mine.agency.pk, theirs.agency.pk}))
    assert mine.examiner.pk not in told(released(mine, audience, **ELSEWHERE))
    red = rules.Audience(mine.agency.pk, Marking.RED, officers=frozenset({theirs.examiner.pk, mine.counter.pk}))
    found = told(released(mine, red, **ELSEWHERE))
    assert found.keys() == {theirs.examiner.pk, mine.counter.pk}


def test_every_officer_told_could_open_it(mine, theirs, released, keeping):
    """Held against the database's own rule, for every audience."""
    from limen.node.people.models import Officer
    from limen.node.sharing.policy import sight

    audiences = (
        rules.Audience(mine.agency.pk, Marking.GREEN, community=True),
        rules.Audience(mine.agency.pk, Marking.AMBER, agencies=frozenset({theirs.agency.pk})),
        rules.Audience(mine.agency.pk, Marking.RED, officers=frozenset({theirs.counter.pk})),
    )
    for audience in audiences:
        alert = released(mine, audience, urgency="3")
        with keeping():
            told = {each.officer for each in subscribers_of(alert)}
            officers = set(Officer.objects.values_list("pk", flat=True))
        seeing = set()
        for officer in officers:
            with viewing(officer):
                seeing |= {officer} if sight(alert.audience_id) else set()
        assert told == seeing - {mine.analyst.pk, mine.coordinator.pk}


def test_an_alert_recalled_before_the_worker_came(mine, released, told):
    """Nobody is told of it."""
    alert = released(mine, **ROUTINE)
    with viewing(mine.coordinator.pk):
        releasing.recall(alert, mine.coordinator, "wrong")
    assert not told(alert)


def test_an_alert_recalled_after_officers_were_told(mine, theirs, released, told, keeping):
    """What was not sent yet is not sent, and the notice leads to nothing."""
    alert = released(mine, urgency="3")
    notice = told(alert)[theirs.counter.pk]
    with viewing(mine.coordinator.pk):
        releasing.recall(alert, mine.coordinator, "wrong")
    with keeping():
        sending.send_due()
    assert not [message for message in mail.outbox if theirs.counter.email in message.to]
    client = theirs.client("counter")
    assert client.get(f"/notices/{notice.pk}/", follow=True).status_code == 404


def test_the_message_tells_nothing_of_the_alert(mine, theirs, released, told, keeping):
    """The number and that it is urgent: no title, issuer, place, text or agency."""
    alert = released(mine, urgency="3")
    told(alert)
    with keeping():
        sending.send_due()
    (message,) = [message for message in mail.outbox if theirs.counter.email in message.to]
    assert message.subject == f"A new alert is on Limen: {alert.reference} (urgent)"
    whole = message.message().as_string()
    for secret in (alert.title, "Utopia", "UTO", "THBKK", "watermark", mine.agency.name, "TLP"):
        assert secret not in whole


def test_opening_the_alert_answers_the_bell(mine, theirs, released, told):
    """Whichever way the officer came to it."""
    alert = released(mine, urgency="3")
    told(alert)
    client = theirs.client("counter")
    assert "1 not seen" in client.get("/notices/bell/").content.decode()
    client.get(reverse("alerts:show", args=[alert.reference]))
    assert "nothing new" in client.get("/notices/bell/").content.decode()


def test_a_subscription_is_its_officers(mine, subscribe):
    """By raw SQL as the site's role, and by its address: nobody else's."""
    row = subscribe(mine.counter, issuers=["UTO"])
    with viewing(mine.counter.pk):
        keeping.want_own_country(mine.counter, False)
    for looker, seen in ((mine.counter, 1), (mine.coordinator, 0), (mine.administrator, 0)):
        with viewing(looker.pk), connection.cursor() as cursor:
            for table in ("alerts_subscription", "alerts_owncountry"):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone()[0] == seen, table
                cursor.execute(f"UPDATE {table} SET officer_id = officer_id")
                assert cursor.rowcount == seen, table
    other = mine.client("coordinator")
    assert other.get(f"/alerts/subscriptions/{row.pk}/").status_code == 404
    assert other.post(f"/alerts/subscriptions/{row.pk}/", {"issuers": "THA"}).status_code == 404
    assert other.post(f"/alerts/subscriptions/{row.pk}/end/").status_code == 404


def test_the_pages(mine):
    """Made with conditions from the address, changed, ended; the own country off and on."""
    client = mine.client("counter")
    page = client.get("/alerts/subscriptions/new/?issuers=UTO&places=THBKK").content.decode()
    assert "UTO" in page
    assert "THBKK" in page
    answer = client.post("/alerts/subscriptions/new/", {"issuers": "UTO,THA", "by_email": "on"}, follow=True)
    assert "Utopia, Thailand" in answer.content.decode()
    with viewing(mine.counter.pk):
        row = Subscription.objects.get()
    assert (row.issuers, row.by_email, row.by_push) == (["UTO", "THA"], True, False)
    form = client.get(f"/alerts/subscriptions/{row.pk}/").content.decode()
    assert 'value="UTO,THA"' in form
    client.post(f"/alerts/subscriptions/{row.pk}/", {"places": ["THBKK", "VNSGN"], "by_push": "on"})
    with viewing(mine.counter.pk):
        row = Subscription.objects.get()
    assert (row.issuers, row.places, row.by_push) == ([], ["THBKK", "VNSGN"], True)
    assert client.post(f"/alerts/subscriptions/{row.pk}/end/", follow=True).status_code == 200
    client.post("/alerts/subscriptions/own-country/", {"wanted": "0"})
    with viewing(mine.counter.pk):
        assert not Subscription.objects.exists()
        assert OwnCountry.objects.get().wanted is False
    assert "Tell me of them" in client.get("/alerts/subscriptions/").content.decode()


@pytest.mark.parametrize("sent", [{}, {"issuers": "ATLANTIS"}, {"methods": "no_such"}, {"categories": ["x"]}])
def test_what_is_no_condition_is_refused(mine, sent):
    """Nothing at all, or codes that nobody knows: the form says so, nothing is kept."""
    answer = mine.client("counter").post("/alerts/subscriptions/new/", sent)
    assert answer.status_code == 422
    with viewing(mine.counter.pk):
        assert not Subscription.objects.exists()


def test_subscriptions_have_an_end(mine, subscribe, monkeypatch):
    """Forty of one officer."""
    from limen.node.web.errors import Invalid

    monkeypatch.setattr(keeping, "MOST", 2)
    for _ in range(2):
        subscribe(mine.counter, issuers=["UTO"])
    with pytest.raises(Invalid, match="already"):
        subscribe(mine.counter, issuers=["UTO"])


def test_few_statements_for_many(mine, theirs, make, released, keeping, subscribe, django_assert_max_num_queries):
    """However many are told, it takes a handful of statements."""
    for _ in range(40):
        subscribe(make.officer(theirs.agency), issuers=["UTO"])
    alert = released(mine, **ELSEWHERE)
    with keeping(), django_assert_max_num_queries(9):
        assert tell_subscribers(alert.pk) == 40
