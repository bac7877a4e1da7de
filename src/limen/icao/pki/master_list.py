"""CSCA master lists: Doc 9303-12 section 9."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from limen.icao import der
from limen.icao.pki.certificate import Certificate
from limen.icao.pki.cms import SignedData, read_certificates
from limen.icao.pki.errors import PkiError, reading
from limen.icao.pki.signed_list import MASTER_LIST_SIGNER, ListSignature, verify_list

MASTER_LIST = "2.23.136.1.1.2"
_MAX_CERTIFICATES = 20_000


@dataclass(frozen=True, slots=True)
class MasterList:
    """One list: the certificates that its signer trusts."""

    signed: SignedData = field(repr=False)
    version: int
    certificates: tuple[Certificate, ...] = field(repr=False)
    broken: tuple[tuple[bytes, str], ...] = field(repr=False)
    """Entries that cannot be taken apart, each with the reason."""

    @classmethod
    def parse(cls, data: bytes) -> MasterList:
        """Return the list of a CMS file. Raises `PkiError`."""
        signed = SignedData.parse(data)
        if signed.content_type != MASTER_LIST:
            raise PkiError(f"no master list but content of type {signed.content_type}")
        with reading("a master list"):
            fields = der.parse(signed.content, lenient=True).fields(0x30)
            version = der.as_int(fields.take(0x02))
            certificates, broken = read_certificates(_bounded(fields.take(0x31)))
        return cls(signed, version, certificates, broken)

    @property
    def country(self) -> str | None:
        """The two-letter country of the signer, as its enclosed certificate states it."""
        return self.signed.certificates[0].country if self.signed.certificates else None

    def verify(self, authorities: Iterable[Certificate] = ()) -> ListSignature:
        """Return who signed the list. Raises `CryptoError` or `PkiError`.

        The issuer of the signer's certificate is looked for among the authorities given, those enclosed with the
        signature, and those of the list itself.
        """
        return verify_list(self.signed, (*authorities, *self.certificates), MASTER_LIST_SIGNER)


def _bounded(element: der.Element) -> Iterator[der.Element]:
    for count, part in enumerate(element):
        if count == _MAX_CERTIFICATES:
            raise der.DerError(f"more than {_MAX_CERTIFICATES} certificates")
        yield part
