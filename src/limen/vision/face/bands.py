"""What a distance between two faces means: match, to be looked at, or no match, with the measured rates.

The bands belong to one embedder and one kind of pair, and were measured; docs/face.md says on what. An agency measures
its own with `limen face calibrate`, which writes the file that is read here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from limen.vision.face.model import Place
from limen.vision.face.models import models_folder
from limen.vision.face.rates import Rate

VARIABLE = "LIMEN_FACE_BANDS"
"""The environment variable that names the file of an agency's own bands."""
NAME = "face-bands.json"
"""The file in the folder of the models, where the variable names none."""


class BadBands(Exception):  # noqa: N818 - named for what it is about
    """An agency's file of bands cannot be used; the text is one sentence that says why."""


class Pair(StrEnum):
    """What is compared with what."""

    CLEAR = "clear"
    """Neither is a print: the live picture and the chip's."""
    PRINT = "print"
    """One is a print, and so grey, blurred or overprinted."""
    COPY = "copy"
    """The chip's portrait and its print, which most States make of one photograph."""
    GHOST = "ghost"
    """One is the small second portrait."""


class Meaning(StrEnum):
    """What a distance says."""

    MATCH = "match"
    REVIEW = "review"
    NO_MATCH = "no match"


@dataclass(frozen=True, slots=True)
class Bands:
    """The two thresholds of one embedder for one kind of pair."""

    match: float
    """Up to here two faces match."""
    review: float
    """Beyond this they do not; between the two an officer decides."""
    false_match: Rate
    """Of strangers, at `match`."""
    false_non_match: Rate
    """Of bearers, at `match`: those who are not passed at once."""
    review_false_match: Rate
    """Of strangers, at `review`: those who are not turned away at once."""
    review_false_non_match: Rate
    """Of bearers, at `review`: those who would be referred."""
    measured_on: str
    """Words for the pairs: how many people, what pictures."""

    def meaning(self, distance: float) -> Meaning:
        """In which band a distance lies."""
        if distance <= self.match:
            return Meaning.MATCH
        return Meaning.REVIEW if distance <= self.review else Meaning.NO_MATCH

    def margin(self, distance: float) -> float:
        """From +1 at distance 0 over 0 at `match` to -1 at 2 (TR-03135-1, 5.5)."""
        if distance <= self.match:
            return 1 - distance / self.match
        return max(-1.0, (self.match - distance) / (2 - self.match))


def pair_of(one: Place, other: Place) -> Pair:
    """The kind of pair that two places make."""
    places = {one, other}
    if Place.GHOST in places:
        return Pair.GHOST
    if places == {Place.CHIP, Place.PRINTED}:
        return Pair.COPY
    return Pair.PRINT if places & {Place.PRINTED, Place.PASSPORT} else Pair.CLEAR


def bands_file() -> Path:
    """Where an agency's own bands are."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else models_folder() / NAME


def load_bands(embedder: str, path: Path | None = None) -> Mapping[Pair, Bands]:
    """The bands of an embedder: the agency's own where there are some, else those measured here, else none.

    Raises `BadBands` where the agency's file cannot be used: others must not silently take its place.
    """
    path = path or bands_file()
    measured = dict(MEASURED.get(embedder, {}))
    if path.exists():
        measured.update(read_bands(path).get(embedder, {}))
    elif os.environ.get(VARIABLE) and path == bands_file():
        raise BadBands(f"{path} is missing, which ${VARIABLE} names.")
    return measured


def read_bands(path: Path) -> dict[str, dict[Pair, Bands]]:
    """From the file that `write_bands` made. Raises `BadBands`."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(embedder): {Pair(kind): _bands(values) for kind, values in kinds.items()}
            for embedder, kinds in given.items()
        }
    except OSError as error:
        raise BadBands(f"{path} cannot be read ({error.strerror}).") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadBands(f"{path} does not hold thresholds as `limen face calibrate` writes them.") from error


def write_bands(path: Path, embedder: str, kind: Pair, bands: Bands) -> None:
    """Add the bands of one embedder for one kind of pair to a file, whole or not at all."""
    held = read_bands(path) if path.exists() else {}
    held.setdefault(embedder, {})[kind] = bands
    text = json.dumps({name: {k.value: asdict(b) for k, b in kinds.items()} for name, kinds in held.items()}, indent=2)
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(path.name + ".part")
    scratch.write_text(text + "\n", encoding="utf-8")
    scratch.replace(path)


def _bands(values: dict[str, object]) -> Bands:
    match, review = _distance(values["match"]), _distance(values["review"])
    if not 0 < match <= review:
        raise ValueError("thresholds out of order")
    return Bands(
        match,
        review,
        _rate(values["false_match"]),
        _rate(values["false_non_match"]),
        _rate(values["review_false_match"]),
        _rate(values["review_false_non_match"]),
        str(values["measured_on"]),
    )


def _distance(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 2:
        raise ValueError("a distance lies between 0 and 2")
    return float(value)


def _rate(values: object) -> Rate:
    if not isinstance(values, dict):
        raise TypeError("no rate")
    shares = [float(values[name]) for name in ("value", "low", "high")]
    if not all(0 <= share <= 1 for share in shares) or not np.isfinite(shares).all():
        raise ValueError("a rate lies between 0 and 1")
    return Rate(shares[0], shares[1], shares[2], int(values["of"]))


_ON = "603 public pictures of 104 people and others, and what bench.face_simulation made of them (docs/face.md)"

MEASURED: Mapping[str, Mapping[Pair, Bands]] = {
    "dlib-resnet-v1": {
        Pair.CLEAR: Bands(
            0.280,
            0.338,
            Rate(0.000953, 0.000858, 0.001060, 357652),
            Rate(0.123142, 0.112028, 0.135190, 3094),
            Rate(0.034539, 0.033946, 0.035143, 357652),
            Rate(0.009696, 0.006800, 0.013808, 3094),
            _ON,
        ),
        Pair.PRINT: Bands(
            0.280,
            0.340,
            Rate(0.000973, 0.000876, 0.001081, 357652),
            Rate(0.125081, 0.113887, 0.137204, 3094),
            Rate(0.039136, 0.038505, 0.039776, 357652),
            Rate(0.009373, 0.006534, 0.013429, 3094),
            _ON,
        ),
        Pair.COPY: Bands(
            0.207,
            0.316,
            Rate(0.000098, 0.000070, 0.000136, 357652),
            Rate(0.000000, 0.000000, 0.006341, 602),
            Rate(0.009783, 0.009466, 0.010111, 357652),
            Rate(0.000000, 0.000000, 0.006341, 602),
            _ON,
        ),
        Pair.GHOST: Bands(
            0.268,
            0.336,
            Rate(0.000940, 0.000780, 0.001132, 117062),
            Rate(0.588832, 0.519062, 0.655204, 197),
            Rate(0.099460, 0.097759, 0.101188, 117062),
            Rate(0.081218, 0.050609, 0.127847, 197),
            _ON,
        ),
    }
}
"""By the embedder's name: as `python -m bench.faces` measured and `bands_at` set them, at a false match rate of 1 in
1,000, for the copy of one photograph of 1 in 10,000."""
