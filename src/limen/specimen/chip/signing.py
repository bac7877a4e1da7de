"""Keys that sign specimen certificates, lists and security objects, all of them drawn from a seed.

RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 8017), ECDSA over the NIST and brainpool curves (TR-03111), the latter with
nonces of RFC 6979, so that equal seeds give equal signatures. Only PSS has a salt of its own each time.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, Protocol

import ecdsa
import gmpy2  # type: ignore[import-untyped]
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from ecdsa.util import sigencode_der, sigencode_string

from limen.icao.der import bit_string, context, encode, integer, null, octet_string, oid, sequence
from limen.specimen.errors import UnknownNameError

_EXPONENT: Final = 65537
_RSA: Final = "1.2.840.113549.1.1.1"
_MGF1: Final = "1.2.840.113549.1.1.8"
_PSS: Final = "1.2.840.113549.1.1.10"
_EC: Final = "1.2.840.10045.2.1"
_PRIME_FIELD: Final = "1.2.840.10045.1.1"

HASH_OIDS: Final = {
    "sha1": "1.3.14.3.2.26",
    "sha224": "2.16.840.1.101.3.4.2.4",
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
"""Object identifiers of the hash functions of Doc 9303-12, by name as `hashlib` has it."""

_PKCS1: Final = {
    "sha1": "1.2.840.113549.1.1.5",
    "sha224": "1.2.840.113549.1.1.14",
    "sha256": "1.2.840.113549.1.1.11",
    "sha384": "1.2.840.113549.1.1.12",
    "sha512": "1.2.840.113549.1.1.13",
}
_ECDSA: Final = {
    "sha1": "1.2.840.10045.4.1",
    "sha224": "1.2.840.10045.4.3.1",
    "sha256": "1.2.840.10045.4.3.2",
    "sha384": "1.2.840.10045.4.3.3",
    "sha512": "1.2.840.10045.4.3.4",
}

CURVES: Final[dict[str, Any]] = {
    "secp192r1": ecdsa.NIST192p,
    "secp224r1": ecdsa.NIST224p,
    "secp256r1": ecdsa.NIST256p,
    "secp384r1": ecdsa.NIST384p,
    "secp521r1": ecdsa.NIST521p,
    "brainpoolP192r1": ecdsa.BRAINPOOLP192r1,
    "brainpoolP224r1": ecdsa.BRAINPOOLP224r1,
    "brainpoolP256r1": ecdsa.BRAINPOOLP256r1,
    "brainpoolP320r1": ecdsa.BRAINPOOLP320r1,
    "brainpoolP384r1": ecdsa.BRAINPOOLP384r1,
    "brainpoolP512r1": ecdsa.BRAINPOOLP512r1,
}
"""The curves that specimens use, as the `ecdsa` package has them."""


class Scheme(StrEnum):
    """How a key signs."""

    RSA = "rsa"
    RSA_PSS = "rsa-pss"
    ECDSA = "ecdsa"


@dataclass(frozen=True, slots=True)
class Signing:
    """A kind of key and signature."""

    scheme: Scheme = Scheme.ECDSA
    hash: str = "sha256"
    curve: str = "secp256r1"
    """Of ECDSA keys: a name of `CURVES`."""
    bits: int = 2048
    """Of RSA keys."""
    explicit: bool = False
    """Whether an EC key states its curve's parameters instead of its name."""


class SigningKey(Protocol):
    """A private key with what others need in order to verify it."""

    @property
    def spki(self) -> bytes:
        """SubjectPublicKeyInfo, DER."""
        ...

    @property
    def algorithm(self) -> bytes:
        """AlgorithmIdentifier of its signatures, DER."""
        ...

    @property
    def hash(self) -> str:
        """Name of the hash function."""
        ...

    def sign(self, data: bytes) -> bytes:
        """Return the signature of `data`, as certificates carry it."""
        ...


def generator(*seed: object) -> random.Random:
    """Return a source of numbers that depends on nothing but `seed`."""
    return random.Random("/".join(map(str, seed)))


@lru_cache(maxsize=128)
def signing_key(signing: Signing, *seed: object) -> SigningKey:
    """Return the key of that kind and seed. Raises `UnknownNameError` for a curve or hash there is not."""
    if signing.hash not in HASH_OIDS:
        raise UnknownNameError("hash function", signing.hash, HASH_OIDS)
    draw = generator(signing, *seed)
    if signing.scheme is Scheme.ECDSA:
        curve = curve_named(signing.curve)
        return EcSigningKey(draw.randrange(1, curve.order), signing)
    return RsaSigningKey(rsa_key(signing.bits, draw), signing)


def curve_named(name: str) -> Any:
    """Return the curve of that name. Raises `UnknownNameError`."""
    try:
        return CURVES[name]
    except KeyError:
        raise UnknownNameError("curve", name, CURVES) from None


