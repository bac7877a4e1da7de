"""A visa against the passport that it was issued for: Doc 9303-7 sections 4.2.2 and 9.3; TR-03135-1 v2.5, 5.7."""

from __future__ import annotations

from limen.icao.mrz import Format, Mrz
from limen.inspection.context import DOUBTFUL, CannotTell, Context, NothingToCheck
from limen.inspection.outcome import Outcome, fine, irregular
from limen.inspection.registry import check
from limen.inspection.result import Obligation


@check(
    code="visa.holder",
    title="Is the visa made out to the holder of the passport?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-7, 4.2.2 and 7.2.2; TR-03135-1 v2.5, 5.7",
    undetermined="a character that differs was not read surely, on either",
)
def holder(context: Context) -> Outcome:
    """Name, date of birth, sex and nationality; a name may be shortened on either."""
    visa, passport = _both(context)
    differing = []
    if not _same_name(visa, passport):
        differing.append("name")
    for field in ("birth_date", "sex", "nationality"):
        if _value(visa, field) != _value(passport, field):
            differing.append(field)
    if not differing:
        return fine("The visa is made out to the holder of the passport.")
    words = ", ".join(one.replace("_", " ") for one in differing)
    if _misread(context, passport, differing):
        raise CannotTell(
            f"Visa and passport seem to differ in: {words}; but the passport's zone was not read surely there: compare "
            "them yourself."
        )
    spans = [context.span(field) for field in differing]
    found, expected = ("; ".join(_value(zone, field) for field in differing) for zone in (visa, passport))
    return irregular(context, spans, f"Visa and passport differ in: {words}.", found=found, expected=expected)


@check(
    code="visa.passport_number",
    title="Does the visa bear the number of the passport?",
    obligation=Obligation.EVALUATORY,
    reference="Doc 9303-7, 4.2.2.2",
    undetermined="the number is the visa's own, as the issuer may choose",
)
def passport_number(context: Context) -> Outcome:
    """An issuer chooses whether the number in a visa's zone is the visa's or the passport's."""
    visa, passport = _both(context)
    number = passport.document_number
    if number and number in {visa.document_number, visa.optional_data[: len(number)]}:
        return fine("The visa bears the number of the passport.", field="document_number", found=number)
    raise CannotTell("The visa bears another number than the passport: its own, or that of another passport.")


def _both(context: Context) -> tuple[Mrz, Mrz]:
    visa = context.mrz
    if visa.format not in {Format.MRV_A, Format.MRV_B}:
        raise NothingToCheck("the document is no visa")
    if not context.evidence.passport_mrz:
        raise NothingToCheck("no passport was given to hold the visa against")
    return visa, context.passport


def _misread(context: Context, passport: Mrz, fields: list[str]) -> bool:
    """Whether the passport's zone was read in a picture, and one of these fields not surely."""
    reading = context.evidence.passport_zone
    spans = [spec.span for field in fields if (spec := passport.layout.field(field))] if reading else []
    return any(
        glyph.confidence < DOUBTFUL
        for span in spans
        if reading
        for glyph in reading.lines[span.line].glyphs[span.start : span.end]
    )


def _same_name(visa: Mrz, passport: Mrz) -> bool:
    """Whether both can be one name, shortened on either."""
    ours, theirs = _value(visa, "name"), _value(passport, "name")
    shorter, longer = sorted((ours, theirs), key=len)
    if shorter == longer:
        return True
    cut = (visa.name.truncated, passport.name.truncated)
    return any(cut) and longer.startswith(shorter.rstrip("<"))


def _value(zone: Mrz, field: str) -> str:
    return zone.field(field).raw.rstrip("<")
