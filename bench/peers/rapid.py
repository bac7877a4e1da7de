"""RapidOCR on the whole page, with its packaged models; then the rows that look like a zone, mended by the layout."""

from __future__ import annotations

import logging
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidocr import RapidOCR

from bench.peers import Image, Reader, Reading
from bench.peers.text import cleaned, held, zone_of

NAME = "RapidOCR"


def load(tessdata: Path | None) -> Reader:
    logging.disable(logging.INFO)
    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    engine = RapidOCR(params=threads)

    def read(image: Image) -> Reading:
        found = engine(image[:, :, ::-1])
        if found.boxes is None:
            return Reading(())
        # A zone's pieces only: what else stands at their height is not theirs.
        kept = [i for i, text in enumerate(found.txts) if "<" in cleaned(text) or len(cleaned(text)) >= 26]
        if not kept:
            return Reading(())
        boxes, texts = np.asarray(found.boxes)[kept], tuple(found.txts[i] for i in kept)
        ways = [zone_of(_rows(boxes, texts, sign), mend=True) for sign in (1.0, -1.0)]
        return Reading(max(ways, key=held))

    return Reader(f"RapidOCR {version('rapidocr')}, field-aware letter/digit fix", read)


def _rows(boxes: NDArray[np.float64], texts: tuple[str, ...], sign: float) -> list[str]:
    """The rows of the page from top to bottom: pieces at one height joined from left to right.

    Boxes are (n, 4, 2), in pixels. The engine turns tall boxes and those upside down before it reads them, and does
    not say so: the longer side is the writing's direction, and `sign` which way it runs.
    """
    wide, tall = (boxes[:, 1] - boxes[:, 0]), (boxes[:, 3] - boxes[:, 0])
    lying = np.linalg.norm(wide, axis=1).sum() >= np.linalg.norm(tall, axis=1).sum()
    along = sign * (wide if lying else tall).sum(axis=0)
    along = along / (np.linalg.norm(along) or 1.0)
    down = np.array([-along[1], along[0]])
    centres = boxes.mean(axis=1)
    across, forward = centres @ down, centres @ along
    height = float(np.median(np.linalg.norm(tall if lying else wide, axis=1)))
    rows: list[list[int]] = []
    for index in np.argsort(across):
        if rows and across[index] - across[rows[-1][-1]] < 0.5 * height:
            rows[-1].append(int(index))
        else:
            rows.append([int(index)])
    return ["".join(cleaned(texts[i]) for i in sorted(row, key=lambda i: forward[i])) for row in rows]
