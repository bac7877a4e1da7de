"""Visible digital seals for specimens: Doc 9303-13, with a signer's certificate under the specimen CSCA."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from limen.icao.der import as_int, parse
from limen.icao.seal import SealHeader, c40, encode, message
from limen.specimen.chip.certificates import Certified, certify, document_types, signer_extensions
from limen.specimen.chip.pki import Pki
from limen.specimen.chip.signing import Signing, signing_key

VISA: Final = (0x5D, 0x01)
TRAVEL_DOCUMENT: Final = (0x5E, 0x03)
_SERIAL: Final = 0x5B
_SIGNER: Final = "VS"
_HASHES: Final = {"brainpoolP224r1": "sha224", "brainpoolP384r1": "sha384", "secp384r1": "sha384"}
_SIZES: Final = {"sha224": 28, "sha256": 32, "sha384": 48}
"""Octets of r and s: the hash follows from the size of the curve (Doc 9303-13 section 2.4)."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A seal's octets, as its barcode has them, and the certificate that it names."""

    data: bytes
    signer: Certified


def seal_signer(pki: Pki, curve: str = "brainpoolP256r1", *types: str) -> Certified:
    """Return the certificate of a seal signer under the CSCA; with `types`, it may seal only those documents."""
    csca = pki.csca
    key = signing_key(Signing(curve=curve, hash=_HASHES.get(curve, "sha256")), "seal", csca.entity.code, curve)
    entity = type(csca.entity)(csca.entity.country, csca.entity.organisation, _SIGNER, csca.entity.code)
    own = (document_types(*types),) if types else ()
    return certify(
        entity,
        key,
        signer_extensions(entity, key, csca.entity, csca.key, *own),
        serial=_SERIAL,
        valid=(csca.not_before, csca.not_after - timedelta(days=1)),
        issuer=csca.entity,
        issuer_key=csca.key,
    )


def seal(
    signer: Certified, kind: tuple[int, int], features: Sequence[tuple[int, bytes]], *, on: date, version: int = 4
) -> Sealed:
    """Return a seal of this kind (feature definition, category) with these features, signed on that day."""
    reference = f"{signer.serial:X}" if version == 4 else f"{signer.serial:05X}"
    header = SealHeader(
        version, signer.entity.code, signer.entity.country + signer.entity.common_name, reference, on, on, *kind
    )
    signed = message(header, tuple(features))
    r, s = (as_int(part) for part in parse(signer.key.sign(signed)))
    size = _SIZES[signer.key.hash]
    return Sealed(encode(signed, r.to_bytes(size, "big") + s.to_bytes(size, "big")), signer)


def visa_features(
    lines: Sequence[str], passport_number: str, entries: int = 1, days: int = 30
) -> list[tuple[int, bytes]]:
    """Return the features of a visa with this zone, MRV-A or MRV-B, for that passport."""
    tag = 1 if len(lines[0]) == 44 else 2
    return [
        (tag, c40.encode(lines[0] + lines[1][:28])),
        (3, bytes((entries,))),
        (4, bytes((days, 0, 0))),
        (5, c40.encode(passport_number.ljust(9, "<"))),
    ]
