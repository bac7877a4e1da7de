"""Endless labelled captures, for benchmarks and tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from limen.icao.mrz import Format
from limen.specimen.capture import Style, capture
from limen.specimen.frauds import FRAUDS, Needs, falsified
from limen.specimen.geometry import GEOMETRIES, Side
from limen.specimen.issuers import ISSUERS
from limen.specimen.model import Capture, Light
from limen.specimen.recipe import Recipe
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
    frauds: Sequence[str] = (),
    without_zone: float = 0.0,
) -> Iterator[Capture]:
    """Gives `n` captures of the sides with a zone; formats take turns, all else is drawn from `seed`.

    `ppi` is the range of resolutions at the zone, else each style has its own. `typeface` prints all zones in
    that face (a name from `typefaces()` or the path of a font file). With `frauds`, each document has one of
    these done to it, in turn. `without_zone` is the share that shows a card's front instead, where no zone is to
    be found. Raises `UnknownNameError` for any name that stands for nothing. The same arguments give the same captures,
    and capture i does not depend on `n`.
    """
    for index in range(n):
        rng = np.random.default_rng([seed, index, 29])
        bare = rng.random() < without_zone
        fraud = frauds[index % len(frauds)] if frauds else None
        recipe = _drafted(
            rng,
            Format.TD1 if bare else formats[index % len(formats)],
            fraud,
            bare=bare,
            issuer=str(rng.choice(list(issuers))),
            light=Light(light),
            typeface=typeface,
        )
        style = str(rng.choice([str(style) for style in styles]))
        resolution = None if ppi is None else float(rng.uniform(*ppi))
        yield capture(render(recipe), int(rng.integers(2**31)), style, light=light, ppi=resolution)


def _drafted(
    rng: np.random.Generator,
    format: Format | str,
    fraud: str | None,
    *,
    bare: bool,
    issuer: str,
    light: Light,
    typeface: str | None,
) -> Recipe:
    """The recipe of one document, falsified where `fraud` is possible on its side; `bare` is a side with no zone."""
    seed = int(rng.integers(2**31))
    portrait = fraud in FRAUDS and FRAUDS[str(fraud)].needs in (Needs.PORTRAIT, Needs.ENTRIES)
    side = Side.FRONT if bare or portrait else None
    recipe = draft(format, seed, issuer, SOURCE_PPI, side=side, lights=(light,), typeface=typeface)
    if fraud is None or (fraud in FRAUDS and not FRAUDS[fraud].possible(recipe)):
        return recipe
    return falsified(recipe, fraud, seed)
