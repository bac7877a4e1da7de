"""The files of --out and their names."""

import pytest
from PIL import Image

from limen.cli.outputs import Outputs, stem

from .staged import ON, examined


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_names_never_clash(tmp_path):
    """Inputs of one name in several folders, endings or cases each keep their own files."""
    outputs = Outputs(tmp_path / "out", [])
    for source in ("a/scan.jpg", "b/scan.jpg", "b/SCAN.png", "c/other.png"):
        outputs.write(examined(source=source), ON)
    outputs.write(examined(source="d/scan.pdf", page=1), ON)
    stems = ["SCAN-3", "other", "scan", "scan-2", "scan-p1"]
    assert names(tmp_path / "out") == sorted(
        f"{name}.{kind}" for name in stems for kind in ("annotated.jpg", "report.pdf")
    )


def test_a_second_run_replaces_the_first(tmp_path):
    """The files of an earlier run are overwritten, not multiplied, and nothing half-written stays."""
    for _ in range(2):
        Outputs(tmp_path, []).write(examined(source="scan.jpg"), ON)
    assert names(tmp_path) == ["scan.annotated.jpg", "scan.report.pdf"]
    with Image.open(tmp_path / "scan.annotated.jpg") as image:
        assert image.size[0] / image.size[1] == pytest.approx(4 / 3, abs=0.01)
    assert (tmp_path / "scan.report.pdf").read_bytes().startswith(b"%PDF-")


def test_inputs_are_never_overwritten(tmp_path):
    """An input in the output folder that has an output's name keeps its content."""
    photo = tmp_path / "scan.annotated.jpg"
    photo.write_bytes(b"evidence")
    Outputs(tmp_path, [tmp_path / "scan.jpg", photo]).write(examined(source=str(tmp_path / "scan.jpg")), ON)
    assert photo.read_bytes() == b"evidence"
    assert "scan-2.annotated.jpg" in names(tmp_path)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("-", "standard-input"),
        ("a/b.c.jpg", "b.c"),
        ("caf\\xe9.png", "caf_xe9"),
        ("bad\nname:*?.jpg", "bad_name___"),
        ("...", "image"),
        ("ü" * 200 + ".jpg", "ü" * 40),
    ],
)
def test_stems_fit_any_file_system(source, expected):
    """Names of files are made of what every file system takes, and are short enough."""
    assert stem(source) == expected
