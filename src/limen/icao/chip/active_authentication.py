"""Active Authentication: Doc 9303-11 (8th edition) section 6.1; ISO/IEC 9796-2 scheme 1 and ECDSA."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence

from limen.icao import crypto
from limen.icao.chip.apdu import SHORT_LE, Command
from limen.icao.chip.link import Link
from limen.icao.chip.proof import ProofOutcome, failed, not_supported, successful
from limen.icao.lds.security_infos import ActiveAuthenticationInfo

_HASH_OF_TRAILER = {0x31: None, 0x33: "sha1", 0x34: "sha256", 0x35: "sha512", 0x36: "sha384", 0x38: "sha224"}
"""Second last octet of a trailer that ends with CC (ISO/IEC 10118-3 numbers); None is RIPEMD-160."""
_HASHES = ("sha256", "sha1", "sha224", "sha384", "sha512")
_LEAST = 64
_CHALLENGE = 8


def active_authentication(
    link: Link, spki: bytes, infos: Sequence[ActiveAuthenticationInfo], random: Callable[[int], bytes]
) -> ProofOutcome:
    """Let the chip sign a challenge with the key of DG15, and say whether it did. Raises `ChipError`."""
    link.step = "active authentication"
    try:
        key = crypto.public_key(spki)
    except crypto.CryptoError as error:
        return not_supported("The key of active authentication cannot be used.", f"{error}.")
    challenge = random(_CHALLENGE)
    size = (key.n.bit_length() + 7) // 8 if isinstance(key, crypto.RsaKey) else SHORT_LE
    answer = link.send(Command(0, 0x88, 0, 0, challenge, max(size, SHORT_LE) if link.extended else SHORT_LE))
    if not answer.ok:
        return failed("The chip does not sign the challenge.", f"Status word {answer.sw:04X}.")
    return verify_active_authentication(key, challenge, answer.data, infos)


def verify_active_authentication(
    key: crypto.PublicKey, challenge: bytes, signature: bytes, infos: Sequence[ActiveAuthenticationInfo] = ()
) -> ProofOutcome:
    """Say whether the signature over the challenge is the key's."""
    if isinstance(key, crypto.DhKey):
        return not_supported(f"Active authentication with a key of {key} is not defined.")
    try:
        if isinstance(key, crypto.RsaKey):
            how = _rsa(key, challenge, signature)
        else:
            how = _ecdsa(key, challenge, signature, infos)
    except crypto.UnsupportedError as error:
        return not_supported("The signature of active authentication cannot be computed.", f"{error}.")
    except crypto.CryptoError as error:
        return failed("The chip is not the one whose key was signed: its signature is wrong.", f"{error}.")
    return successful(f"The chip signed the challenge ({key}, {how}).")


def _ecdsa(key: crypto.EcKey, challenge: bytes, signature: bytes, infos: Sequence[ActiveAuthenticationInfo]) -> str:
    named = [info.hash_name for info in infos if info.hash_name is not None]
    if infos and not set(named) & set(_HASHES):
        raise crypto.UnsupportedError("the signature is over a hash that is not computed")
    # Without DG14's word on the hash any of them may be meant; each is as good a proof as the others.
    for name in [one for one in named if one in _HASHES] or _HASHES:
        try:
            crypto.verify_raw_ecdsa(key, name, signature, challenge)
        except crypto.SignatureMismatch:
            continue
        return f"ECDSA with {name}"
    raise crypto.SignatureMismatch("the ECDSA signature does not verify")


def _rsa(key: crypto.RsaKey, challenge: bytes, signature: bytes) -> str:
    number, size = int.from_bytes(signature, "big"), (key.n.bit_length() + 7) // 8
    if len(signature) != size or number >= key.n or size < _LEAST:
        raise crypto.SignatureMismatch(f"a signature of {len(signature)} octets by a key of {size}")
    opened = pow(number, key.e, key.n)
    if opened & 0x0F != 0x0C:
        # ISO/IEC 9796-2 lets the signer give the lesser of s and n - s.
        opened = key.n - opened
    block = opened.to_bytes(size, "big")
    name, trailer = _trailer(block)
    digest_size = hashlib.new(name, usedforsecurity=False).digest_size
    digest = block[-trailer - digest_size : -trailer]
    recovered = _recovered(block[: -trailer - digest_size])
    actual = hashlib.new(name, recovered + challenge, usedforsecurity=False).digest()
    if not hmac.compare_digest(digest, actual):
        raise crypto.SignatureMismatch("the recovered digest is not that of the challenge")
    return f"ISO/IEC 9796-2 with {name}"


def _trailer(block: bytes) -> tuple[str, int]:
    """Return the hash, and the octets of the trailer."""
    if block[-1] == 0xBC:
        return "sha1", 1
    if block[-1] != 0xCC:
        raise crypto.SignatureMismatch("the signature opens to something without trailer")
    if block[-2] not in _HASH_OF_TRAILER:
        raise crypto.SignatureMismatch(f"the trailer {block[-2]:02X}CC stands for no hash")
    name = _HASH_OF_TRAILER[block[-2]]
    if name is None:
        raise crypto.UnsupportedError("the signature is over RIPEMD-160")
    return name, 2


def _recovered(head: bytes) -> bytes:
    """Return the part of the message that the block holds: 6A, or 6B BB ... BA, stands before it."""
    if head[:1] == b"\x6a":
        return head[1:]
    at = 1
    while at < len(head) and head[at] == 0xBB:
        at += 1
    if head[:1] != b"\x6b" or head[at : at + 1] != b"\xba":
        raise crypto.SignatureMismatch("the signature opens to something without header")
    return head[at + 1 :]
