"""Raster images: every kind of file becomes the same upright RGB, or one clear sentence."""

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from limen.devices import Frame, InputError, raster, read_files
from limen.devices import limits as device_limits

from .nasty import encoded, jpeg_claiming, png_claiming, scene


def check_like(frame, image, tolerance):
    assert isinstance(frame, Frame), frame
    assert frame.image.dtype == np.uint8
    assert frame.image.shape == (image.height, image.width, 3)
    assert frame.image.flags.c_contiguous
    difference = np.abs(frame.image.astype(int) - np.asarray(image.convert("RGB")).astype(int))
    assert difference.mean() <= tolerance


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP"])
def test_lossless_formats_keep_every_pixel(one, kind):
    """A lossless file comes out pixel for pixel, at scale 1 and with the size of its source."""
    frame = one(encoded(scene(), kind), "a.img")
    check_like(frame, scene(), 0)
    assert (frame.size, frame.scale, frame.page) == ((60, 40), 1.0, None)


@pytest.mark.parametrize(("kind", "options"), [("JPEG", {"quality": 95}), ("WEBP", {"quality": 95}), ("GIF", {})])
def test_lossy_formats_come_out_alike(one, kind, options):
    """A lossy file comes out as its own decoder sees it, within the loss."""
    check_like(one(encoded(scene(), kind, **options), "a.img"), scene(), 6)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation_is_upright(one, kind, orientation):
    """The eight orientations of EXIF all come out as the same upright picture, with its upright size."""
    undo = {2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6}
    exif = Image.Exif()
    exif[0x0112] = undo.get(orientation, 1)
    turned = scene()
    turned.info["exif"] = exif.tobytes()
    stored = ImageOps.exif_transpose(turned)
    tag = Image.Exif()
    tag[0x0112] = orientation
    frame = one(encoded(stored, kind, exif=tag), "a.img")
    check_like(frame, scene(), 6)
    assert frame.size == (60, 40)


def grey16(kind):
    values = np.asarray(scene().convert("L")).astype(np.uint16) * 257
    return encoded(Image.fromarray(values), kind)


@pytest.mark.parametrize(
    ("data", "expected", "tolerance"),
    [
        pytest.param(grey16("PNG"), scene().convert("L"), 0, id="16-bit grey PNG"),
        pytest.param(grey16("TIFF"), scene().convert("L"), 0, id="16-bit grey TIFF"),
        pytest.param(encoded(scene().convert("CMYK"), "JPEG", quality=95), scene(), 6, id="CMYK JPEG"),
        pytest.param(encoded(scene().convert("CMYK"), "TIFF"), scene(), 0, id="CMYK TIFF"),
        pytest.param(encoded(scene().convert("L"), "JPEG", quality=95), scene().convert("L"), 3, id="grey JPEG"),
        pytest.param(encoded(scene().convert("1"), "TIFF"), scene().convert("1"), 0, id="1-bit TIFF"),
        pytest.param(
            encoded(scene().convert("1"), "TIFF", compression="group4"),
            scene().convert("1"),
            0,
            id="fax TIFF",
        ),
        pytest.param(encoded(scene().quantize(8), "PNG"), scene(), 1, id="palette PNG"),
        pytest.param(encoded(scene().convert("F"), "TIFF"), None, None, id="float TIFF"),
        pytest.param(encoded(scene(), "JPEG", progressive=True, quality=95), scene(), 6, id="progressive JPEG"),
    ],
)
def test_every_colour_mode_becomes_rgb(one, data, expected, tolerance):
    """Depth, palette, inks and grey all become 8-bit RGB with the colours they stand for."""
    frame = one(data, "a.img")
    if expected is None:
        assert (frame.image.min(), frame.image.max()) == (0, 255)
    else:
        check_like(frame, expected, tolerance)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparency_is_white(one, mode):
    """Where nothing is drawn the picture is white, and half-drawn black is mid grey."""
    image = Image.new("RGBA", (30, 10), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (10, 0, 20, 10))
    image.paste((0, 0, 0, 128), (20, 0, 30, 10))
    stored = image.quantize(4) if mode == "P" else image.convert(mode)
    frame = one(encoded(stored, "PNG"), "a.png")
    assert [frame.image[5, x].tolist() for x in (5, 15, 25)] == [[255] * 3, [0] * 3, [127] * 3]


