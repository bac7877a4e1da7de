"""The command: what it prints, its exit codes, and that it never shows a traceback."""

import datetime
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from limen.cli import examine, main
from limen.inspection import Verdict

from .staged import examiner, inspection, result, span, zone

FINE, WRONG, OPEN = Verdict.SUCCESSFUL, Verdict.FAILED, Verdict.UNDETERMINED


@pytest.fixture
def photo(tmp_path):
    """Make a photo of the given name and return its path."""

    def make(name="a.png", kind=None, **options):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (800, 600), "white").save(path, kind, **options)
        return str(path)

    return make


@pytest.fixture
def staged(monkeypatch):
    """Let the command find verdicts in turn, one for each image, instead of really reading."""

    def stage(*verdicts):
        turns = iter(verdicts * 50)
        reading = zone()

        def judge(seen):
            verdict = next(turns)
            if isinstance(verdict, Exception):
                raise verdict
            return inspection(seen, result("mrz.staged", verdict, where=(span(seen, 2, 1, 9),)))

        days = []

        def load(on, on_crash, *rest):
            days.append(on)
            return examiner(judge, reading, on_crash)

        monkeypatch.setattr(examine, "load_examiner", load)
        return days

    return stage


def run(*arguments, data=None):
    return CliRunner().invoke(main, ["verify", *arguments], input=data)


@pytest.mark.parametrize(
    ("verdicts", "bad", "code"),
    [
        ([FINE], False, 0),
        ([WRONG], False, 1),
        ([OPEN], False, 3),
        ([Verdict.ABORTED], False, 3),
        ([FINE], True, 4),
        ([FINE, OPEN], False, 3),
        ([OPEN], True, 4),
        ([OPEN, WRONG], True, 1),
    ],
)
def test_exit_code_by_result(photo, staged, *, verdicts, bad, code):
    """0 clear, 1 irregular, 3 undecided, 4 unread; 1 before 4 before 3 where there are several."""
    staged(*verdicts)
    paths = [photo(f"{i}.png") for i in range(len(verdicts))]
    done = run(*paths, *([photo("a.png") + "none"] if bad else []))
    assert done.exit_code == code


@pytest.mark.parametrize("arguments", [[], ["--what", "a.png"], ["--date", "tomorrow", "a.png"]])
def test_wrong_calls_end_with_2(arguments):
    """A wrong call is a usage error and is told as one."""
    done = run(*arguments)
    assert done.exit_code == 2
    assert "Usage: " in done.stderr


def test_text_names_irregularities_only(photo, staged):
    """By default only irregular checks are told, with place, rule and the result in words."""
    staged(WRONG)
    done = run(photo())
    assert "a.png: REFER TO SECOND LINE" in done.stdout
    assert "irregular 1" in done.stdout
    assert "at line 2, positions 1-9 (pixels 60,520 to 204,539)" in done.stdout
    assert "rule: Doc 9303-4, 4.2 (mrz.staged)" in done.stdout
    assert "\x1b" not in done.stdout


def test_all_shows_the_others(photo, staged):
    """With --all a check without objection is listed, too."""
    staged(FINE)
    path = photo()
    assert "mrz.staged" not in run(path).stdout
    assert "mrz.staged" in run("--all", path).stdout


def test_json_is_one_object_a_line(photo, staged, tmp_path):
    """Every image and every unreadable input is one line of JSON, in the order given."""
    staged(FINE, WRONG)
    empty = tmp_path / "empty.jpg"
    empty.touch()
    paths = [photo("a.png"), str(empty), photo("b.png")]
    done = run("--json", *paths)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["source"] for row in rows] == paths
    assert [row.get("result", {}).get("verdict") for row in rows] == ["successful", None, "failed"]
    assert rows[1]["error"].startswith("is empty")
    assert done.exit_code == 1


def test_a_bad_input_is_one_line_and_the_rest_go_on(photo, staged, tmp_path):
    """An unreadable input is one line on standard error; the images around it are examined."""
    staged(FINE)
    text = tmp_path / "letter.jpg"
    text.write_text("Dear officer")
    done = run(photo("a.png"), str(text), photo("b.png"))
    assert done.stdout.count("NO IRREGULARITY FOUND") == 2
    assert done.stderr.splitlines() == [
        f"{text}: NOT READ, is not an image. Give a JPEG, PNG, TIFF, WebP, BMP, GIF or PDF file."
    ]


