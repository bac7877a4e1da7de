"""Development measurements of the comparison with learned artwork: margins of genuine pages and of each fraud.

    python -m bench.artwork_dev --models UTO:TD3:front QVA:TD1:front --genuine 20 --frauds 6

Development issuers and seeds only (below 100000). Presses are not exact (`limen.specimen.with_tolerance`), lamps and
sensors differ, and the page is laid flat with the residual error of a page that was found.
"""

from __future__ import annotations

import argparse
import pickle
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from bench.true_pages import true_matrix
from limen.icao.mrz import Format
from limen.specimen import FRAUDS, capture_lights, draft, falsified, render, with_tolerance
from limen.vision.artwork.comparing import FOUND, locate
from limen.vision.artwork.laid import lay
from limen.vision.artwork.learning import learn
from limen.vision.artwork.measuring import measure
from limen.vision.artwork.rules import RULES, judged
from limen.vision.light import Light
from limen.vision.page import SIZES_MM, Matrix, Page, Pixels, Quality, Side, laid_flat

CACHE = Path("/tmp/artwork")
MODELS = (
    "UTO:TD3:front", "QVA:TD3:front", "QNR:TD3:front", "UTO:TD1:front", "QVA:TD1:front", "QNR:TD2:front",
    "UTO:TD2:front", "QVA:MRV-A:front", "QNR:MRV-A:front", "UTO:TD1:back",
)  # fmt: skip


def roughly(rng: np.random.Generator, matrix: Matrix, size: tuple[float, float], spread_mm: float) -> Matrix:
    """A homography as it comes of finding: every corner some tenths of a millimetre away."""
    width, height = size
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    off = np.clip(rng.normal(0, spread_mm, (4, 2)), -1, 1) + np.clip(rng.normal(0, spread_mm, 2), -0.6, 0.6)
    return np.asarray(matrix @ cv2.getPerspectiveTransform(corners, (corners + off).astype(np.float32)))


def worn(rng: np.random.Generator, image: Pixels) -> Pixels:
    """Another lamp, another sensor: gain of each channel, gamma, a little blur."""
    gain = rng.normal(1, 0.02, 3) * rng.normal(1, 0.04)
    gamma = rng.uniform(0.94, 1.06)
    level = np.clip(np.arange(256)[:, None] / 255 * gain, 0, 1) ** gamma * 255
    out = np.dstack([cv2.LUT(np.ascontiguousarray(image[:, :, k]), level[:, k].astype(np.uint8)) for k in range(3)])
    return np.asarray(cv2.GaussianBlur(out, (0, 0), rng.uniform(0.25, 0.5)), dtype=np.uint8)


def document(model: str, seed: int, fraud: str | None = None) -> Page:
    """One document of a model ("UTO:TD3:front"), captured by a reader under three lights and laid flat."""
    assert seed < 100000
    kept = CACHE / f"{model.replace(':', '_')}_{seed}_{fraud or 'genuine'}.pickle"
    if kept.exists():
        return pickle.loads(kept.read_bytes())
    issuer, name, side = model.split(":")
    rng = np.random.default_rng([seed, 77])
    recipe = with_tolerance(draft(name, seed, issuer, 400.0, side=side), seed)
    if fraud:
        recipe = falsified(recipe, fraud, seed)
    format = Format(name)
    rough = roughly(rng, np.eye(3), SIZES_MM[format], 0.25)
    sheets, ppi = {}, 0.0
    for light, one in capture_lights(render(recipe), int(rng.integers(2**31))).items():
        known = Light(light.value)
        near = roughly(rng, rough, SIZES_MM[format], 0.0 if known is Light.WHITE else 0.07)
        sheets[known] = laid_flat(worn(rng, one.image), true_matrix(one) @ near, format, known)
        ppi = ppi or one.truth.ppi
    page = Page(format, Side(side), sheets, Quality(ppi=ppi, edge_mm=0.12))
    CACHE.mkdir(exist_ok=True)
    kept.write_bytes(pickle.dumps(page))
    return page


def possible(model: str) -> list[str]:
    issuer, name, side = model.split(":")
    recipe = draft(name, 1, issuer, 400.0, side=side)
    return [name for name, fraud in FRAUDS.items() if fraud.possible(recipe)]


Row = tuple[str, str | None, int, dict[str, tuple[float, float]], float]
"""Model, fraud, seed, value and margin by measure, seconds of processor time."""


def measured(model: str, learned: range, genuine: range, frauds: range) -> Iterator[Row]:
    """Every measure of every document against a reference learned from the first ones."""
    art = learn([document(model, seed) for seed in learned])
    wanted = [(None, seed) for seed in genuine] + [(name, seed) for name in possible(model) for seed in frauds]
    for fraud, seed in wanted:
        page = document(model, seed, fraud)
        start = time.process_time()
        laid = lay(page, art, locate(page, art))
        found, _ = measure(page, laid, art)
        took = time.process_time() - start
        judgements = {name: judged(name, one, art) for name, one in found.items()}
        margins = {name: (found[name].value, one.margin) for name, one in judgements.items() if one is not None}
        if laid.placement.agreement < FOUND:
            margins["not found"] = (laid.placement.agreement, -1.0)
        yield model, fraud, seed, margins, took


def report(rows: list[Row]) -> None:
    """For each fraud how many deviate, and in what; of genuine ones which do, and the least margin of each measure."""
    for fraud in dict.fromkeys(row[1] for row in rows):
        these = [row[3] for row in rows if row[1] == fraud]
        bad = [[name for name, (_, margin) in one.items() if margin < 0] for one in these]
        names = Counter(name for one in bad for name in one)
        print(f"{fraud or 'genuine':24s} {sum(map(bool, bad)):3d} of {len(bad):3d}  {dict(names.most_common())}")
    for name in RULES:
        margins = [row[3][name][1] for row in rows if row[1] is None and name in row[3]]
        if margins:
            print(f"  {name:18s} least margin of genuine documents {min(margins):+.2f} (of {len(margins)})")
    print(f"median processor time of a comparison {np.median([row[4] for row in rows]):.3f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", nargs="+", default=MODELS)
    parser.add_argument("--genuine", type=int, default=20)
    parser.add_argument("--frauds", type=int, default=4)
    given = parser.parse_args()
    cv2.setNumThreads(1)
    rows: list[Row] = []
    for model in given.models:
        rows += measured(model, range(1, 6), range(6, 6 + given.genuine), range(101, 101 + given.frauds))
    report(rows)


if __name__ == "__main__":
    main()
