"""The command as installed, with Limen's own reader and checks, on the bundled specimens."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

SPECIMENS = Path(__file__).resolve().parents[2] / "specimens"
COMMAND = (sys.executable, "-c", "from limen.cli import main; main()", "verify")


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """One run over the folder of specimens, with everything written."""
    out = tmp_path_factory.mktemp("out")
    process = subprocess.run(
        [*COMMAND, "--json", "--date", "2026-11-23", "--out", str(out), str(SPECIMENS)],
        capture_output=True,
        check=False,
        timeout=300,
    )
    rows = [json.loads(line) for line in process.stdout.splitlines()]
    return process, {Path(row["source"]).name: row for row in rows}, out


def test_every_specimen_is_examined_and_described(done):
    """Each image of the folder has one object that fits the schema, and its two files."""
    process, rows, out = done
    schema = json.loads(subprocess.run([*COMMAND, "--schema"], capture_output=True, check=True).stdout)
    validator = jsonschema.Draft202012Validator(schema)
    for row in rows.values():
        validator.validate(row)
    images = {path.name for path in SPECIMENS.glob("*.jpg")}
    assert set(rows) == images
    assert {path.name for path in out.iterdir()} == {
        f"{Path(name).stem}.{kind}" for name in images for kind in ("annotated.jpg", "report.pdf")
    }
    assert b"Traceback" not in process.stderr


def test_frauds_are_referred_and_nothing_else_is(done):
    """Every specimen that is a fraud is referred to second line, no other is, and the exit code says so."""
    process, rows, _ = done
    failed = {name for name, row in rows.items() if row["result"]["verdict"] == "failed"}
    assert failed == {name for name in rows if name.startswith("fraud-")}
    assert process.returncode == 1


def test_the_zone_is_where_the_truth_says(done):
    """The outline told in the pixels of the source lies on the line quads of the specimen's own record."""
    _, rows, _ = done
    truth = [json.loads(line) for line in (SPECIMENS / "truth.jsonl").read_text().splitlines()]
    compared = 0
    for known in truth:
        row = rows.get(known["file"])
        if not row or not row["mrz"] or not known.get("line_quads"):
            continue
        compared += 1
        for found, true in zip(row["mrz"]["line_quads"], known["line_quads"], strict=True):
            for (x, y), (tx, ty) in zip(found, true, strict=True):
                assert abs(x - tx) < 25
                assert abs(y - ty) < 25
    assert compared >= 5
