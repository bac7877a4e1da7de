"""`limen verify --chip` and `limen chip`, on emulated cards that stand in for a reader."""

import json

import pytest
from click.testing import CliRunner

from limen.cli import main
from limen.devices import pcsc
from limen.icao.chip import CardRemoved, ReaderGone
from limen.specimen.chip import Access, CardSpec, Defect, Proof, make_card

from .test_record import STRICT

DAY = ("--date", "2026-11-01")


class Slot:
    """A reader with an emulated document on it, which may be taken away after some commands."""

    reader = pcsc.Reader("Emulated reader 00 00", True, True)

    def __init__(self, card, most=None, error=None):
        self.card, self.left, self.error = card, most, error

    def transmit(self, apdu):
        if self.left == 0:
            raise self.error
        self.left = None if self.left is None else self.left - 1
        return self.card.answer(apdu)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


@pytest.fixture
def laid(monkeypatch):
    """Lay a document of that kind on the reader."""

    def lay(most=None, error=None, **spec):
        document = make_card(CardSpec(**spec))
        monkeypatch.setattr(pcsc, "connect", lambda name, **_: Slot(document.card, most, error))
        return document

    return lay


def verify(document, *more, code):
    done = CliRunner().invoke(main, ["verify", *DAY, "--json", "--chip", *(more or ("--mrz", " ".join(document.mrz)))])
    assert done.exit_code == code, done.output
    said = json.loads(done.stdout)
    STRICT.validate(said)
    return said


def verdicts(said):
    return {one["code"]: one["verdict"] for one in said["checks"]}


@pytest.mark.parametrize(
    ("spec", "access", "proof"),
    [
        ({"access": (Access.BAC,), "proofs": (Proof.AA_RSA,)}, "BAC with the MRZ", "chip.active_authentication"),
        ({"access": (Access.PACE_CAM,)}, "PACE CAM ECDH AES-128 with the MRZ", "chip.pace_cam"),
        ({"proofs": (Proof.CA,)}, "PACE GM ECDH AES-128 with the MRZ", "chip.chip_authentication"),
    ],
)
def test_a_sound_chip_is_read_and_judged(laid, spec, access, proof):
    """Access, files and the chip's proof; without a trust anchor the result is open, and nothing is failed."""
    said = verify(laid(**spec), code=3)
    found = verdicts(said)
    assert said["chip"]["access"] == access
    assert (found[proof], found["chip.read"], found["chip.dg1.page"]) == ("successful",) * 3
    assert [code for code, verdict in found.items() if verdict in {"failed", "aborted"}] == []


@pytest.mark.parametrize(
    ("defect", "spec", "code"),
    [
        (Defect.CLONED_AA, {"proofs": (Proof.AA_RSA,)}, "chip.active_authentication"),
        (Defect.CLONED_CA, {"proofs": (Proof.CA,)}, "chip.chip_authentication"),
        (Defect.CLONED_CA, {"access": (Access.PACE_CAM,)}, "chip.pace_cam"),
        (Defect.MISSING_GROUP, {}, "lds.complete"),
    ],
)
def test_a_clone_is_irregular(laid, defect, spec, code):
    """What a copy of the files cannot tell, the card itself does: exactly that check fails."""
    said = verify(laid(defects=(defect,), **spec), code=1)
    assert [one["code"] for one in said["checks"] if one["verdict"] == "failed"] == [code]


@pytest.mark.parametrize("most", [0, 1, 3, 8, 15, 25])
@pytest.mark.parametrize("error", [CardRemoved("The document was taken away."), ReaderGone("Unplugged.")])
def test_a_document_taken_away_is_aborted_never_irregular(laid, most, error):
    """Whenever it happens, there is a message and no check is failed."""
    said = verify(laid(most, error), code=3)
    assert said["result"]["verdict"] == "aborted"
    assert str(error).lower() in said["result"]["summary"].lower() + "."
    assert "failed" not in verdicts(said).values()


@pytest.mark.parametrize("access", [(Access.BAC,), (Access.PACE_GM,)])
def test_a_wrong_key_is_undetermined(laid, access):
    """The zone was misread or mistyped; the document is not to blame."""
    laid(access=access)
    said = verify(None, "--mrz", "X12345678/800101/300101", code=3)
    assert (said["result"]["verdict"], verdicts(said)["chip.access"]) == ("undetermined", "undetermined")


def test_the_card_access_number_opens_the_chip(laid):
    """Six printed digits instead of the zone."""
    document = laid(access=(Access.PACE_GM,))
    said = verify(None, "--can", document.can, code=3)
    assert said["chip"]["access"] == "PACE GM ECDH AES-128 with the CAN"


def test_no_reader_is_one_line(monkeypatch):
    """Neither a traceback nor a verdict."""

    def none(name, **_):
        raise pcsc.NoReader("No chip reader is plugged in.")

    monkeypatch.setattr(pcsc, "connect", none)
    done = CliRunner().invoke(main, ["verify", "--chip", "--can", "123456"])
    assert done.exit_code == 4
    assert "chip: NOT READ, No chip reader is plugged in." in done.stderr


def test_a_chip_is_saved_and_the_copy_is_judged(laid, tmp_path):
    """`chip read --save` writes what `verify COPY` takes; the trace has a line for each command."""
    document = laid()
    path = tmp_path / "copy.zip"
    done = CliRunner().invoke(main, ["chip", "read", "--mrz", " ".join(document.mrz), "--save", str(path), "--trace"])
    assert done.exit_code == 0, done.output
    assert "READ BINARY" in done.output
    assert "access: PACE GM" in done.output
    judged = CliRunner().invoke(main, ["verify", *DAY, "--json", str(path)])
    assert json.loads(judged.stdout)["chip"]["lines"] == list(document.mrz)


def test_readers_are_listed(monkeypatch):
    """One line each."""
    monkeypatch.setattr(pcsc, "list_readers", lambda: (Slot.reader,))
    done = CliRunner().invoke(main, ["chip", "readers"])
    assert done.output == "Emulated reader 00 00, contactless: a document\n"
