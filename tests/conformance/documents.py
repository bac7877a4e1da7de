"""Documents that are wrong in one thing, and how the whole reader takes them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from limen.cli.chip_reading import evidence_of
from limen.icao import der
from limen.icao.chip import CanKey, MrzKey, ReadingOptions, TerminalKey, TransmitError, read_chip
from limen.icao.mrz import parse
from limen.icao.pki import Certificate, Crl, Name
from limen.inspection import Evidence, Inspection, Verdict, inspect
from limen.specimen.chip import Access, CardSpec, IssuedDocument, make_card

ON = datetime.date(2026, 11, 1)
PLAIN = CardSpec(access=(Access.PLAIN,), groups=(1, 2))
BAC = CardSpec(access=(Access.BAC,), groups=(1, 2))


class Store:
    """The specimen's own authorities, and its signer where the document encloses none."""

    def __init__(self, document: IssuedDocument, *, signers: bool) -> None:
        self._trusted = [Certificate.parse(one) for one in document.pki.anchors]
        self._signers = [Certificate.parse(document.pki.signer.der)] if signers else []
        self._crl = Crl.parse(document.pki.crl)

    def candidates(self, issuer: Name, key_identifier: bytes | None, country: str | None) -> Sequence[Certificate]:
        return self._trusted

    def crls(self, country: str | None) -> Sequence[Crl]:
        return [self._crl]

    def countries(self) -> Sequence[str]:
        return ["UT"]

    def signers(self, issuer: Name | None, serial: int | None, key_identifier: bytes | None) -> Sequence[Certificate]:
        return self._signers


@dataclass(frozen=True, slots=True)
class Told:
    """What an inspection said: codes by verdict, of the checks that count, and what is told as an oddity."""

    verdict: Verdict
    failed: frozenset[str]
    open: frozenset[str]
    notes: str
    access: str | None

    @classmethod
    def of(cls, inspection: Inspection) -> Told:
        counting = [one for one in inspection.checks if one.counts]
        unsure = (Verdict.UNDETERMINED, Verdict.ABORTED, Verdict.NOT_SUPPORTED)
        return cls(
            inspection.verdict,
            frozenset(one.code for one in counting if one.verdict is Verdict.FAILED),
            frozenset(one.code for one in counting if one.verdict in unsure),
            " ".join(text for one in inspection.checks for text in (*one.details, one.message)),
            inspection.chip.evidence.access if inspection.chip else None,
        )


class _InMemory:
    """A card that is asked without a reader between."""

    def __init__(self, document: IssuedDocument) -> None:
        self._card = document.card

    def transmit(self, apdu: bytes) -> bytes:
        return self._card.answer(apdu)


def told(
    document: IssuedDocument,
    *,
    can: bool = False,
    page: Sequence[str] | None = None,
    signers: bool = True,
    terminal: TerminalKey | None = None,
) -> Told:
    """Read the document's chip to the end and judge it against its page; `signers` are in the trust store, too."""
    zone = parse(document.mrz)
    key = MrzKey(zone.document_number, zone.birth_date.raw, zone.expiry_date.raw)
    document.card.reset()
    options = ReadingOptions(terminal_key=terminal)
    reading = read_chip(_InMemory(document), [CanKey(document.can) if can else key], options=options)
    assert not isinstance(reading.failure, TransmitError)
    found = Evidence(
        pictured=False,
        typed=tuple(page or document.mrz),
        chip=evidence_of(reading),
        anchors=Store(document, signers=signers),
    )
    return Told.of(inspect(on=ON, evidence=found))


def with_group(number: int, change: Callable[[bytes], bytes], spec: CardSpec = PLAIN) -> Told:
    """A document whose data group was changed before it was signed: what is wrong is the group and nothing else."""
    group = make_card(spec).files[f"EF.DG{number}"]
    return told(make_card(spec, signed={number: change(group)}))


def with_file(name: str, change: Callable[[bytes], bytes | None], spec: CardSpec = PLAIN) -> Told:
    """A document one of whose files was changed on the chip."""
    return told(make_card(spec, present={name: change(make_card(spec).files[name])}))


def with_files(changes: Mapping[str, Callable[[bytes], bytes | None]], spec: CardSpec = PLAIN) -> Told:
    """A document several of whose files were changed on the chip."""
    files = make_card(spec).files
    return told(make_card(spec, present={name: change(files[name]) for name, change in changes.items()}))


def longer(data: bytes) -> bytes:
    """The outermost length says one octet too many."""
    return _relength(data, 1)


def shorter(data: bytes) -> bytes:
    """The outermost length says one octet too few."""
    return _relength(data, -1)


def _relength(data: bytes, by: int) -> bytes:
    header = der.read_header(data)
    assert header is not None
    _, body, length = header
    at = body - 1 if data[body - 1] + by in range(256) else body - 2
    assert length
    return data[:at] + bytes([data[at] + by]) + data[at + 1 :]


def retagged(tag: int) -> Callable[[bytes], bytes]:
    """The outermost tag, of one octet, is another."""
    return lambda data: bytes([tag]) + data[1:]
