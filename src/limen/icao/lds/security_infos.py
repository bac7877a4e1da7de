"""SecurityInfos: which protocols a chip speaks, as EF.CardAccess, DG14 and EF.CardSecurity list them.

Doc 9303-11 (8th edition) section 9.2 and BSI TR-03110-3 (2.21) appendix A.1. An entry whose object identifier is not
known, or whose form is not the one its identifier asks for, is kept as an `UnknownInfo`: a chip may speak more than
this reader does, and one odd entry takes nothing from the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self, TypeVar

from limen.icao.der import DerError, Element, Fields, as_int, as_octets, as_oid, parse_first
from limen.icao.lds.errors import LdsError, reading

BSI = "0.4.0.127.0.7"
ID_PK_DH = f"{BSI}.2.2.1.1"
ID_PK_ECDH = f"{BSI}.2.2.1.2"
ID_TA = f"{BSI}.2.2.2"
ID_CA = f"{BSI}.2.2.3"
ID_CA_DH = f"{ID_CA}.1"
ID_CA_ECDH = f"{ID_CA}.2"
ID_PACE = f"{BSI}.2.2.4"
ID_PACE_DH_GM = f"{ID_PACE}.1"
ID_PACE_ECDH_GM = f"{ID_PACE}.2"
ID_PACE_DH_IM = f"{ID_PACE}.3"
ID_PACE_ECDH_IM = f"{ID_PACE}.4"
ID_PACE_ECDH_CAM = f"{ID_PACE}.6"
ID_AA = "2.23.136.1.1.5"
ID_EF_DIR = "2.23.136.1.1.13"

NAMES = {
    f"{BSI}.2.2.5": "Restricted Identification",
    f"{BSI}.2.2.6": "CardInfo",
    f"{BSI}.2.2.7": "eIDSecurity",
    f"{BSI}.2.2.8": "PrivilegedTerminal",
    f"{BSI}.2.2.11": "Password information",
    ID_EF_DIR: "EF.DIR",
}
"""Protocols that are recognised by name and nothing more; what begins with one of these belongs to it."""

PLAIN_ECDSA = {
    f"{BSI}.1.1.4.1.1": "sha1",
    f"{BSI}.1.1.4.1.2": "sha224",
    f"{BSI}.1.1.4.1.3": "sha256",
    f"{BSI}.1.1.4.1.4": "sha384",
    f"{BSI}.1.1.4.1.5": "sha512",
    f"{BSI}.1.1.4.1.6": "ripemd160",
}
"""Hash of each signature algorithm that Active Authentication may name (BSI TR-03111 section 5.2.1.1)."""

MAX_INFOS = 128
"""More entries than this are refused; the most seen in the field are 18."""


class Mapping(StrEnum):
    """How PACE maps the nonce to a generator."""

    GENERIC = "GM"
    INTEGRATED = "IM"
    CHIP_AUTHENTICATION = "CAM"


class Agreement(StrEnum):
    """The kind of key agreement."""

    DH = "DH"
    ECDH = "ECDH"


class Cipher(StrEnum):
    """The cipher of secure messaging; AES goes with CMAC, 3DES with the retail MAC."""

    DES3 = "3DES"
    AES_128 = "AES-128"
    AES_192 = "AES-192"
    AES_256 = "AES-256"


_PACE = {
    ID_PACE_DH_GM: (Mapping.GENERIC, Agreement.DH),
    ID_PACE_ECDH_GM: (Mapping.GENERIC, Agreement.ECDH),
    ID_PACE_DH_IM: (Mapping.INTEGRATED, Agreement.DH),
    ID_PACE_ECDH_IM: (Mapping.INTEGRATED, Agreement.ECDH),
    ID_PACE_ECDH_CAM: (Mapping.CHIP_AUTHENTICATION, Agreement.ECDH),
}
_CA = {ID_CA_DH: Agreement.DH, ID_CA_ECDH: Agreement.ECDH}
_PK = {ID_PK_DH: Agreement.DH, ID_PK_ECDH: Agreement.ECDH}
_CIPHERS = dict(zip("1234", Cipher, strict=True))


def _family(oid: str) -> str:
    return oid.rpartition(".")[0]


def _cipher(oid: str) -> Cipher:
    return _CIPHERS[oid.rpartition(".")[2]]


@dataclass(frozen=True, slots=True)
class PaceInfo:
    """PACE is spoken with this mapping and cipher."""

    oid: str
    version: int
    """2 in every chip since Doc 9303."""
    parameter_id: int | None = None
    """Number of the standardized domain parameters (0 to 18), or of a `PaceDomainParameterInfo`."""

    @property
    def mapping(self) -> Mapping:
        """How the nonce is mapped."""
        return _PACE[_family(self.oid)][0]

    @property
    def agreement(self) -> Agreement:
        """DH or ECDH."""
        return _PACE[_family(self.oid)][1]

    @property
    def cipher(self) -> Cipher:
        """The cipher of the channel that follows (CAM has no 3DES)."""
        return _cipher(self.oid)

    def __str__(self) -> str:
        return f"PACE {self.mapping} {self.agreement} {self.cipher}"


@dataclass(frozen=True, slots=True)
class PaceDomainParameterInfo:
    """Domain parameters of the chip's own for PACE."""

    oid: str
    domain_parameter: bytes
    """The AlgorithmIdentifier in DER, as read."""
    parameter_id: int | None = None


