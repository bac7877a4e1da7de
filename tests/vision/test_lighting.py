"""Figures of light: the table of routines, the measures on drawn pages, and features learned from a few."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limen.icao.mrz import Format
from limen.vision.light import Light
from limen.vision.lighting import CATALOGUE, LightCode, Quantity, deviation, learn_feature, measure
from limen.vision.lighting.glow import edge_mm, shining
from limen.vision.lighting.paper import bare_paper, glow
from limen.vision.lighting.zone import character_rects, zone_rect
from limen.vision.page import PX_PER_MM, Page, Quality, Sheet, Side, sheet_size

DULL, BRIGHT = (34, 28, 62), (120, 150, 244)

BAR = (40.0, 30.0, 10.0, 10.0)


def sheet(light: Light, paper: tuple[int, int, int], ink: tuple[int, int, int] | None = None) -> Sheet:
    """A TD2 sheet of that paper, with a block of lines in that ink at `BAR`."""
    width, height = sheet_size(Format.TD2)
    image = np.full((height, width, 3), paper, dtype=np.uint8)
    if ink is not None:
        left, top, right, bottom = (round(v * PX_PER_MM) for v in (40, 30, 50, 40))
        for y in range(top, bottom, 12):
            image[y : y + 4, left:right] = ink
    return Sheet(light, image, np.eye(3))


def page(uv: Sheet) -> Page:
    """A page with that ultraviolet sheet."""
    sheets = {Light.WHITE: sheet(Light.WHITE, (245, 243, 235)), Light.UV: uv}
    return Page(Format.TD2, Side.FRONT, sheets, Quality(ppi=330, edge_mm=0.1))


def test_the_table_is_that_of_the_standard():
    """Doc 9303-2, table C-1 without the further features: 12 + 8 + 28 routines, less those that it lists twice."""
    plain = [code for code in CATALOGUE if code.feature != "AF"]
    assert len(set(CATALOGUE)) == len(CATALOGUE)
    assert len(plain) == 47
    assert {"(IR, AB, MR)", "(UV, BR, FU)", "(VI, FR, PH)", "(UV, LU, FI)"} <= {str(code) for code in plain}


@pytest.mark.parametrize("code", CATALOGUE, ids=str)
def test_a_code_is_read_back(code):
    """As the standard writes it and as the check is called; its identifier is its own."""
    assert LightCode.parse(str(code)) == LightCode.parse(code.dotted) == code
    assert code.question.endswith("?")
    assert sum(code.uuid == other.uuid for other in CATALOGUE) == 1


@settings(deadline=None)
@given(st.text(max_size=20))
def test_any_text_is_a_code_or_refused(text):
    """Nothing but ValueError is raised."""
    try:
        code = LightCode.parse(text)
    except ValueError:
        return
    assert LightCode.parse(str(code)) == code


@pytest.mark.parametrize("strength", [0.5, 1.0, 2.0])
def test_office_paper_glows_several_times_as_much(strength):
    """However strong the lamp, the two kinds stand on either side of the thresholds."""
    dull, bright = (tuple(min(255.0, v * strength) for v in paper) for paper in (DULL, BRIGHT))
    assert glow(dull) < 65
    assert glow(bright) > 65


def test_paper_that_shines_yellow_is_no_office_paper():
    """Doc 9303-2, A.5.1.1 admits a glow that is told from blue-white."""
    assert glow((200.0, 190.0, 60.0)) < 10


@settings(deadline=None)
@given(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
def test_the_paper_is_found_under_print(red, green, blue):
    """Lines and fibres over a thirteenth of the page do not change the paper's colour."""
    image = np.full((360, 480, 3), (red, green, blue), dtype=np.uint8)
    image[::13] = 255 - image[::13]
    assert np.abs(np.array(bare_paper(image)) - (red, green, blue)).max() <= 1


