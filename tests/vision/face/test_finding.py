"""Faces are found where there are some, whole and verified, and nowhere else."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from limen.specimen.portrait import portrait
from limen.vision.face import Face, FaceFinder
from limen.vision.face.mesh import CHIN, FOREHEAD, LEFT_EYE, RIGHT_EYE


def placed(
    face: np.ndarray, left: int, top: int, width: int, size: tuple[int, int] = (900, 1200), ground: int = 200
) -> np.ndarray:
    """A portrait somewhere on a plain ground."""
    image = np.full((*size, 3), ground, np.uint8)
    small = cv2.resize(face, (width, width * 9 // 7), interpolation=cv2.INTER_AREA)
    image[top : top + small.shape[0], left : left + width] = small
    return image


def middle(face: Face) -> tuple[float, float]:
    x, y = np.mean(face.quad, axis=0)
    return float(x), float(y)


@pytest.mark.parametrize("seed", range(6))
def test_a_portrait_has_one_face(finder: FaceFinder, seed: int) -> None:
    """Eyes left and right above the chin, all within the outline."""
    found = finder.find(portrait(seed, "MF"[seed % 2], 20 + 9 * seed))
    assert len(found) == 1
    points = found[0].points
    assert points.shape == (468, 3)
    right, left = (points[list(eye), :2].mean(axis=0) for eye in (RIGHT_EYE, LEFT_EYE))
    # Where `limen.specimen.portrait` draws the eyes: 0.475 of the height, 0.41 to 0.46 half widths from the middle.
    assert right == pytest.approx((155, 256), abs=14)
    assert left == pytest.approx((265, 256), abs=14)
    assert points[FOREHEAD, 1] < right[1] < points[CHIN, 1]
    (x0, y0), _, (x1, y1), _ = found[0].quad
    assert x0 < right[0] < left[0] < x1
    assert y0 < right[1] < y1


def test_places_are_pixels_of_the_picture_as_given(finder: FaceFinder) -> None:
    """Also where the picture was looked at in another size."""
    image = placed(portrait(3, "F", 30), 1500, 300, 700, size=(1600, 2600))
    (face,) = finder.find(image)
    assert middle(face) == pytest.approx((1500 + 350, 300 + 450), abs=60)


def test_two_people_are_two_faces(finder: FaceFinder) -> None:
    """Largest first."""
    image = placed(portrait(1, "F", 30), 80, 100, 420)
    image[200:560, 800:1080] = cv2.resize(portrait(2, "M", 50), (280, 360), interpolation=cv2.INTER_AREA)
    found = finder.find(image)
    assert [round(middle(face)[0], -2) for face in found] == [300, 900]


@pytest.mark.parametrize("angle", [-20, 20])
def test_a_leaning_head_has_a_leaning_outline(finder: FaceFinder, angle: int) -> None:
    """The outline's upper edge leans as the eyes do."""
    turn = cv2.getRotationMatrix2D((600, 450), -angle, 1.0)
    image = cv2.warpAffine(placed(portrait(3, "F", 30), 400, 190, 420), turn, (1200, 900), borderValue=(200,) * 3)
    (face,) = finder.find(image)
    (x0, y0), (x1, y1), _, _ = face.quad
    assert np.degrees(np.arctan2(y1 - y0, x1 - x0)) == pytest.approx(angle, abs=5)


def test_a_face_that_fills_the_picture_is_found(finder: FaceFinder) -> None:
    """Cut closer than any portrait should be."""
    assert len(finder.find(np.ascontiguousarray(portrait(4, "M", 40)[120:440, 75:345]))) == 1


def test_a_small_face_is_found(finder: FaceFinder) -> None:
    """An eighth of the picture's width, as where a person stands back."""
    (face,) = finder.find(placed(portrait(3, "F", 30), 900, 500, 150))
    assert middle(face) == pytest.approx((975, 595), abs=25)


@pytest.mark.parametrize("seed", [0, 2, 3])
def test_a_badly_printed_portrait_has_a_face(finder: FaceFinder, seed: int) -> None:
    """Grey, faint, blurred, noisy, coarse and overprinted with waves."""
    rng = np.random.default_rng(seed)
    small = cv2.resize(portrait(seed, "F", 30), (140, 180), interpolation=cv2.INTER_AREA)
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), (0, 0), 1.6).astype(float) * 0.4 + 110
    y, x = np.mgrid[0:180, 0:140]
    grey += 18 * np.sin(x / 3 + 4 * np.sin(y / 25)) + rng.normal(0, 6, grey.shape)
    _, octets = cv2.imencode(".jpg", np.clip(grey, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 20])
    image = cv2.cvtColor(cv2.imdecode(octets, cv2.IMREAD_GRAYSCALE), cv2.COLOR_GRAY2RGB)
    assert len(finder.find(image)) == 1


def test_nobody_is_found_where_nobody_is(finder: FaceFinder) -> None:
    """Plain grounds, noise, stripes, tiny pictures."""
    rng = np.random.default_rng(1)
    stripes = np.tile((np.arange(400) // 8 % 2 * 255).astype(np.uint8)[None, :, None], (300, 1, 3))
    pictures = [
        np.zeros((1, 1, 3), np.uint8),
        np.full((3, 700, 3), 255, np.uint8),
        np.full((500, 400, 3), 255, np.uint8),
        rng.integers(0, 256, (400, 500, 3), dtype=np.uint8),
        stripes,
    ]
    assert [finder.find(picture) for picture in pictures] == [()] * len(pictures)