@dataclass(frozen=True, slots=True)
class ChipAuthenticationInfo:
    """Chip Authentication is spoken with this cipher."""

    oid: str
    version: int
    """1 or 2."""
    key_id: int | None = None

    @property
    def agreement(self) -> Agreement:
        """DH or ECDH."""
        return _CA[_family(self.oid)]

    @property
    def cipher(self) -> Cipher:
        """The cipher of the channel that follows."""
        return _cipher(self.oid)

    def __str__(self) -> str:
        return f"CA {self.agreement} {self.cipher}"


@dataclass(frozen=True, slots=True)
class ChipAuthenticationPublicKeyInfo:
    """A key of the chip for Chip Authentication or PACE with Chip Authentication Mapping."""

    oid: str
    spki: bytes
    """The SubjectPublicKeyInfo in DER, as read."""
    key_id: int | None = None

    @property
    def agreement(self) -> Agreement:
        """DH or ECDH."""
        return _PK[self.oid]


@dataclass(frozen=True, slots=True)
class ChipAuthenticationDomainParameterInfo:
    """Domain parameters of Chip Authentication, version 2."""

    oid: str
    domain_parameter: bytes
    """The AlgorithmIdentifier in DER, as read."""
    key_id: int | None = None

    @property
    def agreement(self) -> Agreement:
        """DH or ECDH."""
        return _CA[self.oid]


@dataclass(frozen=True, slots=True)
class TerminalAuthenticationInfo:
    """Terminal Authentication is spoken."""

    oid: str
    version: int
    ef_cvca: int | None = None
    """File identifier of EF.CVCA, where it is not 011C."""
    ef_cvca_sfi: int | None = None


@dataclass(frozen=True, slots=True)
class ActiveAuthenticationInfo:
    """Active Authentication signs with ECDSA in this way (Doc 9303-11 section 9.2.4)."""

    oid: str
    version: int
    signature_algorithm: str

    @property
    def hash_name(self) -> str | None:
        """Name of the hash as hashlib knows it, or None for an algorithm that the standard does not list."""
        return PLAIN_ECDSA.get(self.signature_algorithm)


@dataclass(frozen=True, slots=True)
class UnknownInfo:
    """An entry that is kept but not understood."""

    oid: str
    raw: bytes
    """The whole SEQUENCE, as read."""

    @property
    def name(self) -> str | None:
        """What the identifier stands for, where that much is known."""
        return next((name for oid, name in NAMES.items() if f"{self.oid}.".startswith(f"{oid}.")), None)


SecurityInfo = (
    PaceInfo
    | PaceDomainParameterInfo
    | ChipAuthenticationInfo
    | ChipAuthenticationPublicKeyInfo
    | ChipAuthenticationDomainParameterInfo
    | TerminalAuthenticationInfo
    | ActiveAuthenticationInfo
    | UnknownInfo
)
_Info = TypeVar("_Info", bound=SecurityInfo)


@dataclass(frozen=True, slots=True)
class SecurityInfos:
    """A set of SecurityInfo, in the order of the file."""

    raw: bytes
    """The SET, as read, without what follows it."""
    infos: tuple[SecurityInfo, ...]
    notes: tuple[str, ...] = ()
    """What is odd about the bytes, a sentence each."""

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Return the entries of `data`, a SET OF SecurityInfo which padding may follow. Raises `LdsError`."""
        with reading("SecurityInfos"):
            element, notes = _outer(data)
            infos: list[SecurityInfo] = []
            for entry in element.fields(0x31).rest():
                if len(infos) == MAX_INFOS:
                    raise LdsError(f"SecurityInfos: more than {MAX_INFOS} entries")
                infos.append(_info(entry, notes))
        return cls(element.raw, tuple(infos), tuple(notes))

    @property
    def pace(self) -> tuple[PaceInfo, ...]:
        """How PACE is spoken."""
        return self._all(PaceInfo)

    @property
    def pace_domain_parameters(self) -> tuple[PaceDomainParameterInfo, ...]:
        """The chip's own domain parameters for PACE."""
        return self._all(PaceDomainParameterInfo)

    @property
    def chip_authentication(self) -> tuple[ChipAuthenticationInfo, ...]:
        """How Chip Authentication is spoken; may be absent where there is a key (then 3DES, version 1)."""
        return self._all(ChipAuthenticationInfo)

    @property
    def chip_authentication_keys(self) -> tuple[ChipAuthenticationPublicKeyInfo, ...]:
        """The chip's keys."""
        return self._all(ChipAuthenticationPublicKeyInfo)

    @property
    def chip_authentication_domain_parameters(self) -> tuple[ChipAuthenticationDomainParameterInfo, ...]:
        """Domain parameters of Chip Authentication, version 2."""
        return self._all(ChipAuthenticationDomainParameterInfo)

    @property
    def terminal_authentication(self) -> tuple[TerminalAuthenticationInfo, ...]:
        """How Terminal Authentication is spoken."""
        return self._all(TerminalAuthenticationInfo)

    @property
    def active_authentication(self) -> tuple[ActiveAuthenticationInfo, ...]:
        """How Active Authentication signs, where that is with ECDSA."""
        return self._all(ActiveAuthenticationInfo)

    @property
    def unknown(self) -> tuple[UnknownInfo, ...]:
        """What was kept but not understood."""
        return self._all(UnknownInfo)

    def _all(self, kind: type[_Info]) -> tuple[_Info, ...]:
        return tuple(info for info in self.infos if isinstance(info, kind))


