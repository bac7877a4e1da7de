"""The recogniser: from crops of lines to the probability of every character at every column.

The net and how it was trained: training/mrz_ocr and docs/model-card.md. It runs on one thread; a line takes about two
milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from limen.vision.normalise import HEIGHT, WIDTH, normalise

ALPHABET = "<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZÑÄÖÜ"
"""Class k of the net, from 1 on; class 0 is CTC's blank. The last four lie outside Doc 9303-3, 4.3."""

BLANK = 0

_BATCH = 8
"""Crops in one go: more would be no faster, and cost memory."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What the net says of one line."""

    probability: NDArray[np.float32]
    """Frames x 42, each row summing to one; frame t looks at columns 4t to 4t + 3 of the crop."""
    ocrb: float
    """How surely the typeface is OCR-B, from 0 to 1."""


@cache
def _session() -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # the arena keeps the largest batch's memory for good
    model = files("limen.vision").joinpath("mrz.onnx").read_bytes()
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def recognise(crops: list[NDArray[np.uint8]]) -> list[Scores]:
    """Read grey crops of lines (H x W each), a few at a time."""
    return [scores for start in range(0, len(crops), _BATCH) for scores in _run(crops[start : start + _BATCH])]


def _run(crops: list[NDArray[np.uint8]]) -> list[Scores]:
    batch = np.empty((len(crops), 1, HEIGHT, WIDTH), np.float32)
    for index, crop in enumerate(crops):
        batch[index, 0] = normalise(crop)
    scores, style = _session().run(None, {"lines": batch})
    shifted = np.exp(scores - scores.max(axis=2, keepdims=True))
    probability = shifted / shifted.sum(axis=2, keepdims=True)
    sure = 1 / (1 + np.exp(-style))
    return [Scores(p, float(s)) for p, s in zip(probability, sure, strict=True)]
