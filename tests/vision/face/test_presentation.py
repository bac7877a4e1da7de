"""A pixel grid and a border about the head speak for a screen or a print; a person in a room does not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from bench.recapture_simulation import live, on_paper, on_screen

from limen.specimen.portrait import portrait
from limen.vision.face import Face, FaceFinder
from limen.vision.face.enclosing import enclosing_sides
from limen.vision.face.presentation import SUSPECT, grid_peak, presentation_hint

ROOM = np.full((720, 960, 3), 150, np.uint8)
SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def drawn() -> np.ndarray:
    return np.ascontiguousarray(portrait(3, "F", 30))


@pytest.fixture(scope="module")
def face(finder: FaceFinder, drawn: np.ndarray) -> Face:
    (found,) = finder.find(drawn)
    return found


def seen(finder: FaceFinder, image: np.ndarray) -> tuple[np.ndarray, Face]:
    return image, finder.find(image)[0]


def ramp() -> np.ndarray:
    """A room without edges."""
    return np.ascontiguousarray(np.repeat(np.linspace(120, 180, 960).astype(np.uint8)[None, :, None], 720, axis=0)) * (
        np.ones(3, np.uint8)
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_person_is_no_screen(finder: FaceFinder, drawn: np.ndarray, face: Face, seed: int) -> None:
    """Noise and JPEG have no grid."""
    hint = presentation_hint(*seen(finder, live(drawn, face, seed)))
    assert hint is not None
    assert hint < SUSPECT


@pytest.mark.parametrize("seed", SEEDS)
def test_a_border_about_the_head_is_seen(finder: FaceFinder, drawn: np.ndarray, face: Face, seed: int) -> None:
    """Of a print held into the picture."""
    image, found = seen(finder, on_paper(drawn, face, ramp(), seed))
    assert enclosing_sides(image, found) >= 3
    assert presentation_hint(image, found) >= SUSPECT  # type: ignore[operator]


def test_the_grid_of_a_display_stands_out(finder: FaceFinder, drawn: np.ndarray, face: Face) -> None:
    """Also where its border is out of sight; on the median, since some beats are slow or blurred."""
    shown = [grid_peak(*seen(finder, on_screen(drawn, face, ROOM, seed, close=True))) for seed in range(5)]
    there = [grid_peak(*seen(finder, live(drawn, face, seed))) for seed in range(5)]
    assert np.median(shown) > max(there) + 0.5


def test_jpeg_alone_is_no_grid(finder: FaceFinder, drawn: np.ndarray) -> None:
    """However coarse its blocks are."""
    large = cv2.resize(drawn, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    _, octets = cv2.imencode(".jpg", large[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 30])
    image = np.ascontiguousarray(cv2.imdecode(octets, cv2.IMREAD_COLOR)[..., ::-1])
    hint = presentation_hint(*seen(finder, image))
    assert hint is not None
    assert hint < SUSPECT


def test_stripes_are_a_grid(finder: FaceFinder, drawn: np.ndarray, face: Face) -> None:
    """Fine oblique lines all over the picture."""
    y, x = np.mgrid[: drawn.shape[0], : drawn.shape[1]]
    lines = (12 * np.sin(2 * np.pi * (0.31 * x + 0.17 * y)))[..., None]
    ruled = np.clip(drawn + lines, 0, 255).astype(np.uint8)
    assert presentation_hint(ruled, face) == 1.0


def test_a_small_face_is_not_looked_at(finder: FaceFinder, drawn: np.ndarray) -> None:
    """None, not 0: nothing was found out."""
    image = cv2.resize(drawn, (84, 108), interpolation=cv2.INTER_AREA)
    assert presentation_hint(*seen(finder, image)) is None


def test_a_face_at_the_edge_is_looked_at(drawn: np.ndarray, face: Face) -> None:
    """Wherever it lies, and in a picture just large enough."""
    low = face.points[:, :2].min(axis=0).astype(int)
    cut = np.ascontiguousarray(drawn[low[1] + 40 : low[1] + 168, low[0] + 60 : low[0] + 188])
    moved = Face(face.quad, face.score, face.points - np.array([low[0] + 60, low[1] + 40, 0], np.float32))
    hint = presentation_hint(cut, moved)
    assert hint is not None
    assert 0 <= hint <= 1
