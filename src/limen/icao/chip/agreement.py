"""Key agreement in the groups of PACE and Chip Authentication: TR-03110-3 (2.21) appendix A.2 and A.3, DH and ECDH."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from limen.icao import crypto, der
from limen.icao.chip.errors import AnswerError, NotSupportedError

CURVES = {
    8: "secp192r1",
    9: "brainpoolP192r1",
    10: "secp224r1",
    11: "brainpoolP224r1",
    12: "secp256r1",
    13: "brainpoolP256r1",
    14: "brainpoolP320r1",
    15: "secp384r1",
    16: "brainpoolP384r1",
    17: "brainpoolP512r1",
    18: "secp521r1",
}
"""The standardized domain parameters that are curves (Doc 9303-11 table 7)."""

STANDARDIZED = "0.4.0.127.0.7.1.2"
"""Identifier under which domain parameters are given by their number."""
_LEAST_BITS = 1024


class Group(Protocol):
    """A group with a generator. Public keys are octets as the protocols carry them."""

    @property
    def name(self) -> str:
        """For people."""

    def secret(self, random: Callable[[int], bytes]) -> int:
        """Draw a private key."""

    def public(self, secret: int) -> bytes:
        """Return the public key of a private key."""

    def shared(self, secret: int, public: bytes) -> bytes:
        """Return the shared secret. Raises `AnswerError` for a public key that is not of the group."""

    def token_object(self, oid: str, public: bytes) -> bytes:
        """Return 7F49 with identifier and public key, over which authentication tokens are made."""

    def compressed(self, public: bytes) -> bytes:
        """Return Comp(public) of Terminal Authentication."""


@dataclass(frozen=True, slots=True)
class CurveGroup:
    """Points of a curve with a generator, the curve's own or a mapped one."""

    curve: crypto.Curve
    generator: crypto.Point | None = None

    @property
    def name(self) -> str:
        """Of the curve."""
        return self.curve.name

    def secret(self, random: Callable[[int], bytes]) -> int:
        """Draw 1 to n - 1: as many octets as n has, again while they are out of range."""
        return _draw(random, self.curve.n)

    def public(self, secret: int) -> bytes:
        """Return 04 || x || y."""
        return crypto.encode_point(self.curve, crypto.multiply(self.curve, secret, self.generator))

    def point(self, public: bytes) -> crypto.Point:
        """Return the point of a chip's public key. Raises `AnswerError`."""
        try:
            return crypto.decode_point(self.curve, public)
        except crypto.CryptoError as error:
            raise AnswerError(f"The chip's public key is no point of {self.curve.name}.") from error

    def shared(self, secret: int, public: bytes) -> bytes:
        """Return the x coordinate."""
        try:
            return crypto.ecdh_x(self.curve, secret, self.point(public))
        except crypto.CryptoError as error:
            raise AnswerError("The key agreement with the chip comes to nothing.") from error

    def token_object(self, oid: str, public: bytes) -> bytes:
        """Return 7F49 { 06 identifier, 86 point }."""
        return der.encode(0x7F49, der.oid(oid), der.encode(0x86, public))

    def compressed(self, public: bytes) -> bytes:
        """Return the x coordinate."""
        return public[1 : 1 + self.curve.size]


@dataclass(frozen=True, slots=True)
class ModularGroup:
    """Integers modulo p with a generator; q is None where the subgroup's order is not known."""

    name: str
    p: int
    g: int
    q: int | None

    @property
    def size(self) -> int:
        """Octets of a public key."""
        return (self.p.bit_length() + 7) // 8

    def secret(self, random: Callable[[int], bytes]) -> int:
        """Draw 1 to q - 1, or to p - 2."""
        return _draw(random, self.q or self.p - 1)

    def public(self, secret: int) -> bytes:
        """Return g^secret in the size of p."""
        return pow(self.g, secret, self.p).to_bytes(self.size, "big")

    def number(self, public: bytes) -> int:
        """Return the number of a chip's public key. Raises `AnswerError` where it is not of the subgroup."""
        value = int.from_bytes(public, "big")
        inside = len(public) <= self.size + 1 and 1 < value < self.p - 1
        if not inside or (self.q is not None and pow(value, self.q, self.p) != 1):
            raise AnswerError(f"The chip's public key is not of the group {self.name}.")
        return value

    def shared(self, secret: int, public: bytes) -> bytes:
        """Return public^secret in the size of p."""
        return pow(self.number(public), secret, self.p).to_bytes(self.size, "big")

    def token_object(self, oid: str, public: bytes) -> bytes:
        """Return 7F49 { 06 identifier, 84 number }."""
        return der.encode(0x7F49, der.oid(oid), der.encode(0x84, public))

    def compressed(self, public: bytes) -> bytes:
        """Return SHA-1 of the number."""
        return hashlib.sha1(public, usedforsecurity=False).digest()


def standardized_group(number: int) -> CurveGroup | ModularGroup:
    """Return the group of a number of the standardized domain parameters. Raises `NotSupportedError`."""
    if number in CURVES:
        return CurveGroup(crypto.curve_named(CURVES[number]))
    if number in range(3):
        group = crypto.dh_group(number)
        return ModularGroup(group.name, group.p, group.g, group.q)
    raise NotSupportedError(f"The chip names domain parameters {number}, which are not standardized.")


def group_of_key(spki: bytes) -> tuple[CurveGroup | ModularGroup, bytes]:
    """Return the group of a chip's public key, and the key as the protocols carry it.

    Raises `NotSupportedError` for a key that cannot be read or computed with.
    """
    standardized = _standardized(spki)
    if standardized is not None:
        return standardized
    try:
        key = crypto.public_key(spki)
    except crypto.CryptoError as error:
        raise NotSupportedError(f"The chip's key cannot be used: {error}.") from error
    if isinstance(key, crypto.EcKey):
        return CurveGroup(key.curve), crypto.encode_point(key.curve, key.point)
    if isinstance(key, crypto.DhKey):
        if key.p.bit_length() < _LEAST_BITS or (key.q is not None and not 1 << 128 < key.q < key.p):
            raise NotSupportedError("The chip's key is of a group too small to agree on keys in.")
        group = ModularGroup(str(key), key.p, key.g, key.q)
        return group, key.y.to_bytes(group.size, "big")
    raise NotSupportedError(f"The chip's key is of {key}, which agrees on no keys.")


def _standardized(spki: bytes) -> tuple[CurveGroup | ModularGroup, bytes] | None:
    """Return group and key where the group is given by its number (TR-03110-3 appendix A.2.1.1), else None."""
    try:
        fields = der.parse(spki, lenient=True).fields(0x30)
        algorithm = fields.take(0x30).fields()
        if der.as_oid(algorithm.take()) != STANDARDIZED:
            return None
        group = standardized_group(der.as_int(algorithm.take()))
        bits, _ = der.as_bits(fields.take(0x03))
        if isinstance(group, ModularGroup):
            bits = der.as_int(der.parse(bits, lenient=True)).to_bytes(group.size, "big")
        else:
            bits = crypto.encode_point(group.curve, group.point(bits))
    except (der.DerError, OverflowError, AnswerError) as error:
        raise NotSupportedError("The chip's key cannot be read.") from error
    return group, bits


def _draw(random: Callable[[int], bytes], below: int) -> int:
    size = (below.bit_length() + 7) // 8
    mask = (1 << below.bit_length()) - 1
    while not 1 <= (drawn := int.from_bytes(random(size), "big") & mask) < below:
        pass
    return drawn
