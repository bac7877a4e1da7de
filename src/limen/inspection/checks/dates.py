"""The dates: Doc 9303-3, 4.8; the expiry of the document: BSI TR-03135-1 v2.5, 5.7.1.

Two digits do not say the century. Where more than one century is left and they would be judged differently,
a check is undetermined.
"""

from __future__ import annotations

import datetime

from limen.icao.mrz import DateKind, Format, MrzDate, ProblemCode
from limen.inspection.checks.content import say
from limen.inspection.context import CannotTell, Context, NotSupported, Unasked
from limen.inspection.outcome import Outcome, fine, irregular, unclear
from limen.inspection.registry import check
from limen.inspection.result import Obligation

OLDEST = 120
"""Years; nobody on record has lived much longer, and birth dates before are taken for wrong."""
LONGEST_VALIDITY = 15
"""Years that a passport or visa is valid at most; TR-03135-1, 5.7.1 takes a later year for one gone by.
Cards are often valid longer, some for life."""
NEARLY_A_CENTURY = 97
"""Years; a holder of this age or more may as well be a date in the next few years."""

_UNSURE = "a character concerned was not read surely"
_PASSPORTS_AND_VISAS = (Format.TD3, Format.MRV_A, Format.MRV_B)


@check(
    code="mrz.date.birth.possible",
    title="Is the date of birth a date of the calendar?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 4.8",
    undetermined=_UNSURE,
)
def birth_possible(context: Context) -> Outcome:
    """Unknown parts are filled with fillers, and that is no fault."""
    return _possible(context, "birth_date", "date of birth")


@check(
    code="mrz.date.expiry.possible",
    title="Is the date of expiry a complete date of the calendar?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 4.8",
    undetermined=_UNSURE,
)
def expiry_possible(context: Context) -> Outcome:
    """Only a date of birth may have unknown parts."""
    return _possible(context, "expiry_date", "date of expiry")


@check(
    code="mrz.date.issue.possible",
    title="Is the date of issue a date of the calendar?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 4.8; the national layout",
    undetermined=_UNSURE,
)
def issue_possible(context: Context) -> Outcome:
    """Some national layouts alone have a date of issue."""
    return _possible(context, "issue_date", "date of issue")


@check(
    code="mrz.date.expiry.expired",
    title="Is the document still valid on the day of the inspection?",
    obligation=Obligation.MANDATORY,
    reference="TR-03135-1 v2.5, 5.7.1; Doc 9303-3, 4.8",
    undetermined="the date of expiry is not complete or not surely read, or of a passport or visa it is over "
    f"{LONGEST_VALIDITY} years ahead",
)
def expired(context: Context) -> Outcome:
    """A document is valid through its last day. Expiry says nothing of whether it was forged."""
    found = _date(context, "expiry_date")
    day = found.resolve(context.on, DateKind.EXPIRY)
    if day is None:
        raise _missing(context, "expiry_date", "date of expiry", found)
    if day < context.on:
        return irregular(
            context,
            [context.span("expiry_date")],
            f"The document expired on {_say(day)}: expiry alone is no sign of forgery, but it is no longer "
            "valid for travel unless a rule of your service admits it.",
            field="expiry_date",
            found=found.raw,
            expected=f"{context.on:%y%m%d} or later",
        )
    if context.mrz.format in _PASSPORTS_AND_VISAS and _years(context.on, day) >= LONGEST_VALIDITY:
        return unclear(
            f"The date of expiry {found.raw} means {_say(day)} or {day.year - 100}, and no passport "
            f"or visa is valid for {LONGEST_VALIDITY} years: compare with the printed date.",
            where=context.where([context.span("expiry_date")]),
            field="expiry_date",
            found=found.raw,
        )
    return fine(f"The document is valid until {_say(day)}.", field="expiry_date", found=found.raw)


@check(
    code="mrz.date.issue.not_yet_valid",
    title="Has the document been issued by the day of the inspection?",
    obligation=Obligation.MANDATORY,
    reference="TR-03135-1 v2.5, 5.7.1; the national layout",
    undetermined="the date of issue is not complete or not surely read",
)
def not_yet_valid(context: Context) -> Outcome:
    """Only layouts with a date of issue tell. One in the past century would be older than any document."""
    found = _date(context, "issue_date")
    days = found.candidates(context.on, DateKind.EXPIRY)
    if not days:
        raise _missing(context, "issue_date", "date of issue", found)
    past = [day for day in days if day <= context.on]
    if past:
        return fine(f"It was issued on {_say(max(past))}.", field="issue_date", found=found.raw)
    return irregular(
        context,
        [context.span("issue_date")],
        f"The document is not yet valid: it is dated {_say(min(days))}.",
        field="issue_date",
        found=found.raw,
        expected=f"{context.on:%y%m%d} or earlier",
    )


