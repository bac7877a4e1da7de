"""Captures of documents that exist nowhere, laid flat by their truth, each made once."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from bench.true_pages import true_page

from limen.icao.mrz import Mrz, parse
from limen.reference.learning import Captured
from limen.specimen import apply_fraud, capture_lights, make
from limen.vision.page import Page

PPI = 330.0


@lru_cache(maxsize=64)
def captured(seed: int, issuer: str = "UTO", fraud: str = "") -> Captured:
    """One passport under three lights."""
    specimen = make("TD3", seed, issuer, ppi=PPI)
    specimen = apply_fraud(specimen, fraud, seed) if fraud else specimen
    page = true_page(capture_lights(specimen, seed, ppi=PPI).values())
    digest = hashlib.sha256(f"{seed} {issuer} {fraud}".encode()).hexdigest()
    return Captured(f"{issuer}-{seed}", (page,), (digest,), zone(specimen.truth.lines))


def page(seed: int, issuer: str = "UTO", fraud: str = "") -> Page:
    """Its page."""
    return captured(seed, issuer, fraud).pages[0]


def zone(lines: tuple[str, ...]) -> Mrz:
    """The zone taken apart."""
    return parse(lines)
