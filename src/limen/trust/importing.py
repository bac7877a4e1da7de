"""Bringing certificates and lists into the store.

A signed list is let in if its signature holds and its signer's certificate was signed by a CSCA: one that was trusted
before, or, as it is when a store is begun, one on the list itself. The store keeps which of the two it was. What is
broken is kept with the reason, so that `limen trust explain` can tell of it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable

from limen.icao.crypto import CryptoError
from limen.icao.pki import Certificate, Crl, Deviation, DeviationList, ListSignature, MasterList, PkiError
from limen.trust.errors import MaterialError
from limen.trust.records import Ground, ImportReport, ListRecord, Role
from limen.trust.schema import explained, writing
from limen.trust.sorting import Broken, Found, sort
from limen.trust.store import TrustStore, name_key


def import_into(
    store: TrustStore,
    data: bytes,
    *,
    file: str,
    on: datetime.date,
    source: str | None = None,
    accept_unverified: bool = False,
) -> ImportReport:
    """Import one file under the name `source`, else its own, in place of what had that name before.

    All of it is imported or nothing. Raises `MaterialError` where the file holds nothing that can be used, or a list
    whose signature does not hold; a list that nobody vouches for is let in with `accept_unverified` alone.
    """
    name = source or file
    with explained(store.path), writing(store.connection):
        store.connection.execute("DELETE FROM source WHERE name = ?", (name,))
        row = (name, file, hashlib.sha256(data).digest(), on.isoformat())
        number = store.connection.execute(
            "INSERT INTO source (name, file, sha256, imported) VALUES (?, ?, ?, ?)", row
        ).lastrowid
        assert number is not None
        work = _Import(store, number, ImportReport(name, lists=[], broken=[]), accept_unverified)
        for one in sort(data, file):
            work.take(one)
        work.finish(file)
        store.connection.execute(
            "DELETE FROM certificate WHERE NOT EXISTS (SELECT 1 FROM held WHERE certificate = sha256)"
        )
    return work.report


class _Import:
    """One import under way."""

    def __init__(self, store: TrustStore, source: int, report: ImportReport, accept_unverified: bool) -> None:
        self._store = store
        self._run = store.connection.execute
        self._source = source
        self._accept = accept_unverified
        self._refused: list[str] = []
        self._lists: list[tuple[MasterList | DeviationList, bytes, str]] = []
        self.report = report

    def take(self, one: Found | Broken) -> None:
        """Write one piece."""
        if isinstance(one, Broken):
            self._broken(one.data, f"{one.where}: {one.reason}" if one.where else one.reason)
            return
        match one.piece:
            case Certificate():
                role = Role.AUTHORITY if one.piece.may_sign_certificates else Role.SIGNER
                self._certificate(one.piece, role)
            case Crl():
                self._crl(one.piece)
            case MasterList() | DeviationList():
                self._lists.append((one.piece, one.data, one.where))

    def finish(self, file: str) -> None:
        """Write the lists, those of authorities first; raise `MaterialError` where nothing was of use."""
        for piece, data, where in sorted(self._lists, key=lambda one: isinstance(one[0], DeviationList)):
            self._list(piece, data, where)
        report = self.report
        if report.authorities or report.signers or report.crls or report.deviations:
            return
        why = "; ".join((*self._refused, *(report.broken or ()))[:3]) or "it is empty"
        raise MaterialError(f"{file} holds nothing that can be imported: {why}")

    def _list(self, given: MasterList | DeviationList, data: bytes, where: str) -> None:
        what = "master list" if isinstance(given, MasterList) else "deviation list"
        at = f"{where}: " if where else ""
        try:
            signature, ground = self._verified(given)
        except (CryptoError, PkiError) as error:
            self._refuse(data, f"{at}the {what}'s signature does not hold: {error}")
            return
        if ground is Ground.UNVERIFIED and not self._accept:
            self._refuse(
                data,
                f"{at}nobody vouches for the signer of the {what} ({signature.signer.subject}): import its country's "
                "CSCA first, or accept it with --accept-unverified",
            )
            return
        self._write_list(given, what, signature, ground)

    def _verified(self, given: MasterList | DeviationList) -> tuple[ListSignature, Ground]:
        signature = given.verify()
        signer = signature.signer
        trusted = set(self._store.candidates(signer.issuer, signer.aki, signer.issuer.country))
        known = given.verify(tuple(trusted))
        if trusted.intersection(known.issuers):
            return known, Ground.KNOWN
        own = signature.issuers and isinstance(given, MasterList)
        return signature, Ground.OWN if own else Ground.UNVERIFIED

    def _write_list(
        self, given: MasterList | DeviationList, what: str, signature: ListSignature, ground: Ground
    ) -> None:
        moment = next((one.signing_time for one in given.signed.signers if one.signing_time), None)
        entries = len(given.certificates if isinstance(given, MasterList) else given.deviations)
        record = ListRecord(
            what,
            given.country,
            str(signature.signer.subject),
            moment.isoformat() if moment else None,
            ground,
            entries,
            signature.quirks,
        )
        assert self.report.lists is not None
        self.report.lists.append(record)
        row = (self._source, what, record.country, record.signer, record.signed, ground, entries)
        self._run("INSERT INTO list VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*row, json.dumps(record.notes)))
        if isinstance(given, MasterList):
            for certificate in given.certificates:
                self._certificate(certificate, Role.AUTHORITY)
            for octets, reason in given.broken:
                self._broken(octets, f"an entry of the master list: {reason}")
        else:
            self._deviations(given.country, given.deviations)

    def _certificate(self, certificate: Certificate, role: Role) -> None:
        row = (
            certificate.sha256,
            certificate.raw,
            certificate.country,
            certificate.ski,
            name_key(certificate.subject),
            name_key(certificate.issuer),
            str(certificate.serial),
        )
        new = self._run("INSERT OR IGNORE INTO certificate VALUES (?, ?, ?, ?, ?, ?, ?)", row).rowcount
        self.report.known += not new
        held = self._run(
            "INSERT OR IGNORE INTO held VALUES (?, ?, ?)", (certificate.sha256, self._source, role)
        ).rowcount
        if role is Role.AUTHORITY:
            self.report.authorities += held
        else:
            self.report.signers += held

    def _crl(self, crl: Crl) -> None:
        digest = hashlib.sha256(crl.raw).digest()
        row = (self._source, digest, crl.raw, crl.country)
        self.report.crls += self._run("INSERT OR IGNORE INTO crl VALUES (?, ?, ?, ?)", row).rowcount

    def _deviations(self, country: str | None, deviations: Iterable[Deviation]) -> None:
        for deviation in deviations:
            said = {"descriptions": list(map(str, deviation.descriptions)), "document_type": deviation.document_type}
            row = (self._source, country, deviation.numbers is not None, json.dumps(said))
            number = self._run("INSERT INTO deviation VALUES (NULL, ?, ?, ?, ?)", row).lastrowid
            self._store.connection.executemany(
                "INSERT OR IGNORE INTO deviation_number VALUES (?, ?)",
                ((one, number) for one in sorted(deviation.numbers or ())),
            )
            self.report.deviations += 1

    def _refuse(self, data: bytes, reason: str) -> None:
        self._refused.append(reason)
        self._broken(data, reason)

    def _broken(self, data: bytes, reason: str) -> None:
        assert self.report.broken is not None
        self.report.broken.append(reason)
        self._run("INSERT INTO broken VALUES (?, ?, ?)", (self._source, data, reason))
