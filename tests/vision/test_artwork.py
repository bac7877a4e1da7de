import contextlib
from dataclasses import replace
from functools import lru_cache
from unittest.mock import patch

import cv2
import numpy as np
import pytest
from bench.true_pages import true_page
from hypothesis import given, settings
from hypothesis import strategies as st

from limen.specimen import Light as Lit
from limen.specimen import capture, draft, falsified, render
from limen.vision.artwork import (
    SIMILAR,
    Artwork,
    BadArtwork,
    CannotLearn,
    Comparison,
    Field,
    Property,
    compare,
    learn,
    similarity,
)
from limen.vision.light import Light
from limen.vision.page import Page, laid_flat


@lru_cache(maxsize=32)
def shown(seed: int, fraud: str | None = None, issuer: str = "UTO", lights: tuple[Lit, ...] = tuple(Lit)) -> Page:
    recipe = draft("TD1", seed, issuer, side="front")
    specimen = render(falsified(recipe, fraud, seed) if fraud else recipe)
    return true_page([capture(specimen, seed, "reader", light=light) for light in lights])


@lru_cache(maxsize=1)
def learned() -> Artwork:
    return learn([shown(seed) for seed in range(1, 6)])


def compared(seed: int, fraud: str | None = None) -> Comparison:
    return compare(shown(seed, fraud), learned(), model="UTO I TD1", counts=True)


def deviating(comparison: Comparison) -> set[tuple[str, Light, Property]]:
    return {(one.region, one.light, one.property) for one in comparison.deviations if one.margin < 0}


def test_a_document_of_the_model_deviates_in_nothing():
    """A capture that was not learned from passes every comparison, and all three lights are compared."""
    found = compared(7)
    assert not found.note
    assert deviating(found) == set()
    assert {one.light for one in found.deviations} == set(Light)
    assert all(-1 <= one.margin <= 1 for one in found.deviations)


@pytest.mark.parametrize(
    ("fraud", "expected"),
    [
        ("photocopy", ("static artwork", Light.WHITE, Property.COLOUR)),
        ("screen-recapture", ("static artwork", Light.WHITE, Property.REGULAR_PATTERN)),
        ("no-uv", ("uv print", Light.UV, Property.FLUORESCENCE)),
        ("bright-paper", ("paper", Light.UV, Property.FLUORESCENCE)),
        ("substituted-portrait", ("portrait", Light.UV, Property.FLUORESCENCE)),
        ("reprinted-portrait", ("portrait", Light.WHITE, Property.OVERPRINT)),
        ("wrong-visual-typeface", ("visual zone", Light.WHITE, Property.TYPEFACE)),
        ("redrawn-background", ("static artwork", Light.WHITE, Property.LINE_WORK)),
        ("traced-background", ("static artwork", Light.WHITE, Property.LINE_WORK)),
        ("faint-uv", ("uv print", Light.UV, Property.FLUORESCENCE)),
        ("painted-uv", ("uv print", Light.UV, Property.FLUORESCENCE)),
    ],
)
def test_each_fraud_deviates_where_it_should(fraud: str, expected: tuple[str, Light, Property]):
    """A fraud deviates in the property and the light in which it can be seen."""
    assert expected in deviating(compared(8, fraud))


def test_a_scraped_entry_deviates_in_its_background_and_has_its_name():
    """Where an entry was scraped off, the ground does not go on, and the finding bears the entry's name and place."""
    page = shown(9, "changed-name")
    fields = (Field("surname", (32.0, 13.6, 40.0, 3.0), "X"),)
    found = compare(page, learned(), model="UTO I TD1", counts=True, fields=fields)
    bad = [one for one in found.deviations if one.margin < 0 and one.property is Property.BACKGROUND]
    assert {one.region for one in bad} == {"viz.surname"}
    left, top = bad[0].rect[:2]
    assert 31 < left < 72
    assert 12 < top < 16
    assert all("of the line work goes on about" in one.found for one in bad)


