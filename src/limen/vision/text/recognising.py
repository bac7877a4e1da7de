"""Reads lines of print: cut from the sheet, brought to the recogniser's height, read in batches of like width."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import cached_property
from itertools import pairwise

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
_GAP = 1.15
"""Characters whose middles are farther apart than so many heights of the line are of different entries."""


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
        return tuple(self._line(found, rect, 0, len(found)) for found, rect in self._answers(sheet, rects, look))

    def parted(self, sheet: Sheet, rects: Sequence[Rect]) -> tuple[TextLine, ...]:
        """What stands in the rectangles, entries beside each other that were found as one line parted again."""
        lines = []
        for found, rect in self._answers(sheet, rects, Look.PLAIN):
            cuts = [0, *self._cuts(found, rect), len(found)]
            lines += [self._line(found, rect, begin, end) for begin, end in pairwise(cuts)]
        return tuple(lines)

    def _answers(self, sheet: Sheet, rects: Sequence[Rect], look: Look) -> list[tuple[Floats, Rect]]:
        images = [_prepared(sheet, rect, look) for rect in rects]
        found: dict[int, Floats] = {}
        for group in _groups([image.shape[1] for image in images]):
            answers = self._networks.characters([images[index] for index in group])
            found.update(zip(group, answers, strict=True))
        return [(found[index], rect) for index, rect in enumerate(rects)]

    def _characters(self, found: Floats) -> list[tuple[str, float, int]]:
        """Each character with its confidence and the step at which it was seen, the likeliest at each step."""
        tables = self._tables
        readable = found[:, tables.readable]
        best = readable.argmax(axis=1)
        characters: list[tuple[str, float, int]] = []
        last = 0
        for step, index in enumerate(best.tolist()):
            sure = float(readable[step, index])
            if index and index != last:
                characters.append((tables.characters[index], sure, step))
            elif index and sure > characters[-1][1]:
                characters[-1] = (characters[-1][0], sure, step)
            last = index
        return characters

    def _cuts(self, found: Floats, rect: Rect) -> list[int]:
        """Steps in the middle of gaps that are wider than between words."""
        steps = [step for char, _, step in self._characters(found) if char != " "]
        gap = _GAP * rect[3] / rect[2] * len(found)
        return [(one + other) // 2 for one, other in pairwise(steps) if other - one > gap]

    def _line(self, found: Floats, rect: Rect, begin: int, end: int) -> TextLine:
        left, top, width, height = rect
        share = width / max(1, len(found))
        part = (left + begin * share, top, (end - begin) * share, height) if end - begin < len(found) else rect
        found = found[begin:end]
        characters = self._characters(found)
        text = "".join(char for char, _, _ in characters)
        kept = characters[len(text) - len(text.lstrip()) : len(text.rstrip())]
        confidences = tuple(sure for _, sure, _ in kept)
        mean = sum(confidences) / len(confidences) if confidences else 0.0
        return TextLine(text.strip(), mean, part, confidences, self._tables.folded(found))


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
