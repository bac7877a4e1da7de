"""Public keys as certificates and chips state them: SubjectPublicKeyInfo of RFC 5280 section 4.1, RFC 3279, RFC 5480.

Elliptic curve parameters may be spelled out (ECParameters of SEC 1 appendix C); they are then matched, generator
included, against the known curves, and no other curve is ever computed on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from limen.icao import der
from limen.icao.crypto.curves import Curve, curve_by_oid, curve_by_parameters
from limen.icao.crypto.ec import Point, decode_point
from limen.icao.crypto.errors import CryptoError, UnsupportedError

_RSA = frozenset({"1.2.840.113549.1.1.1", "1.2.840.113549.1.1.7", "1.2.840.113549.1.1.10"})
_EC = frozenset({"1.2.840.10045.2.1", "1.3.132.1.12", "0.4.0.127.0.7.1.1.1"})
_DH_PKCS3 = "1.2.840.113549.1.3.1"
_DH_X942 = "1.2.840.10046.2.1"
_PRIME_FIELD = "1.2.840.10045.1.1"
_MAX_RSA_BITS = 16384


@dataclass(frozen=True, slots=True)
class RsaKey:
    """An RSA key: modulus and public exponent."""

    n: int
    e: int

    def __str__(self) -> str:
        return f"RSA {self.n.bit_length()}"


@dataclass(frozen=True, slots=True)
class EcKey:
    """A point of a known curve."""

    curve: Curve
    point: Point
    explicit: bool = False
    """Whether the curve was spelled out instead of named."""

    def __str__(self) -> str:
        return f"EC {self.curve.name}"


@dataclass(frozen=True, slots=True)
class DhKey:
    """A Diffie-Hellman key with the group it states; `q` is None where the subgroup's order is not stated."""

    p: int
    g: int
    q: int | None
    y: int

    def __str__(self) -> str:
        return f"DH {self.p.bit_length()}"


PublicKey: TypeAlias = RsaKey | EcKey | DhKey


def public_key(spki: bytes | der.Element) -> PublicKey:
    """Return the key of a SubjectPublicKeyInfo.

    Raises `UnsupportedError` for an algorithm or curve that is not known, `CryptoError` for whatever is malformed.
    """
    try:
        element = der.parse(spki, lenient=True) if isinstance(spki, bytes) else spki
        fields = element.fields(0x30)
        algorithm = fields.take(0x30).fields()
        oid = der.as_oid(algorithm.take())
        parameters = algorithm.take() if algorithm.more else None
        bits, _ = der.as_bits(fields.take(0x03))
        return _key(oid, parameters, bits)
    except der.DerError as error:
        raise CryptoError(f"a public key that cannot be read: {error}") from error


def _key(oid: str, parameters: der.Element | None, bits: bytes) -> PublicKey:
    if oid in _RSA:
        return _rsa(bits)
    if oid in _EC:
        if parameters is None:
            raise CryptoError("an elliptic curve key without its curve")
        curve = _curve(parameters)
        return EcKey(curve, decode_point(curve, bits), explicit=parameters.tag == 0x30)
    if oid in {_DH_PKCS3, _DH_X942}:
        return _dh(oid, parameters, bits)
    raise UnsupportedError(f"a public key of an unknown algorithm, {oid}")


def _rsa(bits: bytes) -> RsaKey:
    fields = der.parse(bits, lenient=True).fields(0x30)
    n, e = _unsigned(fields.take(0x02)), _unsigned(fields.take(0x02))
    if not (n % 2 and e % 2 and 1 < e < n and n.bit_length() <= _MAX_RSA_BITS):
        raise CryptoError(f"an RSA key of {n.bit_length()} bits that is none")
    return RsaKey(n, e)


def _unsigned(element: der.Element) -> int:
    """Return an INTEGER that is never negative: some issuers forgot the leading zero."""
    return int.from_bytes(element.value, "big")


def _curve(parameters: der.Element) -> Curve:
    if parameters.tag == 0x06:
        return curve_by_oid(der.as_oid(parameters))
    if parameters.tag != 0x30:
        raise UnsupportedError("an elliptic curve key that leaves its curve to be known from elsewhere")
    fields = parameters.fields()
    der.as_int(fields.take(0x02))
    field = fields.take(0x30).fields()
    if der.as_oid(field.take()) != _PRIME_FIELD:
        raise UnsupportedError("an elliptic curve over a field that is not prime")
    p = _unsigned(field.take(0x02))
    coefficients = fields.take(0x30).fields()
    a, b = (int.from_bytes(der.as_octets(coefficients.take()), "big") for _ in range(2))
    generator = der.as_octets(fields.take())
    curve = curve_by_parameters(p, a, b, _unsigned(fields.take(0x02)))
    if decode_point(curve, generator) != curve.g:
        raise UnsupportedError(f"explicit parameters of {curve.name} with another generator")
    if fields.peek() == 0x02 and der.as_int(fields.take()) != curve.h:
        raise UnsupportedError(f"explicit parameters of {curve.name} with another cofactor")
    return curve


def _dh(oid: str, parameters: der.Element | None, bits: bytes) -> DhKey:
    if parameters is None:
        raise CryptoError("a Diffie-Hellman key without its group")
    fields = parameters.fields(0x30)
    p, g = der.as_int(fields.take(0x02)), der.as_int(fields.take(0x02))
    q = der.as_int(fields.take(0x02)) if oid == _DH_X942 else None
    y = der.as_int(der.parse(bits, lenient=True))
    if not (1 < y < p - 1 and 1 < g < p and p.bit_length() <= _MAX_RSA_BITS):
        raise CryptoError("a Diffie-Hellman key that is none")
    return DhKey(p, g, q, y)
