"""Counterfeit signatures: what a press gets wrong, marked once, and looked for on every page."""

from limen.reference.signatures.filing import pack, unpack
from limen.reference.signatures.making import Plan, counted, make
from limen.reference.signatures.marks import PICTURE, WHATS, Mark, Place
from limen.reference.signatures.matching import held, match
from limen.reference.signatures.model import Marking, Signature
from limen.reference.signatures.scope import Scope
from limen.reference.signatures.store import SignatureStore

__all__ = [
    "PICTURE",
    "WHATS",
    "Mark",
    "Marking",
    "Place",
    "Plan",
    "Scope",
    "Signature",
    "SignatureStore",
    "counted",
    "held",
    "make",
    "match",
    "pack",
    "unpack",
]
