"""Two people where two people are needed: no page, statement or race of requests gets past it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.http import Http404
from tests.node.plans.conftest import APPROVED, join

from limen.node.plans import acting, reading
from limen.node.plans.models import Approval, Of, Partner, Plan, Stage, Standing
from limen.node.sharing import releasing, rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import State
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Refused

pytestmark = pytest.mark.django_db


def refused(statement):
    """The database says that this may not be done, not that the statement lacks something."""
    with pytest.raises(DatabaseError) as told, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert told.value.__cause__.sqlstate == "42501", told.value


def test_putting_takes_two(sides, write):
    """A plan is class 0 alone, and is put to partners by a second person all the same."""
    plan = write()
    with viewing(sides.a.first.pk):
        agencies = frozenset({sides.b.agency.pk, sides.c.agency.pk})
        audience = rules.Audience(sides.a.agency.pk, Marking("amber_strict"), agencies=agencies)
        release = releasing.propose(plan, sides.a.first, audience)
        assert plan.state == State.PROPOSED
        with pytest.raises(Refused):
            releasing.approve(plan, release, sides.a.first)


def test_joining_takes_two(sides, asked):
    """One officer's approval lets nobody join; the second's does, and the plan runs."""
    plan = asked()
    with viewing(sides.b.first.pk):
        approval = acting.record(plan, sides.b.first, Of.JOINING, APPROVED)
        with pytest.raises(Refused):
            acting.confirm(approval, sides.b.first)
        assert not reading.is_inside(plan, sides.b.first)
    with viewing(sides.b.second.pk):
        acting.confirm(approval, sides.b.second)
        assert reading.is_inside(plan, sides.b.second)
        assert reading.find(plan.reference).stage == Stage.RUNNING


def test_one_of_the_two_coordinates(sides, asked):
    """Two examiners do not join for their agency."""
    plan = asked()
    with viewing(sides.b.second.pk):
        approval = acting.record(plan, sides.b.second, Of.JOINING, APPROVED)
    with viewing(sides.b.third.pk):
        with pytest.raises(Refused):
            acting.confirm(approval, sides.b.third)
        with pytest.raises(DatabaseError), transaction.atomic():
            Approval.objects.filter(pk=approval.pk).update(confirmed_by=sides.b.third)
    with viewing(sides.b.first.pk):
        assert acting.confirm(approval, sides.b.first).is_confirmed


def test_who_does_not_decide_does_not_join(sides, asked, make):
    """Counter officers, analysts, machines and the other side record nothing, by functions as by statements."""
    plan = asked()
    machine = make.officer(sides.b.agency, "coordinator", is_machine=True)
    for officer in (sides.b.counter, make.officer(sides.b.agency, "analyst"), machine, sides.a.first, sides.d.first):
        with viewing(officer.pk):
            with pytest.raises((Refused, Http404)):
                acting.record(plan, officer, Of.JOINING, APPROVED)
            with pytest.raises(DatabaseError), transaction.atomic():
                Approval.objects.create(
                    plan=plan, of=Of.JOINING, agency=officer.agency, recorded_by=officer, **APPROVED
                )


STATEMENTS = (
    "UPDATE plans_partner SET standing = 'joined' WHERE plan_id = {plan} AND agency_id = {agency}",
    "UPDATE plans_partner SET standing = 'joined', joined_at = now(), comment = 'x', closed_by_id = {first}"
    " WHERE plan_id = {plan} AND agency_id = {agency}",
    "UPDATE plans_partner SET standing = 'refused', comment = 'x', closed_by_id = {second}"
    " WHERE plan_id = {plan} AND agency_id = {agency}",
    "UPDATE plans_approval SET confirmed_at = now(), confirmed_by_id = {first} WHERE id = {approval}",
    "UPDATE plans_approval SET confirmed_at = now(), confirmed_by_id = {second} WHERE id = {approval}",
    "UPDATE plans_approval SET confirmed_at = now() WHERE id = {approval}",
    "UPDATE plans_approval SET recorded_by_id = {second} WHERE id = {approval}",
    "INSERT INTO plans_approval (uid, plan_id, of, agency_id, authority, number, decided_on, document, document_name,"
    " document_sha256, recorded_by_id, recorded_at, confirmed_by_id, confirmed_at, void)"
    " VALUES (gen_random_uuid(), {plan}, 'joining', {agency}, 'x', 'y', now(), '', '', '', {second}, now(), {first},"
    " now(), false)",
    "INSERT INTO plans_partner (plan_id, agency_id, standing, comment) VALUES ({plan}, {outsider}, 'joined', '')",
    "INSERT INTO plans_task (uid, plan_id, title, agency_id, state, note, set_by_id, created_at)"
    " VALUES (gen_random_uuid(), {plan}, 'x', {agency}, 'open', '', {agency}, now())",
    "INSERT INTO plans_planlink (uid, plan_id, kind, record, agency_id, added_by_id, added_at)"
    " VALUES (gen_random_uuid(), {plan}, 'reports', 1, {agency}, {first}, now())",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_statements_do_not_join(sides, asked, statement):
    """No statement of the site's, in the name of one officer, lets an agency join, or do something before it has."""
    plan = asked()
    with viewing(sides.b.first.pk):
        approval = acting.record(plan, sides.b.first, Of.JOINING, APPROVED)
    names = {
        "plan": plan.pk,
        "approval": approval.pk,
        "agency": sides.b.agency.pk,
        "outsider": sides.d.agency.pk,
        "first": sides.b.first.pk,
        "second": sides.b.second.pk,
    }
    with viewing(sides.b.first.pk):
        refused(statement.format(**names))
        assert Partner.objects.get(plan=plan, agency=sides.b.agency).standing == Standing.ASKED


