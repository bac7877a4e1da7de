"""Signatures of certificates, signed lists and chips: RFC 8017 (PKCS#1 v1.5, PSS), RFC 3279, RFC 4055, RFC 5758.

PKCS#1 v1.5 is compared strictly against the two encodings of DigestInfo that RFC 8017 section A.2.4 lets stand, with
and without NULL; nothing in a recovered block is ever parsed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, encode_dss_signature
from ecdsa import ecdsa, ellipticcurve

from limen.icao import der
from limen.icao.crypto.curves import published_curve
from limen.icao.crypto.ec import openssl_public_key
from limen.icao.crypto.errors import CryptoError, SignatureMismatch, UnsupportedError
from limen.icao.crypto.keys import EcKey, PublicKey, RsaKey

HASH_OIDS = {
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.4": "sha224",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
"""The digest algorithms of Doc 9303-12 section 4.4.4 and, for what was issued before it, SHA-1."""

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),  # noqa: S303 - documents of 2006 to 2016 are signed with it
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_OID_OF_HASH = {name: oid for oid, name in HASH_OIDS.items()}


class Scheme(StrEnum):
    """How a signature is made."""

    PKCS1 = "RSA PKCS#1 v1.5"
    PSS = "RSA PSS"
    ECDSA = "ECDSA"


_SIGNATURE_OIDS: dict[str, tuple[Scheme, str | None]] = {
    "1.2.840.113549.1.1.1": (Scheme.PKCS1, None),
    "1.2.840.113549.1.1.5": (Scheme.PKCS1, "sha1"),
    "1.3.14.3.2.29": (Scheme.PKCS1, "sha1"),
    "1.2.840.113549.1.1.14": (Scheme.PKCS1, "sha224"),
    "1.2.840.113549.1.1.11": (Scheme.PKCS1, "sha256"),
    "1.2.840.113549.1.1.12": (Scheme.PKCS1, "sha384"),
    "1.2.840.113549.1.1.13": (Scheme.PKCS1, "sha512"),
    "1.2.840.113549.1.1.10": (Scheme.PSS, None),
    "1.2.840.10045.2.1": (Scheme.ECDSA, None),
    "1.2.840.10045.4.1": (Scheme.ECDSA, "sha1"),
    "1.2.840.10045.4.3.1": (Scheme.ECDSA, "sha224"),
    "1.2.840.10045.4.3.2": (Scheme.ECDSA, "sha256"),
    "1.2.840.10045.4.3.3": (Scheme.ECDSA, "sha384"),
    "1.2.840.10045.4.3.4": (Scheme.ECDSA, "sha512"),
    "0.4.0.127.0.7.1.1.4.1.1": (Scheme.ECDSA, "sha1"),
    "0.4.0.127.0.7.1.1.4.1.2": (Scheme.ECDSA, "sha224"),
    "0.4.0.127.0.7.1.1.4.1.3": (Scheme.ECDSA, "sha256"),
    "0.4.0.127.0.7.1.1.4.1.4": (Scheme.ECDSA, "sha384"),
    "0.4.0.127.0.7.1.1.4.1.5": (Scheme.ECDSA, "sha512"),
}
_MGF1 = "1.2.840.113549.1.1.8"
_MAX_SALT = 512


@dataclass(frozen=True, slots=True)
class SignatureAlgorithm:
    """A scheme with its hash; `hash_name` is None where the identifier leaves the hash to its surroundings."""

    scheme: Scheme
    hash_name: str | None
    mgf_hash: str | None = None
    salt: int = 0

    @staticmethod
    def parse(identifier: bytes | der.Element) -> SignatureAlgorithm:
        """Return the algorithm of an AlgorithmIdentifier. Raises `UnsupportedError` or `CryptoError`."""
        return _algorithm(identifier if isinstance(identifier, bytes) else identifier.raw)

    def with_hash(self, hash_name: str) -> SignatureAlgorithm:
        """Return the algorithm with its hash filled in, where its identifier left that open."""
        if self.hash_name is not None:
            return self
        return SignatureAlgorithm(self.scheme, hash_name, self.mgf_hash, self.salt)

    def __str__(self) -> str:
        return f"{self.scheme} {(self.hash_name or 'without a hash').upper()}"


def hash_of(identifier: bytes | der.Element) -> str:
    """Return the name, for `hashlib`, of a digest AlgorithmIdentifier. Raises `UnsupportedError` or `CryptoError`."""
    return _hash(identifier if isinstance(identifier, bytes) else identifier.raw)


def verify(key: PublicKey, algorithm: SignatureAlgorithm, signature: bytes, message: bytes) -> None:
    """Return if the signature is the key's over the message.

    Raises `SignatureMismatch` where it is not, also since the key is of another kind than the signature, and
    `UnsupportedError` where no hash is stated or the key is of a size that cannot be computed with.
    """
    if algorithm.hash_name is None:
        raise UnsupportedError("a signature algorithm that does not say which hash it takes")
    if algorithm.scheme is Scheme.ECDSA and isinstance(key, EcKey):
        _verify_ecdsa(key, algorithm.hash_name, _ecdsa_pair(signature), message)
    elif algorithm.scheme is Scheme.PKCS1 and isinstance(key, RsaKey):
        _verify_pkcs1(key, algorithm.hash_name, signature, message)
    elif algorithm.scheme is Scheme.PSS and isinstance(key, RsaKey):
        _verify_pss(key, algorithm, signature, message)
    else:
        raise SignatureMismatch(f"a signature by {algorithm.scheme} is not of a key of {key}")


def verify_raw_ecdsa(key: EcKey, hash_name: str, signature: bytes, message: bytes) -> None:
    """Return if the signature, r || s or in DER, is the key's over the message; raises as `verify` does.

    Chips sign in Active Authentication with r || s (TR-03111 section 5.2.1), some with DER.
    """
    size = key.curve.order_size
    if len(signature) == 2 * size:
        pair = int.from_bytes(signature[:size], "big"), int.from_bytes(signature[size:], "big")
        try:
            return _verify_ecdsa(key, hash_name, pair, message)
        except SignatureMismatch:
            if signature[:1] != b"\x30":
                raise
    return _verify_ecdsa(key, hash_name, _ecdsa_pair(signature), message)


@lru_cache(maxsize=64)
def _algorithm(identifier: bytes) -> SignatureAlgorithm:
    try:
        fields = der.parse(identifier, lenient=True).fields(0x30)
        oid = der.as_oid(fields.take(0x06))
        if oid not in _SIGNATURE_OIDS:
            raise UnsupportedError(f"an unknown signature algorithm, {oid}")
        scheme, hash_name = _SIGNATURE_OIDS[oid]
        if scheme is Scheme.PSS:
            return _pss(fields.optional(0x30))
        return SignatureAlgorithm(scheme, hash_name)
    except der.DerError as error:
        raise CryptoError(f"a signature algorithm that cannot be read: {error}") from error


@lru_cache(maxsize=64)
def _hash(identifier: bytes) -> str:
    try:
        oid = der.as_oid(der.parse(identifier, lenient=True).fields(0x30).take(0x06))
    except der.DerError as error:
        raise CryptoError(f"a digest algorithm that cannot be read: {error}") from error
    if oid not in HASH_OIDS:
        raise UnsupportedError(f"an unknown digest algorithm, {oid}")
    return HASH_OIDS[oid]


def _pss(parameters: der.Element | None) -> SignatureAlgorithm:
    hash_name, mgf_hash, salt = "sha1", "sha1", 20
    for part in parameters if parameters is not None else ():
        inner = part.inner()
        if part.tag == 0xA0:
            hash_name = hash_of(inner)
        elif part.tag == 0xA1:
            fields = inner.fields(0x30)
            if der.as_oid(fields.take(0x06)) != _MGF1:
                raise UnsupportedError("PSS with a mask other than MGF1")
            mgf_hash = hash_of(fields.take(0x30))
        elif part.tag == 0xA2:
            salt = der.as_int(inner)
        elif part.tag != 0xA3 or der.as_int(inner) != 1:
            raise UnsupportedError("PSS with another trailer")
    if not 0 <= salt <= _MAX_SALT:
        raise UnsupportedError(f"PSS with a salt of {salt} octets")
    return SignatureAlgorithm(Scheme.PSS, hash_name, mgf_hash, salt)


def _ecdsa_pair(signature: bytes) -> tuple[int, int]:
    try:
        fields = der.parse_first(signature, lenient=True).fields(0x30)
        # Some signers forget the leading zero: neither number is ever negative.
        return int.from_bytes(fields.take(0x02).value, "big"), int.from_bytes(fields.take(0x02).value, "big")
    except der.DerError as error:
        raise SignatureMismatch("an ECDSA signature that is not of two numbers") from error


def _verify_ecdsa(key: EcKey, hash_name: str, pair: tuple[int, int], message: bytes) -> None:
    r, s = pair
    if not (0 < r < key.curve.n and 0 < s < key.curve.n):
        raise SignatureMismatch("an ECDSA signature whose numbers are out of range")
    known = openssl_public_key(key.curve, key.point)
    if known is None:
        return _verify_by_ecdsa(key, hash_name, pair, message)
    try:
        known.verify(encode_dss_signature(r, s), message, ec.ECDSA(_HASHES[hash_name]))
    except InvalidSignature as error:
        raise SignatureMismatch("the ECDSA signature does not verify") from error
    return None


def _verify_by_ecdsa(key: EcKey, hash_name: str, pair: tuple[int, int], message: bytes) -> None:
    source = published_curve(key.curve)
    digest = hashlib.new(hash_name, message, usedforsecurity=False).digest()
    number = int.from_bytes(digest, "big") >> max(0, 8 * len(digest) - key.curve.n.bit_length())
    point = ellipticcurve.PointJacobi(source.curve, *key.point, 1, source.order)
    if not ecdsa.Public_key(source.generator, point, verify=False).verifies(number, ecdsa.Signature(*pair)):
        raise SignatureMismatch("the ECDSA signature does not verify")


@lru_cache(maxsize=64)
def _openssl_rsa(key: RsaKey) -> rsa.RSAPublicKey:
    try:
        return rsa.RSAPublicNumbers(key.e, key.n).public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UnsupportedError(f"an RSA key of {key.n.bit_length()} bits, which cannot be computed with") from error


@lru_cache(maxsize=16)
def _digest_info_heads(hash_name: str) -> tuple[bytes, bytes]:
    """Return what stands before the digest in a DigestInfo, with and without NULL."""
    size = hashlib.new(hash_name, usedforsecurity=False).digest_size
    oid = der.oid(_OID_OF_HASH[hash_name])
    both = (der.sequence(oid, der.null()), der.sequence(oid))
    first, second = (der.sequence(identifier, der.octet_string(bytes(size)))[:-size] for identifier in both)
    return first, second


def _verify_pkcs1(key: RsaKey, hash_name: str, signature: bytes, message: bytes) -> None:
    known = _openssl_rsa(key)
    digest = hashlib.new(hash_name, message, usedforsecurity=False).digest()
    try:
        block = known.recover_data_from_signature(_padded(key, signature), padding.PKCS1v15(), None)
    except (InvalidSignature, ValueError) as error:
        raise SignatureMismatch("the RSA signature does not verify") from error
    if block not in {head + digest for head in _digest_info_heads(hash_name)}:
        raise SignatureMismatch("the RSA signature is over something else")


def _verify_pss(key: RsaKey, algorithm: SignatureAlgorithm, signature: bytes, message: bytes) -> None:
    known = _openssl_rsa(key)
    outer, mask = _HASHES[algorithm.hash_name or ""], _HASHES[algorithm.mgf_hash or ""]
    scheme = padding.PSS(padding.MGF1(mask), algorithm.salt)
    digest = hashlib.new(algorithm.hash_name or "", message, usedforsecurity=False).digest()
    try:
        known.verify(_padded(key, signature), digest, scheme, Prehashed(outer))
    except (InvalidSignature, ValueError) as error:
        raise SignatureMismatch("the RSA PSS signature does not verify") from error


def _padded(key: RsaKey, signature: bytes) -> bytes:
    """Give back leading zeros that a signer left out of a signature."""
    return signature.rjust((key.n.bit_length() + 7) // 8, b"\0")
