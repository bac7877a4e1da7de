"""Keys and signatures: good ones verify, and each way of being wrong is refused."""

import hashlib

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from limen.icao import der
from limen.icao.crypto import (
    CryptoError,
    DhKey,
    EcKey,
    RsaKey,
    Scheme,
    SignatureAlgorithm,
    SignatureMismatch,
    UnsupportedError,
    curve_named,
    dh_group,
    encode_point,
    multiply,
    public_key,
    verify,
    verify_raw_ecdsa,
)

MESSAGE = b"the holder may pass"
HASHES = {"sha1": hashes.SHA1(), "sha256": hashes.SHA256(), "sha512": hashes.SHA512()}
EC_OID, PRIME_FIELD = "1.2.840.10045.2.1", "1.2.840.10045.1.1"


@pytest.fixture(scope="module")
def rsa_pair():
    return rsa.generate_private_key(65537, 1024)


def spki(private):
    return private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def explicit_spki(curve, point, **changed):
    """Return an EC key whose curve is spelled out, some of its numbers changed."""
    numbers = {"p": curve.p, "a": curve.a, "b": curve.b, "g": curve.g, "n": curve.n, "h": 1} | changed
    octets = [der.octet_string(numbers[name].to_bytes(curve.size, "big")) for name in "ab"]
    parameters = der.sequence(
        der.integer(1),
        der.sequence(der.oid(PRIME_FIELD), der.integer(numbers["p"])),
        der.sequence(*octets),
        der.octet_string(encode_point(curve, numbers["g"])),
        der.integer(numbers["n"]),
        der.integer(numbers["h"]),
    )
    return der.sequence(der.sequence(der.oid(EC_OID), parameters), der.bit_string(encode_point(curve, point)))


def algorithm(oid, *parameters):
    return SignatureAlgorithm.parse(der.sequence(der.oid(oid), *parameters))


def sign_by_hand(curve, private, digest):
    """Return an ECDSA signature computed by the formulas alone, for curves that OpenSSL may lack."""
    nonce = 0x1F2E3D4C5B6A79
    r = multiply(curve, nonce)[0] % curve.n
    number = int.from_bytes(digest, "big") >> max(0, 8 * len(digest) - curve.n.bit_length())
    return r, pow(nonce, -1, curve.n) * (number + r * private) % curve.n


@pytest.mark.parametrize("name", ["secp192r1", "brainpoolP224r1", "brainpoolP320r1", "secp521r1", "brainpoolP384r1"])
@pytest.mark.parametrize("hash_name", ["sha1", "sha256", "sha512"])
def test_ecdsa_verifies_on_every_kind_of_curve(name, hash_name):
    """A signature verifies as DER and as r || s, also with a digest longer than the order; a changed one does not."""
    curve = curve_named(name)
    private = 0xDEADBEEFCAFE
    key = EcKey(curve, multiply(curve, private))
    r, s = sign_by_hand(curve, private, hashlib.new(hash_name, MESSAGE).digest())
    encoded = der.sequence(der.integer(r), der.integer(s))
    chosen = SignatureAlgorithm(Scheme.ECDSA, hash_name)
    verify(key, chosen, encoded, MESSAGE)
    raw = r.to_bytes(curve.order_size, "big") + s.to_bytes(curve.order_size, "big")
    verify_raw_ecdsa(key, hash_name, raw, MESSAGE)
    verify_raw_ecdsa(key, hash_name, encoded, MESSAGE)
    for refused in (
        lambda: verify(key, chosen, encoded, MESSAGE + b"!"),
        lambda: verify(key, chosen, der.sequence(der.integer(s), der.integer(r)), MESSAGE),
        lambda: verify(key, chosen, der.sequence(der.integer(0), der.integer(0)), MESSAGE),
        lambda: verify(key, chosen, der.sequence(der.integer(r), der.integer(s + curve.n)), MESSAGE),
        lambda: verify_raw_ecdsa(key, hash_name, raw[:-1] + bytes([raw[-1] ^ 1]), MESSAGE),
        lambda: verify(key, chosen, b"", MESSAGE),
    ):
        with pytest.raises(SignatureMismatch):
            refused()


