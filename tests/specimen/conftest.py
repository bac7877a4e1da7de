"""What the tests of specimens share."""

from __future__ import annotations

import pytest

from .documents import FORMATS


@pytest.fixture(params=FORMATS)
def format(request: pytest.FixtureRequest) -> str:
    """Each of the five formats."""
    return str(request.param)
