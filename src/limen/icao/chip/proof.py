"""What came of a proof that the chip is no copy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProofVerdict(StrEnum):
    """In the words of BSI TR-03135-1."""

    SUCCESSFUL = "successful"
    FAILED = "failed"
    UNDETERMINED = "undetermined"
    NOT_SUPPORTED = "not supported"


@dataclass(frozen=True, slots=True)
class ProofOutcome:
    """One proof, as the reader saw it while it was played."""

    verdict: ProofVerdict
    message: str
    """One sentence for an officer."""
    details: tuple[str, ...] = ()


def successful(message: str, *details: str) -> ProofOutcome:
    """The chip has the private key."""
    return ProofOutcome(ProofVerdict.SUCCESSFUL, message, details)


def failed(message: str, *details: str) -> ProofOutcome:
    """The chip does not show that it has the private key."""
    return ProofOutcome(ProofVerdict.FAILED, message, details)


def undetermined(message: str, *details: str) -> ProofOutcome:
    """The proof was not played to its end, for no fault of the chip."""
    return ProofOutcome(ProofVerdict.UNDETERMINED, message, details)


def not_supported(message: str, *details: str) -> ProofOutcome:
    """This reader cannot compute it."""
    return ProofOutcome(ProofVerdict.NOT_SUPPORTED, message, details)
