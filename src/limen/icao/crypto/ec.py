"""Arithmetic with points: what PACE's mappings, Chip Authentication and ECDSA need (TR-03111 sections 2.3 and 4.3).

Multiplication goes through OpenSSL where `cryptography` offers the curve. That gives only the x of a product; its y
follows from the x of the next multiple. On other curves `ecdsa` computes, with gmpy2.
Neither the point at infinity nor a point off the curve ever comes out, or is taken.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from cryptography.hazmat.primitives.asymmetric import ec
from ecdsa import ellipticcurve

from limen.icao.crypto.curves import Curve, openssl_curve, published_curve
from limen.icao.crypto.errors import CryptoError

Point: TypeAlias = tuple[int, int]
"""Affine coordinates (x, y)."""


def is_on_curve(curve: Curve, point: Point) -> bool:
    """Say whether the point satisfies the curve's equation, in coordinates below p."""
    x, y = point
    if not (0 <= x < curve.p and 0 <= y < curve.p):
        return False
    return (y * y - (x * x * x + curve.a * x + curve.b)) % curve.p == 0


def multiply(curve: Curve, k: int, point: Point | None = None) -> Point:
    """Return k times the point, or times the generator. Raises `CryptoError` at infinity or off the curve."""
    k %= curve.n
    if k == 0:
        raise CryptoError("a multiple of a point is the point at infinity")
    if point is not None:
        _require(curve, point)
    known = openssl_curve(curve)
    if known is None:
        return _by_ecdsa(curve, k, curve.g if point is None else point)
    if point is None or point == curve.g:
        return _public_point(_private_key(k, known))
    if k == 1:
        return point
    if k == curve.n - 1:
        return _negative(curve, point)
    return _with_y(curve, k, point, known)


def add(curve: Curve, first: Point, second: Point) -> Point:
    """Return the sum of two points. Raises `CryptoError` at infinity or off the curve."""
    _require(curve, first)
    _require(curve, second)
    return _sum(curve, first, second)


def ecdh_x(curve: Curve, k: int, point: Point) -> bytes:
    """Return the x of k times the point, in the curve's size: the shared secret of TR-03111 section 4.3.1."""
    k %= curve.n
    _require(curve, point)
    known = openssl_curve(curve)
    if known is None or k == 0:
        return multiply(curve, k, point)[0].to_bytes(curve.size, "big")
    return _private_key(k, known).exchange(ec.ECDH(), _public_key(point, known))


def encode_point(curve: Curve, point: Point) -> bytes:
    """Return 04 || x || y."""
    return b"\x04" + point[0].to_bytes(curve.size, "big") + point[1].to_bytes(curve.size, "big")


def decode_point(curve: Curve, data: bytes) -> Point:
    """Return the point of an uncompressed or compressed encoding (SEC 1 section 2.3.4).

    Raises `CryptoError` for the point at infinity, for a point off the curve and for any other length or form.
    """
    form, body = data[:1], data[1:]
    if form == b"\x04" and len(body) == 2 * curve.size:
        point = int.from_bytes(body[: curve.size], "big"), int.from_bytes(body[curve.size :], "big")
    elif form in {b"\x02", b"\x03"} and len(body) == curve.size:
        point = _decompressed(curve, int.from_bytes(body, "big"), form[0] & 1)
    else:
        raise CryptoError(f"{len(data)} octets that encode no point of {curve.name}")
    _require(curve, point)
    return point


@lru_cache(maxsize=64)
def openssl_public_key(curve: Curve, point: Point) -> ec.EllipticCurvePublicKey | None:
    """Return the key as `cryptography` holds it, or None where it lacks the curve. Raises `CryptoError`."""
    known = openssl_curve(curve)
    if known is None:
        return None
    try:
        return ec.EllipticCurvePublicNumbers(*point, known).public_key()
    except ValueError as error:
        raise CryptoError(f"not a point of {curve.name}") from error


