"""The node's keys for its files: the first encrypts, all decrypt, so that a key can be changed without a stop.

`LIMEN_FILES_KEY`, or `secrets/files.key` in the node's folder, holds one key a line: 32 bytes in base64 (URL-safe). A
new key goes on a new first line; what was stored before keeps the key it was stored with, which a file's header names.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass

from limen.node.config import Config
from limen.node.errors import FilesError


def identify(key: bytes) -> bytes:
    """Name a key by 8 bytes that tell nothing of it."""
    return hashlib.sha256(b"limen file key\0" + key).digest()[:8]


def new_key() -> str:
    """Make a key, as text."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of one node."""

    keys: tuple[bytes, ...]

    @property
    def current(self) -> tuple[bytes, bytes]:
        """The identifier of the key to encrypt with, and the key."""
        return identify(self.keys[0]), self.keys[0]

    def find(self, identifier: bytes) -> bytes:
        """Find the key of this name."""
        for key in self.keys:
            if identify(key) == identifier:
                return key
        raise FilesError(f"A stored file needs the key {identifier.hex()}, which this node does not have.")


def keyring(config: Config) -> Keyring:
    """Read the node's keys; the first who asks makes one."""
    text = config.environment.text("LIMEN_FILES_KEY") or config.home.secret("files.key", new_key)
    return Keyring(tuple(_parse(word) for word in text.replace(",", " ").split()))


def _parse(word: str) -> bytes:
    try:
        key = base64.b64decode(word, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise FilesError("LIMEN_FILES_KEY, or secrets/files.key, must hold keys of 32 bytes in base64, one a line.")
    return key
