"""The networks, where they are installed; no test fetches them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from limen.vision.face import FaceFinder, FaceReader, ModelsMissing

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def finder() -> FaceFinder:
    """The finder of faces; tests that need it skip where the models are not there."""
    try:
        return FaceFinder.load()
    except ModelsMissing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def reader() -> FaceReader:
    """Everything that reads faces, with the bands that are measured here."""
    try:
        return FaceReader.load()
    except ModelsMissing as missing:
        pytest.skip(str(missing))
