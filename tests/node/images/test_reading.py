"""What is filled in is what the zone says, and what is irregular comes with its place."""

from __future__ import annotations

import datetime
import io
import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image

from limen.icao.mrz import parse
from limen.node.images import IntakeError, prefill, warm_up
from limen.node.images.reading import age_band, category
from limen.specimen import Capture, Light, apply_fraud, capture, make

TODAY = datetime.date(2026, 11, 26)


def test_the_form_is_filled_in(passport: Capture) -> None:
    """Each field as printed; of bytes and of pixels alike."""
    printed = parse(passport.truth.lines)
    file = io.BytesIO()
    Image.fromarray(passport.image).save(file, "PNG")
    read = prefill(file.getvalue(), on=TODAY)
    assert read.mrz == passport.truth.lines
    assert (read.issuer, read.document_category, read.format) == (printed.issuer, "passport", "TD3")
    assert (read.number, read.surname) == (printed.document_number, printed.name.primary)
    assert read.birth_date == str(printed.birth_date.resolve(TODAY, "birth"))
    assert (read.verdict, read.summary) == ("successful", "no irregularity found")
    assert prefill(passport.image, on=TODAY) == read


def test_an_irregularity_has_its_place() -> None:
    """A changed digit is failed, with regions within the picture."""
    forged = apply_fraud(make("TD3", 72, lights=(Light.WHITE,), ppi=300), "changed-digit", 3)
    read = prefill(capture(forged, 1, "scan", ppi=200).image, on=TODAY)
    assert read.verdict == "failed"
    assert read.summary.startswith("refer to second line: ")
    assert read.irregularities
    regions = [region for one in read.irregularities for region in one.regions]
    assert regions
    assert all(0 <= r.x <= r.x + r.w <= 1.0001 and 0 <= r.y <= r.y + r.h <= 1.0001 for r in regions)


def test_without_a_zone_nothing_is_filled_in() -> None:
    """And nothing is vouched for."""
    read = prefill(np.full((300, 400, 3), 240, np.uint8), on=TODAY)
    assert (read.found, read.issuer, read.mrz) == (False, "", ())
    assert read.verdict != "successful"


def test_it_goes_as_json(passport: Capture) -> None:
    """Plain values only."""
    plain = prefill(passport.image, on=TODAY).to_json()
    assert json.loads(json.dumps(plain, allow_nan=False))["mrz"] == list(passport.truth.lines)


def test_threads_read_alike(captures: list[Capture]) -> None:
    """Several at once give what one after the other gives."""
    warm_up()
    images = [one.image for one in captures[:4]] * 2
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda image: prefill(image, on=TODAY), images))
    assert together == [prefill(image, on=TODAY) for image in images]


def test_bytes_without_a_picture_are_refused() -> None:
    """With the sentence of the intake."""
    with pytest.raises(IntakeError):
        prefill(b"no picture")


@pytest.mark.parametrize(
    ("code", "expected"),
    [("P<", "passport"), ("PP", "passport"), ("PD", "official_passport"), ("V<", "visa_label"), ("ID", "identity_card"),
     ("AC", "crew_certificate"), ("<<", ""), ("X1", "")],
)  # fmt: skip
def test_categories(code: str, expected: str) -> None:
    """The first letter decides, and the second where Doc 9303 fixes it."""
    assert category(code) == expected


@pytest.mark.parametrize(
    ("birth", "expected"),
    [((2026, 11, 26), "under_12"), ((2008, 11, 27), "12_17"), ((2008, 11, 26), "18_24"), ((1950, 1, 1), "60_over"),
     ((2027, 1, 1), "")],
)  # fmt: skip
def test_age_bands(birth: tuple[int, int, int], expected: str) -> None:
    """By whole years on the day, so that a birthday counts."""
    assert age_band(datetime.date(*birth), TODAY) == expected


def test_codes_are_terms():
    """Every category and age band that a picture fills in is a term of reports."""
    from limen.node.images import reading
    from limen.node.terms.catalogue import entries

    categories = {entry.code for entry in entries("document_category")}
    assert {*reading._CATEGORIES.values(), *reading._PASSPORTS.values()} <= categories
    assert {code for _, code in reading.AGE_BANDS} <= {entry.code for entry in entries("age_band")}


def test_fingerprints_fit_their_column():
    """The table of pictures holds as many numbers as a fingerprint has."""
    from limen.node.images import DIMENSIONS
    from limen.node.reports.models import FINGERPRINT

    assert FINGERPRINT == DIMENSIONS
