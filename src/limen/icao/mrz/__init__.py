"""The machine readable zone: Doc 9303 parts 3 to 7, 8th edition.

`parse` takes lines apart, `build` writes them; the layouts are tables of data in `LAYOUTS`.
"""

from limen.icao.mrz.alphabet import ALPHABET, FILLER, Charset, check_digit
from limen.icao.mrz.building import Content, build, content_of, layout_named
from limen.icao.mrz.dates import DateKind, MrzDate
from limen.icao.mrz.document import CheckDigit, FieldValue, Mrz
from limen.icao.mrz.errors import CharacterError, ContentError, MrzError, ShapeError
from limen.icao.mrz.layout import CheckDigitSpec, FieldSpec, Format, Layout, Span
from limen.icao.mrz.layouts import LAYOUTS, find_layout
from limen.icao.mrz.names import Name, read_name
from limen.icao.mrz.parsing import parse
from limen.icao.mrz.problems import Problem, ProblemCode

__all__ = [
    "ALPHABET",
    "FILLER",
    "LAYOUTS",
    "CharacterError",
    "Charset",
    "CheckDigit",
    "CheckDigitSpec",
    "Content",
    "ContentError",
    "DateKind",
    "FieldSpec",
    "FieldValue",
    "Format",
    "Layout",
    "Mrz",
    "MrzDate",
    "MrzError",
    "Name",
    "Problem",
    "ProblemCode",
    "ShapeError",
    "Span",
    "build",
    "check_digit",
    "content_of",
    "find_layout",
    "layout_named",
    "parse",
    "read_name",
]
