"""The light checks with no model known: what holds for every document, and what each fraud breaks."""

import numpy as np
import pytest
from lit import ask, changed, page_of, verdict, without

from limen.vision.light import Light
from limen.vision.lighting.paper import bare_paper
from limen.vision.lighting.zone import character_rects
from limen.vision.page import pixels_of

SIDES = (
    ("TD1", 3, "UTO", "front"),
    ("TD1", 4, "QVA", "back"),
    ("TD2", 5, "QNR", None),
    ("TD3", 6, "UTO", None),
    ("MRV-A", 7, "QVA", None),
    ("MRV-B", 8, "QNR", None),
)
CODES = (
    "light.vi_ab_mr",
    "light.ir_ab_mr",
    "light.ir_tr_is",
    "light.uv_br_fu",
    "light.uv_br_mr",
    "light.uv_br_ph",
    "light.uv_lu_is",
)


@pytest.mark.parametrize(("format", "seed", "issuer", "side"), SIDES)
def test_no_objection_to_sound_documents(format, seed, issuer, side):
    """Every format, side and issuer passes every check that has something to look at."""
    page = page_of(format, seed, issuer, side=side)
    results = [ask(code, page) for code in CODES]
    assert {str(one.verdict) for one in results if one} == {"successful"}
    assert all(one.margin > 0 for one in results if one)
    portrait = page.side.value == "front"
    assert [one.code for one in results if one] == [
        code
        for code in CODES
        if (format != "TD1" or side == "back" or "_mr" not in code)
        and (portrait or code[-2:] not in ("ph", "is") or "ir" in code)
    ]


@pytest.mark.parametrize(
    ("fraud", "code"),
    [
        ("zone-invisible-in-ir", "light.ir_ab_mr"),
        ("screen-recapture", "light.ir_ab_mr"),
        ("photocopy", "light.ir_tr_is"),
        ("photocopy", "light.uv_br_fu"),
        ("bright-paper", "light.uv_br_fu"),
        ("substituted-portrait", "light.uv_br_ph"),
        ("no-uv", "light.uv_lu_is"),
    ],
)
def test_each_fraud_fails_its_check(fraud, code):
    """With a negative margin, a place on the white picture, and a sentence."""
    result = ask(code, page_of("TD3", 9, "UTO", fraud))
    assert str(result.verdict) == "failed", result
    assert result.margin < 0
    assert result.where
    assert result.picture == "white.png"
    assert result.message.endswith(".")


def test_a_display_is_named():
    """Nothing comes back in infrared: the sentence says what looks so."""
    assert "display" in ask("light.ir_ab_mr", page_of("TD3", 9, "UTO", "screen-recapture")).message


def test_a_single_character_of_other_ink_is_found():
    """One character that vanishes in infrared fails the zone, and its place alone is shown."""
    page = page_of("TD3", 6, "UTO")
    image = page.sheets[Light.IR].image.copy()
    rect = character_rects(page.format)[1][3]
    left, top, right, bottom = pixels_of(rect)
    image[top:bottom, left:right] = np.percentile(image[top:bottom, left:right], 90)
    result = ask("light.ir_ab_mr", changed(page, Light.IR, image))
    assert str(result.verdict) == "failed"
    assert "1 character does" in result.message
    assert result.where == (page.quad(rect),)


@pytest.mark.parametrize("strength", [0.6, 1.3])
def test_the_lamp_s_strength_does_not_matter(strength):
    """At 0.6 and 1.3 times the usual strength sound paper stays dull and office paper bright; beyond, it is white."""
    for fraud, usual, expected in ((None, 28, "successful"), ("bright-paper", 150, "failed")):
        page = page_of("TD3", 9, "UTO", fraud)
        image = page.sheets[Light.UV].image * (strength * usual / bare_paper(page.sheets[Light.UV].image)[1])
        assert verdict("light.uv_br_fu", changed(page, Light.UV, image)) == expected


def test_a_light_that_was_not_given_is_not_checked():
    """No infrared image, no infrared check; one that could not be laid over the white one is undetermined."""
    page = page_of("TD3", 6, "UTO")
    assert verdict("light.ir_ab_mr", without(page, Light.IR)) is None
    assert verdict("light.uv_br_fu", without(page, Light.UV)) is None
    result = ask("light.ir_ab_mr", without(page, Light.IR, "It is another document."))
    assert (str(result.verdict), result.message) == ("undetermined", "It is another document.")


def test_a_card_s_front_has_no_zone_to_ask_about():
    """The zone of TD1 is on the back."""
    assert verdict("light.ir_ab_mr", page_of("TD1", 3, "UTO", side="front")) is None


@pytest.mark.parametrize("code", ["light.ir_ab_mr", "light.ir_tr_is"])
def test_a_white_image_saved_as_infrared_is_told(code):
    """In colour or in grey: the zone is dark in it, and nothing was measured."""
    page = page_of("TD3", 6, "UTO")
    grey = page.white.image.mean(axis=2, keepdims=True).repeat(3, axis=2)
    for image in (page.white.image, grey):
        result = ask(code, changed(page, Light.IR, image))
        assert str(result.verdict) == "undetermined"
        assert "looks like a white-light one" in result.message


def test_a_white_image_saved_as_ultraviolet_is_told():
    """Its bright paper is no office paper, and its warm tone no dull one."""
    page = page_of("TD3", 6, "UTO")
    grey = page.white.image.mean(axis=2, keepdims=True).repeat(3, axis=2)
    for image in (page.white.image, grey):
        result = ask("light.uv_br_fu", changed(page, Light.UV, image))
        assert str(result.verdict) == "undetermined"
        assert "looks like a white-light one" in result.message


@pytest.mark.parametrize("level", [0, 20, 255])
def test_a_plain_image_is_undetermined(level):
    """A lamp that did not light, or an image that is all white, fails nothing but says what to do."""
    page = page_of("TD3", 6, "UTO")
    plain = np.full_like(page.white.image, level)
    uv = ask("light.uv_br_fu", changed(page, Light.UV, plain))
    assert str(uv.verdict) == "undetermined"
    assert "take it again" in uv.message
    if level != 20:
        ir = ask("light.ir_ab_mr", changed(page, Light.IR, plain))
        assert str(ir.verdict) == "undetermined"
        assert "take it again" in ir.message


def test_a_grey_ultraviolet_image_fails_no_paper():
    """Without colour, dull paper under a strong lamp looks as office paper does, and so does infrared: undetermined."""
    page = page_of("TD3", 9, "UTO", "no-uv")
    grey = page.sheets[Light.UV].image.mean(axis=2, keepdims=True).repeat(3, axis=2)
    level = bare_paper(grey.astype(np.uint8))[1]
    for wanted, expected in ((40, "successful"), (90, "undetermined"), (180, "undetermined")):
        assert verdict("light.uv_br_fu", changed(page, Light.UV, grey * (wanted / level))) == expected
