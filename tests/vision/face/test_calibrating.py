"""An agency's pictures set thresholds where there are enough of them, and are refused where they cannot be right."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from limen.vision.face.calibrating import CannotCalibrate, calibrate, pairs_of, trade_off


def people(folder: Path, count: int = 25, pictures: int = 6) -> Path:
    """Files that say who they are; no pictures are needed where `embedded` stands for the network."""
    for person in range(count):
        (folder / f"p{person:02d}").mkdir(parents=True)
        for number in range(pictures):
            (folder / f"p{person:02d}" / f"{number}.jpg").write_text(f"{person} {number}")
    return folder


def embedded(path: Path) -> np.ndarray:
    """A template that is near for the same person."""
    person, number = map(int, path.read_text().split())
    mean, own = np.random.default_rng(person), np.random.default_rng([person, number])
    template = mean.normal(size=64) + 0.35 * own.normal(size=64)
    return (template / np.linalg.norm(template)).astype(np.float32)


def test_thresholds_part_the_same_from_others(tmp_path: Path) -> None:
    """The match lies at the rate that was asked for, review beyond it."""
    found = calibrate(pairs_of(people(tmp_path)), embedded, 0.001)
    bands = found.bands
    assert (len(found.trials.genuine), len(found.trials.impostor)) == (25 * 15, 300 * 36)
    assert bands.false_match.value <= 0.001
    assert bands.false_match.value < bands.review_false_match.value <= 0.01
    assert bands.match < bands.review
    assert bands.false_non_match.value < 0.01
    assert "150 pictures of 25 people" in bands.measured_on
    rows = trade_off(found.trials)
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), reverse=True)
    assert [row[1] for row in rows] == sorted((row[1] for row in rows), reverse=True)


def test_pictures_without_a_face_are_left_out_and_told(tmp_path: Path) -> None:
    """They are no error of the comparison."""
    folder = people(tmp_path, pictures=7)
    faceless = folder / "p03" / "2.jpg"
    found = calibrate(pairs_of(folder), lambda path: None if path == faceless else embedded(path))
    assert found.faceless == (faceless,)
    assert len(found.trials.genuine) == 25 * 21 - 6


def test_a_table_of_pairs_will_do(tmp_path: Path) -> None:
    """With a heading or without, names from its folder."""
    people(tmp_path)
    (tmp_path / "pairs.csv").write_text("a,b,same\np00/0.jpg,p00/1.jpg,yes\np00/0.jpg,p01/1.jpg,no\n\n")
    found = pairs_of(tmp_path / "pairs.csv")
    assert (len(found.genuine), len(found.impostor), found.people) == (1, 1, 0)


@pytest.mark.parametrize(
    ("count", "pictures", "message"),
    [
        (19, 6, "19 people"),
        (25, 2, "25 pairs of one person"),
        (21, 6, "takes at least\n?.*10,000"),
        (0, 0, "no folder"),
    ],
)
def test_too_little_is_refused(tmp_path: Path, count: int, pictures: int, message: str) -> None:
    """With what it takes."""
    with pytest.raises(CannotCalibrate, match=message):
        calibrate(pairs_of(people(tmp_path, count, pictures)), embedded, 0.001)


def test_mixed_up_folders_are_refused(tmp_path: Path) -> None:
    """Where people cannot be told apart, no threshold is right."""
    with pytest.raises(CannotCalibrate, match="hardly differ"):
        calibrate(pairs_of(people(tmp_path)), embedded_by_octets)


def embedded_by_octets(path: Path) -> np.ndarray:
    template = np.random.default_rng(sum(path.read_bytes()) + hash(path.name) % 97).normal(size=64)
    return (template / np.linalg.norm(template)).astype(np.float32)


def test_the_same_picture_twice_is_refused(tmp_path: Path) -> None:
    """Of two people it is a mistake, of one it flatters."""
    folder = people(tmp_path)
    (folder / "p01" / "7.jpg").write_bytes((folder / "p00" / "0.jpg").read_bytes())
    with pytest.raises(CannotCalibrate, match="are the same picture"):
        pairs_of(folder)


@pytest.mark.parametrize(
    "line", ["p00/0.jpg,p00/1.jpg", "p00/0.jpg,p00/9.jpg,yes", "p00/0.jpg,p00/1.jpg,perhaps", "p00/0.jpg,p00/0.jpg,yes"]
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    """By its number."""
    people(tmp_path)
    (tmp_path / "pairs.csv").write_text(f"p00/0.jpg,p00/1.jpg,yes\n{line}\n")
    with pytest.raises(CannotCalibrate, match="Line 2"):
        pairs_of(tmp_path / "pairs.csv")


def test_neither_folder_nor_table(tmp_path: Path) -> None:
    """Said in one sentence; octets that are no text, too."""
    with pytest.raises(CannotCalibrate, match="neither"):
        pairs_of(tmp_path / "nothing")
    (tmp_path / "odd.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CannotCalibrate, match="not a table"):
        pairs_of(tmp_path / "odd.csv")
