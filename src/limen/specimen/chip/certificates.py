"""Certificates and revocation lists of a specimen PKI: RFC 5280 with the profile of Doc 9303-12 section 7."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from limen.icao.der import (
    as_octets,
    bit_string,
    boolean,
    context,
    encode,
    integer,
    octet_string,
    oid,
    parse,
    printable_string,
    sequence,
    set_of,
    time,
    utf8_string,
)
from limen.specimen.chip.signing import SigningKey

_COUNTRY: Final = "2.5.4.6"
_ORGANISATION: Final = "2.5.4.10"
_COMMON_NAME: Final = "2.5.4.3"
_LOCALITY: Final = "2.5.4.7"

MASTER_LIST_SIGNING: Final = "2.23.136.1.1.3"
DEVIATION_LIST_SIGNING: Final = "2.23.136.1.1.8"


@dataclass(frozen=True, slots=True)
class Entity:
    """Who a certificate is of: a distinguished name, and the code that its alternative name gives."""

    country: str
    """Two letters."""
    organisation: str
    common_name: str
    code: str
    """Three letters, as the machine readable zone has it."""

    @property
    def name(self) -> bytes:
        """Name, DER."""
        parts = (
            (_COUNTRY, printable_string(self.country)),
            (_ORGANISATION, utf8_string(self.organisation)),
            (_COMMON_NAME, utf8_string(self.common_name)),
        )
        return sequence(*(set_of(sequence(oid(kind), text)) for kind, text in parts))

    @property
    def alternative(self) -> bytes:
        """GeneralNames with an address and the three-letter code (part 12, 7.1.1.2)."""
        directory = sequence(set_of(sequence(oid(_LOCALITY), printable_string(self.code))))
        address = f"csca@{self.organisation.lower().replace(' ', '-')}.invalid"
        return sequence(context(1, address.encode("ascii"), constructed=False), context(4, directory))


@dataclass(frozen=True, slots=True)
class Extension:
    """One extension of a certificate."""

    identifier: str
    value: bytes
    critical: bool = False

    @property
    def der(self) -> bytes:
        """Extension, DER."""
        flag = boolean(True) if self.critical else b""
        return sequence(oid(self.identifier), flag, octet_string(self.value))


@dataclass(frozen=True, slots=True)
class Certified:
    """A certificate with the key that it is of."""

    der: bytes
    entity: Entity
    issuer: bytes
    """Name of who certified it, DER."""
    serial: int
    key: SigningKey
    not_before: date
    not_after: date

    @property
    def key_id(self) -> bytes:
        """Its subject key identifier, 20 octets."""
        return key_identifier(self.key)


def key_identifier(key: SigningKey) -> bytes:
    """Return the SHA-1 of the public key's bits (RFC 5280 section 4.2.1.2, method 1)."""
    _, bits = parse(key.spki)
    return hashlib.sha1(bits.value[1:], usedforsecurity=False).digest()


def certify(
    subject: Entity,
    key: SigningKey,
    extensions: tuple[Extension, ...],
    *,
    serial: int,
    valid: tuple[date, date],
    issuer: Entity | None = None,
    issuer_key: SigningKey | None = None,
) -> Certified:
    """Return a certificate, self-signed where no issuer is given."""
    signer = issuer_key or key
    name = (issuer or subject).name
    body = sequence(
        context(0, integer(2)),
        integer(serial),
        signer.algorithm,
        name,
        sequence(*(time(midnight(day)) for day in valid)),
        subject.name,
        key.spki,
        context(3, sequence(*(extension.der for extension in extensions))),
    )
    der = sequence(body, signer.algorithm, bit_string(signer.sign(body)))
    return Certified(der, subject, name, serial, key, *valid)


def midnight(day: date) -> datetime:
    """Return the first moment of a day, UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def authority_extensions(subject: Entity, key: SigningKey, issuer_key: SigningKey) -> tuple[Extension, ...]:
    """Return what a country signing CA's certificate and a link certificate have (part 12, table 6)."""
    return (
        key_usage(0x06, 1),
        Extension("2.5.29.19", sequence(boolean(True), integer(0)), critical=True),
        *_identifiers(key, issuer_key),
        *_names(subject, subject),
    )


def signer_extensions(
    subject: Entity, key: SigningKey, issuer: Entity, issuer_key: SigningKey, *own: Extension
) -> tuple[Extension, ...]:
    """Return what a signer's certificate has, and its `own` beside."""
    return (key_usage(0x80, 7), *_identifiers(key, issuer_key), *_names(subject, issuer), *own)


def key_usage(bits: int, unused: int) -> Extension:
    """Return a key usage of one octet."""
    return Extension("2.5.29.15", bit_string(bytes([bits]), unused), critical=True)


def document_types(*codes: str) -> Extension:
    """Return the list of document types that a signer may sign (part 12, 7.1.1.6)."""
    return Extension("2.23.136.1.1.6.2", sequence(integer(0), set_of(*map(printable_string, codes))))


def extended_usage(purpose: str) -> Extension:
    """Return the extended key usage of a list signer."""
    return Extension("2.5.29.37", sequence(oid(purpose)), critical=True)


def private_use(first: date, last: date) -> Extension:
    """Return the period in which the private key signs."""
    days = (
        context(number, midnight(day).strftime("%Y%m%d%H%M%SZ").encode(), constructed=False)
        for number, day in enumerate((first, last))
    )
    return Extension("2.5.29.16", sequence(*days))


def _identifiers(key: SigningKey, issuer_key: SigningKey) -> tuple[Extension, ...]:
    authority = sequence(context(0, key_identifier(issuer_key), constructed=False))
    return Extension("2.5.29.14", octet_string(key_identifier(key))), Extension("2.5.29.35", authority)


def _names(subject: Entity, issuer: Entity) -> tuple[Extension, ...]:
    place = f"https://crl.invalid/{issuer.code}.crl".encode("ascii")
    points = sequence(sequence(context(0, context(0, context(6, place, constructed=False)))))
    return (
        Extension("2.5.29.17", subject.alternative),
        Extension("2.5.29.18", issuer.alternative),
        Extension("2.5.29.31", points),
    )


def revocation_list(
    issuer: Certified, revoked: tuple[tuple[int, date], ...], *, number: int, issued: date, due: date
) -> bytes:
    """Return a certificate revocation list, version 2: serial numbers with the day of each (part 12, 7.2)."""
    entries = tuple(sequence(integer(serial), time(midnight(day))) for serial, day in revoked)
    authority = sequence(context(0, issuer.key_id, constructed=False))
    extensions = (Extension("2.5.29.35", authority), Extension("2.5.29.20", integer(number)))
    body = sequence(
        integer(1),
        issuer.key.algorithm,
        issuer.entity.name,
        time(midnight(issued)),
        time(midnight(due)),
        sequence(*entries) if entries else b"",
        context(0, sequence(*(extension.der for extension in extensions))),
    )
    return sequence(body, issuer.key.algorithm, bit_string(issuer.key.sign(body)))


def extension_value(certificate: bytes, identifier: str) -> bytes | None:
    """Return the value of an extension of a certificate made here, or None."""
    body, *_ = parse(certificate)
    wrapper = list(body)[-1]
    for extension in next(iter(wrapper)):
        kind, *_, value = extension
        if kind.raw == encode(0x06, oid(identifier)[2:]):
            return as_octets(value)
    return None
