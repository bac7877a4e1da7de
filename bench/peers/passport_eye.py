"""PassportEye, with a Tesseract model of its user's choice.

It reads files only, so the decoded image goes in as an uncompressed bitmap, written outside the measured time.
"""

from __future__ import annotations

import io
import warnings
from importlib.metadata import version
from pathlib import Path

from passporteye import read_mrz
from passporteye.mrz.text import MRZOCRCleaner
from PIL import Image as Pillow

from bench.peers import Image, Reader, Reading
from bench.peers.tesseract import require_tesseract

NAME = "PassportEye"


def load(tessdata: Path | None) -> Reader:
    require_tesseract()
    options = f"-l mrz --tessdata-dir {tessdata}" if tessdata else ""
    model = "MRZ model" if tessdata else "as installed"

    def read(bitmap: bytes) -> Reading:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = read_mrz(bitmap, extra_cmdline_params=options)
        if found is None:
            return Reading(())
        return Reading(tuple(MRZOCRCleaner.apply(found.aux["raw_text"])))

    return Reader(f"PassportEye {version('passporteye')}, {model}", read, _bitmap)


def _bitmap(image: Image) -> bytes:
    file = io.BytesIO()
    Pillow.fromarray(image).save(file, format="BMP")
    return file.getvalue()
