"""Pages of PDF files (ISO 32000) as images, rendered by PDFium.

A page that is one scanned image is rendered at that image's own resolution, so that pixels are neither lost
nor made up; any other page at `PDF_DPI`. Scripts, forms and links are never acted on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from limen.devices.errors import InputError
from limen.devices.frame import Frame
from limen.devices.limits import DECODED_BYTES, PAGES, PDF_DPI, WORKING_PIXELS

_POINTS_PER_INCH = 72.0
_SCAN_COVERS = 0.9
"""Of a page's area, from which on an image counts as a scan of the page."""


def read_pdf(file: BinaryIO, source: str) -> Iterator[Frame | InputError]:
    """Yield each page of the PDF in `file`, which must be seekable.

    An `InputError` stands for each page that gives no image, or for the whole file.
    """
    try:
        document = pdfium.PdfDocument(file)
    except pdfium.PdfiumError as error:
        yield InputError(source, _reason(error))
        return
    try:
        pages = len(document)
        if pages == 0:
            yield InputError(source, "is a PDF file without pages. Scan the document again.")
        for index in range(min(pages, PAGES)):
            yield _page(document, index, source)
        if pages > PAGES:
            yield InputError(source, f"has {pages} pages; those after page {PAGES} were not read. Split the file.")
    finally:
        document.close()


def _reason(error: pdfium.PdfiumError) -> str:
    if error.err_code in {pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY}:
        return "is a PDF file locked with a password. Save it without one."
    return "is a damaged or cut-short PDF file. Copy it again from where it was made."


def _page(document: Any, index: int, source: str) -> Frame | InputError:
    number = index + 1
    try:
        page = document[index]
        try:
            return _render(page, source, number)
        finally:
            page.close()
    except InputError as error:
        return error
    except MemoryError:
        reason = "needs more memory than there is. Save a smaller copy."
    except Exception:  # whatever a hostile page provokes means the same to a person
        reason = "cannot be rendered. Save the page as an image."
    return InputError(source, reason, number)


def _render(page: Any, source: str, number: int) -> Frame:
    width, height = page.get_size()
    if not (0 < width < 1e5 and 0 < height < 1e5):
        raise InputError(source, "has no sensible page size. Save the page as an image.", number)
    dpi = _resolution(page, width * height, source, number)
    dpi = min(dpi, _POINTS_PER_INCH * (0.999 * WORKING_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True, may_draw_forms=False)
    try:
        image = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
        if image.base is not None:  # the pixels are PDFium's, and go with the bitmap
            image = image.copy()
    finally:
        bitmap.close()
    return Frame(source, number, image, round(dpi, 2), (image.shape[1], image.shape[0]))


def _resolution(page: Any, page_area: float, source: str, number: int) -> float:
    """Pixels per inch to render at; refuses a page whose embedded images would not fit in memory."""
    dpi = PDF_DPI
    for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        columns, rows = item.get_px_size()
        if columns * rows * 4 > DECODED_BYTES:
            reason = f"holds an image of {columns * rows / 1e6:.0f} megapixels, too many to open. Scan it smaller."
            raise InputError(source, reason, number)
        left, bottom, right, top = item.get_bounds()
        area = (right - left) * (top - bottom)
        if area >= _SCAN_COVERS * page_area and columns * rows:
            dpi = _POINTS_PER_INCH * (columns * rows / area) ** 0.5
    return dpi