def test_a_page_that_was_found_a_millimetre_off_is_compared_all_the_same():
    """The remaining error of finding is taken out before anything is compared."""
    page = shown(7)
    move = np.array([[1.002, 0.001, 0.8], [-0.001, 0.999, -0.7], [0, 0, 1]])
    sheets = {
        light: laid_flat(sheet.image, np.diag([12.0, 12.0, 1.0]) @ move, page.format, light)
        for light, sheet in page.sheets.items()
    }
    assert not deviating(compare(replace(page, sheets=sheets), learned(), model="m", counts=True))


def test_a_bowed_page_is_flattened_before_it_is_compared():
    """A third of a millimetre, more than the line work's half period is wide, is no other line work."""
    page = shown(7)
    height, width = page.white.image.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    down = y + np.float32(0.33 * 12) * np.sin(np.pi * x / width) * np.cos(np.pi * y / height / 2)
    sheets = {
        light: replace(sheet, image=cv2.remap(sheet.image, x, down.astype(np.float32), cv2.INTER_LINEAR))
        for light, sheet in page.sheets.items()
    }
    bowed = replace(page, sheets=sheets)
    assert not deviating(compare(bowed, learned(), model="m", counts=True))
    with patch("limen.vision.artwork.laid.unbent", lambda page, *_: page):
        assert deviating(compare(bowed, learned(), model="m", counts=True))


def test_heat_is_a_map_of_an_eighth_of_the_sheet_where_a_light_deviates():
    """A document of the model has none; one without fluorescent print has that of ultraviolet, hot in many places."""
    assert not compared(7).heat
    heat = compared(8, "no-uv").heat
    assert set(heat) == {Light.UV}
    height, width = shown(8).white.image.shape[:2]
    assert heat[Light.UV].shape == (height // 8, width // 8)
    assert np.mean(heat[Light.UV] > 1) > 0.02


def test_white_light_alone_is_compared_too():
    """What is not there is left out, not guessed."""
    found = compare(shown(7, lights=(Lit.WHITE,)), learned(), model="UTO I TD1", counts=True)
    assert {one.light for one in found.deviations} == {Light.WHITE}
    assert not deviating(found)


def test_similarity_tells_models_apart():
    """Another issuer's page of the same format is not similar; one of the same model is."""
    assert similarity(shown(7), learned()) > SIMILAR
    assert similarity(shown(7, issuer="QVA"), learned()) < SIMILAR / 2


def test_a_sharp_page_without_the_artwork_deviates_in_its_line_work():
    """Where the zone says the model, other artwork is a counterfeit's, not another model's."""
    found = compare(shown(7, issuer="QVA"), learned(), model="UTO I TD1", counts=True)
    assert deviating(found) == {("static artwork", Light.WHITE, Property.LINE_WORK)}


def test_too_few_captures_are_refused():
    """Two captures make no reference, and the message says how many do."""
    with pytest.raises(CannotLearn, match="at least 3 captures, here are 2"):
        learn([shown(1), shown(2)])


def test_a_capture_of_another_model_is_refused():
    """A capture that shows other artwork is named by its number."""
    with pytest.raises(CannotLearn, match="Capture 3"):
        learn([shown(1), shown(2), shown(7, issuer="QVA")])


def test_artwork_comes_back_from_its_bytes():
    """What was kept compares as what was learned does."""
    again = Artwork.from_bytes(learned().to_bytes())
    before, after = (compare(shown(7), art, model="m", counts=False) for art in (learned(), again))
    assert [one.found for one in before.deviations] == [one.found for one in after.deviations]
    assert again.regions == learned().regions


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_mutated_bytes_are_refused_or_read(data: st.DataObject):
    """Whatever bytes come, they are read as artwork or refused with `BadArtwork`; nothing else is raised."""
    whole = bytearray(learned().to_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        # The names and headers of the members lie at both ends of each.
        place = data.draw(st.one_of(st.integers(0, len(whole) - 1), st.integers(0, 4000), st.integers(-3000, -1)))
        whole[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.just(len(whole)), st.integers(0, len(whole))))
    with contextlib.suppress(BadArtwork):
        assert isinstance(Artwork.from_bytes(bytes(whole[:cut])), Artwork)


@given(st.binary(max_size=300))
def test_other_bytes_are_refused(data: bytes):
    """Bytes that are no reference at all are refused."""
    with pytest.raises(BadArtwork):
        Artwork.from_bytes(data)
