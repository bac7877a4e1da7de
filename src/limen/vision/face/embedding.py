"""From a face to numbers that are near for the same person: dlib's network, or one that an agency brings.

An agency's own network is an ONNX file with a small JSON file beside it (`NAME.onnx`, `NAME.json`), see docs/face.md.
Thresholds belong to one embedder's name (`limen.vision.face.bands`), which holds a digest of the network's octets, so
that another network never meets them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from limen.vision.face.alignment import ALIGNMENTS, DLIB, Alignment
from limen.vision.face.model import Embedder, Face, Floats, Pixels
from limen.vision.face.models import RESNET, ModelsMissing, model_path, models_folder

OWN = "embedder.onnx"
"""An agency's own network, where the folder of the models holds one of this name, takes the place of dlib's."""

_SIDE = 150


_RADIUS = 2.0
"""dlib's numbers are compared by their plain distance, and how long they are, about 1.4, tells as well: divided to
length 1 they miss 7.0 % instead of 4.2 % of 1,652 public pairs of one person at one false match in 1,000. So they are
divided by this, and one number more completes them to length 1; it changes distances by 1 to 3 %."""


class BadEmbedder(Exception):  # noqa: N818 - named for what it is about
    """An agency's network or its configuration cannot be used; the text is one sentence that says why."""


def similarity(a: Floats, b: Floats) -> float:
    """How far two templates of length 1 are apart: 0 the same, 2 the farthest. Smaller is more alike."""
    return float(np.linalg.norm(np.asarray(a, np.float32) - np.asarray(b, np.float32)))


class DlibEmbedder:
    """dlib's face recognition ResNet, version 1 (CC0): 128 numbers from 150 x 150 pixels, and one to make them a unit.

    Distances are half of those that dlib's own documentation speaks of: its 0.6 is 0.3 here.
    """

    name = "dlib-resnet-v1"

    def __init__(self, path: Path) -> None:
        import dlib  # noqa: PLC0415 - a quarter of a second, and not everybody compares faces

        self._net: Any = dlib.face_recognition_model_v1(str(path))
        self._lock = Lock()

    @classmethod
    def load(cls, folder: Path | None = None) -> DlibEmbedder:
        """From the folder of the models; raises `ModelsMissing`."""
        return cls(model_path(RESNET, folder))

    def embed(self, image: Pixels, face: Face) -> Floats:
        """The template of one face."""
        crop = DLIB.crop(image, face, _SIDE)
        with self._lock:
            return _lifted(np.array(self._net.compute_face_descriptor(crop), dtype=np.float32))


@dataclass(frozen=True, slots=True)
class OnnxSettings:
    """What an agency's network expects of its input."""

    name: str
    """Of the network, with its version."""
    size: int
    """Side of its square input in pixels."""
    alignment: Alignment
    mean: tuple[float, float, float]
    """Taken from each channel, in grey levels."""
    scale: float
    """Multiplies what is left."""
    order: str
    """"rgb" or "bgr"."""
    mirror: bool
    """Whether the mirrored face is embedded as well, and the mean of both is taken."""

    @classmethod
    def read(cls, path: Path) -> OnnxSettings:
        """From a JSON file; raises `BadEmbedder`."""
        try:
            given = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise BadEmbedder(f"{path} is missing: it says what the network beside it expects.") from None
        except (OSError, ValueError) as error:
            raise BadEmbedder(f"{path} is not a JSON file ({' '.join(str(error).split())}).") from error
        return cls._checked(given, path)

    @classmethod
    def _checked(cls, given: object, path: Path) -> OnnxSettings:
        known = {"name", "size", "alignment", "mean", "scale", "order", "mirror"}
        if not isinstance(given, dict):
            raise BadEmbedder(f"{path} does not hold a JSON object.")
        if unknown := sorted(set(given) - known):
            raise BadEmbedder(f"{path} has an unknown setting {unknown[0]!r}; there are {', '.join(sorted(known))}.")
        wrong = [
            key
            for key, valid in (
                ("name", isinstance(given.get("name"), str) and 0 < len(given["name"]) <= 64),
                ("size", _whole(given.get("size"), 32, 512)),
                ("alignment", given.get("alignment", "arcface") in ALIGNMENTS),
                ("mean", _levels(given.get("mean", 127.5))),
                ("scale", _number(given.get("scale", 1 / 127.5)) and given.get("scale", 1) != 0),
                ("order", given.get("order", "rgb") in {"rgb", "bgr"}),
                ("mirror", isinstance(given.get("mirror", False), bool)),
            )
            if not valid
        ]
        if wrong:
            raise BadEmbedder(
                f"The setting {wrong[0]!r} of {path} is missing or has a value that cannot be; see docs/face.md."
            )
        mean = given.get("mean", 127.5)
        red, green, blue = mean if isinstance(mean, list) else (mean, mean, mean)
        return cls(
            name=given["name"],
            size=given["size"],
            alignment=ALIGNMENTS[given.get("alignment", "arcface")],
            mean=(float(red), float(green), float(blue)),
            scale=float(given.get("scale", 1 / 127.5)),
            order=given.get("order", "rgb"),
            mirror=given.get("mirror", False),
        )


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and bool(np.isfinite(value))


