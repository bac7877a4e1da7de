"""What may be done with a screening and a referral, by whom, and what is left of it."""

import pytest
from django.http import Http404

from limen.node.notices.models import Notice
from limen.node.protection import acting, reading, referring, retention
from limen.node.protection.models import Answer, Referral, Screening
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid, Refused

pytestmark = pytest.mark.django_db

AGREED = {
    "basis": "person",
    "how": "spoken",
    "items": ["name", "answers"],
    "name": "token-name",
    "contact": "token-contact",
}


def refer(screening, officer, contact, **values):
    with viewing(officer.pk):
        return referring.refer(screening, officer, contact, AGREED | values)


def test_who_meets_no_persons_begins_none(here):
    """Analysts and administrators begin no screening."""
    for role in ("analyst", "administrator"):
        with viewing(here[role].pk), pytest.raises(Refused):
            acting.begin(here[role])


def test_what_is_handed_over_is_gone_for_who_screened(here, screened):
    """After handing over, the officer does not find it, and the protection officer does, told by a notice."""
    screening = screened(here["counter"], {"threats.leave": "no"}, hand_over=True)
    with viewing(here["counter"].pk), pytest.raises(Http404):
        reading.screening_of(screening.reference)
    with viewing(here["protection"].pk):
        found = reading.screening_of(screening.reference)
        assert (found.stage, found.result) == ("handed", "some")
        assert Notice.objects.get().number == screening.reference


def test_without_a_protection_officer_nothing_is_handed_over(make, screened):
    """Where nobody could read it, it stays with who screened."""
    officer = make.officer(make.agency())
    screening = screened(officer)
    with viewing(officer.pk), pytest.raises(Refused):
        acting.hand_over(screening, officer)


def test_it_is_begun_only_from_what_the_officer_sees(here, there, make, screened):
    """From another agency's draft it cannot be begun, just as from a report that does not exist."""
    report = make.report(there["counter"])
    for reference in (report.reference, "R26-2222-2222"):
        with viewing(here["counter"].pk), pytest.raises(Http404):
            acting.begin(here["counter"], kind="reports", reference=reference)


def test_who_does_not_agree_is_not_asked(here, screened):
    """Where the person did not agree, answers are not kept; what was seen is."""
    screening = screened(here["counter"], {"work.hours": "yes"}, agreed="no")
    with viewing(here["counter"].pk):
        assert reading.answers_of(screening) == {}


def test_only_what_was_agreed_to_is_passed_on(here, there, screened, contact):
    """Observations and the contact stay behind without consent, whatever was typed; the answers are a copy."""
    screening = screened(here["counter"], {"work.hours": "yes"})
    sent = refer(screening, here["counter"], contact(here["coordinator"], there["agency"]))
    with viewing(there["protection"].pk):
        found = reading.referral_of(sent.reference)
        assert (found.name, found.contact, found.observations) == ("token-name", "", "")
        assert found.answers == {"said": {"work.hours": "yes"}}
        assert [notice.urgent for notice in Notice.objects.all()] == [False]


@pytest.mark.parametrize(
    ("age", "basis", "allowed"),
    [
        ("adult", "person", True),
        ("adult", "guardian", False),
        ("child", "person", False),
        ("unclear", "guardian", True),
    ],
)
def test_who_agrees(here, screened, contact, age, basis, allowed):
    """An adult agrees alone; for a child, or who may be one, a guardian or the authority does."""
    screening = screened(here["counter"], age=age)
    to = contact(here["coordinator"])
    if allowed:
        assert refer(screening, here["counter"], to, basis=basis).step == "sent"
    else:
        with pytest.raises(Invalid):
            refer(screening, here["counter"], to, basis=basis)


def test_danger_makes_it_urgent(here, there, screened, contact):
    """Who is in danger is told of urgently, though nobody marked it."""
    screening = screened(here["counter"], danger="yes")
    sent = refer(screening, here["counter"], contact(here["coordinator"], there["agency"]))
    with viewing(there["protection"].pk):
        assert sent.urgent
        assert Notice.objects.get().urgent


