"""How surely faces are found and compared: `python -m bench.faces FOLDER [--save FILE] [--limit N]`.

FOLDER has one folder for each person, named SET__PERSON, with two or more pictures. A folder SET__others holds
pictures of different people that are nobody else's: they are compared with the others' alone. No data set is part of
Limen; docs/face.md names those that its figures come from.

Of every picture a portrait as on a chip, a good and a bad print, and a ghost image are made (`bench.face_simulation`).
A genuine pair is the live picture of a person and what was made of ANOTHER picture of the same person, or two things
made of the same picture where a document carries the same portrait twice (chip and print, print and ghost).
"""

from __future__ import annotations

import argparse
import pickle
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from bench.face_simulation import bad_print, chip_like, ghost, good_print
from limen.vision.face import FaceFinder
from limen.vision.face.embedding import load_embedder
from limen.vision.face.rates import Trials, rate

MADE = ("live", "chip", "print", "bad", "ghost")
PAIRS = (
    ("live", "chip", False), ("live", "print", False), ("live", "bad", False), ("chip", "print", True),
    ("chip", "bad", True), ("print", "ghost", True), ("bad", "ghost", True),
)  # fmt: skip
"""What is compared with what, and whether both are made of the same picture."""


@dataclass
class One:
    """One picture and all that was made of it; a template is None where no face was found."""

    person: str
    picture: str
    templates: dict[str, np.ndarray | None]

    @property
    def set(self) -> str:
        return self.person.split("__")[0]


def gather(folder: Path, limit: int) -> list[One]:
    finder, embedder = FaceFinder.load(), load_embedder()
    found = []
    for number, path in enumerate(sorted(p for p in folder.glob("*__*/*") if p.is_file())):
        if limit and number % limit:
            continue
        picture = cv2.imread(str(path))
        if picture is None:
            continue
        live = np.ascontiguousarray(picture[:, :, ::-1])
        faces = finder.find(live)
        made = {"live": live}
        if faces:
            chip = chip_like(live, faces[0], number)
            made |= {"chip": chip, "print": good_print(chip, number)}
            if number % 3 == 0:
                made |= {"bad": bad_print(chip, number), "ghost": ghost(chip, number)}
        templates: dict[str, np.ndarray | None] = {}
        for kind, image in made.items():
            seen = faces if kind == "live" else finder.find(image)
            templates[kind] = embedder.embed(image, seen[0]) if seen else None
        found.append(One(path.parent.name, path.name, templates))
        if number % 100 == 0:
            print(number, path.parent.name, f"{time.process_time():.0f} s", flush=True)
    return found


def detection(found: list[One]) -> None:
    print("\n| set | " + " | ".join(MADE) + " |\n|---|" + "---|" * len(MADE))
    for name in [*sorted({one.set for one in found}), "all"]:
        cells = []
        for kind in MADE:
            asked = [one.templates[kind] for one in found if name in (one.set, "all") and kind in one.templates]
            cells.append(f"{sum(t is not None for t in asked)}/{len(asked)}")
        print(f"| {name} | " + " | ".join(cells) + " |")


def compare(found: list[One], a: str, b: str, same: bool) -> tuple[Trials, dict[tuple[str, str], np.ndarray]]:
    """Distances of all pairs, and by the two persons for the bootstrap."""
    ones = [one for one in found if one.templates.get(a) is not None]
    others = [one for one in found if one.templates.get(b) is not None]
    left = np.stack([one.templates[a] for one in ones])  # type: ignore[arg-type]
    right = np.stack([one.templates[b] for one in others])  # type: ignore[arg-type]
    distances = np.sqrt(np.clip(2 - 2 * left @ right.T, 0, 4))
    people = {name: n for n, name in enumerate(sorted({one.person for one in found}))}
    p, q = np.array([people[o.person] for o in ones]), np.array([people[o.person] for o in others])
    nobody = np.array([o.person.endswith("__others") for o in ones])
    identical = np.array([[o.picture == w.picture and o.person == w.person for w in others] for o in ones])
    alike = p[:, None] == q[None, :]
    genuine = alike & (identical if same else ~identical) & (True if same else ~nobody[:, None])
    impostor = ~alike
    grouped = {"genuine": (p, distances, genuine), "impostor": (p, q, distances, impostor)}
    return Trials.of(distances[genuine], distances[impostor]), grouped  # type: ignore[return-value]


