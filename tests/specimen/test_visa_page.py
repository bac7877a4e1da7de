"""A visa label on a passport's page: every light, and a truth that moved with the label."""

import numpy as np
import pytest

from limen.specimen import Light, NotPossibleError, make
from limen.specimen.visa_page import PAGE_MM, on_visa_page
from limen.vision import read_zone


@pytest.mark.parametrize("kind", ["MRV-A", "MRV-B"])
def test_the_label_lies_on_its_page(kind):
    """The picture is the page's, the outline the label's, wholly on the page; the zone is where the truth says."""
    label = make(kind, 4, "QVA", ppi=200, lights=(Light.WHITE,))
    page = on_visa_page(label, 4)
    height, width = page.image.shape[:2]
    assert (width, height) == page.truth.size_px == tuple(round(mm * 200 / 25.4) for mm in PAGE_MM)
    corners = np.array(page.truth.outline)
    assert (corners > 0).all()
    assert (corners < (width, height)).all()
    zone = read_zone(page.image)
    assert zone.text == label.truth.lines
    assert np.abs(np.array(zone.quad) - np.array(page.truth.zone)).max() < 12


def test_every_light_shows_the_same_place():
    """What is printed in the label lies at one place under every light; equal seeds give equal pages."""
    label = make("MRV-B", 5, ppi=150)
    page, again = on_visa_page(label, 9), on_visa_page(label, 9)
    assert set(page.images) == set(Light)
    assert all(np.array_equal(page.images[light], again.images[light]) for light in Light)
    assert not np.array_equal(page.image, on_visa_page(label, 10).image)
    dark = [page.images[light][..., 1] < 60 for light in (Light.WHITE, Light.IR)]
    x0, y0 = np.min(page.truth.zone, axis=0).astype(int)
    x1, y1 = np.max(page.truth.zone, axis=0).astype(int)
    both = (dark[0] & dark[1])[y0:y1, x0:x1].sum()
    assert both > 0.7 * dark[1][y0:y1, x0:x1].sum() > 100


def test_only_a_visa_is_stuck_on_a_page():
    """A passport's page is no label."""
    with pytest.raises(NotPossibleError, match="TD3 is no visa label"):
        on_visa_page(make("TD3", 1, ppi=100, lights=(Light.WHITE,)), 1)
