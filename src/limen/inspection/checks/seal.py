"""Visible digital seals: Doc 9303-13 appendix D, one check for each of its rules, and the seal against the page.

`limen.icao.seal` takes the steps; a picture with several seals has the gravest verdict of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from limen.icao.mrz import Span
from limen.inspection.context import CannotTell, Context, NothingToCheck
from limen.inspection.outcome import Outcome, fine, irregular
from limen.inspection.registry import check
from limen.inspection.result import Obligation, Verdict
from limen.inspection.seal_contents import SealContents


@dataclass(frozen=True, slots=True)
class _Question:
    code: str
    title: str
    undetermined: str = ""
    obligation: Obligation = Obligation.MANDATORY


_APPENDIX = "Doc 9303-13, appendix D"
_NO_SIGNER = "the certificate of the seal's signer is not known"
_NO_CSCA = "no trust anchor of the country is known"

QUESTIONS = (
    _Question("seal.readable", "Can the seal be taken apart?", "it is of a version that is not known"),
    _Question("seal.features", "Has the seal the features of its kind?", "its kind is not known"),
    _Question("seal.signature", "Did the signer that it names sign the seal?", _NO_SIGNER),
    _Question("seal.csca.trusted", "Is the authority of the seal's signer trusted?", _NO_CSCA),
    _Question("seal.dsc.path", "Did that authority sign the certificate of the seal's signer?", _NO_CSCA),
    _Question("seal.csca.validity", "Was the authority's certificate valid when the seal was signed?", _NO_CSCA),
    _Question("seal.dsc.signing_time", "Was the signer's certificate valid when the seal was signed?", _NO_SIGNER),
    _Question(
        "seal.dsc.validity",
        "Is the signer's certificate valid on the day of the inspection?",
        _NO_SIGNER,
        Obligation.EVALUATORY,
    ),
    _Question("seal.dsc.key_usage", "May the signer's key sign seals?", _NO_SIGNER + ", or does not say"),
    _Question("seal.dsc.country", "Is the signer of the country that issued the document?", _NO_SIGNER),
    _Question("seal.dsc.document_type", "May the signer seal documents of this type?", "", Obligation.OPTIONAL),
    _Question("seal.revocation", "Was the seal's signer not revoked?", "there is no current revocation list"),
)
_GRAVITY = (Verdict.NOT_SUPPORTED, Verdict.SUCCESSFUL, Verdict.UNDETERMINED, Verdict.FAILED)
_FOLLOWING = frozenset({"seal.csca.validity", "seal.revocation"})
"""Steps that have nothing to look at without a trust anchor, which another check tells already."""


def _register(question: _Question) -> None:
    @check(
        code=question.code,
        title=question.title,
        obligation=question.obligation,
        reference=_APPENDIX,
        undetermined=question.undetermined,
    )
    def judge(context: Context) -> Outcome:
        found = [outcome for one in context.seals if (outcome := _judge(one, question.code)) is not None]
        if not found:
            raise NothingToCheck("this step was not reached")
        return max(found, key=lambda outcome: _GRAVITY.index(outcome.verdict))


def _judge(contents: SealContents, code: str) -> Outcome | None:
    result = contents.result
    step = result.step(code)
    if step is None or (result.signer is None and code.startswith(("seal.dsc", "seal.csca", "seal.revocation"))):
        return None
    trusted = result.step("seal.csca.trusted")
    if code in _FOLLOWING and trusted is not None and trusted.verdict == "undetermined":
        return None
    words = f"The seal: {step.message}."
    return Outcome(Verdict(step.verdict.value), words, where=(contents.evidence.where,), details=step.details)


for _question in QUESTIONS:
    _register(_question)


@check(
    code="seal.mrz",
    title="Does the seal say what the printed zone says?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-13, appendix D; 9303-7, 9.3 (SEAL_VISA_MISMATCH)",
    undetermined="no printed zone, or one of another format; a character that differs was not read surely",
)
def mrz(context: Context) -> Outcome:
    """A seal lifted from another document verifies, and says what that document's zone said."""
    sealed = [one for one in context.seals if one.zone is not None]
    if not sealed:
        raise NothingToCheck("no seal that repeats a zone")
    if context.reading is None:
        raise CannotTell("No printed zone was found that the seal could be held against.")
    printed = context.reading.text
    for one in sealed:
        lines = one.zone or ("", "")
        if len(printed) != len(lines) or len(printed[0]) != len(lines[0]):
            raise CannotTell("The seal repeats a zone of another format than the printed one.")
        spans = _differences(printed, lines)
        if spans:
            found = "".join(printed[span.line][span.start] for span in spans)
            expected = "".join(lines[span.line][span.start] for span in spans)
            message = "The printed zone and the seal differ (SEAL_VISA_MISMATCH)."
            return irregular(context, spans, message, found=found, expected=expected)
    return fine("The seal says what the printed zone says.")


@check(
    code="seal.passport",
    title="Does the sealed visa belong to this passport?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-7, 9.3 (SEAL_PASSPORT_MISMATCH)",
    undetermined="the passport's zone was not given, or does not hold its number",
)
def passport(context: Context) -> Outcome:
    """The number of the passport is in the seal of a visa, whatever number is printed."""
    numbers = [number for one in context.seals if (number := one.passport_number)]
    if not numbers:
        raise NothingToCheck("no seal that names a passport")
    holder = context.passport
    number = holder.document_number
    if all(_bare(one) == _bare(number) for one in numbers):
        return fine("The seal names this passport.")
    message = "The seal names another passport than the one presented (SEAL_PASSPORT_MISMATCH)."
    return Outcome(Verdict.FAILED, message, field="document_number", found=number, expected=", ".join(numbers))


def _bare(number: str) -> str:
    return number.replace("<", "").replace(" ", "").upper()


def _differences(printed: tuple[str, ...], sealed: tuple[str, str]) -> list[Span]:
    return [
        Span(line, column, column + 1)
        for line, (ours, theirs) in enumerate(zip(printed, sealed, strict=True))
        for column, (one, other) in enumerate(zip(ours, theirs, strict=False))
        if one != other
    ]
