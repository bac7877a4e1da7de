"""The doors of the chip and of seals: files, signed objects, certificates, seals, and the answers of a card.

As with the other doors, each takes one input, whatever it is, and returns a word for what came of it; it raises
`Broken` where a promise is not kept, and whatever else escapes is a finding, too. An input is always octets, so that
`fuzz/run.py`, atheris and the replayed corpus can share them.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from limen.icao import crypto, lds
from limen.icao.chip import AccessKey, CardRemoved, ChipReading, MrzKey, read_chip
from limen.icao.lds import LdsError
from limen.icao.pki import (
    Certificate,
    Crl,
    DeviationList,
    MasterList,
    Name,
    PkiError,
    SignedData,
    Sod,
    build_path,
    card_security_authentication,
    passive_authentication,
)
from limen.icao.seal import SealError, looks_like_seal, read_seal, seal_authentication
from limen.icao.seal.vds import Seal

ON = datetime.date(2026, 1, 1)
ANCHORS = Path(__file__).parent / "corpus" / "anchors"
"""Certificates and a revocation list of an issuer that exists nowhere."""

CARDS = 5
"""The emulated cards that an input of the door `apdu` chooses among."""
MOST_COMMANDS = 25_000
EVER = 0xFF
"""As the place of a change: at every command."""
INNER = 0x80
"""Added to a kind of change: before secure messaging protects the answer."""


class Broken(AssertionError):  # noqa: N818 - reads as what it says
    """A promise was not kept."""


def promise(kept: bool, what: str) -> None:
    """Raise `Broken` unless it was kept."""
    if not kept:
        raise Broken(what)


class Anchors:
    """Trusts one issuer, and offers its certificates whoever is asked for."""

    def __init__(self) -> None:
        self.trusted = [Certificate.parse((ANCHORS / f"{name}.der").read_bytes()) for name in ("csca", "former")]
        self.signer = Certificate.parse((ANCHORS / "signer.der").read_bytes())
        self.crl = Crl.parse((ANCHORS / "crl.der").read_bytes())

    def candidates(self, issuer: Name, key_identifier: bytes | None, country: str | None) -> Sequence[Certificate]:
        """All there are."""
        return self.trusted

    def crls(self, country: str | None) -> Sequence[Crl]:
        """The one there is."""
        return [self.crl]

    def countries(self) -> Sequence[str]:
        """That of the issuer."""
        return [self.trusted[0].country or ""]

    def signers(self, issuer: Name | None, serial: int | None, key_identifier: bytes | None) -> Sequence[Certificate]:
        """The document signer."""
        return [self.signer]

    def seal_signers(self, country: str, serial: int) -> Sequence[Certificate]:
        """The document signer, too."""
        return [self.signer]


@cache
def anchors() -> Anchors:
    """The anchors, read once."""
    return Anchors()


def through_lds(data: bytes) -> str:
    """`parse_file`: the first octet chooses the file; the rest is taken apart, or there is an `LdsError`."""
    if not data:
        return "empty"
    name = lds.FILES[data[0] % len(lds.FILES)].name
    content = data[1:]
    try:
        parsed = lds.parse_file(name, content)
    except LdsError as error:
        promise(len(str(error).splitlines()) == 1, f"more than one line: {error}")
        return "refused"
    promise(parsed.raw == content, f"{name} was changed")
    repr(parsed)
    return "taken apart"


def through_certificate(data: bytes) -> str:
    """`Certificate`: everything that can be asked of it is answered, or a `CryptoError` says why not."""
    try:
        found = Certificate.parse(data)
    except PkiError:
        return "refused"
    promise(data.startswith(found.raw) and found.tbs in found.raw, "what is signed was changed")
    _ask(found)
    path = build_path(found, anchors(), (found,), found.not_before)
    return f"path: {path.outcome}"


def through_cms(data: bytes) -> str:
    """Signed data as a security object, a list, EF.CardSecurity; and revocation lists: `PkiError` alone is raised."""
    words = [word for word, door in _CMS_DOORS.items() if door(data)]
    passive_authentication(data, {1: b"", 2: data[:100]}, anchors(), ON)
    card_security_authentication(data, anchors(), ON)
    return " and ".join(words) or "refused"


def through_vds(data: bytes) -> str:
    """`seal_authentication` raises nothing; a seal that can be read gives its values."""
    looks_like_seal(data)
    result = seal_authentication(data, anchors(), ON, document_code="V")
    promise(len(result.steps) > 0, "no step was taken")
    try:
        seal = read_seal(data)
    except SealError:
        return "refused"
    if isinstance(seal, Seal):
        repr((seal.values, seal.zone, seal.header.kind))
    return "taken apart"


class FaultyCard:
    """An emulated card whose answers are changed as an input says: the `Transmit` of `read_chip`.

    Each change is (place, kind, argument): at which command, or `EVER`; what is done; and octets it is done with.
    """

    def __init__(self, number: int, changes: Sequence[tuple[int, int, bytes]]) -> None:
        self.card, self.keys = _card(number)
        self.card.reset()
        self._seed(number)
        self.card.inner = self._inner
        self._changes = changes
        self.count = 0

    def _seed(self, number: int) -> None:
        self.card._random = Random(number).randbytes

    def transmit(self, apdu: bytes) -> bytes:
        """The card's answer, changed. Raises `CardRemoved` where a change says so, or the changes never end."""
        promise(self.count < MOST_COMMANDS, "the card is asked without end")
        answer = self.card.answer(apdu)
        for kind, argument in self._now(inner=False):
            if kind == 8:
                raise CardRemoved("The card was taken away.")
            answer = argument if kind == 7 else _changed(kind, argument, answer[:-2]) + answer[-2:]
            answer = answer[:-2] + argument[:2] if kind == 6 and len(argument) > 1 else answer
        self.count += 1
        return answer

    def _inner(self, _request: object, data: bytes, word: int) -> tuple[bytes, int]:
        for kind, argument in self._now(inner=True):
            data = _changed(kind, argument, data)
            word = int.from_bytes(argument[:2].ljust(2, b"\0"), "big") if kind == 6 else word
        return data, word

    def _now(self, *, inner: bool) -> list[tuple[int, bytes]]:
        return [
            (kind & 0x0F, argument)
            for place, kind, argument in self._changes
            if place in {min(self.count, 0xFE), EVER} and bool(kind & INNER) is inner
        ]


