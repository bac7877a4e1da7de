"""Sends mutated inputs through the doors: python fuzz/run.py [--count N] [--seed S] [--limit SECONDS] [--only I].

Input i of seed s is the same on every run. They are worked on in a process of their own, so that one which hangs or
takes the interpreter down is found and named, too; the rest go on. Exit code 1 if there was any finding.
"""

from __future__ import annotations

import argparse
import multiprocessing as mp
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

import chip_doors
import chip_mutate
import doors
import mutate

TURNS = ("text", "file", "array", *chip_doors.DOORS, "text", "file")
"""The doors take turns."""


@dataclass
class Tally:
    """What came of the inputs."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    findings: list[tuple[int, str]] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, -1)
    peak_mib: float = 0.0


def one(seed: int, index: int, folder: Path) -> tuple[str, str]:
    """Make input `index` and send it through its door; which door, and what came of it."""
    rng = Random(seed * 1_000_003 + index)
    door = TURNS[index % len(TURNS)]
    if door == "text":
        return door, doors.through_text(mutate.lines(rng))
    if door == "file":
        return door, doors.through_file(mutate.data(rng), folder)
    if door == "array":
        return door, doors.through_array(mutate.array(rng))
    return door, chip_doors.DOORS[door](chip_mutate.octets(rng, door))


def _work(pipe: Connection, seed: int, first: int, after: int) -> None:
    """Work on a run of inputs and report each; the first report says that all is ready."""
    with tempfile.TemporaryDirectory() as folder:
        mutate.sound_files(), mutate.lines(Random(0)), chip_mutate.documents()
        pipe.send(None)
        for index in range(first, after):
            started = time.perf_counter()
            try:
                outcome, error = one(seed, index, Path(folder)), ""
            except Exception:
                outcome, error = (TURNS[index % len(TURNS)], "FINDING"), traceback.format_exc()
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            pipe.send((index, outcome, error, time.perf_counter() - started, peak))


def fuzz(count: int, seed: int, limit: float) -> Tally:
    """Work on inputs 0 to `count`; a worker that dies or hangs is replaced."""
    tally = Tally()
    at = 0
    while at < count:
        for index, outcome, error, seconds, peak in _reports(seed, at, count, limit):
            tally.outcomes[outcome] += 1
            tally.slowest = max(tally.slowest, (seconds, index))
            tally.peak_mib = max(tally.peak_mib, peak)
            if error:
                tally.findings.append((index, error))
            at = index + 1
            if at % 1000 == 0:
                sys.stdout.write(f"{at} inputs, {len(tally.findings)} findings\n")
                sys.stdout.flush()
    return tally


def _reports(
    seed: int, first: int, after: int, limit: float
) -> Iterator[tuple[int, tuple[str, str], str, float, float]]:
    """What one worker reports; where it ends before its time, that is the last report."""
    ours, theirs = mp.get_context("spawn").Pipe()
    worker = mp.get_context("spawn").Process(target=_work, args=(theirs, seed, first, after), daemon=True)
    worker.start()
    theirs.close()
    ready, at = False, first
    why = ""
    while at < after and not why:
        try:
            if ours.poll(limit if ready else 300):
                report = ours.recv()
                if report is None:
                    ready = True
                    continue
                at = report[0] + 1
                yield report
            else:
                why = f"not done after {limit:g} s"
        except EOFError:
            worker.join(5)
            why = f"the process ended with {worker.exitcode}"
    worker.kill()
    worker.join()
    if not ready:
        raise SystemExit(f"the worker did not start: {why}")
    if why:
        yield at, (TURNS[at % len(TURNS)], "FINDING"), why, limit, 0.0


def report(tally: Tally, count: int, took: float) -> None:
    """Print the counts, and every finding with the way to see it again."""
    for (door, outcome), times in sorted(tally.outcomes.items()):
        sys.stdout.write(f"{door:<12}{outcome:<42}{times:>7}\n")
    slow, which = tally.slowest
    sys.stdout.write(f"{count} inputs in {took:.0f} s; slowest {slow:.2f} s (input {which}); ")
    sys.stdout.write(f"peak memory {tally.peak_mib:.0f} MiB; {len(tally.findings)} findings\n")
    for index, error in tally.findings:
        sys.stdout.write(f"\ninput {index} (again with --only {index}):\n{error.strip()}\n")


def main() -> int:
    """Run as a script."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=30.0, help="seconds for one input")
    parser.add_argument("--only", type=int, help="this one input, in this process")
    args = parser.parse_args()
    if args.only is not None:
        with tempfile.TemporaryDirectory() as folder:
            sys.stdout.write(f"{one(args.seed, args.only, Path(folder))}\n")
        return 0
    started = time.perf_counter()
    tally = fuzz(args.count, args.seed, args.limit)
    report(tally, args.count, time.perf_counter() - started)
    return 1 if tally.findings else 0


if __name__ == "__main__":
    sys.exit(main())
