"""Where the camera stands: a document's plane seen in perspective, and the way of each point into the picture."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from limen.specimen.geometry import MM_PER_INCH
from limen.specimen.model import Image, Truth

Points = NDArray[np.float64]
"""N x 2, in pixels."""


@dataclass(frozen=True, slots=True)
class View:
    """How a document comes into the picture."""

    homography: Points
    """3 x 3, pixels of the specimen to pixels of the picture."""
    bow: float
    """How far the page's middle is bowed downward, in pixels of the specimen."""
    width: float
    """Of the specimen, in pixels."""
    size: tuple[int, int]
    """Width and height of the picture."""

    def __call__(self, points: Points) -> Points:
        """Points of the specimen in the picture."""
        bowed = points + np.column_stack([np.zeros(len(points)), self.bow * self._arch(points[:, 0])])
        return project(self.homography, bowed)

    def _arch(self, x: Points) -> Points:
        return np.asarray(np.sin(np.pi * x / self.width))

    def picture(self, image: Image) -> Image:
        """The specimen seen so. Where there is nothing of it, its edge goes on, so that no seam darkens."""
        if self.bow:
            across, down = self._map()
            seen = cv2.remap(image, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        else:
            seen = cv2.warpPerspective(
                image, self.homography, self.size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
            )
        return np.asarray(seen, dtype=np.uint8)

    def _map(self, step: int = 8) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """For each pixel of the picture the place in the specimen, worked out on a coarse grid."""
        width, height = self.size
        y, x = np.mgrid[0 : height // step + 2, 0 : width // step + 2]
        grid = np.column_stack([x.ravel(), y.ravel()]) * float(step)
        flat = project(np.asarray(np.linalg.inv(self.homography), dtype=np.float64), grid)
        flat[:, 1] -= self.bow * self._arch(flat[:, 0])
        coarse = flat.reshape(*x.shape, 2).astype(np.float32)
        # Pixel (i, j) lies at (i / step, j / step) of the grid.
        fit = np.array([[1 / step, 0, 0], [0, 1 / step, 0]], dtype=np.float64)
        fine = cv2.warpAffine(
            coarse, fit, (width, height), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
        )
        return np.ascontiguousarray(fine[:, :, 0]), np.ascontiguousarray(fine[:, :, 1])


def project(homography: Points, points: Points) -> Points:
    """Points through a 3 x 3 homography."""
    raised = np.column_stack([points, np.ones(len(points))]) @ homography.T
    return np.asarray(raised[:, :2] / raised[:, 2:])


def look_at(
    truth: Truth,
    ppi: float,
    *,
    rotation: float = 0.0,
    tilt: tuple[float, float] = (0.0, 0.0),
    distance_mm: float = 400.0,
    margins: tuple[float, float, float, float] = (0.05, 0.05, 0.05, 0.05),
    bow_mm: float = 0.0,
) -> View:
    """A view in which the zone (or the middle, without one) comes out at `ppi`.

    `rotation` and `tilt` (about the x and the y axis) are degrees; `margins` are left, top, right and bottom, in
    shares of the document's extent in the picture.
    """
    scale = MM_PER_INCH / truth.ppi
    width, height = truth.size_px
    centre = np.array([[scale, 0, -scale * width / 2], [0, scale, -scale * height / 2], [0, 0, 1]])
    turned = _rotation(*np.radians([tilt[0], tilt[1], rotation]))
    pose = np.column_stack([turned[:, 0], turned[:, 1], [0, 0, distance_mm]])
    plane = pose @ centre
    zone = np.mean(truth.zone or truth.outline, axis=0)
    zoom = ppi / truth.ppi / local_scale(plane, zone)
    plane = np.diag([zoom, zoom, 1.0]) @ plane
    corners = project(plane, np.asarray(truth.outline))
    low, high = corners.min(axis=0), corners.max(axis=0)
    extent = high - low
    start = low - extent * margins[:2]
    size = extent * (1 + np.array(margins[:2]) + np.array(margins[2:]))
    shift = np.array([[1, 0, -start[0]], [0, 1, -start[1]], [0, 0, 1]])
    bow = bow_mm / scale
    return View(shift @ plane, bow, float(width), (max(16, int(size[0])), max(16, int(size[1]))))


def _rotation(about_x: float, about_y: float, about_z: float) -> Points:
    cx, sx, cy, sy, cz, sz = (f(a) for a in (about_x, about_y, about_z) for f in (np.cos, np.sin))
    roll = np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    pitch = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    yaw = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    return np.asarray(pitch @ yaw @ roll)


def local_scale(homography: Points, at: Points) -> float:
    """How much longer lengths get about a point: the root of the Jacobian's determinant."""
    near = at + np.array([[0, 0], [1, 0], [0, 1]])
    a, b, c = project(homography, near)
    (p, q), (r, s) = b - a, c - a
    return float(np.sqrt(abs(p * s - q * r)))
