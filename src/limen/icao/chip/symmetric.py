"""Ciphers, authentication codes and derived keys: Doc 9303-11 (8th edition) sections 9.7 and 9.8.

3DES goes with two keys in CBC and the retail MAC (ISO/IEC 9797-1 algorithm 3); AES with CBC and CMAC cut to 8 octets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher as _Cipher
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

from limen.icao.lds.security_infos import Cipher

ENCRYPTION, AUTHENTICATION, PASSWORD = 1, 2, 3
"""Counters of the key derivation."""

_KEY_SIZES = {Cipher.DES3: 16, Cipher.AES_128: 16, Cipher.AES_192: 24, Cipher.AES_256: 32}
_MAC_SIZE = 8


def key_size(cipher: Cipher) -> int:
    """Return the octets of a key."""
    return _KEY_SIZES[cipher]


def block_size(cipher: Cipher) -> int:
    """Return the octets of a block, of the padding and of the send sequence counter."""
    return 8 if cipher is Cipher.DES3 else 16


def derive_key(cipher: Cipher, secret: bytes, counter: int) -> bytes:
    """Return the key that KDF makes of a secret (section 9.7.1), DES keys with odd parity."""
    size = key_size(cipher)
    name = "sha1" if size == 16 else "sha256"
    digest = hashlib.new(name, secret + counter.to_bytes(4, "big"), usedforsecurity=False).digest()
    return _odd_parity(digest[:size]) if cipher is Cipher.DES3 else digest[:size]


def encrypt(cipher: Cipher, key: bytes, data: bytes, iv: bytes | None = None) -> bytes:
    """Return whole blocks in CBC, from a vector of zeros where none is given."""
    worker = _cbc(cipher, key, iv).encryptor()
    return worker.update(data) + worker.finalize()


def decrypt(cipher: Cipher, key: bytes, data: bytes, iv: bytes | None = None) -> bytes:
    """Return whole blocks out of CBC; raises `ValueError` for a length that is not of whole blocks."""
    worker = _cbc(cipher, key, iv).decryptor()
    return worker.update(data) + worker.finalize()


def block_encryptor(cipher: Cipher, key: bytes) -> Callable[[bytes], bytes]:
    """Return what encrypts whole blocks one by one (ECB), for a key that many are encrypted with."""
    algorithm = TripleDES(key + key[:8]) if cipher is Cipher.DES3 else algorithms.AES(key)
    return _Cipher(algorithm, modes.ECB()).encryptor().update  # noqa: S305 - a counter is encrypted, never text


def mac(cipher: Cipher, key: bytes, data: bytes) -> bytes:
    """Return eight octets. The retail MAC pads the data; CMAC needs no padding."""
    if cipher is Cipher.DES3:
        return _retail_mac(key, pad(data, 8))
    worker = CMAC(algorithms.AES(key))
    worker.update(data)
    return worker.finalize()[:_MAC_SIZE]


def pad(data: bytes, block: int) -> bytes:
    """Return the data with 80 00 ... up to a whole block (ISO/IEC 9797-1 padding method 2)."""
    return data + b"\x80" + bytes(-(len(data) + 1) % block)


def unpad(data: bytes) -> bytes:
    """Return the data without its padding; raises `ValueError` where there is none."""
    stripped = data.rstrip(b"\x00")
    if stripped[-1:] != b"\x80":
        raise ValueError("no padding")
    return stripped[:-1]


def _cbc(cipher: Cipher, key: bytes, iv: bytes | None) -> _Cipher[modes.CBC]:
    mode = modes.CBC(bytes(block_size(cipher)) if iv is None else iv)
    if cipher is Cipher.DES3:
        return _Cipher(TripleDES(key + key[:8]), mode)
    return _Cipher(algorithms.AES(key), mode)


def _retail_mac(key: bytes, padded: bytes) -> bytes:
    first, second = key[:8] * 3, key[8:] * 3
    worker = _Cipher(TripleDES(first), modes.CBC(bytes(8))).encryptor()
    last = (worker.update(padded) + worker.finalize())[-8:]
    middle = _Cipher(TripleDES(second), modes.CBC(bytes(8))).decryptor()
    plain = middle.update(last) + middle.finalize()
    final = _Cipher(TripleDES(first), modes.CBC(bytes(8))).encryptor()
    return final.update(plain) + final.finalize()


def _odd_parity(key: bytes) -> bytes:
    return bytes(octet & 0xFE | (octet >> 1).bit_count() + 1 & 1 for octet in key)
