"""What an emulated document shall be: access, proofs, data groups, defects and habits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from limen.specimen.chip.signing import Signing

ALL_GROUPS: Final = (1, 2, 7, 11, 12, 13, 14, 15, 16)
"""The data groups that can be made here. DG14 and DG15 are added where a proof needs them."""


class Access(StrEnum):
    """How a chip lets itself be read."""

    PLAIN = "plain"
    BAC = "bac"
    PACE_GM = "pace-gm"
    PACE_IM = "pace-im"
    PACE_CAM = "pace-cam"


class Cipher(StrEnum):
    """Of secure messaging after PACE or chip authentication."""

    TDES = "3des"
    AES_128 = "aes-128"
    AES_192 = "aes-192"
    AES_256 = "aes-256"


class Proof(StrEnum):
    """How a chip proves that it is not a copy; PACE-CAM is one, too."""

    AA_RSA = "aa-rsa"
    AA_ECDSA = "aa-ecdsa"
    CA = "ca"
    CA_V2 = "ca-v2"


class Defect(StrEnum):
    """What is wrong with a document, each turning what its line says and nothing else."""

    WRONG_HASH = "wrong-hash"
    """The signed hash of DG2 is not that of DG2; the signature holds."""
    CHANGED_DG1 = "changed-dg1"
    """DG1 has another name than when it was signed."""
    SWAPPED_DG2 = "swapped-dg2"
    """DG2 shows somebody else than when it was signed."""
    WRONG_SIGNATURE = "wrong-signature"
    """The signature of the security object was changed."""
    WRONG_DIGEST = "wrong-digest"
    """The signed message digest is not that of the security object's content; the signature holds."""
    EXPIRED_SIGNER = "expired-signer"
    """The document signer's certificate had ended when the document was signed."""
    REVOKED_SIGNER = "revoked-signer"
    """The revocation list names the document signer."""
    FORGED_SIGNER = "forged-signer"
    """The document signer's certificate claims the CSCA, which did not sign it."""
    SIGNER_NOT_FOR_SIGNING = "signer-not-for-signing"
    """The document signer's certificate has a key usage other than signing."""
    UNKNOWN_ISSUER = "unknown-issuer"
    """No published list has the issuer's CSCA."""
    CLONED_AA = "cloned-aa"
    """All files are genuine; the chip has another private key for active authentication."""
    CLONED_CA = "cloned-ca"
    """All files are genuine; the chip has another private key for chip authentication and PACE-CAM."""
    TRUNCATED_FILE = "truncated-file"
    """DG2 ends in the middle; its hash was signed whole."""
    OTHER_MRZ = "other-mrz"
    """DG1, as it was signed, has another given name than the printed page."""
    MISSING_GROUP = "missing-group"
    """A data group that was signed and that EF.COM names cannot be found: the last of them."""
    COM_TELLS_MORE = "com-tells-more"
    """EF.COM names DG3, which neither was signed nor is there."""
    CARD_ACCESS_CHANGED = "card-access-changed"
    """EF.CardAccess offers PACE otherwise than the signed DG14 says."""


class Quirk(StrEnum):
    """What chips in the field do and the standard does not foresee."""

    NO_MASTER_FILE = "no-master-file"
    """SELECT of the master file is answered with 6A87."""
    NO_DIRECTORY = "no-directory"
    """Reading EF.DIR is answered with 6F00."""
    LIMITED_LE = "limited-le"
    """No answer holds more than 112 octets of a file."""
    NO_EXTENDED = "no-extended"
    """Commands of extended length are answered with 6700."""
    EXACT_LE = "exact-le"
    """Reading past a file's end is answered with 6CXX or 6700 instead of with what there is."""
    NO_SHORT_IDENTIFIERS = "no-short-identifiers"
    """READ BINARY by short identifier is answered with 6A86."""
    DER_SIGNATURE = "der-signature"
    """Active authentication by ECDSA answers a SEQUENCE instead of r and s side by side."""
    PACE_REFUSED = "pace-refused"
    """PACE is offered, and its last step is answered with 6300 whatever the password."""
    BARE_STATUS = "bare-status"
    """The status word outside secure messaging is 9000 whatever the one inside."""
    PLAIN_DATA_TYPE = "plain-data-type"
    """The security object's content type is id-data."""
    SIGNER_BY_KEY = "signer-by-key"
    """The security object names its signer by key identifier."""
    TURNED_NAME = "turned-name"
    """The security object names its signer's issuer with the parts of the name in the opposite order."""
    PACKED_DATES = "packed-dates"
    """DG12 has its date in four octets, two digits each."""
    LONG_DG2 = "long-dg2"
    """The facial record says that it is five octets longer than it is."""


@dataclass(frozen=True, slots=True)
class CardSpec:
    """An emulated document; equal ones are equal documents, but for random numbers in RSASSA-PSS."""

    format: str = "TD3"
    seed: int = 1
    issuer: str = "UTO"
    """Code of an invented issuer."""
    access: tuple[Access, ...] = (Access.PACE_GM, Access.BAC)
    domain: int = 13
    """Standardized domain parameters of PACE: 0 to 2 are DH groups, 8 to 18 curves (part 11, 9.5.1)."""
    cipher: Cipher = Cipher.AES_128
    """Of PACE and chip authentication."""
    proofs: tuple[Proof, ...] = ()
    chip_keys: int = 1
    """Of chip authentication; where there are several they have numbers from 1 on."""
    active_hash: str = "sha1"
    """Of active authentication by RSA."""
    groups: tuple[int, ...] = (1, 2, 11, 12)
    terminal: bool = False
    """Whether there is DG3, for terminals that prove themselves; needs chip authentication."""
    jpeg2000: bool = False
    """Whether the portrait is encoded as JPEG 2000 rather than JPEG."""
    portrait_octets: int = 15_000
    """About how long the portrait's file is."""
    signing: Signing = Signing()  # noqa: RUF009
    lds_version: int = 0
    """Of the security object: 0, or 1 with the versions of LDS and Unicode signed."""
    hash: str = "sha256"
    """Of the data groups."""
    defects: tuple[Defect, ...] = ()
    quirks: tuple[Quirk, ...] = ()
