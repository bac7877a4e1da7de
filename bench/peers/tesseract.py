"""Tesseract alone on the whole page: page segmentation 3, the MRZ model where there is one, else English."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

from PIL import Image as Pillow

from bench.peers import Image, NotAvailableError, Reader, Reading
from bench.peers.text import cleaned, zone_of

NAME = "Tesseract"


def require_tesseract() -> str:
    program = shutil.which("tesseract")
    if program is None:
        raise NotAvailableError("needs the program tesseract (Debian: apt-get install tesseract-ocr)")
    return program


def load(tessdata: Path | None) -> Reader:
    program = require_tesseract()
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    language = ["--tessdata-dir", str(tessdata), "-l", "mrz"] if tessdata else ["-l", "eng"]
    command = [program, "stdin", "stdout", "--psm", "3", *language]

    def read(bitmap: bytes) -> Reading:
        done = subprocess.run(command, input=bitmap, capture_output=True, check=False)
        rows = [cleaned(row) for row in done.stdout.decode("utf-8", "replace").splitlines()]
        return Reading(zone_of([row for row in rows if row], mend=False))

    model = "MRZ model" if tessdata else "English"
    return Reader(f"{said.split(chr(10))[0].capitalize()}, {model}", read, _bitmap)


def _bitmap(image: Image) -> bytes:
    file = io.BytesIO()
    Pillow.fromarray(image).save(file, format="BMP")
    return file.getvalue()
