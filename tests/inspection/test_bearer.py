"""Comparisons of faces refer to a person, say what they rest on, and object to nobody on account of a poor picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from asking import ON

from limen.icao.mrz import Format
from limen.inspection import CheckResult, Context, Evidence, Obligation, Verdict, all_checks
from limen.inspection.evidence import PageEvidence
from limen.vision.face import Bands, Face, FaceReading, Found, Pair, Place
from limen.vision.face.rates import rate
from limen.vision.light import Light
from limen.vision.page import Page, Quality, Sheet, Side

BANDS = {
    kind: Bands(0.4, 0.6, rate(10, 10000), rate(5, 1000), rate(100, 10000), rate(2, 1000), "invented pairs")
    for kind in Pair
}


def template(distance: float) -> np.ndarray:
    """A template of length 1 so far from (1, 0)."""
    angle = 2 * np.arcsin(distance / 2)
    return np.array([np.cos(angle), np.sin(angle)], np.float32)


def one(place: Place, distance: float = 0.0) -> FaceReading:
    face = Face(((120.0, 240.0), (240.0, 240.0), (240.0, 480.0), (120.0, 480.0)), 0.9, np.zeros((468, 3), np.float32))
    return FaceReading(place, Found.ONE, face, template=template(distance), bands=BANDS)


def none(place: Place, found: Found = Found.NONE, note: str = "No face was found: show it.") -> FaceReading:
    return FaceReading(place, found, note=note)


def page(format: Format = Format.TD3) -> PageEvidence:
    sheet = Sheet(Light.WHITE, np.zeros((10, 10, 3), np.uint8), np.diag([2.0, 2.0, 1.0]))
    return PageEvidence(Page(format, Side.FRONT, {Light.WHITE: sheet}, Quality(400, 0.1)), picture="white.png")


def ask(code: str, *faces: FaceReading, format: Format = Format.TD3) -> CheckResult | None:
    (check,) = (each for each in all_checks() if each.code == code)
    return check.run(Context.among(Evidence(pages=(page(format),), faces=faces), ON))


@pytest.mark.parametrize(
    ("code", "places", "counts"),
    [
        ("bearer.live_chip", (Place.LIVE, Place.CHIP), True),
        ("bearer.live_printed", (Place.LIVE, Place.PRINTED), True),
        ("bearer.chip_printed", (Place.CHIP, Place.PRINTED), True),
        ("bearer.printed_ghost", (Place.PRINTED, Place.GHOST), False),
        ("bearer.visa_passport", (Place.PRINTED, Place.PASSPORT), True),
    ],
)
def test_the_three_bands_are_three_verdicts(code: str, places: tuple[Place, Place], counts: bool) -> None:
    """With margin, distance, threshold and rates; what fails says what to do."""
    results = [ask(code, one(places[0]), one(places[1], distance)) for distance in (0.2, 0.5, 0.9)]
    near, between, far = (result for result in results if result is not None)
    assert [r.verdict for r in (near, between, far)] == [Verdict.SUCCESSFUL, Verdict.UNDETERMINED, Verdict.FAILED]
    assert near.counts is counts
    assert "1 of 1,000 strangers" in near.message
    assert "1 of 100 strangers" in between.message
    assert "1 of 500 bearers" in far.message
    assert "compare the faces yourself" in far.message
    assert near.margin == pytest.approx(0.5, abs=0.01)
    assert far.margin is not None
    assert far.margin < 0
    assert (far.found, far.expected) == ("0.900", "at most 0.400")
    assert "invented pairs" in far.details[0]
    for word in ("genuine", "impostor", "fraud"):
        assert word not in " ".join(r.message for r in (near, between, far)).lower()


def test_print_is_further_evidence_beside_the_chip() -> None:
    """Where the chip could be compared, the printed portrait alone refers nobody."""
    faces = (one(Place.LIVE), one(Place.PRINTED, 0.9))
    alone, beside = ask("bearer.live_printed", *faces), ask("bearer.live_printed", *faces, one(Place.CHIP))
    assert alone is not None
    assert beside is not None
    assert (alone.verdict, alone.obligation) == (Verdict.FAILED, Obligation.OPTIONAL)
    assert (beside.verdict, beside.obligation) == (Verdict.FAILED, Obligation.EVALUATORY)
    unread = ask("bearer.live_printed", *faces, none(Place.CHIP))
    assert unread is not None
    assert unread.counts


@pytest.mark.parametrize(
    ("found", "note"), [(Found.NONE, "No face was found: show it."), (Found.SEVERAL, "2 faces were found: show one.")]
)
def test_nobody_and_two_people_are_undetermined(found: Found, note: str) -> None:
    """Said once, by the check of the picture; the pairs are not asked."""
    faces = (none(Place.LIVE, found, note), one(Place.CHIP), one(Place.PRINTED))
    said = ask("bearer.face.live", *faces)
    assert said is not None
    assert said.verdict is Verdict.UNDETERMINED
    assert said.message == f"The live face cannot be compared: {note[:1].lower()}{note[1:]}"
    assert ask("bearer.live_chip", *faces) is None
    assert ask("bearer.live_printed", *faces) is None
    compared = ask("bearer.chip_printed", *faces)
    assert compared is not None
    assert compared.verdict is Verdict.SUCCESSFUL


def test_one_face_raises_no_objection() -> None:
    """In each of the three pictures."""
    for code, place in (
        ("bearer.face.live", Place.LIVE),
        ("bearer.face.printed", Place.PRINTED),
        ("bearer.face.chip", Place.CHIP),
    ):
        found = ask(code, one(place))
        assert found is not None
        assert found.verdict is Verdict.SUCCESSFUL


def test_a_portrait_that_is_not_found() -> None:
    """Undetermined on a passport, for the log alone beside the chip's, and nothing missing on a visa."""
    passport = ask("bearer.face.printed", none(Place.PRINTED))
    beside = ask("bearer.face.printed", none(Place.PRINTED), one(Place.CHIP))
    visa = ask("bearer.face.printed", none(Place.PRINTED), format=Format.MRV_A)
    assert passport is not None
    assert beside is not None
    assert visa is not None
    assert (passport.verdict, passport.counts) == (Verdict.UNDETERMINED, True)
    assert (beside.verdict, beside.counts) == (Verdict.UNDETERMINED, False)
    assert visa.verdict is Verdict.NOT_SUPPORTED


