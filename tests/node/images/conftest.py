"""Captures of generated documents that several tests look at, made once."""

from __future__ import annotations

import pytest

from limen.specimen import Capture, Light, capture, make


@pytest.fixture(scope="session")
def captures() -> list[Capture]:
    """One of each format, seen in turn by a scanner, a reader and a phone, upright and not."""
    ways = [
        ("TD1", "phone"),
        ("TD2", "scan"),
        ("TD3", "reader"),
        ("TD3", "phone"),
        ("MRV-A", "scan"),
        ("MRV-B", "phone"),
    ]
    return [
        capture(make(name, 60 + seed, lights=(Light.WHITE,), ppi=300), seed, style, ppi=170, rotation=67.0 * seed)
        for seed, (name, style) in enumerate(ways)
    ]


@pytest.fixture(scope="session")
def passport(captures: list[Capture]) -> Capture:
    """A passport in a reader."""
    return captures[2]
