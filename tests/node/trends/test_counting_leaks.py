"""No chart shows what the policy denies, and none counts twice: random worlds, viewers, questions.

Every figure of every chart is held against the reports that the same viewer opens by its link, and those against the
rule in plain Python (`limen.node.sharing.rules`). Between questions, reports are recalled, released to others, deleted,
dated back, and sent along other routes. `CHART_QUESTIONS` sets how many questions are asked.
"""

import os
import random

import pytest

from limen.node.reports.models import Report
from limen.node.reports.tallying import settle
from limen.node.sharing.models import State
from limen.node.sharing.viewer import viewing
from limen.node.trends import counting

from ..sharing.world import as_site, build
from .questions import answers, asked, disturb, enrich, opened

pytestmark = pytest.mark.django_db

QUESTIONS = int(os.environ.get("CHART_QUESTIONS", "60"))
FIGURES = 25
"""Figures of one chart that are opened, of those that are not nothing; as many of those that are."""


def held(answer, rng, allowed):
    """Hold one chart against its links; give how many figures were something."""
    whole = opened(answer.query)
    assert whole <= allowed
    assert answer.total == len(whole)
    assert sum(n for n, _ in answer.apart) + answer.rest == answer.total
    something = [pair for pair in answer.apart if pair[0]]
    nothing = [pair for pair in [*answer.apart, *answer.figures] if not pair[0]]
    seen = set()
    for n, link in rng.sample(something, min(FIGURES, len(something))):
        reports = opened(link)
        assert n == len(reports), link
        assert reports <= whole
        assert not reports & seen, link
        seen |= reports
    for n, link in [*answer.figures[:10], *rng.sample(nothing, min(3, len(nothing)))]:
        assert n == len(opened(link)), link
    return len(something)


@pytest.mark.parametrize("seed", range(3))
def test_every_figure_is_what_its_link_opens(make, keeping, seed):
    """Whatever is asked, by whom, after whatever happened: figures are the reports that this viewer can open."""
    rng = random.Random(4000 + seed)
    world = build(make, keeping, seed, reports=90)
    with keeping():
        enrich(world, rng)
    found = 0
    for _ in range(QUESTIONS // 3):
        with keeping():
            for _ in range(rng.randrange(4)):
                disturb(world, rng)
            released = set(Report.objects.filter(state=State.RELEASED).values_list("pk", flat=True))
        officer, question = rng.choice(world.officers), asked(rng)
        allowed = world.visible(officer) & released
        with viewing(officer.pk):
            found += sum(held(answer, rng, allowed) for answer in answers(question, rng))
    assert found > 5 * QUESTIONS / 3


@pytest.mark.parametrize("settled", [True, False])
def test_the_tally_is_for_whom_the_community_is(make, keeping, settled):
    """Raw SQL by the site's role: tally and what moved show all that the community sees, or, to others, nothing."""
    rng = random.Random(11)
    world = build(make, keeping, 11, reports=110)
    with keeping():
        if settled:
            settle()
        shared = [report for report in world.reports if report.state == State.RELEASED]
        shared = [report for report in shared if world.audiences[report.pk].community]
    assert len(shared) > 5
    sums = set()
    for officer in rng.sample(world.officers, 14):
        with viewing(officer.pk):
            ((tallied,),) = as_site("SELECT coalesce(sum(n), 0) FROM reports_tally WHERE dimension = 'month'")
            ((moved,),) = as_site("SELECT coalesce(sum(step), 0) FROM reports_moved")
        seen = [report for report in shared if world.classes(officer, report)]
        assert tallied + moved == (len(shared) if len(seen) == len(shared) else 0)
        assert not (tallied + moved) or bool(tallied) == settled
        sums.add(int(tallied + moved))
    assert len(sums) == 2


def test_who_sees_nothing_counts_nothing(make, keeping):
    """Nobody, an officer of an agency that is closed, and one who was told of nothing, see zeros."""
    rng = random.Random(7)
    world = build(make, keeping, 7, reports=60)
    with keeping():
        enrich(world, rng)
    closed = next(officer for officer in world.officers if not officer.agency.is_active)
    for who in (None, closed.pk):
        with viewing(who):
            for answer in answers(counting.Asked(), rng):
                assert answer.total == answer.rest == sum(n for n, _ in answer.apart) == 0
