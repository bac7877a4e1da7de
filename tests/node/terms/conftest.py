"""What is kept in the process is forgotten between tests: each test's database is rolled back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from limen.node.terms.editions import forget


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    forget()
    yield
    forget()
