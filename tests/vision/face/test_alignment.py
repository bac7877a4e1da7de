"""Faces are brought to the same places, however they lie in the picture."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.specimen.portrait import portrait
from limen.vision.face import FaceFinder
from limen.vision.face.alignment import ARCFACE, DLIB, similarity_transform
from limen.vision.face.warping import warped

POINTS = np.array([[10.0, 20.0], [60.0, 22.0], [35.0, 70.0], [20.0, 90.0]])


@given(st.floats(-180, 180), st.floats(0.1, 8), st.floats(-500, 500), st.floats(-500, 500))
def test_a_similarity_is_found_again(angle: float, scale: float, x: float, y: float) -> None:
    """Turn, scale and shift exactly, for any of them."""
    cos, sin = scale * np.cos(np.radians(angle)), scale * np.sin(np.radians(angle))
    moved = POINTS @ np.array([[cos, sin], [-sin, cos]]) + [x, y]
    found = similarity_transform(POINTS, moved)
    assert found == pytest.approx(np.array([[cos, -sin, x], [sin, cos, y]]), abs=1e-6)


def test_points_that_fall_together_raise_nothing() -> None:
    """As of a mesh gone wrong."""
    assert np.isfinite(similarity_transform(np.zeros((5, 2)), DLIB.places)).all()


def test_fine_stripes_become_grey_when_a_picture_is_shrunk() -> None:
    """Halftone must not alias into a crop."""
    stripes = np.tile((np.arange(600) % 2 * 255).astype(np.uint8)[None, :, None], (600, 1, 3))
    crop = warped(stripes, np.array([[0.2, 0, 0], [0, 0.2, 0]]), 100)
    assert crop[10:90, 10:90].std() < 30  # some 120 without
    assert crop[10:90, 10:90].mean() == pytest.approx(127, abs=8)


def test_a_crop_beyond_the_picture_is_filled() -> None:
    """Also where it lies wholly outside."""
    assert warped(np.full((50, 40, 3), 90, np.uint8), np.array([[0.1, 0, 900.0], [0, 0.1, 900]]), 32).shape == (
        32,
        32,
        3,
    )
    assert warped(np.full((1, 1, 3), 90, np.uint8), np.array([[9.0, 0, 0], [0, 9.0, 0]]), 32).mean() == 90


@pytest.mark.parametrize("alignment", [DLIB, ARCFACE])
def test_a_turned_picture_gives_the_same_crop(finder: FaceFinder, alignment: object) -> None:
    """Within what the mesh's landmarks vary by."""
    image = portrait(3, "F", 30)
    turn = cv2.getRotationMatrix2D((210, 270), 15, 1.6)
    turned = cv2.warpAffine(image, turn, (420, 540), borderMode=cv2.BORDER_REPLICATE)
    crops = [alignment.crop(one, finder.find(one)[0], 100).astype(int) for one in (image, turned)]
    assert np.abs(crops[0] - crops[1])[20:80, 20:80].mean() < 12
