"""Runs the benchmark and writes its tables into docs/benchmarks.md: make bench."""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import ImageFont

from bench import report, table
from bench.peers import READERS
from bench.samples import MADE, ROOT, Sample, falsified, made, shared, write_samples

PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
SEEDS = {"generated": 20261, "falsified": 20262, "cuts": 20263, "peers": 20264}
THREADS = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> None:
    asked = arguments()
    public = shared()
    generated = made("generated", asked.generated, SEEDS["generated"], reuse=asked.reuse)
    chosen = random.Random(SEEDS["peers"]).sample(generated, min(asked.peers, len(generated)))
    cuts = {
        " ".join(ImageFont.truetype(font).getname()) + f" ({font.name})": made(
            f"cut-{font.stem}", asked.cuts, SEEDS["cuts"], reuse=asked.reuse, typeface=str(font)
        )
        for font in asked.cut
    }
    frauds = falsified("falsified", asked.falsified, SEEDS["falsified"], reuse=asked.reuse)
    everything = [*public, *generated, *(one for cut in cuts.values() for one in cut), *frauds]
    results = [run(name, everything if name == READERS[0] else [*public, *chosen], asked) for name in asked.readers]
    write(page(public, generated, chosen, cuts, frauds, results))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--tessdata", type=folder, help="folder with mrz.traineddata for the peers on Tesseract")
    parser.add_argument("--cut", type=Path, action="append", default=[], help="font file that training did not see")
    parser.add_argument("--generated", type=int, default=500, help="captures made (default 500)")
    parser.add_argument("--falsified", type=int, default=500, help="captures of falsified documents (default 500)")
    parser.add_argument("--cuts", type=int, default=200, help="captures for each --cut (default 200)")
    parser.add_argument("--peers", type=int, default=60, help="of the captures made, how many the peers see")
    parser.add_argument("--readers", nargs="+", choices=READERS, default=list(READERS), help="Limen must be first")
    parser.add_argument("--reuse", action="store_true", help="take captures of an earlier run where they are enough")
    parser.add_argument("--render", action="store_true", help="only write the page, from results of an earlier run")
    return parser.parse_args()


def folder(text: str) -> Path:
    path = Path(text).resolve()
    if not (path / "mrz.traineddata").exists():
        raise argparse.ArgumentTypeError(f"{path} has no mrz.traineddata")
    return path


def run(name: str, samples: Sequence[Sample], asked: argparse.Namespace) -> report.Result:
    """One reader in a process of its own, on one core."""
    results = MADE / "results"
    results.mkdir(parents=True, exist_ok=True)
    given, file = results / f"{name}-samples.jsonl", results / f"{name}.jsonl"
    if not asked.render:
        print(f"{name}: {len(samples)} images", file=sys.stderr, flush=True)
        write_samples(given, samples)
        command = [sys.executable, "-m", "bench.worker", name, str(given), str(file), str(asked.tessdata or "")]
        subprocess.run(command, cwd=ROOT, check=False, env=os.environ | dict.fromkeys(THREADS, "1"))
    return report.result(name, samples, file)


def page(  # noqa: PLR0917
    public: Sequence[Sample],
    generated: Sequence[Sample],
    chosen: Sequence[Sample],
    cuts: Mapping[str, Sequence[Sample]],
    frauds: Sequence[Sample],
    results: Sequence[report.Result],
) -> str:
    limen = results[0]
    seeds = ", ".join(f"{name} {seed}" for name, seed in SEEDS.items())
    parts = [report.machine(seeds, limen.source), "", "### Public specimens", ""]
    core = [one for one in public if one.group == "core"]
    if core:
        parts += report.comparison(core, results)
        parts += ["", *report.asides(public, results), "", "Limen's misses among all public images with a zone:", ""]
        zoned = limen.on([one for one in public if one.lines])
        parts += [*(table.misses(zoned) or ["none"]), "", report.surely_wrong(zoned)]
    else:
        parts.append("Skipped: `../shared/data/mrz` is not beside the checkout.")
    parts += ["", f"### {len(chosen)} generated captures, drawn from the {len(generated)} below", ""]
    parts += ["The peers are slow, and see this sample only.", "", *report.comparison(chosen, results)]
    parts += ["", "### Memory", "", *report.memory(results), "", "### Limen alone", ""]
    parts += report.own({"generated captures": generated, **cuts}, limen)
    parts += ["", f"Confused, generated captures: {table.confusions(limen.on(generated))}."]
    parts += [f"\nConfused, {name}: {table.confusions(limen.on(cut))}." for name, cut in cuts.items()]
    if not cuts:
        parts += ["", "An OCR-B cut that training never saw: not measured in this run (`--cut FONT`)."]
    parts += ["", "Limen's misses among the generated captures:", "", *(table.misses(limen.on(generated)) or ["none"])]
    parts += [
        "",
        "### Falsified documents",
        "",
        report.false_valid(limen.on(frauds)),
        "",
        "Limen's misses among them:",
        "",
    ]
    parts += table.misses(limen.on(frauds)) or ["none"]
    return "\n".join(parts)


def write(text: str) -> None:
    old = PAGE.read_text(encoding="utf-8")
    before, rest = old.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