def test_folders_and_pages(photo, staged, tmp_path):
    """A folder is walked, pages are told apart, and what was left out is counted."""
    staged(FINE)
    photo("in/a.png")
    photo("in/b.tif", save_all=True, append_images=[Image.new("RGB", (800, 600))])
    (tmp_path / "in/notes.txt").write_text("no image")
    done = run("--json", str(tmp_path / "in"))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(Path(row["source"]).name, row["page"]) for row in rows] == [("a.png", None), ("b.tif", 1), ("b.tif", 2)]
    assert "1 file that is no image was left out of the folders." in done.stderr


def test_standard_input(staged):
    """A dash reads an image from standard input."""
    staged(FINE)
    buffer = io.BytesIO()
    Image.new("RGB", (800, 600)).save(buffer, "PNG")
    done = run("--json", "-", data=buffer.getvalue())
    assert json.loads(done.stdout)["source"] == "-"
    assert "standard input: NO IRREGULARITY" in run("-", data=buffer.getvalue()).stdout


def test_the_day_of_inspection(photo, staged):
    """--date sets the day; without it the day is today."""
    days = staged(FINE)
    path = photo()
    done = run("--json", "--date", "2019-02-28", path)
    assert json.loads(done.stdout)["date"] == "2019-02-28"
    before = datetime.date.today()
    run(path)
    assert days[0] == datetime.date(2019, 2, 28)
    assert before <= days[1] <= datetime.date.today()


def test_out_writes_two_files_an_image(photo, staged, tmp_path):
    """--out makes its folder and writes the annotated image and the report."""
    staged(WRONG)
    run("--out", str(tmp_path / "deep/out"), photo())
    assert sorted(path.name for path in (tmp_path / "deep/out").iterdir()) == ["a.annotated.jpg", "a.report.pdf"]


def test_an_impossible_out_is_one_line(photo, staged, tmp_path):
    """Where nothing can be written, one line says so before anything is examined."""
    staged(WRONG)
    (tmp_path / "file").touch()
    done = run("--out", str(tmp_path / "file/out"), photo())
    assert (done.exit_code, done.stdout) == (2, "")
    assert "cannot write to" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_crash_is_one_line(photo, staged):
    """An internal error costs its image alone and is one line, with a traceback only when asked for."""
    staged(FINE, ValueError("oh\nno"), FINE)
    paths = [photo(f"{i}.png") for i in range(3)]
    done = run(*paths)
    assert done.stdout.count("NO IRREGULARITY FOUND") == 2
    assert done.stderr.splitlines() == [
        f"{paths[1]}: NOT READ, could not be examined: internal error (ValueError: oh no). "
        "Please report it, with --debug."
    ]
    assert done.exit_code == 4
    staged(ValueError("oh no"))
    assert "Traceback" in run("--debug", paths[0]).stderr


def test_a_report_that_fails_costs_the_report_alone(photo, staged, tmp_path, monkeypatch):
    """A fault in drawing or typesetting is one line; the result was printed, and the others go on."""
    from limen.cli import outputs

    staged(FINE)
    monkeypatch.setattr(outputs, "make_files", lambda *_: 1 / 0)
    done = run("--out", str(tmp_path / "out"), photo("a.png"), photo("b.png"))
    assert done.stdout.count("NO IRREGULARITY FOUND") == 2
    assert done.stderr.count("the report could not be made: internal error (ZeroDivisionError)") == 2
    assert done.exit_code == 4


def test_names_cannot_steer_the_terminal(photo, staged):
    """A file name with control characters is shown escaped."""
    staged(FINE)
    done = run(photo("a\x1b[31m\nb.png"))
    assert "a\\x1b[31m\\nb.png: NO IRREGULARITY FOUND" in done.stdout


def test_schema_is_printed():
    """--schema prints the schema and needs no photo."""
    done = run("--schema")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["$id"] == "urn:limen:schema:verify:1.2"


def test_help_tells_the_exit_codes():
    """The help of the group lists its commands, that of the command its exit codes."""
    assert {"verify", "specimen"} <= set(CliRunner().invoke(main, ["--help"]).stdout.split())
    assert "1  an irregularity in at least one: refer to second line" in run("--help").stdout


