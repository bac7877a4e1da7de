"""The elliptic curves of travel documents: SEC 2 (prime curves), RFC 5639 (brainpool), TR-03110-3 table 4.

The numbers are those of the package `ecdsa`. A curve is known by name, by object identifier, or by its own numbers,
since 155 of 942 certificates in the field spell the numbers out.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from ecdsa import curves as _published

from limen.icao.crypto.errors import UnsupportedError


@dataclass(frozen=True, slots=True)
class Curve:
    """y^2 = x^3 + ax + b over the integers modulo p, with the generator g of prime order n. All have cofactor 1."""

    name: str
    oid: str
    p: int
    a: int
    b: int
    g: tuple[int, int]
    n: int
    h: int
    size: int
    """Octets of a coordinate."""

    @property
    def order_size(self) -> int:
        """Octets of a number modulo n: of a private key, of r and of s."""
        return (self.n.bit_length() + 7) // 8

    def __hash__(self) -> int:
        return hash(self.oid)


_SOURCES = {
    "secp192r1": _published.NIST192p,
    "secp224r1": _published.NIST224p,
    "secp256r1": _published.NIST256p,
    "secp384r1": _published.NIST384p,
    "secp521r1": _published.NIST521p,
    "secp256k1": _published.SECP256k1,
    **{
        f"brainpoolP{bits}{kind}": getattr(_published, f"BRAINPOOLP{bits}{kind}")
        for kind in ("r1", "t1")
        for bits in (160, 192, 224, 256, 320, 384, 512)
    },
}
_OPENSSL: dict[str, ec.EllipticCurve] = {
    curve.name: curve
    for curve in (
        ec.SECP224R1(),
        ec.SECP256R1(),
        ec.SECP384R1(),
        ec.SECP521R1(),
        ec.SECP256K1(),
        ec.BrainpoolP256R1(),
        ec.BrainpoolP384R1(),
        ec.BrainpoolP512R1(),
    )
}


def _curve(name: str) -> Curve:
    source = _SOURCES[name]
    p = int(source.curve.p())
    return Curve(
        name=name,
        oid=".".join(map(str, source.oid)),
        p=p,
        a=int(source.curve.a()) % p,
        b=int(source.curve.b()) % p,
        g=(int(source.generator.x()), int(source.generator.y())),
        n=int(source.order),
        h=1,
        size=(p.bit_length() + 7) // 8,
    )


CURVES = tuple(map(_curve, _SOURCES))
"""Every curve that Limen computes on."""

_BY_NAME = {curve.name: curve for curve in CURVES}
_BY_OID = {curve.oid: curve for curve in CURVES}
_BY_PARAMETERS = {(curve.p, curve.a, curve.b, curve.n): curve for curve in CURVES}


def curve_named(name: str) -> Curve:
    """Return the curve of a name such as "brainpoolP256r1". Raises `UnsupportedError`."""
    if name not in _BY_NAME:
        raise UnsupportedError(f"no curve is named {name}")
    return _BY_NAME[name]


def curve_by_oid(oid: str) -> Curve:
    """Return the curve of an object identifier in dotted form. Raises `UnsupportedError`."""
    if oid not in _BY_OID:
        raise UnsupportedError(f"unknown curve {oid}")
    return _BY_OID[oid]


def curve_by_parameters(p: int, a: int, b: int, n: int) -> Curve:
    """Return the known curve that has these numbers. Raises `UnsupportedError` for any other.

    Who takes parameters from a certificate must compare the generator with the curve's too: with a generator of its
    own choice, a forger knows the private key of any public key (CVE-2020-0601).
    """
    found = _BY_PARAMETERS.get((p, a % p, b % p, n)) if p > 0 else None
    if found is None:
        raise UnsupportedError(f"explicit parameters of {p.bit_length()} bits that are no known curve")
    return found


def openssl_curve(curve: Curve) -> ec.EllipticCurve | None:
    """Return the curve as `cryptography` names it, or None where it lacks it."""
    return _OPENSSL.get(curve.name)


def published_curve(curve: Curve) -> _published.Curve:
    """Return the curve as `ecdsa` has it."""
    return _SOURCES[curve.name]
