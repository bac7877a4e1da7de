"""The visible digital seals of a picture (Doc 9303-13): barcodes whose octets begin as a seal's do."""

from __future__ import annotations

from limen.icao.seal import looks_like_seal
from limen.inspection import SealEvidence
from limen.vision.barcode import MAX_SIDE, read_barcodes
from limen.vision.page import Pixels


def find_seals(image: Pixels) -> tuple[SealEvidence, ...]:
    """The barcodes of a picture (H x W x 3, RGB) that look like seals."""
    # A strip longer than any page has a reading too, but no seal.
    found = read_barcodes(image) if max(image.shape[:2]) <= MAX_SIDE else ()
    return tuple(SealEvidence(one.data, one.quad, one.format) for one in found if looks_like_seal(one.data))