def _require(curve: Curve, point: Point) -> None:
    if not is_on_curve(curve, point):
        raise CryptoError(f"a point that is not on {curve.name}")


def _negative(curve: Curve, point: Point) -> Point:
    return point[0], -point[1] % curve.p


def _with_y(curve: Curve, k: int, point: Point, known: ec.EllipticCurve) -> Point:
    own, other = _private_key(k, known), _public_key(point, known)
    x = int.from_bytes(own.exchange(ec.ECDH(), other), "big")
    # The public key of k + 1 is one addition away from that of k, and half of what OpenSSL would do to make it.
    following = ec.EllipticCurvePublicNumbers(*_sum(curve, _public_point(own), curve.g), known)
    above = ec.EllipticCurvePrivateNumbers(k + 1, following).private_key()
    next_x = int.from_bytes(above.exchange(ec.ECDH(), other), "big")
    # Okeya and Sakurai (CHES 2001): two multiples in a row and the point tell y. The point is not of order two.
    (px, py), p = point, curve.p
    y = (2 * curve.b + (curve.a + px * x) * (px + x) - next_x * (px - x) ** 2) * pow(2 * py, -1, p) % p
    if not is_on_curve(curve, (x, y)):
        raise CryptoError("a multiplication that contradicts itself")
    return x, y


@lru_cache(maxsize=2)
def _private_key(k: int, known: ec.EllipticCurve) -> ec.EllipticCurvePrivateKey:
    """Return OpenSSL's key; a protocol multiplies twice or three times by one number, and making the key is dearest."""
    return ec.derive_private_key(k, known)


def _public_key(point: Point, known: ec.EllipticCurve) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicNumbers(*point, known).public_key()


def _public_point(key: ec.EllipticCurvePrivateKey) -> Point:
    numbers = key.public_key().public_numbers()
    return numbers.x, numbers.y


def _sum(curve: Curve, first: Point, second: Point) -> Point:
    (x1, y1), (x2, y2), p = first, second, curve.p
    if x1 != x2:
        slope = (y2 - y1) * pow(x2 - x1, -1, p)
    elif y1 == y2 and y1:
        slope = (3 * x1 * x1 + curve.a) * pow(2 * y1, -1, p)
    else:
        raise CryptoError("a sum of points is the point at infinity")
    x = (slope * slope - x1 - x2) % p
    return x, (slope * (x1 - x) - y1) % p


def _by_ecdsa(curve: Curve, k: int, point: Point) -> Point:
    source = published_curve(curve)
    product = ellipticcurve.PointJacobi(source.curve, *point, 1, source.order) * k
    return int(product.x()), int(product.y())


def _decompressed(curve: Curve, x: int, odd: int) -> Point:
    y = _square_root((x * x * x + curve.a * x + curve.b) % curve.p, curve.p)
    return x, y if y & 1 == odd else -y % curve.p


def _square_root(square: int, p: int) -> int:
    """Return a root modulo p by Tonelli and Shanks; for most curves, p = 3 mod 4, it is one power."""
    root = pow(square, (p + 1) // 4, p) if p % 4 == 3 else _tonelli_shanks(square, p)
    if root * root % p != square:
        raise CryptoError("an x that no point of the curve has")
    return root


def _tonelli_shanks(square: int, p: int) -> int:
    if pow(square, (p - 1) // 2, p) != 1:
        return 0
    odd, twos = p - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    other = next(z for z in range(2, 1000) if pow(z, (p - 1) // 2, p) == p - 1)
    factor, rest, root = pow(other, odd, p), pow(square, odd, p), pow(square, (odd + 1) // 2, p)
    while rest != 1:
        step, power = 0, rest
        while power != 1:
            power, step = power * power % p, step + 1
        lift = pow(factor, 1 << (twos - step - 1), p)
        factor, twos = lift * lift % p, step
        rest, root = rest * factor % p, root * lift % p
    return root
