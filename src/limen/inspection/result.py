"""The result model of BSI TR-03135-1 v2.5: verdicts, obligations, margins, and how they add up.

Verdicts and their meaning: section 3.5.2. Obligations: section 3.7. Aggregation: table 5.44. Margins: the
description of the spectrally selective checks in section 5.5.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limen.icao.mrz import Mrz
    from limen.inspection.chip_contents import ChipContents
    from limen.inspection.seal_contents import SealContents
    from limen.vision.reading import Quad, ZoneReading


class Verdict(StrEnum):
    """What one check, or all of them together, came to."""

    SUCCESSFUL = "successful"
    """The check ended and raised no objection."""
    FAILED = "failed"
    """The check ended and found an irregularity: a person has to look."""
    UNDETERMINED = "undetermined"
    """The check ended and could not tell: too little was read, or too little is known."""
    NOT_SUPPORTED = "not supported"
    """This document does not have the feature; that is no fault of it."""
    ABORTED = "aborted"
    """The check broke off. It says nothing about the document."""


class Obligation(StrEnum):
    """Whether a check counts toward the overall verdict."""

    MANDATORY = "mandatory"
    OPTIONAL = "optional"
    """May be left out of a profile; counts where it runs."""
    EVALUATORY = "evaluatory"
    """Runs and is logged, and never counts."""

    @property
    def counts(self) -> bool:
        """Whether the overall verdict may depend on the check."""
        return self is not Obligation.EVALUATORY


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found."""

    code: str
    """Stable dotted name, lower case, such as `mrz.check_digit.number`."""
    title: str
    """The question asked, for a list of checks."""
    verdict: Verdict
    obligation: Obligation
    reference: str
    """The rule: document, part and section."""
    message: str
    """One sentence for an officer."""
    margin: float | None = None
    """From -1 to +1 with 0 the threshold: how clearly the check passed (from 0) or failed (below 0)."""
    where: tuple[Quad, ...] = ()
    """The places concerned, in pixels of the image as given."""
    field: str | None = None
    """The field of the machine readable zone, by its name in the layout."""
    found: str | None = None
    expected: str | None = None
    details: tuple[str, ...] = ()
    """Further sentences for whoever wants to know more."""
    picture: str = ""
    """The name of the image that `where` lies in; empty for the one that the zone was read from."""

    def __post_init__(self) -> None:
        if self.margin is not None and not -1.0 <= self.margin <= 1.0:
            raise ValueError(f"margin of {self.code} is {self.margin}, outside -1 to +1")

    @property
    def counts(self) -> bool:
        """Whether the overall verdict depends on this result."""
        return self.obligation.counts


@dataclass(frozen=True, slots=True)
class Inspection:
    """One document examined once: what was read, each check, and the overall verdict."""

    zone: ZoneReading | None
    """None where the image shows no machine readable zone."""
    mrz: Mrz | None
    """None where there is no zone, or where its lines fit no layout."""
    checks: tuple[CheckResult, ...]
    """Every check that was run, in the registry's order. A check that needs a zone, or a parsed one, is
    not run without; `mrz.found` and `mrz.format` then say so."""
    verdict: Verdict
    summary: str
    """The overall verdict in plain words for an officer."""
    chip: ChipContents | None = None
    """What lies on the chip; None where none was to be read."""
    seals: tuple[SealContents, ...] = ()
    """The visible digital seals of the picture."""

    @property
    def irregularities(self) -> tuple[CheckResult, ...]:
        """The failed checks that count."""
        return _counting(self.checks, Verdict.FAILED)


# From harmless to grave; the overall verdict is the gravest of those that count (table 5.44).
_GRAVITY = (
    Verdict.NOT_SUPPORTED,
    Verdict.SUCCESSFUL,
    Verdict.UNDETERMINED,
    Verdict.ABORTED,
    Verdict.FAILED,
)
_MOST_NAMED = 3


def aggregate(results: Iterable[CheckResult]) -> Verdict:
    """Return the overall verdict.

    Failed if any counting check failed; aborted if none failed and any was aborted; then undetermined; then
    successful. Not supported does not count against, and is the overall verdict only where it is every
    check's. Where nothing counts at all, nothing was decided: undetermined.
    """
    counting = [result.verdict for result in results if result.counts]
    return max(counting, key=_GRAVITY.index, default=Verdict.UNDETERMINED)


def summarise(results: Iterable[CheckResult]) -> str:
    """Return the overall verdict in plain words; it never vouches for a document."""
    results = tuple(results)
    verdict = aggregate(results)
    if verdict is Verdict.SUCCESSFUL:
        return "no irregularity found"
    opening = "refer to second line" if verdict is Verdict.FAILED else "could not be decided"
    named = _counting(results, verdict)
    sentences = [_inner(result.message) for result in named[:_MOST_NAMED]]
    if not sentences:
        sentences = ["no check applied"]
    if len(named) > _MOST_NAMED:
        sentences.append(f"and {len(named) - _MOST_NAMED} more")
    return f"{opening}: " + "; ".join(sentences)


def _inner(message: str) -> str:
    """A sentence as a part of another: no full stop, and small at the beginning unless that is a code."""
    first = message.split(" ", 1)[0]
    small = message[:1].lower() + message[1:] if first.istitle() else message
    return small.rstrip(".")


def _counting(results: Iterable[CheckResult], verdict: Verdict) -> tuple[CheckResult, ...]:
    return tuple(result for result in results if result.counts and result.verdict is verdict)
