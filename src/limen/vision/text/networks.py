"""The two networks of PP-OCRv6 (small) as rapidocr's wheel carries them: where is print, and what does it say.

Only the weights are taken from rapidocr, by its folder. Its own pipeline looks the page over at full size, pads every
line to the width of a long one and logs as it goes, which costs three times the time; and it keeps the single most
likely character where two readings have to be weighed against each other.
"""

from __future__ import annotations

from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from limen.vision.page import Pixels

_DETECTOR = "PP-OCRv6_det_small.onnx"
_RECOGNISER = "PP-OCRv6_rec_small.onnx"
_HEIGHT = 48
"""Pixels, of the lines that the recogniser was trained on."""
_STRIDE = 32
"""The detector takes sizes that are multiples of it."""

Floats = NDArray[np.float32]


class Networks:
    """Both networks on one thread, each loaded when it is first asked."""

    @property
    def name(self) -> str:
        """What was used, for the protocol."""
        return f"PP-OCRv6 small (rapidocr {version('rapidocr')})"

    def load(self) -> None:
        """Load both now."""
        _ = self._detector, self._recogniser

    def print_map(self, image: Pixels) -> Floats:
        """For each pixel how surely it lies on the middle of a line of print, 0 to 1; the image's size."""
        height, width = image.shape[:2]
        padded = np.full((_up(height, _STRIDE), _up(width, _STRIDE), 3), 255, dtype=np.uint8)
        padded[:height, :width] = image
        found = self._run(self._detector, _signed(padded)[None])[0, 0]
        return np.asarray(found[:height, :width], dtype=np.float32)

    def characters(self, lines: list[Pixels]) -> list[Floats]:
        """For each line, at each of its steps, the probability of each character of `alphabet`; index 0 is none.

        The lines are images of one height, `LINE_HEIGHT`, of any widths; those of like width are read together.
        """
        width = max(line.shape[1] for line in lines)
        batch = np.zeros((len(lines), 3, _HEIGHT, width), dtype=np.float32)
        for index, line in enumerate(lines):
            batch[index, :, :, : line.shape[1]] = _signed(line)
        found = self._run(self._recogniser, batch)
        steps = found.shape[1] / width
        return [one[: max(1, round(line.shape[1] * steps))] for one, line in zip(found, lines, strict=True)]

    @cached_property
    def alphabet(self) -> tuple[str, ...]:
        """The characters that the recogniser knows, in the order of its answers; the first stands for none."""
        known = self._recogniser.get_modelmeta().custom_metadata_map["character"].splitlines()
        return ("", *known, " ")

    @cached_property
    def _detector(self) -> Any:
        return _session(_DETECTOR)

    @cached_property
    def _recogniser(self) -> Any:
        return _session(_RECOGNISER)

    @staticmethod
    def _run(session: Any, batch: Floats) -> Floats:
        return np.asarray(session.run(None, {session.get_inputs()[0].name: batch})[0], dtype=np.float32)


LINE_HEIGHT = _HEIGHT


def _up(value: int, step: int) -> int:
    return -(-value // step) * step


def _signed(image: Pixels) -> Floats:
    """Blue, green, red from -1 to 1, a plane each, as both networks were trained."""
    return np.ascontiguousarray(image[:, :, ::-1].transpose(2, 0, 1), dtype=np.float32) / 127.5 - 1.0


def _session(name: str) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(_folder() / name), options, providers=["CPUExecutionProvider"])


def _folder() -> Path:
    """Where rapidocr's wheel was unpacked, without importing it: it configures logging as it is imported."""
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:  # pragma: no cover - a broken installation
        raise ModuleNotFoundError("rapidocr is not installed")
    return Path(spec.origin).parent / "models"
