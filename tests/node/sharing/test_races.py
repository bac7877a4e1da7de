"""Requests that race: what takes two people takes two, and what is done once is done once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from limen.node.reports.drafting import begin
from limen.node.reports.models import Report, Rollup
from limen.node.reports.release import propose
from limen.node.sharing import releasing
from limen.node.sharing.classes import ALL
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import Release, State
from limen.node.sharing.rules import Audience
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(officers, act):
    """Let each officer act in a thread and connection of their own; say what came of each."""

    def run(officer):
        try:
            with viewing(officer.pk):
                return act(officer)
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(officers)) as pool:
        return list(pool.map(run, officers))


def test_one_client_key_is_one_report(make):
    """Eight requests with the same client key begin one report, and all are told the same."""
    officer = make.officer(None, "counter")
    begun = at_once([officer] * 8, lambda each: begin(each, {"issuer": "UTO"}, client_key="k1"))
    assert len({report.reference for report in begun}) == 1
    with viewing(officer.pk):
        assert Report.objects.count() == 1


def test_one_decision_for_a_proposal(make):
    """Of four people who approve at once one is heard; the roll-ups count the report once."""
    counter = make.officer(None, "counter")
    deciders = [make.officer(counter.agency, "coordinator") for _ in range(4)]
    audience = Audience(counter.agency_id, Marking.AMBER, agencies=frozenset({make.agency().pk}), classes=ALL)
    report = make.report(counter)
    with viewing(counter.pk):
        release = propose(report, counter, audience, "MoU")
    outcomes = at_once(deciders, lambda each: releasing.approve(report, release, each))
    assert sum(not isinstance(outcome, Refused) for outcome in outcomes) == 1
    with viewing(counter.pk):
        assert sum(Rollup.objects.filter(dimension="all").values_list("n", flat=True)) == 1


def test_one_proposal_at_a_time(make):
    """Of four proposals at once one is made."""
    officer = make.officer(make.agency(second_person_always=True), "coordinator")
    colleagues = [officer, *(make.officer(officer.agency, "coordinator") for _ in range(3))]
    audience = Audience(officer.agency_id, Marking.GREEN, community=True)
    report = make.report(officer)
    outcomes = at_once(colleagues, lambda each: propose(Report.objects.get(pk=report.pk), each, audience))
    assert sum(isinstance(outcome, Release) for outcome in outcomes) == 1


def test_recalled_while_approved(make):
    """A withdrawal and an approval at once leave one of the two, never both."""
    officer = make.officer(make.agency(second_person_always=True), "counter")
    second = make.officer(officer.agency, "coordinator")
    audience = Audience(officer.agency_id, Marking.GREEN, community=True)
    report = make.report(officer)
    with viewing(officer.pk):
        release = propose(report, officer, audience)

    def act(each):
        if each.pk == officer.pk:
            return releasing.withdraw(report, release, each)
        return releasing.approve(Report.objects.get(pk=report.pk), release, each)

    outcomes = at_once([officer, second], act)
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    with viewing(officer.pk):
        state = Report.objects.get(pk=report.pk).state
    assert state == (State.RELEASED if isinstance(outcomes[0], Refused) else State.DRAFT)
