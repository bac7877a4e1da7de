"""Writes a machine readable zone: the other way round from `parsing`.

`build(parse(lines)) == lines` for lines that are well formed.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from limen.icao.mrz.alphabet import FILLER, LETTERS, Charset, check_digit
from limen.icao.mrz.checking import long_number_digit
from limen.icao.mrz.dates import MrzDate
from limen.icao.mrz.deviations import Rule
from limen.icao.mrz.document import Mrz
from limen.icao.mrz.errors import ContentError
from limen.icao.mrz.layout import FieldSpec, Layout
from limen.icao.mrz.layouts import LAYOUTS
from limen.icao.mrz.names import Name
from limen.icao.mrz.transliteration import transliterate
from limen.icao.mrz.truncation import fit_name

_COMMON: Final = frozenset(
    {
        *("document_code", "issuer", "name", "surname", "given_names", "document_number", "nationality"),
        *("birth_date", "sex", "expiry_date", "optional_data", "optional_data_2"),
    }
)
"""The fields that `Content` has by name."""
HEAD: Final = 9
"""Characters of a long number that stand in the number's own field."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is to be written. Fields that the layout does not have must stay empty."""

    layout: str | Layout
    document_code: str
    issuer: str
    name: Name
    document_number: str
    birth_date: MrzDate | datetime.date | str
    expiry_date: MrzDate | datetime.date | str = ""
    nationality: str = ""
    sex: str = FILLER
    optional_data: str = ""
    optional_data_2: str = ""
    empty_check_digit: str = FILLER
    """What stands for the check digit of empty optional data in TD3: the filler or "0"."""
    number_rule: Rule = Rule.STANDARD
    """How the check digit of a long document number is computed."""
    other: tuple[tuple[str, str], ...] = ()
    """Names and values of the fields that only a national layout has."""


def build(content: Content | Mrz) -> tuple[str, ...]:
    """The lines, with all check digits.

    Raises `ContentError` where a value has characters outside the alphabet or does not fit its field.
    """
    source = content_of(content) if isinstance(content, Mrz) else content
    layout = source.layout if isinstance(source.layout, Layout) else layout_named(source.layout)
    long_number = layout.long_number and len(source.document_number) > HEAD
    return assemble(layout, _values(source, layout), source.empty_check_digit, long_number)


def layout_named(name: str) -> Layout:
    """The layout of that name, such as "TD3" or "FRA-ID-1988"; KeyError where there is none."""
    for layout in LAYOUTS:
        if layout.name == name:
            return layout
    raise KeyError(name)


def content_of(mrz: Mrz) -> Content:
    """What a zone holds, ready to be changed and written again."""
    optional, number = mrz.check("optional"), mrz.check("number")
    own = {spec.name for spec in mrz.layout.fields if spec.part_of is None} - _COMMON
    return Content(
        layout=mrz.layout,
        document_code=mrz.document_code,
        issuer=mrz.issuer,
        name=mrz.name,
        document_number=mrz.document_number,
        birth_date=mrz.birth_date,
        expiry_date=mrz.expiry_date,
        nationality=mrz.nationality,
        sex=mrz.sex,
        optional_data=mrz.optional_data,
        optional_data_2=mrz.optional_data_2,
        empty_check_digit="0" if optional and optional.found == "0" else FILLER,
        number_rule=number.rule if number else Rule.STANDARD,
        other=tuple((field.name, field.value) for field in mrz.fields if field.name in own),
    )


def _values(content: Content, layout: Layout) -> dict[str, str]:
    values = {
        "document_code": content.document_code,
        "issuer": content.issuer,
        **_name(content.name, layout),
        "document_number": content.document_number,
        "nationality": content.nationality,
        "birth_date": date_text(content.birth_date),
        "sex": content.sex,
        "expiry_date": date_text(content.expiry_date),
        "optional_data": content.optional_data,
        "optional_data_2": content.optional_data_2,
        **dict(content.other),
    }
    if layout.long_number and len(content.document_number) > HEAD:
        number = content.document_number
        head, tail = number[:HEAD], number[HEAD:]
        digit = long_number_digit(head, tail, content.number_rule) or FILLER
        values["document_number"] = head
        values["optional_data"] = tail + digit + FILLER + content.optional_data
    return values


_PLAIN: Final = frozenset(LETTERS + " ")


def _name(name: Name, layout: Layout) -> dict[str, str]:
    """The name in the field or fields that the layout has for it, transliterated and truncated."""
    whole, surname, given = layout.field("name"), layout.field("surname"), layout.field("given_names")
    domestic = whole is not None and whole.charset is not Charset.LETTER
    primary, secondary = (
        part if domestic or set(part) <= _PLAIN else transliterate(part).replace(FILLER, " ")
        for part in (name.primary, name.secondary)
    )
    if whole is not None:
        return {"name": fit_name(Name(primary, secondary), whole.length).field}
    parts = ((surname, primary), (given, secondary))
    return {spec.name: fit_name(Name(text), spec.length).field for spec, text in parts if spec is not None}


def date_text(date: MrzDate | datetime.date | str) -> str:
    """Six characters for a date, fillers for one that is not given."""
    if isinstance(date, datetime.date):
        return date.strftime("%y%m%d")
    return str(date) or FILLER * 6


def assemble(
    layout: Layout, values: dict[str, str], empty_check_digit: str = FILLER, long_number: bool = False
) -> tuple[str, ...]:
    """The lines from field values: fillers are put behind each value, check digits computed last.

    With `long_number` the filler stands for the number's check digit.
    """
    grid = [[FILLER] * length for length in layout.line_lengths]
    for spec in layout.fields:
        if spec.part_of is None:
            text = _fitted(spec, values.get(spec.name, ""))
            grid[spec.line][spec.start : spec.end] = text
    unplaced = [name for name, value in values.items() if value.strip(FILLER) and layout.field(name) is None]
    if unplaced:
        raise ContentError(unplaced[0], values[unplaced[0]], f"{layout.name} has no such field")
    for check in layout.check_digits:
        lines = ["".join(row) for row in grid]
        text = check.text(lines)
        if check.name == "number" and long_number:
            digit = FILLER
        elif check.optional and not text.strip(FILLER):
            digit = empty_check_digit
        else:
            digit = check_digit(text)
        grid[check.line][check.column] = digit
    return tuple("".join(row) for row in grid)


def _fitted(spec: FieldSpec, value: str) -> str:
    strange = [char for char in value if char not in spec.charset.characters]
    if strange:
        raise ContentError(spec.name, value, f"{strange[0]!r} may not stand in this field")
    if len(value) > spec.length:
        raise ContentError(spec.name, value, f"more than {spec.length} characters")
    return value.ljust(spec.length, FILLER)
