"""What comes in leaves everything behind but its pixels; what is no picture gets one sentence."""

from __future__ import annotations

import hashlib
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from limen.node.images import IntakeError, Picture, encode, take, thumbnails

RNG = np.random.default_rng(1)
PIXELS = np.kron(RNG.integers(0, 256, (20, 30, 3), dtype=np.uint8), np.ones((8, 8, 1), np.uint8))


def written(kind: str, pixels: np.ndarray = PIXELS, **options: object) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind, **options)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "BMP", "PDF"])
def test_each_kind_gives_a_picture(kind: str) -> None:
    """Of the shape that was sent, with the digest of the bytes that came."""
    data = written(kind)
    (picture,) = take(data)
    assert picture.size[0] / picture.size[1] == pytest.approx(1.5, abs=0.02)
    assert picture.sha256 == hashlib.sha256(data).hexdigest()


def test_metadata_do_not_come_through() -> None:
    """Neither place, camera, comment, profile nor what is appended is in what is written; the picture is upright."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SECRETCAMERA"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    data = written("JPEG", exif=exif, comment=b"SECRETCOMMENT", icc_profile=b"SECRETPROFILE" * 20) + b"SECRETTAIL"
    assert data.count(b"SECRET") == 23
    (picture,) = take(data)
    assert picture.size == (160, 240)
    for one in (encode(picture.image), *thumbnails(picture.image).values()):
        with Image.open(io.BytesIO(one.data)) as back:
            assert (b"SECRET" in one.data, dict(back.getexif()), back.info.get("icc_profile")) == (False, {}, None)


def test_large_pictures_are_reduced_in_shape() -> None:
    """The longest side is bounded, in what is kept and in each thumbnail, and the shape stays."""
    (picture,) = take(written("JPEG", np.zeros((2000, 4000, 3), np.uint8)))
    assert picture.size == (3000, 1500)
    assert {k: (one.width, one.height) for k, one in thumbnails(picture.image).items()} == {
        320: (320, 160), 1280: (1280, 640),
    }  # fmt: skip


def test_each_page_is_a_picture() -> None:
    """A TIFF or PDF of several pages gives several pictures of one digest."""
    for kind in ("TIFF", "PDF"):
        pictures = take(written(kind, save_all=True, append_images=[Image.fromarray(PIXELS[::-1])]))
        assert [one.page for one in pictures] == [1, 2]
        assert len({one.sha256 for one in pictures}) == 1


@pytest.mark.parametrize(
    "data",
    [b"", b"no picture", written("JPEG")[:400], b"%PDF-1.7 broken", b"\0\0\0\x18ftypheic" + bytes(40),
     written("PNG", np.zeros((20, 20, 3), np.uint8)), bytes(40_000_001)],
    ids=["empty", "text", "cut", "pdf", "heic", "small", "large"],
)  # fmt: skip
def test_no_picture_is_one_sentence(data: bytes) -> None:
    """Whoever sent it is told what is wrong."""
    with pytest.raises(IntakeError) as caught:
        take(data)
    message = caught.value.message
    assert message.startswith(("The file ", "Page ", "The picture "))
    assert message.endswith(".")
    assert ". " not in message


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 5000), st.sampled_from(["JPEG", "PNG", "WEBP", "BMP"]))
def test_damaged_files_never_raise_otherwise(patch: bytes, at: int, kind: str) -> None:
    """Overwritten bytes give a picture or a sentence."""
    data = bytearray(written(kind))
    data[at % len(data) : at % len(data) + len(patch)] = patch
    pictures, message = taken(bytes(data))
    assert bool(pictures) != message.endswith(".")


def taken(data: bytes) -> tuple[tuple[Picture, ...], str]:
    try:
        return take(data), ""
    except IntakeError as error:
        return (), error.message
