"""Writes a sheet of training examples to look at: python look.py SHEET.png [SEED]."""

import sys

import cv2
import numpy as np
from render import Renderer

renderer = Renderer(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
rows = []
for _ in range(36):
    crop, text, ocrb = renderer.sample()
    rows.append(np.clip((crop + 2) * 63, 0, 255).astype(np.uint8))
    rows.append(np.full((3, 640), 255 if ocrb else 0, np.uint8))
cv2.imwrite(sys.argv[1], np.vstack(rows))
