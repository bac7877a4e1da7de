"""Limen: `read_zone`, as the verifier calls it."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from bench.peers import Image, Reader, Reading
from limen.vision import read_zone

NAME = "Limen"


def load(tessdata: Path | None) -> Reader:
    return Reader(f"Limen {version('limen')}", _read)


def _read(image: Image) -> Reading:
    zone = read_zone(image)
    return Reading(()) if zone is None else Reading(zone.text, zone.confidence)
