"""Rendering: the same again for the same seed, and each light shows what it should."""

import json

import numpy as np
import pytest

from limen.specimen import (
    GEOMETRIES,
    ISSUERS,
    Light,
    NotPossibleError,
    Side,
    UnknownNameError,
    apply_fraud,
    make,
)

from .documents import document, white


def patch(image: np.ndarray, quad: tuple[tuple[float, float], ...]) -> np.ndarray:
    """The upright part of an image within a quadrilateral."""
    (left, top), _, (right, bottom), _ = quad
    return image[int(top) : int(bottom), int(left) : int(right)]


def test_the_same_seed_gives_the_same_pixels(format: str) -> None:
    """Rendered twice, all three lights agree to the last bit, and so does the truth."""
    first, again = document(format), make(format, 7, ppi=200)
    assert first.truth == again.truth
    for light in Light:
        np.testing.assert_array_equal(first.images[light], again.images[light])


def test_another_seed_gives_another_document(format: str) -> None:
    """Neither the zone nor the picture is the same."""
    first, other = white(format), white(format, seed=8)
    assert first.truth.lines != other.truth.lines
    assert not np.array_equal(first.image, other.image)


@pytest.mark.parametrize("issuer", list(ISSUERS))
def test_every_issuer_has_its_own_look(issuer: str) -> None:
    """Its code is in the zone, and its paper differs from the next issuer's."""
    specimen = white("TD2", issuer=issuer)
    codes = list(ISSUERS)
    neighbour = white("TD2", issuer=codes[codes.index(issuer) - 1])
    assert specimen.truth.lines[0][2:5] == issuer
    assert np.abs(specimen.image.astype(int) - neighbour.image).mean() > 2


def test_infrared_shows_the_zone_and_hides_the_artwork() -> None:
    """The zone is dark in infrared; elsewhere the page is even, though line work covers it in white light."""
    specimen = document("TD1")
    zone = specimen.truth.zone
    assert zone is not None
    assert patch(specimen.images[Light.IR], zone).min() < 60
    height = specimen.image.shape[0]
    free = slice(int(height * 0.42), int(height * 0.55))
    assert specimen.images[Light.IR][free].std() < 2
    assert specimen.images[Light.WHITE][free].std() > 5


def test_ultraviolet_shows_dull_paper_and_bright_print() -> None:
    """Most of the page is dark, and some of it shines."""
    page = document("TD3").images[Light.UV].max(axis=2)
    assert np.median(page) < 80
    assert (page > 150).mean() > 0.005


def test_a_portrait_is_no_flat_colour() -> None:
    """The portrait has the tones of a face: skin, hair, ground."""
    specimen = white("TD3")
    field = specimen.truth.field("portrait")
    assert field is not None
    assert patch(specimen.image, field.quad).std() > 25


def test_fields_lie_on_the_page_and_have_ink(format: str) -> None:
    """Each field of the zone and of the visual zone is inside the image and darker than its surroundings."""
    specimen = document(format)
    height, width = specimen.image.shape[:2]
    for field in specimen.truth.fields:
        points = np.array(field.quad)
        assert points.min() >= 0, field.name
        assert (points <= (width, height)).all(), field.name
        if field.text.strip("<"):
            assert patch(specimen.image, field.quad).min() < 110, field.name


def test_the_front_of_a_card_has_no_zone() -> None:
    """TD1 has two sides; the portrait is on the front and the zone on the back."""
    front, back = document("TD1", side="front"), document("TD1")
    assert (front.truth.side, back.truth.side) == (Side.FRONT, Side.BACK)
    assert front.truth.lines == ()
    assert front.truth.zone is None
    assert front.truth.to_json()["group"] == "negative"
    assert front.truth.field("portrait") is not None
    assert back.truth.field("portrait") is None


def test_truth_survives_json(format: str) -> None:
    """It can be written and read, and says what the zone says."""
    truth = document(format).truth
    row = json.loads(json.dumps(truth.to_json()))
    assert row["doc_type"] == format
    assert row["mrz_lines"] == list(truth.lines)
    assert row["check_digits_valid"] is True
    assert row["fields"]["mrz.document_number"]["text"] in truth.lines[row["format"] != "TD1"]


def test_national_letters_are_drawn() -> None:
    """Accents leave ink above the letters that the typeface has without them."""
    from limen.specimen.fonts import text_mask

    plain, accented = text_mask("AOUCSN", 40)[0], text_mask("ÅÖÜÇŠÑ", 40)[0]
    assert plain.shape == accented.shape
    assert int(accented.sum()) > int(plain.sum()) * 1.05


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"format": "TD4"}, UnknownNameError),
        ({"format": "OTHER"}, UnknownNameError),
        ({"issuer": "FRA"}, UnknownNameError),
        ({"side": "left"}, UnknownNameError),
        ({"side": "back"}, NotPossibleError),
        ({"ppi": 5}, NotPossibleError),
        ({"ppi": float("nan")}, NotPossibleError),
    ],
)
def test_what_cannot_be_is_refused(arguments: dict[str, object], error: type[Exception]) -> None:
    """One clear error of this package for each."""
    with pytest.raises(error):
        make(**{"format": "TD3", "seed": 1, "ppi": 100} | arguments)


def test_lights_not_asked_for_are_not_rendered() -> None:
    """Even where a finish needs the white page to start from."""
    specimen = make("TD2", 3, ppi=100, lights=(Light.IR,))
    assert set(apply_fraud(specimen, "photocopy", 1).images) == {Light.IR}


def test_all_formats_have_a_geometry() -> None:
    """Five formats, each with as many centre lines as its zone has lines."""
    assert {format.value: len(g.zone_centres) for format, g in GEOMETRIES.items()} == {
        "TD1": 3, "TD2": 2, "TD3": 2, "MRV-A": 2, "MRV-B": 2,
    }  # fmt: skip