def rsa_key(bits: int, draw: random.Random) -> rsa.RSAPrivateKey:
    """Return an RSA key whose primes are drawn from `draw`."""
    p = _prime(bits - bits // 2, draw)
    q = _prime(bits // 2, draw)
    while q == p:
        q = _prime(bits // 2, draw)
    d = pow(_EXPONENT, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(_EXPONENT, p * q)
    numbers = rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public)
    return numbers.private_key(unsafe_skip_rsa_key_validation=True)


def _prime(bits: int, draw: random.Random) -> int:
    while True:
        start = draw.getrandbits(bits) | 3 << (bits - 2)
        prime = int(gmpy2.next_prime(start))
        if prime.bit_length() == bits and prime % _EXPONENT != 1:
            return prime


@dataclass(frozen=True, slots=True)
class RsaSigningKey:
    """An RSA key; see `SigningKey`."""

    private: rsa.RSAPrivateKey
    signing: Signing

    @property
    def hash(self) -> str:
        """Name of the hash function."""
        return self.signing.hash

    @property
    def spki(self) -> bytes:
        """SubjectPublicKeyInfo, DER."""
        return rsa_spki(self.private)

    @property
    def algorithm(self) -> bytes:
        """AlgorithmIdentifier of its signatures."""
        if self.signing.scheme is Scheme.RSA:
            return sequence(oid(_PKCS1[self.hash]), null())
        digest = sequence(oid(HASH_OIDS[self.hash]), null())
        salt = hashlib.new(self.hash).digest_size
        parameters = (
            context(0, digest),
            context(1, sequence(oid(_MGF1), digest)),
            context(2, integer(salt)),
        )
        return sequence(oid(_PSS), sequence(*parameters))

    def sign(self, data: bytes) -> bytes:
        """Return the signature of `data`."""
        function = getattr(hashes, self.hash.upper())()
        if self.signing.scheme is Scheme.RSA:
            return self.private.sign(data, padding.PKCS1v15(), function)
        pss = padding.PSS(padding.MGF1(function), function.digest_size)
        return self.private.sign(data, pss, function)


@dataclass(frozen=True, slots=True)
class EcSigningKey:
    """An EC key; see `SigningKey`."""

    secret: int
    signing: Signing

    @property
    def hash(self) -> str:
        """Name of the hash function."""
        return self.signing.hash

    @property
    def spki(self) -> bytes:
        """SubjectPublicKeyInfo, DER."""
        return ec_spki(self.signing.curve, self.secret, explicit=self.signing.explicit)

    @property
    def algorithm(self) -> bytes:
        """AlgorithmIdentifier of its signatures."""
        return sequence(oid(_ECDSA[self.hash]))

    def sign(self, data: bytes) -> bytes:
        """Return the signature of `data`: SEQUENCE of r and s."""
        return self._sign(data, sigencode_der)

    def sign_plain(self, data: bytes) -> bytes:
        """Return the signature of `data`: r and s side by side (TR-03111 section 5.2.1)."""
        return self._sign(data, sigencode_string)

    def _sign(self, data: bytes, form: Any) -> bytes:
        function = getattr(hashlib, self.hash)
        key = ecdsa.SigningKey.from_secret_exponent(self.secret, curve_named(self.signing.curve), function)
        # Short curves take the leftmost bits of a longer hash (FIPS 186-5 section 6.4.1).
        signature: bytes = key.sign_digest_deterministic(
            function(data).digest(), function, sigencode=form, allow_truncate=True
        )
        return signature


def rsa_spki(private: rsa.RSAPrivateKey) -> bytes:
    """Return the SubjectPublicKeyInfo of an RSA key."""
    numbers = private.public_key().public_numbers()
    return sequence(sequence(oid(_RSA), null()), bit_string(sequence(integer(numbers.n), integer(numbers.e))))


def ec_spki(name: str, secret: int, *, explicit: bool = False) -> bytes:
    """Return the SubjectPublicKeyInfo of an EC key, its curve named or given by its parameters."""
    curve = curve_named(name)
    parameters = ec_parameters(name) if explicit else oid(".".join(map(str, curve.oid)))
    return sequence(sequence(oid(_EC), parameters), bit_string(point_of(name, secret)))


def point_of(name: str, secret: int) -> bytes:
    """Return the public key of `secret`, 04 || x || y."""
    point: bytes = (curve_named(name).generator * secret).to_bytes("uncompressed")
    return point


def ec_parameters(name: str) -> bytes:
    """Return ECParameters (RFC 3279 section 2.3.5) with every value spelt out."""
    curve = curve_named(name)
    field = curve.curve
    size = (field.p().bit_length() + 7) // 8
    a, b = ((value % field.p()).to_bytes(size, "big") for value in (field.a(), field.b()))
    return sequence(
        integer(1),
        sequence(oid(_PRIME_FIELD), integer(field.p())),
        sequence(octet_string(a), octet_string(b)),
        encode(0x04, curve.generator.to_bytes("uncompressed")),
        integer(curve.order),
        integer(1),
    )
