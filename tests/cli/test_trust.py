"""`limen trust`, as an administrator uses it, and what it does for `limen verify`."""

import json

import pytest
from click.testing import CliRunner

from limen.cli import main
from limen.specimen.chip import CardSpec, Defect, make_card, write_document


@pytest.fixture
def issued(tmp_path):
    """An emulated document's folder: pki/, dump/ and mrz.txt."""
    write_document(tmp_path / "made", make_card(CardSpec()))
    return tmp_path / "made"


@pytest.fixture
def limen(tmp_path):
    """The command, with a store of its own."""

    def run(*arguments, code=0):
        done = CliRunner().invoke(main, list(map(str, arguments)), env={"LIMEN_TRUST": str(tmp_path / "t.sqlite")})
        assert done.exit_code == code, done.output
        return done

    return run


def test_from_undecided_to_trusted(limen, issued):
    """A document whose authority is unknown is open; once the folder of its country is imported it is clear."""
    zone = "".join((issued / "mrz.txt").read_text().split())
    day = ("--date", "2026-11-01", "--mrz", zone)
    before = limen("verify", issued / "dump", *day, code=3)
    assert "no trust anchor for UT (have: none)" in before.stdout
    limen("trust", "import", issued / "pki")
    after = limen("verify", issued / "dump", *day)
    assert "no irregularity found" in after.stdout.lower()


def test_the_store_can_be_named(limen, issued, tmp_path):
    """--store and --trust name another file than the usual one."""
    other = tmp_path / "other.sqlite"
    limen("trust", "import", issued / "pki", "--store", other)
    limen("verify", issued / "dump", "--date", "2026-11-01", code=3)
    limen("verify", issued / "dump", "--date", "2026-11-01", "--trust", other)


def test_a_revoked_signer_is_irregular(limen, tmp_path):
    """The revocation list of the store is looked at."""
    write_document(tmp_path / "bad", make_card(CardSpec(defects=(Defect.REVOKED_SIGNER,))))
    limen("trust", "import", tmp_path / "bad" / "pki")
    done = limen("verify", "--json", tmp_path / "bad" / "dump", "--date", "2026-11-01", code=1)
    failed = [one["code"] for one in json.loads(done.stdout)["checks"] if one["verdict"] == "failed"]
    assert failed == ["pa.revocation"]


def test_list_explain_diff_export_remove(limen, issued, tmp_path):
    """The round of an administrator; each command has its JSON."""
    limen("trust", "import", issued / "pki" / "csca-2.cer", "--source", "a")
    limen("trust", "import", issued / "pki" / "masterlist.ml", "--source", "b")
    assert "its signer's authority was trusted before" in limen("trust", "list").stdout
    said = json.loads(limen("trust", "list", "--json").stdout)
    assert [one["name"] for one in said["sources"]] == ["a", "b"]
    assert said["countries"] == ["UT"]
    assert "CAN be relied upon" in limen("trust", "explain", "ut").stdout
    signer = json.loads(limen("trust", "explain", issued / "pki" / "signer.cer", "--json").stdout)["certificates"][0]
    assert (signer["usable"], len(signer["chain"]), signer["sources"]) == (True, 1, {})
    digest = json.loads(limen("trust", "list", "--country", "ut", "--json").stdout)["certificates"][0]["sha256"]
    assert digest in limen("trust", "explain", digest[:10]).stdout
    assert limen("trust", "diff", "a", "a").stdout.startswith("0 only in a")
    assert "only in b" in limen("trust", "diff", "a", "b", code=1).stdout
    limen("trust", "export", tmp_path / "out.pem")
    count = (tmp_path / "out.pem").read_text().count("BEGIN CERTIFICATE")
    assert limen("trust", "import", tmp_path / "out.pem", "--source", "c").stdout.startswith(f"c: {count} ")
    limen("trust", "export", tmp_path / "out.zip")
    limen("trust", "export", tmp_path / "folder", "--source", "a")
    assert len(list((tmp_path / "folder").iterdir())) == 1
    for name in "abc":
        limen("trust", "remove", name)
    assert json.loads(limen("trust", "list", "--json").stdout)["sources"] == []


def test_nothing_is_written_over(limen, issued, tmp_path):
    """An export says that the place is taken."""
    limen("trust", "import", issued / "pki")
    (tmp_path / "out.pem").write_text("mine")
    assert "there already" in limen("trust", "export", tmp_path / "out.pem", code=2).stderr
    assert (tmp_path / "out.pem").read_text() == "mine"


def test_bad_input_is_one_sentence_each_and_the_rest_is_taken(limen, issued, tmp_path):
    """A file that is nothing, one that is not there, and a good one: the good one is in, the exit code is 4."""
    (tmp_path / "note.txt").write_text("hello")
    paths = (tmp_path / "note.txt", tmp_path / "gone.cer", issued / "pki" / "csca-2.cer")
    done = limen("trust", "import", *paths, code=4)
    assert "csca-2.cer: 1 authority's certificate" in done.stdout
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("explain", "UT"),
        ("remove", "a"),
    ],
)
def test_without_a_store_each_command_says_how_to_make_one(limen, arguments):
    """One sentence, no traceback."""
    done = limen("trust", *arguments, code=2)
    assert "limen trust import" in done.stderr


def test_what_is_not_there_is_told(limen, issued):
    """Sources, countries, digests and files that the store does not hold."""
    limen("trust", "import", issued / "pki" / "csca-2.cer")
    assert "have: csca-2.cer" in limen("trust", "remove", "x", code=2).stderr
    assert "have: UT" in limen("trust", "explain", "QQ", code=2).stderr
    assert "no certificate whose digest begins so" in limen("trust", "explain", "abcdef99", code=2).stderr


def test_a_damaged_store_is_told_by_verify(limen, issued, tmp_path):
    """The verifier does not go on as if there were no store."""
    (tmp_path / "t.sqlite").write_bytes(b"rubbish" * 200)
    assert "damaged" in limen("verify", issued / "dump", code=2).stderr


def test_reader_options_need_the_chip(limen):
    """What would be ignored is refused."""
    assert "add --chip" in limen("verify", "--can", "123456", "a.jpg", code=2).stderr
