"""What may stand in a field at all: Doc 9303-3, 4.3 to 4.8, and parts 4 to 7, 4.2.2.

The rules themselves are in `limen.icao.mrz`, which lists what it finds as problems. The checks here ask for
one kind of problem each, and hold it against how surely the characters were read.
"""

from __future__ import annotations

from limen.icao.mrz import Problem, ProblemCode, Span
from limen.inspection.context import Context
from limen.inspection.outcome import Outcome, fine, irregular
from limen.inspection.registry import check
from limen.inspection.result import Obligation

_UNDETERMINED = "a character concerned was not read surely"


@check(
    code="mrz.characters",
    title="Does each position hold a character that it admits?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 4.3; 9303-4 to -7, 4.2.2",
    undetermined=_UNDETERMINED,
)
def characters(context: Context) -> Outcome:
    """Letters in dates, digits in codes and the like."""
    return no_problem(context, ProblemCode.CHARACTER, well="Each position holds a character that it admits.")


@check(
    code="mrz.name",
    title="Is the name written by the rules?",
    obligation=Obligation.OPTIONAL,
    reference="Doc 9303-3, 4.6",
    undetermined=_UNDETERMINED,
)
def name(context: Context) -> Outcome:
    """A primary identifier, no digits, one filler between components and two between identifiers."""
    kinds = (ProblemCode.NAME_MISSING, ProblemCode.NAME_DIGIT, ProblemCode.NAME_FILLER)
    return no_problem(context, *kinds, well="The name is written by the rules.")


@check(
    code="mrz.sex",
    title="Is the sex M, F or left open?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-4 to -7, 4.2.2",
    undetermined=_UNDETERMINED,
)
def sex(context: Context) -> Outcome:
    """X belongs in the visual zone alone."""
    context.span("sex")
    return no_problem(context, ProblemCode.SEX, well="The sex is M, F or left open.")


@check(
    code="mrz.number.present",
    title="Is there a document number, and does a long one go on as it should?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-4 to -7, 4.2.2; long numbers: 9303-5 and -6, 4.2.2, note j",
    undetermined=_UNDETERMINED,
)
def number(context: Context) -> Outcome:
    """More than nine characters go on in the optional data of TD1 and TD2."""
    kinds = (ProblemCode.NUMBER_MISSING, ProblemCode.NUMBER_LONG)
    return no_problem(context, *kinds, well="There is a document number.")


@check(
    code="mrz.filler",
    title="Do fillers stand only behind what a field holds?",
    obligation=Obligation.OPTIONAL,
    reference="Doc 9303-3, 4.10",
    undetermined=_UNDETERMINED,
)
def filler(context: Context) -> Outcome:
    """Data begin at the left of their field."""
    return no_problem(context, ProblemCode.FILLER, well="Fillers stand where they belong.")


def no_problem(context: Context, *kinds: ProblemCode, well: str) -> Outcome:
    """Successful with the sentence `well` unless the zone has a problem of these kinds."""
    problems = [problem for kind in kinds for problem in context.mrz.problems_of(kind)]
    if not problems:
        return fine(well)
    first = problems[0]
    same = [problem for problem in problems if problem.field == first.field]
    return irregular(
        context,
        [Span(problem.line, problem.start, problem.end) for problem in problems],
        say(context, first),
        field=first.field,
        found="".join(problem.found for problem in same),
        expected=first.expected,
        details=tuple(say(context, problem) for problem in problems[1:]),
    )


def say(context: Context, problem: Problem) -> str:
    """One sentence for an officer: the field, what was found where, what belongs there."""
    spec = context.mrz.layout.field(problem.field)
    title = (spec.title if spec else "") or problem.field.replace("_", " ")
    if problem.end - problem.start == 1:
        place = f"character {problem.start + 1} of line {problem.line + 1}"
    else:
        place = f"characters {problem.start + 1} to {problem.end} of line {problem.line + 1}"
    return f"In the field {title} ({place}), {problem.message}: found {problem.found!r}."
