"""Barcodes are read octet by octet."""

import numpy as np
import pytest
import zxingcpp

from limen.vision.barcode import read_barcodes

DATA = bytes(range(256))[:120] + b"\xdc\x03\xff\x00"


@pytest.mark.parametrize("name", ["DataMatrix", "Aztec", "QRCode"])
@pytest.mark.parametrize("turns", [0, 1])
def test_octets(name: str, turns: int) -> None:
    """All octets come back from a noisy, turned picture."""
    code = zxingcpp.create_barcode(DATA, getattr(zxingcpp.BarcodeFormat, name))
    clean = np.array(zxingcpp.write_barcode_to_image(code, scale=4))
    noise = np.random.default_rng(1).normal(0, 20, clean.shape)
    picture = np.rot90(np.clip(np.pad(clean + noise, 30, constant_values=255), 0, 255).astype(np.uint8), turns)
    assert [reading.data for reading in read_barcodes(picture)] == [DATA]


def test_refused() -> None:
    """A picture of another type is refused."""
    with pytest.raises(ValueError, match="not a picture"):
        read_barcodes(np.zeros((5, 5, 4), np.uint8))
