"""`limen face`: each command says what it did, or in one line why not."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest
from click.testing import CliRunner, Result

from limen.cli import main
from limen.cli.exits import Exit
from limen.specimen.portrait import portrait
from limen.vision.face import FaceFinder, ModelsMissing


def limen(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def models() -> None:
    try:
        FaceFinder.load()
    except ModelsMissing as missing:
        pytest.skip(str(missing))


@pytest.fixture
def no_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("LIMEN_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


def picture(path: Path, seed: int) -> Path:
    cv2.imwrite(str(path), portrait(seed, "F", 30)[:, :, ::-1])
    return path


def test_without_models_each_command_says_what_to_do(no_models: Path, tmp_path: Path) -> None:
    """In one line, with the code for what could not be examined."""
    one = picture(tmp_path / "a.png", 3)
    for arguments in (("compare", one, one), ("show",), ("calibrate", tmp_path)):
        result = limen("face", *arguments)
        assert result.exit_code == Exit.UNREAD, result.output
        assert "limen face fetch" in result.output
        assert "Traceback" not in result.output


def test_fetching_from_an_empty_folder_is_one_line(no_models: Path, tmp_path: Path) -> None:
    """It names the archive that is missing."""
    (tmp_path / "brought").mkdir()
    result = limen("face", "fetch", "--from", tmp_path / "brought")
    assert result.exit_code == Exit.UNREAD
    assert "mediapipe-0.10.21-cp311-cp311-manylinux_2_28_x86_64.whl is not in" in result.output


def test_two_pictures_are_compared(models: None, tmp_path: Path) -> None:
    """The distance, its meaning, and the rates behind it."""
    a, b = picture(tmp_path / "a.png", 3), picture(tmp_path / "b.jpg", 3)
    result = limen("face", "compare", a, b)
    assert result.exit_code == Exit.CLEAR
    assert ": match" in result.output
    assert "strangers" in result.output
    said = json.loads(limen("face", "compare", a, b, "--json").output)
    assert said["meaning"] == "match"
    assert said["embedder"] == "dlib-resnet-v1"


def test_a_picture_without_a_face_is_undecided(models: None, tmp_path: Path) -> None:
    """And one that is no picture was not read."""
    one = picture(tmp_path / "a.png", 3)
    cv2.imwrite(str(tmp_path / "grey.png"), portrait(3, "F", 30)[:40, :40])
    (tmp_path / "text.png").write_text("no picture")
    assert limen("face", "compare", one, tmp_path / "grey.png").exit_code == Exit.UNDECIDED
    result = limen("face", "compare", one, tmp_path / "text.png")
    assert result.exit_code == Exit.UNREAD
    assert "Traceback" not in result.output


def test_the_state_is_shown(models: None) -> None:
    """Every model, the network and its bands."""
    said = json.loads(limen("face", "show", "--json").output)
    assert set(said["files"].values()) == {"there"}
    assert set(said["bands"]) == {"clear", "print", "copy", "ghost"}
    assert "match up to" in limen("face", "show").output


def test_too_few_people_are_refused(models: None, tmp_path: Path) -> None:
    """Before any picture is looked at."""
    for person in range(3):
        (tmp_path / "people" / str(person)).mkdir(parents=True)
        picture(tmp_path / "people" / str(person) / "a.png", person)
    result = limen("face", "calibrate", tmp_path / "people")
    assert result.exit_code == Exit.UNREAD
    assert "3 people" in result.output