LEADS = (
    "UPDATE plans_plan SET objective = 'something else' WHERE id = {plan}",
    "UPDATE plans_plan SET stage = 'archived' WHERE id = {plan}",
    "UPDATE plans_plan SET stage = 'draft' WHERE id = {plan}",
    "UPDATE plans_plan SET arrests = 7 WHERE id = {plan}",
    "UPDATE plans_plan SET running_at = now(), stage = 'running', title = 'x' WHERE id = {plan}",
    "UPDATE plans_phase SET aim = 'something else' WHERE plan_id = {plan}",
    "DELETE FROM plans_phase WHERE plan_id = {plan}",
    "INSERT INTO plans_partner (plan_id, agency_id, standing, comment) VALUES ({plan}, {outsider}, 'named', '')",
    "INSERT INTO plans_partner (plan_id, agency_id, standing, comment) VALUES ({plan}, {outsider}, 'joined', '')",
)


@pytest.mark.parametrize("statement", LEADS)
def test_statements_do_not_change_what_was_joined(sides, running, statement):
    """No statement of the lead's changes what its partners joined, or adds to them."""
    plan = running()
    with viewing(sides.a.first.pk):
        approval = acting.record(plan, sides.a.first, Of.PHASE, APPROVED, phase=plan.phases.get())
    with viewing(sides.a.second.pk):
        acting.confirm(approval, sides.a.second)
        refused(statement.format(plan=plan.pk, outsider=sides.d.agency.pk))


def test_partners_change_no_plan(sides, running):
    """A partner's statements on the plan and its phases, or another's rows, change nothing."""
    plan = running()
    with viewing(sides.b.first.pk):
        assert Plan.objects.filter(pk=plan.pk).update(stage=Stage.CLOSED) == 0
        assert plan.phases.update(aim="x") == 0
        assert plan.phases.all().delete()[0] == 0
        assert plan.partners.filter(agency=sides.c.agency).update(standing=Standing.LEFT) == 0
        assert plan.approvals.filter(agency=sides.c.agency).delete()[0] == 0


@pytest.mark.django_db(transaction=True)
def test_confirmations_at_once(sides, asked):
    """Of confirmations that race one holds; the partner has joined once."""
    plan = asked("b")
    with viewing(sides.b.first.pk):
        approval = acting.record(plan, sides.b.first, Of.JOINING, APPROVED)

    def confirm(officer):
        try:
            with viewing(officer.pk):
                return acting.confirm(approval, officer).confirmed_by_id
        except Refused:
            return None
        finally:
            connection.close()

    officers = [sides.b.first, sides.b.second, sides.b.third, sides.b.second, sides.b.third]
    with ThreadPoolExecutor(5) as pool:
        outcomes = [each for each in pool.map(confirm, officers) if each]
    assert len(outcomes) == 1
    with viewing(sides.b.first.pk):
        assert Partner.objects.get(plan=plan, agency=sides.b.agency).standing == Standing.JOINED
        assert Approval.objects.get(pk=approval.pk).confirmed_by_id == outcomes[0]


@pytest.mark.django_db(transaction=True)
def test_recall_and_confirmation_at_once(sides, asked):
    """Where a recall races the confirmation, the plan is its lead's alone at the end, and nobody has joined it."""
    plan = asked("b")
    with viewing(sides.b.first.pk):
        approval = acting.record(plan, sides.b.first, Of.JOINING, APPROVED)

    def confirm():
        try:
            with viewing(sides.b.second.pk):
                acting.confirm(approval, sides.b.second)
        except Exception:
            return False
        finally:
            connection.close()
        return True

    def recall():
        try:
            with viewing(sides.a.first.pk):
                releasing.recall(Plan.objects.get(pk=plan.pk), sides.a.first, "Changed.")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(confirm), pool.submit(recall)]
        [each.result() for each in done]
    with viewing(sides.a.first.pk):
        found = Plan.objects.get(pk=plan.pk)
        assert (found.state, found.stage) == (State.RECALLED, Stage.DRAFT)
        assert Partner.objects.get(plan=plan).standing == Standing.NAMED
    with viewing(sides.b.first.pk):
        assert not Plan.objects.filter(pk=plan.pk).exists()


def test_a_recall_voids_how_it_was_joined(sides, running):
    """What is put to partners anew is joined anew, by two again."""
    plan = running("b")
    with viewing(sides.a.first.pk):
        releasing.recall(plan, sides.a.first, "The scope changes.")
        assert acting.change(plan, sides.a.first, {"objective": "Another."}).stage == Stage.DRAFT
        audience = rules.Audience(sides.a.agency.pk, Marking("amber_strict"), agencies=frozenset({sides.b.agency.pk}))
        release = releasing.propose(plan, sides.a.first, audience)
    with viewing(sides.a.second.pk):
        releasing.approve(plan, release, sides.a.second)
    with viewing(sides.b.first.pk):
        assert Partner.objects.get(plan=plan).standing == Standing.ASKED
    assert join(plan, sides.b).stage == Stage.RUNNING
