"""One entry of the visual zone in type, whole or with some characters printed again by somebody else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from limen.specimen.canvas import Canvas, Ink, Mask
from limen.specimen.drawing import Reprint
from limen.specimen.fonts import offsets, text_mask
from limen.specimen.model import box
from limen.specimen.traces import scrape


@dataclass(frozen=True, slots=True)
class Setting:
    """How an entry is set, in pixels."""

    text: str
    face: str
    cap: float
    bold: float
    tracking: float

    def mask(self, text: str) -> tuple[Mask, float]:
        """A text set so; and how far down its baseline lies."""
        return text_mask(text, self.cap, bold=self.bold, tracking=self.tracking, face=self.face)

    def offsets(self) -> list[float]:
        """Where each character begins and the last ends."""
        return offsets(self.text, self.cap, tracking=self.tracking, bold=self.bold, face=self.face)


def print_columns(
    canvas: Canvas, setting: Setting, again: Reprint, at: tuple[float, float], *, ink: Ink, seed: int
) -> None:
    """Prints an entry of which some columns are by another hand; `at` is where its baseline begins, in pixels."""
    start, end = again.columns or (0, len(setting.text))
    places = setting.offsets()
    x, foot = at
    mask, baseline = setting.mask(setting.text)
    kept = np.array(mask)
    kept[:, round(places[start]) : round(places[end])] = 0
    if again.scraped:
        width = places[end] - places[start]
        scrape(canvas, box(x + places[start], foot - setting.cap * 1.1, width, setting.cap * 1.2), seed)
    canvas.stamp(kept, ink, (int(x), int(foot - baseline)))
    new, low = text_mask(
        setting.text[start:end], setting.cap * again.size, bold=canvas.px(again.bold), tracking=setting.tracking,
        face=again.face,
    )  # fmt: skip
    left, down = (canvas.px(value) for value in again.shift)
    canvas.stamp(new, ink, (int(x + places[start] - 1 - setting.bold + left), int(foot + down - low)))