def test_colour_key_transparency_is_white(one):
    """A PNG may name one colour transparent instead of having an alpha channel; it is white all the same."""
    image = Image.new("RGB", (8, 8), (10, 20, 30))
    image.paste((200, 0, 0), (4, 0, 8, 8))
    frame = one(encoded(image, "PNG", transparency=(10, 20, 30)), "a.png")
    assert (frame.image[0, 0].tolist(), frame.image[0, 7].tolist()) == ([255] * 3, [200, 0, 0])


def test_pages_of_a_tiff_come_in_order(tmp_path):
    """Each page of a TIFF is a frame of its own size, numbered from 1."""
    pages = [scene(60, 40), scene(50, 30).convert("L"), scene(20, 70).convert("1")]
    path = tmp_path / "a.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:])
    frames = list(read_files([path]))
    assert [(frame.page, frame.size) for frame in frames] == [(1, (60, 40)), (2, (50, 30)), (3, (20, 70))]
    for frame, page in zip(frames, pages, strict=True):
        check_like(frame, page, 0)


def test_a_damaged_page_does_not_stop_the_others(tmp_path):
    """Of a TIFF with one page that cannot be decoded, the other pages still come."""
    path = tmp_path / "a.tif"
    options = {"save_all": True, "append_images": [scene()] * 2, "compression": "tiff_lzw"}
    scene().save(path, **options)
    with Image.open(path) as image:
        image.seek(1)
        start, count = image.tag_v2[273][0], image.tag_v2[279][0]
    data = bytearray(path.read_bytes())
    data[start : start + count] = b"\xff" * count
    path.write_bytes(data)
    first, second, third = read_files([path])
    check_like(first, scene(), 0)
    assert str(second).startswith(f"{path}, page 2: ")
    check_like(third, scene(), 0)


def test_first_frame_only_of_an_animation(one):
    """An animated GIF or WebP is one picture: its first."""
    others = [Image.new("RGB", (60, 40), "black")]
    for kind in ("GIF", "WEBP"):
        check_like(one(encoded(scene(), kind, save_all=True, append_images=others), "a.img"), scene(), 8)


def test_one_pixel_is_an_image(one):
    """The smallest image there is passes; judging it is not the reader's business."""
    assert one(encoded(Image.new("RGB", (1, 1), "red"), "PNG"), "a.png").image.tolist() == [[[255, 0, 0]]]


def test_resolution_is_told_if_believable(one):
    """A scanner's resolution is passed on; the 72 of cameras, which nobody measured, is not."""
    assert one(encoded(scene(), "JPEG", dpi=(300, 300)), "a.jpg").dpi == 300
    assert one(encoded(scene(), "JPEG", dpi=(72, 72)), "b.jpg").dpi is None
    assert one(encoded(scene(), "PNG"), "c.png").dpi is None


@pytest.mark.parametrize(("kind", "limit"), [("PNG", 10_000), ("PNG", 3_000), ("JPEG", 30_000), ("TIFF", 5_000)])
def test_large_images_are_reduced(one, monkeypatch, kind, limit):
    """An image above the working size shrinks, keeps its proportions and tells the scale and source size."""
    monkeypatch.setattr(raster, "WORKING_PIXELS", limit)
    big = scene(180, 120).resize((360, 1200), Image.Resampling.NEAREST)
    frame = one(encoded(big, kind), "a.img")
    height, width = frame.image.shape[:2]
    assert width * height <= limit * 1.05
    assert frame.size == (360, 1200)
    assert width == pytest.approx(360 * frame.scale)
    assert height == pytest.approx(1200 * frame.scale, abs=1)
    expected = np.asarray(big.resize((width, height), Image.Resampling.BOX)).astype(int)
    assert np.abs(frame.image.astype(int) - expected).mean() < 6


