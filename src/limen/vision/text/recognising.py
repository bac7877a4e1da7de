"""Reads lines of print: cut from the sheet, brought to the recogniser's height, read in batches of like width."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.vision.page import PX_PER_MM, Pixels, Rect, Sheet
from limen.vision.text.letters import OTHER, folding, is_readable
from limen.vision.text.model import TextLine
from limen.vision.text.networks import LINE_HEIGHT, Floats, Networks

_BATCH_PX = 4096
"""Pixels of width that are read at once."""
_STEP_PX = 32
"""Widths are rounded up to it, so that lines of like width share a batch at little loss."""
_LONGEST_PX = 2400


class Look(Enum):
    """How a line is cut and prepared; several ways, for what has to be read beyond doubt."""

    PLAIN = (0.0, 1.0, False)
    WIDE = (0.12, 1.0, False)
    STRETCHED = (0.05, 1.25, False)
    CONTRASTED = (0.06, 1.0, True)

    def __init__(self, margin: float, stretch: float, contrasted: bool) -> None:
        self.margin = margin
        """Room added on each side, in heights of the line."""
        self.stretch = stretch
        """How much wider than it is the line is shown."""
        self.contrasted = contrasted
        """Whether the ground is evened out first."""


class Recogniser:
    """Reads lines of a sheet."""

    def __init__(self, networks: Networks) -> None:
        self._networks = networks

    @cached_property
    def _tables(self) -> Tables:
        return Tables(self._networks.alphabet)

    def read(self, sheet: Sheet, rects: Sequence[Rect], look: Look = Look.PLAIN) -> tuple[TextLine, ...]:
        """What stands in each rectangle, in their order."""
        images = [_prepared(sheet, rect, look) for rect in rects]
        found: dict[int, Floats] = {}
        for group in _groups([image.shape[1] for image in images]):
            answers = self._networks.characters([images[index] for index in group])
            found.update(zip(group, answers, strict=True))
        return tuple(self._line(found[index], rect) for index, rect in enumerate(rects))

    def _line(self, found: Floats, rect: Rect) -> TextLine:
        tables = self._tables
        readable = found[:, tables.readable]
        best = readable.argmax(axis=1)
        sure = readable[np.arange(len(best)), best]
        text: list[str] = []
        confidences: list[float] = []
        last = -1
        for step, index in enumerate(best):
            if index == last and index:
                confidences[-1] = max(confidences[-1], float(sure[step]))
            elif index:
                text.append(tables.characters[index])
                confidences.append(float(sure[step]))
            last = int(index)
        mean = float(np.mean(confidences)) if confidences else 0.0
        return TextLine("".join(text), mean, rect, tuple(confidences), tables.folded(found))


class Tables:
    """Which of the recogniser's characters are answered, and how they fold together."""

    def __init__(self, alphabet: Sequence[str]) -> None:
        readable = [index for index, char in enumerate(alphabet) if not char or is_readable(char)]
        self.readable: NDArray[np.intp] = np.array(readable, dtype=np.intp)
        self.characters = [alphabet[index] for index in readable]
        columns = folding(alphabet)
        self._known = np.flatnonzero(columns != OTHER)
        self._fold = np.eye(OTHER + 1, dtype=np.float32)[columns[self._known]]

    def folded(self, found: Floats) -> Floats:
        """Steps x columns: the probabilities of all characters of one shape together."""
        result = found[:, self._known] @ self._fold
        result[:, OTHER] = np.maximum(0.0, 1.0 - result.sum(axis=1))
        return np.asarray(result, dtype=np.float32)


def _prepared(sheet: Sheet, rect: Rect, look: Look) -> Pixels:
    left, top, width, height = rect
    more = look.margin * height
    image = sheet.crop((left - more, top - more, width + 2 * more, height + 2 * more))
    if not image.size:
        return np.full((LINE_HEIGHT, _STEP_PX, 3), 255, dtype=np.uint8)
    if look.contrasted:
        image = _contrasted(image)
    wide = round(image.shape[1] * LINE_HEIGHT / image.shape[0] * look.stretch)
    size = (min(_LONGEST_PX, max(LINE_HEIGHT // 2, wide)), LINE_HEIGHT)
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def _contrasted(image: Pixels) -> Pixels:
    """The print against an even ground: the darkest of the colours, less what a blur over two millimetres sees."""
    grey = image.min(axis=2)
    size = round(2 * PX_PER_MM) | 1
    ground = cv2.GaussianBlur(cv2.dilate(grey, np.ones((9, 9), np.uint8)), (size, size), 0)
    even = np.clip(grey.astype(np.float32) / np.maximum(ground, 1) * 255, 0, 255)
    low, high = np.percentile(even, (2, 60))
    even = np.clip((even - low) / max(1.0, high - low), 0, 1) * 255
    return np.asarray(np.repeat(even.astype(np.uint8)[:, :, None], 3, axis=2), dtype=np.uint8)


def _groups(widths: Sequence[int]) -> list[list[int]]:
    """Indices in groups of like width."""
    groups: list[list[int]] = []
    for index in sorted(range(len(widths)), key=lambda one: widths[one]):
        step = -(-widths[index] // _STEP_PX)
        last = groups[-1] if groups else []
        alike = last and -(-widths[last[0]] // _STEP_PX) >= step - 1 - step // 8
        if alike and (len(last) + 1) * widths[index] <= _BATCH_PX:
            last.append(index)
        else:
            groups.append([index])
    return groups
