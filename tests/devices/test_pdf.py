"""PDF pages: scans at their own resolution, drawings at a sensible one, and one sentence for the rest."""

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from limen.devices import Frame, InputError, limits, read_files
from limen.devices import pdf as pdf_reader

from .nasty import encoded, scene


def test_a_scanned_page_keeps_its_pixels(one):
    """A page that is one image comes out in that image's own pixels and at its resolution."""
    frame = one(encoded(scene(600, 400), "PDF", resolution=200, quality=95), "scan.pdf")
    assert isinstance(frame, Frame)
    assert (frame.page, frame.size, frame.scale) == (1, (600, 400), 1.0)
    assert frame.dpi == pytest.approx(200, abs=0.5)
    difference = np.abs(frame.image.astype(int) - np.asarray(scene(600, 400)).astype(int))
    assert difference.mean() < 4
    assert frame.image.flags.owndata


def test_every_page_comes_in_order(tmp_path):
    """The pages of a PDF are frames numbered from 1."""
    path = tmp_path / "a.pdf"
    scene(300, 200).save(path, save_all=True, append_images=[scene(200, 300)], resolution=100)
    assert [(frame.page, frame.size) for frame in read_files([path])] == [(1, (300, 200)), (2, (200, 300))]


def test_a_drawn_page_is_rendered_at_300(tmp_path):
    """A page without a scan, an inch by half an inch, has 300 by 150 pixels and is white."""
    document = pdfium.PdfDocument.new()
    document.new_page(72, 36).close()
    document.save(tmp_path / "a.pdf")
    document.close()
    (frame,) = read_files([tmp_path / "a.pdf"])
    assert (frame.size, frame.dpi) == ((300, 150), 300)
    assert frame.image.min() == 255


def test_a_poster_is_rendered_within_the_limit(tmp_path):
    """A page of 100 by 100 inches is rendered smaller, not refused and not at 900 megapixels."""
    document = pdfium.PdfDocument.new()
    document.new_page(7200, 7200).close()
    document.save(tmp_path / "a.pdf")
    document.close()
    (frame,) = read_files([tmp_path / "a.pdf"])
    assert 0.9 * limits.WORKING_PIXELS < frame.image[..., 0].size <= limits.WORKING_PIXELS


def test_a_page_with_a_giant_image_is_refused_alone(tmp_path, monkeypatch):
    """An embedded image that would not fit in memory costs its page, not the others."""
    monkeypatch.setattr(pdf_reader, "DECODED_BYTES", 4 * 300 * 200)
    path = tmp_path / "a.pdf"
    scene(300, 200).save(path, save_all=True, append_images=[scene(400, 200), scene(200, 100)])
    first, second, third = read_files([path])
    assert isinstance(first, Frame)
    assert isinstance(second, InputError)
    assert str(second).startswith(f"{path}, page 2: holds an image")
    assert isinstance(third, Frame)


@pytest.mark.parametrize("keep", [5, 40, 200, 800])
def test_a_cut_pdf_never_raises(one, keep):
    """A PDF cut anywhere is one clear sentence, or whatever pages can be saved."""
    item = one(encoded(Image.new("RGB", (50, 50)), "PDF")[:keep], "cut.pdf")
    assert isinstance(item, Frame) or str(item).endswith(".")


def test_a_locked_pdf_says_so(one):
    """A PDF with a password asks for one without, in one sentence."""
    error = one(LOCKED, "locked.pdf")
    assert isinstance(error, InputError)
    assert "is a PDF file locked with a password. Save it without one." in str(error)


# Encrypted by the standard security handler (revision 2) with keys that belong to no empty password.
LOCKED = b"""%%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>> endobj
4 0 obj <</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>> endobj
trailer <</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>
%%%%EOF
""" % (b"11" * 32, b"22" * 32)
