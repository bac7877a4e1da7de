"""The machine readable zone: Doc 9303 parts 3 to 7, 8th edition.

`parse` takes lines apart, `build` writes them; the layouts are tables of data in `LAYOUTS`.
"""

from limen.icao.mrz.alphabet import ALPHABET, FILLER, Charset, check_digit
from limen.icao.mrz.building import Content, build, content_of, layout_named
from limen.icao.mrz.dates import DateKind, MrzDate
from limen.icao.mrz.deviations import DEVIATIONS, Deviation, Rule
from limen.icao.mrz.document import CheckDigit, FieldValue, Mrz
from limen.icao.mrz.errors import CharacterError, ContentError, MrzError, ShapeError
from limen.icao.mrz.layout import CheckDigitSpec, FieldSpec, Format, Layout, Span
from limen.icao.mrz.layouts import LAYOUTS, find_layout
from limen.icao.mrz.names import Name, read_name
from limen.icao.mrz.parsing import parse
from limen.icao.mrz.problems import Problem, ProblemCode
from limen.icao.mrz.transliteration import candidates, matches, transliterate
from limen.icao.mrz.truncation import Truncation, fit_name

__all__ = [
    "ALPHABET",
    "DEVIATIONS",
    "FILLER",
    "LAYOUTS",
    "CharacterError",
    "Charset",
    "CheckDigit",
    "CheckDigitSpec",
    "Content",
    "ContentError",
    "DateKind",
    "Deviation",
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
    "Rule",
    "ShapeError",
    "Span",
    "Truncation",
    "build",
    "candidates",
    "check_digit",
    "content_of",
    "find_layout",
    "fit_name",
    "layout_named",
    "matches",
    "parse",
    "read_name",
    "transliterate",
]
