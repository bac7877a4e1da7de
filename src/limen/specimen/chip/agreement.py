"""Key agreement on the card's side: groups of points and of integers behind one face (Doc 9303-11, 9.4 and 9.5)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from ecdsa.ellipticcurve import INFINITY, PointJacobi
from ecdsa.errors import MalformedPointError

from limen.icao.crypto import DhGroup, dh_group
from limen.icao.der import bit_string, encode, integer, oid, sequence
from limen.specimen.chip.signing import curve_named, ec_parameters
from limen.specimen.chip.wire import RefusedError, Status
from limen.specimen.errors import UnknownNameError

Random = Callable[[int], bytes]
"""Gives that many random octets."""

DOMAINS: Final = {
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
"""Curves among the standardized domain parameters, by their number (9.5.1)."""

_DH_GROUPS: Final = 3
_EC_KEY: Final = "1.2.840.10045.2.1"
_STANDARDIZED: Final = "0.4.0.127.0.7.1.2"
_DH_KEY: Final = "1.2.840.10046.2.1"


class Group(Protocol):
    """Where keys are agreed on. An element is a point or an integer."""

    @property
    def family(self) -> str:
        """`DH` or `ECDH`."""
        ...

    @property
    def tag(self) -> int:
        """Of a public key inside a public key data object."""
        ...

    @property
    def order(self) -> int:
        """Of the generator."""
        ...

    @property
    def generator(self) -> Any:
        """The element that keys are multiples of."""
        ...

    def times(self, scalar: int, element: Any) -> Any:
        """Return the multiple (or power) of an element."""
        ...

    def plus(self, first: Any, second: Any) -> Any:
        """Return the sum (or product)."""
        ...

    def encode(self, element: Any) -> bytes:
        """Return an element's octets."""
        ...

    def decode(self, data: bytes) -> Any:
        """Return the element. Raises `RefusedError` for what is none of the group."""
        ...

    def secret(self, element: Any) -> bytes:
        """Return the octets of a shared element that keys are derived from."""
        ...

    def compressed(self, public: bytes) -> bytes:
        """Return Comp of a public key's octets: its x, or the SHA-1 of a number."""
        ...

    def key_info(self, element: Any, *, standardized: bool = False) -> bytes:
        """Return a SubjectPublicKeyInfo, its domain spelt out or as the standardized number."""
        ...


def group_of(domain: int) -> Group:
    """Return the group with that standardized number. Raises `UnknownNameError`."""
    if 0 <= domain < _DH_GROUPS:
        return IntegerGroup(domain, dh_group(domain))
    if domain not in DOMAINS:
        raise UnknownNameError("domain", str(domain), map(str, (*range(_DH_GROUPS), *DOMAINS)))
    return PointGroup(domain, DOMAINS[domain])


def draw(group: Group, random: Random) -> int:
    """Return a private key."""
    size = (group.order.bit_length() + 7) // 8 + 8
    return int.from_bytes(random(size), "big") % (group.order - 1) + 1


@dataclass(frozen=True, slots=True)
class PointGroup:
    """Points of a curve; see `Group`."""

    domain: int
    name: str
    family: str = "ECDH"
    tag: int = 0x86

    @property
    def curve(self) -> Any:
        """The curve as the `ecdsa` package has it."""
        return curve_named(self.name)

    @property
    def size(self) -> int:
        """Octets of a coordinate."""
        return (int(self.curve.curve.p()).bit_length() + 7) // 8

    @property
    def order(self) -> int:
        """Of the generator."""
        return int(self.curve.order)

    @property
    def generator(self) -> Any:
        """The curve's base point."""
        return self.curve.generator

    def times(self, scalar: int, element: Any) -> Any:
        """Return the multiple of a point."""
        return element * scalar

    def plus(self, first: Any, second: Any) -> Any:
        """Return the sum of two points."""
        return first + second

    def encode(self, element: Any) -> bytes:
        """Return 04 || x || y. Raises `RefusedError` for the point at infinity."""
        if element == INFINITY:
            raise RefusedError(Status.WRONG_DATA)
        octets: bytes = element.to_bytes("uncompressed")
        return octets

    def decode(self, data: bytes) -> Any:
        """Return the point. Raises `RefusedError` for what is not on the curve."""
        try:
            return PointJacobi.from_bytes(self.curve.curve, data, valid_encodings={"uncompressed"}, order=self.order)
        except (MalformedPointError, ValueError):
            raise RefusedError(Status.WRONG_DATA) from None

    def secret(self, element: Any) -> bytes:
        """Return the x-coordinate."""
        return self.encode(element)[1 : 1 + self.size]

    def compressed(self, public: bytes) -> bytes:
        """Return the x coordinate."""
        return public[1 : 1 + (len(public) - 1) // 2]

    def key_info(self, element: Any, *, standardized: bool = False) -> bytes:
        """Return a SubjectPublicKeyInfo."""
        explicit = sequence(oid(_EC_KEY), ec_parameters(self.name))
        short = sequence(oid(_STANDARDIZED), integer(self.domain))
        return sequence(short if standardized else explicit, bit_string(self.encode(element)))


@dataclass(frozen=True, slots=True)
class IntegerGroup:
    """Integers modulo a prime; see `Group`."""

    domain: int
    group: DhGroup
    family: str = "DH"
    tag: int = 0x84

    @property
    def order(self) -> int:
        """Of the generator."""
        return self.group.q

    @property
    def generator(self) -> int:
        """The group's base."""
        return self.group.g

    def times(self, scalar: int, element: int) -> int:
        """Return the power."""
        return pow(element, scalar, self.group.p)

    def plus(self, first: int, second: int) -> int:
        """Return the product."""
        return first * second % self.group.p

    def encode(self, element: int) -> bytes:
        """Return the integer in as many octets as the prime has."""
        return element.to_bytes(self.group.size, "big")

    def decode(self, data: bytes) -> int:
        """Return the integer. Raises `RefusedError` for what is not in the subgroup."""
        number = int.from_bytes(data, "big")
        if not 1 < number < self.group.p - 1 or pow(number, self.group.q, self.group.p) != 1:
            raise RefusedError(Status.WRONG_DATA)
        return number

    def secret(self, element: int) -> bytes:
        """Return the integer's octets."""
        return self.encode(element)

    def compressed(self, public: bytes) -> bytes:
        """Return the number's SHA-1."""
        return hashlib.sha1(public, usedforsecurity=False).digest()

    def key_info(self, element: int, *, standardized: bool = False) -> bytes:
        """Return a SubjectPublicKeyInfo."""
        values = (integer(value) for value in (self.group.p, self.group.g, self.group.q))
        explicit = sequence(oid(_DH_KEY), sequence(*values))
        short = sequence(oid(_STANDARDIZED), integer(self.domain))
        return sequence(short if standardized else explicit, bit_string(integer(element)))


def public_key_object(group: Group, protocol: bytes, public: bytes) -> bytes:
    """Return the public key data object that authentication tokens are computed over (9.4.1)."""
    return encode(0x7F49, protocol, encode(group.tag, public))
