"""A distance means something by the thresholds of one network; an agency's own come first and are checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from limen.vision.face import BadBands, Bands, Meaning, Pair, Place, load_bands, pair_of
from limen.vision.face.bands import MEASURED, read_bands, write_bands
from limen.vision.face.rates import rate

BANDS = Bands(0.4, 0.5, rate(1, 1000), rate(5, 1000), rate(10, 1000), rate(1, 1000), "nobody at all")


def test_the_three_bands_and_the_margin() -> None:
    """Both thresholds belong to the milder side; the margin is 0 at a match and falls all the way."""
    assert [BANDS.meaning(d) for d in (0.0, 0.4, 0.401, 0.5, 0.501, 2.0)] == [
        Meaning.MATCH, Meaning.MATCH, Meaning.REVIEW, Meaning.REVIEW, Meaning.NO_MATCH, Meaning.NO_MATCH,
    ]  # fmt: skip
    assert [BANDS.margin(d) for d in (0.0, 0.4, 2.0)] == pytest.approx([1, 0, -1])


def test_kinds_of_pairs() -> None:
    """Whatever the order."""
    assert pair_of(Place.LIVE, Place.CHIP) is Pair.CLEAR
    assert pair_of(Place.PRINTED, Place.LIVE) is Pair.PRINT
    assert pair_of(Place.CHIP, Place.PRINTED) is pair_of(Place.PRINTED, Place.CHIP) is Pair.COPY
    assert pair_of(Place.PRINTED, Place.GHOST) is Pair.GHOST
    assert pair_of(Place.PRINTED, Place.PASSPORT) is Pair.PRINT


def test_what_is_shipped_is_in_order() -> None:
    """Match before review, and no rate without its pairs."""
    assert MEASURED
    for kinds in MEASURED.values():
        for bands in kinds.values():
            assert 0 < bands.match <= bands.review < 2
            assert bands.false_match.of >= 10_000
            assert bands.false_match.value <= 0.001


def test_own_bands_come_first(tmp_path: Path) -> None:
    """Of the kind that was measured; the others stay."""
    path = tmp_path / "bands.json"
    write_bands(path, "dlib-resnet-v1", Pair.CLEAR, BANDS)
    write_bands(path, "another", Pair.GHOST, BANDS)
    assert read_bands(path) == {"dlib-resnet-v1": {Pair.CLEAR: BANDS}, "another": {Pair.GHOST: BANDS}}
    found = load_bands("dlib-resnet-v1", path)
    assert found[Pair.CLEAR] == BANDS
    assert found[Pair.PRINT] == MEASURED["dlib-resnet-v1"][Pair.PRINT]
    assert load_bands("unknown", path) == {}


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": {"clear": {}}}', '{"a": {"blue": {}}}', '{"a": 1}', "[" * 9999])
def test_a_bad_file_is_one_sentence(tmp_path: Path, text: str) -> None:
    """And the measured ones do not silently take its place."""
    path = tmp_path / "bands.json"
    path.write_text(text)
    with pytest.raises(BadBands, match="face calibrate") as refused:
        load_bands("dlib-resnet-v1", path)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"), [("match", 0.6), ("match", -1), ("review", 3), ("match", True), ("match", None)]
)
def test_impossible_thresholds_are_refused(tmp_path: Path, name: str, value: object) -> None:
    """Out of order, out of range, no number."""
    path = tmp_path / "bands.json"
    write_bands(path, "a", Pair.CLEAR, BANDS)
    held = json.loads(path.read_text())
    held["a"]["clear"][name] = value
    path.write_text(json.dumps(held))
    with pytest.raises(BadBands):
        read_bands(path)


def test_a_named_file_that_is_missing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """$LIMEN_FACE_BANDS names it."""
    monkeypatch.setenv("LIMEN_FACE_BANDS", str(tmp_path / "none.json"))
    with pytest.raises(BadBands, match="is missing"):
        load_bands("dlib-resnet-v1")
