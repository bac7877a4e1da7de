"""How a plan ends: closed with what came of it, archived, read and no more, deleted when its time is over."""

import datetime

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from tests.node.plans.conftest import APPROVED, PHASE

from limen.node.notices.models import Notice
from limen.node.plans import acting, series, tasking
from limen.node.plans.models import Approval, Of, Period, Phase, Plan, Stage, Task
from limen.node.plans.printing import as_pdf
from limen.node.plans.retention import delete_expired, delete_past
from limen.node.sharing import releasing
from limen.node.sharing.models import Release
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid, Refused

pytestmark = pytest.mark.django_db

CAME = {"arrests": "3", "refusals": "12", "referrals": "2", "outcome": "Two methods are known now."}


@pytest.fixture
def archived(sides, running):
    """A plan that is archived, with a task and a document."""
    plan = running()
    with viewing(sides.b.first.pk):
        paper = ("approval.pdf", b"%PDF-1.7 signed")
        acting.record(plan, sides.b.first, Of.PHASE, APPROVED, phase=plan.phases.get(), document=paper)
        tasking.add_task(plan, sides.b.first, {"title": "Compare"})
    with viewing(sides.a.first.pk):
        acting.close(plan, sides.a.first, CAME)
        acting.archive(plan, sides.a.first)
    return plan


def test_closing_takes_its_lead(sides, running, make):
    """Partners, and who does not decide for the lead, close nothing; figures are numbers."""
    plan = running()
    for officer in (sides.b.first, sides.a.counter, make.officer(sides.a.agency, "analyst")):
        with viewing(officer.pk), pytest.raises(Refused):
            acting.close(plan, officer, CAME)
    with viewing(sides.a.first.pk):
        for wrong in ({"arrests": "-1"}, {"arrests": ""}, {"outcome": ""}, {"refusals": "1.5"}):
            with pytest.raises(Invalid):
                acting.close(plan, sides.a.first, CAME | wrong)
        with pytest.raises(Refused):
            acting.archive(plan, sides.a.first)
        acting.close(plan, sides.a.first, CAME)
        assert acting.close(plan, sides.a.first, CAME | {"arrests": "4"}).arrests == 4


def test_an_archive_is_read_only(sides, archived):
    """Nothing of an archived plan changes, by functions or statements of anybody; it can still be recalled."""
    for side in (sides.a, sides.b):
        with viewing(side.first.pk):
            for action in (
                lambda side=side: tasking.add_task(archived, side.first, {"title": "x"}),
                lambda side=side: acting.record(archived, side.first, Of.BASIS, APPROVED),
                lambda side=side: series.follow(archived, side.first, "x", "issuer=UTO"),
                lambda side=side: acting.close(archived, side.first, CAME),
                lambda side=side: acting.leave(archived, side.first, "x"),
                lambda side=side: tasking.move_task(Task.objects.get(), side.first, {"state": "done"}),
            ):
                with pytest.raises(Refused):
                    action()
            assert Task.objects.update(state="done") == 0
            assert Phase.objects.update(aim="x") == 0
            assert Task.objects.all().delete()[0] == 0
            with pytest.raises(DatabaseError), transaction.atomic():
                Phase.objects.create(plan=archived, **PHASE)
    with viewing(sides.a.first.pk):
        for values in ({"outcome": "x"}, {"arrests": 0}, {"stage": Stage.RUNNING}, {"title": "x"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Plan.objects.filter(pk=archived.pk).update(**values)
        releasing.recall(archived, sides.a.first, "A mistake.")
        assert Plan.objects.get(pk=archived.pk).stage == Stage.ARCHIVED


def test_retention_deletes_it(sides, archived, keeping, log, stored):
    """When its time is over a plan goes with all that hangs on it, its files too, and the log says so."""
    with viewing(sides.a.first.pk):
        until = Plan.objects.get(pk=archived.pk).retain_until
    with keeping():
        assert delete_expired(until) == 0
        assert delete_expired(until + datetime.timedelta(days=1)) == 1
        assert not Plan.objects.exists()
        assert not Approval.objects.exists()
        assert not Release.objects.filter(kind="plans").exists()
    assert [subject for subject, _details in log("plans.deleted")] == [f"plan:{archived.reference}"]


def test_periods_go_when_they_are_past(sides, keeping, write):
    """A period without plans is kept as long as its maker keeps records; one with plans until they are gone."""
    days = {"first_day": "2020-01-01", "last_day": "2020-02-01"}
    with viewing(sides.a.first.pk):
        empty, used = (tasking.make_period(sides.a.first, days | {"name": name}) for name in ("Empty", "Used"))
    write(period=str(used.uid))
    with keeping():
        assert delete_past(datetime.date(2020, 3, 1)) == 0
        assert delete_past(datetime.date(2040, 1, 1)) == 1
        assert list(Period.objects.values_list("name", flat=True)) == ["Used"]
    assert empty.pk != used.pk


def test_a_discarded_draft_takes_all_along(sides, write):
    """A draft goes with phases, partners and confirmed approvals; one that was put to partners does not go."""
    plan = write()
    with viewing(sides.a.first.pk):
        acting.discard(plan, sides.a.first)
        assert not Plan.objects.exists()
        assert not Approval.objects.exists()


def test_what_was_recalled_is_not_discarded(sides, asked):
    """Once it was put to partners, a plan is kept until its retention ends."""
    plan = asked()
    with viewing(sides.a.first.pk):
        releasing.recall(plan, sides.a.first, "Changed.")
        with pytest.raises(Refused):
            acting.discard(plan, sides.a.first)
        Plan.objects.filter(pk=plan.pk)._raw_delete("default")
        assert Plan.objects.filter(pk=plan.pk).exists()


def test_partners_are_told(sides, asked, keeping):
    """Those who decide for a partner are told that there is news, and no more; others are told nothing."""
    plan = asked("b")
    with keeping():
        told = {(each.officer_id, each.number) for each in Notice.objects.filter(kind="plans")}
    assert told == {(each.pk, plan.reference) for each in (sides.b.first, sides.b.second, sides.b.third)}


def test_the_paper(sides, running, enter):
    """The lead prints its plan; a partner may not take away what is marked AMBER+STRICT."""
    plan = running()
    answer = enter(sides.a.first).get(f"/plans/{plan.reference}/pdf/")
    assert answer.content.startswith(b"%PDF-")
    assert enter(sides.b.first).get(f"/plans/{plan.reference}/pdf/").status_code == 403
    with viewing(sides.a.first.pk):
        content = as_pdf._content(plan, sides.a.first)
    assert [each["title"] for each in content["sections"]][:2] == ["Partners", "Legal basis and approvals"]