@pytest.mark.parametrize("hash_name", list(HASHES))
def test_rsa_pkcs1_verifies(rsa_pair, hash_name):
    """PKCS#1 v1.5 verifies with each hash, and for no other message, hash or key."""
    key = public_key(spki(rsa_pair))
    signature = rsa_pair.sign(MESSAGE, padding.PKCS1v15(), HASHES[hash_name])
    verify(key, SignatureAlgorithm(Scheme.PKCS1, hash_name), signature, MESSAGE)
    other = "sha512" if hash_name != "sha512" else "sha1"
    for refused in (
        lambda: verify(key, SignatureAlgorithm(Scheme.PKCS1, hash_name), signature, b""),
        lambda: verify(key, SignatureAlgorithm(Scheme.PKCS1, other), signature, MESSAGE),
        lambda: verify(key, SignatureAlgorithm(Scheme.PKCS1, hash_name), signature + b"\0", MESSAGE),
        lambda: verify(key, SignatureAlgorithm(Scheme.PKCS1, hash_name), b"\1", MESSAGE),
    ):
        with pytest.raises(SignatureMismatch):
            refused()


def raw_rsa(private, block):
    """Return the private operation on a block of the modulus' size."""
    numbers = private.private_numbers()
    n = numbers.public_numbers.n
    return pow(int.from_bytes(block, "big"), numbers.d, n).to_bytes((n.bit_length() + 7) // 8, "big")


def test_digest_info_may_lack_null_and_nothing_else(rsa_pair):
    """RFC 8017 lets DigestInfo stand without NULL; any other shape, and anything behind it, is refused."""
    key = public_key(spki(rsa_pair))
    chosen = SignatureAlgorithm(Scheme.PKCS1, "sha256")
    oid = der.oid("2.16.840.1.101.3.4.2.1")
    digest = der.octet_string(hashlib.sha256(MESSAGE).digest())

    def signed(info, filler=b"\xff"):
        return raw_rsa(rsa_pair, b"\0\1" + filler * (128 - 3 - len(info)) + b"\0" + info)

    verify(key, chosen, signed(der.sequence(der.sequence(oid, der.null()), digest)), MESSAGE)
    verify(key, chosen, signed(der.sequence(der.sequence(oid), digest)), MESSAGE)
    garbage = der.sequence(der.sequence(oid), digest) + b"\0" * 40
    for info in (
        garbage,
        hashlib.sha256(MESSAGE).digest(),
        der.sequence(der.sequence(oid, der.octet_string(b"free room")), digest),
        der.sequence(der.sequence(oid), digest, der.octet_string(b"free room")),
    ):
        with pytest.raises(SignatureMismatch):
            verify(key, chosen, signed(info), MESSAGE)
    with pytest.raises(SignatureMismatch):
        verify(key, chosen, signed(der.sequence(der.sequence(oid), digest), b"\xfe"), MESSAGE)


@pytest.mark.parametrize(("name", "salt"), [("sha1", 20), ("sha256", 32), ("sha256", 0)])
def test_rsa_pss_verifies(rsa_pair, name, salt):
    """PSS verifies with the hash, mask and salt that its identifier states, and with no other."""
    key = public_key(spki(rsa_pair))
    oids = {"sha1": "1.3.14.3.2.26", "sha256": "2.16.840.1.101.3.4.2.1"}
    hash_id = der.sequence(der.oid(oids[name]))
    chosen = algorithm(
        "1.2.840.113549.1.1.10",
        der.sequence(
            der.context(0, hash_id),
            der.context(1, der.sequence(der.oid("1.2.840.113549.1.1.8"), hash_id)),
            der.context(2, der.integer(salt)),
        ),
    )
    assert chosen == SignatureAlgorithm(Scheme.PSS, name, name, salt)
    signature = rsa_pair.sign(MESSAGE, padding.PSS(padding.MGF1(HASHES[name]), salt), HASHES[name])
    verify(key, chosen, signature, MESSAGE)
    for refused in (
        SignatureAlgorithm(Scheme.PSS, name, name, salt + 1),
        SignatureAlgorithm(Scheme.PSS, name, "sha512", salt),
    ):
        with pytest.raises(SignatureMismatch):
            verify(key, refused, signature, MESSAGE)


def test_pss_without_parameters_is_sha1():
    """RFC 4055's defaults hold where a signer states none."""
    assert algorithm("1.2.840.113549.1.1.10") == SignatureAlgorithm(Scheme.PSS, "sha1", "sha1", 20)


def test_key_and_algorithm_must_belong_together(rsa_pair):
    """An RSA key made no ECDSA signature, and an algorithm without a hash verifies nothing."""
    key = public_key(spki(rsa_pair))
    with pytest.raises(SignatureMismatch):
        verify(key, SignatureAlgorithm(Scheme.ECDSA, "sha256"), b"\1" * 128, MESSAGE)
    with pytest.raises(UnsupportedError):
        verify(key, SignatureAlgorithm(Scheme.PKCS1, None), b"\1" * 128, MESSAGE)
    with pytest.raises(UnsupportedError):
        algorithm("1.2.3.4")


class TestExplicitParameters:
    CURVE = curve_named("brainpoolP256r1")
    POINT = multiply(CURVE, 4711)

    def test_they_name_the_curve(self):
        """A spelled-out curve equals the named one, and its key is marked."""
        assert public_key(explicit_spki(self.CURVE, self.POINT)) == EcKey(self.CURVE, self.POINT, explicit=True)

    def test_another_generator_is_refused(self):
        """CVE-2020-0601: with G = Q, anybody would own the key of Q."""
        with pytest.raises(UnsupportedError, match="generator"):
            public_key(explicit_spki(self.CURVE, self.POINT, g=self.POINT))

    @pytest.mark.parametrize("changed", [{"a": 1}, {"b": 1}, {"n": 7}, {"h": 4}, {"p": 2**255 - 19}])
    def test_another_curve_is_refused(self, changed):
        """Each number counts."""
        with pytest.raises(UnsupportedError):
            public_key(explicit_spki(self.CURVE, self.POINT, **changed))


def test_keys_are_read():
    """Named curves and Diffie-Hellman groups with q come out as they went in."""
    private = ec.generate_private_key(ec.SECP384R1())
    numbers = private.public_key().public_numbers()
    assert public_key(spki(private)) == EcKey(curve_named("secp384r1"), (numbers.x, numbers.y))
    group = dh_group(0)
    y = pow(group.g, 99, group.p)
    stated = der.sequence(*map(der.integer, (group.p, group.g, group.q)))
    dh = der.sequence(der.sequence(der.oid("1.2.840.10046.2.1"), stated), der.bit_string(der.integer(y)))
    assert public_key(dh) == DhKey(group.p, group.g, group.q, y)
    assert [str(key) for key in (public_key(dh), RsaKey(2**1023 + 1, 3))] == ["DH 1024", "RSA 1024"]


def test_unknown_keys_are_told_from_broken_ones():
    """An algorithm that Limen lacks is unsupported; a malformed key is an error."""
    with pytest.raises(UnsupportedError):
        public_key(der.sequence(der.sequence(der.oid("1.3.101.112")), der.bit_string(bytes(32))))
    for broken in (b"", b"\x30\x00", der.sequence(der.sequence(der.oid(EC_OID)), der.bit_string(b"\4"))):
        with pytest.raises(CryptoError):
            public_key(broken)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 400), st.binary(min_size=1, max_size=4), st.booleans())
def test_a_changed_key_is_read_or_refused(at, octets, explicit):
    """Whatever stands in a key, nothing but a CryptoError comes out."""
    curve = curve_named("secp256r1")
    good = explicit_spki(curve, curve.g) if explicit else spki(ec.derive_private_key(5, ec.SECP256R1()))
    at %= len(good)
    changed = good[:at] + octets + good[at + len(octets) :]
    try:
        key = public_key(changed)
    except CryptoError:
        return
    assert isinstance(key, EcKey | RsaKey | DhKey)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=120))
def test_any_octets_are_no_signature(data):
    """Arbitrary octets never verify and raise the mismatch alone."""
    curve = curve_named("brainpoolP224r1")
    key = EcKey(curve, multiply(curve, 7))
    with pytest.raises(SignatureMismatch):
        verify(key, SignatureAlgorithm(Scheme.ECDSA, "sha1"), data, MESSAGE)
    with pytest.raises(SignatureMismatch):
        verify_raw_ecdsa(key, "sha1", data, MESSAGE)
