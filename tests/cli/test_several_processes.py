"""`limen verify FOLDER` in several processes: the same results in the same order, and a clean end."""

import json
import signal
import subprocess
import sys
import time

import pytest
from PIL import Image

from limen.cli.running import LEAST, processes

COMMAND = (sys.executable, "-c", "from limen.cli import main; main()", "verify", "--json")


@pytest.fixture
def folder(tmp_path):
    """Pictures that show nothing, one text file that calls itself a picture, and one that is no picture."""
    pictures = tmp_path / "in"
    pictures.mkdir()
    for index in range(4):
        Image.new("RGB", (120 + index, 90), (90, 90, 90)).save(pictures / f"{index}.png")
    (pictures / "3b.jpg").write_text("Dear officer")
    (pictures / "notes.txt").write_text("no image")
    return pictures


def run(*arguments):
    done = subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, check=False, timeout=120)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    for row in rows:
        row.pop("timing", None)
    return done.returncode, rows, done.stderr.decode()


def test_two_processes_say_what_one_says(folder):
    """In the order of the inputs, with the same exit code, and with every file of --out under its name."""
    one = run("--jobs", 1, "--out", folder.parent / "one", folder)
    two = run("--jobs", 2, "--out", folder.parent / "two", folder)
    assert two == one
    assert one[0] == 4
    assert len(one[1]) == 5
    assert kept(folder.parent / "two") == kept(folder.parent / "one")


def kept(folder):
    """The files of a folder and who may read them."""
    return {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}


@pytest.mark.skipif(not hasattr(signal, "SIGINT") or sys.platform == "win32", reason="sends a signal")
def test_an_interrupt_ends_every_process(folder):
    """One word, the shell's code for it, nothing half-written, and no process left behind."""
    process = subprocess.Popen(
        [*COMMAND, "--jobs", "2", "--out", str(folder.parent / "out"), *[str(folder)] * 40],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # A shell starts jobs in its background deaf to the keyboard, and a run of the tests may be one.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no other thread is there
    )
    assert process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.decode().split() == ["Stopped."]
    assert not list((folder.parent / "out").glob(".limen-*"))
    for _ in range(50):
        if not children_of(process.pid):
            break
        time.sleep(0.1)
    assert not children_of(process.pid)


def children_of(session):
    """Processes of that session that still run."""
    done = subprocess.run(
        ["ps", "-o", "pid=,stat=", "--sid", str(session)], capture_output=True, text=True, check=False
    )
    return [line for line in done.stdout.splitlines() if " Z" not in line]


@pytest.mark.parametrize(
    ("jobs", "documents", "expected"), [(None, 1, 1), (None, LEAST - 1, 1), (3, 1, 1), (3, 9, 3), (1, 99, 1)]
)
def test_few_documents_are_examined_here(jobs, documents, expected):
    """Further processes are started only where they pay, and never more than there are documents."""
    assert processes(jobs, documents) == expected
