"""From a signer's certificate to a trust anchor: Doc 9303-12 section 6.1, RFC 5280 section 6 as far as it applies.

The PKI of travel documents has two levels: a CSCA signs its document signers, and nobody signs it. Link certificates,
by which an old CSCA key signs the new one, may lie between. 309 of 942 published certificates share their key
identifier with another: every candidate is tried, and the signature decides.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from limen.icao import crypto, der
from limen.icao.pki.certificate import Certificate
from limen.icao.pki.crl import Crl
from limen.icao.pki.name import Name

_MAX_LINKS = 4
_MAX_VERIFICATIONS = 300


class AnchorSource(Protocol):
    """Whatever knows the certificates that are trusted, and the revocation lists."""

    def candidates(self, issuer: Name, key_identifier: bytes | None, country: str | None) -> Sequence[Certificate]:
        """Return the trusted certificates with this key identifier, or of this name, or of this country."""
        ...

    def crls(self, country: str | None) -> Sequence[Crl]:
        """Return the revocation lists of a country."""
        ...

    def countries(self) -> Sequence[str]:
        """Return the two-letter countries of which there are trusted certificates."""
        ...


@runtime_checkable
class SignerSource(Protocol):
    """What an `AnchorSource` may offer besides: document signers of the PKD, for documents that enclose none."""

    def signers(self, issuer: Name | None, serial: int | None, key_identifier: bytes | None) -> Sequence[Certificate]:
        """Return the document signers named by issuer and serial number, or by their key identifier."""
        ...


@runtime_checkable
class DeviationSource(Protocol):
    """What an `AnchorSource` may offer besides: what issuers tell of their own faulty documents (section 10)."""

    def known_deviations(self, country: str, number: str) -> Sequence[str]:
        """Return what the two-letter country tells of the document of this number, a sentence each."""
        ...

    def lists_deviations(self, country: str) -> bool:
        """Say whether the country has told of any."""
        ...


class PathOutcome(StrEnum):
    """What came of the search for a path."""

    FOUND = "found"
    NO_ANCHOR = "no trust anchor"
    FORGED = "the named issuer did not sign"
    UNSUPPORTED = "not supported"


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of certificates, from the signer's to a trusted one; empty where there is none."""

    outcome: PathOutcome
    chain: tuple[Certificate, ...] = ()
    tried: tuple[tuple[Certificate, str], ...] = ()
    """Candidates that did not do, each with the reason."""

    @property
    def anchor(self) -> Certificate | None:
        """The trusted certificate at the end."""
        return self.chain[-1] if self.chain else None


def build_path(
    certificate: Certificate,
    anchors: AnchorSource,
    links: Iterable[Certificate] = (),
    at: datetime.datetime | None = None,
) -> Path:
    """Return a path from the certificate to a trusted one.

    1. Every trusted candidate is tried: first by key identifier and name, then by either, then by country.
    2. Failing that, every certificate of `links` (enclosed ones, which nobody trusts by themselves) that says that it
       is an authority's and did sign is followed upwards, over four links at most.

    Of several trusted certificates of one key, one that was valid `at` that moment is preferred.
    """
    return _Search(anchors, list(dict.fromkeys(links)), at).upwards((certificate,))


