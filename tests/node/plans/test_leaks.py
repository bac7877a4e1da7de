"""Who sees what of a plan, by raw tables as the site's role: its lead, partners asked and joined, and nobody else."""

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.node.plans.conftest import APPROVED, SAID, join, put

from limen.node.plans import acting, figures, reading, series, tasking
from limen.node.plans.models import Of, Period, Plan, PlanLink
from limen.node.sharing import releasing, rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid, Refused

pytestmark = pytest.mark.django_db

TABLES = ("plan", "partner", "phase", "approval", "task", "planlink", "series", "period")


def counts(officer):
    """How many rows of each table an officer sees by SQL alone."""
    with viewing(officer.pk), connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM plans_{table}")
            found[table] = cursor.fetchone()[0]
    return found


@pytest.fixture
def full(sides, running, make):
    """A running plan with one of everything that can hang on it, in a period."""
    with viewing(sides.a.first.pk):
        period = tasking.make_period(
            sides.a.first, {"name": "Joint period", "first_day": "2026-10-01", "last_day": "2026-12-15"}
        )
    plan = running(period=str(period.uid))
    report = make.report(sides.a.first)
    with viewing(sides.a.first.pk):
        tasking.add_task(plan, sides.a.first, {"title": "Compare", "agency": "c"})
        series.follow(plan, sides.a.first, "Same issuer", "issuer=UTO")
        PlanLink.objects.create(
            plan=plan, kind="reports", record=report.pk, agency=sides.a.agency, added_by=sides.a.first
        )
    return plan


def test_outsiders_see_nothing(sides, full):
    """An agency that is in no plan sees no row of any table, the period's neither."""
    assert set(counts(sides.d.first).values()) == {0}


def test_who_is_in_it_sees_it(sides, full):
    """The lead sees all; a partner all but the report that is linked and not its to see."""
    assert counts(sides.a.first) == {
        "plan": 1,
        "partner": 2,
        "phase": 1,
        "approval": 3,
        "task": 1,
        "planlink": 1,
        "series": 1,
        "period": 1,
    }
    assert counts(sides.b.first) == counts(sides.a.first) | {"planlink": 0}
    with viewing(sides.b.first.pk):
        table = figures.of_period(Period.objects.get())
        assert dict(table.sums)["Reports linked"] == 0
    with viewing(sides.a.first.pk):
        assert dict(figures.of_period(Period.objects.get()).sums)["Reports linked"] == 1


def test_asked_sees_the_plan_alone(sides, write):
    """A partner that was asked sees plan, phases, its lead's approvals, and of partners and tasks its own."""
    plan = write()
    with viewing(sides.a.first.pk):
        tasking.add_task(plan, sides.a.first, {"title": "For c", "agency": "c"})
        tasking.add_task(plan, sides.a.first, {"title": "For b", "agency": "b"})
        series.follow(plan, sides.a.first, "Same issuer", "issuer=UTO")
    put(plan, sides)
    with viewing(sides.c.first.pk):
        acting.record(plan, sides.c.first, Of.JOINING, APPROVED)
    assert counts(sides.b.first) == {
        "plan": 1,
        "partner": 1,
        "phase": 1,
        "approval": 1,
        "task": 1,
        "planlink": 0,
        "series": 0,
        "period": 0,
    }


@pytest.mark.parametrize("how", ["leave", "refuse", "recall"])
def test_gone_from_that_second(sides, asked, how):
    """Whoever refuses or leaves sees nothing any more, nor anybody but the lead after a recall; the lead still does."""
    plan = asked()
    if how != "refuse":
        join(plan, sides.b)
    with viewing(sides.a.first.pk if how == "recall" else sides.b.first.pk):
        if how == "recall":
            releasing.recall(plan, sides.a.first, "Changed.")
        else:
            getattr(acting, how)(plan, sides.b.first, "Another priority.")
    assert set(counts(sides.b.first).values()) == {0}
    assert (counts(sides.c.first)["plan"], counts(sides.a.first)["plan"]) == (0 if how == "recall" else 1, 1)


def test_a_draft_is_its_leads(sides, write):
    """Those who are to be partners learn of a plan when it is put to them."""
    write()
    assert set(counts(sides.b.first).values()) == {0}


def test_no_period_is_guessed(sides, full):
    """A plan cannot name a period that its lead does not know of, to read it that way."""
    with viewing(sides.a.first.pk):
        number = Period.objects.get().pk
    with viewing(sides.d.first.pk):
        plan = acting.begin(sides.d.first, SAID | {"period": ""})
        for wrong in (number, number + 1000):
            with pytest.raises(DatabaseError) as told, transaction.atomic():
                Plan.objects.filter(pk=plan.pk).update(period=wrong)
            assert "no such period" in str(told.value)


