"""Pages laid flat by the truth of a generated capture instead of by finding them.

For tests and measurements of one step that shall not depend on the steps before it.
"""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from limen.icao.mrz import Format
from limen.specimen import Capture
from limen.vision.light import Light
from limen.vision.page import SIZES_MM, Matrix, Page, Quality, Side, laid_flat


def true_matrix(capture: Capture) -> Matrix:
    """From millimetres on the page to pixels of the capture."""
    width, height = SIZES_MM[Format(capture.truth.format)]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners, np.array(capture.truth.outline, dtype=np.float32))
    return np.asarray(matrix, dtype=np.float64)


def true_page(captures: Iterable[Capture]) -> Page:
    """The page of one document's captures, one for each light; white must be among them."""
    found = {Light(one.light.value): one for one in captures}
    white = found[Light.WHITE]
    format = Format(white.truth.format)
    sheets = {light: laid_flat(one.image, true_matrix(one), format, light) for light, one in found.items()}
    return Page(format, Side(white.truth.side), sheets, Quality(ppi=white.truth.ppi, edge_mm=0.12))
