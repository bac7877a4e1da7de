"""Encryption of a push message for one browser (RFC 8291, with the content coding aes128gcm of RFC 8188).

One record, padded to a multiple of 256 bytes, so that its length tells nothing of what it says. The push service sees
neither text nor address.
"""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from limen.node.notices.keys import uncompressed

PADDED_TO = 256
MOST = 3993
"""Bytes of text that every push service must take (RFC 8030, section 7.2; RFC 8291, section 4)."""
_LAST_RECORD = b"\x02"
_RECORD_SIZE = 4096


def browser_key(point: bytes) -> ec.EllipticCurvePublicKey:
    """Read a browser's public key. Raises ValueError where it is no point of the curve P-256."""
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


def encrypt(text: bytes, point: bytes, auth: bytes) -> bytes:
    """Encrypt for the browser with this public key (65 bytes) and secret (16 bytes), with a key used once."""
    return encrypt_with(text, point, auth, ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16))


def encrypt_with(text: bytes, point: bytes, auth: bytes, once: ec.EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """The same with a given key and salt, as the example of RFC 8291, section 5, has them."""
    if len(text) > MOST:
        raise ValueError("The message is too long for a push service.")
    own = uncompressed(once.public_key())
    shared = once.exchange(ec.ECDH(), browser_key(point))
    secret = HKDF(SHA256(), 32, auth, b"WebPush: info\0" + point + own).derive(shared)
    key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(secret)
    nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(secret)
    sealed = AESGCM(key).encrypt(nonce, text + _LAST_RECORD, None)
    return salt + _RECORD_SIZE.to_bytes(4, "big") + bytes([len(own)]) + own + sealed


def padded(text: bytes) -> bytes:
    """Add spaces, which JSON ignores, up to the next multiple."""
    return text + b" " * min(-len(text) % PADDED_TO, max(MOST - len(text), 0))
