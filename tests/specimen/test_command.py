"""`limen specimen`: files, truth and errors."""

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from limen.cli.specimen import specimen


def run(*arguments: str) -> Result:
    """The command's end."""
    return CliRunner().invoke(specimen, list(arguments))


def rows(folder: Path) -> list[dict[str, object]]:
    """The truth written there."""
    return [json.loads(line) for line in (folder / "truth.jsonl").read_text("utf-8").splitlines()]


def test_make_writes_images_and_their_truth(tmp_path: Path) -> None:
    """One line for each image, whose file has the digest and the size that the line says."""
    result = run("make", "--format", "td2", "--count", "2", "--ppi", "100", "--light", "all", "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    truth = rows(tmp_path)
    assert len(truth) == 6
    for row in truth:
        path = tmp_path / str(row["file"])
        assert hashlib.sha256(path.read_bytes()).hexdigest() == row["sha256"]
        with Image.open(path) as image:
            assert list(image.size) == row["size_px"]


def test_make_captures_and_falsifies(tmp_path: Path) -> None:
    """Style, fraud and resolution are in the truth."""
    result = run(
        "make", "--seed", "7", "--capture", "phone", "--ppi", "120", "--fraud", "changed-digit", "--out", str(tmp_path)
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    (row,) = rows(tmp_path)
    assert (row["style"], row["check_digits_valid"]) == ("phone", False)
    assert row["ppi"] == pytest.approx(120, abs=3)
    assert row["frauds"][0]["name"] == "changed-digit"


def test_list_names_what_there_is() -> None:
    """Formats, issuers, frauds and typefaces."""
    result = run("list")
    assert result.exit_code == 0
    for word in ("TD3", "UTO", "photocopy", "OCRBS"):
        assert word in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--fraud", "sorcery"], "no fraud 'sorcery'"),
        (["--issuer", "FRA"], "no issuer 'FRA'"),
        (["--format", "TD1", "--fraud", "substituted-portrait"], "needs a portrait"),
        (["--side", "back"], "no back"),
        (["--typeface", "/nowhere.ttf"], "no typeface"),
        (["--ppi", "nan"], "pixels an inch"),
        (["--capture", "phone", "--rotation", "nan"], "number of degrees"),
    ],
)
def test_errors_are_one_line(tmp_path: Path, arguments: list[str], said: str) -> None:
    """Exit code 2 and a sentence, no traceback."""
    result = run("make", "--out", str(tmp_path), *arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """A file stands where the folder should be made."""
    (tmp_path / "file").write_text("")
    result = run("make", "--ppi", "60", "--out", str(tmp_path / "file" / "below"))
    assert result.exit_code == 2
    assert "cannot write" in result.output


def test_document_writes_what_a_verifier_wants(tmp_path: Path) -> None:
    """Three lights of both sides of a card and its bearer, with the fraud on the side that can have it."""
    result = run(
        "document", "--format", "TD1", "--seed", "3", "--ppi", "80", "--fraud", "reprinted-portrait",
        "--out", str(tmp_path),
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    parts = ("white", "ir", "uv", "back", "back-ir", "back-uv")
    names = {f"td1-uto-3.{part}.png" for part in parts}
    assert {path.name for path in tmp_path.iterdir()} == {*names, "td1-uto-3.face.jpg", "truth.jsonl"}
    frauds = {str(row["file"]): [label["name"] for label in row["frauds"]] for row in rows(tmp_path)}
    assert frauds["td1-uto-3.white.png"] == ["reprinted-portrait"]
    assert frauds["td1-uto-3.back.png"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--fraud", "sorcery"], "no fraud 'sorcery'"), (["--issuer", "FRA"], "no issuer 'FRA'")],
)
def test_document_tells_errors_in_one_line(tmp_path: Path, arguments: list[str], said: str) -> None:
    """Exit code 2 and a sentence."""
    result = run("document", "--out", str(tmp_path), *arguments)
    assert result.exit_code == 2
    assert said in result.output