def test_nothing_is_asked_of_pictures_that_were_not_shown() -> None:
    """No check of the family runs on a document without any face."""
    ran = [each.code for each in all_checks() if each.code.startswith("bearer.") and ask(each.code) is not None]
    assert ran == []


def test_a_network_that_nobody_measured_decides_nothing() -> None:
    """And the message says how to measure it."""
    found = ask("bearer.live_chip", replace(one(Place.LIVE), bands={}), one(Place.CHIP, 0.1))
    assert found is not None
    assert found.verdict is Verdict.UNDETERMINED
    assert "limen face calibrate" in found.message


def test_a_bad_print_fails_nobody() -> None:
    """Faces that differ only since one is hardly to be seen are left to the officer; alike ones are alike."""
    badly = one(Place.PRINTED, 0.9)
    assert badly.face is not None
    found = ask("bearer.chip_printed", one(Place.CHIP), replace(badly, face=replace(badly.face, clear=False)))
    assert found is not None
    assert found.verdict is Verdict.UNDETERMINED
    assert "too badly printed" in found.message


def test_the_place_on_the_page_is_shown() -> None:
    """In pixels of the page's picture: 12 pixels of the sheet to the millimetre, here 2 of the picture."""
    found = ask("bearer.chip_printed", one(Place.CHIP), one(Place.PRINTED, 0.9))
    assert found is not None
    assert found.picture == "white.png"
    assert found.where[0] == pytest.approx(np.array([(20, 40), (40, 40), (40, 80), (20, 80)]))
