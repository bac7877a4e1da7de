"""Keys, encryption and MACs of the card's side: Doc 9303-11, 9.7 and 9.8."""

from __future__ import annotations

import hashlib
from typing import Final

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher as Coder
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.cmac import CMAC

from limen.specimen.chip.spec import Cipher

_KEY_SIZES: Final = {Cipher.TDES: 16, Cipher.AES_128: 16, Cipher.AES_192: 24, Cipher.AES_256: 32}
ENCRYPTION: Final = 1
AUTHENTICATION: Final = 2
PASSWORD: Final = 3


def key_size(cipher: Cipher) -> int:
    """Return the octets of a key."""
    return _KEY_SIZES[cipher]


def block_size(cipher: Cipher) -> int:
    """Return the octets of a block."""
    return 8 if cipher is Cipher.TDES else 16


def derive(cipher: Cipher, secret: bytes, use: int) -> bytes:
    """Return the key for a use, derived from a shared secret (9.7.1)."""
    data = secret + use.to_bytes(4, "big")
    if key_size(cipher) == 16:
        return hashlib.sha1(data, usedforsecurity=False).digest()[:16]
    return hashlib.sha256(data).digest()[: key_size(cipher)]


def encrypt(cipher: Cipher, key: bytes, data: bytes, vector: bytes | None = None) -> bytes:
    """Return whole blocks encrypted in CBC mode, by default from a vector of zeros."""
    coder = _coder(cipher, key, vector).encryptor()
    return coder.update(data) + coder.finalize()


def decrypt(cipher: Cipher, key: bytes, data: bytes, vector: bytes | None = None) -> bytes:
    """Return whole blocks decrypted in CBC mode."""
    coder = _coder(cipher, key, vector).decryptor()
    return coder.update(data) + coder.finalize()


def _coder(cipher: Cipher, key: bytes, vector: bytes | None) -> Coder[CBC]:
    start = CBC(vector or bytes(block_size(cipher)))
    return Coder(_triple(key) if cipher is Cipher.TDES else AES(key), start)


def _triple(key: bytes) -> TripleDES:
    return TripleDES((key + key[:8]) if len(key) == 16 else key)


def mac(cipher: Cipher, key: bytes, data: bytes) -> bytes:
    """Return eight octets: the retail MAC of `data` padded with 3DES, CMAC of `data` as it is with AES."""
    if cipher is not Cipher.TDES:
        code = CMAC(AES(key))
        code.update(data)
        return code.finalize()[:8]
    padded = pad(data, 8)
    chained = encrypt(cipher, key[:8] * 3, padded)[-8:]
    opened = decrypt(cipher, key[8:] * 3, chained)
    return encrypt(cipher, key[:8] * 3, opened)


def pad(data: bytes, block: int) -> bytes:
    """Return `data` with 80 and zeros up to whole blocks (ISO/IEC 9797-1, padding method 2)."""
    return data + b"\x80" + bytes(-(len(data) + 1) % block)


def unpad(data: bytes) -> bytes:
    """Return `data` without its padding. Raises ValueError where there is none."""
    bare = data.rstrip(b"\0")
    if not bare.endswith(b"\x80"):
        raise ValueError("no padding")
    return bare[:-1]
