"""Plans under agreements: the legal basis, and an audience that ends with the agreement."""

import pytest
from tests.node.plans.conftest import join

from limen.node.agreements import acting as agreements
from limen.node.agreements.acting import Tells
from limen.node.plans import acting, reading
from limen.node.plans.models import Plan
from limen.node.plans.release import missing
from limen.node.sharing import releasing, rules
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.markings import Marking
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(sides):
    """An agreement in force by which A tells B of plans."""
    first = sides.a.first
    with viewing(first.pk):
        edition = agreements.draw_up(first, "Memorandum on joint investigations")
        agreements.write(edition, first, {"begins_on": "2026-01-01", "purposes": ["investigation"], "onward": "no"})
        agreements.set_parties(edition, first, [("a", "", ""), ("b", "", "")])
        told = Tells(sides.a.agency.pk, sides.b.agency.pk, frozenset({"plans"}), FieldClass.STATISTICAL)
        agreements.set_clauses(edition, first, [told])
        agreements.propose(edition, first)
    for side in (sides.a, sides.b):
        for officer in (side.first, side.second):
            with viewing(officer.pk):
                agreements.consent(edition, officer)
    return edition.agreement


def under(sides, agreement):
    """The audience of a plan of A's under an agreement."""
    numbers = frozenset({agreement.pk})
    return rules.Audience(sides.a.agency.pk, Marking("amber_strict"), agreements=numbers, kind="plans")


def test_put_under_an_agreement(sides, write, agreement):
    """Whom the agreement names is asked and joins; a halt takes the plan away, and lifting it gives it back."""
    plan = write("b", agreement=agreement.reference)
    with viewing(sides.a.first.pk):
        release = releasing.propose(plan, sides.a.first, under(sides, agreement))
    with viewing(sides.a.second.pk):
        releasing.approve(plan, release, sides.a.second)
    join(plan, sides.b)
    with viewing(sides.a.first.pk):
        agreements.halt(agreement, sides.a.first, "A pause.")
    with viewing(sides.b.first.pk):
        assert not Plan.objects.exists()
        assert not plan.partners.exists()
    with viewing(sides.a.first.pk):
        agreements.lift(agreement, sides.a.first)
    with viewing(sides.a.second.pk):
        agreements.lift(agreement, sides.a.second)
    with viewing(sides.b.first.pk):
        assert reading.is_inside(reading.find(plan.reference), sides.b.first)


def test_it_is_for_the_partners_named(sides, write, agreement):
    """An agreement that names others than the partners, or not all of them, does not carry the plan."""
    plan = write("b", "c")
    with viewing(sides.a.first.pk), pytest.raises(Invalid):
        releasing.propose(plan, sides.a.first, under(sides, agreement))


def test_the_basis_is_in_force_between_all(sides, write, agreement):
    """An agreement is the basis of a plan with its parties alone, and only while it is in force."""
    plan = write("b", "c", agreement=agreement.reference)
    with viewing(sides.a.first.pk):
        assert any("not in force" in sentence for sentence in missing(plan))
        acting.set_partners(plan, sides.a.first, ["b"])
        assert missing(plan) == []
        agreements.halt(agreement, sides.a.first, "A pause.")
        assert any("not in force" in sentence for sentence in missing(plan))


def test_nobody_elses_agreement(sides, agreement):
    """Who is no party to an agreement cannot name it."""
    with viewing(sides.d.first.pk), pytest.raises(Invalid):
        acting.begin(sides.d.first, {"title": "Another", "agreement": agreement.reference})
