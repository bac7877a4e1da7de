"""The second generator, which the evaluation alone draws from: its truth is true."""

import cv2
import numpy as np
import pytest
from bench.unseen import DESIGNS, captured, drafted, rendered

from limen.icao.mrz import parse
from limen.specimen import ISSUERS, Light, Side, Specimen, falsified
from limen.specimen.layout import page_of

SEED = 900_000


@pytest.fixture(scope="module", params=list(DESIGNS))
def specimen(request: pytest.FixtureRequest) -> Specimen:
    """The front of one document of each design."""
    return rendered(drafted(str(request.param), SEED, ppi=150))


def test_no_issuer_of_one_generator_is_of_the_other() -> None:
    """And none of them can become a State's code."""
    assert not set(DESIGNS) & set(ISSUERS)
    assert all("QMA" <= code <= "QZZ" for code in DESIGNS)


def test_its_zones_are_sound(specimen: Specimen) -> None:
    """Where the side has one, it parses, and holds all check digits."""
    if specimen.truth.lines:
        assert parse(specimen.truth.lines).valid


def test_every_entry_has_a_place_of_its_own(specimen: Specimen) -> None:
    """All entries that a fraud may touch are on the page, dark, inside it, and none lies over another."""
    fields = {field.name: field for field in specimen.truth.fields if field.name.startswith("viz.")}
    assert {f"viz.{entry.name}" for entry in page_of(specimen.recipe).entries} == set(fields)
    height, width = specimen.image.shape[:2]
    covered = np.zeros((height, width), dtype=np.uint8)
    for field in fields.values():
        (left, top), _, (right, bottom), _ = field.quad
        assert 0 <= left < right <= width, field.name
        assert 0 <= top < bottom <= height, field.name
        part = (slice(int(top), int(bottom)), slice(int(left), int(right)))
        assert specimen.image[part].min() < 120, field.name
        assert not covered[part].any(), field.name
        covered[part] = 1


def test_a_capture_shows_the_page_where_its_truth_says(specimen: Specimen) -> None:
    """Laid flat by its truth, the white picture looks like the page."""
    taken = captured(specimen, SEED)
    assert set(taken) == set(Light)
    height, width = specimen.image.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.array(taken[Light.WHITE].truth.outline, np.float32), corners)
    flat = cv2.warpPerspective(taken[Light.WHITE].image, matrix, (width, height))
    grey, page = (cv2.GaussianBlur(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY), (0, 0), 2) for one in (flat, specimen.image))
    assert np.corrcoef(grey.ravel(), page.ravel())[0, 1] > 0.9


@pytest.mark.parametrize("name", ["redrawn-background", "painted-uv", "reprinted-portrait", "changed-visual"])
def test_frauds_are_done_to_its_documents(name: str) -> None:
    """The page differs, and the truth names the fraud."""
    recipe = drafted("QYS", SEED, Side.FRONT, 100)
    sound, false = rendered(recipe), rendered(falsified(recipe, name, 1))
    assert [label.name for label in false.truth.frauds] == [name]
    assert any(not np.array_equal(sound.images[light], false.images[light]) for light in Light)
