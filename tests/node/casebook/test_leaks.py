"""Random worlds: what anybody sees of case studies, their parts and questions is what the rule allows, and no more."""

from __future__ import annotations

import random

import pytest
from django.http import Http404

from limen.node.casebook import reading
from limen.node.casebook.finding import Search
from limen.node.casebook.models import CaseStudy, Link, Linked, Question, Step
from limen.node.casebook.practice import asking
from limen.node.sharing import policy, rules
from limen.node.sharing.models import State
from limen.node.sharing.viewer import viewing

from ..sharing.world import as_site, build
from .pictures import pair

pytestmark = pytest.mark.django_db
CASES = 24


def _case(world, rng):
    """A case study where a release would have brought it, with a step, a link and pictures."""
    author = rng.choice(world.officers)
    private = rules.Audience.private(author.agency_id)
    case = CaseStudy.objects.create(
        owner=author.agency, author=author, audience_id=policy.intern(private), issuer="UTO", words="counterfeit"
    )
    pair(case)
    state = rng.choice([State.RELEASED] * 3 + [State.DRAFT, State.RECALLED])
    audience = private
    if state == State.RELEASED:
        audience = world.audience(rng, author.agency, "casebook")
    case.state, case.audience_id = state, policy.intern(audience)
    case.save()
    case.refresh_from_db()
    report = rng.choice(world.reports)
    Step.objects.create(case=case, position=0, text="step")
    Link.objects.create(case=case, kind=Linked.REPORTS, record=report.pk)
    question = Question.objects.create(officer=rng.choice(world.officers), case=case, two_sided=False, shows_fraud=True)
    return case, audience, report, question


@pytest.mark.parametrize("seed", [61, 62])
def test_nothing_leaks(make, keeping, seed):
    """By SQL, by reference, in the library, in links and in practice, each officer is held against the rule."""
    rng = random.Random(seed)
    world = build(make, keeping, seed, reports=30)
    with keeping():
        made = [_case(world, rng) for _ in range(CASES)]
    shown = hidden = 0
    for officer in world.officers:
        seen = {
            case.pk
            for case, audience, *_ in made
            if rules.sees(policy.looker(officer), audience, world.clauses).classes
        }
        reports = world.visible(officer)
        linked = {case.pk for case, _, report, _ in made if case.pk in seen and report.pk in reports}
        own = {question.pk for *_, question in made if question.officer_id == officer.pk and officer.may_act}
        shown, hidden = shown + len(seen), hidden + CASES - len(seen)
        with viewing(officer.pk):
            assert {key for (key,) in as_site("SELECT id FROM casebook_casestudy")} == seen
            assert {key for (key,) in as_site("SELECT case_id FROM casebook_step")} == seen
            assert {key for (key,) in as_site("SELECT case_id FROM casebook_link")} == linked
            assert {key for (key,) in as_site("SELECT id FROM casebook_question")} == own
            assert set(Search(state="any").rows().values_list("pk", flat=True)) == seen
            released = {case.pk for case, *_ in made if case.pk in seen and case.state == State.RELEASED}
            assert asking.offer(officer, Search()).scenes.keys() == released
            for case, *_ in made:
                try:
                    found = reading.case_of(case.reference)
                except Http404:
                    assert case.pk not in seen
                else:
                    assert found.pk in seen
                    assert bool(reading.links_of(found)) == (case.pk in linked)
    assert shown > 20
    assert hidden > 20
