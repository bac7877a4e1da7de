"""The images that come with the repository."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from limen.icao.mrz import parse
from limen.specimen.bundle import PIECES, write_bundle

FOLDER = Path(__file__).resolve().parents[2] / "specimens"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in (FOLDER / "truth.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_each_image_is_as_its_truth_says(row: dict[str, Any]) -> None:
    """Digest, size in pixels, and whether the check digits hold; none is larger than 250 kB."""
    path = FOLDER / row["file"]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == row["sha256"]
    assert path.stat().st_size < 250_000
    with Image.open(path) as image:
        assert list(image.size) == row["size_px"]
    if row["mrz_lines"]:
        assert parse(row["mrz_lines"]).valid is row["check_digits_valid"]


def test_nothing_else_lies_in_the_folder() -> None:
    """Every image has a line, every line an image of the list, and all together are below 1.5 MB."""
    images = sorted(path.name for path in FOLDER.glob("*.jpg"))
    assert images == sorted(row["file"] for row in ROWS) == sorted(f"{piece.name}.jpg" for piece in PIECES)
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_500_000


def test_the_bundle_can_be_made_anew(tmp_path: Path) -> None:
    """The command gives the same truth as is checked in; pixels may differ by how a library rounds."""
    made = json.loads(json.dumps(write_bundle(tmp_path)))
    for new, old in zip(made, ROWS, strict=True):
        assert {k: v for k, v in new.items() if k != "sha256"} == {k: v for k, v in old.items() if k != "sha256"}
