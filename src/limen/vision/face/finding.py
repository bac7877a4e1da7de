"""The faces of a picture: the detector shown several views, each answer verified by the mesh.

One view does for a live picture or a chip's portrait. Badly printed portraits (grey, blurred, overprinted, coarse)
need more: the picture smoothed, stretched, framed by a margin, or cut into parts, and a lower threshold, which the
mesh's own opinion whether it looks at a face makes safe. Views are tried in order until a face is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from limen.vision.face.detector import Candidate, FaceDetector
from limen.vision.face.mesh import OVAL, FaceMesh, Mesh
from limen.vision.face.model import Face, Pixels
from limen.vision.face.models import DETECTOR, MESH, model_path
from limen.vision.reading import Quad

LONGEST = 640
"""A picture is looked at with at most as many pixels on its longer side."""
SAME = 0.5
"""Two faces whose centres lie nearer than this share of the larger one's side are one."""


@dataclass(frozen=True, slots=True)
class Needed:
    """How sure the networks must be."""

    score: float
    """Of the detector, at least."""
    presence: float
    """Of the mesh, at least."""
    lean_deg: float = 180.0
    """How far a face may lean: those of documents stand upright."""


CLEAR = Needed(0.5, 0.5)
"""In a picture as it is."""


@dataclass(frozen=True, slots=True)
class Change:
    """What may make a badly printed face clear."""

    blur: float
    """Sigma as a share of the picture's longer side: rubs out line work, halftone and noise."""
    even: bool
    """Whether the contrast is evened out part by part, against holograms and shadows."""
    needed: Needed

    def made(self, small: Pixels) -> Pixels:
        """The picture, grey, changed."""
        grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), (0, 0), self.blur * max(small.shape[:2]))
        if self.even:
            wide = cv2.createCLAHE(3.0, (4, 4)).apply(grey)
        else:
            low, high = np.percentile(grey, (1, 99))
            stretched = (grey.astype(np.float32) - low) * (255 / max(1.0, high - low))
            wide = np.clip(stretched, 0, 255).astype(np.uint8)
        return np.asarray(cv2.cvtColor(wide, cv2.COLOR_GRAY2RGB), np.uint8)


SMALL_PART = 1.3
"""Side of the squares in which ghost images are looked for, in heights of the portrait's face."""
SMALL_BLUR = 0.012
"""Sigma for ghost images, in heights of the portrait's face."""
SMALL_NEEDED = Needed(0.7, 0.9)
"""Of 14 generated pages these find 5 of 10 ghost images and no face where there is none; 0.5 and 0.6 find no more
ghosts and false ones on 7 pages."""

CHANGES = (
    Change(0.014, even=False, needed=Needed(0.5, 0.6, 15)),
    Change(0.009, even=True, needed=Needed(0.2, 0.8, 15)),
    Change(0.014, even=False, needed=Needed(0.3, 0.85, 15)),
)
"""In the order of trying. Chosen on portraits badly printed by `bench.face_simulation` and on squares of specimens'
artwork. Of 146 others of those portraits these find 138, all of them in their place, and a face in 6 of 60 other
squares, in 1 of them without any change: so a page is searched only where its portrait must be, and for a face as large
as that is (`limen.vision.face.reader`)."""


@dataclass(frozen=True, slots=True)
class _View:
    """A part of a picture, as the detector is shown it, and where its corner lies in the picture."""

    image: Pixels
    left: float = 0.0
    top: float = 0.0

    def candidate(self, one: Candidate, scale: float) -> Candidate:
        """A face of the view as one of the image that the picture is a smaller copy of."""
        left, top = (one.left + self.left) / scale, (one.top + self.top) / scale
        return Candidate(left, top, one.side / scale, one.angle_deg, one.score)