class _Search:
    """One search: no link is followed twice, and no more signatures are verified than `_MAX_VERIFICATIONS`.

    Otherwise a document that encloses many certificates of one key would keep a counter busy for hours.
    """

    def __init__(self, anchors: AnchorSource, links: list[Certificate], at: datetime.datetime | None) -> None:
        self._anchors = anchors
        self._links = links
        self._at = at
        self._left = _MAX_VERIFICATIONS

    def upwards(self, below: tuple[Certificate, ...]) -> Path:
        """Return the path from the last certificate of `below`."""
        certificate = below[-1]
        direct = self._by_trusted(certificate)
        if direct.outcome is PathOutcome.FOUND:
            return Path(PathOutcome.FOUND, (*below, *direct.chain), direct.tried)
        if len(below) > _MAX_LINKS:
            return direct
        for link in _ranked(certificate, self._links):
            if link in self._links and _is_strict_authority(link) and self._refusal(certificate, link) is None:
                self._links.remove(link)
                further = self.upwards((*below, link))
                if further.outcome is PathOutcome.FOUND:
                    return further
        return direct

    def _by_trusted(self, certificate: Certificate) -> Path:
        country = certificate.issuer.country
        trusted = _ranked(certificate, self._anchors.candidates(certificate.issuer, certificate.aki, country))
        tried: list[tuple[Certificate, str]] = []
        outcome = PathOutcome.NO_ANCHOR
        for candidate in trusted:
            if not candidate.may_sign_certificates or candidate == certificate:
                continue
            refusal = self._refusal(certificate, candidate)
            if refusal is None:
                return Path(PathOutcome.FOUND, (_best(candidate, trusted, self._at),), tuple(tried))
            tried.append((candidate, str(refusal)))
            outcome = _worse(outcome, certificate, candidate, refusal)
        return Path(outcome, (), tuple(tried))

    def _refusal(self, certificate: Certificate, issuer: Certificate) -> crypto.CryptoError | None:
        """Return why the issuer's key did not sign the certificate, or None if it did."""
        if self._left == 0:
            return crypto.UnsupportedError("too many certificates to try")
        self._left -= 1
        try:
            certificate.verify_by(issuer)
        except crypto.CryptoError as error:
            return error
        return None


def _worse(
    outcome: PathOutcome, certificate: Certificate, candidate: Certificate, refusal: crypto.CryptoError
) -> PathOutcome:
    """Return what a candidate that did not do makes of the outcome so far."""
    if isinstance(refusal, crypto.SignatureMismatch):
        return PathOutcome.FORGED if _surely_named(certificate, candidate) else outcome
    if outcome is PathOutcome.NO_ANCHOR and _rank(certificate, candidate) < 3:
        return PathOutcome.UNSUPPORTED
    return outcome


def _rank(certificate: Certificate, candidate: Certificate) -> int:
    same_key = certificate.aki is not None and candidate.ski == certificate.aki
    same_name = candidate.subject == certificate.issuer
    return 3 - 2 * same_key - same_name


def _ranked(certificate: Certificate, candidates: Iterable[Certificate]) -> list[Certificate]:
    return sorted(dict.fromkeys(candidates), key=lambda found: _rank(certificate, found))


def _best(found: Certificate, trusted: list[Certificate], at: datetime.datetime | None) -> Certificate:
    """Return, of the trusted certificates with the same key and name, the one that best fits the moment."""
    twins = [one for one in trusted if one.spki == found.spki and one.subject == found.subject]
    return max(twins, key=lambda one: (at is None or one.valid_at(at), one.self_issued, one.not_after))


def _is_strict_authority(certificate: Certificate) -> bool:
    """Say whether a certificate that nobody trusts by itself states both that it is an authority's."""
    constraints, usage = certificate.basic_constraints, certificate.key_usage
    return constraints is not None and constraints.ca and usage is not None and "keyCertSign" in usage


def _surely_named(certificate: Certificate, candidate: Certificate) -> bool:
    """Say whether the certificate names this very key as its issuer's.

    A name alone does not: an authority keeps it over many keys, and the right one may be missing. A key identifier does
    if it is the key's digest (RFC 5280 section 4.2.1.2), which keys of other values do not share.
    """
    if _rank(certificate, candidate) != 0:
        return False
    try:
        fields = der.parse(candidate.spki, lenient=True).fields()
        fields.take()
        bits, _ = der.as_bits(fields.take())
    except der.DerError:
        return False
    return candidate.ski == hashlib.sha1(bits, usedforsecurity=False).digest()
