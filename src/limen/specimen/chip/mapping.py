"""The integrated mapping of PACE on the card's side: Doc 9303-11, 4.4.3.3.2 and appendix B."""

from __future__ import annotations

from typing import Any, Final

from ecdsa.ellipticcurve import PointJacobi

from limen.specimen.chip.agreement import Group, IntegerGroup, PointGroup
from limen.specimen.chip.spec import Cipher
from limen.specimen.chip.symmetric import encrypt, key_size
from limen.specimen.errors import NotPossibleError

_CONSTANTS: Final = {
    16: ("a668892a7c41e3ca739f40b057d85904", "a4e136ac725f738b01c1f60217c188ad"),
    32: (
        "d463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676",
        "54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517",
    ),
}
_SURPLUS: Final = 64
"""Bits drawn beyond the prime's own, so that the remainder is even."""


def nonce_size(cipher: Cipher) -> int:
    """Return the octets of the nonce: whole blocks, no fewer than the key has."""
    return 16 if key_size(cipher) == 16 else 32


def pseudo_random(cipher: Cipher, nonce: bytes, other: bytes, prime: int) -> int:
    """Return a number below `prime` from the card's and the terminal's nonces."""
    first, second = map(bytes.fromhex, _CONSTANTS[len(nonce)])
    size = key_size(cipher)
    key = encrypt(cipher, other[:size], nonce)
    drawn = b""
    while len(drawn) * 8 < prime.bit_length() + _SURPLUS:
        drawn += encrypt(cipher, key[:size], second)
        key = encrypt(cipher, key[:size], first)
    return int.from_bytes(drawn, "big") % prime


def mapped_generator(group: Group, cipher: Cipher, nonce: bytes, other: bytes) -> Any:
    """Return the ephemeral generator. Raises `NotPossibleError` for a curve that the mapping is not made for."""
    if isinstance(group, IntegerGroup):
        prime = group.group.p
        return pow(pseudo_random(cipher, nonce, other, prime), (prime - 1) // group.order, prime)
    assert isinstance(group, PointGroup)
    return encoded_point(group, pseudo_random(cipher, nonce, other, int(group.curve.curve.p())))


def encoded_point(group: PointGroup, number: int) -> Any:
    """Return the point that a number of the field stands for."""
    field = group.curve.curve
    p, a, b = int(field.p()), int(field.a()) % int(field.p()), int(field.b())
    if p % 4 != 3:
        raise NotPossibleError(f"PACE with integrated mapping is not made for {group.name}")
    alpha = -number * number % p
    x2 = -b * pow(a, -1, p) * (1 + pow(alpha + alpha * alpha, -1, p)) % p
    x3 = alpha * x2 % p
    h2 = (pow(x2, 3, p) + a * x2 + b) % p
    root = pow(h2, p - 1 - (p + 1) // 4, p)
    if root * root * h2 % p == 1:
        x, y = x2, root * h2 % p
    else:
        x, y = x3, root * pow(number, 3, p) * h2 % p
    return PointJacobi(field, x, y, 1, group.order)
