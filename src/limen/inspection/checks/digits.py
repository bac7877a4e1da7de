"""The check digits, each by its name: Doc 9303-3, 4.9; which positions they cover: parts 4 to 7.

A check digit that holds proves a reading only as far as it covers it. Where it covers a character that was
not read surely, or that the grammar settled, the details say so.
"""

from __future__ import annotations

from limen.icao.mrz import FILLER, CheckDigit, Mrz, Rule, Span
from limen.inspection.context import Context, NotSupported
from limen.inspection.outcome import Outcome, correction, fine, irregular, unsure
from limen.inspection.registry import check
from limen.inspection.result import Obligation

_UNDETERMINED = "it does not hold, but a character that it covers was not read surely"


@check(
    code="mrz.check_digit.number",
    title="Does the check digit of the document number hold?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 4.9; 9303-4 to -6, 4.2.4; 9303-7, 4.2.4 and 7.2.4",
    undetermined=_UNDETERMINED,
)
def number(context: Context) -> Outcome:
    """Also of long numbers that go on in the optional data (Doc 9303-5 and -6, 4.2.2, note j)."""
    return _judge(context, "number", "check digit of the document number")


@check(
    code="mrz.check_digit.birth",
    title="Does the check digit of the date of birth hold?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 4.9; 9303-4 to -6, 4.2.4; 9303-7, 4.2.4 and 7.2.4",
    undetermined=_UNDETERMINED,
)
def birth(context: Context) -> Outcome:
    """The six characters of the date of birth."""
    return _judge(context, "birth", "check digit of the date of birth")


@check(
    code="mrz.check_digit.expiry",
    title="Does the check digit of the date of expiry hold?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 4.9; 9303-4 to -6, 4.2.4; 9303-7, 4.2.4 and 7.2.4",
    undetermined=_UNDETERMINED,
)
def expiry(context: Context) -> Outcome:
    """The six characters of the date of expiry."""
    return _judge(context, "expiry", "check digit of the date of expiry")


@check(
    code="mrz.check_digit.optional",
    title="Does the check digit of the personal number or other optional data hold?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 4.9; 9303-4, 4.2.4",
    undetermined=_UNDETERMINED,
)
def optional(context: Context) -> Outcome:
    """Passports alone have it; a filler may stand for it where the data are empty."""
    return _judge(context, "optional", "check digit of the personal number or other optional data")


@check(
    code="mrz.check_digit.composite",
    title="Does the composite check digit hold?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 4.9; 9303-4 to -6, 4.2.4",
    undetermined=_UNDETERMINED,
)
def composite(context: Context) -> Outcome:
    """It covers the others together with what they cover; visas have none."""
    return _judge(context, "composite", "composite check digit")


def covered(mrz: Mrz, digit: CheckDigit) -> tuple[Span, ...]:
    """Where the digit is and what it covers, the digit itself last."""
    spec = mrz.layout.check(digit.name)
    spans = spec.covered if spec else ()
    tail = mrz.layout.field("optional_data")
    if digit.name == "number" and mrz.long_number and tail is not None and digit.column > tail.start:
        spans += (Span(digit.line, tail.start, digit.column),)
    return (*spans, Span(digit.line, digit.column, digit.column + 1))


def _judge(context: Context, name: str, title: str) -> Outcome:
    mrz = context.mrz
    digit = mrz.check(name)
    if digit is None:
        raise NotSupported(f"The layout {mrz.layout.name} has no {title}.")
    spans = covered(mrz, digit)
    if digit.ok:
        return _holds(context, spans, digit, title)
    if digit.expected is None:
        expected, should = None, "cannot be computed, for it covers a character that has no value"
    else:
        expected, should = digit.expected, f"should be {digit.expected}"
    message = f"The {title} is {digit.found} and {should}."
    return irregular(context, spans, message, field=name, found=digit.found, expected=expected)


def _holds(context: Context, spans: tuple[Span, ...], digit: CheckDigit, title: str) -> Outcome:
    details = tuple(correction(line, column, glyph) for line, column, glyph in context.glyphs(spans) if glyph.corrected)
    doubtful = context.doubtful(spans)
    if doubtful:
        details += (f"It holds, although {unsure(doubtful)}.",)
    if digit.rule is not Rule.STANDARD:
        details += (f"Computed by the issuer's own rule: {digit.rule}.",)
    holds = "is left open, as it may be" if digit.found == FILLER else "holds"
    return fine(f"The {title} {holds}.", field=digit.name, found=digit.found, details=details)
