"""Figures of a period of action: over the plans that the viewer is in, and of what hangs on them what it may see."""

import csv

import pytest
from tests.node.plans.conftest import put

from limen.node.plans import acting, figures, tasking
from limen.node.plans.days import acting as days
from limen.node.plans.information import answering, asking
from limen.node.plans.information.asking import Wanted
from limen.node.plans.models import Period
from limen.node.plans.printing import as_pdf
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db

DAYS = {"first_day": "2026-10-01", "last_day": "2026-12-15"}
DAY = {"title": "First weekend", "first_on": "2026-11-01", "last_on": "2026-11-02", "looked_for": "The same visas."}


@pytest.fixture
def period(sides):
    """A period that the whole community knows of."""
    with viewing(sides.a.first.pk):
        return tasking.make_period(sides.a.first, DAYS | {"name": "Joint period", "for_community": "1"})


@pytest.fixture
def worked(sides, running, period):
    """A plan of A, B and C in which something was counted and asked, and another of A and B that nobody has joined."""
    plan = running("b", "c", period=str(period.uid))
    with viewing(sides.a.first.pk):
        tasking.add_task(plan, sides.a.first, {"title": "Compare"})
        task = plan.tasks.get()
        tasking.move_task(task, sides.a.first, {"state": "done"})
        day = days.make(plan, sides.a.first, DAY)
        post = days.add_post(day, sides.a.first, sides.a.agency, "THBKK", "")
        days.count(post, sides.a.first, "inspected", 7)
        wanted = (Wanted("other", "How many applications of one employer.", "To see the pattern."),)
        request = asking.begin(sides.a.first, plan, sides.b.agency, {"subject": "Employers", "basis": "MoU"}, wanted)
        asking.send(request, sides.a.first)
    with viewing(sides.b.second.pk):
        request.refresh_from_db()
        reply = answering.begin(request, sides.b.second)
        answering.write(reply, sides.b.second, "Aliens Act", "")
        answering.decide(
            reply, sides.b.second, request.items.get(), {"verdict": "released", "text": "84", "field_class": "0"}
        )
        answering.propose(reply, sides.b.second)
    with viewing(sides.b.first.pk):
        answering.release(reply, sides.b.first)
    return plan


def sums(officer, period):
    with viewing(officer.pk):
        return dict(figures.of_period(Period.objects.get(pk=period.pk)).sums)


def test_figures(sides, worked, period):
    """Who is in the plan counts alike, but for a request between two others."""
    mine, third = sums(sides.a.first, period), sums(sides.c.first, period)
    assert (mine["Tasks"], mine["Tasks done"], mine["Joint operation days"], mine["Inspected"]) == (1, 1, 1, 7)
    assert mine["Information requests answered"] == 1
    assert third == mine | {"Information requests answered": 0}


def test_outsiders_count_nothing(sides, worked, period, enter):
    """An agency that knows of the period sees of its plans neither one nor that there are any."""
    with viewing(sides.d.first.pk):
        assert figures.of_period(Period.objects.get(pk=period.pk)).rows == []
    page = enter(sides.d.first).get(f"/plans/periods/{period.uid}/")
    assert page.status_code == 200
    assert worked.reference not in page.content.decode()


def test_who_was_asked_counts_nothing(sides, write, period):
    """A plan counts for a partner once it has joined."""
    put(write("b", period=str(period.uid)), sides)
    with viewing(sides.b.first.pk):
        assert figures.of_period(Period.objects.get(pk=period.pk)).rows == []


def test_what_is_entered_on_closing(sides, worked, period, enter, log):
    """Arrests, refusals and referrals stand in page and file when the lead has closed the plan."""
    with viewing(sides.a.first.pk):
        acting.close(
            worked, sides.a.first, {"arrests": "3", "refusals": "12", "referrals": "2", "outcome": "Known now."}
        )
    assert sums(sides.b.first, period)["Referrals to protection"] == 2
    answer = enter(sides.b.first).get(f"/plans/periods/{period.uid}/figures.csv")
    lines = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert dict(zip(lines[0], lines[1], strict=True))["Arrests"] == "3"
    assert len(log("plan.figures_exported")) == 1


def test_the_paper_holds_days_and_requests(sides, worked):
    """Operation days with their totals, and requests of the printing agency, without what was told."""
    with viewing(sides.a.first.pk):
        content = as_pdf._content(worked, sides.a.first)
    tables = {each["title"]: each["rows"] for each in content["sections"]}
    assert "7" in tables["Joint operation days"][0]
    assert tables["Information requests"] == [["Employers", "Agency A", "Agency B", "answered"]]
