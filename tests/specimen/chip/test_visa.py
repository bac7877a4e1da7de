"""The sealed visa, from its picture through the command to the verdict; each defect turns its own checks."""

import json

import pytest
from click.testing import CliRunner

from limen.cli import main


def limen(*arguments, code=0):
    done = CliRunner().invoke(main, list(map(str, arguments)))
    assert done.exit_code == code, done.output
    return done.stdout


@pytest.mark.parametrize(
    ("options", "irregular"),
    [
        ((), set()),
        (("--format", "MRV-B", "--seed", "4"), set()),
        (("--defect", "altered-page"), {"seal.mrz", "visa.holder"}),
        (("--defect", "lifted-seal"), {"seal.mrz", "seal.passport"}),
        (("--defect", "changed-seal"), {"seal.signature"}),
    ],
)
def test_a_sealed_visa(tmp_path, options, irregular):
    """Made, its issuer imported, its picture read: what is wrong is found, and nothing else."""
    limen("specimen", "visa", "--out", tmp_path, *options)
    limen("trust", "import", "--store", tmp_path / "t.sqlite", tmp_path / "pki")
    arguments = ("--trust", tmp_path / "t.sqlite", "--passport", tmp_path / "passport.txt", "--date", "2026-11-01")
    said = json.loads(limen("verify", "--json", *arguments, tmp_path / "visa.png", code=1 if irregular else 0))
    failed = {one["code"] for one in said["checks"] if one["verdict"] == "failed" and one["obligation"] == "mandatory"}
    assert failed == irregular
    (seal,) = said["seals"]
    assert seal["kind"] == "seal of visa, issued by UTO"
    assert seal["features"]["number of entries"] == "unlimited"


def test_without_store_and_passport_the_seal_is_open(tmp_path):
    """Nothing is irregular; what is missing is named."""
    limen("specimen", "visa", "--out", tmp_path)
    said = limen("verify", tmp_path / "visa.png", "--date", "2026-11-01", code=3)
    assert "the certificate of its signer is not known: signer UTVS" in said
    assert "The zone of the passport was not given." in said


def test_a_passport_that_cannot_be_read_is_told(tmp_path):
    """Half a zone, a missing file, a picture without a zone."""
    limen("specimen", "visa", "--out", tmp_path)
    (tmp_path / "half.txt").write_text("P<UTO")
    for given in ("P<UTOELINKO", tmp_path / "gone.jpg", tmp_path / "half.txt"):
        done = CliRunner().invoke(main, ["verify", str(tmp_path / "visa.png"), "--passport", str(given)])
        assert done.exit_code == 2
        assert "--passport:" in done.stderr
