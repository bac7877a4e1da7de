"""A whole PKI of an issuer that exists nowhere: Doc 9303-12.

Two generations of the country signing CA with the link between them, a document signer, the signers of the master
list and of the deviation list, what each of them signs, and an LDIF file as the ICAO PKD hands it out.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from limen.icao.der import context, encode, integer, oid, printable_string, sequence, set_of
from limen.specimen.chip.certificates import (
    DEVIATION_LIST_SIGNING,
    MASTER_LIST_SIGNING,
    Certified,
    Entity,
    authority_extensions,
    certify,
    document_types,
    extended_usage,
    key_usage,
    midnight,
    private_use,
    revocation_list,
    signer_extensions,
)
from limen.specimen.chip.messages import DEVIATION_LIST, MASTER_LIST, signed_data
from limen.specimen.chip.signing import Signing, SigningKey, signing_key
from limen.specimen.chip.spec import Defect
from limen.specimen.issuers import ISSUERS, Issuer
from limen.specimen.people import EPOCH

_YEAR: Final = timedelta(days=365)
_WRONG_HASH: Final = "2.23.136.1.1.7.2.2"
"""id-Deviation-LDS-DGHashWrong (part 12, section 10)."""
DEVIATING: Final = ("X0000001", "X0000002", "X0000003")
"""Numbers of the documents that deviation lists made here tell of."""


@dataclass(frozen=True, slots=True)
class Pki:
    """Certificates, lists and the files that publish them, all DER."""

    country: str
    csca: Certified
    """That issued the document signer."""
    former: Certified
    """The CSCA's first generation."""
    link: Certified
    """The present CSCA's key, certified by the former."""
    signer: Certified
    """The document signer."""
    master_list_signer: Certified
    deviation_list_signer: Certified
    crl: bytes
    master_list: bytes
    """CMS; lists the CSCA certificates that a verifier can know, which for an unknown issuer are another's."""
    deviation_list: bytes
    anchors: tuple[bytes, ...]
    """The self-signed certificates of the master list."""
    links: tuple[bytes, ...]
    """The link certificates that are published."""

    @property
    def ldif(self) -> str:
        """The PKD's file: signer, revocation list, master list and deviation list (part 12, section 5.3)."""
        home = f"c={self.country},dc=data,dc=download,dc=pkd,dc=icao,dc=int"
        name = f"cn=OU\\=Specimen\\,C\\={self.country}"
        entries = (
            (f"{name}+sn={self.signer.serial},o=dsc,{home}", "userCertificate;binary", self.signer.der),
            (f"{name},o=crl,{home}", "certificateRevocationList;binary", self.crl),
            (f"{name},o=ml,{home}", "pkdMasterListContent", self.master_list),
            (f"{name},o=dl,{home}", "pkdDeviationListContent", self.deviation_list),
        )
        return "version: 1\n\n" + "\n".join(_ldif_entry(*entry) for entry in entries)


def country_of(code: str) -> str:
    """Return the two letters that an invented issuer's certificates have; none of them is a State's (ISO 3166-1)."""
    return code[:2]


def make_pki(issuer: Issuer, seed: int, signing: Signing, signed: date, defects: frozenset[Defect]) -> Pki:
    """Return the PKI under which a document was signed on day `signed`, with the defects that lie in a PKI.

    For an unknown issuer, what is published is another issuer's, and this one's is known to nobody.
    """
    own = _make(issuer, seed, signing, signed, defects)
    if Defect.UNKNOWN_ISSUER not in defects:
        return own
    known = list(ISSUERS.values())
    other = known[(known.index(issuer) + 1) % len(known)]
    public = _make(other, seed, signing, signed, frozenset())
    return replace(
        own,
        crl=public.crl,
        master_list=public.master_list,
        deviation_list=public.deviation_list,
        anchors=public.anchors,
        links=public.links,
    )


def _make(issuer: Issuer, seed: int, signing: Signing, signed: date, defects: frozenset[Defect]) -> Pki:
    made = _Authority(issuer, seed, signing)
    began = signed - 2 * _YEAR
    former = made.self_signed("csca 1", 1, (began - 5 * _YEAR, began + 10 * _YEAR))
    csca = made.self_signed("csca 2", 2, (began, began + 15 * _YEAR))
    link = certify(
        csca.entity, csca.key, authority_extensions(csca.entity, csca.key, former.key),
        serial=3, valid=(began, began + 10 * _YEAR), issuer=former.entity, issuer_key=former.key,
    )  # fmt: skip
    signer = made.document_signer(csca, signed, defects)
    lists = made.list_signer(csca, "Master List Signer", 20, MASTER_LIST_SIGNING)
    deviations = made.list_signer(csca, "Deviation List Signer", 21, DEVIATION_LIST_SIGNING)
    revoked = [(99, began + _YEAR)]
    if Defect.REVOKED_SIGNER in defects:
        revoked.append((signer.serial, max(signed, EPOCH - timedelta(days=40))))
    anchors = (former.der, csca.der)
    return Pki(
        country=csca.entity.country,
        csca=csca,
        former=former,
        link=link,
        signer=signer,
        master_list_signer=lists,
        deviation_list_signer=deviations,
        crl=revocation_list(csca, tuple(revoked), number=7, issued=EPOCH - timedelta(days=30), due=EPOCH + 5 * _YEAR),
        master_list=_master_list(lists, csca, anchors),
        deviation_list=_deviation_list(deviations, csca),
        anchors=anchors,
        links=(link.der,),
    )


