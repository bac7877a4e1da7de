"""Measure an embedder on an agency's own pictures, and set its thresholds (ISO/IEC 19795-1).

The pictures come as a folder with one folder for each person, or as a table of pairs. Too few of them, or pictures that
cannot be what they are said to be, are refused: thresholds that rest on nothing are worse than none.
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from limen.vision.face.bands import Bands
from limen.vision.face.embedding import similarity
from limen.vision.face.model import Floats
from limen.vision.face.rates import Trials

LEAST_PEOPLE = 20
"""Fewer people do not stand for those who come to a counter."""
LEAST_GENUINE = 100
"""Pairs of one person."""
LEAST_FALSE_MATCHES = 10
"""So many false matches must be expected at the rate that is asked for: 10,000 pairs of strangers for 1 in 1,000."""
REVIEW_BEARERS = 0.01
"""Review ends where no more than this share of bearers lies beyond."""
REVIEW_STRANGERS = (0.01, 0.1)
"""But it holds at least, and at most, these shares of strangers: review must not become the rule."""
LARGEST_ERROR = 0.2
"""With a larger equal error rate than that, faces of one person and of two hardly differ: the pictures are mixed up."""

Template = Callable[[Path], Floats | None]
"""The template of the one face of a picture; None where it shows none, or several."""


class CannotCalibrate(Exception):  # noqa: N818 - a refusal, no fault of the program
    """Why no thresholds can be set on these pictures: one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pictures, and which pairs of them are of one person or of two."""

    genuine: tuple[tuple[Path, Path], ...]
    impostor: tuple[tuple[Path, Path], ...]
    people: int
    """How many; 0 where a table of pairs does not tell."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was measured."""

    bands: Bands
    trials: Trials
    faceless: tuple[Path, ...]
    """Pictures that show no face, or several, or cannot be read: left out."""


def pairs_of(source: Path) -> Pairs:
    """The pairs of a folder of people, or of a CSV file. Raises `CannotCalibrate`."""
    if source.is_dir():
        return _of_folder(source)
    if source.is_file():
        return _of_table(source)
    raise CannotCalibrate(f"{source} is neither a folder of people nor a table of pairs.")


def calibrate(pairs: Pairs, template: Template, false_match: float = 0.001, measured_on: str = "") -> Calibration:
    """Compare all pairs and set the thresholds. Raises `CannotCalibrate`."""
    _check_enough(len(pairs.genuine), len(pairs.impostor), pairs.people, false_match)
    pictures = sorted({one for pair in pairs.genuine + pairs.impostor for one in pair})
    templates = {one: template(one) for one in pictures}
    faceless = tuple(one for one in pictures if templates[one] is None)
    genuine = _distances(pairs.genuine, templates)
    impostor = _distances(pairs.impostor, templates)
    _check_enough(len(genuine), len(impostor), pairs.people, false_match, without=len(faceless))
    trials = Trials.of(genuine, impostor)
    error = trials.equal_error()
    if error > LARGEST_ERROR:
        raise CannotCalibrate(
            f"Pictures of one person and of two hardly differ (equal error rate {error:.0%}): see whether each folder "
            "holds one person, or whether the network fits its settings."
        )
    words = (
        measured_on or f"{len(pictures) - len(faceless)} pictures of {pairs.people or 'an unknown number of'} people"
    )
    return Calibration(bands_at(trials, false_match, words), trials, faceless)


def bands_at(trials: Trials, false_match: float, measured_on: str) -> Bands:
    """The thresholds: `match` lets this share of strangers pass, `review` ends where hardly a bearer lies beyond."""
    match = trials.threshold(false_match)
    least, most = (trials.threshold(share) for share in REVIEW_STRANGERS)
    review = max(match, least, min(most, trials.holds(1 - REVIEW_BEARERS)))
    return Bands(
        match,
        review,
        trials.false_match(match),
        trials.false_non_match(match),
        trials.false_match(review),
        trials.false_non_match(review),
        measured_on,
    )


