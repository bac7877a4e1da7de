"""Which models there must be, and what is said where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from limen.vision.face import ModelsMissing, models_folder
from limen.vision.face.models import ARCHIVES, MESH, model_path


def test_the_folder_is_the_one_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """$LIMEN_MODELS first, else the user's data folder."""
    monkeypatch.setenv("LIMEN_MODELS", str(tmp_path / "here"))
    assert models_folder() == tmp_path / "here"
    monkeypatch.delenv("LIMEN_MODELS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert models_folder() == tmp_path / "data" / "limen" / "models"


def test_a_missing_model_is_one_sentence_with_the_cure(tmp_path: Path) -> None:
    """Named, with where it was looked for."""
    with pytest.raises(ModelsMissing, match=r"face_landmark\.tflite is not in .*limen face fetch"):
        model_path(MESH, tmp_path)


def test_another_file_under_the_name_is_refused(tmp_path: Path) -> None:
    """The one that was measured, or none."""
    (tmp_path / MESH.name).write_bytes(b"no model")
    with pytest.raises(ModelsMissing, match="SHA-256"):
        model_path(MESH, tmp_path)


def test_the_68_point_model_is_not_fetched() -> None:
    """Its licence excludes commercial use."""
    names = [file.name for archive in ARCHIVES for file in archive.files]
    assert len(names) == len(set(names)) == 5
    assert not [name for name in names if "68" in name]