def test_the_receiver_answers_and_the_sender_is_told(here, there, screened, contact):
    """A protection officer of the agency it was sent to accepts; those of the sender are told, no coordinator is."""
    screening = screened(here["counter"], hand_over=True)
    sent = refer(screening, here["protection"], contact(here["coordinator"], there["agency"]))
    with viewing(here["protection"].pk), pytest.raises(Refused):
        referring.answer(sent, here["protection"], "accepted", "")
    with viewing(there["protection"].pk):
        referring.answer(sent, there["protection"], "accepted", "A place was found.")
    with viewing(here["protection"].pk):
        assert reading.referral_of(sent.reference).feedback == "A place was found."
        assert Notice.objects.filter(number=sent.reference).count() == 1
    with viewing(here["coordinator"].pk):
        assert not Notice.objects.exists()


def test_withdrawn_consent_deletes_what_was_passed_on(here, there, screened, contact):
    """Nothing of it is left for either side but that there was something; then the screening can be deleted."""
    screening = screened(here["counter"], {"work.hours": "yes"}, hand_over=True)
    officer = here["protection"]
    sent = refer(screening, officer, contact(here["coordinator"], there["agency"]), items=["name", "observations"])
    with viewing(officer.pk):
        with pytest.raises(Refused):
            acting.delete(screening, officer)
        referring.withdraw(sent, officer)
    with viewing(there["protection"].pk):
        found = reading.referral_of(sent.reference)
        assert (found.step, found.items, found.answers) == ("withdrawn", [], {})
        assert found.name + found.observations + found.language == ""
    with viewing(officer.pk):
        acting.delete(screening, officer)
    with viewing(there["protection"].pk), pytest.raises(Http404):
        reading.referral_of(sent.reference)


def test_the_log_does_not_say_where_it_began(here, make, screened, log):
    """Entries name the screening's own random reference, and nothing of the report."""
    report = make.report(here["counter"])
    screening = screened(here["counter"], kind="reports", reference=report.reference, hand_over=True)
    for action in ("screening.begun", "screening.changed", "screening.handed_over"):
        assert log(action) == [(f"screening:{screening.reference}", "{}")]


def test_retention_really_deletes(here, there, screened, contact, keeping, log):
    """What was to be kept until yesterday is gone with answers and referrals, also for who received them."""
    screening = screened(here["counter"], {"work.hours": "yes"}, hand_over=True)
    refer(screening, here["protection"], contact(here["coordinator"], there["agency"]))
    with keeping():
        screening.refresh_from_db()
        assert retention.delete_expired(screening.retain_until) == 0
        assert retention.delete_expired(screening.retain_until.replace(year=screening.retain_until.year + 1)) == 1
        assert not any(model.objects.exists() for model in (Screening, Answer, Referral))
    assert log("screening.deleted")[0][0] == f"screening:{screening.reference}"


def test_months_are_the_agencys(make, screened, keeping):
    """An agency's own term holds, and is shorter than that of reports."""
    agency = make.agency(protection_months=2)
    make.officer(agency, "protection")
    screening = screened(make.officer(agency), hand_over=True)
    with keeping():
        screening.refresh_from_db()
    assert 55 <= (screening.retain_until - screening.handed_at.date()).days <= 63


def test_what_is_forgotten_open_is_taken_over(here, screened, keeping):
    """After a week an open screening goes to the protection officers by itself; a younger one stays."""
    screening = screened(here["counter"])
    with keeping():
        screening.refresh_from_db()
        week = retention.FORGOTTEN
        assert retention.take_over_forgotten(screening.opened_at + week / 2) == 0
        assert retention.take_over_forgotten(screening.opened_at + week * 2) == 1
    with viewing(here["protection"].pk):
        assert reading.screening_of(screening.reference).stage == "handed"
