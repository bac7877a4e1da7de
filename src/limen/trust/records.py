"""What the store tells of itself."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from limen.icao.pki import Certificate


class Role(StrEnum):
    """As what a certificate is held."""

    AUTHORITY = "authority"
    """A CSCA's, self-signed or a link: documents that lead to it are trusted."""
    SIGNER = "signer"
    """A document signer's: it helps to find a path, and is trusted for nothing."""


class Ground(StrEnum):
    """Why a list was let in."""

    KNOWN = "its signer's authority was trusted before"
    OWN = "its signer's authority is on the list itself"
    UNVERIFIED = "nobody vouches for its signer; it was accepted all the same"


@dataclass(frozen=True, slots=True)
class Held:
    """One certificate, and by which sources it is held as what."""

    certificate: Certificate
    roles: tuple[tuple[str, Role], ...]
    """(source, role)."""

    @property
    def role(self) -> Role:
        """An authority's if any source holds it as one."""
        return Role.AUTHORITY if any(role is Role.AUTHORITY for _, role in self.roles) else Role.SIGNER


@dataclass(frozen=True, slots=True)
class ListRecord:
    """A signed list that came with a source."""

    kind: str
    country: str | None
    signer: str | None
    signed: str | None
    """When, if the signer says so; ISO 8601."""
    ground: Ground
    entries: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What was imported at one time under one name."""

    name: str
    file: str
    sha256: str
    imported: datetime.date
    authorities: int
    signers: int
    crls: int
    deviations: int
    broken: int
    lists: tuple[ListRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class BrokenEntry:
    """What came with a source and could not be used."""

    source: str
    reason: str
    size: int


@dataclass(frozen=True, slots=True)
class KnownDeviation:
    """A deviation that an issuer tells of, and that concerns a document."""

    source: str
    country: str | None
    descriptions: tuple[str, ...]
    document_type: str | None = None


@dataclass(slots=True)
class ImportReport:
    """What came of one import."""

    source: str
    authorities: int = 0
    signers: int = 0
    crls: int = 0
    deviations: int = 0
    known: int = 0
    """Certificates that were in the store before."""
    lists: list[ListRecord] | None = None
    broken: list[str] | None = None
    """One sentence for each entry that could not be used."""
