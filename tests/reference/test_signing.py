"""Keys and origins."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from limen.reference.errors import KeyFileError
from limen.reference.signing import Signer, make_key


def test_a_key_that_was_made_signs(tmp_path: Path) -> None:
    """Its owner alone can read it, and its signature holds of those bytes alone."""
    public = make_key(tmp_path / "key.pem")
    assert (tmp_path / "key.pem").stat().st_mode & 0o077 == 0
    signer = Signer.load(tmp_path / "key.pem", "Post 7")
    assert signer.origin.key == public
    seal = signer.seal(b"this")
    assert seal.holds_of(b"this")
    assert not seal.holds_of(b"that")


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    """A lost key is trust lost."""
    make_key(tmp_path / "key.pem")
    with pytest.raises(KeyFileError, match="there already"):
        make_key(tmp_path / "key.pem")


def test_what_is_no_such_key_is_one_sentence(tmp_path: Path) -> None:
    """Absent, no key, a key of another kind, an encrypted one."""
    key = ec.generate_private_key(ec.SECP256R1())
    forms = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (tmp_path / "ec").write_bytes(key.private_bytes(*forms, serialization.NoEncryption()))
    (tmp_path / "locked").write_bytes(key.private_bytes(*forms, serialization.BestAvailableEncryption(b"x")))
    (tmp_path / "text").write_text("no key")
    for name, words in (
        ("none", "cannot be read"),
        ("ec", "no Ed25519"),
        ("locked", "encrypted"),
        ("text", "no private"),
    ):
        with pytest.raises(KeyFileError, match=words):
            Signer.load(tmp_path / name, "x")
