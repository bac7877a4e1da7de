"""Four agencies, their deciders, and plans of the first: `a` leads, `b` and `c` are partners, `d` knows nothing."""

from types import SimpleNamespace

import pytest

from limen.node.plans import acting, tasking
from limen.node.plans.models import Of
from limen.node.sharing import releasing, rules
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing

SAID = {
    "title": "Visas obtained by deception",
    "begins_on": "2026-10-01",
    "ends_on": "2026-12-15",
    "objective": "Find who offers the visas, and how those who are sent work.",
    "offences": ["visa_fraud", "exploitation"],
    "issuers": ["UTO"],
    "nationalities": ["UTO"],
    "routes": "THA > VNM",
}
APPROVED = {"authority": "Director General", "number": "DG 17/2026", "decided_on": "2026-09-20"}
PHASE = {"name": "Gathering", "first_day": "2026-10-01", "last_day": "2026-10-31", "aim": "Know the agents' method."}


@pytest.fixture
def sides(make):
    """Agencies a to d; of each two who decide, an examiner and a counter officer."""

    def staff(code):
        agency = make.agency(code=code, name=f"Agency {code.upper()}")
        roles = {"first": "coordinator", "second": "examiner", "third": "examiner", "counter": "counter"}
        officers = {
            name: make.officer(agency, role, name=f"{name.title()} of {code.upper()}") for name, role in roles.items()
        }
        return SimpleNamespace(agency=agency, **officers)

    return SimpleNamespace(**{code: staff(code) for code in "abcd"})


@pytest.fixture
def write(sides):
    """Write a draft of A's that lacks nothing: `write("b", "c", title="...")`."""

    def written(*partners, **values):
        first, second = sides.a.first, sides.a.second
        with viewing(first.pk):
            plan = acting.begin(first, SAID | values, partners or ("b", "c"))
            tasking.add_phase(plan, first, PHASE)
            basis = acting.record(plan, first, Of.BASIS, APPROVED)
        with viewing(second.pk):
            acting.confirm(basis, second)
        return plan

    return written


def put(plan, sides):
    """Put a plan to its partners, by two people."""
    with viewing(sides.a.first.pk):
        agencies = frozenset(plan.partners.values_list("agency", flat=True))
        audience = rules.Audience(sides.a.agency.pk, Marking("amber_strict"), agencies=agencies)
        release = releasing.propose(plan, sides.a.first, audience)
    with viewing(sides.a.second.pk):
        releasing.approve(plan, release, sides.a.second)
    return plan


def join(plan, side):
    """Join a plan for an agency, by two of its officers."""
    with viewing(side.first.pk):
        approval = acting.record(plan, side.first, Of.JOINING, APPROVED)
    with viewing(side.second.pk):
        acting.confirm(approval, side.second)
        plan.refresh_from_db()
    return plan


@pytest.fixture
def asked(sides, write):
    """A plan that was put to its partners: `asked("b", "c")`."""
    return lambda *partners, **values: put(write(*partners, **values), sides)


@pytest.fixture
def running(sides, asked):
    """A plan that every partner has joined: `running("b", "c")`."""

    def made(*partners, **values):
        plan = asked(*partners, **values)
        for code in partners or ("b", "c"):
            join(plan, getattr(sides, code))
        return plan

    return made