def _whole(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _levels(value: object) -> bool:
    return _number(value) or (isinstance(value, list) and len(value) == 3 and all(_number(one) for one in value))


class OnnxEmbedder:
    """An agency's own network: one input of N x 3 x size x size, one output of N x numbers."""

    def __init__(self, path: Path, settings: OnnxSettings) -> None:
        import onnxruntime as ort  # noqa: PLC0415 - as above

        try:
            octets = path.read_bytes()
            options = ort.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 4
            self._session: Any = ort.InferenceSession(octets, options, providers=["CPUExecutionProvider"])
        except OSError as error:
            raise BadEmbedder(f"{path} cannot be read ({error.strerror}).") from error
        except Exception as error:
            raise BadEmbedder(
                f"{path} is not an ONNX network that can be run ({' '.join(str(error).split())[:160]})."
            ) from error
        self._settings = settings
        self.name = f"{settings.name} ({hashlib.sha256(octets).hexdigest()[:12]})"
        self._input = self._session.get_inputs()[0].name
        self._try(path)

    @classmethod
    def load(cls, path: Path) -> OnnxEmbedder:
        """From an ONNX file with its JSON file beside it; raises `BadEmbedder`."""
        return cls(path, OnnxSettings.read(path.with_suffix(".json")))

    def _try(self, path: Path) -> None:
        """Embed a grey square, so that a network that does not fit its settings is refused when it is loaded."""
        size = self._settings.size
        try:
            found = self._run(np.full((size, size, 3), 128, np.uint8))
        except Exception as error:
            why = " ".join(str(error).split())[:160]
            raise BadEmbedder(f"{path} does not take one picture of 3 x {size} x {size} ({why}).") from error
        if found.ndim != 1 or not 16 <= found.size <= 4096 or not np.isfinite(found).all():
            raise BadEmbedder(f"{path} does not answer with one row of 16 to 4,096 numbers for a picture.")

    def embed(self, image: Pixels, face: Face) -> Floats:
        """The template of one face."""
        crop = self._settings.alignment.crop(image, face, self._settings.size)
        found = self._run(crop)
        if self._settings.mirror:
            found = found + self._run(crop[:, ::-1])
        return _unit(found)

    def _run(self, crop: Pixels) -> Floats:
        settings = self._settings
        values = (crop.astype(np.float32) - np.array(settings.mean, np.float32)) * np.float32(settings.scale)
        if settings.order == "bgr":
            values = values[:, :, ::-1]
        batch = np.ascontiguousarray(values.transpose(2, 0, 1)[None])
        (found, *_) = self._session.run(None, {self._input: batch})
        row = np.asarray(found, dtype=np.float32)
        return _unit(row[0]) if row.ndim == 2 and len(row) == 1 else row


def load_embedder(folder: Path | None = None) -> Embedder:
    """The agency's own network where the folder of the models holds one, else dlib's.

    Raises `ModelsMissing`, also where the agency's own cannot be used: another must not silently take its place.
    """
    own = (folder or models_folder()) / OWN
    if not own.exists():
        return DlibEmbedder.load(folder)
    try:
        return OnnxEmbedder.load(own)
    except BadEmbedder as error:
        raise ModelsMissing(f"The agency's own network for faces cannot be used: {error}") from error


def _lifted(values: Floats) -> Floats:
    """The numbers as a point of the unit sphere that keeps their distances."""
    inner = values / np.float32(_RADIUS)
    rest = np.sqrt(max(0.0, 1.0 - float(inner @ inner)))
    return _unit(np.append(inner, np.float32(rest)))


def _unit(values: Floats) -> Floats:
    return np.asarray(values / max(float(np.linalg.norm(values)), 1e-9), dtype=np.float32)
