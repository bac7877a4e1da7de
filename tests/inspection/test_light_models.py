"""The light checks of a known model: what its reference says must be seen, and what a document shows instead."""

from dataclasses import replace

import pytest
from lit import ON, ask, changed, page_of, verdict, without

from limen.inspection import Context, Evidence, PageEvidence, all_checks
from limen.vision.light import Light
from limen.vision.lighting import (
    CATALOGUE,
    LightCode,
    LightFeature,
    Quantity,
    deviation,
    learn_feature,
    learn_features,
)
from limen.vision.lighting.features import feature_of, seen_of, unsteadiness
from limen.vision.lighting.measuring import measure_page
from limen.vision.page import pixels_of

ROSETTE = (65.0, 15.0, 25.0, 25.0)
TITLE = (9.0, 4.0, 40.0, 9.0)


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
        result = ask(code, page_of("TD3", 6, "UTO"), features=(feature,), features_count=True)
        assert str(result.verdict) == "successful", result
        assert result.margin > 0
        assert result.counts


def test_a_missing_feature_fails_and_is_named(learned):
    """A passport without fluorescent print fails the rosette, which the sentence names."""
    feature = learned["light.uv_lu_is"]
    result = ask("light.uv_lu_is", page_of("TD3", 9, "UTO", "no-uv"), features=(feature,), features_count=True)
    assert str(result.verdict) == "failed"
    assert "rosette" in result.message
    assert result.margin < 0
    assert result.where


def test_another_colour_is_said_so(learned):
    """Print that shines in another colour shines: the sentence says what differs."""
    pages = [page_of("TD3", seed, "UTO") for seed in (21, 22, 23)]
    hue = learn_feature(pages, ROSETTE, "(UV, LU, IS)", name="colour of the rosette", quantity=Quantity.HUE)
    other = replace(hue, expected=(hue.expected + 120) % 360)
    result = ask("light.uv_lu_is", page_of("TD3", 6, "UTO"), features=(other,))
    assert str(result.verdict) == "failed"
    assert result.message.startswith("The colour of the rosette is in ultraviolet another than on genuine")


def test_toner_fails_what_must_vanish(learned):
    """The title of a copy is seen in infrared."""
    feature = learned["light.ir_tr_is"]
    assert verdict("light.ir_tr_is", page_of("TD3", 9, "UTO", "photocopy"), features=(feature,)) == "failed"


def test_a_reference_on_trial_does_not_count(learned):
    """It objects, and changes no result."""
    feature = learned["light.uv_lu_is"]
    result = ask("light.uv_lu_is", page_of("TD3", 9, "UTO", "no-uv"), features=(feature,))
    assert str(result.verdict) == "failed"
    assert not result.counts


def test_a_reference_on_trial_takes_no_general_rules_place(learned):
    """Its objection is logged; where it has none, or the rule objects too, the rule's finding counts as ever."""
    feature = learned["light.ir_tr_is"]
    copy = ask("light.ir_tr_is", page_of("TD3", 9, "UTO", "photocopy"), features=(feature,))
    assert (str(copy.verdict), copy.counts) == ("failed", True)
    page = page_of("TD3", 6, "UTO")
    fine = ask("light.ir_tr_is", page, features=(feature,))
    assert fine == ask("light.ir_tr_is", page)
    impossible = replace(feature, expected=-5.0)
    logged = ask("light.ir_tr_is", page, features=(impossible,))
    assert (str(logged.verdict), logged.counts) == ("failed", False)
    assert ask("light.ir_tr_is", page, features=(impossible,), features_count=True).counts


def test_no_reference_takes_the_place_of_the_rule_for_the_zones_ink(learned):
    """A feature that would pass anything excuses no zone in ordinary ink."""
    lenient = replace(learned["light.ir_tr_is"], code=LightCode.parse("(IR, AB, MR)"), expected=0.0)
    page = page_of("TD3", 9, "UTO", "zone-invisible-in-ir")
    result = ask("light.ir_ab_mr", page, features=(lenient,), features_count=True)
    assert (str(result.verdict), result.counts) == ("failed", True)


