"""Zones of real specimens, where the public data lie beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from limen.icao.mrz import MrzError, ProblemCode, build, parse

MANIFEST = Path(__file__).resolve().parents[3] / "shared" / "data" / "mrz" / "manifest.jsonl"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not MANIFEST.exists(), reason="no ../shared/data/mrz beside the checkout"),
]

FORMATS = {"TD1": "TD1", "TD2": "TD2", "TD3": "TD3", "MRVA": "MRV-A", "MRVB": "MRV-B"}

# What the specimens themselves have besides wrong check digits: placeholders for codes and dates.
OTHER_PROBLEMS = {
    "mrz__USA_Border_Crosser.png": {ProblemCode.NATIONALITY},
    "mrz__UK.png": {ProblemCode.NATIONALITY},
    "passport_mrz_detector_cpp__passport_03.jpg": {ProblemCode.DATE},
    "mrz-detection__id_fail.png": {
        ProblemCode.NUMBER_LONG,
        ProblemCode.CHARACTER,
        ProblemCode.NATIONALITY,
    },
    "PassportEye__0_id-esp.png": {ProblemCode.CHARACTER},
    "ultimateMRZ-SDK__Czech_passport_2005_MRZ_orient7_1300x1002.jpg": {ProblemCode.DATE},
    "ultimateMRZ-SDK__Czech_passport_2005_MRZ_orient2_1300x1002.jpg": {ProblemCode.DATE},
    "ultimateMRZ-SDK__Czech_passport_2005_MRZ_orient5_1300x1002.jpg": {ProblemCode.DATE},
}


def rows() -> list[dict[str, Any]]:
    """The rows that have a zone."""
    if not MANIFEST.exists():
        return []
    found = [json.loads(line) for line in MANIFEST.read_text(encoding="utf-8").splitlines()]
    return [row for row in found if row["mrz_lines"]]


def test_there_are_rows() -> None:
    """The data are what this module takes them for."""
    assert len(rows()) > 50


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_specimen(row: dict[str, Any]) -> None:
    """Each is taken apart in its format; check digits fail exactly where the specimen's own are wrong."""
    mrz = parse(row["mrz_lines"])
    assert mrz.format == FORMATS[row["doc_type"]]
    assert mrz.valid is row["check_digits_valid"]
    others = {problem.code for problem in mrz.problems} - {ProblemCode.CHECK_DIGIT}
    assert others == OTHER_PROBLEMS.get(row["file"], set())


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_wrong_check_digits_are_the_noted_ones(row: dict[str, Any]) -> None:
    """The notes name the wrong check digits of a specimen; those and no others are found."""
    _, _, noted = row["notes"].partition("check digits wrong: ")
    short = {"dob": "birth", "exp": "expiry", "opt": "optional", "comp": "composite"}
    expected = {short.get(name, name) for name in noted.split(",") if name}
    assert {check.name for check in parse(row["mrz_lines"]).check_digits if not check.ok} == expected


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_valid_specimens_come_back(row: dict[str, Any]) -> None:
    """A valid specimen is written as it was read; a wrong check digit is never written again."""
    lines = tuple(row["mrz_lines"])
    mrz = parse(lines)
    try:
        assert (build(mrz) == lines) is mrz.valid
    except MrzError:
        assert not mrz.valid
