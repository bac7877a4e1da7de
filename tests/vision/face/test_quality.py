"""Each measure follows the one thing that it names, and the advice names what hampers."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from limen.specimen.portrait import portrait
from limen.vision.face import Face, FaceFinder, ModelsMissing, Place, PortraitQuality
from limen.vision.face.advice import departures, live_advice
from limen.vision.face.person import PersonNet
from limen.vision.face.pose import pose
from limen.vision.face.quality import measure_quality
from limen.vision.face.tone import at_set_size

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


@pytest.fixture(scope="module")
def person() -> PersonNet:
    try:
        return PersonNet.load()
    except ModelsMissing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def drawn() -> np.ndarray:
    return np.ascontiguousarray(portrait(3, "F", 30))


def turned(image: np.ndarray, degrees: float) -> np.ndarray:
    """The picture turned clockwise about its middle."""
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return cv2.warpAffine(image, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)


def dimmed(image: np.ndarray, share: float | np.ndarray) -> np.ndarray:
    """The picture with a share of its light."""
    light = (image.astype(np.float32) / 255) ** 2.2 * share
    return (np.clip(light, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)


@pytest.fixture(scope="module")
def face(finder: FaceFinder, drawn: np.ndarray) -> Face:
    (found,) = finder.find(drawn)
    return found


@pytest.fixture(scope="module")
def upright(drawn: np.ndarray, face: Face, person: PersonNet) -> PortraitQuality:
    return measure_quality(drawn, face, person)


def test_a_good_portrait_needs_no_advice(upright: PortraitQuality) -> None:
    """The drawn portraits stand as Doc 9303 wants them."""
    assert upright.advice == ()
    assert abs(upright.yaw_deg) < 4
    assert abs(upright.pitch_deg) < 8
    assert abs(upright.roll_deg) < 3
    assert upright.eyes_open > 0.05
    assert upright.mouth_open < 0.05
    assert upright.background_spread < 20
    assert upright.head_share == pytest.approx(0.3, abs=0.03)
    assert upright.outside == 0.0


@pytest.mark.parametrize("degrees", [-15.0, 15.0])
def test_roll_is_the_lean(finder: FaceFinder, drawn: np.ndarray, upright: PortraitQuality, degrees: float) -> None:
    """Clockwise is positive; nothing else changes much."""
    image = turned(drawn, degrees)
    (found,) = finder.find(image)
    measured = measure_quality(image, found, None)
    assert measured.roll_deg - upright.roll_deg == pytest.approx(degrees, abs=2)
    assert measured.yaw_deg == pytest.approx(upright.yaw_deg, abs=5)
    assert measured.eye_distance_px == pytest.approx(upright.eye_distance_px, rel=0.05)
    assert measured.exposure == pytest.approx(upright.exposure, rel=0.15)


def test_yaw_and_pitch_are_turns_in_space(face: Face) -> None:
    """Landmarks turned about the upright axis have that yaw, about the level one that pitch; signs as documented."""
    before = pose(face.points)
    angle = np.radians(20)
    cos, sin = np.cos(angle), np.sin(angle)
    # The picture's x goes right, y down, z away from the camera; the own left lies to the right.
    to_own_left = np.array([[cos, 0, -sin], [0, 1, 0], [sin, 0, cos]])
    upward = np.array([[1, 0, 0], [0, cos, sin], [0, -sin, cos]])
    assert pose((face.points @ to_own_left.T).astype(np.float32)).yaw_deg - before.yaw_deg == pytest.approx(20, abs=1)
    assert pose((face.points @ upward.T).astype(np.float32)).pitch_deg - before.pitch_deg == pytest.approx(20, abs=1)


def test_a_mirrored_face_turns_the_other_way(finder: FaceFinder) -> None:
    """Yaw and roll change their sign."""
    image = turned(np.ascontiguousarray(portrait(6, "M", 40)), 6)
    mirrored = np.ascontiguousarray(image[:, ::-1])
    (one,), (other,) = finder.find(image), finder.find(mirrored)
    assert pose(one.points).roll_deg == pytest.approx(-pose(other.points).roll_deg, abs=2)
    assert pose(one.points).yaw_deg == pytest.approx(-pose(other.points).yaw_deg, abs=3)


def test_the_face_is_measured_at_a_set_size(drawn: np.ndarray, face: Face) -> None:
    """60 pixels between level eyes."""
    _, points = at_set_size(drawn, face)
    right, left = points[[33, 133]].mean(axis=0), points[[263, 362]].mean(axis=0)
    assert left - right == pytest.approx(np.array([60, 0]), abs=0.5)


def test_darkness_is_measured_and_said(drawn: np.ndarray, face: Face, upright: PortraitQuality) -> None:
    """Half the light is half the exposure; nearly none hampers."""
    half, black = (measure_quality(dimmed(drawn, share), face, None) for share in (0.5, 0.02))
    assert half.exposure == pytest.approx(upright.exposure / 2, rel=0.05)
    assert half.advice == ()
    assert black.under_exposed > 0.99
    assert black.advice[0].startswith("Put more light on the face")


def test_too_much_light_is_measured_and_said(drawn: np.ndarray, face: Face) -> None:
    """By the share that is all but white."""
    measured = measure_quality(dimmed(drawn, 5.0), face, None)
    assert measured.over_exposed > 0.3
    assert measured.advice[0].startswith("Put less light on the face")


def test_light_from_one_side_is_measured_and_said(drawn: np.ndarray, face: Face, upright: PortraitQuality) -> None:
    """By the cheeks."""
    share = np.where(np.arange(drawn.shape[1]) < drawn.shape[1] / 2, 1.0, 0.05)[None, :, None]
    measured = measure_quality(dimmed(drawn, share), face, None)
    assert upright.even_light > 0.6
    assert measured.even_light < 0.1
    assert measured.advice[0].startswith("Light both sides of the face")


def test_blur_is_measured_and_said(drawn: np.ndarray, face: Face, upright: PortraitQuality) -> None:
    """The more blur, the less sharp, at whatever size."""
    blurred = [measure_quality(cv2.GaussianBlur(drawn, (0, 0), sigma), face, None) for sigma in (1, 3, 9)]
    values = [upright.sharpness, *(one.sharpness for one in blurred)]
    assert values == sorted(values, reverse=True)
    assert blurred[-1].advice[0].startswith("Hold still")


def test_a_small_face_is_measured_and_said(finder: FaceFinder, drawn: np.ndarray) -> None:
    """With how far apart the eyes are."""
    image = cv2.resize(drawn, (84, 108), interpolation=cv2.INTER_AREA)
    (found,) = finder.find(image)
    measured = measure_quality(image, found, None)
    assert measured.eye_distance_px == pytest.approx(21.4, abs=1.5)
    assert measured.advice[0] == "Move closer: the eyes are 21 pixels apart, 60 are wanted."


def test_a_face_that_is_cut_off_is_said_first(drawn: np.ndarray, face: Face) -> None:
    """Before whatever follows from it."""
    measured = measure_quality(np.ascontiguousarray(drawn[:, :190]), face, None)
    assert measured.outside > 0.2
    assert measured.advice[0].startswith("Show the whole face")


def test_the_background_is_measured(drawn: np.ndarray, face: Face, upright: PortraitQuality, person: PersonNet) -> None:
    """A plain one is plain; stripes are not; where there is none, it is not invented."""
    stripes = drawn.copy()
    plain = np.abs(drawn.astype(int) - drawn[4, 4].astype(int)).max(axis=2) < 30
    stripes[plain & (np.arange(drawn.shape[1]) // 20 % 2 == 0)[None, :]] = 40
    assert measure_quality(stripes, face, person).background_spread > upright.background_spread + 20


def test_where_no_background_is_seen_none_is_measured(
    drawn: np.ndarray, face: Face, person: PersonNet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Say where the head fills the picture; nothing is invented, and nothing departs."""
    monkeypatch.setattr(person, "mask", lambda square: np.ones(square.shape[:2], np.float32))
    assert np.isnan(measure_quality(drawn, face, person).background_spread)


