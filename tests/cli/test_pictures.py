"""In each picture of a document its own findings, where that light shows them."""

import dataclasses

import numpy as np
import pytest

from limen.cli.examine import Examined, Timing
from limen.cli.outputs import make_files
from limen.cli.pictures import annotated_pictures, light_of, veil
from limen.devices import Frame
from limen.icao.mrz import Format
from limen.inspection import Evidence, PageEvidence, Verdict
from limen.verifier import Examination, Picture
from limen.vision.artwork import Comparison, Deviation, Property
from limen.vision.light import Light
from limen.vision.page import Page, Quality, Side, laid_flat

from .staged import ON, inspection, picture, result, zone

RED = np.array((200, 0, 60))
PLACE = (20.0, 10.0, 30.0, 12.0)


def document(*checks, comparison=None):
    """A page that lies elsewhere in its ultraviolet picture than in its white one."""
    reading = zone()
    white, uv = picture(reading), np.full((600, 800, 3), 40, np.uint8)
    matrices = {Light.WHITE: np.diag([6.0, 6.0, 1.0]), Light.UV: np.array([[6.0, 0, 40], [0, 6.0, 50], [0, 0, 1]])}
    sheets = {
        light: laid_flat(image, matrices[light], Format.TD3, light)
        for light, image in ((Light.WHITE, white), (Light.UV, uv))
    }
    page = Page(Format.TD3, Side.FRONT, sheets, Quality(300, 0.1))
    frames = {
        name: Frame(f"{name}.png", None, image, None, (800, 600)) for name, image in (("white", white), ("uv", uv))
    }
    evidence = Evidence(reading, pages=(PageEvidence(page, comparison=comparison, picture="white"),))
    judged = inspection(reading, *(dataclasses.replace(one, where=(page.quad(PLACE),)) for one in checks))
    pictures = {Picture(name): frame.image for name, frame in frames.items()}
    found = Examination(judged, evidence, pictures, Picture.WHITE)
    return Examined(frames["white"], judged, Timing(0, 0, 0), "doc", frames, found)


def wrong(code):
    return result(code, Verdict.FAILED, picture="white")


def marked(image):
    """The box of what is drawn in the mark's colour; None where nothing is."""
    points = np.argwhere(np.abs(image.astype(int) - RED).sum(axis=2) < 30)[:, ::-1] * (800 / image.shape[1])
    return None if len(points) < 50 else (*points.min(axis=0), *points.max(axis=0))


@pytest.mark.parametrize(
    ("code", "light"),
    [
        ("light.uv_br_fu", Light.UV),
        ("artwork.ir", Light.IR),
        ("artwork.typeface", Light.WHITE),
        ("mrz.sex", Light.WHITE),
    ],
)
def test_the_code_of_a_check_tells_its_light(code, light):
    """Words of the code, not parts of words."""
    assert light_of(result(code)) is light


def test_a_finding_of_a_light_is_drawn_in_its_picture_alone():
    """At its place there, which is another than in the white picture."""
    drawn = annotated_pictures(document(wrong("artwork.uv")))
    assert set(drawn) == {"", "uv"}
    assert marked(drawn[""]) is None
    left, _, right, bottom = marked(drawn["uv"])
    assert (left, bottom) == pytest.approx((20 * 6 + 40, 22 * 6 + 50), abs=12)
    assert right == pytest.approx(50 * 6 + 40, abs=12)


def test_a_finding_of_white_light_is_drawn_in_the_white_picture():
    """And nowhere else."""
    drawn = annotated_pictures(document(wrong("artwork.typeface")))
    assert marked(drawn["uv"]) is None
    assert marked(drawn[""])[0] == pytest.approx(20 * 6, abs=12)


def comparison(margin, light=Light.UV, *, counts=True):
    """One property that deviates or does not, and heat at its place."""
    heat = np.zeros((132, 188), np.float32)
    heat[15:33, 30:75] = 9.0
    one = Deviation("uv print", light, Property.FLUORESCENCE, margin, PLACE, "dull", "bright")
    return Comparison("UTO P TD3", counts, (one,), {light: heat})


def test_a_deviation_is_veiled_only_where_something_deviates():
    """A page that passes shows no heat, whatever its map says below the threshold of its properties."""
    plain = annotated_pictures(document(comparison=comparison(0.4)))["uv"]
    veiled = annotated_pictures(document(comparison=comparison(-0.4)))["uv"]
    assert np.array_equal(plain[600:, 900:], veiled[600:, 900:])
    inside = (slice(260, 330), slice(400, 600))  # the picture is drawn twice as large
    assert veiled[inside][..., 0].mean() > plain[inside][..., 0].mean() + 40


def test_a_reference_on_trial_veils_nothing():
    """Its findings are logged; only irregularities are highlighted."""
    plain = annotated_pictures(document(comparison=comparison(0.4)))["uv"]
    trial = annotated_pictures(document(comparison=comparison(-0.4, counts=False)))["uv"]
    assert np.array_equal(plain, trial)


def test_the_veil_lies_where_the_heat_is():
    """In pixels of the picture, through the page's own homography; not-a-number is no heat."""
    heat = np.full((132, 188), np.nan, np.float32)
    heat[60:66, 90:96] = 10.0
    image = np.zeros((700, 1000, 3), np.uint8)
    veiled = veil(image, heat, np.diag([8.0, 8.0, 1.0]))
    ys, xs = np.nonzero(veiled[..., 0] > 60)
    assert (xs.mean(), ys.mean()) == pytest.approx((93 * 8 / 12 * 8, 63 * 8 / 12 * 8), abs=4)
    assert not image.any()


def test_every_picture_has_its_file():
    """The zone's picture has the plain name, the other its light in its name; the report has two pages."""
    files = make_files(document(wrong("artwork.uv")), ON)
    assert set(files) == {"annotated.jpg", "uv.annotated.jpg", "report.pdf"}
