"""Keys, curves and signatures of travel documents: Doc 9303-12 section 4.4, TR-03110-3 appendix A, TR-03111.

OpenSSL computes, through `cryptography`, wherever it has the curve; the rest is computed by `ecdsa`. Whatever is
refused is refused by a `CryptoError`.
"""

from limen.icao.crypto.curves import CURVES, Curve, curve_by_oid, curve_by_parameters, curve_named
from limen.icao.crypto.dh import DH_GROUPS, DhGroup, check_dh_public, dh_group
from limen.icao.crypto.ec import Point, add, decode_point, ecdh_x, encode_point, is_on_curve, multiply
from limen.icao.crypto.errors import CryptoError, SignatureMismatch, UnsupportedError
from limen.icao.crypto.keys import DhKey, EcKey, PublicKey, RsaKey, public_key
from limen.icao.crypto.signatures import HASH_OIDS, Scheme, SignatureAlgorithm, hash_of, verify, verify_raw_ecdsa

__all__ = [
    "CURVES",
    "DH_GROUPS",
    "HASH_OIDS",
    "CryptoError",
    "Curve",
    "DhGroup",
    "DhKey",
    "EcKey",
    "Point",
    "PublicKey",
    "RsaKey",
    "Scheme",
    "SignatureAlgorithm",
    "SignatureMismatch",
    "UnsupportedError",
    "add",
    "check_dh_public",
    "curve_by_oid",
    "curve_by_parameters",
    "curve_named",
    "decode_point",
    "dh_group",
    "ecdh_x",
    "encode_point",
    "hash_of",
    "is_on_curve",
    "multiply",
    "public_key",
    "verify",
    "verify_raw_ecdsa",
]
