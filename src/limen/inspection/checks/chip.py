"""The chip itself: was access gained, was it read, is it no copy, and does it say what the page says?

A chip that cannot be read makes no document invalid: what is missing for want of a reading is undetermined
or aborted here, never failed.
"""

from __future__ import annotations

from limen.icao.mrz import FILLER, DateKind, Mrz, MrzError, Span, parse
from limen.inspection.context import CannotTell, Context, NothingToCheck, NotSupported
from limen.inspection.evidence import ChipEvidence, Proof
from limen.inspection.outcome import Outcome, fine, irregular, unclear
from limen.inspection.registry import check
from limen.inspection.result import Obligation, Verdict

_NOT_READ = "DG1 was not read or cannot be taken apart"


@check(
    code="chip.access",
    title="Did the chip grant access?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-11, 4.2 to 4.4",
    undetermined="access was refused, say because the zone was misread",
)
def access(context: Context) -> Outcome:
    """A key that is refused is more often a misread zone than a fault of the document."""
    evidence = _live(context)
    if evidence.access:
        return fine(f"Access to the chip was granted: {evidence.access}.", details=evidence.problems)
    why = evidence.aborted or "The chip refused access: check that the printed zone or number was read rightly."
    return Outcome(Verdict.ABORTED if evidence.aborted else Verdict.UNDETERMINED, why, details=evidence.problems)


@check(
    code="chip.read",
    title="Was the chip read to the end?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-10, 3; TR-03135-1 v2.5, 3.5.2",
    undetermined="a file that every chip has could not be read; broken off, say because the document was taken "
    "away: aborted",
)
def read(context: Context) -> Outcome:
    """EF.SOD, DG1 and DG2 are on every chip; a file that is protected or away is told in the details."""
    evidence = context.opened.evidence
    details = tuple(f"{name}: {why}" for name, why in evidence.missing.items())
    if evidence.aborted:
        return Outcome(Verdict.ABORTED, f"The chip was not read to the end. {evidence.aborted}", details=details)
    absent = [name for name in ("EF.SOD", "EF.DG1", "EF.DG2") if name not in evidence.files]
    if absent:
        return unclear(f"The chip was read without {' and '.join(absent)}.", details=details)
    names = ", ".join(name.removeprefix("EF.") for name in evidence.files)
    return fine(f"The chip was read: {names}.", details=details)


@check(
    code="chip.active_authentication",
    title="Does the chip prove by active authentication that it is no copy?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-11, 6.1",
    undetermined="the proof broke off",
)
def active_authentication(context: Context) -> Outcome:
    """The chip signs a random number with a key that it does not give away, and that DG15 names."""
    return _proof(_live(context).active_authentication, "active authentication")


@check(
    code="chip.chip_authentication",
    title="Does the chip prove by chip authentication that it is no copy?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-11, 6.2",
    undetermined="the proof broke off",
)
def chip_authentication(context: Context) -> Outcome:
    """The chip agrees on new keys with a key that it does not give away, and that DG14 names."""
    return _proof(_live(context).chip_authentication, "chip authentication")


@check(
    code="chip.pace_cam",
    title="Does the chip prove by the mapping of PACE that it is no copy?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-11, 4.4.3.3.3 and 4.4.3.5.2",
    undetermined="the proof broke off",
)
def pace_cam(context: Context) -> Outcome:
    """As chip authentication, folded into PACE; the key is in EF.CardSecurity."""
    return _proof(_live(context).pace_cam, "PACE with chip authentication mapping")


@check(
    code="chip.proof",
    title="Is there a proof that the chip is no copy?",
    obligation=Obligation.EVALUATORY,
    reference="Doc 9303-11, 6",
    undetermined="the chip was not there, only files saved of one",
)
def proof(context: Context) -> Outcome:
    """Passive authentication alone holds for a copy, too; many chips have no more, and that is no fault."""
    evidence = context.opened.evidence
    if not evidence.live:
        raise CannotTell("Saved files tell nothing of the chip that they were read from.")
    mapped = evidence.pace_cam if context.chip.card_security else None
    played = (evidence.active_authentication, evidence.chip_authentication, mapped)
    if any(one is not None and one.verdict is Verdict.SUCCESSFUL for one in played):
        return fine("The chip proved that it is no copy.")
    raise NotSupported("The chip gave no proof that it is no copy: compare bearer, page and portrait the more.")