@check(
    code="mrz.date.birth.age",
    title=f"Can a holder of at most {OLDEST} years have been born on that day?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 4.8",
    undetermined="the date of birth is not complete or not surely read",
)
def age(context: Context) -> Outcome:
    """Fails where every past date with these digits is too long ago."""
    found = _date(context, "birth_date")
    if not (found.possible and found.complete):
        raise _missing(context, "birth_date", "date of birth", found)
    days = found.candidates(context.on, DateKind.BIRTH, max_age=OLDEST)
    if days:
        age = _years(days[0], context.on)
        return fine(f"The holder is {age} years old.", field="birth_date", found=found.raw)
    return irregular(
        context,
        [context.span("birth_date")],
        f"Nobody of at most {OLDEST} years was born on a date written {found.raw}.",
        field="birth_date",
        found=found.raw,
    )


@check(
    code="mrz.date.birth.future",
    title="Is the date of birth in the past?",
    obligation=Obligation.OPTIONAL,
    reference="Doc 9303-3, 4.8",
    undetermined="the date is not complete, or the holder is "
    f"{NEARLY_A_CENTURY} years or more: with two digits it may as well lie in the next few years",
)
def birth_future(context: Context) -> Outcome:
    """Two digits never prove a date to be in the future, but they may make it likely."""
    found = _date(context, "birth_date")
    day = found.resolve(context.on, DateKind.BIRTH)
    if day is None:
        raise _missing(context, "birth_date", "date of birth", found)
    age = _years(day, context.on)
    if age < NEARLY_A_CENTURY:
        return fine("The date of birth is in the past.", field="birth_date", found=found.raw)
    return unclear(
        f"Either the holder is {age} years old or the date of birth lies in the future, "
        f"in {day.year + 100}: compare with the printed date and the bearer.",
        where=context.where([context.span("birth_date")]),
        field="birth_date",
        found=found.raw,
    )


@check(
    code="mrz.date.order",
    title="Does the date of birth come before the dates of issue and expiry?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 4.8",
    undetermined="a date is not complete or not surely read, or the order rests on the century",
)
def order(context: Context) -> Outcome:
    """A birth after the end of the document's life; older centuries are tried before it is failed."""
    birth = _date(context, "birth_date")
    births = birth.candidates(context.on, DateKind.BIRTH, max_age=OLDEST)
    if not births:
        raise _missing(context, "birth_date", "date of birth", birth)
    field, title, later = _first_date_of_document(context)
    if later is None:
        raise _missing(context, field, title, _date(context, field))
    if births[0] < later:
        return fine(f"The holder was born before the {title}.")
    message = f"The date of birth, {_say(births[0])}, is not before the {title}, {_say(later)}"
    if any(day < later for day in births):
        return unclear(
            f"{message}, unless the holder is over {_years(births[-1], context.on) - 1} years old: compare "
            "with the printed dates and the bearer.",
            where=context.where([context.span("birth_date"), context.span(field)]),
            field="birth_date",
            found=birth.raw,
        )
    spans = [context.span("birth_date"), context.span(field)]
    return irregular(context, spans, f"{message}.", field="birth_date", found=birth.raw)


def _possible(context: Context, field: str, title: str) -> Outcome:
    span = context.span(field)
    problems = [
        problem
        for kind in (ProblemCode.DATE, ProblemCode.DATE_INCOMPLETE)
        for problem in context.mrz.problems_of(kind)
        if problem.field == field
    ]
    if problems:
        first = problems[0]
        message = say(context, first)
        return irregular(context, [span], message, field=field, found=first.found, expected=first.expected)
    date = MrzDate(context.mrz.field(field).raw)
    if not date.possible:
        message = f"The {title} is no date of the calendar: found {date.raw!r}."
        return irregular(context, [span], message, field=field, found=date.raw, expected="YYMMDD")
    return fine(f"The {title} is a date of the calendar.", field=field, found=date.raw)


def _first_date_of_document(context: Context) -> tuple[str, str, datetime.date | None]:
    """The date of issue where the layout has one, or else that of expiry."""
    if context.mrz.layout.field("issue_date") is not None:
        issue = _date(context, "issue_date")
        return "issue_date", "date of issue", issue.resolve(context.on, DateKind.ISSUE)
    expiry = _date(context, "expiry_date")
    return "expiry_date", "date of expiry", expiry.resolve(context.on, DateKind.EXPIRY)


def _date(context: Context, field: str) -> MrzDate:
    """The date in a field; `NotSupported` where the layout has none."""
    context.span(field)
    return MrzDate(context.mrz.field(field).raw)


def _missing(context: Context, field: str, title: str, date: MrzDate) -> Unasked:
    """Why a date tells nothing: parts of it are unknown, as they may be of a birth, or impossible."""
    if field == "birth_date" and date.possible:
        return NotSupported(f"Parts of the {title} are unknown, as they may be: {date.raw}.")
    message = f"The {title} is not a complete date, so nothing can be judged by it: found {date.raw}."
    return CannotTell(message, context.where([context.span(field)]))


def _years(earlier: datetime.date, later: datetime.date) -> int:
    """Full years from one day to another."""
    return later.year - earlier.year - ((later.month, later.day) < (earlier.month, earlier.day))


def _say(day: datetime.date) -> str:
    return f"{day.day} {day:%B} {day.year}"