def test_print_that_shines_is_measured():
    """Its share, hue and saturation; on the bare page nothing shines."""
    uv = sheet(Light.UV, DULL, (60, 235, 100))
    found = measure(uv, BAR)
    assert found.luminescence == pytest.approx(1 / 3, abs=0.03)
    assert found.hue == pytest.approx(134, abs=5)
    assert found.saturation > 0.6
    assert measure(sheet(Light.UV, DULL), BAR).luminescence == 0


def test_soft_print_has_wider_edges():
    """A painted line is told from a printed one by its edge."""
    from cv2 import GaussianBlur

    sharp = sheet(Light.UV, DULL, (60, 235, 100)).image
    widths = [edge_mm(GaussianBlur(sharp, (0, 0), sigma), DULL) for sigma in (0.8, 2.0, 4.0)]
    assert 0 < widths[0] < widths[1] < widths[2]


def test_absorption_is_held_against_white():
    """Ink that keeps half its contrast has an absorption of a half; without print in white there is none."""
    white = sheet(Light.WHITE, (240, 240, 240), (24, 24, 24))
    ir = sheet(Light.IR, (200, 200, 200), (110, 110, 110))
    assert measure(ir, BAR, white).absorption == pytest.approx(0.5, abs=0.02)
    assert measure(ir, (5, 5, 10, 10), white).absorption is None


def test_a_rectangle_off_the_page_is_refused():
    """With its numbers in the sentence."""
    with pytest.raises(ValueError, match="outside the page"):
        measure(sheet(Light.UV, DULL), (200, 0, 10, 10))


def test_a_feature_is_learned_and_judged():
    """A page as those learned from lies within the tolerance, one without the print far outside."""
    pages = [page(sheet(Light.UV, DULL, (60, value, 100))) for value in (220, 235, 250)]
    feature = learn_feature(pages, BAR, "(UV, LU, IS)")
    assert feature.quantity is Quantity.LUMINESCENCE
    assert deviation(feature, measure(pages[0].sheets[Light.UV], BAR)) < 0.5
    assert deviation(feature, measure(sheet(Light.UV, DULL), BAR)) > 2


def test_a_hue_is_learned_round_the_circle():
    """359 and 1 degree are neighbours, and their middle is 0."""
    pages = [page(sheet(Light.UV, DULL, colour)) for colour in ((250, 60, 64), (250, 64, 60))]
    feature = learn_feature(pages, BAR, "(UV, LU, IS)", quantity=Quantity.HUE)
    off = deviation(feature, measure(pages[1].sheets[Light.UV], BAR))
    assert min(feature.expected, 360 - feature.expected) < 3
    assert off < 0.3


def test_only_the_forbidden_direction_counts():
    """Print that must vanish may vanish more than on the pages learned from."""
    pages = [page(sheet(Light.UV, DULL, (20, 16, 40)))]
    feature = learn_feature(pages, BAR, "(IR, TR, IS)".replace("IR", "VI"))
    assert deviation(replace(feature, expected=0.5), measure(pages[0].white, BAR)) == 0


def test_a_feature_needs_its_light():
    """Learning says which light is missing."""
    with pytest.raises(ValueError, match="in infrared"):
        learn_feature([page(sheet(Light.UV, DULL))], BAR, "(IR, AB, MR)")


@pytest.mark.parametrize("format", [Format.TD1, Format.TD2, Format.TD3, Format.MRV_A, Format.MRV_B])
def test_the_characters_lie_in_the_zone(format):
    """Each window lies in the zone's rectangle and on the page."""
    width, height = (v / PX_PER_MM for v in sheet_size(format))
    left, top, wide, high = zone_rect(format)
    assert left > 0
    assert top + high < height
    assert left + wide < width
    for line in character_rects(format):
        assert line[0][0] == pytest.approx(left)
        assert all(top - 0.01 <= y and y + h <= top + high + 0.01 for _, y, _, h in line)


def test_noise_does_not_shine():
    """A dark, noisy image has no fluorescent print."""
    rng = np.random.default_rng(1)
    image = np.clip(rng.normal(10, 4, (400, 400, 3)), 0, 255).astype(np.uint8)
    assert shining(image, bare_paper(image)).mean() < 0.01
