"""One face is read, several and none are outcomes of their own, and a page has its portrait and its ghost image."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from bench.true_pages import true_page

from limen.specimen import capture, make
from limen.specimen.portrait import portrait
from limen.vision.face import FaceReader, Found, Place, similarity
from limen.vision.page import Page


def beside(*faces: np.ndarray, heights: tuple[int, ...]) -> np.ndarray:
    """Portraits side by side on a plain ground."""
    image = np.full((620, 500 * len(faces), 3), 205, np.uint8)
    for number, (face, height) in enumerate(zip(faces, heights, strict=True)):
        small = cv2.resize(face, (height * 7 // 9, height), interpolation=cv2.INTER_AREA)
        image[30 : 30 + height, 500 * number + 30 : 500 * number + 30 + small.shape[1]] = small
    return image


@pytest.fixture(scope="module")
def page() -> Page:
    return true_page([capture(make("TD3", seed=100, issuer="UTO"), seed=0, style="reader")])


def test_one_face_is_read(reader: FaceReader) -> None:
    """With template and bands."""
    found = reader.read(portrait(3, "F", 30), Place.LIVE)
    assert (found.place, found.found, found.others, found.note) == (Place.LIVE, Found.ONE, 0, "")
    assert found.template is not None
    assert found.bands == reader.bands


def test_two_people_are_said_and_not_compared(reader: FaceReader) -> None:
    """Neither is chosen."""
    found = reader.read(beside(portrait(3, "F", 30), portrait(6, "M", 50), heights=(540, 470)), Place.LIVE)
    assert (found.found, found.others, found.template) == (Found.SEVERAL, 1, None)
    assert "show one person" in found.note


def test_somebody_far_behind_does_not_matter(reader: FaceReader) -> None:
    """A face of less than half the size."""
    found = reader.read(beside(portrait(3, "F", 30), portrait(6, "M", 50), heights=(540, 150)), Place.LIVE)
    assert (found.found, found.others) == (Found.ONE, 0)


@pytest.mark.parametrize("size", [(1, 1), (400, 300), (5, 900)])
def test_nobody_is_said(reader: FaceReader, size: tuple[int, int]) -> None:
    """Also of pictures that can hold no face."""
    found = reader.read(np.full((*size, 3), 180, np.uint8), Place.LIVE)
    assert (found.found, found.face, found.template) == (Found.NONE, None, None)
    assert found.note.startswith("No face was found")


@pytest.mark.parametrize("rotation", [cv2.ROTATE_180, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE])
def test_a_turned_picture_is_compared_and_said(reader: FaceReader, rotation: int) -> None:
    """The landmarks are pixels of the picture as given: the same face, hardly another template."""
    image = beside(portrait(3, "F", 30), heights=(540,))
    upright, turned = reader.read(image, Place.LIVE), reader.read(cv2.rotate(image, rotation), Place.LIVE)
    assert "does not stand upright" in turned.note
    assert turned.template is not None
    assert upright.template is not None
    assert similarity(upright.template, turned.template) < 0.12


def test_a_page_has_its_portrait(reader: FaceReader, page: Page) -> None:
    """On the sheet, in the frame of Doc 9303's zone V."""
    printed = reader.read_page(page)[0]
    assert (printed.place, printed.found) == (Place.PRINTED, Found.ONE)
    assert printed.face is not None
    x, y = np.mean(printed.face.quad, axis=0) / 12
    assert x == pytest.approx(23, abs=3)
    assert 25 < y < 52


def test_a_page_without_portrait_says_so(reader: FaceReader, page: Page) -> None:
    """The artwork alone holds no face, and no ghost is looked for."""
    sheet = page.white.image.copy()
    sheet[:, :760] = sheet[:, 740:1500]
    blank = replace(page, sheets={page.white.light: replace(page.white, image=sheet)})
    found = reader.read_page(blank)
    assert [(one.place, one.found) for one in found] == [(Place.PRINTED, Found.NONE)]


def test_the_back_of_a_card_has_no_portrait(reader: FaceReader) -> None:
    """Nothing is looked for there."""
    back = true_page([capture(make("TD1", seed=100, issuer="UTO"), seed=0, style="reader")])
    assert back.side.value == "back"
    assert reader.read_page(back) == ()
