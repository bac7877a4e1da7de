"""Fingerprints find an artwork again and hold nothing of a person."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from limen.node.images import ALIKE, DIMENSIONS, Kind, Mask, apply, fingerprint, propose, similarity, whole
from limen.specimen import Capture, Light, capture, make


def printed(image: NDArray[np.uint8]) -> NDArray[np.float32]:
    proposal = propose(image)
    vector = fingerprint(apply(image, proposal.masks), proposal.masks, proposal.windows)
    assert vector is not None
    return vector


def scan(issuer: str, seed: int, style: str = "reader") -> NDArray[np.uint8]:
    return capture(make("TD3", seed, issuer, lights=(Light.WHITE,), ppi=300), seed, style, ppi=250).image


def test_it_is_a_unit_vector_of_a_fixed_length(passport: Capture) -> None:
    """As a column of the database and a cosine want it; the same picture gives the same numbers."""
    vector = printed(passport.image)
    assert (vector.shape, vector.dtype) == ((DIMENSIONS,), np.float32)
    assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-3)
    assert np.array_equal(vector, printed(passport.image))


def test_the_same_artwork_is_nearer_than_another() -> None:
    """Other bearers of one issuer's passport are nearer than passports of other issuers."""
    one, again, other = printed(scan("UTO", 1)), printed(scan("UTO", 2)), printed(scan("QVA", 3))
    assert similarity(one, again) > similarity(one, other)


def test_it_stands_scaling_coding_and_light(passport: Capture) -> None:
    """Half the size, a coarse JPEG and another brightness leave it alike."""
    proposal = propose(passport.image)
    masked = apply(passport.image, proposal.masks)
    vector = printed(passport.image)
    half = cv2.resize(masked, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    coded = cv2.imdecode(cv2.imencode(".jpg", masked, [cv2.IMWRITE_JPEG_QUALITY, 40])[1], cv2.IMREAD_COLOR)
    bright = np.clip(masked.astype(np.float32) * 0.8 + 40, 0, 255).astype(np.uint8)
    for changed in (half, coded, bright):
        again = fingerprint(np.asarray(changed, np.uint8), proposal.masks, proposal.windows)
        assert again is not None
        assert similarity(vector, again) > ALIKE


def test_nothing_open_has_none() -> None:
    """A picture that is masked whole, or is all plain, has no fingerprint."""
    plain = np.full((200, 300, 3), 128, np.uint8)
    assert fingerprint(plain, [whole()]) is None
    assert fingerprint(plain, []) is None


def test_it_does_not_see_through_masks(passport: Capture) -> None:
    """Masks by hand, without a page: what they hide has no part in it, even if it was not covered yet."""
    image = passport.image
    masks = [Mask.rectangle(0.0, 0.25, 1.0, 0.75, kind=Kind.DATA)]
    other = image.copy()
    other[round(image.shape[0] * 0.25) + 4 :] = 7
    one, two = fingerprint(image, masks), fingerprint(other, masks)
    assert one is not None
    assert two is not None
    assert similarity(one, two) == pytest.approx(1.0, abs=1e-3)