@dataclass(frozen=True, slots=True)
class _Authority:
    """Makes the certificates of one issuer."""

    issuer: Issuer
    seed: int
    signing: Signing

    def entity(self, role: str) -> Entity:
        name = self.issuer.name.title()
        return Entity(country_of(self.issuer.code), name, f"{name} {role}", self.issuer.code)

    def key(self, role: str) -> SigningKey:
        return signing_key(self.signing, self.issuer.code, self.seed, role)

    def self_signed(self, role: str, serial: int, valid: tuple[date, date]) -> Certified:
        entity, key = self.entity("CSCA"), self.key(role)
        return certify(entity, key, authority_extensions(entity, key, key), serial=serial, valid=valid)

    def document_signer(self, csca: Certified, signed: date, defects: frozenset[Defect]) -> Certified:
        """The signer of the document, with the defects that lie in its certificate."""
        entity, key = self.entity("Document Signer"), self.key("document signer")
        first, last = signed - timedelta(days=30), signed + timedelta(days=60)
        end = last + 10 * _YEAR
        if Defect.EXPIRED_SIGNER in defects:
            first, last, end = signed - 2 * _YEAR, signed - _YEAR, signed - timedelta(days=30)
        own = (private_use(first, last), document_types("P", "PP", "I", "ID", "V"))
        extensions = signer_extensions(entity, key, csca.entity, csca.key, *own)
        if Defect.SIGNER_NOT_FOR_SIGNING in defects:
            extensions = (key_usage(0x20, 5), *extensions[1:])
        forged = Defect.FORGED_SIGNER in defects
        return certify(
            entity, key, extensions, serial=0x1000 + self.seed, valid=(first, end), issuer=csca.entity,
            issuer_key=self.key("forger") if forged else csca.key,
        )  # fmt: skip

    def list_signer(self, csca: Certified, role: str, serial: int, purpose: str) -> Certified:
        """The signer of a list."""
        entity, key = self.entity(role), self.key(role)
        extensions = signer_extensions(entity, key, csca.entity, csca.key, extended_usage(purpose))
        valid = (EPOCH - _YEAR, EPOCH + 5 * _YEAR)
        return certify(
            entity, key, extensions, serial=serial, valid=valid, issuer=csca.entity, issuer_key=csca.key
        )  # fmt: skip


def _master_list(signer: Certified, csca: Certified, anchors: tuple[bytes, ...]) -> bytes:
    """A list of CSCA certificates (part 12, section 9)."""
    content = sequence(integer(0), set_of(*anchors))
    return signed_data(MASTER_LIST, content, signer, (signer.der, csca.der), moment=midnight(EPOCH))


def _deviation_list(signer: Certified, csca: Certified) -> bytes:
    """A list that tells of passports whose data group has a wrong hash, by number and by days of issue."""
    description = sequence(printable_string("Hash of DG11 is wrong"), oid(_WRONG_HASH), context(0, integer(11)))
    numbers = context(5, *sorted(encode(0x13, number.encode("ascii")) for number in DEVIATING))
    period = context(4, *(encode(0x18, day.encode("ascii")) for day in ("20200101000000Z", "20200131000000Z")))
    kind = context(0, b"P<", constructed=False)
    deviation = sequence(sequence(kind, period, numbers), set_of(description))
    content = sequence(integer(0), set_of(deviation))
    return signed_data(DEVIATION_LIST, content, signer, (signer.der, csca.der), moment=midnight(EPOCH))


def _ldif_entry(name: str, attribute: str, value: bytes) -> str:
    """One entry, its lines folded at 76 characters (RFC 2849)."""
    text = f"{attribute}:: {base64.b64encode(value).decode('ascii')}"
    folded = [text[:76], *(" " + text[at : at + 75] for at in range(76, len(text), 75))]
    return "\n".join((f"dn: {name}", "objectClass: top", "objectClass: pkdDownload", *folded, ""))
