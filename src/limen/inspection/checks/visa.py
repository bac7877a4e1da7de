"""The passport that a visa is held against: Doc 9303-7, 4.2.2; Doc 9303-3, 4.9; TR-03135-1 v2.5, 5.7.

A visa is worth no more than the passport beside it. `combined` compares the two; here the passport itself is asked.
"""

from __future__ import annotations

from limen.icao.mrz import Format, Mrz
from limen.inspection.context import DOUBTFUL, CannotTell, Context, NothingToCheck
from limen.inspection.outcome import Outcome, fine
from limen.inspection.registry import check
from limen.inspection.result import Obligation, Verdict

_NAMES = {"number": "document number", "birth": "date of birth", "expiry": "date of expiry"}


@check(
    code="visa.passport.zone",
    title="Does the zone of the visa's passport hold?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 4.9; 9303-4, 4.2.4",
    undetermined="it was typed, or a character was not read surely",
)
def passport_zone(context: Context) -> Outcome:
    """A passport whose check digits do not hold proves nothing of its visa."""
    passport = _passport(context)
    wrong = [digit for digit in passport.check_digits if not digit.ok]
    if not wrong:
        return fine("The zone of the passport holds.", found=passport.document_number)
    words = ", ".join(_NAMES.get(digit.name, digit.name) for digit in wrong)
    reading = context.evidence.passport_zone
    if reading is None:
        raise CannotTell(f"Check digits of the passport's zone do not hold ({words}): compare what was typed with it.")
    if reading.confidence < DOUBTFUL:
        raise CannotTell(
            f"Check digits of the passport's zone do not hold ({words}), but it was not read surely: take a sharper "
            "picture of its data page."
        )
    return Outcome(
        Verdict.FAILED,
        f"Check digits of the passport's zone do not hold ({words}): examine the passport by itself.",
        where=(reading.quad,),
        found="".join(digit.found for digit in wrong),
        expected="".join(digit.expected or "?" for digit in wrong),
        picture="passport",
    )


@check(
    code="visa.passport.valid",
    title="Is the passport of the visa still valid on the day of the inspection?",
    obligation=Obligation.MANDATORY,
    reference="TR-03135-1 v2.5, 5.7.1; Doc 9303-3, 4.8",
    undetermined="its date of expiry is not complete",
)
def passport_valid(context: Context) -> Outcome:
    """A visa may go on longer than the passport that it was put into."""
    passport = _passport(context)
    expires = passport.expiry_date.resolve(context.on, "expiry")
    if expires is None:
        raise CannotTell("The passport's date of expiry cannot be told from its zone.")
    if expires < context.on:
        return Outcome(Verdict.FAILED, f"The passport expired on {expires:%-d %B %Y}.", found=expires.isoformat())
    return fine(f"The passport is valid until {expires:%-d %B %Y}.", found=expires.isoformat())


def _passport(context: Context) -> Mrz:
    if context.mrz.format not in {Format.MRV_A, Format.MRV_B} or not context.evidence.passport_mrz:
        raise NothingToCheck("no visa, or no passport to hold it against")
    return context.passport
