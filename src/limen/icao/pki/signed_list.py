"""What master lists and deviation lists have in common: Doc 9303-12 sections 9.1 and 10.1.

A list says by whom it was signed and encloses that signer's certificate, and mostly the CSCA's. Whether that CSCA is to
be trusted is for whoever imports the list to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from limen.icao import crypto
from limen.icao.pki.certificate import Certificate
from limen.icao.pki.cms import SignedData, signer_certificates, verify_signer
from limen.icao.pki.errors import PkiError

MASTER_LIST_SIGNER = "2.23.136.1.1.3"
DEVIATION_LIST_SIGNER = "2.23.136.1.1.8"


@dataclass(frozen=True, slots=True)
class ListSignature:
    """A list's signature that holds: whose it is, and which authorities' keys signed that certificate."""

    signer: Certificate
    issuers: tuple[Certificate, ...]
    """Empty where none was found."""
    quirks: tuple[str, ...] = ()


def verify_list(signed: SignedData, authorities: Iterable[Certificate], usage: str) -> ListSignature:
    """Return who signed a list. Raises `CryptoError` where no signature holds, `PkiError` where there is none.

    `authorities` are the certificates among which the signer's issuer is looked for, besides the enclosed ones;
    `usage` is the extended key usage that the signer should state.
    """
    if not signed.signers:
        raise PkiError("a list that nobody signed")
    refused: crypto.CryptoError = crypto.SignatureMismatch("the signer's certificate is not enclosed")
    for signer in signed.signers:
        for certificate in signer_certificates(signed, signer):
            try:
                quirks = verify_signer(signed, signer, certificate.key)
            except crypto.CryptoError as error:
                refused = error
                continue
            if usage not in certificate.eku:
                quirks = (*quirks, "the signer's certificate does not state that it signs such lists")
            known = dict.fromkeys((*signed.certificates, *authorities))
            return ListSignature(certificate, tuple(_issuers(certificate, known)), quirks)
    raise refused


def _issuers(certificate: Certificate, known: Iterable[Certificate]) -> Iterable[Certificate]:
    for authority in known:
        if authority.raw == certificate.raw or not _may_be_issuer(certificate, authority):
            continue
        try:
            certificate.verify_by(authority)
        except crypto.CryptoError:
            continue
        yield authority


def _may_be_issuer(certificate: Certificate, authority: Certificate) -> bool:
    same_key = certificate.aki is not None and authority.ski == certificate.aki
    return authority.may_sign_certificates and (same_key or authority.subject == certificate.issuer)
