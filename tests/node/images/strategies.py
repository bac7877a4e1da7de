"""Masks, and what may be sent in place of them."""

from __future__ import annotations

from hypothesis import strategies as st

from limen.node.images import Kind, Mask, Source

shares = st.floats(0, 1)
polygons = st.builds(
    Mask, st.lists(st.tuples(shares, shares), min_size=3, max_size=12).map(tuple), st.sampled_from(Kind),
    st.sampled_from(Source),
)  # fmt: skip
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*"xywh", "kind", "points"]), inner),
    max_leaves=12,
)
