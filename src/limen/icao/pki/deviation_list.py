"""Deviation lists: Doc 9303-12 section 10. Issuers tell in them which of their documents are known to be wrong.

One list has named 169,422 document numbers; they are kept in a set, so that asking costs nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from limen.icao import der
from limen.icao.pki.certificate import Certificate
from limen.icao.pki.cms import SignedData
from limen.icao.pki.errors import PkiError, reading
from limen.icao.pki.name import Name
from limen.icao.pki.signed_list import DEVIATION_LIST_SIGNER, ListSignature, verify_list

DEVIATION_LIST = "2.23.136.1.1.7"
DEVIATION_TYPES = {
    "2.23.136.1.1.7.1.1": "the signature of document signers is wrong",
    "2.23.136.1.1.7.1.2": "the encoding of document signer certificates is wrong",
    "2.23.136.1.1.7.1.3": "the encoding of CSCA certificates is wrong",
    "2.23.136.1.1.7.1.4": "the key of Active Authentication is compromised",
    "2.23.136.1.1.7.2.1": "a data group is malformed",
    "2.23.136.1.1.7.2.2": "the hash of a data group is wrong",
    "2.23.136.1.1.7.2.3": "the signature of the security object is wrong",
    "2.23.136.1.1.7.2.4": "EF.COM and the security object do not agree",
    "2.23.136.1.1.7.3.1": "the machine readable zone holds wrong data",
    "2.23.136.1.1.7.3.2": "a check digit of the machine readable zone is wrong",
    "2.23.136.1.1.7.4": "the chip cannot be used",
    "2.23.136.1.1.7.5": "a deviation of national use",
}
_MAX_DEVIATIONS = 10_000
_MAX_NUMBERS = 5_000_000


@dataclass(frozen=True, slots=True)
class Description:
    """What is wrong."""

    type: str
    """An object identifier, mostly one of `DEVIATION_TYPES`."""
    text: str | None
    parameters: bytes | None

    def __str__(self) -> str:
        return self.text or DEVIATION_TYPES.get(self.type, f"a deviation of type {self.type}")


@dataclass(frozen=True, slots=True)
class Deviation:
    """Which documents are concerned (all that meet every criterion given), and what is wrong with them."""

    descriptions: tuple[Description, ...]
    document_type: str | None = None
    signer_issuer: Name | None = None
    signer_serial: int | None = None
    signer_ski: bytes | None = None
    signer_digest: bytes | None = None
    issued: tuple[datetime.datetime, datetime.datetime] | None = None
    numbers: frozenset[str] | None = field(default=None, repr=False)

    def concerns(self, number: str, *, document_type: str | None = None, signer: Certificate | None = None) -> bool:
        """Say whether a document is concerned, of this number, this document code of its MRZ and this signer.

        A criterion that the list gives and the caller cannot answer counts as met only if another one is answered.
        """
        answers = [*self._signer_answers(signer)]
        if self.numbers is not None:
            answers.append(number.rstrip("<") in self.numbers)
        if not answers:
            return False
        if self.document_type is not None and document_type is not None:
            answers.append(self.document_type.rstrip("<") == document_type.rstrip("<"))
        return all(answers)

    def _signer_answers(self, signer: Certificate | None) -> Iterator[bool]:
        if signer is None:
            return
        if self.signer_issuer is not None:
            yield signer.issuer == self.signer_issuer and signer.serial == self.signer_serial
        if self.signer_ski is not None:
            yield signer.ski == self.signer_ski
        if self.signer_digest is not None:
            yield signer.sha256 == self.signer_digest


@dataclass(frozen=True, slots=True)
class DeviationList:
    """One list."""

    signed: SignedData = field(repr=False)
    version: int
    deviations: tuple[Deviation, ...]

    @classmethod
    def parse(cls, data: bytes) -> DeviationList:
        """Return the list of a CMS file. Raises `PkiError`."""
        signed = SignedData.parse(data)
        if signed.content_type != DEVIATION_LIST:
            raise PkiError(f"no deviation list but content of type {signed.content_type}")
        with reading("a deviation list"):
            fields = der.parse(signed.content, lenient=True).fields(0x30)
            version = der.as_int(fields.take(0x02))
            fields.optional(0x30)
            deviations = tuple(map(_deviation, _bounded(fields.take(0x31))))
        return cls(signed, version, deviations)

    @property
    def country(self) -> str | None:
        """The two-letter country of the signer, as its enclosed certificate states it."""
        return self.signed.certificates[0].country if self.signed.certificates else None

    def verify(self, authorities: Iterable[Certificate] = ()) -> ListSignature:
        """Return who signed the list. Raises `CryptoError` or `PkiError`."""
        return verify_list(self.signed, authorities, DEVIATION_LIST_SIGNER)

    def concerning(
        self, number: str, *, document_type: str | None = None, signer: Certificate | None = None
    ) -> tuple[Deviation, ...]:
        """Return the deviations that concern a document."""
        return tuple(
            deviation
            for deviation in self.deviations
            if deviation.concerns(number, document_type=document_type, signer=signer)
        )


def _bounded(element: der.Element) -> list[der.Element]:
    found: list[der.Element] = []
    for part in element:
        if len(found) == _MAX_DEVIATIONS:
            raise der.DerError(f"more than {_MAX_DEVIATIONS} deviations")
        found.append(part)
    return found


def _deviation(element: der.Element) -> Deviation:
    fields = element.fields(0x30)
    documents = fields.take(0x30).fields()
    descriptions = tuple(map(_description, _bounded(fields.take(0x31))))
    document_type = documents.optional(0x80)
    signer = documents.optional(0xA1, 0x82, 0xA3)
    issued = documents.optional(0xA4)
    numbers = documents.optional(0xA5)
    documents.close()
    return Deviation(
        descriptions,
        None if document_type is None else document_type.value.decode("latin-1"),
        *_signer(signer),
        None if issued is None else _period(issued),
        None if numbers is None else frozenset(_numbers(numbers)),
    )


def _description(element: der.Element) -> Description:
    fields = element.fields(0x30)
    text = fields.optional(0x13, 0x0C)
    kind = der.as_oid(fields.take())
    parameters = fields.optional(0xA0, 0x80)
    return Description(
        kind, None if text is None else der.as_text(text), None if parameters is None else parameters.value
    )


def _signer(element: der.Element | None) -> tuple[Name | None, int | None, bytes | None, bytes | None]:
    if element is None:
        return None, None, None, None
    if element.tag == 0x82:
        return None, None, element.value, None
    fields = element.fields()
    if element.tag == 0xA1:
        return Name.parse(fields.take(0x30).raw), der.as_int(fields.take(0x02)), None, None
    # DigestInfo, or the digest alone
    fields.optional(0x30)
    return None, None, None, der.as_octets(fields.take())


def _period(element: der.Element) -> tuple[datetime.datetime, datetime.datetime]:
    fields = element.fields()
    return der.as_time(fields.take()), der.as_time(fields.take())


def _numbers(element: der.Element) -> Iterator[str]:
    """Yield the document numbers without fillers; by hand, since there may be hundreds of thousands."""
    data, at, end = element.source, element.body, element.body_end
    count = 0
    while at < end:
        behind = at + 2 + data[at + 1] if at + 1 < end else end + 1
        if data[at] != 0x13 or data[at + 1 : at + 2] >= b"\x80" or behind > end:
            raise der.DerError(f"a document number that is none at offset {at}")
        count += 1
        if count > _MAX_NUMBERS:
            raise der.DerError(f"more than {_MAX_NUMBERS} document numbers")
        yield data[at + 2 : behind].decode("latin-1").rstrip("<")
        at = behind
