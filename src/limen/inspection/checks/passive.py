"""Passive authentication, one check for each of its steps: Doc 9303-11, 5.1; Doc 9303-12; TR-03135-1 v2.5.

`limen.icao.pki.passive` takes the steps; here each becomes a check with its obligation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from limen.icao.pki import PassiveResult
from limen.inspection.context import CannotTell, Context, NothingToCheck
from limen.inspection.outcome import Outcome
from limen.inspection.registry import check
from limen.inspection.result import Obligation, Verdict

GROUPS = range(1, 17)
_READABLE = "pa.sod.readable"


@dataclass(frozen=True, slots=True)
class _Question:
    code: str
    title: str
    reference: str
    about: str
    """What the step's words are about, to make a sentence of them."""
    undetermined: str = ""
    obligation: Obligation = Obligation.MANDATORY


_NO_SIGNER = "the document signer's certificate is not known"
_NO_CSCA = "no trust anchor of the country is known"

_BEFORE_HASHES = (
    _Question(_READABLE, "Can the chip's security object be taken apart?", "Doc 9303-10, 4.6.2", "The security object",
              "EF.SOD was not read"),
    _Question("pa.sod.content_type", "Does it sign an LDS security object?", "Doc 9303-10, 4.6.2.2",
              "The security object"),
    _Question("pa.sod.lds_version", "Is that of a known version?", "Doc 9303-10, 4.6.2.3", "The security object"),
    _Question("pa.sod.signed_attributes", "Do the signed attributes state its type and its digest?",
              "Doc 9303-10, 4.6.2.2; RFC 5652, 5.6", "The signed attributes"),
    _Question("pa.sod.signature", "Did the document signer sign the chip's data?", "Doc 9303-11, 5.1; RFC 5652, 5.6",
              "The signature of the chip's data", _NO_SIGNER),
)  # fmt: skip
_HASHES = tuple(
    _Question(f"pa.digest.dg{number}", f"Is DG{number} what was signed?", "Doc 9303-11, 5.1; Doc 9303-10, 4.6.2.3", "")
    for number in GROUPS
)
_AFTER_HASHES = (
    _Question("pa.csca.trusted", "Is that authority trusted?", "Doc 9303-11, 5.1", "The country's authority",
              _NO_CSCA),
    _Question("pa.dsc.path", "Did the country's authority sign the document signer's certificate?",
              "Doc 9303-12, 6; RFC 5280, 6", "The document signer's certificate", _NO_CSCA),
    _Question("pa.csca.validity", "Was the authority's certificate valid when the document was signed?",
              "Doc 9303-12, 4", "The authority's certificate", _NO_CSCA),
    _Question("pa.dsc.signing_time", "Was the document signer's certificate valid when the document was signed?",
              "Doc 9303-12, 4", "The document signer's certificate", _NO_SIGNER),
    _Question("pa.dsc.validity", "Is the document signer's certificate valid on the day of the inspection?",
              "Doc 9303-12, 4", "The document signer's certificate", _NO_SIGNER, Obligation.EVALUATORY),
    _Question("pa.dsc.key_usage", "May the signer's key sign documents?", "Doc 9303-12, 7.1", "The document signer",
              _NO_SIGNER + ", or does not say"),
    _Question("pa.dsc.country", "Is the signer of the country that issued the document?", "Doc 9303-12, 7.1",
              "The document signer", _NO_SIGNER + ", or does not say its country"),
    _Question("pa.dsc.document_type", "May the signer sign documents of this type?", "Doc 9303-12, 7.1.1.6",
              "The document signer", "", Obligation.OPTIONAL),
    _Question("pa.revocation", "Was the document signer not revoked?", "Doc 9303-12, 7.1.4; RFC 5280, 6.3",
              "The document signer", "there is no revocation list of the country, or it is out of date"),
)  # fmt: skip
_CARD_SECURITY = "pa.card_security."


def _of_card_security(question: _Question) -> _Question:
    """The same question, asked of EF.CardSecurity, which holds the key of PACE's chip authentication mapping."""
    return replace(
        question,
        code=_CARD_SECURITY + question.code.removeprefix("pa.").removeprefix("sod."),
        title=_CARD_SECURITY_TITLES.get(question.code, f"EF.CardSecurity: {_small(question.title)}"),
        reference=f"Doc 9303-11, 4.4.3.5.2; {question.reference}",
        about=f"EF.CardSecurity: {_small(question.about)}",
    )


_CARD_SECURITY_TITLES = {
    _READABLE: "Can EF.CardSecurity be taken apart?",
    "pa.sod.content_type": "Does EF.CardSecurity sign security protocols?",
    "pa.sod.signature": "Did the signer sign EF.CardSecurity?",
}


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


_NOT_OF_CARD_SECURITY = {"pa.sod.lds_version", "pa.dsc.document_type"}
QUESTIONS = (*_BEFORE_HASHES, *_HASHES, *_AFTER_HASHES)
CARD_SECURITY_QUESTIONS = tuple(
    _of_card_security(question)
    for question in (*_BEFORE_HASHES, *_AFTER_HASHES)
    if question.code not in _NOT_OF_CARD_SECURITY
)


def _register(question: _Question) -> None:
    @check(
        code=question.code,
        title=question.title,
        obligation=question.obligation,
        reference=question.reference,
        undetermined=question.undetermined,
    )
    def judge(context: Context) -> Outcome:
        return _judge(context, question)


def _judge(context: Context, question: _Question) -> Outcome:
    of_card_security = question.code.startswith(_CARD_SECURITY)
    result = context.chip.card_security if of_card_security else context.chip.passive
    if result is None and of_card_security:
        raise NothingToCheck("no key of EF.CardSecurity was relied upon")
    if result is None:
        if question.code == _READABLE:
            raise _unread(context)
        raise NothingToCheck("EF.SOD was not read")
    step = result.step(question.code)
    if step is None or _follows(question.code, result):
        raise NothingToCheck("this step was not reached")
    return Outcome(Verdict(step.verdict.value), _sentence(question.about, step.message), details=step.details)


def _follows(code: str, result: PassiveResult) -> bool:
    """Whether the step has nothing to look at for want of a trust anchor, which another check tells already."""
    if not code.endswith((".csca.validity", ".revocation")):
        return False
    trusted = next((step for step in result.steps if step.code.endswith(".csca.trusted")), None)
    return trusted is not None and trusted.verdict == "undetermined" and not result.path[1:]


def _unread(context: Context) -> CannotTell:
    evidence = context.opened.evidence
    why = evidence.aborted or evidence.missing.get("EF.SOD") or "it is not among the files."
    return CannotTell(f"Whether the issuer signed the chip's data is open, for EF.SOD was not read: {why}")


def _sentence(about: str, words: str) -> str:
    text = f"{about}: {words}" if about else words
    return text if text.endswith(".") else f"{text}."


for _question in (*QUESTIONS, *CARD_SECURITY_QUESTIONS):
    _register(_question)