def test_version_and_unknown_commands():
    """--version names the program; an unknown command is a usage error."""
    assert CliRunner().invoke(main, ["--version"]).stdout.startswith("limen 0.")
    assert CliRunner().invoke(main, ["conjure"]).exit_code == 2


def test_a_fault_outside_an_image_is_one_line(monkeypatch):
    """What nobody foresaw ends with one line and its own exit code."""

    def fail(on, on_crash, *rest):
        raise RuntimeError("the weights are gone")

    monkeypatch.setattr(examine, "load_examiner", fail)
    done = run("a.png")
    assert done.exit_code == 70
    assert done.stderr == (
        "Error: internal error (RuntimeError: the weights are gone). Please report it, with --debug.\n"
    )


def test_help_and_version_load_nothing_heavy():
    """--help and --version import neither NumPy nor any image library."""
    code = (
        "import sys\nfrom limen.cli import main\n"
        "try: main(sys.argv[1:])\nexcept SystemExit: pass\n"
        "sys.exit(bool({'numpy', 'cv2', 'PIL', 'onnxruntime', 'rich'} & set(sys.modules)))"
    )
    for arguments in (["--version"], ["--help"], ["verify", "--help"], ["verify", "--schema"]):
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, check=False)
        assert done.returncode == 0, arguments


SLOW = """
import sys, time
sys.path.insert(0, {folder!r})
from limen.cli import examine, main
from limen.inspection import Evidence, Inspection, Verdict
from limen.verifier import Examination

def judge(shown, read_chip=None):
    time.sleep({pause})
    found = Inspection(None, None, (), Verdict.SUCCESSFUL, "no irregularity found")
    return Examination(found, Evidence(), shown.pictures, None)

examine.load_examiner = lambda on, on_crash, *rest: examine.Examiner(judge, on_crash)
main()
"""


def start(arguments, pause=0.0, **options):
    code = SLOW.format(folder=str(Path(__file__).parent), pause=pause)
    command = [sys.executable, "-c", code, "verify", *arguments]
    # A shell starts jobs in its background deaf to the keyboard, and a run of the tests may be one.
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no other thread is there
        **options,
    )


def test_a_broken_pipe_is_quiet(photo):
    """When the reader of the output goes away, the command ends without a word."""
    path = photo()
    process = start(["--json", "--jobs", "1", *[path] * 60], pause=0.01)
    process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), said) == (141, b"")


def test_an_interrupt_is_quiet(photo):
    """Ctrl-C ends with one word and the shell's code for it, after what was already printed."""
    path = photo()
    process = start(["--json", "--jobs", "1", *[path] * 100], pause=0.2)
    assert json.loads(process.stdout.readline())["result"]["verdict"] == "successful"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.decode().split() == ["Stopped."]


def test_undecodable_names_in_a_poor_locale(photo, tmp_path):
    """A name that is not UTF-8 passes through, even where the terminal knows ASCII alone."""
    path = os.fsencode(tmp_path) + b"/caf\xe9.png"
    Path(photo()).rename(os.fsdecode(path))
    environment = os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    process = start([path], env=environment)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert out.startswith(os.fsencode(tmp_path) + b"/caf\\xe9.png: NO IRREGULARITY FOUND")


def test_a_terminal_gets_colours_and_a_bar(photo):
    """On a terminal the result is coloured and wrapped, and several images have a progress bar."""
    pty = pytest.importorskip("pty")
    import fcntl
    import struct
    import termios

    controller, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 70, 0, 0))
    path = photo()
    code = SLOW.format(folder=str(Path(__file__).parent), pause=0.05)
    environment = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "COLUMNS"}}
    process = subprocess.Popen(
        [sys.executable, "-c", code, "verify", *[Path(path).name] * 3],
        stdout=terminal,
        stderr=terminal,
        env=environment | {"TERM": "xterm-256color"},
        cwd=Path(path).parent,
    )
    os.close(terminal)
    shown = b""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            more = os.read(controller, 65536)
        except OSError:
            break
        if not more:
            break
        shown += more
    os.close(controller)
    assert process.wait(60) == 0
    assert shown.count(b"NO IRREGULARITY FOUND") == 3
    assert b"\x1b[32m" in shown
    assert b"3/3" in shown or b"2/3" in shown
