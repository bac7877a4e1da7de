"""Files about the chip's own keys: DG14, DG15, EF.CardAccess and EF.CardSecurity. Doc 9303-10 section 3.11, 4.7."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from limen.icao.der import DerError, as_octets, as_oid, parse_first
from limen.icao.lds.errors import reading
from limen.icao.lds.security_infos import BSI, SecurityInfos
from limen.icao.lds.tlv import open_file

ID_SIGNED_DATA = "1.2.840.113549.1.7.2"
ID_SECURITY_OBJECT = f"{BSI}.3.2.1"


@dataclass(frozen=True, slots=True)
class Dg14:
    """DG14, the SecurityInfos that are signed with the data groups."""

    raw: bytes
    infos: SecurityInfos
    notes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read DG14; raises `LdsError`."""
        notes: list[str] = []
        with reading("EF.DG14"):
            content = open_file(data, 0x6E, notes).value
            infos = SecurityInfos.parse(content)
        return cls(data, infos, (*notes, *infos.notes))


@dataclass(frozen=True, slots=True)
class Dg15:
    """DG15, the public key of Active Authentication."""

    raw: bytes
    spki: bytes
    """SubjectPublicKeyInfo in DER, as read."""
    notes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read DG15; raises `LdsError`. The key itself is not looked at."""
        notes: list[str] = []
        with reading("EF.DG15"):
            fields = open_file(data, 0x6F, notes).fields()
            spki = fields.take(0x30).raw
            if fields.more:
                notes.append("More follows the key; it was passed over.")
        return cls(data, spki, tuple(notes))


@dataclass(frozen=True, slots=True)
class CardAccess:
    """EF.CardAccess, which is not signed: what DG14 or EF.CardSecurity repeats must agree with it."""

    raw: bytes
    infos: SecurityInfos
    notes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read EF.CardAccess; raises `LdsError`."""
        with reading("EF.CardAccess"):
            infos = SecurityInfos.parse(data)
        return cls(data, infos, infos.notes)


@dataclass(frozen=True, slots=True)
class CardSecurity:
    """EF.CardSecurity: signed SecurityInfos. The signature is not verified here, but by `limen.icao.pki`."""

    raw: bytes
    """The ContentInfo (CMS) and whatever follows it."""
    content_type: str
    content: bytes
    """What is signed: the SecurityInfos, as read."""
    infos: SecurityInfos
    notes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read EF.CardSecurity; raises `LdsError`."""
        notes: list[str] = []
        with reading("EF.CardSecurity"):
            content_type, content = _signed_content(data)
            infos = SecurityInfos.parse(content)
        if content_type != ID_SECURITY_OBJECT:
            notes.append(f"The content calls itself {content_type}, not {ID_SECURITY_OBJECT}.")
        return cls(data, content_type, content, infos, (*notes, *infos.notes))


def _signed_content(data: bytes) -> tuple[str, bytes]:
    """Return type and bytes of what a SignedData (RFC 5652 section 5.1) signs."""
    outer = parse_first(data, lenient=True).fields(0x30)
    kind = as_oid(outer.take())
    if kind != ID_SIGNED_DATA:
        raise DerError(f"a CMS object of type {kind}, which is no SignedData")
    signed = outer.take(0xA0).inner().fields(0x30)
    signed.take(0x02)
    signed.take(0x31)
    inside = signed.take(0x30).fields()
    return as_oid(inside.take()), as_octets(inside.take(0xA0).inner())
