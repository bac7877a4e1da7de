"""Where the print stands, and in which typeface (Doc 9303-3, 4.4 and 4.11), however the camera looks at it."""

from __future__ import annotations

import random

import pytest
from asking import ask, verdict
from hypothesis import given, settings
from hypothesis import strategies as st
from zones import TD1, TD2, TD3, Camera, camera, zone

EVEN = ["print.character_spacing", "print.skew"]
RESOLVED = ["print.typeface", *EVEN, "print.alignment", "print.line_spacing"]


@pytest.mark.parametrize(
    ("rating", "expected"), [(0.98, "successful"), (0.5, "successful"), (0.3, "undetermined"), (0.05, "failed")]
)
def test_typeface(rating: float, expected: str) -> None:
    """OCR-B, another typeface, or neither for sure; the margin is negative exactly when it fails."""
    result = ask("print.typeface", zone(TD3, ocrb=rating))
    assert result is not None
    assert str(result.verdict) == expected
    assert (result.margin is not None and result.margin < 0) == (expected == "failed")


@pytest.mark.parametrize("code", RESOLVED)
def test_coarse_pictures_are_undetermined(code: str) -> None:
    """Below a pitch of a few pixels nothing is said of the print, however bad it looks."""
    rng = random.Random(1)
    reading = zone(
        TD3,
        see=camera(px_per_mm=1.8),
        ocrb=0.0,
        line_mm=12,
        shift=lambda line, column: (rng.gauss(0, 1), rng.gauss(0, 1)),
    )
    result = ask(code, reading)
    assert result is not None
    assert str(result.verdict) == "undetermined"
    assert "too coarse" in result.message


ANGLES = st.builds(
    lambda turn, tilt, swing, distance: camera(turn=turn, tilt=tilt, swing=swing, distance=distance),
    st.floats(-180, 180),
    st.floats(-30, 30),
    st.floats(-30, 30),
    st.floats(200, 1000),
)


@settings(max_examples=60, deadline=None)
@given(ANGLES, st.sampled_from([TD1, TD2, TD3]))
def test_a_tilted_camera_does_not_turn_good_print_red(see: Camera, lines: tuple[str, ...]) -> None:
    """Evenness and parallel lines survive any tilt up to 30 degrees; the line distance at worst is open."""
    reading = zone(lines, see=see)
    assert [verdict(code, reading) for code in EVEN] == ["successful"] * 2
    assert verdict("print.line_spacing", reading) in ("successful", "undetermined")


@pytest.mark.parametrize("see", [camera(), camera(turn=40, tilt=20, swing=15)], ids=["straight", "tilted"])
def test_uneven_print_is_found(see: Camera) -> None:
    """A proportional typeface moves characters by a third of a pitch; print in place passes."""
    rng = random.Random(7)
    shifts = {(line, column): rng.gauss(0, 0.8) for line in range(2) for column in range(44)}
    reading = zone(TD3, see=see, shift=lambda line, column: (shifts[line, column], 0.0))
    assert verdict("print.character_spacing", reading) == "failed"


def test_uneven_print_that_was_hardly_read_is_not_failed() -> None:
    """A character read wrong is also put in the wrong place."""
    rng = random.Random(7)
    shifts = {(line, column): rng.gauss(0, 0.8) for line in range(2) for column in range(44)}
    unsure = {(line, 20): 0.3 for line in range(2)}
    reading = zone(TD3, unsure=unsure, shift=lambda line, column: (shifts[line, column], 0.0))
    assert verdict("print.character_spacing", reading) == "undetermined"


def test_a_single_character_off_its_place_is_undetermined() -> None:
    """A digit set in by hand a millimetre to the right: a person looks, with the place."""
    reading = zone(TD3, shift=lambda line, column: (1.1 if (line, column) == (1, 15) else 0.0, 0.0))
    result = ask("print.character_spacing", reading)
    assert result is not None
    assert str(result.verdict) == "undetermined"
    assert result.where == (reading.lines[1].glyphs[15].quad,)
    assert "Character 16 of line 2" in result.message


def test_characters_off_their_line_are_found() -> None:
    """Some characters set in too high; a reader's grain passes; what was not measured is not claimed."""
    rng = random.Random(3)
    grain = {(line, column): rng.gauss(0, 0.1) for line in range(2) for column in range(44)}

    def off(line: int, column: int) -> float:
        return grain[line, column] - (2.0 if line == 1 and 13 <= column < 16 else 0.0)

    ragged = zone(TD3, shift=lambda line, column: (0.0, off(line, column)))
    result = ask("print.alignment", ragged)
    assert result is not None
    assert (str(result.verdict), result.counts) == ("failed", False)
    assert result.where == (ragged.lines[1].quad,)
    grained = zone(TD3, shift=lambda line, column: (0.0, grain[line, column]))
    assert verdict("print.alignment", grained) == "successful"
    assert verdict("print.alignment", zone(TD3)) == "undetermined"


def test_a_bent_page_is_no_fault() -> None:
    """A page that curves toward the spine moves lines together, by half a line's distance."""
    reading = zone(TD3, shift=lambda line, column: (0.0, 3.0 * ((column - 20) / 24) ** 2))
    assert [verdict(code, reading) for code in EVEN] == ["successful"] * 2


@pytest.mark.parametrize("see", [camera(), camera(turn=-70, tilt=15, swing=20)], ids=["straight", "tilted"])
@pytest.mark.parametrize(("slope", "expected"), [(0.02, "successful"), (0.08, "failed")])
def test_lines_that_are_not_parallel(see: Camera, slope: float, expected: str) -> None:
    """1.1 degrees are within the limit of 3 degrees, 4.6 are not, and perspective is not mistaken for it."""
    reading = zone(TD3, see=see, line_mm=8, shift=lambda line, column: (0.0, line * slope * 2.54 * (column - 22)))
    assert verdict("print.skew", reading) == expected


@pytest.mark.parametrize(
    ("lines", "millimetres", "expected"),
    [
        (TD3, 6.35, "successful"),
        (TD3, 5.5, "successful"),
        (TD3, 4.23, "undetermined"),
        (TD3, 3.5, "failed"),
        (TD1, 4.23, "successful"),
        (TD1, 6.35, "failed"),
    ],
)
def test_line_distance(lines: tuple[str, ...], millimetres: float, expected: str) -> None:
    """By format; what tilt explains is undetermined, more is failed."""
    assert verdict("print.line_spacing", zone(lines, line_mm=millimetres)) == expected


def test_the_place_on_the_page_is_open_and_does_not_count() -> None:
    """Without the page's edges nothing is claimed."""
    result = ask("print.position", zone(TD3))
    assert result is not None
    assert (str(result.verdict), result.counts) == ("undetermined", False)
