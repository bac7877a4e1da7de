"""Public specimen photographs beside the checkout, with their truth; skipped without them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from limen.devices import Frame, read_files
from limen.vision import read_zone

FOLDER = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "mrz"
LEAST_EXACT = 0.98
"""Of the core images; to be raised as the reader gets better."""

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FOLDER.exists(), reason="the public specimen photographs are not beside the checkout"),
]


def rows(group: str) -> list[dict[str, Any]]:
    text = (FOLDER / "manifest.jsonl").read_text()
    return [row for row in map(json.loads, text.splitlines()) if row["group"] == group]


def read(row: dict[str, Any]) -> tuple[str, ...]:
    frame = next(read_files([FOLDER / "images" / row["file"]]))
    assert isinstance(frame, Frame)
    zone = read_zone(frame.image)
    return zone.text if zone else ()


def test_core_images_are_read_exactly() -> None:
    """Every character of nearly every image; the message names the others."""
    core = rows("core")
    wrong = [row["file"] for row in core if read(row) != tuple(row["mrz_lines"])]
    assert np.mean([row["file"] not in wrong for row in core]) >= LEAST_EXACT, wrong


def test_negative_images_give_nothing() -> None:
    """Nothing is reported where there is no zone."""
    assert {row["file"]: read(row) for row in rows("negative")} == {row["file"]: () for row in rows("negative")}
