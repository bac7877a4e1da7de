"""A few hundred mutated inputs at every door, in every run of the tests; `make fuzz` sends thousands."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from random import Random

import doors
import mutate
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

randoms = st.integers(0, 2**40).map(Random)
"""Hypothesis chooses the seed alone: the mutations then are those of `make fuzz`."""


@settings(max_examples=300, deadline=None)
@given(randoms)
def test_any_lines_are_taken_apart_or_refused_and_can_be_inspected(rng: Random) -> None:
    """Mutated lines give a zone or a `ShapeError`; no check breaks off, and the record keeps to its schema."""
    doors.through_text(mutate.lines(rng))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=50), max_size=4))
def test_any_text_at_all_is_taken_apart_or_refused(lines: list[str]) -> None:
    """Lines of any characters of Unicode give a zone or a `ShapeError`."""
    doors.through_text(lines)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rng=randoms)
def test_any_file_is_examined_or_refused_in_one_line(rng: Random, tmp_path: Path) -> None:
    """Mutated JPEG, PNG, TIFF, WebP, BMP, GIF and PDF files end in a result or in one `InputError` a page."""
    doors.through_file(mutate.data(rng), tmp_path)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300))
def test_any_bytes_are_examined_or_refused(data: bytes, tmp_path: Path) -> None:
    """Bytes that were never a file of any kind do no harm either."""
    doors.through_file(data, tmp_path)


def test_a_strip_longer_than_any_page_is_examined(tmp_path: Path) -> None:
    """What is too long to look for barcodes in is a picture without a seal, not a crash."""
    picture = io.BytesIO()
    Image.new("L", (13_000, 20), 255).save(picture, "PNG")
    assert doors.through_file(picture.getvalue(), tmp_path) == "no zone"


@settings(max_examples=100, deadline=None)
@given(randoms)
def test_any_array_gives_a_reading_or_none_or_a_value_error(rng: Random) -> None:
    """`read_zone` never invents a malformed reading, and refuses exactly what is no image."""
    doors.through_array(mutate.array(rng))


def test_the_mutations_leave_something_to_read(tmp_path: Path) -> None:
    """Fuzzing means little if nothing passes the doors: of each kind some inputs are still read, some not."""
    seen = Counter()
    for seed in range(60):
        seen[doors.through_text(mutate.lines(Random(seed)))] += 1
        seen[doors.through_file(mutate.data(Random(seed)), tmp_path)] += 1
    assert {"all check digits hold", "taken apart", "fits no layout", "zone read", "refused"} <= set(seen)


def test_a_broken_promise_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that changes the image it is given is found out."""

    def careless(image: np.ndarray) -> None:
        image[:] = 0

    monkeypatch.setattr(doors, "read_zone", careless)
    with pytest.raises(doors.Broken, match="image was changed"):
        doors.through_array(np.full((20, 20), 9, np.uint8))
