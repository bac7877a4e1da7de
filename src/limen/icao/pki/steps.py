"""What a step of passive authentication finds, in the words of TR-03135-1 section 3.5.2."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum

from limen.icao import crypto
from limen.icao.pki.certificate import Certificate
from limen.icao.pki.sod import Sod


class Verdict(StrEnum):
    """The outcomes of TR-03135-1 section 3.5.2 that a step can have."""

    SUCCESSFUL = "successful"
    FAILED = "failed"
    UNDETERMINED = "undetermined"
    NOT_SUPPORTED = "not supported"


@dataclass(frozen=True, slots=True)
class Step:
    """What one step found."""

    code: str
    verdict: Verdict
    message: str
    details: tuple[str, ...] = ()
    """What was put up with, or helps to understand."""


@dataclass(frozen=True, slots=True)
class PassiveResult:
    """What came of every step, in order, and what was found on the way."""

    steps: tuple[Step, ...]
    sod: Sod | None = field(default=None, repr=False)
    signer: Certificate | None = field(default=None, repr=False)
    path: tuple[Certificate, ...] = field(default=(), repr=False)
    """From the document signer's certificate to the trusted one."""
    signing_time: datetime.datetime | None = None

    def step(self, code: str) -> Step | None:
        """Return the step of this code, or None where it was not taken."""
        return next((step for step in self.steps if step.code == code), None)

    @property
    def verdict(self) -> Verdict:
        """What all steps come to: failed if any failed, else undetermined if any is, else successful."""
        found = {step.verdict for step in self.steps}
        return next((one for one in (Verdict.FAILED, Verdict.UNDETERMINED) if one in found), Verdict.SUCCESSFUL)


def verdict_of(error: crypto.CryptoError) -> Verdict:
    """Return what a refusal by `limen.icao.crypto` comes to."""
    return Verdict.NOT_SUPPORTED if isinstance(error, crypto.UnsupportedError) else Verdict.FAILED
