"""The laws of aggregation: TR-03135-1 v2.5, 3.7 and table 5.44."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.inspection import CheckResult, Obligation, Verdict, aggregate, summarise

GRAVITY = [
    Verdict.NOT_SUPPORTED,
    Verdict.SUCCESSFUL,
    Verdict.UNDETERMINED,
    Verdict.ABORTED,
    Verdict.FAILED,
]
COUNTING = st.sampled_from([Obligation.MANDATORY, Obligation.OPTIONAL])


def result(verdict: Verdict, obligation: Obligation = Obligation.MANDATORY, message: str = "M.") -> CheckResult:
    return CheckResult("a.b", "Title?", verdict, obligation, "Doc 9303-3, 4.9", message)


verdicts = st.sampled_from(Verdict)
counting = st.builds(result, verdicts, COUNTING)
results = st.builds(result, verdicts, st.sampled_from(Obligation))


@pytest.mark.parametrize(
    ("verdicts", "overall"),
    [
        (["successful"], "successful"),
        (["successful", "not supported"], "successful"),
        (["not supported", "not supported"], "not supported"),
        (["successful", "undetermined", "not supported"], "undetermined"),
        (["undetermined", "aborted", "successful"], "aborted"),
        (["aborted", "failed", "undetermined", "successful"], "failed"),
        ([], "undetermined"),
    ],
)
def test_table(verdicts: list[str], overall: str) -> None:
    """Table 5.44: failed, else aborted, else undetermined, else successful; nothing at all decides nothing."""
    assert overall == aggregate(result(Verdict(verdict)) for verdict in verdicts)


@given(st.lists(results).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_order_is_indifferent(pair: tuple[list[CheckResult], list[CheckResult]]) -> None:
    """The overall verdict does not depend on the order of the checks."""
    given_, shuffled = pair
    assert aggregate(given_) == aggregate(shuffled)


@given(st.lists(counting, min_size=1), counting)
def test_adding_a_check_never_makes_it_better_than_before_or_than_the_check(
    some: list[CheckResult], more: CheckResult
) -> None:
    """Monotone: a further check can only leave the overall verdict or make it graver."""
    before, after = aggregate(some), aggregate([*some, more])
    assert GRAVITY.index(after) == max(GRAVITY.index(before), GRAVITY.index(more.verdict))


@given(st.lists(results), st.lists(verdicts))
def test_evaluatory_checks_are_inert(some: list[CheckResult], more: list[Verdict]) -> None:
    """Evaluatory checks change neither the overall verdict nor its words."""
    evaluatory = [result(verdict, Obligation.EVALUATORY, "Other.") for verdict in more]
    assert aggregate(some) == aggregate([*some, *evaluatory])
    assert summarise(some) == summarise([*evaluatory, *some])


@given(st.lists(counting, min_size=1), st.lists(counting, min_size=1))
def test_groups_may_be_aggregated_first(left: list[CheckResult], right: list[CheckResult]) -> None:
    """Aggregating groups and then the groups' verdicts is aggregating all."""
    groups = [result(aggregate(left)), result(aggregate(right))]
    assert aggregate([*left, *right]) == aggregate(groups)


@given(st.lists(results))
def test_words_follow_the_verdict_and_never_vouch(some: list[CheckResult]) -> None:
    """Three openings, one for each kind of outcome; never the word genuine."""
    words = summarise(some)
    openings = {
        Verdict.SUCCESSFUL: "no irregularity found",
        Verdict.FAILED: "refer to second line: ",
    }
    assert words.startswith(openings.get(aggregate(some), "could not be decided: "))
    assert "genuine" not in words


def test_summary_names_what_failed_and_counts_the_rest() -> None:
    """The first three failures are named, the others counted; what passed is left out."""
    failed = [result(Verdict.FAILED, message=f"The field {name} is wrong.") for name in "ABCDE"]
    words = summarise([result(Verdict.SUCCESSFUL, message="Well."), *failed])
    assert words == (
        "refer to second line: the field A is wrong; the field B is wrong; the field C is wrong; and 2 more"
    )


@pytest.mark.parametrize("margin", [-1.01, 1.5, float("nan")])
def test_margin_outside_its_range_is_refused(margin: float) -> None:
    """Margins lie in [-1, +1] (TR-03135-1, 5.5)."""
    with pytest.raises(ValueError, match="outside"):
        CheckResult("a.b", "T", Verdict.FAILED, Obligation.MANDATORY, "R", "M", margin)
