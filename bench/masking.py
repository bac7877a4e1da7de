"""How well the proposed masks hide what is personal, and how well fingerprints find the same artwork again.

    .venv/bin/python -m bench.masking [captures] [falsified captures] [captures for fingerprints]

The captures are made from seeds by `limen.specimen`, which knows where everything is printed. The public specimens
have no such truth: for them only the number of pages found is given, and `--look FOLDER` writes pictures to look at.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.samples import load, shared
from limen.node.images.faces import find_faces
from limen.node.images.masking import Proposal, apply, cover, propose
from limen.specimen import FRAUDS, Capture, Needs, Truth, generate
from limen.vision import read_zone

PPI = (120.0, 400.0)
OPEN_FIELDS = frozenset({"viz.type", "viz.code"})
"""Of the visual zone: the document's type and its issuer are no personal data."""
COVERED = 0.995
"""Of an item's area, from which on it counts as hidden: outlines are rounded to whole pixels."""


def personal(truth: Truth) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """What is personal in a picture: a group and an outline in pixels."""
    for item in truth.fields:
        quad = np.asarray(item.quad, np.float64)
        if item.name.startswith("viz.") and item.name not in OPEN_FIELDS:
            yield "entries", quad
        elif item.name in ("portrait", "ghost", "signature"):
            yield item.name, quad
    for line in truth.line_quads:
        yield "MRZ lines", np.asarray(line, np.float64)


def hidden_share(covered: NDArray[np.uint8], quad: NDArray[np.float64]) -> float:
    """The share of an outline's pixels that the masks cover."""
    inside = np.zeros_like(covered)
    cv2.fillPoly(inside, [np.round(quad).astype(np.int32)], 255)
    pixels = int(np.count_nonzero(inside))
    return np.count_nonzero(inside & covered) / pixels if pixels else 1.0


def measure(captures: Iterable[Capture]) -> list[str]:
    """Coverage by group, and of whole pictures, as lines of a Markdown table."""
    areas: dict[str, list[float]] = defaultdict(list)
    sure: list[bool] = []
    clean: list[bool] = []
    again: list[bool] = []
    opened: list[float] = []
    times: list[float] = []
    for one in captures:
        zone = read_zone(one.image)
        started = time.perf_counter()
        proposal = propose(one.image, zone)
        times.append(time.perf_counter() - started)
        covered = cover(proposal.masks, (one.image.shape[1], one.image.shape[0]))
        shares = [(group, hidden_share(covered, quad)) for group, quad in personal(one.truth)]
        for group, value in shares:
            areas[group].append(value)
        sure.append(proposal.sure)
        clean.append(all(value >= COVERED for _, value in shares))
        if not clean[-1]:
            print("not clean:", one.truth.format, one.style, [(g, round(v, 3)) for g, v in shares if v < COVERED])
        masked = apply(one.image, proposal.masks)
        again.append(bool(read_zone(masked)) or bool(find_faces(masked)))
        opened.append(1 - np.count_nonzero(covered) / covered.size)
    rows = [f"| {group} hidden, mean of areas | {100 * np.mean(v):.2f} % of {len(v)} |" for group, v in areas.items()]
    return [
        *rows,
        f"| pictures with nothing personal left | {sum(clean)} of {len(clean)} ({100 * np.mean(clean):.1f} %) |",
        f"| pictures whose page was found (the others are masked whole) | {sum(sure)} of {len(sure)} |",
        f"| zone read or face seen after masking | {sum(again)} of {len(again)} |",
        f"| left open, median | {100 * np.median(opened):.1f} % of the picture |",
        f"| time to propose, the zone being read, median and longest | "
        f"{1000 * np.median(times):.0f} ms, {1000 * max(times):.0f} ms |",
    ]


def public(folder: Path | None) -> list[str]:
    """The public specimens: how many pages are found, and pictures to look at."""
    rows, found = shared(), 0
    for row in rows:
        image = load(row.path)
        proposal = propose(image)
        found += proposal.sure
        if folder and proposal.sure:
            folder.mkdir(parents=True, exist_ok=True)
            both = _side_by_side(image, proposal)
            cv2.imwrite(str(folder / (Path(row.path).stem + ".png")), both[:, :, ::-1])
    return [f"| public specimens whose page was found | {found} of {len(rows)} |"]


def _side_by_side(image: NDArray[np.uint8], proposal: Proposal) -> NDArray[np.uint8]:
    factor = min(1.0, 700 / max(image.shape[:2]))
    both = (image, apply(image, proposal.masks))
    size = (max(1, round(image.shape[1] * factor)), max(1, round(image.shape[0] * factor)))
    return np.hstack([np.asarray(cv2.resize(one, size, interpolation=cv2.INTER_AREA), np.uint8) for one in both])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("counts", nargs="*", type=int, default=[400, 200, 240])
    parser.add_argument("--look", type=Path, help="write the public specimens, before and after, into this folder")
    args = parser.parse_args()
    plain, falsified, finger = (*args.counts, 0, 0, 0)[:3]
    frauds = [fraud.name for fraud in FRAUDS.values() if fraud.needs is not Needs.PORTRAIT]
    for title, count, seed, names in (("captures", plain, 4001, ()), ("falsified", falsified, 4002, frauds)):
        if count:
            print(f"\n{count} {title}\n\n| | |\n|---|---|")
            print("\n".join(measure(generate(count, seed, ppi=PPI, frauds=names))))
    print("\n".join(public(args.look)))


if __name__ == "__main__":
    main()