class FaceFinder:
    """The detector and the mesh, loaded once."""

    def __init__(self, detector: FaceDetector, mesh: FaceMesh) -> None:
        self._detector = detector
        self._mesh = mesh

    @classmethod
    def load(cls, folder: Path | None = None) -> FaceFinder:
        """From the folder of the models; raises `ModelsMissing` where they are not there."""
        return cls(FaceDetector(model_path(DETECTOR, folder)), FaceMesh(model_path(MESH, folder)))

    def find(self, image: Pixels, *, hard: bool = True) -> tuple[Face, ...]:
        """The upright faces of a picture, largest first; with `hard`, badly printed ones are looked for as well."""
        scale = min(1.0, LONGEST / max(image.shape[:2]))
        small = _resized(image, scale)
        found = self._look(image, scale, _whole(small), CLEAR) or self._look(image, scale, _parts(small), CLEAR)
        clear = bool(found)
        for change in CHANGES if hard else ():
            if found:
                break
            # What made the face clear enough to be found makes its landmarks clear, too.
            changed = change.made(small)
            found = [_enlarged(one, 1 / scale) for one in self._look(changed, 1.0, _whole(changed), change.needed)]
        return tuple(_face(*one, clear=clear) for one in sorted(found, key=lambda one: -one[0].side))

    def small(self, image: Pixels, than: float) -> tuple[Face, ...]:
        """Faces of some 15 to 70 % of `than` pixels, in no order: ghost images, smoothed as far as those need it."""
        found: list[_Found] = []
        side = round(than * SMALL_PART)
        grey = Change(SMALL_BLUR / max(image.shape[:2]) * than, even=False, needed=CLEAR).made(image)
        for left in _starts(image.shape[1], side):
            for top in _starts(image.shape[0], side):
                view = _View(grey[top : top + side, left : left + side], left, top)
                seen = self._look(grey, 1.0, [view], SMALL_NEEDED)
                found += [one for one in seen if not any(_same(one[0], other[0]) for other in found)]
        return tuple(_face(*one) for one in found)

    def _look(self, image: Pixels, scale: float, views: Iterable[_View], needed: Needed) -> list[_Found]:
        """The faces of an image that its views show, each once. `scale` leads from the image to the views' picture."""
        found: list[_Found] = []
        for view in views:
            for seen in self._detector.candidates(view.image, needed.score):
                one = view.candidate(seen, scale)
                if abs(one.angle_deg) > needed.lean_deg or any(_same(one, other) for other, _ in found):
                    continue
                mesh = self._mesh.fit(image, one.centre, one.side, one.angle_deg)
                if mesh.presence < needed.presence:
                    continue
                mesh = self._mesh.refit(image, mesh)
                if mesh.presence >= needed.presence:
                    found.append((one, mesh))
        return found


_Found = tuple[Candidate, Mesh]


def _enlarged(found: _Found, by: float) -> _Found:
    one, mesh = found
    larger = Candidate(one.left * by, one.top * by, one.side * by, one.angle_deg, one.score)
    return larger, Mesh(mesh.points * np.float32(by), mesh.presence)


def _whole(small: Pixels) -> list[_View]:
    """The picture as it is, and with a margin for a face that fills it."""
    return [_View(small), _framed(small)]


def _framed(small: Pixels) -> _View:
    by = max(small.shape[:2]) // 4
    framed = cv2.copyMakeBorder(small, by, by, by, by, cv2.BORDER_REPLICATE)
    return _View(np.asarray(framed, np.uint8), -by, -by)


def _starts(length: int, side: int) -> list[int]:
    """Where squares that overlap by a third and more begin, so that they cover the length."""
    if length <= side:
        return [0]
    steps = -(-(length - side) // max(1, round(side * 0.55)))
    return [round(number * (length - side) / steps) for number in range(steps + 1)]


def _parts(small: Pixels) -> Iterator[_View]:
    """Overlapping parts, for faces that are small in the picture."""
    height, width = small.shape[:2]
    side = max(32, round(max(height, width) * 0.6))
    for top in sorted({0, max(0, (height - side) // 2), max(0, height - side)}):
        for left in sorted({0, max(0, (width - side) // 2), max(0, width - side)}):
            yield _View(small[top : top + side, left : left + side], left, top)


def _resized(image: Pixels, scale: float) -> Pixels:
    if scale >= 1:
        return image
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _same(one: Candidate, other: Candidate) -> bool:
    (ax, ay), (bx, by) = one.centre, other.centre
    return float(np.hypot(ax - bx, ay - by)) < SAME * max(one.side, other.side)


def _face(candidate: Candidate, mesh: Mesh, *, clear: bool = True) -> Face:
    return Face(_outline(mesh), candidate.score, mesh.points, clear)


def _outline(mesh: Mesh) -> Quad:
    """The smallest rectangle about the face that leans as its eyes do."""
    _, angle = mesh.eye_line
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    turned = mesh.points[list(OVAL), :2] @ np.array([[cos, -sin], [sin, cos]])
    (left, top), (right, bottom) = turned.min(axis=0), turned.max(axis=0)
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]]) @ np.array(
        [[cos, sin], [-sin, cos]]
    )
    a, b, c, d = ((float(x), float(y)) for x, y in corners)
    return (a, b, c, d)
