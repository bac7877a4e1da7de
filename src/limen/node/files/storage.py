"""Django's storage of files: encrypted, under names that tell nothing, in a folder or in a store that speaks S3.

It wraps any storage. What is saved as `originals/IMG_0042 passport of A.jpg` lies as `originals/3f/3f6c…`: the first
folder says what kind of file it is, the rest is random. There is no address: pages read a file and send it, once the
officer who asks may see it.
"""

from __future__ import annotations

import io
import re
import secrets
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible

from limen.node.errors import FilesError
from limen.node.files.cipher import PIECE, Reader, encrypt, plain_size
from limen.node.files.folder import FolderStorage
from limen.node.files.keys import Keyring, keyring
from limen.node.files.opened import PlainFile, buffered

_KIND = re.compile(r"[a-z0-9_-]{1,32}")


class _Encrypted(File):
    """A plain file as the encrypted one, for a storage that reads it once from beginning to end."""

    def __init__(self, content: File, identifier: bytes, key: bytes) -> None:
        pipe = io.BufferedReader(_Pipe(encrypt(_pieces(content), identifier, key)), PIECE)
        super().__init__(pipe, name=content.name)


class _Pipe(io.RawIOBase):
    """A file that is made while it is read."""

    def __init__(self, source: Iterator[bytes]) -> None:
        self._source = source
        self._kept = b""
        self._place = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def readinto(self, buffer: Any) -> int:
        while not self._kept:
            piece = next(self._source, None)
            if piece is None:
                return 0
            self._kept = piece
        some, self._kept = self._kept[: len(buffer)], self._kept[len(buffer) :]
        buffer[: len(some)] = some
        self._place += len(some)
        return len(some)


def _pieces(content: File) -> Iterator[bytes]:
    content.seek(0)
    while piece := content.read(PIECE):
        yield piece if isinstance(piece, bytes) else piece.encode()


@deconstructible
class EncryptedStorage(Storage):
    """Encrypts what another storage keeps."""

    def __init__(self, inner: Storage | None = None, keys: Keyring | None = None) -> None:
        self._inner = inner
        self._keys = keys

    @property
    def inner(self) -> Storage:
        """The storage that keeps the encrypted files; the settings choose it."""
        if self._inner is None:
            self._inner = inner_storage()
        return self._inner

    @property
    def keys(self) -> Keyring:
        """The keys, read when first needed."""
        if self._keys is None:
            self._keys = keyring(settings.CONFIG)
        return self._keys

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Choose a random name in the folder that says the kind of file; what the file was called is dropped."""
        kind = name.partition("/")[0]
        word = secrets.token_hex(16)
        return f"{kind if _KIND.fullmatch(kind) else 'file'}/{word[:2]}/{word}"

    def generate_filename(self, filename: str) -> str:
        """Leave the name to `get_available_name`."""
        return filename

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        """Keep a file and say under which name."""
        plain = content if hasattr(content, "chunks") else File(content, name)
        return self._save(self.get_available_name(name or plain.name or "file", max_length), plain)

    def _save(self, name: str, content: File) -> str:
        try:
            return str(self.inner.save(name, _Encrypted(content, *self.keys.current)))
        except OSError as error:
            raise FilesError(f"The file cannot be stored: {error.strerror or error}.") from error

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode != "rb":
            raise FilesError("A stored file is read or replaced, never changed.")
        stored = cast(BinaryIO, self.inner.open(name, "rb"))
        try:
            reader = Reader(stored, self.inner.size(name), self.keys.find)
        except BaseException:
            stored.close()
            raise
        return File(buffered(PlainFile(stored, reader)), name)

    def size(self, name: str) -> int:
        """Give the size of the plain file."""
        return plain_size(self.inner.size(name))

    def delete(self, name: str) -> None:
        """Remove a file for good."""
        self.inner.delete(name)

    def exists(self, name: str) -> bool:
        """Whether there is a file of this name."""
        return bool(self.inner.exists(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """List folders and files."""
        return cast("tuple[list[str], list[str]]", self.inner.listdir(path))

    def url(self, name: str | None) -> str:
        """Refuse: a file has no address of its own, for whoever knew it would see the file."""
        raise FilesError("A stored file has no address: a page reads it and sends it to whom may see it.")

    def get_created_time(self, name: str) -> Any:
        """Say when it was stored."""
        return self.inner.get_created_time(name)

    def get_modified_time(self, name: str) -> Any:
        """Say when it was stored: it is never changed."""
        return self.inner.get_modified_time(name)


def inner_storage() -> Storage:
    """Choose where encrypted files lie: a bucket where one is set, else the node's folder."""
    config = settings.CONFIG
    if config.bucket is None:
        return FolderStorage(location=config.home.files)
    from botocore.config import Config as Client  # type: ignore[import-untyped]  # noqa: PLC0415 - large, rarely needed
    from storages.backends.s3 import S3Storage  # noqa: PLC0415

    bucket = config.bucket
    return cast(
        Storage,
        S3Storage(
            bucket_name=bucket.name,
            endpoint_url=bucket.endpoint or None,
            region_name=bucket.region,
            access_key=bucket.access_key,
            secret_key=bucket.secret_key,
            location=bucket.prefix,
            default_acl=None,
            file_overwrite=False,
            object_parameters={"ContentType": "application/octet-stream"},
            client_config=Client(
                signature_version="s3v4",
                retries={"max_attempts": 4, "mode": "standard"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        ),
    )
