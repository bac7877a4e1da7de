"""The pictures of the bearer are cut out upright, with room about the face."""

import cv2
import numpy as np
import pytest

from limen.cli.faces import cut


@pytest.mark.parametrize("angle", [0, 30, 180])
def test_a_face_is_cut_out_upright(angle):
    """However the picture lies, the upper left of the face comes out upper left."""
    image = np.full((400, 400, 3), 90, np.uint8)
    image[150:200, 150:200] = (250, 0, 0)
    image[200:250, 200:250] = (0, 0, 250)
    matrix = cv2.getRotationMatrix2D((200, 200), angle, 1.0)
    turned = cv2.warpAffine(image, matrix, (400, 400))
    corners = np.array([[(150, 150), (250, 150), (250, 250), (150, 250)]], np.float32)
    quad = tuple(map(tuple, cv2.transform(corners, matrix)[0]))
    shown = cut(turned, quad)
    height, width = shown.shape[:2]
    assert shown[round(height * 0.40), round(width * 0.35)][0] > 200
    assert shown[round(height * 0.65), round(width * 0.60)][2] > 200


def test_a_face_of_no_size_is_survived():
    """A degenerate place gives a plain picture."""
    assert cut(np.zeros((9, 9, 3), np.uint8), ((1, 1),) * 4).ndim == 3
