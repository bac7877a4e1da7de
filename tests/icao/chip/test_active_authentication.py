"""Signatures of active authentication: ISO/IEC 9796-2 with every trailer, and what is refused."""

from __future__ import annotations

import hashlib
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from limen.icao import crypto
from limen.icao.chip import ProofVerdict, verify_active_authentication

CHALLENGE = bytes(range(8))
TRAILERS = {"sha1": "bc", "sha224": "38cc", "sha256": "34cc", "sha384": "36cc", "sha512": "35cc"}


@cache
def private() -> rsa.RSAPrivateNumbers:
    """A key of 1024 bits, made once."""
    return rsa.generate_private_key(public_exponent=65537, key_size=1024).private_numbers()


def signed(name: str, trailer: str, *, head: str = "6a", least: bool = False) -> bytes:
    """Sign the challenge; `least` gives the lesser of s and n - s."""
    end = bytes.fromhex(trailer)
    own = bytes(range(128 - len(bytes.fromhex(head)) - hashlib.new(name).digest_size - len(end)))
    block = bytes.fromhex(head) + own + hashlib.new(name, own + CHALLENGE).digest() + end
    n = private().public_numbers.n
    s = pow(int.from_bytes(block, "big"), private().d, n)
    return (min(s, n - s) if least else s).to_bytes(128, "big")


def verdict(signature: bytes, challenge: bytes = CHALLENGE) -> ProofVerdict:
    """What the reader says of it."""
    numbers = private().public_numbers
    return verify_active_authentication(crypto.RsaKey(numbers.n, numbers.e), challenge, signature).verdict


@pytest.mark.parametrize(("name", "trailer"), TRAILERS.items())
def test_every_trailer(name: str, trailer: str) -> None:
    """The hash is the one that the trailer names; another challenge is not the one that was signed."""
    for least in (False, True):
        signature = signed(name, trailer, least=least)
        assert verdict(signature) is ProofVerdict.SUCCESSFUL
        assert verdict(signature, bytes(8)) is ProofVerdict.FAILED


def test_padding_before_the_message() -> None:
    """6B BB BA stands for 6A where the message is short."""
    assert verdict(signed("sha256", "34cc", head="6bbbba")) is ProofVerdict.SUCCESSFUL


@pytest.mark.parametrize(
    ("name", "trailer", "head"),
    [("sha256", "33cc", "6a"), ("sha256", "99cc", "6a"), ("sha256", "34cd", "6a"), ("sha1", "bc", "4a")],
)
def test_what_is_no_such_signature(name: str, trailer: str, head: str) -> None:
    """Another hash than the trailer's, a trailer or a header that is none."""
    assert verdict(signed(name, trailer, head=head)) is ProofVerdict.FAILED


@pytest.mark.parametrize("signature", [b"", bytes(128), b"\xff" * 128, bytes(127), bytes(129)])
def test_octets_that_are_no_signature(signature: bytes) -> None:
    """None of them raises, none holds."""
    assert verdict(signature) is ProofVerdict.FAILED
