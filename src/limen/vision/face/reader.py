"""Faces read from pictures of the bearer and from the page (Doc 9303-3, 3.9; 9303-4 to -7: zone V has the portrait)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from limen.icao.mrz import Format
from limen.vision.face.bands import Bands, Pair, load_bands
from limen.vision.face.embedding import load_embedder
from limen.vision.face.finding import FaceFinder
from limen.vision.face.model import Embedder, Face, FaceReading, Found, Pixels, Place
from limen.vision.face.person import PersonNet
from limen.vision.face.presentation import presentation_hint
from limen.vision.face.quality import measure_quality
from limen.vision.page.model import PX_PER_MM, Page

MATTERS = 0.45
"""A further face counts where it is at least this share of the largest one's size: a person behind does not."""
GHOST_MOST = 0.7
"""A ghost image is at most this share of the portrait's size."""
GHOST_LEAST = 0.12
"""Smaller faces on a page belong to the artwork."""

FACE_MM = (9.0, 36.0)
"""Height of a printed portrait's face, brow to chin; what is found larger or smaller in zone V is artwork."""
STANDS = 0.85
"""A less sure face may be one that stands on its head: those were found, wrongly upright, in 19 of 26 public portraits
turned upside down, with 0.51 to 0.80; upright ones have 0.57 to 0.97, and are surer upright than turned."""
UPRIGHT = 45.0
"""A face that leans by more degrees is one of a picture that does not stand upright."""
_LYING = "The picture does not stand upright; its face was compared all the same."

_ZONE_MM: Mapping[Format, float] = {
    Format.TD1: 0.0,
    Format.TD2: 17.0,
    Format.TD3: 23.2,
    Format.MRV_A: 23.2,
    Format.MRV_B: 17.0,
}
"""Height of the machine readable zone at the foot of the side with the portrait."""
_WITHOUT_GHOST = (Format.MRV_A, Format.MRV_B)
"""Visa labels hardly have one; what looks like it there is artwork."""
_PORTRAIT_SHARE = 0.5
"""Zone V ends before this share of the page's width."""
_TURNS = ((cv2.ROTATE_180, 2), (cv2.ROTATE_90_CLOCKWISE, 1), (cv2.ROTATE_90_COUNTERCLOCKWISE, 3))


