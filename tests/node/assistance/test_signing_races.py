"""Requests that race for a signature: one second examiner signs, and nothing changes under a signature."""

import pytest

from limen.node.assistance import acting, answering
from limen.node.assistance.answers import Answer, Conclusion
from limen.node.assistance.models import Request, Stage
from limen.node.sharing.viewer import viewing
from limen.node.web.errors import Invalid, Refused

from ..sharing.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

STRONG = {
    "findings": "The laminate was lifted.",
    "methods": ["reference"],
    "conclusions": {"portrait": (-2, "")},
}


@pytest.fixture
def taken(draft, send, people):
    """An urgent request that B's first examiner has taken."""
    request = send(draft(priority="urgent"))
    with viewing(people.b.examiner.pk):
        acting.take(request, people.b.examiner)
    return request


def test_one_second_examiner_signs(taken, people, make):
    """Of the first and two others who sign at once one of the others is heard, and never the first."""
    third = make.officer(people.b.agency, "examiner")
    with viewing(people.b.examiner.pk):
        answer = answering.answer(taken, people.b.examiner, STRONG | {"conclusions": {"portrait": (-3, "")}})
    outcomes = at_once(
        [people.b.examiner, people.b.second, third, people.b.examiner],
        lambda each: answering.countersign(Answer.objects.get(pk=answer.pk), each),
    )
    assert sum(not isinstance(outcome, Exception) for outcome in outcomes) == 1
    with viewing(people.b.examiner.pk):
        row = Answer.objects.get()
        assert (row.stage, row.second_by_id == row.signed_by_id) == ("signed", False)
        assert Request.objects.get().stage == Stage.ANSWERED


def test_nothing_stronger_slips_under_a_signature(taken, people):
    """While the first examiner signs "strong" alone, the same in other windows writes "very strong": never both."""
    examiner = people.b.examiner
    with viewing(examiner.pk):
        draft = answering.write(answering.begin(taken, examiner), examiner, STRONG)
    steps = iter([True, False, True, False])

    def one(officer):
        row = Answer.objects.get(pk=draft.pk)
        if next(steps):
            return answering.sign(row, officer)
        return answering.write(row, officer, {"conclusions": {"portrait": (-3, "")}})

    outcomes = at_once([examiner] * 4, one)
    assert all(isinstance(each, Answer | Refused | Invalid) for each in outcomes)
    with viewing(examiner.pk):
        row, conclusion = Answer.objects.get(), Conclusion.objects.get()
    assert (row.stage, conclusion.degree) in {("signed", -2), ("waiting", -3), ("draft", -3)}


def test_one_answer_is_begun(taken, people):
    """Four clicks at once begin one draft."""
    outcomes = at_once([people.b.examiner] * 4, lambda each: answering.begin(taken, each))
    assert len({each.pk for each in outcomes}) == 1
    with viewing(people.b.examiner.pk):
        assert Answer.objects.count() == 1
