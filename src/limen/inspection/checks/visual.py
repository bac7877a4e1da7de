"""The visual zone against the machine readable zone and the chip: Doc 9303-3, 8th edition, 3 and 4; 9303-10, 4.7.1.

What is printed for the eye is what a forger alters first, and both zones repeat it. How a value is found in print and
when a difference is held for one: `limen.inspection.visual_zone` and docs/visual-zone.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from limen.icao.mrz import Mrz, Span
from limen.icao.visual import Field
from limen.inspection.context import CannotTell, Context, NothingToCheck, NotSupported
from limen.inspection.gate import TEXT_EDGE_MM, TEXT_PPI, require
from limen.inspection.outcome import Outcome, fine
from limen.inspection.registry import check
from limen.inspection.result import Obligation, Verdict
from limen.inspection.visual_contents import Held
from limen.inspection.visual_print import Printed
from limen.inspection.visual_zone import Finding, State, Value


@dataclass(frozen=True, slots=True)
class _Source:
    """What the print is held against."""

    code: str
    name: str
    zone: Callable[[Context], Mrz]


def _chip_zone(context: Context) -> Mrz:
    zone = context.opened.mrz
    if zone is None:
        raise NothingToCheck("DG1 was not read")
    return zone


_ZONE = _Source("visual", "the machine readable zone", lambda context: context.mrz)
_CHIP = _Source("visual.chip", "the chip", _chip_zone)

_NAMES = {
    Field.SURNAME: "surname",
    Field.GIVEN_NAMES: "given names",
    Field.NUMBER: "document number",
    Field.BIRTH_DATE: "date of birth",
    Field.SEX: "sex",
    Field.EXPIRY_DATE: "date of expiry",
    Field.NATIONALITY: "nationality",
    Field.ISSUER: "code of the issuer",
    Field.DOCUMENT_CODE: "type of the document",
    Field.PERSONAL_NUMBER: "personal number",
}
"""The fields that are compared, in words."""
_SPANS = {
    Field.SURNAME: "name",
    Field.GIVEN_NAMES: "name",
    Field.NUMBER: "document_number",
    Field.PERSONAL_NUMBER: "optional_data",
}
"""Their names in the zone's layout where those are others."""


@check(
    code="visual.read",
    title="Can the visual zone be read?",
    obligation=Obligation.MANDATORY,
    reference="Doc 9303-3, 3.1",
    undetermined="no name, number or date of the zone was found in print, say in a script that is not read",
)
def read(context: Context) -> Outcome:
    """One answer in place of one for each field, where the print cannot be read at all."""
    printed, zone = context.visual, context.mrz
    if printed.against(zone).readable:
        return fine("Entries of the machine readable zone were found in the visual zone.")
    _suffices(context, None, "the visual zone")
    raise CannotTell("No entry of the machine readable zone was found in print: compare the visual zone by eye.")


def _register(source: _Source, field: Field, obligation: Obligation) -> None:
    name = _NAMES[field]

    @check(
        code=f"{source.code}.{field.value}",
        title=f"Does the visual zone give the {name} that {source.name} gives?",
        obligation=obligation,
        reference="Doc 9303-3, 3 and 4.6 to 4.8" if source is _ZONE else "Doc 9303-10, 4.7.1; Doc 9303-3, 3",
        undetermined="the entry was not found, or what differs was not read surely",
    )
    def judge(context: Context) -> Outcome:
        return _judged(context, source, field)


for _source in (_ZONE, _CHIP):
    for _field in _NAMES:
        _expected = _field not in (Field.NATIONALITY, Field.ISSUER, Field.DOCUMENT_CODE, Field.PERSONAL_NUMBER)
        _register(_source, _field, Obligation.MANDATORY if _expected else Obligation.OPTIONAL)


def _judged(context: Context, source: _Source, field: Field) -> Outcome:
    zone = source.zone(context)
    held = context.visual.against(zone)
    value = held.values.get(field)
    if value is None:
        raise NothingToCheck(f"{source.name} leaves the {_NAMES[field]} open")
    if not held.readable:
        raise NothingToCheck("the visual zone was not read")
    found = held.zone.find(field)
    if found.state is State.MISSING or found.printed is None:
        return _missing(context, source, value, held)
    if found.state is State.AGREES:
        message = f"The visual zone gives the {_NAMES[field]} that {source.name} gives."
        return fine(message, field=field.value, found=found.printed.text)
    return _differing(context, source, value, found, found.printed)


def _missing(context: Context, source: _Source, value: Value, held: Held) -> Outcome:
    name = _NAMES[value.field]
    if not value.expected:
        raise NotSupported(f"No entry of the visual zone was found that gives the {name} as {source.name} does.")
    _suffices(context, None, f"the {name}")
    raise CannotTell(f"The {name} was not found in print: {source.name} says {value.shown}; compare by eye.")


def _differing(context: Context, source: _Source, value: Value, found: Finding, printed: Printed) -> Outcome:
    name, text = _NAMES[value.field], found.compared.text if found.compared else printed.text
    where = (printed.evidence.page.quad(printed.rect),)
    page = printed.evidence.page
    outcome = Outcome(
        Verdict.UNDETERMINED,
        "",
        where=where,
        field=value.field.value,
        found=text,
        expected=value.shown,
        picture=printed.evidence.picture,
    )
    said = f"The visual zone gives the {name} as {text}, {source.name} as {value.shown}"
    try:
        require(page, printed.rect, ppi=TEXT_PPI, edge_mm=TEXT_EDGE_MM, what=f"the {name}")
    except CannotTell as poor:
        return replace(outcome, message=f"{said}, but the picture does not suffice. {poor}")
    if found.state is State.UNSURE:
        return replace(outcome, message=f"{said}, but the print was not read surely: compare by eye.")
    if source is _ZONE and context.doubtful(_spans(context, value.field)):
        return replace(outcome, message=f"{said}, but the machine readable zone was not read surely: compare by eye.")
    return replace(outcome, verdict=Verdict.FAILED, message=f"{said}.")


def _spans(context: Context, field: Field) -> tuple[Span, ...]:
    spec = context.mrz.layout.field(_SPANS.get(field, field.value))
    return (spec.span,) if spec else ()


def _suffices(context: Context, printed: Printed | None, what: str) -> None:
    """Raises the advice that helps, where the picture is too poor to read."""
    page = printed.evidence.page if printed else context.front.page
    require(page, printed.rect if printed else None, ppi=TEXT_PPI, edge_mm=TEXT_EDGE_MM, what=what)