def by_people(grouped: dict, threshold: float, rounds: int = 500) -> tuple[str, str]:
    """95 % intervals of false match and false non-match, people drawn anew: pairs of one person are not independent."""
    rng = np.random.default_rng(1)
    p, distances, genuine = grouped["genuine"]
    _, q, _, impostor = grouped["impostor"]
    count = int(max(p.max(), q.max())) + 1
    wrong, of, passed, tried = np.zeros(count), np.zeros(count), np.zeros((count, count)), np.zeros((count, count))
    np.add.at(wrong, p, (genuine & (distances > threshold)).sum(axis=1))
    np.add.at(of, p, genuine.sum(axis=1))
    np.add.at(passed, (p[:, None] + 0 * q, q[None, :] + 0 * p[:, None]), impostor & (distances <= threshold))
    np.add.at(tried, (p[:, None] + 0 * q, q[None, :] + 0 * p[:, None]), impostor)
    missed, matched = [], []
    for _ in range(rounds):
        w = np.bincount(rng.integers(0, count, count), minlength=count).astype(float)
        missed.append((w @ wrong) / max(1, w @ of))
        matched.append((w @ passed @ w) / max(1, w @ tried @ w))
    low_high = [np.quantile(x, (0.025, 0.975)) for x in (matched, missed)]
    return tuple(f"{a:.2%} to {b:.2%}" for a, b in low_high)  # type: ignore[return-value]


def report(found: list[One]) -> None:
    people = len({one.person for one in found})
    print(f"\n{len(found)} pictures, {people} people")
    detection(found)
    print("\n| pair | genuine | impostor | EER | at FMR | threshold | FNMR | FMR by people | FNMR by people |")
    print("|---|---|---|---|---|---|---|---|---|")
    for a, b, same in PAIRS:
        trials, grouped = compare(found, a, b, same)
        for false_match in (0.0001, 0.001, 0.01):
            t = trials.threshold(false_match)
            fm, fnm = by_people(grouped, t)
            print(
                f"| {a}-{b} | {len(trials.genuine)} | {len(trials.impostor)} | {trials.equal_error():.2%} "
                f"| {false_match:.2%} | {t:.3f} | {trials.false_non_match(t)} | {fm} | {fnm} |"
            )
    print("\nlive-chip by set, all at the one threshold of FMR 0.1 %")
    t = compare(found, "live", "chip", False)[0].threshold(0.001)
    for name in sorted({one.set for one in found}):
        trials, _ = compare([one for one in found if one.set == name], "live", "chip", False)
        print(f"| {name} | FNMR {trials.false_non_match(t)} of {len(trials.genuine)} "
              f"| FMR {trials.false_match(t)} of {len(trials.impostor)} |")  # fmt: skip
    halves: dict[int, list[One]] = defaultdict(list)
    for number, person in enumerate(sorted({one.person for one in found})):
        halves[number % 2] += [one for one in found if one.person == person]
    for mine, other in ((0, 1), (1, 0)):
        t = compare(halves[mine], "live", "chip", False)[0].threshold(0.001)
        held = compare(halves[other], "live", "chip", False)[0]
        print(f"threshold {t} of half {mine} on the other half's people: FMR {held.false_match(t)}, "
              f"FNMR {held.false_non_match(t)}")  # fmt: skip
    asked = [one for one in found if "bad" in one.templates]
    print("bad prints found:", rate(sum(one.templates["bad"] is not None for one in asked), len(asked)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--save", type=Path, help="keep the templates for another report")
    parser.add_argument("--limit", type=int, default=0, help="take every Nth picture alone")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    if options.save and options.save.exists():
        found = pickle.loads(options.save.read_bytes())
    else:
        found = gather(options.folder, options.limit)
        if options.save:
            options.save.write_bytes(pickle.dumps(found))
    report(found)


if __name__ == "__main__":
    main()
