"""The quality of pictures of the bearer gives advice and notes, and fails nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_bearer import ask, none, one

from limen.inspection import Obligation, Verdict
from limen.vision.face import FaceReading, Place, PortraitQuality
from limen.vision.face.advice import live_advice

GOOD = PortraitQuality(
    yaw_deg=2.0,
    pitch_deg=-1.0,
    roll_deg=0.5,
    eye_distance_px=90.0,
    eyes_open=0.08,
    mouth_open=0.02,
    exposure=0.3,
    sharpness=3.0,
    background_spread=8.0,
    even_light=0.9,
)


def shown(place: Place, distance: float = 0.0, **change: float) -> FaceReading:
    quality = replace(GOOD, **change)  # type: ignore[arg-type]
    if place is Place.LIVE:
        quality = replace(quality, advice=live_advice(quality))
    return replace(one(place, distance), quality=quality)


def test_a_good_live_picture_raises_no_objection() -> None:
    """With what was measured."""
    found = ask("portrait.live_quality", shown(Place.LIVE))
    assert found is not None
    assert found.verdict is Verdict.SUCCESSFUL
    assert "90 pixels apart" in found.details[-1]


def test_a_live_picture_that_hampers_says_what_to_do() -> None:
    """Undetermined, the first advice in the message and the rest in the details."""
    found = ask("portrait.live_quality", shown(Place.LIVE, yaw_deg=24.0, eye_distance_px=14.0))
    assert found is not None
    assert (found.verdict, found.counts) == (Verdict.UNDETERMINED, True)
    assert found.message == ("Take the live picture again; move closer: the eyes are 14 pixels apart, 60 are wanted.")
    assert found.details[0] == "Look straight at the camera: the head is turned 24 degrees."


@pytest.mark.parametrize(("distance", "counts"), [(0.2, False), (0.5, True), (0.9, True)])
def test_a_face_that_matched_all_the_same_is_not_taken_again(distance: float, counts: bool) -> None:
    """The advice stays, and does not count."""
    for place in (Place.CHIP, Place.PRINTED):
        found = ask("portrait.live_quality", shown(Place.LIVE, yaw_deg=40.0), shown(place, distance))
        assert found is not None
        assert (found.verdict, found.counts) == (Verdict.UNDETERMINED, counts)


def test_the_chip_decides_before_the_print() -> None:
    """A match with the printed portrait alone does not make a poor live picture good."""
    faces = (shown(Place.LIVE, yaw_deg=40.0), shown(Place.CHIP, 0.9), shown(Place.PRINTED, 0.1))
    found = ask("portrait.live_quality", *faces)
    assert found is not None
    assert found.counts


@pytest.mark.parametrize(
    ("code", "place"), [("portrait.printed_quality", Place.PRINTED), ("portrait.chip_quality", Place.CHIP)]
)
def test_a_portrait_that_departs_is_a_note(code: str, place: Place) -> None:
    """Never counted; both departures in one sentence."""
    good, bad = ask(code, shown(place)), ask(code, shown(place, yaw_deg=-18.0, mouth_open=0.3))
    assert good is not None
    assert bad is not None
    assert good.verdict is Verdict.SUCCESSFUL
    assert (bad.verdict, bad.obligation) == (Verdict.FAILED, Obligation.EVALUATORY)
    assert bad.message.endswith("is not as Doc 9303 wants it: the head is turned 18 degrees; the mouth is open.")


def test_a_screen_or_print_is_hinted_at() -> None:
    """For the log alone, in words that leave the decision to the person who looks."""
    results = [ask("portrait.presentation", replace(one(Place.LIVE), screen_or_paper=hint)) for hint in (0.0, 0.8)]
    person, screen = (result for result in results if result is not None)
    assert (person.verdict, person.margin) == (Verdict.SUCCESSFUL, 1.0)
    assert (screen.verdict, screen.obligation) == (Verdict.FAILED, Obligation.EVALUATORY)
    assert screen.message == "The live picture may show a screen or a print: look at the person."
    assert screen.margin == pytest.approx(-0.6)


def test_what_was_not_shown_or_not_measured_is_not_asked() -> None:
    """No face, no picture, no measure, a face too small for the hint."""
    codes = ("portrait.live_quality", "portrait.printed_quality", "portrait.chip_quality", "portrait.presentation")
    for faces in ((), (none(Place.LIVE), none(Place.PRINTED), none(Place.CHIP)), (one(Place.LIVE),)):
        assert [code for code in codes if ask(code, *faces) is not None] == []
