"""VDS-NC, seals where a barcode may be large: ICAO Technical Report "VDS-NC, Visible Digital Seal for non-constrained
environments".

The seal is JSON: what is signed stands under `data`, in the canonical form of RFC 8785, and the signature with the
signer's certificate under `sig`.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field
from typing import Any

from limen.icao.crypto import EcKey, PublicKey, SignatureMismatch, UnsupportedError, verify_raw_ecdsa
from limen.icao.pki import Certificate, PkiError
from limen.icao.seal.errors import SealError, UnknownSealError

MAX_OCTETS = 16384
_MAX_DEPTH = 12
_HASHES = {"ES256": "sha256", "ES384": "sha384", "ES512": "sha512"}


@dataclass(frozen=True, slots=True)
class VdsNc:
    """One seal: what it is about, as JSON has it, and who signed it."""

    type: str
    """Such as `icao.vacc` or `icao.test`; what the message means is for its own standard to say."""
    version: int
    issuer: str
    message: dict[str, Any] = field(hash=False)
    algorithm: str
    certificate: Certificate | None
    """Enclosed; None where the seal leaves it to be known from elsewhere."""
    signed: bytes = field(repr=False)
    """The canonical octets of `data`."""
    signature: bytes = field(repr=False)


def parse(data: bytes) -> VdsNc:
    """Return the seal that these octets are. Raises `SealError`."""
    said = _object(_json(data), "the seal")
    content, made = _object(said.get("data"), "data"), _object(said.get("sig"), "sig")
    header = _object(content.get("hdr"), "data.hdr")
    version, kind = header.get("v"), _text(header, "t")
    if not isinstance(version, int) or isinstance(version, bool):
        raise SealError("a VDS-NC whose version is no number")
    if version != 1:
        raise UnknownSealError(f"a VDS-NC of version {version}, which is not known")
    return VdsNc(
        kind,
        version,
        _text(header, "is"),
        _object(content.get("msg"), "data.msg"),
        _text(made, "alg"),
        _certificate(made["cer"]) if "cer" in made else None,
        canonical(content),
        _base64(_text(made, "sigvl"), "the signature"),
    )


def verify(seal: VdsNc, key: PublicKey) -> None:
    """Return if the key signed the seal; raises `SignatureMismatch` or `UnsupportedError` of `limen.icao.crypto`."""
    hash_name = _HASHES.get(seal.algorithm)
    if hash_name is None or not isinstance(key, EcKey):
        raise UnsupportedError(f"a seal signed by {seal.algorithm} with a key of {key}")
    if len(seal.signature) != 2 * key.curve.order_size:
        raise SignatureMismatch(f"a signature of {len(seal.signature)} octets for a key of {key}")
    verify_raw_ecdsa(key, hash_name, seal.signature, seal.signed)


def canonical(value: Any, depth: int = 0) -> bytes:
    """Return JSON in the canonical form of RFC 8785. Raises `SealError`, also for fractions, which no seal has."""
    if depth > _MAX_DEPTH:
        raise SealError(f"a VDS-NC nested deeper than {_MAX_DEPTH}")
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        parts = (canonical(key) + b":" + canonical(value[key], depth + 1) for key in keys)
        return b"{" + b",".join(parts) + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(canonical(one, depth + 1) for one in value) + b"]"
    if isinstance(value, float) or (isinstance(value, int) and abs(value) >= 1 << 53):
        raise UnknownSealError("a VDS-NC with a number that is no plain integer")
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise SealError("a VDS-NC with half a character") from error


def _json(data: bytes) -> Any:
    if len(data) > MAX_OCTETS:
        raise SealError(f"{len(data)} octets, more than a VDS-NC has")
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except RecursionError as error:
        raise SealError("a VDS-NC nested too deep") from error
    except ValueError as error:
        raise SealError(f"octets that are no JSON: {error}") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise SealError("a VDS-NC that says a thing twice")
    return found


def _no_constant(name: str) -> Any:
    raise SealError(f"a VDS-NC with {name} for a number")


def _object(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise SealError(f"a VDS-NC without {what}")
    return value


def _text(value: dict[str, Any], key: str) -> str:
    found = value.get(key)
    if not isinstance(found, str) or not found:
        raise SealError(f"a VDS-NC without {key}")
    return found


def _base64(text: str, what: str) -> bytes:
    plain = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except binascii.Error as error:
        raise SealError(f"{what} is not in base64") from error
    except ValueError as error:
        raise SealError(f"{what} is not in base64") from error


def _certificate(text: Any) -> Certificate:
    if not isinstance(text, str):
        raise SealError("a certificate that is no text")
    try:
        return Certificate.parse(_base64(text, "the certificate"))
    except PkiError as error:
        raise SealError(f"the enclosed certificate cannot be read: {error}") from error
