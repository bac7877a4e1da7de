"""Masks as values: what comes from a browser is taken or refused with one sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.node.images import Mask, MaskError, masks_from_json, masks_to_json, whole

from .strategies import anything, polygons


@given(st.lists(polygons, max_size=5))
def test_masks_survive_json(masks: list[Mask]) -> None:
    """What is written is read back as the same masks, up to the last bits of a rectangle's sums."""
    back = masks_from_json(json.loads(json.dumps(masks_to_json(masks))))
    assert [(one.kind, one.source, len(one.points)) for one in back] == [
        (one.kind, one.source, len(one.points)) for one in masks
    ]
    for one, other in zip(back, masks, strict=True):
        assert [v for p in one.points for v in p] == pytest.approx([v for p in other.points for v in p], abs=1e-9)


def taken(value: Any) -> tuple[tuple[Mask, ...] | None, str]:
    try:
        return masks_from_json(value), ""
    except MaskError as error:
        return None, error.message


@given(anything)
def test_any_json_gives_masks_or_one_sentence(value: Any) -> None:
    """Whatever is sent, the answer is masks within the picture or one sentence."""
    masks, message = taken(value)
    assert (masks is None) == message.endswith(".")
    assert "\n" not in message
    assert all(0 <= v <= 1 for mask in masks or () for point in mask.points for v in point)


@pytest.mark.parametrize(
    "value",
    [
        {"kind": "portrait", "x": 0, "y": 0, "w": 0, "h": 1},
        {"kind": "portrait", "x": 0.5, "y": 0, "w": 0.6, "h": 1},
        {"kind": "portrait", "x": float("nan"), "y": 0, "w": 0.6, "h": 1},
        {"kind": "portrait", "x": True, "y": 0, "w": 0.6, "h": 1},
        {"kind": "portrait", "x": 10**400, "y": 0, "w": 0.6, "h": 1},
        {"kind": "nose", "x": 0, "y": 0, "w": 1, "h": 1},
        {"kind": "mrz", "source": "robot", "x": 0, "y": 0, "w": 1, "h": 1},
        {"kind": "mrz", "points": [[0, 0], [1, 1]]},
        {"kind": "mrz", "points": [[0, 0], [1, 1], [2, 0]]},
        {"kind": ["mrz"], "points": []},
        "mask",
    ],
)
def test_no_mask_is_refused(value: object) -> None:
    """A mask without area, outside the picture or of an unknown kind is refused."""
    with pytest.raises(MaskError):
        masks_from_json([value])


def test_a_rectangle_is_written_as_one() -> None:
    """Rectangles go as x, y, w, h, as a browser draws them; the source defaults to a hand."""
    mask = Mask.from_json({"kind": "data", "x": 0.25, "y": 0.5, "w": 0.25, "h": 0.125})
    assert mask.to_json() == {"kind": "data", "source": "hand", "x": 0.25, "y": 0.5, "w": 0.25, "h": 0.125}


def test_too_many_are_refused() -> None:
    """A list that would take long to draw is refused."""
    with pytest.raises(MaskError, match="at most"):
        masks_from_json(masks_to_json([whole()] * 201))
