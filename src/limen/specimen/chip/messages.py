"""Signed messages: CMS SignedData (RFC 5652) as security objects and lists of Doc 9303 are written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from limen.icao.der import context, integer, null, octet_string, oid, parse, sequence, set_of, time
from limen.specimen.chip.certificates import Certified
from limen.specimen.chip.signing import HASH_OIDS

_SIGNED_DATA: Final = "1.2.840.113549.1.7.2"
_CONTENT_TYPE: Final = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST: Final = "1.2.840.113549.1.9.4"
_SIGNING_TIME: Final = "1.2.840.113549.1.9.5"

DATA: Final = "1.2.840.113549.1.7.1"
SECURITY_OBJECT: Final = "2.23.136.1.1.1"
MASTER_LIST: Final = "2.23.136.1.1.2"
DEVIATION_LIST: Final = "2.23.136.1.1.7"
CARD_SECURITY: Final = "0.4.0.127.0.7.3.2.1"


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong with a message on purpose."""

    signature: bool = False
    """One bit of the signature is turned."""
    digest: bool = False
    """The digest among the signed attributes is of other content; the signature holds."""


_SOUND: Final = Damage()


def signed_data(
    kind: str,
    content: bytes,
    signer: Certified,
    certificates: tuple[bytes, ...],
    *,
    moment: datetime | None = None,
    by_key: bool = False,
    turned: bool = False,
    damage: Damage = _SOUND,
) -> bytes:
    """Return a ContentInfo whose one signer is `signer`, named by issuer and serial number or `by_key` identifier.

    With `turned`, the issuer's name has its parts in the opposite order from the certificate.
    """
    algorithm = digest_algorithm(signer.key.hash)
    digest = hashlib.new(signer.key.hash, content + b"!" * damage.digest).digest()
    attributes = [
        _attribute(_CONTENT_TYPE, oid(kind)),
        _attribute(_MESSAGE_DIGEST, octet_string(digest)),
    ]
    if moment is not None:
        attributes.append(_attribute(_SIGNING_TIME, time(moment)))
    signature = bytearray(signer.key.sign(set_of(*attributes)))
    signature[-1] ^= damage.signature
    info = sequence(
        integer(3 if by_key else 1),
        context(0, signer.key_id, constructed=False) if by_key else _issuer_and_serial(signer, turned),
        algorithm,
        context(0, *sorted(attributes)),
        signer.key.algorithm,
        octet_string(bytes(signature)),
    )
    body = sequence(
        integer(3),
        set_of(algorithm),
        sequence(oid(kind), context(0, octet_string(content))),
        context(0, *sorted(certificates)),
        set_of(info),
    )
    return sequence(oid(_SIGNED_DATA), context(0, body))


def digest_algorithm(name: str) -> bytes:
    """Return the AlgorithmIdentifier of a hash function."""
    return sequence(oid(HASH_OIDS[name]), null())


def _attribute(kind: str, value: bytes) -> bytes:
    return sequence(oid(kind), set_of(value))


def _issuer_and_serial(signer: Certified, turned: bool) -> bytes:
    parts = [bytes(part.raw) for part in parse(signer.issuer)]
    return sequence(sequence(*(reversed(parts) if turned else parts)), integer(signer.serial))
