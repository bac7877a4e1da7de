"""Emulated travel documents with a chip: PKI, files, and a card that answers commands.

document = make_card(CardSpec(access=(Access.PACE_CAM,), proofs=(Proof.CA,)))
document.card.answer(bytes.fromhex("00A4040C07A0000002471001"))     # 90 00
"""

from limen.specimen.chip.card import Card, Contents
from limen.specimen.chip.issuing import IssuedDocument, make_card
from limen.specimen.chip.pki import Pki, make_pki
from limen.specimen.chip.signing import Scheme, Signing
from limen.specimen.chip.spec import ALL_GROUPS, Access, CardSpec, Cipher, Defect, Proof, Quirk
from limen.specimen.chip.vpcd import PORT, VpcdPlayer
from limen.specimen.chip.writing import write_document

__all__ = [
    "ALL_GROUPS",
    "PORT",
    "Access",
    "Card",
    "CardSpec",
    "Cipher",
    "Contents",
    "Defect",
    "IssuedDocument",
    "Pki",
    "Proof",
    "Quirk",
    "Scheme",
    "Signing",
    "VpcdPlayer",
    "make_card",
    "make_pki",
    "write_document",
]
