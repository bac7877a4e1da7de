"""The trust store: whom a verifier trusts, by whom it was told so, and when.

It answers as `AnchorSource` and `SignerSource` of `limen.icao.pki` do. Look-ups are indexed, and only what they find is
parsed: a store of tens of thousands of document signers opens at once.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from limen.icao.pki import Certificate, Crl, Name
from limen.trust.errors import UnknownError
from limen.trust.records import BrokenEntry, Ground, Held, KnownDeviation, ListRecord, Role, Source
from limen.trust.schema import connect, explained, writing

FILE = "trust.sqlite"
_AUTHORITY = "EXISTS (SELECT 1 FROM held WHERE certificate = sha256 AND role = 'authority')"
_BY_KEY = f"SELECT der FROM certificate WHERE ski = ? AND {_AUTHORITY}"  # noqa: S608 - of constants
_BY_NAME = f"SELECT der FROM certificate WHERE subject = ? AND {_AUTHORITY}"  # noqa: S608
_BY_COUNTRY = f"SELECT der FROM certificate WHERE country = ? AND {_AUTHORITY}"  # noqa: S608
_COUNTS = (
    "SELECT count(*) FROM crl WHERE source = ?",
    "SELECT count(*) FROM deviation WHERE source = ?",
    "SELECT count(*) FROM broken WHERE source = ?",
)


def default_path() -> Path:
    """Where the store is if nobody says otherwise: $LIMEN_TRUST, else the user's data folder (XDG)."""
    named = os.environ.get("LIMEN_TRUST")
    if named:
        return Path(named)
    data = os.environ.get("XDG_DATA_HOME")
    return Path(data or Path.home() / ".local" / "share") / "limen" / FILE


def name_key(name: Name) -> bytes:
    """Return what names are indexed by: the same for all that are equal."""
    return hashlib.sha256(repr(name.key).encode("utf-8", "surrogatepass")).digest()


