"""A signature: one running stroke, then a flourish, in pen blue."""

from __future__ import annotations

import cv2
import numpy as np

from limen.specimen.canvas import Mask


def signature(rng: np.random.Generator, width: int, height: int) -> Mask:
    """A pen stroke that fills about `width` x `height` pixels."""
    letters = int(rng.integers(5, 10))
    t = np.linspace(0, letters * 2 * np.pi, letters * 60)
    share = t / t[-1]
    tall = np.interp(t, np.linspace(0, t[-1], letters + 1), rng.uniform(0.05, 0.34, letters + 1))
    tall[: len(t) // letters] *= 1.5
    x = 0.06 + share * 0.8 + 0.05 * np.sin(t) * rng.uniform(0.6, 1.3)
    y = 0.55 - tall * np.sin(t + rng.uniform(0, 1)) * (1 - 0.45 * share) + 0.05 * np.sin(share * 7)
    x = x - 0.22 * (y - 0.55)
    flourish = np.linspace(0, 1, 60)
    tail_x = x[-1] + (0.14 - 0.8 * flourish) * rng.uniform(0.5, 1.0)
    tail_y = y[-1] + 0.22 * np.sin(flourish * np.pi) + 0.12 * flourish
    points = np.column_stack([np.r_[x, tail_x], np.r_[y, tail_y]])
    mask: Mask = np.zeros((height, width), dtype=np.uint8)
    pen = max(1.0, height / 40)
    scaled = np.clip(points, 0.03, 0.97) * (width, height) * 16
    steps = scaled.astype(np.int32)
    for index in range(len(steps) - 1):
        # A pen goes thin where it goes fast.
        speed = float(np.hypot(*(steps[index + 1] - steps[index]))) / 16
        thick = max(1, round(pen * 1.5 - speed * 0.06))
        ends = [tuple(int(v) for v in steps[index + k]) for k in (0, 1)]
        cv2.line(mask, ends[0], ends[1], 255, thick, cv2.LINE_AA, 4)
    return mask
