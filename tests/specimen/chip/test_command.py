"""`limen specimen card`: files, words and errors."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from limen.cli import specimen_card
from limen.cli.specimen import specimen
from limen.specimen.chip import Access, CardSpec, Cipher, Defect, Proof, Quirk, Scheme, make_card
from limen.specimen.chip.signing import HASH_OIDS


def run(*arguments: str) -> Result:
    """The command's end."""
    return CliRunner().invoke(specimen, ["card", *arguments])


def test_choices_are_those_of_the_package() -> None:
    """Each option names all that there is."""
    assert tuple(Access) == specimen_card.ACCESS
    assert tuple(Cipher) == specimen_card.CIPHERS
    assert tuple(Proof) == specimen_card.PROOFS
    assert tuple(Scheme) == specimen_card.SCHEMES
    assert tuple(Defect) == specimen_card.DEFECTS
    assert tuple(Quirk) == specimen_card.QUIRKS
    assert tuple(HASH_OIDS) == specimen_card.HASHES


def test_out_has_everything(tmp_path: Path) -> None:
    """The published PKI, the chip's files and the printed zone, as the document has them."""
    result = run("--out", str(tmp_path), "--seed", "5", "--proof", "ca", "--format", "td1")
    assert result.exit_code == 0, result.output
    document = make_card(CardSpec(seed=5, proofs=(Proof.CA,), format="TD1"))
    assert (tmp_path / "mrz.txt").read_text() == "".join(f"{line}\n" for line in document.mrz)
    assert (tmp_path / "dump" / "DG2.bin").read_bytes() == document.files["EF.DG2"]
    assert (tmp_path / "dump" / "EF_SOD.bin").read_bytes() == document.files["EF.SOD"]
    assert len(list((tmp_path / "dump").iterdir())) == len(document.files)
    assert (tmp_path / "pki" / "masterlist.ml").read_bytes() == document.pki.master_list
    assert document.pki.csca.der in {path.read_bytes() for path in (tmp_path / "pki").iterdir()}
    assert document.can in result.output


def test_unknown_issuer_s_certificate_is_not_written(tmp_path: Path) -> None:
    """What nobody knows is in no file of pki/."""
    assert run("--out", str(tmp_path), "--defect", "unknown-issuer").exit_code == 0
    document = make_card(CardSpec(defects=(Defect.UNKNOWN_ISSUER,)))
    assert not any(document.pki.csca.der in path.read_bytes() for path in (tmp_path / "pki").iterdir())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--out DIR"),
        (("--out", "x", "--groups", "one"), "numbers with commas"),
        (("--out", "x", "--groups", "1,2,99"), "DG99 cannot be made"),
        (("--out", "x", "--issuer", "XXX"), "no issuer"),
        (("--out", "x", "--defect", "cloned-aa"), "cloned-aa needs"),
        (("--out", "/proc/none"), "cannot write"),
        (("--play", "--port", "1"), "no virtual reader on port 1"),
    ],
)
def test_errors_are_one_line(arguments: tuple[str, ...], words: str) -> None:
    """What cannot be done ends in exit code 2 and a sentence."""
    result = run(*arguments)
    assert (result.exit_code, words in result.output) == (2, True), result.output


def test_play_answers_the_reader() -> None:
    """Played to a socket as vpcd has it, the card tells its ATR, answers commands, and ends with the reader."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        said: list[bytes] = []

        def reader() -> None:
            link, _ = server.accept()
            with link:
                for payload in (b"\x01", b"\x04", bytes.fromhex("00A4040C07A0000002471001"), b"\x02", b"\0"):
                    link.sendall(len(payload).to_bytes(2, "big") + payload)
                    if payload not in (b"\x01", b"\x02", b"\0"):
                        size = int.from_bytes(link.recv(2), "big")
                        said.append(link.recv(size))

        thread = threading.Thread(target=reader)
        thread.start()
        result = run("--play", "--port", str(server.getsockname()[1]))
        thread.join()
    assert result.exit_code == 0, result.output
    assert said == [bytes.fromhex("3B80800101"), b"\x90\0"]
    assert "answered 1 commands" in result.output


def test_card_leaves_in_the_middle() -> None:
    """With --leave-after, the connection ends instead of the command after."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        said: list[bytes] = []

        def reader() -> None:
            link, _ = server.accept()
            with link:
                for _ in range(2):
                    payload = bytes.fromhex("00A4040C07A0000002471001")
                    link.sendall(len(payload).to_bytes(2, "big") + payload)
                    said.append(link.recv(4))

        thread = threading.Thread(target=reader)
        thread.start()
        result = run("--play", "--leave-after", "1", "--port", str(server.getsockname()[1]))
        thread.join()
    assert result.exit_code == 0, result.output
    assert said == [b"\0\x02\x90\0", b""]