class TrustStore:
    """One store. Every method raises `StoreError` where the file cannot be used."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection

    @classmethod
    def open(cls, path: Path | None = None, *, create: bool = False) -> Self:
        """Open the store at `path`, else at `default_path()`. Raises `StoreError`."""
        place = path or default_path()
        return cls(place, connect(place, create=create))

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def candidates(self, issuer: Name, key_identifier: bytes | None, country: str | None) -> Sequence[Certificate]:
        """Return the authorities' certificates with this key identifier or name; those of the country only where
        none has the key identifier, for an issuer that changed its name (see `AnchorSource`).
        """
        by_key = self._authorities(_BY_KEY, key_identifier) if key_identifier else ()
        by_name = self._authorities(_BY_NAME, name_key(issuer))
        by_country = self._authorities(_BY_COUNTRY, country) if country and not by_key else ()
        return tuple(dict.fromkeys((*by_key, *by_name, *by_country)))

    def crls(self, country: str | None) -> Sequence[Crl]:
        """Return the revocation lists of a country, whoever brought them: a signature tells if they hold."""
        rows = self._rows("SELECT DISTINCT der FROM crl WHERE country IS ?", country)
        return tuple(_crl(der) for (der,) in rows)

    def countries(self) -> Sequence[str]:
        """Return the two-letter countries of which an authority is held."""
        rows = self._rows(
            "SELECT DISTINCT country FROM certificate JOIN held ON certificate = sha256 "
            "WHERE role = ? AND country IS NOT NULL ORDER BY country",
            Role.AUTHORITY,
        )
        return tuple(country for (country,) in rows)

    def signers(self, issuer: Name | None, serial: int | None, key_identifier: bytes | None) -> Sequence[Certificate]:
        """Return the certificates, of whatever role, of this issuer and serial number, or with this key identifier."""
        found: list[Certificate] = []
        if issuer is not None and serial is not None:
            query = "SELECT der FROM certificate WHERE issuer = ? AND serial = ?"
            found += [_certificate(der) for (der,) in self._rows(query, name_key(issuer), str(serial))]
        if key_identifier:
            query = "SELECT der FROM certificate WHERE ski = ?"
            found += [_certificate(der) for (der,) in self._rows(query, key_identifier)]
        return tuple(dict.fromkeys(found))

    def seal_signers(self, country: str, serial: int) -> Sequence[Certificate]:
        """Return the certificates, of whatever role, of the country with this serial number (`SealSignerSource`)."""
        query = "SELECT der FROM certificate WHERE country = ? AND serial = ?"
        return tuple(_certificate(der) for (der,) in self._rows(query, country, str(serial)))

    def deviations(self, country: str | None, number: str) -> tuple[KnownDeviation, ...]:
        """Return what issuers of the country tell of the document with this number, fillers and all."""
        query = (
            "SELECT source.name, country, said FROM deviation_number JOIN deviation ON deviation.id = deviation "
            "JOIN source ON source.id = source WHERE number = ? AND country IS ?"
        )
        return tuple(_deviation(*row) for row in self._rows(query, number.rstrip("<"), country))

    def known_deviations(self, country: str, number: str) -> Sequence[str]:
        """Return the same as sentences alone (`DeviationSource`)."""
        return tuple(text for one in self.deviations(country, number) for text in one.descriptions)

    def lists_deviations(self, country: str) -> bool:
        """Say whether there is a deviation list of the country."""
        return bool(self._rows("SELECT 1 FROM deviation WHERE country = ? LIMIT 1", country))

    def sources(self) -> tuple[Source, ...]:
        """Return the sources in the order in which they came."""
        rows = self._rows("SELECT id, name, file, sha256, imported FROM source ORDER BY id")
        return tuple(self._source(*row) for row in rows)

    def source_id(self, name: str) -> int:
        """Return the number of a source. Raises `UnknownError`."""
        found = self._rows("SELECT id FROM source WHERE name = ?", name)
        if not found:
            have = ", ".join(one.name for one in self.sources()) or "none"
            raise UnknownError(f"there is no source {name} (have: {have})")
        return int(found[0][0])

    def held(self, *, country: str | None = None, source: str | None = None) -> Iterator[Held]:
        """Yield the certificates, by country; with `country` or `source`, only theirs. Raises `UnknownError`."""
        number = None if source is None else self.source_id(source)
        query = (
            "SELECT sha256, der FROM certificate WHERE (?1 IS NULL OR country = ?1) AND (?2 IS NULL OR EXISTS "
            "(SELECT 1 FROM held WHERE certificate = sha256 AND source = ?2)) ORDER BY country, subject"
        )
        for digest, der in self._rows(query, country, number):
            yield Held(Certificate.parse(der), self._roles(digest))

    def find(self, start: str) -> tuple[Held, ...]:
        """Return the certificates whose SHA-256 or key identifier begins with these hexadecimal digits."""
        query = "SELECT sha256, der FROM certificate WHERE hex(sha256) LIKE ? OR hex(ski) LIKE ?"
        rows = self._rows(query, *(f"{start.upper()}%",) * 2)
        return tuple(Held(_certificate(der), self._roles(digest)) for digest, der in rows)

    def broken(self, source: str | None = None) -> tuple[BrokenEntry, ...]:
        """Return what could not be used, of one source or of all."""
        query = "SELECT name, reason, length(der) FROM broken JOIN source ON source.id = source"
        if source is not None:
            return tuple(BrokenEntry(*row) for row in self._rows(f"{query} WHERE name = ?", source))
        return tuple(BrokenEntry(*row) for row in self._rows(query))

    def remove(self, name: str) -> int:
        """Forget a source, and what no other source holds; return how many certificates went. `UnknownError`."""
        number = self.source_id(name)
        with explained(self.path), writing(self.connection):
            self.connection.execute("DELETE FROM source WHERE id = ?", (number,))
            gone = self.connection.execute(
                "DELETE FROM certificate WHERE NOT EXISTS (SELECT 1 FROM held WHERE certificate = sha256)"
            )
        return gone.rowcount

    def _authorities(self, query: str, value: bytes | str) -> Sequence[Certificate]:
        return tuple(_certificate(der) for (der,) in self._rows(query, value))

    def _roles(self, digest: bytes) -> tuple[tuple[str, Role], ...]:
        query = "SELECT name, role FROM held JOIN source ON source.id = source WHERE certificate = ? ORDER BY source"
        return tuple((name, Role(role)) for name, role in self._rows(query, digest))

    def _source(self, number: int, name: str, file: str, sha256: bytes, imported: str) -> Source:
        roles = dict(self._rows("SELECT role, count(*) FROM held WHERE source = ? GROUP BY role", number))
        crls, deviations, broken = (self._rows(query, number)[0][0] for query in _COUNTS)
        query = "SELECT kind, country, signer, signed, ground, entries, notes FROM list WHERE source = ?"
        lists = tuple(
            ListRecord(kind, country, signer, signed, Ground(ground), count, tuple(json.loads(notes)))
            for kind, country, signer, signed, ground, count, notes in self._rows(query, number)
        )
        day = datetime.date.fromisoformat(imported)
        authorities, signers = roles.get(Role.AUTHORITY, 0), roles.get(Role.SIGNER, 0)
        return Source(name, file, sha256.hex(), day, authorities, signers, crls, deviations, broken, lists)

    def _rows(self, query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        with explained(self.path):
            return self.connection.execute(query, values).fetchall()


@lru_cache(maxsize=4096)
def _certificate(der: bytes) -> Certificate:
    return Certificate.parse(der)


@lru_cache(maxsize=64)
def _crl(der: bytes) -> Crl:
    return Crl.parse(der)


def _deviation(source: str, country: str | None, said: str) -> KnownDeviation:
    told = json.loads(said)
    return KnownDeviation(source, country, tuple(told["descriptions"]), told["document_type"])
