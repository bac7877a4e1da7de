"""The recogniser: a small convolutional net over one rectified line, trained with CTC.

Input  N x 1 x 32 x 640, grey, normalised by `normalise` of `limen.vision.recognise` (the same code as at run time).
Output N x 160 x 42 class scores, one row every four columns (class 0 the blank of CTC), and N scores of
"the typeface is OCR-B".
"""

from __future__ import annotations

import torch
from torch import nn

CLASSES = 42


def _block(inputs: int, outputs: int, stride: int | tuple[int, int]) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


class _Context(nn.Module):
    """Looks to both sides along the line; residual, so that depth costs nothing where it is not needed."""

    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv1d(width, width, 5, 1, 2 * dilation, dilation, bias=False),
            nn.BatchNorm1d(width),
            nn.ReLU(inplace=True),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.body(x)


class Recogniser(nn.Module):
    """About 430,000 parameters; 1.7 MB as float32."""

    def __init__(self) -> None:
        super().__init__()
        self.eye = nn.Sequential(
            _block(1, 24, 2), _block(24, 48, 2), _block(48, 88, (2, 1)), _block(88, 128, (2, 1)),
            nn.Conv2d(128, 128, (2, 1), bias=False), nn.BatchNorm2d(128), nn.ReLU(inplace=True),
        )  # fmt: skip
        self.context = nn.Sequential(_Context(128, 1), _Context(128, 2), _Context(128, 4))
        self.spell = nn.Conv1d(128, CLASSES, 1)
        self.style = nn.Linear(128, 1)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        seen = self.eye(x).squeeze(2)
        scores = self.spell(self.context(seen)).transpose(1, 2)
        return scores, self.style(seen.mean(2)).squeeze(1)
