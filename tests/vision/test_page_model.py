"""The page's model: millimetres, pixels of a sheet and pixels of the image agree."""

import numpy as np
import pytest
from bench.true_pages import true_page

from limen.icao.mrz import Format
from limen.specimen import Light as Lamp
from limen.specimen import capture, make
from limen.vision.light import Light
from limen.vision.page import PX_PER_MM, SIZES_MM, laid_flat, sheet_size


@pytest.fixture(scope="module")
def captures():
    specimen = make("TD3", 5)
    return [capture(specimen, 5, "reader", light=light) for light in Lamp]


def test_a_field_of_the_truth_lies_where_the_page_says(captures):
    """A rectangle in millimetres and the quadrilateral of the truth are the same place, to half a pixel."""
    page = true_page(captures)
    field = captures[0].truth.field("viz.surname")
    there = page.quad(page.rect(field.quad))
    assert np.abs(np.array(there) - np.array(field.quad)).max() < 3


def test_sheets_of_all_lights_have_one_size(captures):
    """The same place is the same pixel under every light."""
    page = true_page(captures)
    assert set(page.sheets) == set(Light)
    assert {sheet.image.shape[:2][::-1] for sheet in page.sheets.values()} == {sheet_size(Format.TD3)}


def test_crop_is_cut_at_the_edges(captures):
    """A rectangle beyond the page gives what lies on it, and one wholly beyond gives nothing."""
    sheet = true_page(captures).white
    assert sheet.crop((-5, -5, 10, 10)).shape[:2] == (round(5 * PX_PER_MM), round(5 * PX_PER_MM))
    assert sheet.crop((-9, -9, 5, 5)).size == 0


@pytest.mark.parametrize("factor", [1, 3])
def test_flat_pixels_are_those_of_the_specimen(factor):
    """A page laid flat from a picture of itself, however large, is that picture: no shift, no mirror."""
    specimen = make("TD2", 3, ppi=304.8 * factor)
    height, width = specimen.image.shape[:2]
    w, h = SIZES_MM[Format.TD2]
    sheet = laid_flat(specimen.image, np.diag([width / w, height / h, 1.0]), Format.TD2, Light.WHITE)
    plain = make("TD2", 3, ppi=304.8).image
    rows, cols = min(sheet.image.shape[0], plain.shape[0]), min(sheet.image.shape[1], plain.shape[1])
    difference = np.abs(sheet.image[:rows, :cols].astype(int) - plain[:rows, :cols])
    assert np.median(difference) < 6
