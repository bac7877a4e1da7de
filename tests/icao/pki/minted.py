"""Certificates, lists and security objects made for a test, right or wrong in whatever it asks for."""

import dataclasses
import datetime
import hashlib
from functools import lru_cache

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from limen.icao import der, pki

ECDSA_SHA256 = der.sequence(der.oid("1.2.840.10045.4.3.2"))
SHA256 = der.sequence(der.oid("2.16.840.1.101.3.4.2.1"))
CN, C = "2.5.4.3", "2.5.4.6"
ALL_USAGES = ("digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement")
ALL_USAGES += ("keyCertSign", "cRLSign")


def day(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


@lru_cache
def key(number):
    """Return the same key for the same number."""
    return ec.derive_private_key(number + 1000, ec.SECP256R1())


def spki(private):
    return private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def key_identifier(private):
    point = private.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return hashlib.sha1(point).digest()


def name(*pairs):
    return der.sequence(
        *(der.encode(0x31, der.sequence(der.oid(oid), der.printable_string(text))) for oid, text in pairs)
    )


CSCA_NAME = name((C, "UT"), (CN, "CSCA Utopia"))
DSC_NAME = name((C, "UT"), (CN, "Signer 1"))


def extension(oid, value, critical=False):
    return der.sequence(der.oid(oid), *([der.boolean(True)] if critical else []), der.octet_string(value))


def usage_bits(usages):
    bits = sum(0x80 >> ALL_USAGES.index(usage) for usage in usages)
    return der.bit_string(bytes([bits]))


@dataclasses.dataclass(frozen=True)
class Plan:
    """What a certificate says; `mint` signs it."""

    subject: bytes = DSC_NAME
    issuer: bytes = CSCA_NAME
    subject_key: int = 2
    issuer_key: int = 1
    serial: int = 77
    first: str = "2020-01-01"
    last: str = "2035-01-01"
    usages: tuple | None = ("digitalSignature",)
    ca: bool | None = None
    ski: bytes | None = None
    aki: bytes | None = None
    eku: tuple = ()
    types: tuple = ()
    states: tuple = ()
    extra: tuple = ()
    algorithm: bytes = ECDSA_SHA256
    spki: bytes | None = None


def csca(**changes):
    """Return a self-signed authority."""
    plan = {
        "subject": CSCA_NAME,
        "subject_key": 1,
        "issuer_key": 1,
        "serial": 1,
        "usages": ("keyCertSign", "cRLSign"),
        "ca": True,
        "first": "2019-01-01",
        "last": "2036-01-01",
    }
    return mint(**plan | changes)


def mint(**changes):
    """Return a certificate, by default a document signer's."""
    plan = Plan(**changes)
    parts = [
        extension("2.5.29.14", der.octet_string(plan.ski or key_identifier(key(plan.subject_key)))),
        extension("2.5.29.35", der.sequence(der.encode(0x80, plan.aki or key_identifier(key(plan.issuer_key))))),
    ]
    if plan.usages is not None:
        parts.append(extension("2.5.29.15", usage_bits(plan.usages), True))
    if plan.ca is not None:
        parts.append(extension("2.5.29.19", der.sequence(*([der.boolean(True)] if plan.ca else [])), True))
    if plan.eku:
        parts.append(extension("2.5.29.37", der.sequence(*map(der.oid, plan.eku)), True))
    if plan.types:
        listed = der.set_of(*map(der.printable_string, plan.types))
        parts.append(extension("2.23.136.1.1.6.2", der.sequence(der.integer(0), listed)))
    if plan.states:
        names = der.context(4, name(*(("2.5.4.7", state) for state in plan.states)))
        parts.append(extension("2.5.29.17", der.sequence(names)))
    body = der.sequence(
        der.context(0, der.integer(2)),
        der.integer(plan.serial),
        plan.algorithm,
        plan.issuer,
        der.sequence(der.time(day(plan.first)), der.time(day(plan.last))),
        plan.subject,
        plan.spki or spki(key(plan.subject_key)),
        der.context(3, der.sequence(*parts, *plan.extra)),
    )
    return pki.Certificate.parse(signed(body, plan.issuer_key, plan.algorithm))


def signed(body, issuer_key, algorithm=ECDSA_SHA256):
    signature = key(issuer_key).sign(body, ec.ECDSA(hashes.SHA256()))
    return der.sequence(body, algorithm, der.bit_string(signature))


def crl(*serials, issuer=CSCA_NAME, issuer_key=1, updated="2025-01-01", due="2030-01-01"):
    """Return a revocation list."""
    entries = [der.sequence(der.integer(serial), der.time(day("2024-06-01"))) for serial in serials]
    aki = extension("2.5.29.35", der.sequence(der.encode(0x80, key_identifier(key(issuer_key)))))
    number = extension("2.5.29.20", der.integer(9))
    body = der.sequence(
        der.integer(1),
        ECDSA_SHA256,
        issuer,
        der.time(day(updated)),
        der.time(day(due)),
        *([der.sequence(*entries)] if entries else []),
        der.context(0, der.sequence(aki, number)),
    )
    return pki.Crl.parse(signed(body, issuer_key))


def attribute(oid, value):
    return der.sequence(der.oid(oid), der.encode(0x31, value))


def cms(content_type, content, signer, enclosed, *, signer_key=2, at="2021-03-04", sid=None, **changes):
    """Return signed data; `changes` may replace the digest, the signature or its identifier, or unsort attributes."""
    digest = changes.get("digest", hashlib.sha256(content).digest())
    attributes = [
        attribute("1.2.840.113549.1.9.3", der.oid(content_type)),
        attribute("1.2.840.113549.1.9.4", der.octet_string(digest)),
    ]
    if at is not None:
        attributes.append(attribute("1.2.840.113549.1.9.5", der.time(day(at))))
    form = der.set_of(*attributes)
    signature = key(signer_key).sign(form, ec.ECDSA(hashes.SHA256()))
    stored = b"".join(sorted(attributes, reverse=True)) if changes.get("unsorted") else der.parse(form).value
    info = der.sequence(
        der.integer(1),
        sid or der.sequence(signer.issuer.raw, der.integer(signer.serial)),
        SHA256,
        der.context(0, stored),
        changes.get("identifier", ECDSA_SHA256),
        der.octet_string(changes.get("signature", signature)),
    )
    body = der.sequence(
        der.integer(3),
        der.set_of(SHA256),
        der.sequence(der.oid(content_type), der.context(0, der.octet_string(content))),
        *([der.context(0, *(one.raw for one in enclosed))] if enclosed else []),
        der.set_of(info),
    )
    return der.sequence(der.oid("1.2.840.113549.1.7.2"), der.context(0, body))


def lds(groups, version=0):
    entries = [
        der.sequence(der.integer(number), der.octet_string(hashlib.sha256(data).digest()))
        for number, data in groups.items()
    ]
    versions = [der.sequence(der.printable_string("0108"), der.printable_string("040000"))] if version == 1 else []
    return der.sequence(der.integer(version), SHA256, der.sequence(*entries), *versions)


def sod(groups, signer, enclosed=None, content_type="2.23.136.1.1.1", version=0, **changes):
    """Return EF.SOD of these data groups, the signer's certificate and no other enclosed unless told otherwise."""
    certificates = (signer,) if enclosed is None else enclosed
    return der.encode(0x77, cms(content_type, lds(groups, version), signer, certificates, **changes))


class Anchors:
    """Trusted certificates and lists."""

    def __init__(self, *certificates, crls=()):
        self.certificates = certificates
        self.lists = crls

    def candidates(self, issuer, key_identifier, country):
        return [
            one
            for one in self.certificates
            if one.subject == issuer or (key_identifier and one.ski == key_identifier) or one.country == country
        ]

    def crls(self, country):
        return [one for one in self.lists if one.country == country]

    def countries(self):
        return sorted({one.country for one in self.certificates})


class AnchorsAndSigners(Anchors):
    """Which know document signers too."""

    def __init__(self, *certificates, crls=(), stored=()):
        super().__init__(*certificates, crls=crls)
        self.stored = stored

    def signers(self, issuer, serial, key_identifier):
        return [one for one in self.stored if one.serial == serial and one.issuer == issuer]
