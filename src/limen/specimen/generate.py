"""Endless labelled captures, for benchmarks and tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from limen.icao.mrz import Format
from limen.specimen.capture import Style, capture
from limen.specimen.geometry import GEOMETRIES
from limen.specimen.issuers import ISSUERS
from limen.specimen.model import Capture, Light
from limen.specimen.render import draft, render

SOURCE_PPI = 400.0


def generate(
    n: int,
    seed: int,
    *,
    formats: Sequence[Format | str] = tuple(GEOMETRIES),
    issuers: Sequence[str] = tuple(ISSUERS),
    styles: Sequence[Style | str] = tuple(Style),
    light: Light | str = Light.WHITE,
    ppi: tuple[float, float] | None = None,
    typeface: str | None = None,
) -> Iterator[Capture]:
    """Gives `n` captures of the sides with a zone; formats take turns, all else is drawn from `seed`.

    `ppi` is the range of resolutions at the zone, else each style has its own. `typeface` prints all zones in
    that face (a name from `typefaces()` or the path of a font file). The same arguments give the same captures,
    and capture i does not depend on `n`.
    """
    for index in range(n):
        rng = np.random.default_rng([seed, index, 29])
        recipe = draft(
            formats[index % len(formats)],
            int(rng.integers(2**31)),
            str(rng.choice(list(issuers))),
            SOURCE_PPI,
            lights=(Light(light),),
            typeface=typeface,
        )
        style = str(rng.choice([str(style) for style in styles]))
        resolution = None if ppi is None else float(rng.uniform(*ppi))
        yield capture(render(recipe), int(rng.integers(2**31)), style, light=light, ppi=resolution)
