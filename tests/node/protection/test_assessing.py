"""What indicators amount to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.node.protection.assessing import Given, assess
from limen.node.protection.questions import ASKED, BY_CODE, OBSERVED, SPOKEN


def said(**answers):
    return {code.replace("_", ".", 1): Given(answer) for code, answer in answers.items()}


@pytest.mark.parametrize(
    ("answers", "result"),
    [
        ({}, "none"),
        ({"work_pay": "yes"}, "some"),
        ({"work_hours": "yes"}, "some"),
        ({"work_hours": "yes", "work_pay": "yes"}, "calls"),
        ({"threats_violence": "yes", "threats_leave": "no"}, "calls"),
        ({"threats_violence": "yes", "threats_leave": "yes"}, "some"),
        ({"threats_threatened": "yes", "threats_family": "yes"}, "some"),
        ({"threats_threatened": "yes", "threats_family": "yes", "threats_shame": "yes"}, "calls"),
        ({"recruitment_pay": "yes", "recruitment_contract": "yes", "recruitment_papers": "yes"}, "calls"),
        ({"work_hours": "yes", "recruitment_pay": "yes"}, "some"),
    ],
)
def test_combinations_of_the_published_list(answers, result):
    """Two strong; one strong with another; three medium; two medium and a weak one, each in one dimension."""
    assert assess("adult", "", said(**answers)).result == result


def test_any_indicator_of_a_child_calls_for_a_referral():
    """Of a child, or who may be one, one is enough; of an adult it is not."""
    found = said(child_strangers="yes")
    assert [assess(age, "", found).result for age in ("adult", "unclear", "child")] == ["some", "calls", "calls"]


def test_danger_calls_for_a_referral():
    """Danger alone is enough."""
    assert [assess("adult", danger, {}).result for danger in ("yes", "no", "declined")] == ["calls", "none", "none"]


_GIVEN = st.dictionaries(
    st.sampled_from(sorted(BY_CODE)), st.builds(Given, st.sampled_from(["", "yes", "no", "declined"]), st.booleans())
)


@given(_GIVEN, st.sampled_from(["adult", "child", "unclear"]), st.sampled_from(sorted(BY_CODE)))
def test_more_indicators_never_lower_it(found, age, code):
    """What is seen besides, or not answered, never makes a result milder."""
    order = ["none", "some", "calls"]
    before = assess(age, "", found).result
    after = assess(age, "", found | {code: Given("", True)}).result
    if not found.get(code, Given()).said:
        assert order.index(after) >= order.index(before)


def test_every_question_has_a_source_and_a_text():
    """Codes are unique, sources are named, and each text that is asked is among those to translate."""
    assert len(BY_CODE) == len(ASKED) + len(OBSERVED)
    assert all(each.source.startswith(("ILO, ", "UNODC, ")) for each in BY_CODE.values())
    assert {each.code for each in ASKED} <= set(SPOKEN)
