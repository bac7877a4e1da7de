"""What the deviations from a reference come to."""

from __future__ import annotations

import itertools

import pytest
from pages import MODEL, asked, blank, compared, deviation

from limen.inspection import Obligation, PageEvidence, Verdict, all_checks
from limen.inspection.checks.artwork import family
from limen.vision.artwork import Property
from limen.vision.light import Light
from limen.vision.page import Quality


@pytest.mark.parametrize(("light", "property"), list(itertools.product(Light, Property)))
def test_every_deviation_fails_exactly_one_check(light: Light, property: Property) -> None:
    """None is lost and none counts twice, whatever is compared under whatever light."""
    page = compared(deviation(-0.4, light=light, property=property))
    codes = [one.code for one in all_checks() if one.code.startswith("artwork.")]
    results = [asked(code, page) for code in codes]
    failed = [one.code for one in results if one is not None and one.verdict is Verdict.FAILED]
    assert failed == [f"artwork.{family(deviation(-0.4, light=light, property=property))}"]


def test_a_deviation_is_shown_where_it_is() -> None:
    """The officer reads the regions, the worst value and its limit, and sees the places in the right picture."""
    page = compared(deviation(0.4, region="arms"), deviation(-0.2, region="rosette"), deviation(-0.6, region="border"))
    result = asked("artwork.line_work", page)
    assert result is not None
    assert (result.verdict, result.obligation, result.margin) == (Verdict.FAILED, Obligation.MANDATORY, -0.6)
    assert "border and rosette" in result.message
    assert "arms" not in result.message
    assert result.where[0] == page.page.quad((10.0, 10.0, 10.0, 5.0))
    assert (result.picture, result.expected) == ("a.white.png", "at most 0.5")


def test_a_page_within_its_tolerances_passes_with_its_worst_margin() -> None:
    """The margin is that of the property nearest to its threshold."""
    result = asked("artwork.line_work", compared(deviation(0.4), deviation(0.1)))
    assert result is not None
    assert (result.verdict, result.margin) == (Verdict.SUCCESSFUL, 0.1)


def test_a_reference_on_trial_never_counts() -> None:
    """Its findings are logged, fail or pass."""
    for margin, verdict in ((-0.4, Verdict.FAILED), (0.4, Verdict.SUCCESSFUL)):
        result = asked("artwork.line_work", compared(deviation(margin), counts=False))
        assert result is not None
        assert (result.verdict, result.counts) == (verdict, False)


@pytest.mark.parametrize(
    "quality",
    [
        Quality(150.0, 0.12),
        Quality(400.0, 0.5),
        Quality(400.0, 0.12, glare=((8.0, 8.0, 14.0, 10.0),)),
    ],
)
def test_what_the_picture_does_not_show_well_is_not_failed(quality: Quality) -> None:
    """Too coarse, blurred, under glare: undetermined, with what to do better."""
    result = asked("artwork.line_work", compared(deviation(-0.4), quality=quality))
    assert result is not None
    assert (result.verdict, result.obligation) == (Verdict.UNDETERMINED, Obligation.MANDATORY)


def test_a_copy_is_not_excused_by_its_own_blur() -> None:
    """That the print is blurred is what is wrong with it."""
    page = compared(deviation(-0.4, property=Property.SHARPNESS), quality=Quality(400.0, 0.5))
    result = asked("artwork.copy", page)
    assert result is not None
    assert result.verdict is Verdict.FAILED


def test_an_unknown_model_is_said_and_never_counts() -> None:
    """One open decision that does not count, and no other check of the artwork is run."""
    page = PageEvidence(blank(), unrecognised="No reference of this model is known (UTO P TD3).")
    results = {one.code: asked(one.code, page) for one in all_checks() if one.code.startswith("artwork.")}
    run = [one for one in results.values() if one is not None]
    assert [(one.code, one.verdict, one.counts) for one in run] == [("artwork.model", Verdict.UNDETERMINED, False)]


def test_where_no_reference_was_looked_for_nothing_is_said() -> None:
    """A page alone is no question."""
    assert asked("artwork.model", PageEvidence(blank())) is None


def test_a_known_model_that_could_not_be_compared_leaves_it_open() -> None:
    """With a promoted reference that counts; with one on trial it does not."""
    for counts in (True, False):
        result = asked("artwork.model", compared(counts=counts, note="The page is cut off: show all of it."))
        assert result is not None
        assert (result.verdict, result.counts, result.found) == (Verdict.UNDETERMINED, counts, MODEL)
    assert asked("artwork.line_work", compared(deviation(-0.4), note="Cut off.")) is None


def test_a_deviation_counts_once() -> None:
    """`artwork.model` tells of deviations and leaves it to the families to fail."""
    result = asked("artwork.model", compared(deviation(-0.4)))
    assert result is not None
    assert (result.verdict, result.counts) == (Verdict.SUCCESSFUL, False)
    assert "1 of its properties" in result.message
