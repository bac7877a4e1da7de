"""Why a certificate can be relied upon, or cannot: for an administrator who asks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from limen.icao.crypto import CryptoError
from limen.icao.pki import Certificate, build_path
from limen.trust.records import Held, Role
from limen.trust.store import TrustStore


@dataclass(frozen=True, slots=True)
class Explanation:
    """One certificate, taken apart and held against the store."""

    certificate: Certificate
    kind: str
    """CSCA, link certificate, document signer, or what else it is."""
    usable: bool
    """Whether documents can be trusted on its account, on that day."""
    why: str
    """One sentence."""
    roles: tuple[tuple[str, Role], ...]
    """(source, role) of those who hold it; empty for one that is not in the store."""
    key: str
    chain: tuple[Certificate, ...]
    """From the one that signed it up to a trusted one; empty where there is none."""
    conflicts: tuple[Certificate, ...]
    """Others with the same key identifier and another key."""
    quirks: tuple[str, ...]


def explain(store: TrustStore, certificate: Certificate, on: datetime.date) -> Explanation:
    """Return what there is to say of a certificate, in the store or not, as of the day `on`."""
    digest = certificate.sha256.hex()
    held: Held | None = next(iter(store.find(digest)), None)
    roles = held.roles if held else ()
    key, key_fault = _key(certificate)
    trusted = held is not None and held.role is Role.AUTHORITY
    chain = () if _signs_itself(certificate) else build_path(certificate, store).chain[1:]
    usable, why = _judge(certificate, on, trusted, bool(chain), key_fault)
    twins = store.signers(None, None, certificate.ski) if certificate.ski else ()
    conflicts = tuple(one for one in twins if one.spki != certificate.spki)
    return Explanation(certificate, _kind(certificate), usable, why, roles, key, chain, conflicts, certificate.quirks)


def _key(certificate: Certificate) -> tuple[str, str | None]:
    try:
        return str(certificate.key), None
    except CryptoError as error:
        return "none that can be used", str(error)


def _signs_itself(certificate: Certificate) -> bool:
    if not certificate.self_issued:
        return False
    try:
        certificate.verify_by(certificate)
    except CryptoError:
        return False
    return True


def _kind(certificate: Certificate) -> str:
    if not certificate.may_sign_certificates:
        return "document or list signer"
    if _signs_itself(certificate):
        return "CSCA, self-signed"
    return "link certificate" if certificate.self_issued else "CSCA, signed by another key or name"


def _judge(
    certificate: Certificate, on: datetime.date, trusted: bool, led: bool, fault: str | None
) -> tuple[bool, str]:
    if fault is not None:
        return False, f"its key cannot be used: {fault}"
    ended = certificate.not_after.date() < on
    if trusted:
        late = f"; it ended on {certificate.not_after:%Y-%m-%d}, and holds for documents signed before" if ended else ""
        return True, f"it is a trust anchor{late}"
    if not led:
        return False, "no certificate in the store signed it, and nobody brought it as an authority's"
    if certificate.may_sign_certificates:
        return True, "a trusted certificate signed it"
    late = f", but it ended on {certificate.not_after:%Y-%m-%d}" if ended else ""
    return not ended, f"a trusted certificate signed it{late}"