def test_a_portrait_on_a_page_has_no_frame(drawn: np.ndarray, face: Face, person: PersonNet) -> None:
    """Neither background nor margins are the portrait's there, and nobody can take it again."""
    measured = measure_quality(dimmed(drawn, 0.02), face, person, Place.PRINTED)
    assert np.isnan([measured.background_spread, measured.head_share, *measured.margins]).all()
    assert measured.advice == ()


def test_colour(drawn: np.ndarray, face: Face) -> None:
    """Skin is natural, green is not, grey is no colour."""
    green = drawn.copy()
    green[..., 1] = 255
    grey = np.repeat(drawn.mean(axis=2, keepdims=True).astype(np.uint8), 3, axis=2)
    colours = [measure_quality(image, face, None).unnatural_colour for image in (drawn, green, grey)]
    assert colours == [pytest.approx(0.0, abs=2.0), 100.0, 0.0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"yaw_deg": -34.0}, "Look straight at the camera: the head is turned 34 degrees."),
        ({"pitch_deg": 40.0}, "Lower the chin: the head is raised 40 degrees."),
        ({"pitch_deg": -40.0}, "Raise the chin: the head is bent 40 degrees."),
        ({"eyes_open": 0.01}, "Open the eyes: they are shut."),
    ],
)
def test_advice_by_the_mesh(change: dict[str, float], words: str) -> None:
    """One sentence for one thing."""
    assert live_advice(replace(GOOD, **change)) == (words,)


def test_what_helps_most_comes_first() -> None:
    """Nothing else mends a face that is too small."""
    bad = replace(GOOD, eye_distance_px=18.0, eyes_open=0.01, exposure=0.001, outside=0.5)
    assert [words.split(":")[0] for words in live_advice(bad)] == [
        "Show the whole face",
        "Move closer",
        "Put more light on the face",
        "Open the eyes",
    ]


def test_a_portrait_of_a_document_is_held_to_more() -> None:
    """What a live picture may be, a portrait may not; what was not measured departs in nothing."""
    turned = replace(GOOD, yaw_deg=18.0, mouth_open=0.3)
    assert live_advice(turned) == ()
    assert departures(turned) == ("the head is turned 18 degrees", "the mouth is open")
    assert departures(GOOD) == ()
    assert departures(replace(GOOD, background_spread=float("nan"))) == ()
    assert departures(replace(GOOD, head_share=0.1)) == ("the head is too small for its frame",)
