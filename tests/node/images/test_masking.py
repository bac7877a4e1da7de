"""What is proposed hides all that is personal; what is hidden is gone."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from limen.node.images import Kind, Mask, Proposal, apply, leftovers, propose, whole
from limen.node.images.faces import find_faces
from limen.node.images.masking import cover
from limen.specimen import Capture, Light, Side, capture, make
from limen.vision import read_zone

from .strategies import polygons

OPEN = {"viz.type", "viz.code"}


def size(image: NDArray[np.uint8]) -> tuple[int, int]:
    return image.shape[1], image.shape[0]


def inside(image: NDArray[np.uint8], quad: object) -> NDArray[np.bool_]:
    plane = np.zeros(image.shape[:2], np.uint8)
    cv2.fillPoly(plane, [np.round(np.asarray(quad)).astype(np.int32)], 1)
    return plane > 0


def test_all_that_is_personal_is_covered(captures: list[Capture]) -> None:
    """Of every format, however it lies: each entry, the portrait, its ghost, the signature and the zone."""
    for one in captures:
        proposal = propose(one.image)
        covered = cover(proposal.masks, size(one.image)) > 0
        assert proposal.sure
        for item in one.truth.fields:
            if item.name not in OPEN:
                assert covered[inside(one.image, item.quad)].mean() > 0.995, (one.truth.format, item.name)


def test_something_of_the_artwork_stays(captures: list[Capture]) -> None:
    """The foot of each page stays open, and the head of those that have one and are seen straight on."""
    for one in captures:
        proposal = propose(one.image)
        assert not (cover(proposal.masks, size(one.image)) > 0).all()
        assert proposal.windows[1] is not None
    assert propose(captures[2].image).windows[0] is not None


def test_the_reader_and_the_face_detector_get_nothing(captures: list[Capture]) -> None:
    """They see the zone and, where it is upright, the face before, and neither after."""
    straight = capture(make("TD3", 9, lights=(Light.WHITE,), ppi=300), 9, "reader", ppi=200).image
    assert find_faces(straight)
    assert find_faces(apply(straight, propose(straight).masks)) == ()
    for one in captures:
        masked = apply(one.image, propose(one.image).masks)
        assert read_zone(one.image) is not None
        assert (read_zone(masked), find_faces(masked)) == (None, ())


@pytest.mark.parametrize("kind", ["front", "plain", "noise", "tiny"])
def test_without_a_zone_everything_is_masked(kind: str) -> None:
    """Where nothing says where the page is, nothing stays open."""
    rng = np.random.default_rng(5)
    front = capture(make("TD1", 3, side=Side.FRONT, lights=(Light.WHITE,), ppi=200), 3, "scan", ppi=150)
    image = {
        "front": front.image,
        "plain": np.full((300, 400, 3), 200, np.uint8),
        "noise": rng.integers(0, 256, (300, 400, 3), dtype=np.uint8),
        "tiny": np.zeros((4, 4, 3), np.uint8),
    }[kind]
    proposal = propose(image)
    assert proposal == Proposal((whole(),), sure=False)
    assert len(np.unique(apply(image, proposal.masks).reshape(-1, 3), axis=0)) == 1


def test_a_zone_read_unsurely_masks_everything(passport: Capture) -> None:
    """A picture so coarse that the zone is guessed at is not trusted for the page's place."""
    small = cv2.resize(passport.image, None, fx=0.16, fy=0.16, interpolation=cv2.INTER_AREA)
    assert not propose(np.asarray(small, np.uint8)).sure


def test_documents_that_differ_in_masked_digits_give_the_same_bytes(passport: Capture) -> None:
    """Nothing of what is hidden reaches the masked picture: neither digits nor another face change a byte of it."""
    proposal = propose(passport.image)
    other = passport.image.copy()
    for name in ("viz.number", "portrait", "mrz.document_number"):
        item = passport.truth.field(name)
        assert item is not None
        where = inside(other, item.quad)
        other[where] = 255 - other[where]
    assert (other != passport.image).any()
    assert np.array_equal(apply(passport.image, proposal.masks), apply(other, proposal.masks))


@settings(max_examples=60, deadline=None)
@given(st.lists(polygons, max_size=4), st.integers(1, 60), st.integers(1, 60), st.integers(0, 2**32 - 1))
def test_apply_never_raises_and_never_lets_through(masks: list[Mask], width: int, height: int, seed: int) -> None:
    """Whatever the masks: open pixels stay as they are, and hidden ones do not depend on what they were."""
    rng = np.random.default_rng(seed)
    image = rng.integers(0, 256, (height, width, 3), dtype=np.uint8)
    hidden = cover(masks, (width, height)) > 0
    other = np.where(hidden[:, :, None], rng.integers(0, 256, image.shape), image).astype(np.uint8)
    masked = apply(image, masks)
    assert np.array_equal(masked[~hidden], image[~hidden])
    assert np.array_equal(masked, apply(other, masks))


@settings(max_examples=60, deadline=None)
@given(polygons, st.integers(1, 60), st.integers(1, 60))
def test_every_pixel_whose_middle_a_mask_holds_is_covered(mask: Mask, width: int, height: int) -> None:
    """Also where it is thinner than a pixel: its corners and the points within are covered."""
    hidden = cover([mask], (width, height)) > 0
    for x, y in [*mask.points, *(np.mean([a, b], axis=0) for a, b in zip(mask.points, mask.points[1:], strict=False))]:
        assert hidden[min(int(y * height), height - 1), min(int(x * width), width - 1)]


def test_a_polygon_that_crosses_itself_has_no_hole() -> None:
    """The heart of a star drawn in one go is hidden, as a browser shows it."""
    turns = 2 * np.pi * np.array([0, 2, 4, 1, 3]) / 5
    star = Mask(tuple((0.5 + 0.45 * float(np.sin(a)), 0.5 - 0.45 * float(np.cos(a))) for a in turns), Kind.DATA)
    assert cover([star], (200, 200))[60:140:20, 100].tolist() == [255] * 4


def test_what_masks_by_hand_leave_is_told(passport: Capture) -> None:
    """A zone that a person forgot comes back as a mask, which then hides it."""
    missing = leftovers(passport.image, ())
    assert Kind.MRZ in {one.kind for one in missing}
    assert Kind.MRZ not in {one.kind for one in leftovers(passport.image, missing)}
    assert leftovers(passport.image, propose(passport.image).masks) == ()


def test_the_picture_given_is_left_alone(passport: Capture) -> None:
    """`apply` gives a copy."""
    before = passport.image.copy()
    apply(passport.image, [whole(Kind.DATA)])
    assert np.array_equal(before, passport.image)
