"""Readings to checks to a result, after BSI TR-03135.

`inspect` asks every check of one reading. A check is one function, registered by `check`.
"""

from limen.inspection.context import CannotTell, Context, NothingToCheck, NotSupported
from limen.inspection.evidence import ChipEvidence, Evidence, Gap, PageEvidence, Proof, SealEvidence
from limen.inspection.inspecting import inspect
from limen.inspection.outcome import Outcome
from limen.inspection.registry import Check, Registry, all_checks, check
from limen.inspection.result import CheckResult, Inspection, Obligation, Verdict, aggregate, summarise

__all__ = [
    "CannotTell",
    "Check",
    "CheckResult",
    "ChipEvidence",
    "Context",
    "Evidence",
    "Gap",
    "Inspection",
    "NotSupported",
    "NothingToCheck",
    "Obligation",
    "Outcome",
    "PageEvidence",
    "Proof",
    "Registry",
    "SealEvidence",
    "Verdict",
    "aggregate",
    "all_checks",
    "check",
    "inspect",
    "summarise",
]
