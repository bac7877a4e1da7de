"""Runs the methods on generated worlds and writes what they found; a run that was broken off goes on where it was."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bench.surges import methods
from bench.surges.measures import Scores, limit_for, outcome
from bench.surges.page import EQUAL, Run, write_page
from bench.surges.series import DEVELOPMENT, HELD_OUT, World, make
from limen.node.trends.surges.statistic import FALSE_ALARMS

DEFAULT_ALPHA = 0.01
"""Farrington's, one-sided, as its authors recommend for few false alarms among many series."""


def main() -> None:
    asked = arguments()
    kinds, name = (DEVELOPMENT, "development") if asked.development else (HELD_OUT, "held-out")
    worlds = [make(kind, number) for kind in kinds for number in range(asked.first, asked.first + asked.each)]
    folder = asked.out / name
    folder.mkdir(parents=True, exist_ok=True)
    told: dict[str, Callable[[World], Scores]] = {"Limen": methods.limen}
    if asked.farrington and methods.has_farrington():
        told["Farrington flexible"] = methods.farrington
    runs = [
        Run(method, worlds, [_kept(folder, method, look, world) for world in worlds]) for method, look in told.items()
    ]
    chosen = {"Limen": FALSE_ALARMS, "Farrington flexible": DEFAULT_ALPHA}
    for run in runs:
        own, equal = outcome(run.worlds, run.scores, chosen[run.name]), run.at(EQUAL)
        print(
            f"{run.name}: {own.yearly:.1f} false alarms a year, {own.found:.0%} found, {np.mean(own.delays):.1f} weeks"
        )
        print(f"  at {EQUAL:g} a year: {equal.found:.0%}, {np.mean(equal.delays):.1f} weeks,", end=" ")
        print(f"limit {limit_for(run.worlds, run.scores, EQUAL):.2g}")
    if not asked.development:
        write_page(runs, chosen, "" if len(runs) > 1 else "R's surveillance was not there: Farrington is left out.")


def _kept(folder: Path, method: str, look: Callable[[World], Scores], world: World) -> Scores:
    file = folder / f"{method.split(maxsplit=1)[0].lower()}-{world.seed}.npy"
    if not file.exists():
        np.save(file, look(world))
        print(f"{method}: {world.kind.name} {world.seed}", flush=True)
    return np.asarray(np.load(file))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.surges", description=__doc__)
    parser.add_argument("--development", action="store_true", help="the worlds that parameters are chosen on")
    parser.add_argument("--each", type=int, default=2, help="worlds of each kind (default 2)")
    parser.add_argument("--beside", type=int, default=1, help="worlds of each kind for Farrington's (default 1)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first world of each kind")
    parser.add_argument("--no-farrington", dest="farrington", action="store_false", help="Limen's method alone")
    parser.add_argument("--out", type=Path, default=Path("/tmp/limen-surges"), help="folder of the raw results")
    return parser.parse_args()


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
