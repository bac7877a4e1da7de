"""Runs the evaluation and writes its tables; a run that was broken off goes on where it was."""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bench.forgeries import work
from bench.forgeries.documents import DEVELOPMENT, GENUINE, HELD_OUT, Job, Source, jobs
from bench.forgeries.page import write_page
from bench.forgeries.results import RESULTS, Row, rows
from bench.forgeries.tables import alarms, by_family, detections, missed, models, stages
from bench.forgeries.tools import known
from limen.specimen import FRAUDS

FIRST_DEVELOPMENT: Final = 40_000
FIRST_HELD_OUT: Final = 900_000


def main() -> None:
    asked = arguments()
    sources, first = (DEVELOPMENT, FIRST_DEVELOPMENT) if asked.development else (HELD_OUT, FIRST_HELD_OUT)
    first = asked.first or first
    sources = tuple(one for one in sources if not asked.models or one.name in asked.models)
    name = "development" if asked.development else "held-out"
    folder = asked.out / name
    folder.mkdir(parents=True, exist_ok=True)
    if not asked.render:
        run(folder, sources, first, asked)
    found = rows(folder)
    if asked.development:
        tell(found)
    else:
        write_page(found)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.forgeries", description=__doc__)
    parser.add_argument("--development", action="store_true", help="the issuers that thresholds are chosen on")
    parser.add_argument("--genuine", type=int, default=400, help="genuine documents (default 400)")
    parser.add_argument("--each", type=int, default=100, help="documents of each family of fraud (default 100)")
    parser.add_argument("--quick", action="store_true", help="60 genuine documents and 6 of each family")
    parser.add_argument("--minutes", type=float, help="hand out no more documents after so many minutes")
    parser.add_argument("--families", nargs="+", choices=[GENUINE, *FRAUDS], help="only these, beside those done")
    parser.add_argument("--models", nargs="+", help='only these, such as "UTO TD3"')
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--first", type=int, help="the first seed (default 900,000, or 40,000 for development)")
    parser.add_argument("--out", type=Path, default=Path("/tmp/limen-forgeries"), help="folder of the raw results")
    parser.add_argument("--afresh", action="store_true", help="forget an earlier run, its references too")
    parser.add_argument("--render", action="store_true", help="only make the tables of an earlier run anew")
    asked = parser.parse_args()
    if asked.quick:
        asked.genuine, asked.each = 60, 6
    return asked


def run(folder: Path, sources: tuple[Source, ...], first: int, asked: argparse.Namespace) -> None:
    """Learns the references that are missing, then makes and examines what is not done."""
    if asked.afresh:
        shutil.rmtree(folder)
        folder.mkdir(parents=True)
    (folder / "references").mkdir(exist_ok=True)
    began = time.monotonic()
    context = multiprocessing.get_context("spawn")
    with context.Pool(asked.workers, work.begin, (str(folder),)) as pool:
        missing = [one for one in sources if not known(one, folder / "references")]
        for name, wrong in pool.imap_unordered(work.learn, [(one, first) for one in missing]):
            say(f"learned {name}{': ' + wrong if wrong else ''}")
    done = {row.key for row in rows(folder)}
    wanted = [
        job
        for job in jobs(sources, first, genuine=asked.genuine, each=asked.each)
        if job.key not in done and (not asked.families or job.family in asked.families)
    ]
    say(f"{len(done)} documents are done, {len(wanted)} are to do")
    with (
        context.Pool(asked.workers, work.begin, (str(folder),)) as pool,
        (folder / RESULTS).open("a", encoding="utf-8") as file,
    ):
        until = None if asked.minutes is None else began + asked.minutes * 60
        slots = threading.Semaphore(2 * asked.workers)
        for number, line in enumerate(pool.imap_unordered(work.examine, _handed_out(wanted, until, slots)), 1):
            slots.release()
            file.write(line + "\n")
            file.flush()
            if number % 50 == 0:
                say(f"{number} of {len(wanted)}, {(time.monotonic() - began) / 60:.1f} minutes")


def _handed_out(wanted: Sequence[Job], until: float | None, slots: threading.Semaphore) -> Iterator[Job]:
    """A job whenever a worker is about to be free, until the time is up."""
    for job in wanted:
        slots.acquire()
        if until is not None and time.monotonic() > until:
            return
        yield job


def tell(found: Sequence[Row]) -> None:
    """Prints the tables."""
    print(f"\n{alarms(found)}\n\n{detections(found)}\n\n{models(found)}\n\n{stages(found)}\n")
    for family, members in by_family(found).items():
        for line in missed(members, 3):
            print(f"{'alarm' if family == GENUINE else 'missed'}: {line}")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
