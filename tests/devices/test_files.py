"""Paths, folders and standard input: what can be opened is, in order, and nothing stops the rest."""

import io
import os
import subprocess
import sys

import pytest
from PIL import Image

from limen.devices import Frame, InputError, list_sources, read_files, read_source
from limen.devices import files as files_reader
from limen.devices.kinds import Kind, sniff

from .nasty import encoded, scene

PNG = encoded(scene(), "PNG")


def names(arguments, base):
    return [os.path.relpath(item.name, base) for item in list_sources(arguments).items]


def test_a_folder_is_walked_in_order(tmp_path):
    """Images at any depth come in the order of their names; hidden and other files do not."""
    for name in ["b/2.png", "a.png", "b/1.png", ".hidden/x.png", "b/.x.png", "Z.jpg"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(PNG)
    (tmp_path / "notes.txt").write_text("no image")
    (tmp_path / "nameless").write_bytes(PNG)
    assert names([tmp_path], tmp_path) == ["Z.jpg", "a.png", "nameless", "b/1.png", "b/2.png"]
    assert list_sources([tmp_path]).skipped == 1


def test_a_broken_image_in_a_folder_is_told(tmp_path):
    """A file that calls itself an image is never left out silently."""
    (tmp_path / "a.jpg").write_bytes(b"")
    (tmp_path / "b.png").write_bytes(PNG)
    first, second = read_files([tmp_path])
    assert isinstance(first, InputError)
    assert isinstance(second, Frame)


def test_a_folder_without_images_is_an_error(tmp_path):
    """A folder in which there is nothing to verify says so instead of passing."""
    (tmp_path / "notes.txt").write_text("no image")
    (error,) = read_files([tmp_path])
    assert "is a folder without images" in str(error)


def test_pipes_and_dangling_links_in_a_folder_do_not_block(tmp_path):
    """What would block or fail to open in a folder is passed over."""
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "link.jpg").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "b.png").write_bytes(PNG)
    assert names([tmp_path], tmp_path) == ["b.png"]


def test_a_named_pipe_is_read(tmp_path):
    """A pipe given by name, as by a shell's process substitution, is read like a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    code = f"open({str(pipe)!r}, 'wb').write(bytes.fromhex({PNG.hex()!r}))"
    with subprocess.Popen([sys.executable, "-c", code]):
        (frame,) = read_files([pipe])
    assert frame.size == (60, 40)


def test_standard_input_is_read():
    """A dash is the image that standard input brings, named by the dash."""
    (source,) = list_sources(["-"]).items
    (frame,) = read_source(source, io.BytesIO(PNG))
    assert (frame.source, frame.size) == ("-", (60, 40))


@pytest.mark.parametrize(("data", "words"), [(b"", "is empty"), (b"hello", "is not an image")])
def test_bad_standard_input_is_named(data, words):
    """What is wrong with standard input is told under that name."""
    (source,) = list_sources(["-"]).items
    (error,) = read_source(source, io.BytesIO(data))
    assert str(error).startswith(f"standard input: {words}")


def test_endless_standard_input_is_cut_off(monkeypatch):
    """A stream that brings more than memory allows is refused, not swallowed."""
    monkeypatch.setattr(files_reader, "PIPED_BYTES", 1000)
    (source,) = list_sources(["-"]).items
    (error,) = read_source(source, io.BytesIO(bytes(5000)))
    assert "Save it as a file" in str(error)


def test_missing_and_forbidden_files_do_not_stop_the_rest(tmp_path, monkeypatch):
    """A missing or unreadable file is one error in its place; the files around it are read."""
    good, secret = tmp_path / "a.png", tmp_path / "b.png"
    good.write_bytes(PNG)
    secret.write_bytes(PNG)
    open_path = type(good).open

    def guarded(self, *arguments):
        if self.name == "b.png":
            raise PermissionError(13, "Permission denied", str(self))
        return open_path(self, *arguments)

    monkeypatch.setattr(type(good), "open", guarded)
    items = list(read_files([good, tmp_path / "none.png", secret, good, good / "x.png", "a\0b"]))
    assert [isinstance(item, Frame) for item in items] == [True, False, False, True, False, False]
    assert "none.png: does not exist" in str(items[1])
    assert "b.png: may not be read" in str(items[2])
    assert "does not exist" in str(items[4])
    assert "not a name" in str(items[5])


def test_undecodable_names_are_printable(tmp_path):
    """A file name that is not UTF-8 is opened, and told in a form that any output can carry."""
    path = os.fsencode(tmp_path) + b"/caf\xe9.png"
    with open(path, "wb") as file:  # noqa: PTH123  (a name in bytes)
        file.write(PNG)
    for argument in (os.fsdecode(path), tmp_path):
        (frame,) = read_files([argument])
        assert isinstance(frame, Frame)
        assert frame.source == f"{tmp_path}/caf\\xe9.png"
        assert frame.source.encode("utf-8")


def test_one_frame_at_a_time(tmp_path, monkeypatch):
    """No file is opened before its turn."""
    opened = []
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(PNG)
    open_image = Image.open
    monkeypatch.setattr(Image, "open", lambda file, **rest: opened.append(file.name) or open_image(file, **rest))
    frames = read_files([tmp_path])
    next(frames)
    assert {os.path.basename(name) for name in opened} == {"a.png"}  # noqa: PTH119


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0", Kind.RASTER),
        (b"II*\0\x08\0\0\0", Kind.RASTER),
        (b"RIFF\0\0\0\0WEBPVP8 ", Kind.RASTER),
        (b"RIFF\0\0\0\0WAVEfmt ", None),
        (b"junk\n%PDF-1.7", Kind.PDF),
        (b"\0\0\0\x1cftypavif", Kind.FOREIGN),
        (b"\0\0\0\x0cjP  \r\n\x87\n", Kind.FOREIGN),
        (b"", None),
    ],
)
def test_kinds_by_first_bytes(head, kind):
    """First bytes decide what a file is."""
    assert sniff(head) == kind
