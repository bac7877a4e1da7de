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
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.samples import load, shared
from limen.node.images.faces import find_faces
from limen.node.images.fingerprint import ALIKE, fingerprint, similarity
from limen.node.images.masking import Proposal, apply, cover, propose
from limen.node.images.masks import Mask
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


def fingerprints(captures: Iterable[Capture]) -> list[str]:
    """Whether the same artwork is found again, as lines of a Markdown table."""
    vectors, issuers, artworks, kept = [], [], [], []
    for one in captures:
        proposal = propose(one.image)
        masked = apply(one.image, proposal.masks)
        vector = fingerprint(masked, proposal.masks, proposal.windows)
        if vector is not None:
            vectors.append(vector)
            issuers.append(one.truth.issuer)
            artworks.append((one.truth.issuer, one.truth.format, one.truth.side))
            kept.append(_changed(masked, proposal, vector))
    alike = np.array(vectors) @ np.array(vectors).T
    rows = [f"| fingerprints | {len(vectors)} of {len(set(artworks))} artworks of {len(set(issuers))} issuers |"]
    for name, labels in (("artwork", artworks), ("issuer", issuers)):
        same = np.array([[a == b for b in labels] for a in labels])
        rows += _found(name, alike, same)
    for name, values in zip(_CHANGES, np.array(kept).T, strict=True):
        rows.append(
            f"| {name}: cosine, median, 5th percentile | {np.median(values):.3f}, {np.percentile(values, 5):.3f} |"
        )
    return rows


def _found(name: str, alike: NDArray[np.float32], same: NDArray[np.bool_]) -> list[str]:
    order = np.argsort(-(alike - 9 * np.eye(len(alike))), axis=1)
    hits = [[bool(same[i, j]) for j in order[i, :5]] for i in range(len(alike)) if same[i].sum() > 1]
    pairs = np.triu_indices(len(alike), 1)
    over = alike[pairs] >= ALIKE
    true, false = over[same[pairs]].mean(), over[~same[pairs]].mean()
    return [
        f"| same {name} is nearest, is among the nearest five | {100 * np.mean([h[0] for h in hits]):.1f} %, "
        f"{100 * np.mean([any(h) for h in hits]):.1f} % of {len(hits)} |",
        f"| pairs of the same {name}, of others, at a cosine of {ALIKE} and above | {100 * true:.1f} %, "
        f"{100 * false:.2f} % |",
    ]


_CHANGES = ("half as large", "JPEG of quality 40", "brighter, less contrast", "turned by 2.5 degrees", "cropped by 3 %")


def _changed(masked: NDArray[np.uint8], proposal: Proposal, vector: NDArray[np.float32]) -> list[float]:
    """How alike a picture stays under changes, its masks and windows going with it where it is turned or cropped."""
    height, width = masked.shape[:2]
    half = np.asarray(cv2.resize(masked, (width // 2, height // 2), interpolation=cv2.INTER_AREA), np.uint8)
    coded = cv2.imencode(".jpg", masked, [cv2.IMWRITE_JPEG_QUALITY, 40])[1]
    bright = np.clip(masked.astype(np.float32) * 0.75 + 55, 0, 255).astype(np.uint8)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 2.5, 1.0)
    crop = np.array([[1 / 0.94, 0, -0.03 / 0.94 * width], [0, 1 / 0.94, -0.03 / 0.94 * height]])
    plain = [half, np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8), bright]
    values = [_likeness(vector, fingerprint(one, proposal.masks, proposal.windows)) for one in plain]
    for way in (turn, crop):
        # As if a copy had been taken: the windows are found up to a millimetre, here they stay where they were.
        moved = np.asarray(cv2.warpAffine(masked, way, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)
        windows = [_moved(quad, way, (width, height)) for quad in proposal.windows]
        masks = [Mask(tuple(_clip(_moved(m.points, way, (width, height)))), m.kind) for m in proposal.masks]
        values.append(_likeness(vector, fingerprint(moved, masks, windows)))
    return values


def _moved(points: Any, way: NDArray[np.float64], size: tuple[int, int]) -> Any:
    if points is None:
        return None
    places = np.asarray(points) * size @ way[:, :2].T + way[:, 2]
    return tuple((float(x), float(y)) for x, y in places / size)


def _clip(points: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    for x, y in points:
        yield min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)


def _likeness(one: NDArray[np.float32], other: NDArray[np.float32] | None) -> float:
    return 0.0 if other is None else similarity(one, other)


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
    parser.add_argument("counts", nargs="*", type=int, default=[400, 100, 240])
    parser.add_argument("--look", type=Path, help="write the public specimens, before and after, into this folder")
    args = parser.parse_args()
    plain, falsified, finger = (*args.counts, 0, 0, 0)[:3]
    frauds = [fraud.name for fraud in FRAUDS.values() if fraud.needs in (Needs.NOTHING, Needs.ZONE)]
    for title, count, seed, names in (("captures", plain, 4001, ()), ("falsified", falsified, 4002, frauds)):
        if count:
            print(f"\n{count} {title}\n\n| | |\n|---|---|")
            print("\n".join(measure(generate(count, seed, ppi=PPI, frauds=names))))
    if finger:
        print("\n| | |\n|---|---|\n" + "\n".join(fingerprints(generate(finger, 4003, ppi=PPI))))
    print("\n".join(public(args.look)))


if __name__ == "__main__":
    main()
