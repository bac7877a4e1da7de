"""The layouts, as tables: Doc 9303 parts 4 (TD3), 5 (TD1), 6 (TD2) and 7 (MRV-A, MRV-B), 8th edition, 4.2.2.

The national layouts are in `national`.
"""

from __future__ import annotations

from collections.abc import Sequence

from limen.icao.mrz.alphabet import Charset
from limen.icao.mrz.layout import CheckDigitSpec, FieldSpec, Format, Layout, Span
from limen.icao.mrz.national import NATIONAL

_CODE = FieldSpec("document_code", 0, 0, 2, title="document code")
_ISSUER = FieldSpec("issuer", 0, 2, 5, Charset.LETTER, "issuing State or organization")


def _name(line: int, start: int, end: int) -> FieldSpec:
    return FieldSpec("name", line, start, end, Charset.LETTER, "name")


# The lower line of TD2, TD3 and both visas is the same up to position 28.
_LOWER = (
    FieldSpec("document_number", 1, 0, 9, title="document number"),
    FieldSpec("nationality", 1, 10, 13, Charset.LETTER, "nationality"),
    FieldSpec("birth_date", 1, 13, 19, Charset.DIGIT, "date of birth"),
    FieldSpec("sex", 1, 20, 21, Charset.SEX, "sex"),
    FieldSpec("expiry_date", 1, 21, 27, Charset.DIGIT, "date of expiry"),
)
_LOWER_CHECKS = (
    CheckDigitSpec("number", 1, 9, (Span(1, 0, 9),)),
    CheckDigitSpec("birth", 1, 19, (Span(1, 13, 19),)),
    CheckDigitSpec("expiry", 1, 27, (Span(1, 21, 27),)),
)

TD3 = Layout(
    name="TD3",
    format=Format.TD3,
    line_lengths=(44, 44),
    fields=(
        _CODE,
        _ISSUER,
        _name(0, 5, 44),
        *_LOWER,
        FieldSpec("optional_data", 1, 28, 42, title="personal number or other optional data"),
    ),
    check_digits=(
        *_LOWER_CHECKS,
        CheckDigitSpec("optional", 1, 42, (Span(1, 28, 42),), optional=True),
        CheckDigitSpec("composite", 1, 43, (Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, 43))),
    ),
    reference="Doc 9303-4, 4.2.2",
    code_note="P and a letter of Doc 9303-4, 4.4",
)

TD2 = Layout(
    name="TD2",
    format=Format.TD2,
    line_lengths=(36, 36),
    fields=(
        _CODE,
        _ISSUER,
        _name(0, 5, 36),
        *_LOWER,
        FieldSpec("optional_data", 1, 28, 35, title="optional data"),
    ),
    check_digits=(
        *_LOWER_CHECKS,
        CheckDigitSpec("composite", 1, 35, (Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, 35))),
    ),
    reference="Doc 9303-6, 4.2.2",
    long_number=True,
    code_note="A, C or I and a letter but V; or PU",
)

TD1 = Layout(
    name="TD1",
    format=Format.TD1,
    line_lengths=(30, 30, 30),
    fields=(
        _CODE,
        _ISSUER,
        FieldSpec("document_number", 0, 5, 14, title="document number"),
        FieldSpec("optional_data", 0, 15, 30, title="optional data, upper line"),
        FieldSpec("birth_date", 1, 0, 6, Charset.DIGIT, "date of birth"),
        FieldSpec("sex", 1, 7, 8, Charset.SEX, "sex"),
        FieldSpec("expiry_date", 1, 8, 14, Charset.DIGIT, "date of expiry"),
        FieldSpec("nationality", 1, 15, 18, Charset.LETTER, "nationality"),
        FieldSpec("optional_data_2", 1, 18, 29, title="optional data, middle line"),
        _name(2, 0, 30),
    ),
    check_digits=(
        CheckDigitSpec("number", 0, 14, (Span(0, 5, 14),)),
        CheckDigitSpec("birth", 1, 6, (Span(1, 0, 6),)),
        CheckDigitSpec("expiry", 1, 14, (Span(1, 8, 14),)),
        CheckDigitSpec("composite", 1, 29, (Span(0, 5, 30), Span(1, 0, 7), Span(1, 8, 15), Span(1, 18, 29))),
    ),
    reference="Doc 9303-5, 4.2.2",
    long_number=True,
    code_note="A, C or I and a letter but V; or PU",
)

MRV_A = Layout(
    name="MRV-A",
    format=Format.MRV_A,
    line_lengths=(44, 44),
    fields=(
        _CODE,
        _ISSUER,
        _name(0, 5, 44),
        *_LOWER,
        FieldSpec("optional_data", 1, 28, 44, title="optional data"),
    ),
    check_digits=_LOWER_CHECKS,
    reference="Doc 9303-7, 4.2.2",
    prefixes=("V",),
    code_note="V and any letter",
)

MRV_B = Layout(
    name="MRV-B",
    format=Format.MRV_B,
    line_lengths=(36, 36),
    fields=(
        _CODE,
        _ISSUER,
        _name(0, 5, 36),
        *_LOWER,
        FieldSpec("optional_data", 1, 28, 36, title="optional data"),
    ),
    check_digits=_LOWER_CHECKS,
    reference="Doc 9303-7, 7.2.2",
    prefixes=("V",),
    code_note="V and any letter",
)

STANDARD: tuple[Layout, ...] = (MRV_A, MRV_B, TD1, TD2, TD3)
LAYOUTS: tuple[Layout, ...] = (*NATIONAL, *STANDARD)
"""All known layouts, those that ask for a certain beginning before those that do not."""


def find_layout(lines: Sequence[str]) -> Layout | None:
    """The layout that fits the shape and beginning of `lines`, or None."""
    return next((layout for layout in LAYOUTS if layout.fits(lines)), None)
