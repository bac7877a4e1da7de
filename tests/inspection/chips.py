"""Emulated documents as evidence: their files with what their own country trusts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from limen.icao.pki import Certificate, Crl, Name
from limen.inspection import ChipEvidence, Evidence, Inspection, Verdict, inspect
from limen.specimen.chip import CardSpec, IssuedDocument, Pki, make_card

ON = datetime.date(2026, 11, 1)


class Anchors:
    """The trust anchors and revocation lists of one emulated PKI."""

    def __init__(self, pki: Pki) -> None:
        self._trusted = [Certificate.parse(der) for der in pki.anchors]
        self._crls = [Crl.parse(pki.crl)]

    def candidates(self, issuer: Name, key_identifier: bytes | None, country: str | None) -> Sequence[Certificate]:
        """All of them: there are few."""
        return self._trusted

    def crls(self, country: str | None) -> Sequence[Crl]:
        """All of them."""
        return self._crls

    def countries(self) -> Sequence[str]:
        """Of the trusted certificates."""
        return sorted({one.subject.country or "" for one in self._trusted})


def evidence(document: IssuedDocument, *, live: bool = False, **rest: object) -> ChipEvidence:
    """All files of the document, as a saved copy of it has them."""
    files = {name.replace("ATR_", "ATR/"): data for name, data in document.files.items()}
    return ChipEvidence(files, live=live, **rest)  # type: ignore[arg-type]


def verdicts(inspection: Inspection) -> dict[str, str]:
    """What became of each check that ran."""
    return {result.code: str(result.verdict) for result in inspection.checks}


def examined(spec: CardSpec, on: datetime.date = ON, *, trusting: bool = True) -> Inspection:
    """An inspection of a saved copy of that document, with its printed zone typed in."""
    document = make_card(spec)
    found = Evidence(
        pictured=False,
        typed=document.mrz,
        chip=evidence(document),
        anchors=Anchors(document.pki) if trusting else None,
    )
    return inspect(on=on, evidence=found)


def irregular(inspection: Inspection) -> set[str]:
    """The codes of the failed checks that count."""
    return {result.code for result in inspection.checks if result.counts and result.verdict is Verdict.FAILED}
