"""The light checks of a known model: what its reference says must be seen, and what a document shows instead."""

from dataclasses import replace

import pytest
from lit import ask, page_of, verdict, without

from limen.vision.artwork import Comparison
from limen.vision.light import Light
from limen.vision.lighting import CATALOGUE, LightFeature, learn_feature, learn_features

ROSETTE = (65.0, 15.0, 25.0, 25.0)
TITLE = (9.0, 4.0, 40.0, 9.0)
PROMOTED = Comparison("UTO P TD3 2020", counts=True, deviations=())


@pytest.fixture(scope="module")
def learned() -> dict[str, LightFeature]:
    """Three features from four genuine passports of UTO."""
    pages = [page_of("TD3", seed, "UTO") for seed in (21, 22, 23, 24)]
    return {
        code: learn_feature(pages, rect, code, name=name)
        for code, rect, name in (
            ("light.uv_lu_is", ROSETTE, "rosette"),
            ("light.ir_tr_is", TITLE, "title"),
            ("light.uv_br_vz", (44.0, 60.0, 30.0, 5.0), "visual zone"),
        )
    }


def test_a_genuine_page_has_its_features(learned):
    """A fifth passport of the model passes, with a margin."""
    for code, feature in learned.items():
        result = ask(code, page_of("TD3", 6, "UTO"), features=(feature,), comparison=PROMOTED)
        assert str(result.verdict) == "successful", result
        assert result.margin > 0
        assert result.counts


def test_a_missing_feature_fails_and_is_named(learned):
    """A passport without fluorescent print fails the rosette, which the sentence names."""
    feature = learned["light.uv_lu_is"]
    result = ask("light.uv_lu_is", page_of("TD3", 9, "UTO", "no-uv"), features=(feature,), comparison=PROMOTED)
    assert str(result.verdict) == "failed"
    assert "rosette" in result.message
    assert result.margin < 0
    assert result.where


def test_toner_fails_what_must_vanish(learned):
    """The title of a copy is seen in infrared."""
    feature = learned["light.ir_tr_is"]
    assert verdict("light.ir_tr_is", page_of("TD3", 9, "UTO", "photocopy"), features=(feature,)) == "failed"


def test_a_reference_on_trial_does_not_count(learned):
    """Neither without a comparison nor with one that does not count."""
    feature = learned["light.uv_lu_is"]
    page = page_of("TD3", 9, "UTO", "no-uv")
    for comparison in (None, replace(PROMOTED, counts=False)):
        result = ask("light.uv_lu_is", page, features=(feature,), comparison=comparison)
        assert str(result.verdict) == "failed"
        assert not result.counts


def test_a_routine_that_no_model_asks_is_not_run():
    """Without features only the routines that hold for every document are run."""
    page = page_of("TD3", 6, "UTO")
    run = {str(code) for code in CATALOGUE if ask(code.dotted, page) is not None}
    assert run == {
        "(VI, AB, MR)",
        "(IR, AB, MR)",
        "(IR, TR, IS)",
        "(UV, BR, FU)",
        "(UV, BR, MR)",
        "(UV, BR, PH)",
        "(UV, LU, IS)",
    }


def test_a_feature_without_its_light_is_not_judged(learned):
    """Not given: not run. Not to be laid over the white image: undetermined, with the reason."""
    feature = learned["light.uv_lu_is"]
    page = page_of("TD3", 6, "UTO")
    assert verdict("light.uv_lu_is", without(page, Light.UV), features=(feature,)) is None
    problem = without(page, Light.UV, "The ultraviolet image shows another document.")
    assert verdict("light.uv_lu_is", problem, features=(feature,)) == "undetermined"


def test_features_are_found_in_a_few_genuine_pages():
    """What they find passes on another page of the model, and is missed on frauds by hand and by copier."""
    pages = [page_of("TD3", seed, "UTO") for seed in (21, 22, 23, 24)]
    features = learn_features(pages)
    assert {str(one.code) for one in features} >= {"(UV, LU, IS)", "(IR, TR, IS)", "(IR, AB, MR)", "(IR, AB, PH)"}
    codes = {one.code.dotted for one in features}

    def failed(page):
        return {code for code in codes if verdict(code, page, features=features, comparison=PROMOTED) == "failed"}

    assert failed(page_of("TD3", 6, "UTO")) == set()
    assert failed(page_of("TD3", 9, "UTO", "painted-uv")) == {"light.uv_lu_is"}
    assert {"light.uv_lu_is", "light.ir_tr_is"} <= failed(page_of("TD3", 9, "UTO", "photocopy"))


def test_two_pages_are_too_few_to_find_features():
    """One that differs would decide."""
    assert learn_features([page_of("TD3", seed, "UTO") for seed in (21, 22)]) == ()
