"""Canonical JSON: the values of RFC 8785, and that there is one form for each value."""

from __future__ import annotations

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.reference.canonical import canonical, parsed

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("bits", "text"),
    [
        ("0000000000000000", "0"),
        ("8000000000000000", "0"),
        ("0000000000000001", "5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("4430000000000000", "295147905179352830000"),
        ("44b52d02c7e14af5", "9.999999999999997e+22"),
        ("44b52d02c7e14af6", "1e+23"),
        ("44b52d02c7e14af7", "1.0000000000000001e+23"),
        ("444b1ae4d6e2ef4e", "999999999999999700000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("41b3de4355555553", "333333333.3333332"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
    ],
)
def test_numbers_are_written_as_the_standard_writes_them(bits: str, text: str) -> None:
    """RFC 8785, appendix B."""
    (value,) = struct.unpack(">d", bytes.fromhex(bits))
    assert canonical(value).decode() == text


def test_members_are_sorted_by_their_utf_16_units() -> None:
    """RFC 8785, 3.2.3: the example, in which a character beyond the first plane comes before a Hebrew ligature."""
    names = ["€", "\r", "\ufb33", "1", "😀", "\x80", "ö"]
    value = dict.fromkeys(names, 0)
    assert list(json.loads(canonical(value))) == ["\r", "1", "\x80", "ö", "€", "😀", "\ufb33"]


@given(VALUES)
def test_a_value_has_one_form_and_comes_back(value: object) -> None:
    """Writing, reading and writing again gives the same bytes, and the same value."""
    data = canonical(value)
    assert parsed(data) == value
    assert canonical(parsed(data)) == data


@pytest.mark.parametrize(
    "data", [b'{"b":1,"a":2}', b"[1, 2]", b"1.0", b"NaN", b"\xff", b"", b"[" * 100_000, b'"\\ud800"', b'{"a":1,"a":1}']
)
def test_another_form_is_refused(data: bytes) -> None:
    """What was signed is what is read: nothing that two readers could take for two things."""
    with pytest.raises(ValueError):  # noqa: PT011
        parsed(data)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**60, "\ud800"])
def test_what_has_no_form_is_refused(value: object) -> None:
    """Nothing is rounded or replaced unseen."""
    with pytest.raises(ValueError):  # noqa: PT011
        canonical(value)
