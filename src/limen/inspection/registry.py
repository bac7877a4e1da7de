"""The registry of checks. A check is one small function of a context; `@check` is all it takes to add it.

    @check(
        code="mrz.sex",
        title="Is the sex M, F or left open?",
        obligation=Obligation.MANDATORY,
        reference="Doc 9303-4, 4.2.2.2",
    )
    def sex(context: Context) -> Outcome: ...

A check, or the context for it, may raise one of `context.Unasked`: there is nothing to check (no zone: the
check is not run), the document does not have the feature (*not supported*), the reading does not suffice
(*undetermined*). Whatever else a check raises makes that check *aborted*, and never stops the others.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass

from limen.inspection.context import CannotTell, Context, NothingToCheck, NotSupported
from limen.inspection.outcome import Outcome
from limen.inspection.result import CheckResult, Obligation, Verdict

Judge = Callable[[Context], Outcome]

_log = logging.getLogger(__name__)
_CODE = re.compile(r"[a-z_]+(\.[a-z_][a-z0-9_]*)+")


@dataclass(frozen=True, slots=True)
class Check:
    """One question that can be asked of a context."""

    code: str
    title: str
    obligation: Obligation
    reference: str
    undetermined: str
    """When the check cannot tell, in words for the list of checks; empty where it always can."""
    judge: Judge

    def run(self, context: Context) -> CheckResult | None:
        """The result; None where there is nothing that the check could be asked of. Never raises."""
        try:
            return self._result(self.judge(context))
        except NothingToCheck:
            return None
        except NotSupported as absent:
            return self._result(Outcome(Verdict.NOT_SUPPORTED, str(absent)))
        except CannotTell as doubt:
            return self._result(Outcome(Verdict.UNDETERMINED, str(doubt), where=doubt.where))
        except Exception as error:
            _log.exception("check %s broke off", self.code)
            reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            message = f'"{self.title}" was not checked, because the check broke off ({reason}).'
            return self._result(Outcome(Verdict.ABORTED, message))

    def _result(self, outcome: Outcome) -> CheckResult:
        return CheckResult(
            code=self.code,
            title=self.title,
            verdict=outcome.verdict,
            obligation=outcome.obligation or self.obligation,
            reference=self.reference,
            message=outcome.message,
            margin=None if outcome.margin is None else round(outcome.margin, 3),
            where=outcome.where,
            field=outcome.field,
            found=outcome.found,
            expected=outcome.expected,
            details=outcome.details,
            picture=outcome.picture,
        )


class Registry:
    """Checks by code, in the order in which they were added."""

    def __init__(self) -> None:
        self._checks: dict[str, Check] = {}

    def check(
        self, *, code: str, title: str, obligation: Obligation, reference: str, undetermined: str = ""
    ) -> Callable[[Judge], Judge]:
        """Register the decorated function. Raises ValueError for a code that is malformed or taken."""
        if not _CODE.fullmatch(code):
            raise ValueError(f"{code!r} is not a dotted lower-case code")
        if code in self._checks:
            raise ValueError(f"a check {code} is registered already")

        def register(judge: Judge) -> Judge:
            self._checks[code] = Check(code, title, obligation, reference, undetermined, judge)
            return judge

        return register

    @property
    def checks(self) -> tuple[Check, ...]:
        """All registered checks."""
        return tuple(self._checks.values())


_REGISTRY = Registry()
check = _REGISTRY.check


def all_checks() -> tuple[Check, ...]:
    """Every check of every family, in the order in which they are run and shown."""
    import limen.inspection.checks  # noqa: F401, PLC0415 - importing the families registers their checks

    return _REGISTRY.checks
