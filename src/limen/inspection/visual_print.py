"""The print of all sides put in order: lines, entries of several lines, and the labels that belong to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from limen.icao.visual import Field, label_of
from limen.inspection.evidence import PageEvidence
from limen.vision.page import Rect
from limen.vision.text import TextLine

_SAME_ROW_MM = 0.9
_BELOW_MM = (-1.6, 3.2)
"""From a label's lower edge to its entry's upper edge; the boxes of both are generous and may overlap."""
_LEFT_MM = 2.0
"""How far the left edges of a label and of the entry below it may be apart."""
_RIGHT_MM = 25.0
"""How far an entry may stand to the right of its label."""
_LABEL_STRIPS = ((-1.5, 1.85), (-2.6, 2.3))
"""Upper edge above an entry's, and height, of the places where the label of an entry is looked for."""
_LABEL_WIDTHS_MM = (9.0, 21.0)
_FRAGMENT_MM = 4.0
"""Pieces of one label, which finders of print tear apart, stand no farther from each other."""
_CUT_MM = 0.05
_JOINED = 3
"""How many lines below one another may be one entry."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of print, or a few that are one entry."""

    evidence: PageEvidence
    lines: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join(line.text for line in self.lines)

    @property
    def rect(self) -> Rect:
        """About all of it."""
        left, top = (min(line.rect[side] for line in self.lines) for side in (0, 1))
        right, low = (max(line.rect[side] + line.rect[side + 2] for line in self.lines) for side in (0, 1))
        return (left, top, right - left, low - top)

    @property
    def confidence(self) -> float:
        """Of the line read worst."""
        return min(line.confidence for line in self.lines)

    def again(self, places: Sequence[Rect], *, once: bool = False) -> tuple[tuple[TextLine, ...], ...]:
        """Reads places of its side again; nothing where the side is not at hand any more."""
        look = self.evidence.texts.again if self.evidence.texts else None
        return look(places, once=once) if look else tuple(() for _ in places)


class Print:
    """The print of all sides that were read."""

    def __init__(self, pages: Sequence[PageEvidence]) -> None:
        self._pages = tuple(one for one in pages if one.texts is not None)
        self._looked: dict[tuple[int, Rect], Field | None] = {}

    @cached_property
    def lines(self) -> tuple[Printed, ...]:
        """Every line by itself."""
        return tuple(Printed(one, (line,)) for one in self._pages if one.texts for line in one.texts.lines)

    @cached_property
    def rows(self) -> tuple[Printed, ...]:
        """Every line by itself, and put together again those that the reader parted at wide gaps between words."""
        joined = []
        for one in self.lines:
            group = one
            while following := next((other for other in self.lines if _was_parted(group, other)), None):
                group = Printed(one.evidence, (*group.lines, *following.lines))
                joined.append(group)
        return (*self.lines, *joined)

    @cached_property
    def entries(self) -> tuple[Printed, ...]:
        """Every line, and lines below each other that can be one entry."""
        joined = []
        for one in self.lines:
            group = one
            while len(group.lines) < _JOINED and (below := self._below(group)):
                group = Printed(one.evidence, (*group.lines, *below.lines))
                joined.append(group)
        return (*self.rows, *joined)

    @cached_property
    def labels(self) -> tuple[tuple[Printed, Field], ...]:
        """Lines, and lines put together from pieces on one row, that are labels of a known field."""
        found = [(one, field) for one in self._rows if (field := label_of(one.text))]
        pieces = {id(line) for one, _ in found for line in one.lines}
        alone = [(one, field) for one in self.lines if (field := label_of(one.text)) and id(one.lines[0]) not in pieces]
        return (*found, *alone)

    @cached_property
    def of_labels(self) -> frozenset[int]:
        """By identity the lines that are labels or pieces of them, and so no entries."""
        return frozenset(id(line) for one, _ in self.labels for line in one.lines)

    @cached_property
    def _rows(self) -> tuple[Printed, ...]:
        rows: list[Printed] = []
        for one in sorted(self.lines, key=lambda each: each.rect[0]):
            before = next((row for row in rows if _goes_on(row, one)), None)
            if before is None:
                rows.append(one)
            else:
                rows[rows.index(before)] = Printed(one.evidence, (*before.lines, *one.lines))
        return tuple(rows)

    def label(self, one: Printed, *, look: bool = True) -> Field | None:
        """The field that a label above or before the entry names; with `look` small print above it is read again."""
        near = [
            (gap, field)
            for label, field in self.labels
            if label.evidence is one.evidence and (gap := _gap(label.rect, one.rect)) is not None
        ]
        if near:
            return min(near, key=lambda pair: pair[0])[1]
        return self._look(one) if look else None

    def _look(self, one: Printed) -> Field | None:
        key = (id(one.evidence), one.rect)
        if key not in self._looked:
            left, top, width, _ = one.rect
            strips = [
                (left - 0.3, top + up, wide, high)
                for wide in sorted({max(width + 1.0, least) for least in _LABEL_WIDTHS_MM})
                for up, high in _LABEL_STRIPS
                if top + up > 0
            ]
            named = (label_of(look.text) for looks in one.again(strips, once=True) for look in looks)
            self._looked[key] = next((field for field in named if field), None)
        return self._looked[key]

    def _below(self, one: Printed) -> Printed | None:
        """The line below that may go on with the entry: the same left edge, the same height, no label between."""
        left, top, _, height = one.lines[-1].rect
        for other in self.lines:
            rect = other.rect
            beside = other.evidence is one.evidence and abs(rect[0] - left) < 1.0 and 0 < rect[1] - top < height * 1.5
            if beside and abs(rect[3] - height) < 0.25 * height and id(other.lines[0]) not in self.of_labels:
                return other
        return None


def _was_parted(one: Printed, other: Printed) -> bool:
    """Whether one line begins where the other was cut off."""
    (left, top, width, height), rect = one.rect, other.rect
    return one.evidence is other.evidence and rect[1::2] == (top, height) and abs(rect[0] - left - width) < _CUT_MM


def _goes_on(row: Printed, one: Printed) -> bool:
    """Whether a line is the next piece of a label torn apart."""
    (_, top, _, height), (left, high, _, tall) = row.rect, one.rect
    level = abs(top + height / 2 - high - tall / 2) < _SAME_ROW_MM and max(height, tall) < 2.6
    gap = left - row.rect[0] - row.rect[2]
    return row.evidence is one.evidence and level and -0.6 < gap < _FRAGMENT_MM


def _gap(label: Rect, entry: Rect) -> float | None:
    """How far an entry stands below or to the right of a label; None where it does neither."""
    down = entry[1] - (label[1] + label[3])
    if _BELOW_MM[0] <= down <= _BELOW_MM[1] and abs(entry[0] - label[0]) <= _LEFT_MM and entry[1] > label[1] + 0.4:
        return max(0.0, down)
    middle = abs(entry[1] + entry[3] / 2 - label[1] - label[3] / 2)
    right = entry[0] - (label[0] + label[2])
    if middle <= _SAME_ROW_MM and -0.5 <= right <= _RIGHT_MM:
        return max(0.0, right)
    return None