def test_a_large_jpeg_is_decoded_at_a_fraction(one, monkeypatch):
    """A JPEG too large to be held whole is decoded at 1/2, 1/4 or 1/8, and its scale says so."""
    monkeypatch.setattr(raster, "DECODED_BYTES", 640 * 480)
    frame = one(encoded(scene(640, 480), "JPEG"), "a.jpg")
    assert (frame.image.shape, frame.size, frame.scale) == ((240, 320, 3), (640, 480), 0.5)


BAD = {
    "empty": (b"", "is empty"),
    "text": (b"This is a text.\n" * 100, "is not an image"),
    "bitmap-like text": (b"BMW is a make of cars, not a bitmap.", "is not an image"),
    "truncated JPEG": (encoded(scene(300, 200), "JPEG")[:-400], "damaged or cut short"),
    "JPEG header": (encoded(scene(), "JPEG")[:30], "damaged or cut short|begins like"),
    "truncated PNG": (encoded(scene(300, 200), "PNG")[:-60], "damaged or cut short"),
    "truncated WebP": (encoded(scene(300, 200), "WEBP")[:-60], "damaged or cut short|begins like"),
    "truncated TIFF": (encoded(scene(300, 200), "TIFF")[:5000], "damaged or cut short|begins like"),
    "truncated GIF": (encoded(scene(300, 200), "GIF")[:200], "damaged or cut short"),
    "truncated BMP": (encoded(scene(300, 200), "BMP")[:500], "damaged or cut short"),
    "PNG bomb": (png_claiming(60_000, 60_000), "more than 300 megapixels"),
    "big PNG": (png_claiming(10_000, 10_000), "has 100 megapixels"),
    "PNG of two billion by one": (png_claiming(2_000_000_000, 1), "more than 300 megapixels"),
    "JPEG bomb": (jpeg_claiming(65_000, 65_000), "more than 300 megapixels"),
    "HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0" + bytes(100), "Save it as JPEG"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_clear_sentence(one, name):
    """Whatever is wrong with a file, one line names it, says what is wrong and what to do."""
    data, words = BAD[name]
    error = one(data, "holiday.jpg")
    assert isinstance(error, InputError)
    assert re.search(words, str(error))
    assert error.source in str(error)
    assert str(error).endswith(".")
    assert "\n" not in str(error)
    assert error.reason.count(". ") == 1


SEEDS = [encoded(scene(), kind) for kind in ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF")]


@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=12),
    st.integers(0, 5000),
)
@settings(deadline=None, max_examples=300)
def test_mutated_files_never_raise(tmp_path_factory, data, changes, cut):
    """Any damage to a file gives frames of sane size or errors, never an exception."""
    mutated = bytearray(data)
    for at, value in changes:
        mutated[at % len(mutated)] = value
    path = tmp_path_factory.getbasetemp() / "mutated.img"
    path.write_bytes(mutated[: len(mutated) - cut] if cut < len(mutated) else mutated)
    for item in read_files([path]):
        assert isinstance(item, InputError) or item.image[..., 0].size <= 2 * device_limits.WORKING_PIXELS


def test_a_damaged_tiff_makes_no_noise(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """libtiff's own lines stay off the terminal; the one sentence of ours says what is wrong."""
    path = tmp_path / "damaged.tif"
    noise = np.random.default_rng(1).integers(0, 255, (64, 64, 3), np.uint8)
    Image.fromarray(noise).save(path, compression="tiff_lzw")
    data = bytearray(path.read_bytes())
    data[200:4000] = bytes(3800)
    path.write_bytes(data)
    assert [type(found) for found in read_files([str(path)])] == [InputError]
    assert capfd.readouterr().err == ""
