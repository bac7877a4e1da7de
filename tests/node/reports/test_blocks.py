"""The blocks of the form against the list of fields."""

from __future__ import annotations

from collections import Counter

from limen.node.reports.blocks import BLOCKS, ROWS
from limen.node.reports.fields import BY_NAME


def test_every_field_stands_in_one_block():
    """And in one whose class is its own."""
    counted = Counter(name for block in BLOCKS for name in block.names) + Counter(ROWS)
    assert counted == Counter(list(BY_NAME))
    for block in BLOCKS:
        assert {BY_NAME[name].field_class for name in block.names} == {block.field_class}


def test_what_a_release_needs_stands_open():
    """Nobody has to look for it."""
    opened = {name for block in BLOCKS if block.is_open for name in block.names}
    assert {name for name, field in BY_NAME.items() if field.required} <= opened
