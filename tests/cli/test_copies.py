"""`limen verify COPY`: saved data groups of emulated documents, as a folder and as a zip file."""

import json

import pytest
from click.testing import CliRunner
from PIL import Image

from limen.cli import main
from limen.devices.dump import write_dump
from limen.specimen.chip import CardSpec, Defect, make_card

from .test_record import STRICT

DAY = ("--date", "2026-11-01")


@pytest.fixture
def saved(tmp_path):
    """Save the files of an emulated document and return path and document."""

    def save(name="chip", *defects, only=None):
        document = make_card(CardSpec(defects=defects))
        files = {name.replace("ATR_", "ATR/"): data for name, data in document.files.items()}
        path = tmp_path / name
        write_dump(path, {key: data for key, data in files.items() if only is None or key in only})
        return str(path), document

    return save


def run(*arguments):
    return CliRunner().invoke(main, ["verify", *DAY, *arguments])


@pytest.mark.parametrize("name", ["chip", "chip.zip"])
def test_a_copy_is_judged(saved, name):
    """Folder or zip file: the holder is shown, and without a trust anchor the result is open, not irregular."""
    path, document = saved(name)
    done = run(path)
    assert done.exit_code == 3
    assert f"{path}: COULD NOT BE DECIDED" in done.output
    assert "chip           a saved copy: COM, SOD, DG1, DG2" in done.output
    assert document.mrz[1] in done.output
    assert "no trust anchor for" in done.output
    assert "irregular" not in done.output


@pytest.mark.parametrize(
    ("defect", "code"),
    [
        (Defect.CHANGED_DG1, "pa.digest.dg1"),
        (Defect.SWAPPED_DG2, "pa.digest.dg2"),
        (Defect.WRONG_SIGNATURE, "pa.sod.signature"),
        (Defect.COM_TELLS_MORE, "lds.com"),
    ],
)
def test_a_changed_copy_is_irregular(saved, defect, code):
    """What was changed is named, and the exit code says so."""
    path, _ = saved("chip", defect)
    done = run("--json", path)
    assert done.exit_code == 1
    said = json.loads(done.stdout)
    STRICT.validate(said)
    counting = [one for one in said["checks"] if one["obligation"] != "evaluatory"]
    assert [one["code"] for one in counting if one["verdict"] == "failed"] == [code]


def test_a_copy_is_held_against_the_typed_zone(saved):
    """DG1 as signed has another given name than the page; without the page nobody can tell."""
    path, document = saved("chip", Defect.OTHER_MRZ)
    assert run(path).exit_code == 3
    done = run("--mrz", " ".join(document.mrz), path)
    assert done.exit_code == 1
    assert "The printed zone and the chip differ in: name" in done.output


def test_a_zone_that_was_mistyped_is_refused(saved):
    """One line says what to type."""
    path, _ = saved()
    done = run("--mrz", "P<UTO", path)
    assert done.exit_code == 2
    assert "--mrz: 5 characters were typed" in done.output


def test_the_portrait_is_written(saved, tmp_path):
    """With --out, the face of DG2 as a PNG file."""
    path, _ = saved()
    out = tmp_path / "out"
    run("--out", str(out), path)
    assert sorted(one.name for one in out.iterdir()) == ["chip.portrait.png", "chip.report.pdf"]
    with Image.open(out / "chip.portrait.png") as face:
        assert face.format == "PNG"


def test_a_zip_file_without_a_chip_is_unread(tmp_path):
    """One line on standard error, and the exit code for inputs that were not read."""
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x05\x06" + bytes(18))
    done = run(str(path))
    assert done.exit_code == 4
    assert "NOT READ, holds no file of a chip" in done.stderr


def test_a_copy_without_a_security_object_is_open(saved):
    """Data that nobody signed for say nothing, for or against."""
    path, _ = saved("chip", only={"EF.COM", "EF.DG1", "EF.DG2"})
    done = run("--json", path)
    assert done.exit_code == 3
    assert "failed" not in {one["verdict"] for one in json.loads(done.stdout)["checks"]}


def test_a_folder_of_pictures_is_no_copy(tmp_path):
    """Pictures called after data groups are pictures."""
    Image.new("RGB", (80, 60), "white").save(tmp_path / "DG1.png")
    done = run("--json", str(tmp_path))
    assert json.loads(done.stdout)["source"].endswith("DG1.png")