@check(
    code="chip.dg1.page",
    title="Does the chip say what the printed zone says?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-10, 4.7.1; TR-03135-1 v2.5, 5.7",
    undetermined="a character that differs was not read surely, or the printed zone fits no format",
)
def page(context: Context) -> Outcome:
    """Character by character; fillers and an open check digit are told apart from what was changed."""
    chip = _dg1(context)
    printed = _printed(context)
    if printed.layout.name != chip.layout.name:
        message = f"The printed zone has the format {printed.layout.name}, the chip's {chip.layout.name}."
        return _differs(context, [], message, printed.text, chip.text)
    spans = _differences(printed, chip)
    if not spans:
        return fine("The chip says what the printed zone says.")
    fields = list(dict.fromkeys(_field_at(chip, span) for span in spans))
    found, expected = (_pieces(one.lines, spans) for one in (printed, chip))
    words = f"The printed zone and the chip differ in: {', '.join(fields)}."
    return _differs(context, spans, words, found, expected)


@check(
    code="chip.dg1.check_digits",
    title="Do the check digits of the chip's zone hold?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 4.9; 9303-10, 4.7.1",
    undetermined=_NOT_READ,
)
def check_digits(context: Context) -> Outcome:
    """They are stored, not computed by the chip."""
    wrong = [digit for digit in _dg1(context).check_digits if not digit.ok]
    if not wrong:
        return fine("The check digits of the chip's zone hold.")
    first = wrong[0]
    return Outcome(
        Verdict.FAILED,
        f"On the chip, the check digit {first.name} is {first.found} and should be {first.expected or 'another'}.",
        field=first.name,
        found=first.found,
        expected=first.expected,
        details=tuple(f"So is {one.name}: {one.found}, not {one.expected or 'computable'}." for one in wrong[1:]),
    )


@check(
    code="chip.dg1.expired",
    title="Is the document still valid by the chip's date of expiry?",
    obligation=Obligation.MANDATORY,
    reference="TR-03135-1 v2.5, 5.7.1; Doc 9303-3, 4.8",
    undetermined=_NOT_READ + ", or the date is not complete",
)
def expired(context: Context) -> Outcome:
    """A document is valid through its last day."""
    date = _dg1(context).expiry_date
    day = date.resolve(context.on, DateKind.EXPIRY)
    if day is None:
        raise CannotTell(f"The chip's date of expiry is not complete: {date.raw}.")
    if day < context.on:
        message = f"By its chip the document expired on {day.isoformat()}: expiry alone is no sign of forgery."
        return Outcome(Verdict.FAILED, message, field="expiry_date", found=date.raw)
    return fine(f"By its chip the document is valid until {day.isoformat()}.", field="expiry_date", found=date.raw)


def _live(context: Context) -> ChipEvidence:
    evidence = context.chip.evidence
    if not evidence.live:
        raise NothingToCheck("no chip was there, only files saved of one")
    return evidence


def _proof(played: Proof | None, name: str) -> Outcome:
    if played is None:
        raise NotSupported(f"The chip does not offer {name}, or it was not called for.")
    return Outcome(played.verdict, played.message, details=played.details)


def _dg1(context: Context) -> Mrz:
    contents = context.opened
    if contents.mrz is None:
        why = contents.faults.get("EF.DG1") or contents.evidence.aborted or "it is not among the files."
        raise CannotTell(f"The chip's machine readable zone (DG1) was not read: {why}")
    return contents.mrz


def _printed(context: Context) -> Mrz:
    if context.evidence.typed:
        try:
            return parse(context.evidence.typed)
        except MrzError as error:
            raise CannotTell(f"The lines that were typed fit no format: {error}") from error
    if context.reading is None:
        raise NothingToCheck("no printed zone")
    if context.parsed is None:
        raise CannotTell("The printed zone fits no known format, so it cannot be compared with the chip.")
    return context.parsed


def _differences(printed: Mrz, chip: Mrz) -> list[Span]:
    """Where the two differ. A check digit left open stands for 0 where what it covers is empty."""
    left_open = {(one.line, one.column) for one in chip.check_digits if one.optional}
    return [
        Span(line, column, column + 1)
        for line, (ours, theirs) in enumerate(zip(printed.lines, chip.lines, strict=True))
        for column, (a, b) in enumerate(zip(ours, theirs, strict=True))
        if a != b and not ((line, column) in left_open and {a, b} == {FILLER, "0"})
    ]


def _field_at(zone: Mrz, span: Span) -> str:
    inside = (one.name for one in zone.fields if one.line == span.line and one.start <= span.start < one.end)
    return next(inside, "check digit").replace("_", " ")


def _pieces(lines: tuple[str, ...], spans: list[Span]) -> str:
    return "".join(lines[span.line][span.start] for span in spans)


def _differs(context: Context, spans: list[Span], message: str, found: str, expected: str) -> Outcome:
    """Failed, unless it rests on a character of the picture that was not read surely."""
    if context.evidence.typed:
        return Outcome(Verdict.FAILED, message, found=found, expected=expected)
    return irregular(context, spans, message, found=found, expected=expected)