def through_apdu(data: bytes) -> str:
    """`read_chip` never raises, asks no card without end, and what it read is checked as any document is."""
    number, changes = read_script(data)
    card = FaultyCard(number, changes)
    reading = read_chip(card, card.keys, random=Random(1).randbytes)
    _ask_reading(reading)
    sod = reading.files.get("EF.SOD", b"")
    groups = {n: reading.files[f"EF.DG{n}"] for n in range(1, 17) if f"EF.DG{n}" in reading.files}
    passive_authentication(sod, groups, anchors(), ON)
    for name, content in reading.files.items():
        try:
            lds.parse_file(name, content)
        except LdsError:
            continue
    if reading.access is None:
        return "not opened"
    return "read to the end" if reading.aborted is None else "broken off"


def read_script(data: bytes) -> tuple[int, list[tuple[int, int, bytes]]]:
    """Return the number of the card and up to 32 changes: place, kind, length of the argument, argument."""
    changes = []
    at = 1
    while at + 3 <= len(data) and len(changes) < 32:
        place, kind, size = data[at : at + 3]
        changes.append((place, kind, data[at + 3 : at + 3 + size]))
        at += 3 + size
    return (data[0] if data else 0) % CARDS, changes


def write_script(number: int, changes: Sequence[tuple[int, int, bytes]]) -> bytes:
    """Return the octets that `read_script` reads."""
    return bytes([number]) + b"".join(bytes([place, kind, len(text)]) + text for place, kind, text in changes)


DOORS: dict[str, Callable[[bytes], str]] = {
    "lds": through_lds,
    "cms": through_cms,
    "certificate": through_certificate,
    "vds": through_vds,
    "apdu": through_apdu,
}