class FaceReader:
    """Finder and embedder, loaded once, with the bands of that embedder and what tells a person from the background."""

    def __init__(
        self, finder: FaceFinder, embedder: Embedder, bands: Mapping[Pair, Bands], person: PersonNet | None = None
    ) -> None:
        self.finder = finder
        self.embedder = embedder
        self.bands = bands
        self.person = person

    @classmethod
    def load(cls, folder: Path | None = None) -> FaceReader:
        """From the folder of the models. Raises `ModelsMissing`, and `BadBands` for an agency's unusable thresholds."""
        finder = FaceFinder.load(folder)
        embedder = load_embedder(folder)
        return cls(finder, embedder, load_bands(embedder.name), PersonNet.load(folder))

    def read(self, image: Pixels, place: Place) -> FaceReading:
        """The one face of a picture of the bearer; several, or none, are an outcome of their own."""
        faces = self.finder.find(image)
        if _surest(faces) < STANDS:
            faces = max(faces, self._turned(image), key=_surest)
        if not faces:
            return FaceReading(place, Found.NONE, note="No face was found: show the whole face, upright and well lit.")
        return self._reading(image, place, faces)

    def read_page(self, page: Page) -> tuple[FaceReading, ...]:
        """The printed portrait, found or not, and the ghost image where one was found; nothing of a back."""
        if page.side.value != "front":
            return ()
        sheet = page.white.image
        bottom = round(sheet.shape[0] * (1 - _ZONE_MM.get(page.format, 0.0) / page.size_mm[1]))
        portrait, left = self._portrait(sheet[:bottom])
        if portrait is None:
            note = "No face was found where the portrait should be: look at the portrait."
            return (FaceReading(Place.PRINTED, Found.NONE, note=note),)
        printed = self._reading(sheet, Place.PRINTED, (portrait,))
        ghost = None if page.format in _WITHOUT_GHOST else self._ghost(sheet[:bottom], portrait, left)
        return (printed,) if ghost is None else (printed, self._reading(sheet, Place.GHOST, (ghost,)))

    def _reading(self, image: Pixels, place: Place, faces: tuple[Face, ...]) -> FaceReading:
        largest = max(faces, key=_size)
        others = sum(_size(face) >= MATTERS * _size(largest) for face in faces) - 1
        if others:
            note = f"{others + 1} faces of like size were found: show one person."
            return FaceReading(place, Found.SEVERAL, largest, others, note=note, bands=self.bands)
        template = self.embedder.embed(image, largest)
        note = _LYING if _lean(largest) > UPRIGHT else ""
        return FaceReading(
            place,
            Found.ONE,
            largest,
            template=template,
            quality=measure_quality(image, largest, self.person, place),
            note=note,
            screen_or_paper=presentation_hint(image, largest) if place is Place.LIVE else None,
            bands=self.bands,
        )

    def _turned(self, image: Pixels) -> tuple[Face, ...]:
        """The faces of a picture that stands on its head or lies on its side, in the picture's own pixels."""
        found: tuple[Face, ...] = ()
        for rotation, quarters in _TURNS:
            turned = np.asarray(cv2.rotate(image, rotation), np.uint8)
            faces = self.finder.find(turned, hard=False)
            if _surest(faces) > _surest(found):
                found = tuple(_turned_back(face, quarters, image.shape[1], image.shape[0]) for face in faces)
        return found

    def _portrait(self, sheet: Pixels) -> tuple[Face | None, bool]:
        """The portrait, and whether it lies in the left half, where Doc 9303 wants it."""
        least, most = (length * PX_PER_MM for length in FACE_MM)
        half = np.ascontiguousarray(sheet[:, : round(sheet.shape[1] * _PORTRAIT_SHARE)])
        for hard, part in ((False, half), (False, sheet), (True, half)):
            faces = [face for face in self.finder.find(part, hard=hard) if least <= _size(face) <= most]
            if faces:
                return max(faces, key=_size), part is half
        return None, True

    def _ghost(self, sheet: Pixels, portrait: Face, left: bool) -> Face | None:
        """A smaller face elsewhere on the page; the surest where there are several."""
        width = sheet.shape[1]
        if not left:
            return None
        start = round(max(x for x, _ in portrait.quad) + 0.2 * _size(portrait))
        if start > width * 0.8:
            return None
        rest = np.ascontiguousarray(sheet[:, start:])
        found = [
            face
            for face in self.finder.small(rest, _size(portrait))
            if GHOST_LEAST <= _size(face) / _size(portrait) <= GHOST_MOST
        ]
        best = max(found, key=lambda face: face.score, default=None)
        return None if best is None else _moved(best, start)


def _size(face: Face) -> float:
    """Height of the face in pixels."""
    return float(np.hypot(face.quad[3][0] - face.quad[0][0], face.quad[3][1] - face.quad[0][1]))


def _surest(faces: tuple[Face, ...]) -> float:
    return max((face.score for face in faces), default=0.0)


def _lean(face: Face) -> float:
    """By how many degrees the face leans, to either side."""
    (left, top), (right, bottom) = face.quad[:2]
    return abs(float(np.degrees(np.arctan2(bottom - top, right - left))))


def _moved(face: Face, right: float) -> Face:
    a, b, c, d = ((x + right, y) for x, y in face.quad)
    return replace(face, quad=(a, b, c, d), points=face.points + np.array([right, 0, 0], np.float32))


def _turned_back(face: Face, quarters: int, width: int, height: int) -> Face:
    """A face of a picture turned clockwise by quarters as one of the picture of this width and height."""

    def back(x: float, y: float) -> tuple[float, float]:
        if quarters == 2:
            return width - x, height - y
        return (y, height - x) if quarters == 1 else (width - y, x)

    a, b, c, d = (back(x, y) for x, y in face.quad)
    points = face.points.copy()
    points[:, 0], points[:, 1] = back(face.points[:, 0], face.points[:, 1])  # type: ignore[arg-type]
    return replace(face, quad=(a, b, c, d), points=points)
