"""An inspection system's own key, from a folder: what terminal authentication needs (TR-03110-3 appendices A.7, C).

The folder holds the card verifiable certificates (any names, each one 7F21), from the verifier's down to the inspection
system's, and the private key of the last as PEM without a password, in a file `key.pem` that its owner alone can read.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from limen.devices.errors import DeviceError
from limen.icao import der
from limen.icao.chip import TerminalKey
from limen.icao.chip.terminal_authentication import CvCertificate, CvCertificateError

KEY_NAME = "key.pem"
_MAX_BYTES = 64 << 10
_ALGORITHMS = "0.4.0.127.0.7.2.2.2."
_SHA1, _SHA256, _SHA512 = hashes.SHA1(), hashes.SHA256(), hashes.SHA512()  # noqa: S303 - old chips know no other
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "1.1": _SHA1,
    "1.2": _SHA256,
    "1.3": _SHA1,
    "1.4": _SHA256,
    "1.5": _SHA512,
    "1.6": _SHA512,
    "2.1": _SHA1,
    "2.2": hashes.SHA224(),
    "2.3": _SHA256,
    "2.4": hashes.SHA384(),
    "2.5": _SHA512,
}
"""By the end of the algorithm's identifier; 1.x is RSA, 2.x ECDSA."""
_PSS = frozenset({"1.3", "1.4", "1.6"})


def load_terminal_key(folder: Path) -> TerminalKey:
    """Return the key of a folder. Raises `DeviceError` with one sentence."""
    try:
        files = [path for path in sorted(folder.iterdir()) if path.is_file() and path.stat().st_size <= _MAX_BYTES]
        found = {path.name: path.read_bytes() for path in files}
    except OSError as error:
        raise DeviceError(f"the inspection system's key in {folder} cannot be read: {error.strerror}") from error
    pem = found.pop(KEY_NAME, None)
    if pem is None:
        raise DeviceError(f"there is no {KEY_NAME} in {folder}: put the inspection system's private key there")
    try:
        certificates = [CvCertificate.parse(data) for data in found.values() if data[:2] == b"\x7f\x21"]
        chain = _chain(certificates)
        own = chain[-1]
        key = serialization.load_pem_private_key(pem, None)
    except (CvCertificateError, ValueError, TypeError) as error:
        raise DeviceError(f"the inspection system's key in {folder} cannot be used: {error}") from error
    raws = tuple(der.encode(0x7F21, one.body, one.signature) for one in chain)
    return TerminalKey(raws, _signing(key, own))


def _chain(certificates: list[CvCertificate]) -> list[CvCertificate]:
    """The certificates in the order in which a chip takes them: each certified by the one before."""
    holders = {one.holder for one in certificates}
    tops = [one for one in certificates if one.authority not in holders or one.authority == one.holder]
    if len(tops) != 1:
        raise ValueError(f"{len(certificates)} certificates that are no one chain")
    chain = tops
    while len(chain) < len(certificates):
        below = [one for one in certificates if one.authority == chain[-1].holder and one not in chain]
        if len(below) != 1:
            raise ValueError(f"no certificate, or several, under {chain[-1].holder}")
        chain.append(below[0])
    return chain


def _signing(key: object, own: CvCertificate) -> Callable[[bytes], bytes]:
    oid = der.as_oid(next(iter(der.parse(own.key, lenient=True))))
    end = oid.removeprefix(_ALGORITHMS)
    digest = _HASHES.get(end)
    if digest is None:
        raise ValueError(f"the certificate of {own.holder} names an unknown algorithm, {oid}")
    if isinstance(key, ec.EllipticCurvePrivateKey) and end.startswith("2."):
        size = (key.key_size + 7) // 8

        def plain(message: bytes) -> bytes:
            r, s = decode_dss_signature(key.sign(message, ec.ECDSA(digest)))
            return r.to_bytes(size, "big") + s.to_bytes(size, "big")

        return plain
    if isinstance(key, rsa.RSAPrivateKey) and end.startswith("1."):
        scheme = padding.PSS(padding.MGF1(digest), digest.digest_size) if end in _PSS else padding.PKCS1v15()
        return lambda message: key.sign(message, scheme, digest)
    raise ValueError(f"the private key is not of the kind that the certificate of {own.holder} names")