def _changed(kind: int, argument: bytes, data: bytes) -> bytes:
    """The data of an answer, changed; kinds 6 and up are for the status word and whole answers."""
    at = int.from_bytes(argument[:2], "big")
    spoilt = bytearray(data)
    match kind:
        case 0:
            return argument
        case 1:
            spoilt += argument
        case 2:
            del spoilt[at:]
        case 3 if data:
            spoilt[at % len(data)] ^= argument[2] if len(argument) > 2 else 1
        case 4:
            spoilt = spoilt * (argument[0] + 1 if argument else 2)
        case 5:
            spoilt[at:at] = argument[2:]
    return bytes(spoilt[:0x10000])


@cache
def _card(number: int) -> tuple[Any, tuple[AccessKey, ...]]:
    """An emulated card and its key. Its own drawing of random numbers is replaced, so that a run can be repeated."""
    from limen.specimen.chip import Access, CardSpec, Cipher, Proof, make_card  # noqa: PLC0415 - loads much

    spec = (
        CardSpec(access=(Access.BAC,), proofs=(Proof.AA_ECDSA,), portrait_octets=3000),
        CardSpec(
            access=(Access.PACE_GM, Access.BAC),
            cipher=Cipher.TDES,
            groups=(1, 2, 11),
            portrait_octets=3000,
            proofs=(Proof.CA,),
        ),
        CardSpec(access=(Access.PACE_CAM,), cipher=Cipher.AES_256, proofs=(Proof.CA_V2,), portrait_octets=3000),
        CardSpec(access=(Access.PACE_IM,), domain=0, groups=(1, 2, 13), portrait_octets=3000, proofs=(Proof.AA_RSA,)),
        CardSpec(access=(Access.PLAIN,), groups=(1, 2, 16), portrait_octets=3000),
    )[number]
    made = make_card(spec)
    second = made.mrz[1]
    return made.card, (MrzKey(second[:9], second[13:19], second[21:27]),)


def _ask(certificate: Certificate) -> None:
    repr(certificate)
    names = ("quirks", "ski", "aki", "key_usage", "basic_constraints", "eku", "document_types", "state_codes")
    for name in (*names, "private_usage", "unknown_critical", "country", "self_issued", "sha256", "profile_quirks"):
        getattr(certificate, name)
    try:
        str(certificate.key)
        certificate.verify_by(certificate)
    except crypto.CryptoError:
        return


def _ask_reading(reading: ChipReading) -> None:
    promise(reading.aborted is None or len(reading.aborted.splitlines()) == 1, f"not one line: {reading.aborted}")
    promise(sum(map(len, reading.files.values())) < 64 << 20, "more is kept than a chip can hold")


def _sod(data: bytes) -> bool:
    try:
        Sod.parse(data)
    except PkiError:
        return False
    return True


def _signed(data: bytes) -> bool:
    try:
        signed = SignedData.parse(data)
    except PkiError:
        return False
    for certificate in signed.certificates:
        _ask(certificate)
    return True


def _master_list(data: bytes) -> bool:
    try:
        found = MasterList.parse(data)
        repr((found.country, found.certificates[:1]))
        found.verify(anchors().trusted)
    except PkiError:
        return False
    except crypto.CryptoError:
        pass
    return True


def _deviation_list(data: bytes) -> bool:
    try:
        found = DeviationList.parse(data)
        list(found.concerning("X0000001", document_type="P<", signer=anchors().signer))
        found.verify(anchors().trusted)
    except PkiError:
        return False
    except crypto.CryptoError:
        pass
    return True


def _crl(data: bytes) -> bool:
    try:
        found = Crl.parse(data)
        repr((found.country, found.aki, found.number, found.is_current(ON), found.revokes(anchors().signer)))
        found.verify_by(anchors().trusted[0])
    except PkiError:
        return False
    except crypto.CryptoError:
        pass
    return True


_CMS_DOORS: dict[str, Callable[[bytes], bool]] = {
    "security object": _sod,
    "signed data": _signed,
    "master list": _master_list,
    "deviation list": _deviation_list,
    "revocation list": _crl,
}
