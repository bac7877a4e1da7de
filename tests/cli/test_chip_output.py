"""What the command says, records and writes of a chip; the documents are emulated."""

import datetime
import io
import json
from pathlib import Path

import jsonschema
import numpy as np
import pypdfium2
import pytest
from PIL import Image

from limen.cli.examine import Examined, Timing
from limen.cli.outputs import Outputs
from limen.cli.portrait import portrait_png
from limen.cli.record import record, to_line
from limen.cli.report import report
from limen.cli.schema import schema_text
from limen.cli.screen import card, plain
from limen.devices import Frame
from limen.inspection import ChipEvidence, Evidence, inspect
from limen.specimen.chip import CardSpec, make_card

from .staged import zone
from .test_record import STRICT

ON = datetime.date(2026, 11, 1)


SOUND = CardSpec()


def read(spec=SOUND, *, live=True, **rest):
    """A chip examined without a picture."""
    document = make_card(spec)
    files = {name.replace("ATR_", "ATR/"): data for name, data in document.files.items()}
    rest = {"access": "BAC with the MRZ", **rest} if live else rest
    chip = ChipEvidence(rest.pop("files", files), live=live, **rest)
    inspection = inspect(on=ON, evidence=Evidence(pictured=False, typed=document.mrz, chip=chip))
    return document, Examined(None, inspection, Timing(0.0, 0.0, 1.0, 250.0), "Virtual PCD 00 00")


@pytest.mark.parametrize(
    "rest",
    [
        {},
        {"live": False},
        {"aborted": "The document was taken away too early.", "files": {}, "access": None},
        {"missing": {"EF.DG3": "6982"}, "problems": ("EF.DIR: 6F00",)},
    ],
)
def test_every_kind_of_chip_fits_the_schema(rest):
    """A chip, a copy, one taken away, one with files that are closed: all are described, member by member."""
    line = to_line(record(read(**rest)[1], ON))
    STRICT.validate(json.loads(line))
    assert line.isascii()


def test_the_chip_is_told_in_the_record():
    """Files with their hashes, the access, and the data of DG1; no image."""
    document, examined = read()
    said = record(examined, ON)
    assert (said["image"], said["mrz"], said["source"]) == (None, None, "Virtual PCD 00 00")
    assert said["chip"]["lines"] == list(document.mrz)
    assert said["chip"]["access"] == "BAC with the MRZ"
    assert said["chip"]["data"]["issuer"] == "UTO"
    assert {one["name"]: one["size"] for one in said["chip"]["files"]}["EF.DG2"] == len(document.files["EF.DG2"])
    assert said["timing"]["chip"] == 250.0


def test_a_photograph_alone_has_no_chip():
    """The member is there and null."""
    inspection = inspect(zone(), on=ON)
    said = record(Examined(None, inspection, Timing(0, 0, 0), "a"), ON)
    assert said["chip"] is None
    jsonschema.Draft202012Validator(json.loads(schema_text())).validate(said)


def test_the_holder_is_shown():
    """Name, number and dates from the chip where no page was shown; access and files on one line."""
    document, examined = read()
    text = plain(card(examined, ON, False))
    assert text.startswith("Virtual PCD 00 00: COULD NOT BE DECIDED\n")
    files = ", ".join(name.removeprefix("EF.") for name in document.files)
    assert f"chip           BAC with the MRZ: {files}" in text
    assert document.mrz[1] in text
    assert "\n  name " in text
    assert "\n  expires " in text
    assert "no trust anchor for" in text


def test_a_chip_taken_away_is_shown_as_open():
    """Nothing is called irregular, and the officer is told what to do."""
    _, examined = read(files={}, access=None, aborted="The document was taken away too early.")
    text = plain(card(examined, ON, False))
    assert "irregular" not in text
    assert "taken away too early" in text


@pytest.mark.parametrize("jpeg2000", [False, True])
def test_the_portrait_is_written(tmp_path: Path, jpeg2000):
    """DG2 becomes a PNG file of the same size, whichever way it is encoded; a report goes with it."""
    _, examined = read(CardSpec(jpeg2000=jpeg2000))
    Outputs(tmp_path, []).write(examined, ON)
    names = [f"Virtual PCD 00 00.{end}" for end in ("portrait.png", "report.pdf")]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    face = examined.inspection.chip.dg2.portrait
    with Image.open(tmp_path / names[0]) as written, Image.open(io.BytesIO(face.image.data)) as there:
        assert (written.format, written.size) == ("PNG", there.size)


def test_a_portrait_that_cannot_be_decoded_is_left_out():
    """A file cut short costs the picture alone."""
    document, _ = read()
    cut = document.files["EF.DG2"].replace(b"\xff\xd8\xff", b"\xff\xd8\xff\x00\x00", 1)[: len(document.files["EF.DG2"])]
    _, examined = read(files={"EF.DG2": cut})
    assert portrait_png(examined.inspection.chip) is None


@pytest.mark.parametrize("pictured", [False, True])
def test_the_report_tells_of_the_chip_on_one_page(tmp_path: Path, pictured: bool):
    """What the chip says stands in the report, beside the page or without it."""
    document, examined = read()
    if pictured:
        frame = Frame("a.png", None, np.full((400, 600, 3), 200, np.uint8), None, (600, 400))
        examined = Examined(frame, examined.inspection, examined.timing)
    drawn = {"": examined.frame.image} if pictured else {}
    pdf = pypdfium2.PdfDocument(report(examined, ON, drawn, portrait_png(examined.inspection.chip)))
    assert len(pdf) == 1
    text = pdf[0].get_textpage().get_text_range()
    for words in ("What the chip says", "BAC with the MRZ", document.mrz[1][:9], "AMAUROT", "no trust anchor"):
        assert words in text