def test_errors_tell_nothing(sides, full):
    """What the database answers an outsider about a plan is what it answers about one that does not exist."""
    statements = (
        "INSERT INTO plans_task (uid, plan_id, title, agency_id, state, note, set_by_id, created_at)"
        " VALUES (gen_random_uuid(), {plan}, 'x', {other}, 'open', '', {own}, now())",
        "INSERT INTO plans_partner (plan_id, agency_id, standing, comment) VALUES ({plan}, {other}, 'named', '')",
        "INSERT INTO plans_phase (uid, plan_id, position, name, first_day, last_day, aim)"
        " VALUES (gen_random_uuid(), {plan}, 0, 'x', now(), now(), '')",
        "INSERT INTO plans_series (uid, plan_id, name, query, agency_id, added_by_id, added_at)"
        " VALUES (gen_random_uuid(), {plan}, 'x', 'y', {own}, {officer}, now())",
        "INSERT INTO plans_approval (uid, plan_id, of, agency_id, authority, number, decided_on, document,"
        " document_name, document_sha256, recorded_by_id, recorded_at, void)"
        " VALUES (gen_random_uuid(), {plan}, 'joining', {own}, 'x', 'y', now(), '', '', '', {officer}, now(), false)",
    )
    names = {"own": sides.d.agency.pk, "officer": sides.d.first.pk}
    with viewing(sides.d.first.pk):
        for statement in statements:
            answers = set()
            for plan in (full.pk, full.pk + 1000):
                for other in (sides.b.agency.pk, sides.d.agency.pk):
                    with pytest.raises(DatabaseError) as told, transaction.atomic(), connection.cursor() as cursor:
                        cursor.execute(statement.format(plan=plan, other=other, **names))
                    answers.add(str(told.value.__cause__.diag.message_primary))
            assert len(answers) == 1, answers


STEPS = ("put", "record b", "confirm b", "record c", "confirm c", "refuse b", "leave b", "leave c", "recall", "close")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(STEPS), max_size=10))
def test_random_lives(sides, write, steps):
    """Whatever happens to a plan, in whatever order: its rows are seen by its lead and by whom it stands with."""
    with transaction.atomic():
        plan, standing, out = write(), dict.fromkeys("bc", "named"), False
        for step in ["put", *steps]:
            word, _space, code = step.partition(" ")
            if _did(word, getattr(sides, code or "a"), plan, sides):
                out = _moved(standing, word, code, out)
            for each in "bc":
                seen = counts(getattr(sides, each).first)
                assert seen["plan"] == int(out and standing[each] in ("asked", "joined")), (steps, step, each)
                assert seen["partner"] == (2 if seen["plan"] and standing[each] == "joined" else seen["plan"])
            assert counts(sides.a.first)["partner"] == 2
            assert set(counts(sides.d.first).values()) == {0}
        transaction.set_rollback(True)


def _moved(standing, word, code, out):
    """Where partners stand after a step that was done, and whether the plan is out."""
    if word == "put":
        standing.update(b="asked", c="asked")
    elif word == "recall" and "closed" not in standing:
        standing.update(b="named", c="named")
    elif word in ("confirm", "refuse", "leave"):
        standing[code] = {"confirm": "joined", "refuse": "refused", "leave": "left"}[word]
    elif word == "close":
        standing.update({code: "named" for code, at in standing.items() if at == "asked"}, closed=True)
    return {"put": True, "recall": False}.get(word, out)


def _did(word, side, plan, sides):
    """Do a step as far as it is allowed; say whether it was done."""
    try:
        with viewing(side.first.pk if word != "confirm" else side.second.pk), transaction.atomic():
            found = reading.find(plan.reference)
            if word == "put":
                partners = frozenset({sides.b.agency.pk, sides.c.agency.pk})
                audience = rules.Audience(side.agency.pk, Marking("amber_strict"), agencies=partners)
                waiting = releasing.propose(found, side.first, audience)
                with viewing(side.second.pk):
                    releasing.approve(found, waiting, side.second)
            elif word == "record":
                acting.record(found, side.first, Of.JOINING, APPROVED)
            elif word == "confirm":
                acting.confirm(found.approvals.get(of=Of.JOINING, agency=side.agency, void=False), side.second)
            elif word == "recall":
                releasing.recall(found, side.first, "Changed.")
            elif word == "close":
                zero = dict.fromkeys(acting.COUNTS, "0")
                acting.close(found, side.first, zero | {"outcome": "Nothing."})
            else:
                getattr(acting, word)(found, side.first, "Another priority.")
    except (Refused, Http404, ObjectDoesNotExist, Invalid):
        return False
    return True
