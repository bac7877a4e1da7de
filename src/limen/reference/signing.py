"""Who vouches for a reference or a signature: Ed25519 (RFC 8032) over its canonical bytes.

An origin is a public key and the name that its holder gives it; the name is only said, the key is what can be trusted.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from limen.reference.canonical import canonical
from limen.reference.errors import KeyFileError
from limen.reference.values import Members

_CONTEXT = b"limen reference 1\n"
"""Goes before what is signed, so that a key's signature on anything else can never pass for one of these."""
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Origin:
    """Who made something, as its signature proves."""

    name: str
    """As the holder of the key calls themselves."""
    key: str
    """The public key: 64 hexadecimal digits."""

    @property
    def brief(self) -> str:
        """For a line: "Utopia Border Force (1f2e3d4c)"."""
        return f"{self.name} ({self.key[:8]})"


@dataclass(frozen=True, slots=True)
class Seal:
    """A signature on bytes, with its origin."""

    origin: Origin
    signature: bytes

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"name": self.origin.name, "key": self.origin.key, "signature": self.signature.hex()}

    @classmethod
    def from_json(cls, members: Members) -> Self:
        """Raises FileError where that is no seal; whether it holds, `holds_of` says."""
        origin = Origin(members.text("name", most=_LONGEST_NAME), members.hex("key", 32))
        seal = cls(origin, bytes.fromhex(members.hex("signature", 64)))
        members.done()
        return seal

    def holds_of(self, data: bytes) -> bool:
        """Whether the origin's key signed these bytes under this name."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.origin.key))
            key.verify(self.signature, _signed(self.origin.name, data))
        except (InvalidSignature, ValueError):
            return False
        return True


class Signer:
    """A private key and the name that goes with it."""

    def __init__(self, key: Ed25519PrivateKey, name: str) -> None:
        self._key = key
        public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self.origin = Origin(name, public.hex())

    @classmethod
    def load(cls, path: Path, name: str) -> Self:
        """From a PEM file (PKCS #8, unencrypted). Raises KeyFileError."""
        try:
            key = serialization.load_pem_private_key(path.read_bytes(), password=None)
        except OSError as error:
            raise KeyFileError(f"The key {path} cannot be read: {error.strerror}.") from error
        except TypeError as error:
            raise KeyFileError(f"The key {path} is encrypted: give one without a password.") from error
        except (ValueError, UnsupportedAlgorithm) as error:
            raise KeyFileError(f"{path} is no private key: make one with `limen reference key FILE`.") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise KeyFileError(f"{path} is no Ed25519 key: make one with `limen reference key FILE`.")
        return cls(key, name)

    def seal(self, data: bytes) -> Seal:
        """Sign bytes."""
        return Seal(self.origin, self._key.sign(_signed(self.origin.name, data)))


def make_key(path: Path) -> str:
    """Write a new private key that only its owner can read; the public key, in hexadecimal digits.

    Raises KeyFileError where the file is there already or cannot be written.
    """
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
    except FileExistsError as error:
        raise KeyFileError(f"{path} is there already: a key is never written over.") from error
    except OSError as error:
        raise KeyFileError(f"The key {path} cannot be written: {error.strerror}.") from error
    return Signer(key, "").origin.key


def _signed(name: str, data: bytes) -> bytes:
    """What the signature covers: the name too, lest another be put before the same key."""
    return _CONTEXT + canonical(name) + b"\n" + data
