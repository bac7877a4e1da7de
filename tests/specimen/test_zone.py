"""The printed zone, measured in the pixels against Doc 9303 parts 3 to 7."""

import numpy as np
import pytest

from limen.specimen import GEOMETRIES, Light, UnknownNameError, make, typefaces

from .documents import PX_PER_MM, document, white


def ink_columns(format: str, line: int) -> np.ndarray:
    """The columns of a line that have ink, in pixels. Infrared shows ink alone."""
    specimen = document(format)
    (left, top), (right, _), (_, bottom), _ = specimen.truth.line_quads[line]
    window = specimen.images[Light.IR][int(top) : int(bottom), int(left) - 4 : int(right) + 5, 0]
    return np.flatnonzero((window < 110).any(axis=0)) + int(left) - 4


def test_characters_stand_a_tenth_of_an_inch_apart(format: str) -> None:
    """From the first ink of a line to the last lie n - 1 pitches and one character (part 3, 4.4)."""
    geometry = next(g for g in GEOMETRIES.values() if g.format.value == format)
    for line in range(len(geometry.zone_centres)):
        columns = ink_columns(format, line)
        length_mm = (columns[-1] - columns[0] + 1) / PX_PER_MM
        assert length_mm == pytest.approx((geometry.line_length - 1) * 2.54 + 1.5, abs=0.45)


def test_first_character_stands_at_the_margin(format: str) -> None:
    """Its left edge lies within the tolerance of 1 mm of the format's margin."""
    geometry = next(g for g in GEOMETRIES.values() if g.format.value == format)
    assert ink_columns(format, 0)[0] / PX_PER_MM == pytest.approx(geometry.zone_left, abs=0.3)


def test_lines_stand_on_their_reference_lines(format: str) -> None:
    """The middle of each line lies at the format's height above the lower edge."""
    specimen = document(format)
    geometry = next(g for g in GEOMETRIES.values() if g.format.value == format)
    for quad, rise in zip(specimen.truth.line_quads, geometry.zone_centres, strict=True):
        middle = (quad[0][1] + quad[2][1]) / 2 / PX_PER_MM
        assert geometry.height - middle == pytest.approx(rise, abs=0.3)


def test_capitals_are_of_size_one() -> None:
    """A line is between 2.2 and 3.1 mm high: capitals of 2.4 mm, figures somewhat higher (ISO 1073-2)."""
    for quad in document("TD3").truth.line_quads:
        assert 2.2 < (quad[2][1] - quad[0][1]) / PX_PER_MM < 3.1


def test_size_is_true_to_scale(format: str) -> None:
    """The image has the format's millimetres at the resolution asked for."""
    geometry = next(g for g in GEOMETRIES.values() if g.format.value == format)
    height, width = white(format).image.shape[:2]
    assert width == pytest.approx(geometry.width * PX_PER_MM, abs=1)
    assert height == pytest.approx(geometry.height * PX_PER_MM, abs=1)


@pytest.mark.parametrize("typeface", typefaces())
def test_every_typeface_keeps_the_pitch(typeface: str) -> None:
    """In whatever typeface, a line ends where it ends in OCR-B."""
    quad = make("TD3", 7, ppi=200, lights=(Light.WHITE,), typeface=typeface).truth.line_quads[1]
    usual = white("TD3").truth.line_quads[1]
    assert quad[1][0] == pytest.approx(usual[1][0], abs=0.8 * PX_PER_MM)


def test_an_unknown_typeface_is_refused() -> None:
    """The error names those there are."""
    with pytest.raises(UnknownNameError, match="OCRB, OCRBS, OCRBL, sans"):
        make("TD3", 7, ppi=100, typeface="no-such-face")
