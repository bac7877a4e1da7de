"""Takes a machine readable zone apart: Doc 9303 parts 3 to 7, 8th edition.

Whatever has the shape of a layout is taken apart as it stands. What is wrong inside becomes a `Problem`; no
character is ever mended.
"""

from __future__ import annotations

from collections.abc import Sequence

from limen.icao.mrz import rules
from limen.icao.mrz.alphabet import FILLER
from limen.icao.mrz.checking import check_all
from limen.icao.mrz.dates import MrzDate
from limen.icao.mrz.document import FieldValue, Mrz
from limen.icao.mrz.errors import ShapeError
from limen.icao.mrz.layout import Layout
from limen.icao.mrz.layouts import find_layout
from limen.icao.mrz.longnumber import LongNumber, read_long_number
from limen.icao.mrz.names import Name, read_name

NO_DATE = MrzDate(FILLER * 6)


def parse(lines: Sequence[str] | str, layout: Layout | None = None) -> Mrz:
    """Takes the lines apart.

    `lines` may also be one text with line breaks. Without `layout` the one that fits their shape is taken.
    Raises `ShapeError`, an `MrzError`, where the shape fits no layout, or not the one given.
    """
    texts = tuple(lines.split("\n") if isinstance(lines, str) else lines)
    layout = _layout(texts, layout)
    fields = tuple(_field(spec.name, spec.line, spec.start, spec.end, texts) for spec in layout.fields)
    long_number = read_long_number(layout, texts)
    check_digits = check_all(layout, texts, long_number)
    values = {field.name: field for field in fields}
    problems = rules.problems(layout, texts, fields, check_digits, long_number)
    return Mrz(
        layout=layout,
        lines=texts,
        fields=fields,
        check_digits=check_digits,
        problems=problems,
        document_code=_value(values, "document_code"),
        issuer=_value(values, "issuer"),
        name=_name(values),
        document_number=_number(values, long_number),
        nationality=_value(values, "nationality"),
        birth_date=_date(values, "birth_date"),
        sex=_value(values, "sex") or FILLER,
        expiry_date=_date(values, "expiry_date"),
        optional_data=long_number.rest if long_number else _value(values, "optional_data"),
        optional_data_2=_value(values, "optional_data_2"),
        long_number=long_number is not None,
    )


def _layout(lines: tuple[str, ...], layout: Layout | None) -> Layout:
    lengths = tuple(map(len, lines))
    if layout is not None:
        if lengths != layout.line_lengths:
            raise ShapeError(f"lines of {lengths} characters, but {layout.name} has {layout.line_lengths}")
        return layout
    found = find_layout(lines)
    if found is None:
        raise ShapeError(f"no layout has lines of {lengths} characters")
    return found


def _field(name: str, line: int, start: int, end: int, lines: tuple[str, ...]) -> FieldValue:
    raw = lines[line][start:end]
    return FieldValue(name, raw.rstrip(FILLER), raw, line, start, end)


def _value(values: dict[str, FieldValue], name: str) -> str:
    return values[name].value if name in values else ""


def _date(values: dict[str, FieldValue], name: str) -> MrzDate:
    return MrzDate(values[name].raw) if name in values else NO_DATE


def _name(values: dict[str, FieldValue]) -> Name:
    if "name" in values:
        return read_name(values["name"].raw)
    raws = [values[part].raw for part in ("surname", "given_names") if part in values]
    parts = [raw.rstrip(FILLER).replace(FILLER, " ") for raw in raws]
    return Name(parts[0], "".join(parts[1:]), any(raw[-1] != FILLER for raw in raws))


def _number(values: dict[str, FieldValue], long_number: LongNumber | None) -> str:
    return long_number.number if long_number else _value(values, "document_number")
