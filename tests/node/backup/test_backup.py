"""A backup is a whole node: restored into an empty folder it is the same one."""

from __future__ import annotations

import importlib.util
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from limen.node.backup.sealed import SealedWriter, is_sealed, unseal
from limen.node.errors import BackupError

_spec = importlib.util.spec_from_file_location("limen_test_nodes", Path(__file__).parents[1] / "serving" / "nodes.py")
nodes = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(nodes)

WORD = "correct horse battery staple"


@pytest.fixture
def folder():
    folder = nodes.new_folder()
    yield folder
    nodes.remove(folder)


def contents(home: Path, what: str = "say") -> dict:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("contents.py")), what],
        env=nodes.environment(LIMEN_HOME=str(home)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_restored_node_is_the_same(folder):
    """Rows, files, functions, policies, grants and the audit chain; and every way in which it must refuse."""
    home, copy, backup = folder / "home", folder / "copy", folder / "b.limen"
    before = contents(home, "fill")
    assert before["reports_original"][0] == 4
    env = {"LIMEN_BACKUP_PASSPHRASE": WORD}
    said = nodes.limen("backup-of-nothing", check=False)
    assert said.returncode == 2
    assert nodes.limen("node", "backup", str(backup), "--home", str(home), **env).stdout.startswith(str(backup))
    assert backup.stat().st_mode & 0o777 == 0o600
    assert b"officer@example.org" not in backup.read_bytes()
    assert not list(home.glob("files.held-*"))

    wrong = nodes.limen(
        "node", "restore", str(backup), "--home", str(copy), check=False, LIMEN_BACKUP_PASSPHRASE="something else"
    )
    assert wrong.stderr == "Error: The passphrase is wrong, or the backup was changed or cut.\n"
    assert not copy.exists()
    spoilt, binary, half = bytearray(backup.read_bytes()), folder / "binary", folder / "half"
    spoilt[len(spoilt) // 2] ^= 1
    binary.write_bytes(b"\xff\xfe")
    (folder / "spoilt.limen").write_bytes(spoilt)
    damaged = nodes.limen("node", "restore", str(folder / "spoilt.limen"), "--home", str(half), check=False, **env)
    assert (damaged.returncode, damaged.stderr.count("\n"), "is damaged" in damaged.stderr) == (2, 1, True)
    assert (half / "restore-unfinished").exists()
    unread = nodes.limen("node", "restore", str(backup), "--passphrase-file", str(binary), check=False)
    assert "one line of text" in unread.stderr

    full = nodes.limen("node", "restore", str(backup), "--home", str(home), check=False, **env)
    assert "is not empty" in full.stderr

    nodes.limen("node", "restore", str(backup), "--home", str(copy), **env)
    assert contents(copy) == before
    checked = nodes.limen("node", "check", "--home", str(copy))
    assert "All 8 are there and can be decrypted." in checked.stdout

    victim = next(place for place in (copy / "files").rglob("*") if place.is_file() and place.stat().st_size > 100)
    victim.write_bytes(victim.read_bytes()[:-1])
    checked = nodes.limen("node", "check", "--home", str(copy), check=False)
    assert (checked.returncode, "1 of 8 are not well" in checked.stdout) == (1, True)


def test_a_restore_that_was_cut_off_is_no_node(folder):
    """Half a node does not serve."""
    home = folder / "home"
    home.mkdir()
    (home / "restore-unfinished").touch()
    said = nodes.limen("serve", "--home", str(home), check=False)
    assert (said.returncode, "was cut off" in said.stderr) == (2, True)


def sealed(plain: bytes) -> bytes:
    target = io.BytesIO()
    with SealedWriter(target, WORD) as writer:
        writer.write(plain[:7])
        writer.write(plain[7:])
    return target.getvalue()


def test_a_sealed_backup_opens_with_its_passphrase_alone():
    """Read from anywhere, as the archive in it is; cut or changed it does not open."""
    plain = bytes(range(256)) * 600
    stored = sealed(plain)
    assert is_sealed(io.BytesIO(stored))
    assert not is_sealed(io.BytesIO(plain))
    file = unseal(io.BytesIO(stored), len(stored), WORD)
    file.seek(-10, 2)
    assert file.read() == plain[-10:]
    file.seek(0)
    assert file.read() == plain
    for bad, word in ((stored, "other"), (stored[:-1], WORD), (stored[:40_000], WORD)):
        with pytest.raises(BackupError):
            unseal(io.BytesIO(bad), len(bad), word)


def test_something_else_is_no_backup(folder):
    """Any other file is refused in one sentence, and nothing is made."""
    (folder / "x").write_bytes(b"something else")
    said = nodes.limen("node", "restore", str(folder / "x"), "--home", str(folder / "home"), check=False)
    assert (said.returncode, said.stderr.count("\n"), "is no backup of a node" in said.stderr) == (2, 1, True)
    assert not (folder / "home").exists()
