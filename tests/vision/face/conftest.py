"""The networks, where they are installed; no test fetches them."""

from __future__ import annotations

import pytest

from limen.vision.face import FaceFinder, ModelsMissing


@pytest.fixture(scope="session")
def finder() -> FaceFinder:
    """The finder of faces; tests that need it skip where the models are not there."""
    try:
        return FaceFinder.load()
    except ModelsMissing as missing:
        pytest.skip(str(missing))