def test_a_feature_under_glare_is_left_out(learned):
    """The others are judged; with none left that is undetermined, and says to turn the lamp."""
    feature = learned["light.uv_lu_is"]
    page = page_of("TD3", 9, "UTO", "no-uv")
    glaring = replace(page, quality=replace(page.quality, glare=(feature.rect,)))
    result = ask("light.uv_lu_is", glaring, features=(feature,), features_count=True)
    assert str(result.verdict) == "undetermined"
    assert "Glare covers the rosette" in result.message
    beside = replace(feature, rect=(44.0, 40.0, 16.0, 16.0), name="other")
    assert str(ask("light.uv_lu_is", glaring, features=(feature, beside), features_count=True).verdict) == "failed"


def test_a_picture_without_colour_has_no_hues():
    """The colour of print is not judged in a grey image, and is in a coloured one."""
    pages = [page_of("TD3", seed, "UTO") for seed in (21, 22, 23)]
    red = learn_feature(pages, ROSETTE, "(UV, LU, IS)", quantity=Quantity.HUE)
    green = replace(red, expected=(red.expected + 120) % 360)
    page = page_of("TD3", 6, "UTO")
    assert deviation(green, measure_page(page, page.sheets[Light.UV], ROSETTE)) > 1
    image = page.sheets[Light.UV].image.mean(axis=2, keepdims=True).repeat(3, axis=2)
    grey = changed(page, Light.UV, image)
    assert deviation(green, measure_page(grey, grey.sheets[Light.UV], ROSETTE)) is None


def test_a_feature_that_one_page_lacks_is_not_kept():
    """Left out in turn, it is far from the others."""
    pages = [page_of("TD3", seed, "UTO") for seed in (21, 22, 23)]
    code = LightCode.parse("(UV, LU, IS)")
    seen = seen_of(pages, ROSETTE, code)
    feature = feature_of(seen, ROSETTE, code)
    assert unsteadiness(feature, seen) < 0.5
    odd = [*seen[:2], replace(seen[2], luminescence=0.0)]
    assert unsteadiness(feature_of(odd, ROSETTE, code), odd) > 1


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
        return {code for code in codes if verdict(code, page, features=features, features_count=True) == "failed"}

    assert failed(page_of("TD3", 6, "UTO")) == set()
    assert failed(page_of("TD3", 9, "UTO", "painted-uv")) == {"light.uv_lu_is"}
    assert {"light.uv_lu_is", "light.ir_tr_is"} <= failed(page_of("TD3", 9, "UTO", "photocopy"))


def test_two_pages_are_too_few_to_find_features():
    """One that differs would decide."""
    assert learn_features([page_of("TD3", seed, "UTO") for seed in (21, 22)]) == ()


def test_no_tile_beside_an_entry_must_be_free_of_ink():
    """On another document the entry is longer."""
    pages = [page_of("TD3", seed, "UTO") for seed in (21, 22, 23)]
    x, y, width, height = next(one.rect for one in learn_features(pages) if str(one.code) == "(IR, TR, IS)")
    beside = (x + width if x + 2 * width < 120 else x - width, y, width, height)
    left, top, right, bottom = pixels_of(beside)

    def inked(page):
        for light in (Light.WHITE, Light.IR):
            image = page.sheets[light].image.copy()
            image[top + 20 : bottom - 20, left + 20 : right - 20] = 0
            page = changed(page, light, image)
        return page

    tiles = [one.rect for one in learn_features(list(map(inked, pages))) if str(one.code) == "(IR, TR, IS)"]
    assert tiles
    assert (x, y, width, height) not in tiles


def test_what_was_measured_is_not_taken_for_another_page(learned):
    """Figures are measured once for all checks of a page; evidence with another page has none of them."""
    features = tuple(learned.values())
    first = PageEvidence(page_of("TD3", 9, "UTO", "no-uv"), features=features, features_count=True)
    second = PageEvidence(page_of("TD3", 6, "UTO"), features=features, features_count=True)

    def told(evidence):
        context = Context.among(Evidence(pages=(evidence,)), ON)
        return [one.run(context) for one in all_checks() if one.code.startswith("light.")]

    once = told(first)
    assert first.measured
    assert told(first) == once
    assert told(replace(first, page=second.page)) == told(second)
