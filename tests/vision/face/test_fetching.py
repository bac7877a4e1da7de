"""Models are fetched from an index or a folder, checked, written whole or not at all. No test leaves this machine."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from limen.vision.face import fetching
from limen.vision.face.fetching import CannotFetch, fetch
from limen.vision.face.models import Archive, ModelFile


def digest(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()


def wheel(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, octets in members.items():
            archive.writestr(name, octets)
    return held.getvalue()


def sdist(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        for name, octets in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(octets)
            archive.addfile(info, io.BytesIO(octets))
    return held.getvalue()


FILES = {"a.tflite": b"first model" * 900, "b.dat": b"second model" * 5000}
OCTETS = {
    "one-1.0-py3-none-any.whl": wheel({"one/a.tflite": FILES["a.tflite"], "one/else": b"-"}),
    "two-2.0.tar.gz": sdist({"two-2.0/b.dat": FILES["b.dat"], "two-2.0/other.dat": b"-"}),
}
MEMBERS = {"one-1.0-py3-none-any.whl": ("a.tflite", "one/a.tflite"), "two-2.0.tar.gz": ("b.dat", "two-2.0/b.dat")}


def archive(filename: str) -> Archive:
    name, member = MEMBERS[filename]
    file = ModelFile(name, member, digest(FILES[name]), len(FILES[name]))
    octets = OCTETS[filename]
    return Archive(filename.split("-", maxsplit=1)[0], filename, digest(octets), len(octets), "CC0-1.0", (file,))


@pytest.fixture(autouse=True)
def small_archives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "ARCHIVES", tuple(archive(name) for name in OCTETS))
    for name in (*fetching._INDEXES, *fetching._AUTHORITIES):
        monkeypatch.delenv(name, raising=False)


class Index(ThreadingHTTPServer):
    """A package index on this machine."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str | None]] = []
        self.as_html = False
        self.served = dict(OCTETS)


class Handler(BaseHTTPRequestHandler):
    server: Index

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Range")))
        name = self.path.rstrip("/").rsplit("/", 1)[-1]
        if name in self.server.served:
            start = int((self.headers.get("Range") or "bytes=0-")[6:-1])
            self._send(self.server.served[name][start:], "application/octet-stream", 206 if start else 200)
            return
        files = [one for one in self.server.served if one.startswith(f"{name}-")]
        if self.server.as_html:
            links = "".join(f'<a href="../../files/{one}#sha256=0">{one}</a>' for one in files)
            self._send(f"<html>{links}</html>".encode(), "text/html")
        else:
            said = {"files": [{"filename": one, "url": f"/files/{one}"} for one in files]}
            self._send(json.dumps(said).encode(), "application/vnd.pypi.simple.v1+json")

    def _send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    with Index() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/simple")
        yield server
        server.shutdown()
        thread.join()


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("as_html", [False, True])
def test_models_come_from_the_index(index: Index, tmp_path: Path, as_html: bool) -> None:
    """By its JSON or its HTML; the archives are not kept."""
    index.as_html = as_html
    said: list[str] = []
    fetch(tmp_path / "models", say=said.append)
    assert held(tmp_path / "models") == FILES
    assert any("a.tflite (CC0-1.0)" in line for line in said)


def test_what_is_there_is_not_fetched_again(index: Index, tmp_path: Path) -> None:
    """Nothing is asked of the network then."""
    fetch(tmp_path)
    index.asked.clear()
    fetch(tmp_path)
    assert index.asked == []
    (tmp_path / "b.dat").write_bytes(b"damaged")
    fetch(tmp_path)
    assert held(tmp_path) == FILES
    assert not any("one-" in path for path, _ in index.asked)


def test_a_broken_off_download_goes_on(index: Index, tmp_path: Path) -> None:
    """Where it ended."""
    (tmp_path / "two-2.0.tar.gz.part").write_bytes(OCTETS["two-2.0.tar.gz"][:40])
    fetch(tmp_path)
    assert ("/files/two-2.0.tar.gz", "bytes=40-") in index.asked
    assert held(tmp_path) == FILES


def test_another_archive_is_refused_and_the_next_try_is_clean(index: Index, tmp_path: Path) -> None:
    """A digest that differs takes nothing."""
    index.served["two-2.0.tar.gz"] = OCTETS["two-2.0.tar.gz"][:-1] + b"?"
    with pytest.raises(CannotFetch, match="SHA-256"):
        fetch(tmp_path)
    assert held(tmp_path) == {"a.tflite": FILES["a.tflite"]}
    index.served["two-2.0.tar.gz"] += b" and more"
    with pytest.raises(CannotFetch, match="SHA-256"):
        fetch(tmp_path)
    index.served = dict(OCTETS)
    fetch(tmp_path)
    assert held(tmp_path) == FILES


def test_no_index_is_one_sentence(index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That says what to do, and holds no password."""
    del index.served["one-1.0-py3-none-any.whl"]
    with pytest.raises(CannotFetch, match="does not offer one"):
        fetch(tmp_path)
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://user:secret@127.0.0.1:1/simple")
    with pytest.raises(CannotFetch, match="--from") as refused:
        fetch(tmp_path)
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)
    monkeypatch.setenv("UV_DEFAULT_INDEX", "file:///etc")
    with pytest.raises(CannotFetch, match="HTTP"):
        fetch(tmp_path)


def test_archives_are_brought_in_a_folder(tmp_path: Path) -> None:
    """And left there."""
    (tmp_path / "brought").mkdir()
    for name, octets in OCTETS.items():
        with pytest.raises(CannotFetch, match=f"{name} is not in"):
            fetch(tmp_path / "models", tmp_path / "brought")
        (tmp_path / "brought" / name).write_bytes(octets)
    fetch(tmp_path / "models", tmp_path / "brought")
    assert held(tmp_path / "models") == FILES
    assert held(tmp_path / "brought") == OCTETS


def test_a_brought_archive_that_is_another_is_refused_and_left(tmp_path: Path) -> None:
    """It is not ours to delete."""
    (tmp_path / "one-1.0-py3-none-any.whl").write_bytes(b"no wheel")
    with pytest.raises(CannotFetch, match="SHA-256"):
        fetch(tmp_path / "models", tmp_path)
    assert (tmp_path / "one-1.0-py3-none-any.whl").exists()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A file stands in its place."""
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotFetch, match="cannot be written"):
        fetch(tmp_path / "file")
