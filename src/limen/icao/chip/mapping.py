"""How PACE maps a nonce to a generator: Doc 9303-11 (8th edition) section 4.4.3.3 and appendix B."""

from __future__ import annotations

from limen.icao import crypto
from limen.icao.chip.agreement import CurveGroup, ModularGroup
from limen.icao.chip.errors import AnswerError, NotSupportedError
from limen.icao.chip.symmetric import encrypt, key_size
from limen.icao.lds.security_infos import Cipher

_CONSTANTS = {
    16: ("a668892a7c41e3ca739f40b057d85904", "a4e136ac725f738b01c1f60217c188ad"),
    32: (
        "d463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676",
        "54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517",
    ),
}
"""c0 and c1 of appendix B by the octets of the nonce."""
_SURPLUS_BITS = 64


def generic_mapping(
    group: CurveGroup | ModularGroup, nonce: bytes, secret: int, public: bytes
) -> CurveGroup | ModularGroup:
    """Return the group with the generator s * G + H, where H is the shared secret. Raises `AnswerError`."""
    number = int.from_bytes(nonce, "big")
    if isinstance(group, ModularGroup):
        shared = pow(group.number(public), secret, group.p)
        generator = pow(group.g, number, group.p) * shared % group.p
        if generator <= 1:
            raise AnswerError("PACE maps to no generator.")
        return ModularGroup(group.name, group.p, generator, group.q)
    try:
        point = crypto.multiply(group.curve, secret, group.point(public))
        mapped = crypto.add(group.curve, crypto.multiply(group.curve, number), point)
    except crypto.CryptoError as error:
        raise AnswerError("PACE maps to no generator.") from error
    return CurveGroup(group.curve, mapped)


def integrated_mapping(
    group: CurveGroup | ModularGroup, cipher: Cipher, nonce: bytes, other: bytes
) -> CurveGroup | ModularGroup:
    """Return the group with the generator that both nonces lead to. Raises `AnswerError`, `NotSupportedError`."""
    if isinstance(group, CurveGroup):
        if group.curve.p % 4 != 3:
            raise NotSupportedError(f"PACE with integrated mapping is not defined on {group.name}.")
        return CurveGroup(group.curve, point_of(group.curve, pseudo_random(cipher, nonce, other, group.curve.p)))
    if group.q is None:
        raise NotSupportedError("PACE with integrated mapping wants the order of the group.")
    number = pseudo_random(cipher, nonce, other, group.p)
    generator = pow(number, (group.p - 1) // group.q, group.p)
    if generator <= 1:
        raise AnswerError("PACE maps to no generator.")
    return ModularGroup(group.name, group.p, generator, group.q)


def nonce_size(cipher: Cipher) -> int:
    """Return the octets of the chip's nonce with integrated mapping: the least whole blocks that a key fits into."""
    return 16 if key_size(cipher) == 16 else 32


def pseudo_random(cipher: Cipher, nonce: bytes, other: bytes, prime: int) -> int:
    """Return R_p(s, t), a number below `prime`; `nonce` is the chip's (s), `other` the terminal's (t)."""
    size = key_size(cipher)
    first, second = map(bytes.fromhex, _CONSTANTS[nonce_size(cipher)])
    key = encrypt(cipher, other, nonce)[:size]
    drawn = b""
    while 8 * len(drawn) < prime.bit_length() + _SURPLUS_BITS:
        drawn += encrypt(cipher, key, second)
        key = encrypt(cipher, key, first)[:size]
    return int.from_bytes(drawn, "big") % prime


def point_of(curve: crypto.Curve, t: int) -> crypto.Point:
    """Return the point that a number of the field stands for, in constant steps (appendix B.1, p = 3 mod 4)."""
    p, a, b = curve.p, curve.a, curve.b
    alpha = -t * t % p
    try:
        x2 = -b * pow(a, -1, p) * (1 + pow(alpha + alpha * alpha, -1, p)) % p
    except ValueError as error:
        raise AnswerError("PACE maps to no generator.") from error
    x3 = alpha * x2 % p
    h2 = (x2 * x2 * x2 + a * x2 + b) % p
    root = pow(h2, p - 1 - (p + 1) // 4, p)
    if root * root * h2 % p == 1:
        return x2, root * h2 % p
    return x3, root * t * t * t * h2 % p