def _outer(data: bytes) -> tuple[Element, list[str]]:
    notes: list[str] = []
    try:
        element = parse_first(data)
        _walk(element)
    except DerError as error:
        element = parse_first(data, lenient=True)
        notes.append(f"SecurityInfos are not in DER: {error}.")
    if element.end < len(element.source):
        notes.append(f"{len(element.source) - element.end} bytes follow the SecurityInfos.")
    return element, notes


def _walk(element: Element) -> None:
    """Raise `DerError` if the entries, two levels deep, are not in DER."""
    for entry in element:
        for _ in entry:
            pass


def _info(entry: Element, notes: list[str]) -> SecurityInfo:
    fields = entry.fields(0x30)
    oid = as_oid(fields.take())
    build = _builder(oid)
    if build is None:
        return UnknownInfo(oid, entry.raw)
    try:
        info = build(oid, fields)
        fields.close()
    except DerError as error:
        notes.append(f"The entry {oid} is not of the form its identifier asks for: {error}.")
        return UnknownInfo(oid, entry.raw)
    return info


def _builder(oid: str) -> Callable[[str, Fields], SecurityInfo] | None:
    family, _, last = oid.rpartition(".")
    if family in _PACE:
        aes_only = family == ID_PACE_ECDH_CAM
        return _pace if last in _CIPHERS and not (aes_only and last == "1") else None
    if family in _CA:
        return _chip_authentication if last in _CIPHERS else None
    exact: dict[str, Callable[[str, Fields], SecurityInfo]] = {
        ID_TA: _terminal_authentication,
        ID_AA: _active_authentication,
        **dict.fromkeys(_PACE, _pace_domain_parameter),
        **dict.fromkeys(_CA, _chip_domain_parameter),
        **dict.fromkeys(_PK, _chip_key),
    }
    return exact.get(oid)


def _optional_int(fields: Fields) -> int | None:
    found = fields.optional(0x02)
    return None if found is None else as_int(found)


def _pace(oid: str, fields: Fields) -> PaceInfo:
    return PaceInfo(oid, as_int(fields.take()), _optional_int(fields))


def _pace_domain_parameter(oid: str, fields: Fields) -> PaceDomainParameterInfo:
    return PaceDomainParameterInfo(oid, fields.take(0x30).raw, _optional_int(fields))


def _chip_authentication(oid: str, fields: Fields) -> ChipAuthenticationInfo:
    return ChipAuthenticationInfo(oid, as_int(fields.take()), _optional_int(fields))


def _chip_key(oid: str, fields: Fields) -> ChipAuthenticationPublicKeyInfo:
    return ChipAuthenticationPublicKeyInfo(oid, fields.take(0x30).raw, _optional_int(fields))


def _chip_domain_parameter(oid: str, fields: Fields) -> ChipAuthenticationDomainParameterInfo:
    return ChipAuthenticationDomainParameterInfo(oid, fields.take(0x30).raw, _optional_int(fields))


def _terminal_authentication(oid: str, fields: Fields) -> TerminalAuthenticationInfo:
    version = as_int(fields.take())
    file_id = fields.optional(0x30)
    if file_id is None:
        return TerminalAuthenticationInfo(oid, version)
    inside = file_id.fields()
    fid = as_octets(inside.take())
    sfi = inside.optional(0x04)
    inside.close()
    if len(fid) != 2:
        raise DerError(f"a file identifier of {len(fid)} bytes")
    short = None if sfi is None else int.from_bytes(as_octets(sfi)[:1], "big")
    return TerminalAuthenticationInfo(oid, version, int.from_bytes(fid, "big"), short)


def _active_authentication(oid: str, fields: Fields) -> ActiveAuthenticationInfo:
    return ActiveAuthenticationInfo(oid, as_int(fields.take()), as_oid(fields.take()))
