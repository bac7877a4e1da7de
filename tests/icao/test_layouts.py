"""The tables of positions, against Doc 9303 parts 4 to 7, 4.2.2 and 4.2.4."""

import pytest

from limen.icao.mrz import LAYOUTS, Charset, Format, Layout, find_layout, layout_named

from .examples import NATIONAL, STANDARD
from .strategies import positions

# Line and positions as Doc 9303 counts them, from 1, inclusive.
DOC_9303 = {
    "TD1": {
        "document_code": (1, 1, 2),
        "issuer": (1, 3, 5),
        "document_number": (1, 6, 14),
        "optional_data": (1, 16, 30),
        "birth_date": (2, 1, 6),
        "sex": (2, 8, 8),
        "expiry_date": (2, 9, 14),
        "nationality": (2, 16, 18),
        "optional_data_2": (2, 19, 29),
        "name": (3, 1, 30),
    },
    "TD2": {
        "document_code": (1, 1, 2),
        "issuer": (1, 3, 5),
        "name": (1, 6, 36),
        "document_number": (2, 1, 9),
        "nationality": (2, 11, 13),
        "birth_date": (2, 14, 19),
        "sex": (2, 21, 21),
        "expiry_date": (2, 22, 27),
        "optional_data": (2, 29, 35),
    },
    "TD3": {
        "document_code": (1, 1, 2),
        "issuer": (1, 3, 5),
        "name": (1, 6, 44),
        "document_number": (2, 1, 9),
        "nationality": (2, 11, 13),
        "birth_date": (2, 14, 19),
        "sex": (2, 21, 21),
        "expiry_date": (2, 22, 27),
        "optional_data": (2, 29, 42),
    },
}
DOC_9303["MRV-A"] = DOC_9303["TD3"] | {"optional_data": (2, 29, 44)}
DOC_9303["MRV-B"] = DOC_9303["TD2"] | {"optional_data": (2, 29, 36)}

# Name, line, position, and the ranges covered.
CHECK_DIGITS = {
    "TD1": [
        ("number", 1, 15, [(1, 6, 14)]),
        ("birth", 2, 7, [(2, 1, 6)]),
        ("expiry", 2, 15, [(2, 9, 14)]),
        ("composite", 2, 30, [(1, 6, 30), (2, 1, 7), (2, 9, 15), (2, 19, 29)]),
    ],
    "TD2": [
        ("number", 2, 10, [(2, 1, 9)]),
        ("birth", 2, 20, [(2, 14, 19)]),
        ("expiry", 2, 28, [(2, 22, 27)]),
        ("composite", 2, 36, [(2, 1, 10), (2, 14, 20), (2, 22, 35)]),
    ],
    "TD3": [
        ("number", 2, 10, [(2, 1, 9)]),
        ("birth", 2, 20, [(2, 14, 19)]),
        ("expiry", 2, 28, [(2, 22, 27)]),
        ("optional", 2, 43, [(2, 29, 42)]),
        ("composite", 2, 44, [(2, 1, 10), (2, 14, 20), (2, 22, 43)]),
    ],
}
CHECK_DIGITS["MRV-A"] = CHECK_DIGITS["MRV-B"] = CHECK_DIGITS["TD3"][:3]


@pytest.mark.parametrize("name", DOC_9303)
def test_fields_are_where_doc_9303_puts_them(name: str) -> None:
    """Fields and check digits stand exactly at the positions of the data structure tables."""
    layout = layout_named(name)
    fields = {spec.name: (spec.line + 1, spec.start + 1, spec.end) for spec in layout.fields}
    checks = [
        (
            check.name,
            check.line + 1,
            check.column + 1,
            [(span.line + 1, span.start + 1, span.end) for span in check.covered],
        )
        for check in layout.check_digits
    ]
    assert fields == DOC_9303[name]
    assert checks == CHECK_DIGITS[name]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_no_position_belongs_to_two(layout: Layout) -> None:
    """No two fields or check digits share a position, and those of Doc 9303's layouts leave none over."""
    owned = [
        (spec.line, column) for spec in layout.fields if spec.part_of is None for column in range(spec.start, spec.end)
    ]
    owned += [(check.line, check.column) for check in layout.check_digits]
    assert len(owned) == len(set(owned))
    assert set(owned) <= set(positions(layout))
    if layout.format is not Format.OTHER:
        assert set(owned) == set(positions(layout))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_parts_lie_within_their_field(layout: Layout) -> None:
    """A part of a field lies within it."""
    for spec in layout.fields:
        if spec.part_of is not None:
            whole = layout.field(spec.part_of)
            assert whole is not None
            assert (whole.line, whole.start <= spec.start < spec.end <= whole.end) == (spec.line, True)


@pytest.mark.parametrize(("name", "lines"), [*STANDARD.items(), *NATIONAL.items()])
def test_layout_is_found(name: str, lines: tuple[str, ...]) -> None:
    """Shape and beginning lead to the layout."""
    found = find_layout(lines)
    assert found is not None
    assert found.name == name


def test_no_layout() -> None:
    """Other shapes have no layout."""
    assert find_layout(()) is None
    assert find_layout(("P" * 44,)) is None
    assert find_layout(("P" * 44, "0" * 36)) is None
    assert find_layout(("I" * 30,) * 2) is None


def test_charsets_of_positions() -> None:
    """A position admits what its field admits; an optional or a number's check digit also <."""
    td3, td1 = layout_named("TD3"), layout_named("TD1")
    assert td3.charset(0, 10) is Charset.LETTER
    assert td3.charset(1, 13) is Charset.DIGIT
    assert td3.charset(1, 9) is Charset.CHECK
    assert td3.charset(1, 42) is Charset.DIGIT
    assert td3.charset(1, 20).characters == "MF<"
    assert td1.charset(0, 14) is Charset.DIGIT
    assert layout_named("CHE-DRIVING").charset(1, 17) is Charset.FILLER
    with pytest.raises(KeyError):
        layout_named("TD4")
