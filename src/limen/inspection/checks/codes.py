"""The codes of issuer, nationality and document: Doc 9303-3, 4.7 and 5; 9303-4, 4.4; 9303-5 to -8."""

from __future__ import annotations

import datetime

from limen.icao import codes
from limen.icao.codes import Kind
from limen.icao.mrz import Format, ProblemCode
from limen.inspection.checks.content import no_problem
from limen.inspection.context import CannotTell, Context, NotSupported
from limen.inspection.outcome import Outcome, fine, irregular, unclear
from limen.inspection.registry import check
from limen.inspection.result import Obligation, Verdict

USUAL_VALIDITY = 10
"""Years; what a day of expiry tells of the day of issue, which passports' zones do not give."""

_HARMONIZED = "one of " + ", ".join(code for code in codes.DOCUMENT_CODES if codes.harmonized(code))
_UNSURE = "a character concerned was not read surely"


@check(
    code="mrz.issuer.code",
    title="Is the issuer's code one of the listed codes?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 4.7 and 5",
    undetermined=_UNSURE,
)
def issuer(context: Context) -> Outcome:
    """States, organizations and former ones; no code of persons without a nationality."""
    span = context.span("issuer")
    found = context.mrz.issuer
    code = codes.lookup(found)
    if code is not None and code.kind in (Kind.PERSON, Kind.MASTER_LIST):
        message = f"{found} stands for {_lower(code.name)}, which issues no travel documents."
        return irregular(context, [span], message, field="issuer", found=found)
    well = f"The issuer {found} stands for {code.name}." if code else ""
    details = _former(code) if code else ()
    problem = no_problem(context, ProblemCode.ISSUER, well=well)
    return fine(well, field="issuer", found=found, details=details) if code else problem


@check(
    code="mrz.issuer.specimen",
    title="Is the issuer one that issues documents?",
    obligation=Obligation.EVALUATORY,
    reference="Doc 9303-3, 5, Part G",
)
def specimen(context: Context) -> Outcome:
    """Utopia is for specimens. A note only, so that specimens can be shown and trained with."""
    span = context.span("issuer")
    code = codes.lookup(context.mrz.issuer)
    if code is None or code.kind is not Kind.SPECIMEN:
        return fine("The issuer is no specimen code.", field="issuer")
    message = f"{code.code} ({code.name}) is a code for specimens: no State issues this document."
    return Outcome(Verdict.FAILED, message, None, context.where([span]), "issuer", code.code)


@check(
    code="mrz.nationality.code",
    title="Is the nationality's code one of the listed codes?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 4.7 and 5",
    undetermined=_UNSURE,
)
def nationality(context: Context) -> Outcome:
    """States, kinds of British nationality, persons without a nationality, staff of organizations."""
    context.span("nationality")
    found = context.mrz.nationality
    code = codes.lookup(found)
    if code is None:
        return no_problem(context, ProblemCode.NATIONALITY, well="The nationality is listed.")
    return fine(
        f"The nationality {found} stands for {code.name}.",
        field="nationality",
        found=found,
        details=_former(code),
    )


@check(
    code="mrz.document_code.format",
    title="Does the document code fit the format, its second letter included?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-4, 4.4; 9303-5 and -6, 4.2.2, note k; 9303-7, 4.2.2",
    undetermined=_UNSURE,
)
def document_code(context: Context) -> Outcome:
    """The rules are `limen.icao.codes.code_fault`'s."""
    context.span("document_code")
    found = context.mrz.document_code
    known = codes.document_code(found)
    details = (f"By Doc 9303 it stands for: {known.name}.",) if known else ()
    well = f"The document code {found} fits."
    if context.mrz.problems_of(ProblemCode.DOCUMENT_CODE):
        return no_problem(context, ProblemCode.DOCUMENT_CODE, well=well)
    return fine(well, field="document_code", found=found, details=details)


@check(
    code="mrz.document_code.dates",
    title="Is the document code one that was in force when the passport was issued?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-4, 4.4; 9303-8, 4.1.5",
    undetermined=f"the code is none of the harmonized ones, and the expiry lets a passport valid for "
    f"{USUAL_VALIDITY} years be issued after they took effect; or the expiry is not complete",
)
def code_dates(context: Context) -> Outcome:
    """The zone has no date of issue: only the last possible day of expiry is certain."""
    if context.mrz.format is not Format.TD3:
        raise NotSupported("Dates of effect are set for the document codes of passports alone.")
    span, found = context.span("document_code"), context.mrz.document_code
    known = codes.document_code(found)
    if codes.harmonized(found) and known is not None:
        well = f"{found} is a harmonized code ({known.name})."
        return fine(well, field="document_code", found=found)
    expiry = context.mrz.expiry_date.resolve(context.on, "expiry")
    code = f"The document code is {found}, none of the harmonized ones"
    if expiry is None:
        raise CannotTell(f"{code}, and the date of expiry is not complete.", context.where([span]))
    if codes.harmonized_required(found, expires=expiry):
        spans = [span, context.span("expiry_date")]
        message = f"{code}: such a passport expires before 2038, and this one expires in {expiry.year}."
        return irregular(context, spans, message, field="document_code", found=found, expected=_HARMONIZED)
    if codes.harmonized_required(found, issued=_years_before(expiry, USUAL_VALIDITY)):
        return unclear(
            f"{code}, and by its expiry in {expiry.year} this passport may have been issued since they took "
            "effect: compare with the date of issue.",
            where=context.where([span]),
            field="document_code",
            found=found,
            expected=_HARMONIZED,
        )
    message = f"The document code {found} was open to the issuer when this passport was issued."
    return fine(message, field="document_code", found=found)


def _years_before(day: datetime.date, years: int) -> datetime.date:
    """The same day of an earlier year; 28 February for the 29th."""
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


def _former(code: codes.Code) -> tuple[str, ...]:
    if code.kind is not Kind.FORMER:
        return ()
    return (f"{code.code} ({code.name}) was withdrawn in {code.until}; compare with the date of issue.",)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
