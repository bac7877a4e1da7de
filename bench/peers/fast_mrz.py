"""FastMRZ: its own segmentation network, then Tesseract with the MRZ model, which it does not bring along."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import cv2
from fastmrz import FastMRZ

from bench.peers import Image, NotAvailableError, Reader, Reading
from bench.peers.tesseract import require_tesseract

NAME = "FastMRZ"


def load(tessdata: Path | None) -> Reader:
    require_tesseract()
    if tessdata is None:
        raise NotAvailableError("needs mrz.traineddata, which is not in its package")
    engine = FastMRZ(tessdata_path=str(tessdata))

    def read(image: Image) -> Reading:
        text = engine.get_details(image, input_type="numpy", ignore_parse=True)
        return Reading(tuple(text.split("\n")) if isinstance(text, str) and text else ())

    return Reader(
        f"FastMRZ {version('fastmrz')}, MRZ model", read, lambda image: cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    )