def trade_off(trials: Trials) -> list[tuple[float, float, float]]:
    """Rows of (false match rate asked for, threshold, false non-match rate): the trade-off of the two errors."""
    asked = [share for share in (0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001) if share * len(trials.impostor) >= 1]
    found = [(share, trials.threshold(share)) for share in asked]
    return [(share, threshold, trials.false_non_match(threshold).value) for share, threshold in found]


def _check_enough(genuine: int, impostor: int, people: int, false_match: float, without: int = 0) -> None:
    left = f" without the {without} pictures that show no face or several" if without else ""
    if 0 < people < LEAST_PEOPLE:
        raise CannotCalibrate(f"There are {people} people; it takes at least {LEAST_PEOPLE}.")
    if genuine < LEAST_GENUINE:
        raise CannotCalibrate(f"There are {genuine} pairs of one person{left}; it takes at least {LEAST_GENUINE}.")
    least = round(LEAST_FALSE_MATCHES / false_match)
    if impostor < least:
        raise CannotCalibrate(
            f"There are {impostor:,} pairs of two people{left}; a false match rate of {false_match:g} takes at least "
            f"{least:,}."
        )


def _distances(pairs: Sequence[tuple[Path, Path]], templates: Mapping[Path, Floats | None]) -> list[float]:
    found = []
    for one, other in pairs:
        a, b = templates[one], templates[other]
        if a is not None and b is not None:
            found.append(similarity(a, b))
    return found


def _of_folder(folder: Path) -> Pairs:
    people = {
        person.name: sorted(one for one in person.iterdir() if one.is_file() and not one.name.startswith("."))
        for person in sorted(folder.iterdir())
        if person.is_dir() and not person.name.startswith(".")
    }
    people = {name: pictures for name, pictures in people.items() if pictures}
    if not people:
        raise CannotCalibrate(f"{folder} has no folder for each person with pictures in it.")
    _check_apart(people)
    genuine = [pair for pictures in people.values() for pair in combinations(pictures, 2)]
    impostor = [pair for a, b in combinations(people.values(), 2) for pair in _across(a, b)]
    return Pairs(tuple(genuine), tuple(impostor), len(people))


def _across(a: Sequence[Path], b: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    return ((one, other) for one in a for other in b)


def _check_apart(people: Mapping[str, Sequence[Path]]) -> None:
    """No picture stands twice: of two people it is a mistake, of one it would flatter."""
    seen: dict[str, list[Path]] = defaultdict(list)
    for pictures in people.values():
        for one in pictures:
            try:
                seen[hashlib.sha256(one.read_bytes()).hexdigest()].append(one)
            except OSError as error:
                raise CannotCalibrate(f"{one} cannot be read ({error.strerror}).") from error
    twice = next((paths for paths in seen.values() if len(paths) > 1), None)
    if twice:
        raise CannotCalibrate(f"{twice[0]} and {twice[1]} are the same picture: keep one of them.")


_SAME = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}


def _of_table(path: Path) -> Pairs:
    """A CSV file of three columns: two pictures, by their names from the file's folder, and whether they are of one."""
    genuine: list[tuple[Path, Path]] = []
    impostor: list[tuple[Path, Path]] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for number, row in enumerate(csv.reader(lines), 1):
                if not row or (number == 1 and len(row) == 3 and row[2].strip().lower() not in _SAME):
                    continue
                if len(row) != 3 or row[2].strip().lower() not in _SAME:
                    raise CannotCalibrate(f"Line {number} of {path} is not PICTURE,PICTURE,yes or no.")
                one, other = (path.parent / name.strip() for name in row[:2])
                for picture in (one, other):
                    if not picture.is_file():
                        raise CannotCalibrate(f"Line {number} of {path} names {picture.name}, which is not there.")
                if one == other:
                    raise CannotCalibrate(f"Line {number} of {path} compares a picture with itself.")
                (genuine if _SAME[row[2].strip().lower()] else impostor).append((one, other))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CannotCalibrate(f"{path} is not a table of pairs ({' '.join(str(error).split())}).") from error
    return Pairs(tuple(genuine), tuple(impostor), 0)
