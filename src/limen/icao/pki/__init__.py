"""Certificates, signed objects and passive authentication: Doc 9303-10 section 4.6.2, 9303-11 section 5.1, 9303-12.

Parsers raise `PkiError`; what is asked of a key or a signature raises the errors of `limen.icao.crypto`. Nothing here
reads a file or a clock: trusted certificates come from an `AnchorSource`, the day from the caller.
"""

from limen.icao.pki.certificate import BasicConstraints, Certificate, Extension
from limen.icao.pki.cms import SignedData, SignerInfo, signer_certificates, verify_signer
from limen.icao.pki.countries import alpha2_of, same_issuer
from limen.icao.pki.crl import Crl
from limen.icao.pki.deviation_list import DEVIATION_TYPES, Description, Deviation, DeviationList
from limen.icao.pki.errors import PkiError
from limen.icao.pki.ldif import LdifEntry, PayloadKind, entries
from limen.icao.pki.master_list import MasterList
from limen.icao.pki.name import Name
from limen.icao.pki.passive import card_security_authentication, passive_authentication
from limen.icao.pki.path import AnchorSource, DeviationSource, Path, PathOutcome, SignerSource, build_path
from limen.icao.pki.signed_list import ListSignature, verify_list
from limen.icao.pki.sod import LdsSecurityObject, Sod
from limen.icao.pki.steps import PassiveResult, Step, Verdict

__all__ = [
    "DEVIATION_TYPES",
    "AnchorSource",
    "BasicConstraints",
    "Certificate",
    "Crl",
    "Description",
    "Deviation",
    "DeviationList",
    "DeviationSource",
    "Extension",
    "LdifEntry",
    "LdsSecurityObject",
    "ListSignature",
    "MasterList",
    "Name",
    "PassiveResult",
    "Path",
    "PathOutcome",
    "PayloadKind",
    "PkiError",
    "SignedData",
    "SignerInfo",
    "SignerSource",
    "Sod",
    "Step",
    "Verdict",
    "alpha2_of",
    "build_path",
    "card_security_authentication",
    "entries",
    "passive_authentication",
    "same_issuer",
    "signer_certificates",
    "verify_list",
    "verify_signer",
]
