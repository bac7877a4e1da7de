"""Documents to test with, rendered small and once, so that the tests are quick."""

from __future__ import annotations

from functools import cache

from limen.specimen import GEOMETRIES, Light, Specimen, make

FORMATS = [format.value for format in GEOMETRIES]
PX_PER_MM = 200 / 25.4


@cache
def document(format: str, seed: int = 7, issuer: str = "UTO", side: str | None = None) -> Specimen:
    """A specimen under all three lights at 200 ppi."""
    return make(format, seed, issuer, 200, side=side)


@cache
def white(format: str, seed: int = 7, issuer: str = "UTO") -> Specimen:
    """A specimen under white light alone at 200 ppi."""
    return make(format, seed, issuer, 200, lights=(Light.WHITE,))
