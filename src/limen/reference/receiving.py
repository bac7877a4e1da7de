"""A reference or signature from elsewhere is taken in.

It begins on trial whatever its origin says of it, for an origin's documents, readers and care are its own. Only where
whoever takes it in names the origin's public key is the origin's status taken over. A reference that carries anything
of a bearer is refused.
"""

from __future__ import annotations

import datetime
import re
from typing import TypeVar

from limen.reference.errors import FileError, RefusedError
from limen.reference.learned import Reference
from limen.reference.masking import leaks
from limen.reference.packing import unpack
from limen.reference.signatures import Signature
from limen.reference.signatures import unpack as unpack_signature
from limen.reference.signing import Origin
from limen.reference.standing import Standing, Status

_KEY = re.compile("[0-9a-f]{64}")
Kept = TypeVar("Kept", Reference, Signature)


def receive(data: bytes, *, trusted: str | None, unsigned: bool, on: datetime.datetime) -> Reference:
    """The reference of a file, as it is to be kept. Raises FileError, RefusedError."""
    reference = unpack(data, standing=False)
    _signed(reference.origin, unsigned, "reference")
    for side in reference.artworks:
        artwork = reference.artwork(side)
        assert artwork is not None
        if (artwork.format, artwork.side) != (reference.model.format, side):
            raise FileError(f"The {side} of the reference is of another format or side than it says.")
        if leaks(artwork):
            raise RefusedError(
                f"The {side} of the reference shows what is a bearer's own, which no reference may carry: ask its "
                "origin to learn it anew."
            )
    return _with(reference, trusted, on)


def receive_signature(data: bytes, *, trusted: str | None, unsigned: bool, on: datetime.datetime) -> Signature:
    """The signature of a file, as it is to be kept. Raises FileError, RefusedError."""
    signature = unpack_signature(data, standing=False)
    _signed(signature.origin, unsigned, "signature")
    return _with(signature, trusted, on)


def _signed(origin: Origin | None, unsigned: bool, what: str) -> None:
    if origin is None and not unsigned:
        raise RefusedError(f"Nobody signed the {what}: give --unsigned if you know where it comes from.")


def _with(kept: Kept, trusted: str | None, on: datetime.datetime) -> Kept:
    if trusted is None:
        return kept.with_standing(Standing())
    key = trusted.lower().replace(":", "").replace(" ", "")
    if not _KEY.fullmatch(key):
        raise RefusedError("The key of a trusted origin has 64 hexadecimal digits: give all of them.")
    if kept.origin is None or kept.origin.key != key:
        signed = f"by the key {kept.origin.key}" if kept.origin else "by nobody"
        raise RefusedError(f"It is signed {signed}, not by the one that is trusted: leave --trust-origin out.")
    claim = kept.claim or Standing()
    if claim.status is not Status.PROMOTED:
        return kept.with_standing(Standing())
    why = f"taken over from {kept.origin.name}, whose key was trusted"
    return kept.with_standing(Standing(Status.PROMOTED, kept.origin.name, on, claim.trial, why))
